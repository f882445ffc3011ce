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
from web.failures import Refused
from web.following import Followed
from web.queueing import Queue

Work = tuple[str, Callable[[], tuple[SaveReport, ...]]]  # what is read, and its reading and storing
_QUEUE = 4  # uploads that wait; each is held in memory
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Unread:
    """A file that was not stored, and why."""

    name: str
    error: KnowledgeBaseError


@dataclass(slots=True, kw_only=True)
class Reading(Followed):
    """`files` is emptied as they are read."""

    files: deque[Work]
    reports: list[SaveReport] = field(default_factory=list)
    refused: list[Unread] = field(default_factory=list)


class Readings:
    def __init__(self) -> None:
        self._queue: Queue[Reading] = Queue("readings", self._read_all, most=_QUEUE)

    def start(self, files: Iterable[Work]) -> Reading:
        """:raises Refused: too many uploads wait already."""
        reading = Reading(id=uuid.uuid4().hex[:12], files=deque(files))
        if not self._queue.put(reading):
            raise Refused(
                (f"已有 {_QUEUE} 次上传在排队。", f"{_QUEUE} uploads are waiting already."),
                ("请等其中一些读完后再上传。", "Upload again when some of them have been read."),
                status=503,
            )
        return reading

    def _read_all(self, reading: Reading) -> None:
        reading.begin()
        total = len(reading.files)
        while reading.files and not reading.stop.is_set():
            name, read = reading.files.popleft()
            number = total - len(reading.files)
            reading.add(
                _event("reading", number - 1, total, f"正在读 {name}（第 {number}/{total} 个）", f"reading {name} ({number}/{total})")
            )
            self._read_one(reading, name, read)
        left = len(reading.files)
        reading.files.clear()
        if left:
            reading.add(_event("stopped", total - left, total, f"已停止，还有 {left} 个文件没有读", f"stopped; {left} files were not read"))
        reading.end("cancelled" if left else "done" if reading.reports else "failed")

    def _read_one(self, reading: Reading, name: str, read: Callable[[], tuple[SaveReport, ...]]) -> None:
        try:
            reading.reports.extend(read())
        except KnowledgeBaseError as error:
            reading.refused.append(Unread(name, error))
        except Exception:  # the edge of a thread: nobody above would see it
            _log.exception("reading %s", name)
            trouble = KnowledgeBaseError(
                (f"读 {name} 时意外出错，它没有存入。", f"Reading {name} broke off unexpectedly; it was not stored."),
                ("详情在服务器的日志里。", "The server's log says more."),
            )
            reading.refused.append(Unread(name, trouble))

    def get(self, id: str) -> Reading | None:
        return self._queue.get(id)

    def reading(self, id: str) -> Reading:
        """:raises NotFound:"""
        found = self._queue.get(id)
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
            self._read_all(reading)
        return reading


def _event(stage: str, number: int, total: int, zh: str, en: str) -> dict[str, object]:
    """`number` files of `total` are done."""
    return {"stage": stage, "number": number, "total": total, "zh": zh, "en": en}
