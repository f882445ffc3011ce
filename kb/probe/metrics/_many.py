"""Several instances of one backend at the same time, few enough for any machine."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace

from kb.errors import ProbeBusy, ProbeError
from kb.probe.host import free_memory
from kb.probe.ports import Backend, Cancelled, Image, Instance, Payload

_CONTAINERS = 20
_MACHINES = 3
_MEMORY_OF_A_MACHINE = 320 * 2**20
_SPARE_MEMORY = 1024 * 2**20
_GATHERED_WITHIN_S = 30.0


def number(backend: Backend) -> int:
    return _MACHINES if backend.CONCEPT == "virtual_machine" else _CONTAINERS


@dataclass(frozen=True, slots=True)
class Crowd:
    """All are ready and stay; `seconds` from the common start to the last one ready."""

    instances: tuple[Instance, ...]
    seconds: float


@contextmanager
def together(backend: Backend, image: Image, cancelled: Cancelled | None) -> Iterator[Crowd]:
    """Start `number(backend)` of them at one moment, each from a thread of its own that lives as long as it: the kernel ends a
    program together with the thread that started it.

    :raises ProbeBusy: not enough free memory. :raises ProbeError: one of them did not come up; the others are removed.
    """
    count = number(backend)
    if backend.CONCEPT == "virtual_machine" and free_memory() < count * _MEMORY_OF_A_MACHINE + _SPARE_MEMORY:
        raise ProbeBusy((f"可用内存不足以同时启动 {count} 台虚拟机。", f"Too little memory is free for {count} machines at once."))
    began: list[float] = []
    gathered = threading.Barrier(count, action=lambda: began.append(time.monotonic()), timeout=_GATHERED_WITHIN_S)
    over = threading.Event()
    started: list[Future[tuple[Instance, float]]] = [Future() for _ in range(count)]
    # Counted by the kernel for all processes of the unprivileged user together.
    limits = replace(backend.LIMITS, processes=backend.LIMITS.processes * count, ready_s=backend.LIMITS.ready_s * 3)

    def one(result: Future[tuple[Instance, float]]) -> None:
        try:
            with backend.start(Payload("wait", image, gate=gathered.wait), limits) as instance:
                instance.until("READY", lambda: over.is_set() or (cancelled is not None and cancelled()))
                result.set_result((instance, time.monotonic()))
                over.wait()
        except BaseException as error:
            gathered.abort()
            if not result.done():
                result.set_exception(error)

    with ThreadPoolExecutor(count) as pool:
        threads = [pool.submit(one, result) for result in started]
        try:
            ready = [_result(result) for result in started]
            yield Crowd(tuple(instance for instance, _ in ready), max(moment for _, moment in ready) - began[0])
        finally:
            over.set()
            for thread in threads:
                thread.result()


def _result(started: Future[tuple[Instance, float]]) -> tuple[Instance, float]:
    try:
        return started.result()
    except threading.BrokenBarrierError as error:
        raise ProbeError(("同时启动时有一个没有准备好。", "One of those to be started together was not made ready.")) from error
