"""Sends SIGTERM to the program inside, which is process number 1 of a container, and waits until the whole instance is gone."""

from __future__ import annotations

import signal
import time
from dataclasses import dataclass

from kb.errors import ProbeError, ProbeTimeout
from kb.probe.ports import Backend, Cancelled, Image, Payload, Task
from kb.probe.safety import gone_after, innermost, is_payload, send, ticks_of

_SETTLED_AFTER_S = 0.1
_KILLED_LIMIT_S = 10.0


@dataclass(frozen=True, slots=True)
class Stop:
    """`by_itself`: SIGTERM was enough. `seconds` from the signal until every host process of the instance had ended."""

    seconds: float
    by_itself: bool
    command: tuple[str, ...]


def stop(backend: Backend, image: Image, task: Task, grace_s: float, cancelled: Cancelled | None) -> Stop:
    """A machine is stopped by ending its emulator, for its guest cannot be sent a signal.

    :raises ProbeTimeout: not even SIGKILL ended it.
    """
    with backend.start(Payload(task, image), backend.LIMITS) as instance:
        instance.until("READY", cancelled)
        # A shell that has just printed may not wait yet, and would then miss the signal.
        time.sleep(_SETTLED_AFTER_S)
        family = ticks_of(instance.pids)
        if gone_after(family, 0):
            raise ProbeError(("程序在收到信号之前就结束了。", "The program ended before it was sent a signal."))
        target = innermost(tuple(family))
        if backend.CONCEPT != "virtual_machine" and not is_payload(target):
            raise ProbeError(
                ("里面的程序在宿主机上没有可以发信号的进程。", "The program inside has no process on the host that could be sent a signal.")
            )
        # Before the signal: what it ends may be gone before we run again.
        began = time.monotonic()
        send(target, signal.SIGTERM)
        by_itself = gone_after(family, grace_s, cancelled)
        if not by_itself:
            send(target, signal.SIGKILL)
            if not gone_after(family, _KILLED_LIMIT_S, cancelled):
                raise ProbeTimeout(("强制结束之后仍有进程存在。", "Even after SIGKILL some of its processes are there."))
        return Stop(time.monotonic() - began, by_itself, instance.command)
