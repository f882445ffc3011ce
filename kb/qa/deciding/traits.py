"""Traits of a yes-or-no question beside a sentence, as numbers: fitted on questions whose sentence and verdict are known, they tell at a first
look whether the sentence answers it (weights, data/verdict_weights.tsv), at a closer one whether it says yes, no or neither (trees,
data/verdict_trees.json).

Both are fitted by `python -m tests.gold.verdicts --write`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources

from kb.language.cues import denied, negated
from kb.language.regex import regex
from kb.language.vocabulary import opposed
from kb.qa.asking.terms import Term
from kb.qa.deciding.alignment import of_alignment
from kb.qa.deciding.clauses import said_of
from kb.qa.deciding.pairing import Pair
from kb.qa.deciding.polarity import of_polarity
from kb.qa.deciding.propositions import ALL
from kb.qa.deciding.quantifying import EXCLUSIVE, ONLY_ASKED, WEAKER
from kb.qa.deciding.refuting import REFUTES, REPORTED
from kb.qa.deciding.stances import names_all
from kb.qa.deciding.unsaid import BAD, unsaid
from kb.qa.deciding.verdicts import Decision
from kb.qa.finding.characters import share
from kb.qa.forest import Forest
from kb.qa.weights import weights

Traits = Mapping[str, float]
WEIGHTS, TREES = "data/verdict_weights.tsv", "data/verdict_trees.json"
_DENYING = regex(r"不(?!同|仅|只|但|断|过|少|管|论|超过)|没|无(?!根)|未|非(?!全局|特权)|禁|难以|很少|极少|缺|仅|只")
_LESS = regex(r"很少|极少|难以|几乎不|尚未|避免|不应|停止|中断|才")
_CAN = regex(r"可以|能够?|支持|允许|提供|会|有")
_NAME = regex(r"[a-z][a-z0-9.+-]*|\d+(?:\.\d+)?")
_SPOKEN_OF = 0.3  # how well a sentence must meet the name of a thing to speak of it
_MANY = 4
# what a rule decided by → how its reason begins
_SORTS: Mapping[str, tuple[str, ...]] = {
    "assertion": ("asserted",),
    "opposite": ("opposite",),
    "denial": ("denied",),
    "others told apart": ("told apart",),
    "claim": ("claim",),
    "degree": ("more so",),
    "need": ("needs it", "does without", "not without it"),
    "other": (),
}


def of_evidence(pair: Pair, terms: Sequence[Term]) -> dict[str, float]:
    """Traits by which a sentence answers the question or not."""
    asked, item, index, text = pair.asked, pair.item, pair.index, pair.text
    named = bool(asked.near & index.concepts.get(item.sentence.id, set()))
    about = bool(asked.near & index.about(item.sentence))
    salient = [(term.weight, met) for term, met in zip(terms, item.covered, strict=True) if term.salient]
    others = [(term.weight, met) for term, met in zip(terms, item.covered, strict=True) if not term.salient]
    said = max((said_of(asked, clause)[0] for clause in index.clauses(item.sentence)), default=0.0)
    rest, closely = share(pair.rest, text, index), share(pair.rest, pair.clause, index)
    least = min((met for _, met in salient), default=0.5)
    all_named = names_all(asked, item)
    lacking = unsaid(asked, terms, item)
    last = set(asked.last)
    return {
        "score": item.score,
        "score below the best": pair.score_above,
        "coverage": item.coverage,
        "coverage below the best": pair.coverage_above,
        "near": item.near,
        "near below the nearest": pair.near_above,
        "rank": math.log(1 + pair.rank),
        "names": _mean(salient),
        "least name": least,
        "words": _mean(others),
        "least word": min((met for _, met in others), default=0.5),
        "last word": max((met for term, met in zip(terms, item.covered, strict=True) if last & set(term.names)), default=0.5),
        "characters": share(pair.own, text, index),
        "rest": rest,
        "rest in a clause": closely,
        "rest with the sentence before": max(rest, share(pair.rest, text + _before(pair), index)),
        "names all": float(all_named),
        "left unsaid": min(3.0, float(len(lacking))),
        "left unsaid in weight": sum(term.weight for term in lacking) / (sum(term.weight for term in terms) or 1.0),
        "in no article": sum(term.weight for term in terms if term.missing) / (sum(term.weight for term in terms) or 1.0),
        "heading": share(pair.rest, index.headings[item.sentence.id], index),
        "said in a clause": said,
        "said": said_of(asked, text)[0],
        "named": float(named),
        "about": float(about),
        "opens": float(any(0 <= text.find(name) <= 6 for name in asked.names)),
        "about and rest": about * rest,
        "about and said": about * said,
        "least name and rest": least * rest,
        "reading": max(pair.worth.values()),
        "nothing read": float(not any(pair.worth.values())),
        "denies": float(negated(text)),
        "only": float(bool(EXCLUSIVE.search(text))),
        "refutes it": float(bool(REFUTES.search(text))),
        "reported": float(bool(REPORTED.search(text))),
        "modal": float(any(word in text for word in asked.modal)),
        "length": math.log(len(text) + 1),
        "asked": math.log(len(terms) + 1),
    }


def of_verdict(pair: Pair, terms: Sequence[Term], ruled: Decision | None) -> dict[str, float]:
    """Traits by which a sentence that answers says no (above 0) or yes: what its clauses say to it by rule, how both are worded, what stands where,
    and what the rules decide."""
    return _of_readings(pair) | of_polarity(pair, terms) | of_alignment(pair) | _of_names(pair, terms) | of_ruling(pair, ruled)


def _of_readings(pair: Pair) -> dict[str, float]:
    asked, text, clause = pair.asked, pair.text, pair.clause
    turned = -1.0 if asked.denied else 1.0  # asked whether it is not so, a denial says yes
    only = bool(ONLY_ASKED.search(asked.text))
    weaker = bool(WEAKER.search(text))
    return {
        "reads yes": -pair.worth["yes"],
        "reads no": pair.worth["no"],
        "reads rather no": pair.worth["no"] - pair.worth["yes"],
        "no reading": float(not any(pair.worth.values())),
        "clause denies": turned * negated(clause),
        "clause nearly denies": turned * denied(clause),
        "denying word in the clause": turned * bool(_DENYING.search(clause)),
        "bad asked": float(bool(BAD.search(asked.text))),
        "opposed in the clause": turned * opposed(asked.text, clause),
        "only in the clause": turned * bool(EXCLUSIVE.search(clause)),
        "less": turned * bool(_LESS.search(text)),
        "can": -turned * (bool(_CAN.search(clause)) and not _DENYING.search(clause)),
        "refutes": turned * bool(REFUTES.search(text)),
        "opposed": turned * opposed(asked.text, text),
        "weaker": turned * weaker,
        "asked only": float(only),
        "asked only, weaker": float(only and weaker),
        "asked only, plain": float(only and not negated(text) and not weaker),
        "asked all": float(bool(ALL.search(asked.text))),
        "denial read in the question": float(asked.denied),
    }


def _of_names(pair: Pair, terms: Sequence[Term]) -> dict[str, float]:
    """Latin names, numbers and things that the question names and the sentence does not, and others that it names instead."""
    core = pair.core
    asked = [name for name in _NAME.findall(core) if name not in pair.asked.names]
    said, in_clause = set(_NAME.findall(pair.text)), set(_NAME.findall(pair.clause))
    missing = [name for name in asked if name not in said and not any(name in other or other in name for other in said)]
    other = any(name not in core and not name[0].isdigit() for name in in_clause)
    name_missing = any(not name[0].isdigit() for name in missing)
    things_missing = sum(term.salient and met < _SPOKEN_OF for term, met in zip(terms, pair.item.covered, strict=True))
    others = pair.index.concepts.get(pair.item.sentence.id, set()) - pair.asked.near - pair.asked.asked_ids
    return {
        "number missing": float(any(name[0].isdigit() for name in missing) and any(name[0].isdigit() for name in said)),
        "number said": -float(any(name[0].isdigit() and name in said for name in asked)),
        "name missing": float(name_missing),
        "name elsewhere": float(any(name in said and name not in in_clause for name in asked)),
        "other name": float(other),
        "other name for it": float(other and name_missing),
        "things missing": float(things_missing),
        "other things": min(_MANY, len(others)) / _MANY,
        "other things for it": float(bool(others and things_missing)),
    }


def of_closer_look(evidence: Traits, likely: float, verdict: Traits) -> dict[str, float]:
    """All traits of a sentence that is `likely` to answer at a first look."""
    return {**evidence, "likely": likely, **verdict}


def of_ruling(pair: Pair, ruled: Decision | None) -> dict[str, float]:
    """Whether the rules decide, by this sentence or by another, which way (no above 0) and by what."""
    here = ruled is not None and ruled.item.sentence.id == pair.item.sentence.id
    way = 0.0 if ruled is None else 1.0 if ruled.verdict == "no" else -1.0
    worth = ruled.worth if ruled is not None and here else 0.0
    sort = _sort_of(ruled.why) if ruled is not None and here else None
    return {
        "ruled": float(ruled is not None),
        "ruled here": float(here),
        "ruled worth": worth,
        "ruled no": way * here,
        "ruled no elsewhere": way * (not here),
        "ruled no, worth": way * worth,
        "ruled loosely": float(ruled is not None and ruled.loose),
        "ruled contrary": float(ruled is not None and ruled.contrary),
        "ruled either way": float(ruled is not None and ruled.otherwise is not None),
        **{f"ruled by {name}": float(name == sort) for name in _SORTS},
        **{f"ruled no by {name}": way * (name == sort) for name in _SORTS},
    }


def _sort_of(why: str) -> str:
    """What a decision is of (`Decision.why`)."""
    return next((name for name, whys in _SORTS.items() if why.startswith(whys)), "other")


def may_deny(pair: Pair) -> bool:
    """Whether the sentence holds anything at all by which it could say no: a denial, a limit, an opposite, a refutation."""
    return opposed(pair.asked.text, pair.text) or any(found.search(pair.text) for found in (_DENYING, _LESS, REFUTES, EXCLUSIVE, WEAKER))


def _before(pair: Pair) -> str:
    before = pair.index.before(pair.item.sentence)
    return pair.index.folded[before.id] if before is not None else ""


def _mean(weighted: Sequence[tuple[float, float]]) -> float:
    total = sum(weight for weight, _ in weighted)
    return sum(weight * met for weight, met in weighted) / total if total else 0.5


@cache
def trees() -> Forest:
    return Forest.read(resources.files("kb.qa").joinpath(TREES).read_text(encoding="utf-8"))


def answering(traits: Traits) -> float:
    """In [0, 1]: how likely a sentence with these traits of evidence is to answer the question."""
    return weights(WEIGHTS).likelihood(traits)


def says(traits: Traits) -> tuple[float, float]:
    """How likely a sentence with these traits of a closer look says yes to the question, and how likely no; what is left says neither."""
    _, yes, no = trees().shares(traits)
    return yes, no
