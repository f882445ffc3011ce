"""「说说容器里的进程」「Docker 用来隔离谁?」 Whatever no other kind fits: the sentences that cover most of the question."""

from __future__ import annotations

from kb.qa.asking.denied import as_denied, as_said
from kb.qa.asking.objects import with_object
from kb.qa.finding.index import index_of
from kb.qa.sources import Sources
from kb.qa.telling.extracts import about, extract
from kb.records import Answer, Question, Sentence

_NAMED = 1.25  # worth of a sentence that names what is done to, where that is asked


def fits(text: str, concepts: tuple[str, ...]) -> float:
    return 0.2


def answer(question: Question, sources: Sources) -> Answer:
    done_to, index = with_object(question, sources), index_of(sources)
    denied = as_denied(question, sources) or as_said(question, sources)

    def prefer(sentence: Sentence) -> float:
        worth = _NAMED if done_to is not None and done_to.search(sentence.text) else 1.0
        return worth * (denied(index.folded[sentence.id]) if denied is not None else 1.0)

    return extract(question, sources, about(question, sources, prefer))
