"""A fixed piece of work inside, by the processor time it takes, against the same work as a plain process just before it."""

from __future__ import annotations

from dataclasses import replace

from kb.errors import ProbeError
from kb.probe.backends import process
from kb.probe.ports import Backend, Cancelled, Image, Limits, Payload, Plan, Sample, Task
from kb.probe.safety import used_cpu_seconds

PLAN = Plan(runs=3, runs_vm=3, warmup=0, least=3, least_vm=3, spread=0.25, clocked=False)
_PAIRS = 3  # disturbances only add: the least of some tries is nearest to the work itself
_MORE_TIME_S = 60.0
_NICE = 10  # it works for long; processor time, unlike time on the clock, does not suffer from waiting


def ratio(task: Task, backend: Backend, image: Image, cancelled: Cancelled | None) -> Sample:
    """The least of some tries inside over the least of as many natively, in turn. Processor time is used and not time on the clock, which on a shared machine measures the other programs.

    :raises ProbeError: the backend does not tell its processor time.
    """
    machine = backend.CONCEPT == "virtual_machine"
    natives: list[float] = []
    inside: list[float] = []
    command: tuple[str, ...] = ()
    for number in range(_PAIRS):
        natives.append(_ending(task, process, image, cancelled)[0])
        if number == 0 or not machine:  # a machine works long enough for one try
            seconds, command = (_staying if machine else _ending)(task, backend, image, cancelled)
            inside.append(seconds)
    native, used = min(natives), min(inside)
    if native <= 0 or used <= 0:
        raise ProbeError(("没有量到这段工作的处理器时间。", "No processor time of the work could be measured."))
    return Sample(used / native, command, used)


def _ending(task: Task, backend: Backend, image: Image, cancelled: Cancelled | None) -> tuple[float, tuple[str, ...]]:
    """Seconds for the work alone: a start that does it less a start that does not."""
    seconds: list[float] = []
    command: tuple[str, ...] = ()
    steps: tuple[tuple[Task, str], ...] = (("ready", "READY"), (task, "DONE"))
    for step, word in steps:
        with backend.start(Payload(step, image), _patient(backend)) as instance:
            instance.until(word, cancelled)
            used = instance.ended(cancelled)
            command = instance.command
        if used is None:
            raise ProbeError((f"{backend.LABEL[0]}的处理器时间无法得知。", f"The processor time of the {backend.LABEL[1]} cannot be told."))
        seconds.append(used)
    return seconds[1] - seconds[0], command


def _staying(task: Task, backend: Backend, image: Image, cancelled: Cancelled | None) -> tuple[float, tuple[str, ...]]:
    """A machine's boot costs far more than the work: the emulator is read at both ends of it."""
    with backend.start(Payload(task, image, "stay"), _patient(backend)) as instance:
        instance.until("READY", cancelled)
        before = used_cpu_seconds(instance.pids)
        instance.until("DONE", cancelled)
        return used_cpu_seconds(instance.pids) - before, instance.command


def _patient(backend: Backend) -> Limits:
    return replace(backend.LIMITS, ready_s=backend.LIMITS.ready_s + _MORE_TIME_S, nice=_NICE)
