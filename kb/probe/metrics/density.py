"""What one more instance costs the host: the free memory that several of them take, divided by their number."""

from __future__ import annotations

import time

from kb.errors import ProbeError
from kb.probe.host import free_memory
from kb.probe.metrics import _many
from kb.probe.ports import Backend, Cancelled, Image, Plan, Sample

LABEL = ("每增加一个实例的内存", "memory of one more instance")
MEANING = (
    "同时运行 20 个（虚拟机 3 台）时的宿主机 MemAvailable 与前后平均之差，除以个数；其他程序的变动也会算进去",
    "the host's MemAvailable with 20 (3 machines) running against before and after, divided by their number; what other programs do is in it",
)
UNIT = "MiB"
PLAN = Plan(runs=5, runs_vm=2, warmup=0, least=3, least_vm=2, spread=0.5)
_SETTLED_AFTER_S = 0.3


def sample(backend: Backend, image: Image, cancelled: Cancelled | None) -> Sample:
    before = free_memory()
    with _many.together(backend, image, cancelled) as crowd:
        time.sleep(_SETTLED_AFTER_S)
        during = free_memory()
        count, command = len(crowd.instances), crowd.instances[0].command
    time.sleep(_SETTLED_AFTER_S)
    after = free_memory()
    taken = (before + after) / 2 - during
    if abs(after - before) > taken:
        megabytes = f"{abs(after - before) / 2**20:.0f} MiB"
        raise ProbeError(
            (
                f"其他程序同时改变了 {megabytes} 内存，比这些实例占用的还多，测不出。",
                f"Other programs changed {megabytes} meanwhile, more than these took.",
            ),
            ("在机器空闲时再测。", "Measure when the machine is idle."),
        )
    return Sample(taken / count / 2**20, command)
