"""What changes the knowledge base from the web, one after the other: an article that is read, a decision that is carried out."""

from __future__ import annotations

from web.following import Followed
from web.queueing import Queue

MOST_WAITING = 4  # uploads are held in memory while they wait


class Change(Followed):
    __slots__ = ()

    def work(self) -> None:
        """Make the change, and end; raises nothing."""
        raise NotImplementedError


def changes() -> Queue[Change]:
    return Queue("changes", lambda change: change.work(), most=MOST_WAITING)
