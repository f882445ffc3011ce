"""How likely the sentences chosen for a question answer it, by weights fitted on questions whose sentence is known and on others that nothing
answers, close as they sound (data/answering_weights.tsv; `python -m tests.gold.answering --write`).

The rules of `kb.qa.finding.judging` weigh one thing after the other; here what each of them sees is a trait among others.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from kb.language.normalize import fold
from kb.language.vocabulary import plain
from kb.qa.asking.attributes import demanded_of
from kb.qa.asking.terms import Term, wording
from kb.qa.finding import expected
from kb.qa.finding.characters import share, telling
from kb.qa.finding.closeness import matched_without
from kb.qa.finding.index import index_of
from kb.qa.finding.retrieval import Scored
from kb.qa.sources import Sources
from kb.qa.weights import weights
from kb.records import Question, Reason

WEIGHTS = "data/answering_weights.tsv"
# whether what is asked for may be told in a sentence differs by these kinds of question and reasons of the rules
_KINDS = tuple("analogy cause choice comparison consequence definition how listing open quantity relation remedy who".split())
_REASONS = tuple("aside best coverage part".split())
_UNMET = 0.3  # how well a sentence must meet a term to say anything of it
_FAR_AHEAD, _MANY = 4.0, 4
_OPENS = 6  # characters


@dataclass(frozen=True, slots=True)
class Case:
    """A question and the sentences chosen for it, the best first; `ahead`: see `kb.qa.finding.judging.answers`; `reason`: why not, by the rules.

    `part`: of what is asked of the thing, what the chosen say, and what the best of them says; `None` where nothing is asked of a thing.
    """

    question: Question
    terms: Sequence[Term]
    chosen: Sequence[Scored]
    sources: Sources
    ahead: float
    reason: Reason | None
    part: tuple[float | None, float | None]


def likelihood(case: Case) -> float:
    """In [0, 1]."""
    return weights(WEIGHTS).likelihood(traits(case))


def traits(case: Case) -> dict[str, float]:
    asked, index = plain(case.question.resolved), index_of(case.sources)
    of_value = expected.traits(asked, case.terms, case.chosen, index)
    return _of_terms(case) | _of_clauses(case) | _of_nearness(case) | _of_characters(case) | _of_question(case) | of_value


def _of_terms(case: Case) -> dict[str, float]:
    """What the best sentence, and all together, say of the terms of the question."""
    terms, best = case.terms, case.chosen[0]
    total = sum(term.weight for term in terms) or 1.0
    together = [max(item.covered[number] for item in case.chosen) for number in range(len(terms))]
    met = list(zip(terms, best.covered, strict=True))
    unmet = [term for term, share in met if share < _UNMET]
    salient = [(term.weight, share) for term, share in met if term.salient]
    words = [(term.weight, share) for term, share in met if not term.salient]
    part, part_of_best = case.part
    return {
        "coverage": sum(term.weight * share for term, share in zip(terms, together, strict=True)) / total,
        "coverage of the best": best.coverage,
        "best coverage": max(item.coverage for item in case.chosen),
        "part": 1.0 if part is None else part,
        "part of the best": 1.0 if part_of_best is None else part_of_best,
        "no part": float(part is None),
        "names": _mean(salient),
        "least name": min((share for _, share in salient), default=0.5),
        "words": _mean(words),
        "least word": min((share for _, share in words), default=0.5),
        "first": best.covered[0],
        "last": best.covered[-1],
        "unmet": float(min(_MANY, len(unmet))),
        "unmet weight": min(_MANY, sum(term.weight for term in unmet) / _MANY),
        "heaviest unmet": max((term.weight for term in unmet), default=0.0),
        "heaviest unmet in no article": max((term.weight for term in unmet if term.missing), default=0.0),
        "heaviest unmet in articles": max((term.weight for term in unmet if not term.missing), default=0.0),
        "heaviest unmet together": max((term.weight for term, share in zip(terms, together, strict=True) if share < _UNMET), default=0.0),
        "unmet names": sum(term.weight for term in unmet if term.salient) / total,
        "in no article": sum(term.weight for term in terms if term.missing) / total,
        "terms": math.log(1 + len(terms)),
        "weight": math.log(1 + total),
    }


def _of_clauses(case: Case) -> dict[str, float]:
    """What one clause of the best sentence says by itself of the words beside the names, and the word that it says the least of by its characters."""
    index, best = index_of(case.sources), case.chosen[0]
    words = [
        (term.weight, term.names, met) for term, met in zip(case.terms, best.covered, strict=True) if not (term.salient and term.concepts)
    ]
    total = sum(weight for weight, _, _ in words)
    names, text = _names(case), index.folded[best.sentence.id]
    said = [
        (
            sum(weight for weight, own, met in words if met >= _UNMET and any(name in clause for name in own)) / total,
            any(name in clause for name in names),
        )
        for clause in (index.clauses(best.sentence) if total else ())
    ]
    return {
        "words in a clause": max((share for share, _ in said), default=0.5),
        "words in a clause with the name": max((share for share, named in said if named), default=0.0 if total else 0.5),
        "least word by characters": min((max(map(partial(_written, text), own), default=0.0) for _, own, _ in words), default=0.5),
        "words beside the names": math.log(1 + total),
    }


def _written(text: str, name: str) -> float:
    """Share of the characters of a name that a text holds."""
    return sum(character in text for character in name) / len(name) if name else 0.0


def _of_nearness(case: Case) -> dict[str, float]:
    """How near the sentences lie by meaning, and how far the best one stands out."""
    best, nearest = case.chosen[0], max(case.chosen, key=lambda item: item.near)
    index, asked = index_of(case.sources), wording(case.question)
    names = _names(case)
    return {
        "near": best.near,
        "nearest": nearest.near,
        "match": matched_without((), asked, best.sentence.id, index, case.sources),
        "match without names": matched_without(names, asked, best.sentence.id, index, case.sources),
        "match without names of the nearest": matched_without(names, asked, nearest.sentence.id, index, case.sources),
        "score": best.score,
        "score of the second": case.chosen[1].score / best.score if len(case.chosen) > 1 and best.score else 0.0,
        "ahead": min(_FAR_AHEAD, case.ahead),
    }


def _of_characters(case: Case) -> dict[str, float]:
    """Shares of what the question is written with, by rarity: a word asked in another form shares one of its two characters."""
    index = index_of(case.sources)
    asked, names = fold(plain(case.question.resolved)), _names(case)
    every, rest = telling(asked, names)
    best = case.chosen[0].sentence
    text = index.folded[best.id]
    alone = share(rest, text, index)
    return {
        "characters": share(every, text, index),
        "characters but names": alone,
        "characters but names in all": max(alone, share(rest, " ".join(index.folded[item.sentence.id] for item in case.chosen), index)),
        "characters but names in the heading": share(rest, index.headings[best.id], index),
        "opens": float(any(0 <= text.find(name) <= _OPENS for name in names)),
        "length": math.log(1 + len(text)),
        "asked length": math.log(1 + len(asked)),
    }


def _of_question(case: Case) -> dict[str, float]:
    held = demanded_of(case.question)
    key = case.reason.key if case.reason is not None else None
    return {
        "demands a value": float(held is not None),
        "holds the value": float(held is not None and held.search(case.chosen[0].sentence.text) is not None),
        "no name": float(not _names(case)),
        "chosen": float(len(case.chosen)),
        "sentences": math.log(1 + case.sources.size),
        "English": float(case.question.language == "en"),
        "no reason": float(case.reason is None),
        **{f"reason: {name}": float(name == key) for name in _REASONS},
        **{f"kind: {name}": float(name == case.question.kind) for name in _KINDS},
    }


def _names(case: Case) -> frozenset[str]:
    return frozenset(name for term in case.terms if term.salient and term.concepts for name in term.names)


def _mean(weighted: Sequence[tuple[float, float]]) -> float:
    total = sum(weight for weight, _ in weighted)
    return sum(weight * share for weight, share in weighted) / total if total else 0.5
