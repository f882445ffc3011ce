"""Attributes that only their own kind of value can answer: a year, a price, a model … from data/attributes.tsv.

A sentence about the right thing that lacks the value is no answer, however many words it shares with the question.
"""

from __future__ import annotations

import re
from functools import cache

from kb.language.tables import lines
from kb.language.vocabulary import plain
from kb.records import Question

_WITHOUT_VALUE = frozenset({"yes_no", "cause"})


@cache
def _rows() -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    rows = (line.split("\t")[:2] for line in lines("attributes.tsv", "kb.qa"))
    return tuple((re.compile(asked), re.compile(held)) for asked, held in rows)


def demanded(question: str) -> re.Pattern[str] | None:
    """What evidence must hold to answer the question; `None` where it asks for no such attribute."""
    text = plain(question)
    return next((held for asked, held in _rows() if asked.search(text)), None)


def demanded_of(question: Question) -> re.Pattern[str] | None:
    """As `demanded`, of a question whose kind is known: a yes, a no or a reason holds no value."""
    return demanded(question.text) if question.kind not in _WITHOUT_VALUE else None


def asked_words(question: str) -> str:
    """The words that name the attribute (哪个内核版本): what evidence must hold stands for them."""
    text = plain(question)
    match = next((match for asked, _ in _rows() if (match := asked.search(text))), None)
    return match.group() if match else ""
