"""How long from the start to the first line of output, by the clock of the host."""

from __future__ import annotations

from kb.probe.metrics import _inside
from kb.probe.ports import Backend, Cancelled, Image, Payload, Plan, Sample

LABEL = ("启动时间", "start time")
MEANING = (
    "宿主机时钟，从开始执行到里面的程序输出第一行",
    "host clock, from the start of execution to the first line printed by the program inside",
)
UNIT = "ms"
PLAN = Plan(runs=10, runs_vm=5, warmup=1, least=5, least_vm=3, spread=0.5)
# A machine's start takes seconds and need not be made again for the clock alone; what ends in milliseconds is let end, which tells
# the processor time of all its helpers.
OBSERVED = frozenset(("virtual_machine",))


def sample(backend: Backend, image: Image, cancelled: Cancelled | None) -> Sample:
    with backend.start(Payload("ready", image), backend.LIMITS) as instance:
        seconds, _ = instance.until("READY", cancelled)
        cpu_seconds = instance.ended(cancelled)
    return Sample(seconds * 1000, instance.command, cpu_seconds)


def observe(look: _inside.Look) -> Sample:
    return Sample(look.ready_s * 1000, look.instance.command, look.ready_cpu_s)
