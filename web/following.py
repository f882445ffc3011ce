"""What runs in the background and is watched: its state, and its events as they come. What the work is, its kinds say."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

from kb.errors import KnowledgeBaseError
from kb.presenting import event_json

State = Literal["waiting", "running", "done", "failed", "cancelled"]
OPEN = ("waiting", "running")


@dataclass(slots=True, kw_only=True)
class Followed:
    """`events` only grows; whoever waits for more holds `changed`."""

    id: str
    state: State = "waiting"
    events: list[dict[str, Any]] = field(default_factory=list)
    error: KnowledgeBaseError | None = None
    changed: threading.Condition = field(default_factory=threading.Condition)
    stop: threading.Event = field(default_factory=threading.Event)

    @property
    def open(self) -> bool:
        return self.state in OPEN

    def add(self, event: Any) -> None:
        with self.changed:
            self.events.append(event_json(event))
            self.changed.notify_all()

    def begin(self) -> None:
        with self.changed:
            self.state = "running"
            self.changed.notify_all()

    def end(self, state: State, error: KnowledgeBaseError | None = None) -> None:
        """What came of it must be kept before: who waits looks at it now."""
        with self.changed:
            self.state, self.error = state, error
            self.changed.notify_all()

    def wait(self, patience: float | None) -> bool:
        """Whether it ended within `patience` seconds; `None` waits for its end."""
        with self.changed:
            return self.changed.wait_for(lambda: not self.open, patience)

    def follow(self, first: int = 0, *, patience: float = 15.0) -> Iterator[tuple[int, dict[str, Any]] | None]:
        """`(number, event)` from number `first` on, as they come, until the end; `None` after `patience` seconds of silence."""
        number = first
        while True:
            with self.changed:
                if number >= len(self.events) and self.open:
                    self.changed.wait(patience)
                new = self.events[number:]
                ended = not self.open
            yield from enumerate(new, start=number)
            number += len(new)
            if ended:
                return
            if not new:
                yield None
