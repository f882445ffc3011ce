"""Yes or no by what was fitted on other questions (`kb.qa.deciding.traits`), where no clause is telling enough by itself.

It chooses the sentence that answers and whether it says yes or no; where none is likely enough to answer, or none can bear it out, nothing is decided.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kb.language.cues import negated
from kb.qa.asking.terms import Term
from kb.qa.deciding.amounts import lacks_amount
from kb.qa.deciding.bearing import (
    denies_what_is_asked,
    firm_enough,
    firmly_asked,
    leaves_open,
    of_any,
    only_supposed,
    only_unneeded,
    under_condition,
)
from kb.qa.deciding.clauses import anothers, said_of, said_of_another
from kb.qa.deciding.degrees import more_so
from kb.qa.deciding.naming import place_of
from kb.qa.deciding.needs import bears, need_of
from kb.qa.deciding.pairing import Pair
from kb.qa.deciding.propositions import Proposition
from kb.qa.deciding.refuting import NOT_ALL, REPORTED
from kb.qa.deciding.stances import names_all, names_another
from kb.qa.deciding.traits import answering, denying, may_deny, of_evidence, of_verdict
from kb.qa.deciding.unsaid import unsaid
from kb.qa.deciding.verdicts import Decision, of_the_degree, pairs, stated_condition
from kb.qa.finding.retrieval import Scored, alike
from kb.qa.sources import Sources
from kb.records import Question, Verdict

_NO_DIFFERENCE = re.compile(r"没有?(?:什么|本质|太大|明显|很大)*的?(?:差别|区别|差异|不同)")
TOLD = 0.4  # likelihood that a sentence answers, from which it is told although it says neither yes nor no
DOUBTED = 0.15  # likelihood that a sentence answers, below which what only some of its words say does not count
# how a clause decides by the words it shares with the question, and not by what it needs, counts, measures or claims
BY_WORDS = frozenset({"asserted", "opposite", "denied", "told apart"})
ANSWERS = 0.25  # likelihood that the best sentence answers, below which nothing is decided
_NEARLY_ALL = 0.65  # of what is asked, what a clause must say that needs no likely sentence
_SURELY = 0.35  # likelihood that a sentence answers, below which it decides only where it leaves nothing telling unsaid
_STRONGLY = 0.2  # the same times how sure the verdict is, where a thing or word that was asked is left unsaid
HEARD = 5  # of the likeliest sentences
_OF_SOME = 0.7  # how surely it is no where it is asked of every one, and said of those only that are told apart
_EVEN = 0.02  # of a likelihood, about a half, that tells neither yes nor no
BESIDE = 0.25  # of that likelihood, what a second sentence must have to be told with it
_PLAIN = 0.7  # worth of a clause that needs no likelier sentence to stand


@dataclass(frozen=True, slots=True)
class Judged:
    """A question beside the first sentences found for it, and how likely each is to answer it, in [0, 1]."""

    asked: Proposition
    terms: Sequence[Term]
    found: Sequence[tuple[Pair, list[Decision]]]
    likely: Sequence[float]


def judge(question: Question, ranked: Sequence[Scored], terms: Sequence[Term], sources: Sources) -> Judged:
    asked = Proposition(question, ranked, terms, sources)
    found = pairs(asked, ranked)
    return Judged(asked, terms, found, [answering(of_evidence(pair, terms)) for pair, _ in found])


def weigh(judged: Judged) -> Decision | None:
    """What the likeliest sentences say where no clause is telling enough by itself."""
    asked, terms, found, likely = judged.asked, judged.terms, judged.found, judged.likely
    if not found or asked.bare:  # any clause on the thing would do
        return None
    first, *others = sorted(range(len(found)), key=lambda place: -likely[place])
    if likely[first] < ANSWERS:
        return None
    heard = [(likely[place] ** 2, denying(of_verdict(found[place][0], terms))) for place in (first, *others[: HEARD - 1])]
    no = sum(weight * share for weight, share in heard) / sum(weight for weight, _ in heard)
    pair, readings = found[first]
    if not of_any(asked, pair.text):
        no = max(no, _OF_SOME)
    if abs(no - 0.5) < _EVEN:
        return None
    verdict: Verdict = "no" if no >= 0.5 else "yes"
    if not _borne_out(asked, terms, pair, readings, verdict, likely[first], abs(2 * no - 1)):
        return None
    reading = max((one for one in readings if one.verdict == verdict), key=lambda one: one.worth, default=None)
    why = f"{reading.why if reading else 'weighed'} ({max(no, 1 - no):.2f})"
    return Decision(
        verdict,
        pair.item,
        reading.clause if reading else pair.clause,
        likely[first],
        why,
        contrary=reading is not None and reading.contrary,
        likely=True,
        condition=reading.condition if reading else stated_condition(asked, pair),
        beside=tuple(
            found[place][0].item
            for place in others[:1]
            if likely[place] >= BESIDE * likely[first] and not alike(found[place][0].item.sentence.text, pair.item.sentence.text)
        ),
    )


def _borne_out(
    asked: Proposition, terms: Sequence[Term], pair: Pair, readings: Sequence[Decision], verdict: Verdict, likely: float, sure: float
) -> bool:
    """Whether a sentence that is `likely` to answer can say what the trees are so `sure` of (both in [0, 1]).

    It must leave nothing telling unsaid, be of the very thing, and as firm as was asked.
    """
    item, text, clause = pair.item, pair.text, pair.clause
    lacking = unsaid(asked, terms, item)
    if (lacking or not names_all(asked, item)) and likely * sure < _STRONGLY:
        return False
    if lacking and (likely < _SURELY or (readings and all(one.why == "refuted" for one in readings))):
        return False
    # what no article says may be said here in other words; what articles say elsewhere is not
    known = [term for term in lacking if term.salient or not term.missing]
    if known and (verdict == "yes" or any(term.salient for term in known)):
        return False
    need = need_of(asked, terms)
    if need is not None and not bears(need, asked, item, verdict):
        return False
    if asked.compares and not of_the_degree(asked, text):
        return False
    if asked.compares and asked.degree is not None:
        side = more_so(text, asked.degree, asked.sides[0], asked.sides[1], asked.aspect_words)
        if side is None or (side == "a") != (verdict == "yes"):
            return False
    if not readings and (only_unneeded(asked, clause) or said_of(asked, text)[1]):
        return False  # 在安全方面 of 危险: it holds an opposite, and yet says nothing
    if not under_condition(asked, item) or leaves_open(clause):
        return False
    if verdict == "no":
        if lacking and not readings:
            return False
        firmly = firmly_asked(asked) and not lacking  # 一定 of what a clause says of some only
        return (bool(readings) or firmly or may_deny(pair)) and not _aside(asked, readings, text, clause)
    if not firm_enough(asked, clause) or lacks_amount(asked, item.sentence.text) or REPORTED.search(text) or only_supposed(asked, clause):
        return False
    reading = next((one for one in readings if one.verdict == "yes"), None)
    return not (
        said_of_another(asked, item) or names_another(asked, text) or (reading is not None and anothers(asked, item, reading.clause))
    )


def _aside(asked: Proposition, readings: Sequence[Decision], text: str, clause: str) -> bool:
    """Whether what is denied is not what was asked: 并非所有…都支持 TLS says nothing of 断点续传, 没有硬性规定 nothing of what a thing is."""
    if _NO_DIFFERENCE.search(clause) and asked.same is None and not asked.compares:
        return True
    if readings:
        return False
    if NOT_ALL.search(text) and not any(place_of(text, name) >= 0 for name in asked.last):
        return True
    if not negated(clause):
        return False
    return (bool(asked.identity or asked.predicate) and "是" not in clause) or (
        bool(asked.condition) and not denies_what_is_asked(asked, clause)
    )


def beside(judged: Judged) -> tuple[Scored, ...]:
    """What surely speaks of what is asked although it says neither yes nor no to it: one or two sentences, the likelier first."""
    asked, terms = judged.asked, judged.terms
    likely = [(share, pair.item) for share, (pair, _) in zip(judged.likely, judged.found, strict=True) if under_condition(asked, pair.item)]
    likely.sort(key=lambda one: -one[0])
    told = [item for share, item in likely if share >= TOLD and names_all(asked, item) and not unsaid(asked, terms, item)]
    return (*told[:1], *[item for item in told[1:] if not alike(item.sentence.text, told[0].sentence.text)][:1])


def doubtful(decision: Decision, question: Question, ranked: Sequence[Scored], terms: Sequence[Term], sources: Sources) -> bool:
    """Whether a clause that says only some of what is asked stands in a sentence unlikely to answer, by the fitted weights."""
    if decision.worth >= _PLAIN:
        return False
    asked = Proposition(question, ranked, terms, sources)
    of_it = not (decision.loose or decision.condition) and any(place_of(decision.clause, name) >= 0 for name in asked.names)
    if of_it and said_of(asked, decision.clause)[0] >= _NEARLY_ALL and not unsaid(asked, terms, decision.item):
        return False
    (pair, _), *_ = pairs(asked, [decision.item])
    return answering(of_evidence(pair, terms)) < DOUBTED
