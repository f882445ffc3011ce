"""A queue with one worker: what is put in is worked on in order, one at a time, and can be asked about for a while after it has ended."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterator
from typing import Generic, TypeVar

from web.following import Followed

T = TypeVar("T", bound=Followed)
_KEPT = 20  # ended ones that can still be asked about


class Queue(Generic[T]):
    """`work` must end what it is given and raise nothing; it runs in a thread of its own, which lives only while there is something to do."""

    def __init__(self, name: str, work: Callable[[T], None], *, most: int) -> None:
        self._name = name
        self._work = work
        self._most = most  # that may wait
        self._all: dict[str, T] = {}
        self._waiting: deque[T] = deque()
        self._working = False
        self._lock = threading.Lock()

    @property
    def full(self) -> bool:
        return len(self._waiting) >= self._most

    def put(self, item: T) -> bool:
        """Whether there was room for it."""
        with self._lock:
            if self.full:
                return False
            self._all[item.id] = item
            self._waiting.append(item)
            ended = [old.id for old in self._all.values() if not old.open]
            for id_ in ended[: max(0, len(self._all) - _KEPT)]:
                del self._all[id_]
            if not self._working:
                self._working = True
                threading.Thread(target=self._run, name=self._name, daemon=True).start()
        return True

    def _run(self) -> None:
        while True:
            with self._lock:
                if not self._waiting:
                    self._working = False
                    return
                item = self._waiting.popleft()
            self._work(item)

    def withdraw(self, item: T) -> bool:
        """Take it out, if its turn has not come; whether it was still waiting."""
        with self._lock:
            waited = item in self._waiting
            if waited:
                self._waiting.remove(item)
        return waited

    def get(self, id: str) -> T | None:
        return self._all.get(id)

    def __iter__(self) -> Iterator[T]:
        """All that is remembered, oldest first."""
        return iter(list(self._all.values()))
