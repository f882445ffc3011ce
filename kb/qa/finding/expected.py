"""What sort of value a question asks for (a year, a number, a person, a path …), and whether a sentence holds one that the question did not bring
along: data/expected.tsv, a row a sort.

A trait among others of whether a sentence answers, never decisive by itself: `kb.qa.asking.attributes` holds what is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from kb.language.normalize import fold
from kb.language.tables import lines
from kb.language.vocabulary import plain
from kb.qa.asking.terms import Term
from kb.qa.finding.index import Index
from kb.qa.finding.retrieval import Scored

_MET = 0.5  # how well a sentence must meet a term of the question
_NONE = "nothing"


@cache
def _rows() -> Mapping[str, tuple[re.Pattern[str], re.Pattern[str]]]:
    rows = (line.split("\t") for line in lines("expected.tsv", "kb.qa"))
    return {sort: (re.compile(asked), re.compile(held)) for sort, asked, held in rows}


def sorts() -> tuple[str, ...]:
    return (*_rows(), _NONE)


@cache
def sort_of(question: str) -> str:
    """The first sort whose words a question holds; that of no row where it asks for no value."""
    text = plain(question)
    return next((sort for sort, (asked, _) in _rows().items() if asked.search(text)), _NONE)


def held(sort: str, text: str, question: str) -> bool:
    """Whether a text holds a value of the sort that the question does not."""
    row = _rows().get(sort)
    return row is not None and any(fold(match.group()) not in fold(question) for match in row[1].finditer(text))


def traits(question: str, terms: Sequence[Term], chosen: Sequence[Scored], index: Index) -> dict[str, float]:
    """Of the best of the chosen sentences, and of all: whether they hold a value of the sort, and where."""
    sort, best = sort_of(question), chosen[0]
    asks = sort != _NONE
    here = held(sort, best.sentence.text, question)
    somewhere = here or any(held(sort, item.sentence.text, question) for item in chosen[1:])
    beside = asks and held(sort, _telling_clause(terms, best, index), question)
    return {
        "asks for a value": float(asks),
        "value held": float(here),
        "value held by any": float(somewhere),
        "value beside what is asked": float(beside),
        "value lacking": float(asks and not somewhere),
        **{f"asks for {name}": float(name == sort) for name in sorts()},
        **{f"lacks {name}": float(name == sort and not here) for name in sorts()},
        **{f"lacks {name} beside what is asked": float(name == sort and not beside) for name in sorts()},
    }


def _telling_clause(terms: Sequence[Term], best: Scored, index: Index) -> str:
    """The clause of a sentence that says the most of what is asked of the thing, by words that the sentence meets."""
    wanted = [
        (term.weight, term.names)
        for term, met in zip(terms, best.covered, strict=True)
        if met >= _MET and not (term.salient and term.concepts)
    ]
    clauses = index.clauses(best.sentence)

    def said(clause: str) -> float:
        return sum(weight for weight, names in wanted if _any_in(names, clause))

    return max(clauses, key=said, default="")


def _any_in(names: Iterable[str], clause: str) -> bool:
    return any(name in clause for name in names)
