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
_TRIES = 3  # what others take and give back comes in bursts; between them it moves by a mebibyte or two
_STEP_S, _STILL_STEPS, _WAIT_STEPS = 0.05, 4, 40
_STILL = 2**20


def sample(backend: Backend, image: Image, cancelled: Cancelled | None) -> Sample:
    """:raises ProbeError: in every try other programs moved more memory than these instances took."""
    for _ in range(_TRIES):
        before = _still()
        with _many.together(backend, image, cancelled) as crowd:
            during = _still()
            count, command = len(crowd.instances), crowd.instances[0].command
        after = _still()
        taken, moved = (before + after) / 2 - during, abs(after - before)
        if moved <= taken:
            return Sample(taken / count / 2**20, command)
    megabytes = f"{moved / 2**20:.0f} MiB"
    raise ProbeError(
        (
            f"试了 {_TRIES} 次，其他程序同时改变的内存（最后一次 {megabytes}）都比这些实例占用的还多，测不出。",
            f"In {_TRIES} tries other programs changed more memory meanwhile (the last time {megabytes}) than these took.",
        ),
        ("在机器空闲时再测。", "Measure when the machine is idle."),
    )


def _still() -> int:
    """Free memory in bytes once it has held still for a fifth of a second, at the latest after two seconds."""
    seen = [free_memory()]
    for _ in range(_WAIT_STEPS):
        time.sleep(_STEP_S)
        seen.append(free_memory())
        last = seen[-_STILL_STEPS - 1 :]
        if len(last) > _STILL_STEPS and max(last) - min(last) <= _STILL:
            break
    return seen[-1]
