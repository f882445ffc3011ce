"""「说说容器里的进程」 Whatever no other kind fits: the sentences that cover most of the question."""

from __future__ import annotations

from kb.qa.sources import Sources
from kb.qa.telling.extracts import about, extract
from kb.records import Answer, Question


def fits(text: str, concepts: tuple[str, ...]) -> float:
    return 0.2


def answer(question: Question, sources: Sources) -> Answer:
    return extract(question, sources, about(question, sources))
