"""Decisions on concepts, carried out in the background: the articles that name the concept are read again, which is watched live."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable
from dataclasses import dataclass

from kb.errors import KnowledgeBaseError, NotFound
from kb.records import Decision
from web.changing import MOST_WAITING, Change, changes
from web.failures import Refused
from web.queueing import Queue

CarryOut = Callable[..., int]  # ingest.curating.decide, of a knowledge base
_log = logging.getLogger(__name__)


@dataclass(slots=True, kw_only=True)
class Deciding(Change):
    """`decision` of `None` takes the last one back; `read_again`: how many articles were."""

    decision: Decision | None
    carry_out: CarryOut
    read_again: int = 0

    def work(self) -> None:
        self.begin()
        try:
            self.read_again = self.carry_out(self.decision, emit=self._tell)
        except KnowledgeBaseError as error:
            self.end("failed", error)
        except Exception:  # the edge of a thread: nobody above would see it
            _log.exception("deciding %s", self.decision)
            trouble = KnowledgeBaseError(
                (
                    "执行决定时意外出错；还没有重读的文章会在下次 kb init 时重读。",
                    "Carrying the decision out broke off; articles not read again yet will be by the next kb init.",
                ),
                ("详情在服务器的日志里。", "The server's log says more."),
            )
            self.end("failed", trouble)
        else:
            self.end("done")

    def _tell(self, number: int, total: int, title: str) -> None:
        zh, en = f"重读《{title}》（第 {number + 1}/{total} 篇）", f"reading {title} again ({number + 1}/{total})"
        self.add({"stage": "reading", "number": number, "total": total, "zh": zh, "en": en})


class Decisions:
    def __init__(self, carry_out: CarryOut, queue: Queue[Change] | None = None) -> None:
        self._carry_out = carry_out
        self._queue = queue or changes()

    def start(self, decision: Decision | None) -> Deciding:
        """:raises Refused: too much waits already."""
        deciding = Deciding(id=uuid.uuid4().hex[:12], decision=decision, carry_out=self._carry_out)
        if not self._queue.put(deciding):
            raise Refused(
                (f"已有 {MOST_WAITING} 项改动在排队。", f"{MOST_WAITING} changes are waiting already."),
                ("请等其中一些完成后再决定。", "Decide when some of them are done."),
                status=503,
            )
        return deciding

    def get(self, id: str) -> Deciding | None:
        found = self._queue.get(id)
        return found if isinstance(found, Deciding) else None

    def deciding(self, id: str) -> Deciding:
        """:raises NotFound:"""
        found = self.get(id)
        if found is None:
            raise NotFound(
                (f"没有编号为“{id}”的决定。", f"There is no decision {id!r}."),
                ("做过的决定列在“概念整理”页。", "What was decided is listed on the curation page."),
            )
        return found
