"""How much processor time one start and end takes, all helpers of the runtime counted; a busy machine hardly moves it."""

from __future__ import annotations

from kb.errors import BackendUnavailable
from kb.probe.ports import Backend, Cancelled, Image, Payload, Plan, Sample

LABEL = ("一次启动用的处理器时间", "processor time of one start")
MEANING = (
    "从开始执行到结束，启动它的程序与里面的程序合计用掉的处理器时间；机器繁忙时也几乎不变",
    "from the start of execution to the end, what starts it and what runs inside together; hardly moved by a busy machine",
)
UNIT = "ms"
PLAN = Plan(runs=5, runs_vm=3, warmup=1, least=3, least_vm=3, spread=0.5, clocked=False)


def sample(backend: Backend, image: Image, cancelled: Cancelled | None) -> Sample:
    with backend.start(Payload("ready", image), backend.LIMITS) as instance:
        instance.until("READY", cancelled)
        used = instance.ended(cancelled)
        command = instance.command
    if used is None:
        raise BackendUnavailable(
            (f"{backend.LABEL[0]}的处理器时间无法得知。", f"The processor time of the {backend.LABEL[1]} cannot be told."),
            ("请选择别的后端。", "Choose another backend."),
        )
    return Sample(used * 1000, command, used)
