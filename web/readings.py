"""Files that are read in the background: one upload at a time, watched live, stopped between two files on request.

A file that cannot be read does not keep the others from being read; each one that was stored stays, whatever comes after it.
"""

from __future__ import annotations

import logging
import uuid
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from kb.errors import KnowledgeBaseError, NotFound
from kb.records import SaveReport
from web.changing import MOST_WAITING, Change, changes
from web.failures import Refused
from web.queueing import Queue

Work = tuple[str, Callable[[], tuple[SaveReport, ...]]]  # what is read, and its reading and storing
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Unread:
    """A file that was not stored, and why."""

    name: str
    error: KnowledgeBaseError


@dataclass(slots=True, kw_only=True)
class Reading(Change):
    """`files` is emptied as they are read."""

    files: deque[Work]
    reports: list[SaveReport] = field(default_factory=list)
    refused: list[Unread] = field(default_factory=list)

    def work(self) -> None:
        self.begin()
        total = len(self.files)
        while self.files and not self.stop.is_set():
            name, read = self.files.popleft()
            number = total - len(self.files)
            self.add(_event("reading", number - 1, total, f"正在读 {name}（第 {number}/{total} 个）", f"reading {name} ({number}/{total})"))
            self._read_one(name, read)
        left = len(self.files)
        self.files.clear()
        if left:
            self.add(_event("stopped", total - left, total, f"已停止，还有 {left} 个文件没有读", f"stopped; {left} files were not read"))
        self.end("cancelled" if left else "done" if self.reports else "failed")

    def _read_one(self, name: str, read: Callable[[], tuple[SaveReport, ...]]) -> None:
        try:
            self.reports.extend(read())
        except KnowledgeBaseError as error:
            self.refused.append(Unread(name, error))
        except Exception:  # the edge of a thread: nobody above would see it
            _log.exception("reading %s", name)
            trouble = KnowledgeBaseError(
                (f"读 {name} 时意外出错，它没有存入。", f"Reading {name} broke off unexpectedly; it was not stored."),
                ("详情在服务器的日志里。", "The server's log says more."),
            )
            self.refused.append(Unread(name, trouble))


class Readings:
    def __init__(self, queue: Queue[Change] | None = None) -> None:
        self._queue = queue or changes()

    def start(self, files: Iterable[Work]) -> Reading:
        """:raises Refused: too many uploads wait already."""
        reading = Reading(id=uuid.uuid4().hex[:12], files=deque(files))
        if not self._queue.put(reading):
            raise Refused(
                (f"已有 {MOST_WAITING} 次上传在排队。", f"{MOST_WAITING} uploads are waiting already."),
                ("请等其中一些读完后再上传。", "Upload again when some of them have been read."),
                status=503,
            )
        return reading

    def get(self, id: str) -> Reading | None:
        found = self._queue.get(id)
        return found if isinstance(found, Reading) else None

    def reading(self, id: str) -> Reading:
        """:raises NotFound:"""
        found = self.get(id)
        if found is None:
            raise NotFound(
                (f"没有编号为“{id}”的上传。", f"There is no upload {id!r}."),
                ("读过的文章在“文章”页。", "What was read is on the articles page."),
            )
        return found

    def cancel(self, id: str) -> Reading:
        """Ask a reading to stop; it ends after the file that is being read, at once where its turn has not come. :raises NotFound:"""
        reading = self.reading(id)
        reading.stop.set()
        if self._queue.withdraw(reading):
            reading.work()
        return reading


def _event(stage: str, number: int, total: int, zh: str, en: str) -> dict[str, object]:
    """`number` files of `total` are done."""
    return {"stage": stage, "number": number, "total": total, "zh": zh, "en": en}
