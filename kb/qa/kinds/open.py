"""「说说容器里的进程」「Docker 用来隔离谁?」 Whatever no other kind fits: the sentences that cover most of the question."""

from __future__ import annotations

from kb.qa.asking.objects import with_object
from kb.qa.sources import Sources
from kb.qa.telling.extracts import about, extract, having
from kb.records import Answer, Question

_NAMED = 1.25  # worth of a sentence that names what is done to, where that is asked


def fits(text: str, concepts: tuple[str, ...]) -> float:
    return 0.2


def answer(question: Question, sources: Sources) -> Answer:
    done_to = with_object(question, sources)
    named = having(done_to.pattern, worth=_NAMED) if done_to is not None else None
    return extract(question, sources, about(question, sources, named))
