"""Yes or no by what was fitted on other questions (`kb.qa.deciding.traits`): what rules make of the sentences are traits among others.

A first look at all sentences tells which are likely to answer, a closer one at the likeliest which of them say yes and which say no. A rule's
decision stands unless that is unlikely to be right; without one, or against it, it takes more: nothing that was asked of a thing may be left to
what is said of another, in another case or to another degree, and nothing is denied by a sentence that holds nothing to deny it by.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from kb.language.cues import negated
from kb.language.regex import regex
from kb.qa.asking.terms import Term
from kb.qa.deciding.amounts import ANOTHER_AMOUNT, asks_amount, lacks_amount
from kb.qa.deciding.bearing import denies_what_is_asked, firm_enough, leaves_open, of_any, only_supposed, only_unneeded, under_condition
from kb.qa.deciding.clauses import anothers, said_of, said_of_another
from kb.qa.deciding.degrees import more_so
from kb.qa.deciding.naming import place_of
from kb.qa.deciding.needs import bears, need_of, speaks_of_need
from kb.qa.deciding.pairing import Pair
from kb.qa.deciding.placing import PLACED
from kb.qa.deciding.propositions import Proposition
from kb.qa.deciding.refuting import NOT_ALL, REPORTED
from kb.qa.deciding.stances import names_all, names_another, says_what_it_is
from kb.qa.deciding.traits import answering, may_deny, of_closer_look, of_evidence, of_verdict, says
from kb.qa.deciding.unsaid import unsaid
from kb.qa.deciding.verdicts import Decision, of_the_degree, pairs
from kb.qa.finding.retrieval import Scored, alike
from kb.qa.sources import Sources
from kb.records import Question, Verdict

_NO_DIFFERENCE = regex(r"没有?(?:什么|本质|太大|明显|很大)*的?(?:差别|区别|差异|不同)")
_SURE = (
    "claim",
    PLACED,
    "more so",
    ANOTHER_AMOUNT,
    "needs it",
    "does without",
    "not without it",
)  # how the reason of a rule begins that stands by itself
HEARD = 5  # of the likeliest sentences
OUTWEIGHED = 0.6  # of the likelihood of the contrary, below which a rule's decision does not stand either
# share of the likelihood of either, below which what a rule decides is only said to be likely: six in ten such decisions are right
PLAINLY = 0.6
STANDS = 0.1  # likelihood of a verdict, below which a rule's decision does not stand
DECIDES = 0.32  # the same, below which nothing is decided without a rule
STRONGLY = 0.42  # the same, where the sentence leaves a thing unsaid that was asked
TOLD = 0.4  # likelihood that a sentence answers, from which it is told although it says neither yes nor no
BESIDE = 0.25  # of that of the likeliest, what a second sentence must have to be told with it


@dataclass(frozen=True, slots=True)
class Heard:
    """A sentence beside the question: what its clauses say by rule, how likely it says yes and how likely no, each in [0, 1]."""

    pair: Pair
    readings: Sequence[Decision]
    yes: float
    no: float

    @property
    def answers(self) -> float:
        """How likely it says either."""
        return self.yes + self.no


@dataclass(frozen=True, slots=True)
class Judged:
    """A question beside the likeliest of the sentences found for it, the likeliest first, and what the rules decide."""

    asked: Proposition
    terms: Sequence[Term]
    heard: Sequence[Heard]
    ruled: Decision | None


def judge(question: Question, ranked: Sequence[Scored], terms: Sequence[Term], ruled: Decision | None, sources: Sources) -> Judged:
    asked = Proposition(question, ranked, terms, sources)
    looked = [(answering(evidence := of_evidence(pair, terms)), evidence, pair, readings) for pair, readings in pairs(asked, ranked)]
    looked.sort(key=lambda one: -one[0])
    heard = [
        Heard(pair, readings, *says(of_closer_look(evidence, likely, of_verdict(pair, terms, ruled))))
        for likely, evidence, pair, readings in looked[:HEARD]
    ]
    return Judged(asked, terms, sorted(heard, key=lambda one: -one.answers), ruled)


def verdict_of(heard: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """How likely yes is right, and how likely no, by sentences that say either with these likelihoods: the more one answers, the more it counts."""
    told = [yes + no for yes, no in heard]
    total = sum(share * share for share in told)
    if not total:
        return 0.0, 0.0
    no_of_all = sum(share * no for share, (_, no) in zip(told, heard, strict=True)) / total
    return max(told) * (1 - no_of_all), max(told) * no_of_all


def weigh(judged: Judged, *, sure: bool = False) -> Decision | None:
    """What is right likely enough; `None` where neither yes nor no is. `sure`: even what a rule decides must be as likely as without one."""
    asked, ruled = judged.asked, judged.ruled
    yes, no = verdict_of([(one.yes, one.no) for one in judged.heard])
    if judged.heard and not of_any(asked, judged.heard[0].pair.text):
        yes, no = 0.0, yes + no  # what holds of those that are told apart does not hold of all
    worth: dict[Verdict, float] = {"yes": yes, "no": no}
    if ruled is not None and _stands(ruled, worth, DECIDES if sure and not ruled.contrary else STANDS):
        return replace(ruled, likely=True) if worth[ruled.verdict] < PLAINLY * (yes + no) else ruled
    verdict: Verdict = "no" if no >= yes else "yes"
    if asked.bare or asks_amount(asked) or worth[verdict] < DECIDES:  # of a bare question any clause on the thing would do
        return None
    first, *others = sorted(judged.heard, key=lambda one: -(one.no if verdict == "no" else one.yes))
    reading = max((one for one in first.readings if one.verdict == verdict), key=lambda one: one.worth, default=None)
    if not _may_say(asked, judged.terms, first, verdict, worth[verdict], reading):
        return None
    return Decision(
        verdict,
        first.pair.item,
        reading.clause if reading else first.pair.clause,
        worth[verdict],
        f"{reading.why if reading else 'weighed'} ({worth[verdict]:.2f})",
        contrary=reading is not None and reading.contrary,
        likely=True,
        condition=reading.condition if reading else None,
        beside=tuple(
            one.pair.item
            for one in others[:1]
            if one.answers >= BESIDE * first.answers and not alike(one.pair.item.sentence.text, first.pair.item.sentence.text)
        ),
    )


def stands_by_itself(ruled: Decision) -> bool:
    """Whether a rule's decision needs no weighing: a claim, a degree, an amount and a need are as sure as what they were read from."""
    return ruled.why.startswith(_SURE)


def _stands(ruled: Decision, worth: Mapping[Verdict, float], least: float) -> bool:
    """What is only said in words must be likely."""
    if ruled.otherwise is not None:
        return sum(worth.values()) >= least
    return worth[ruled.verdict] >= max(least, OUTWEIGHED * worth["no" if ruled.verdict == "yes" else "yes"])


def _may_say(asked: Proposition, terms: Sequence[Term], heard: Heard, verdict: Verdict, worth: float, reading: Decision | None) -> bool:
    """Whether a sentence can say what no rule reads in it as surely: of the very thing, in the case and to the degree that was asked."""
    pair = heard.pair
    item, text, clause = pair.item, pair.text, pair.clause
    if not under_condition(asked, item) or leaves_open(clause) or REPORTED.search(text):
        return False
    if asked.quality is not None and reading is None:
        return False  # no clause says how it is
    if (
        verdict == "yes"
        and asked.is_what
        and not asked.denied
        and not any(says_what_it_is(asked, part) for part in pair.index.clauses(item.sentence))
    ):
        return False
    need = need_of(asked, terms)
    if need is not None and (need.bound or speaks_of_need(text)) and not bears(need, asked, item, verdict):
        return False  # of a need, and not of the one that was asked
    lacking = unsaid(asked, terms, item)
    if any(term.salient or term.label in asked.sources.lexicon for term in lacking) and worth < STRONGLY:
        return False
    if asked.compares and not of_the_degree(asked, text):
        return False
    if asked.compares and asked.degree is not None:
        side = more_so(text, asked.degree, asked.sides[0], asked.sides[1], asked.aspect_words)
        if side is None or (side == "a") != (verdict == "yes"):
            return False
    if not heard.readings and (only_unneeded(asked, clause) or said_of(asked, text)[1]):
        return False  # 在安全方面 of 危险: it holds an opposite, and yet says nothing
    if verdict == "no":
        if reading is None and lacking:
            return False
        return (reading is not None or may_deny(pair) or not of_any(asked, text)) and not _aside(asked, heard.readings, text, clause)
    return not (
        not firm_enough(asked, clause)
        or lacks_amount(asked, item.sentence.text)
        or only_supposed(asked, clause)
        or said_of_another(asked, item)
        or names_another(asked, text)
        or (reading is not None and anothers(asked, item, reading.clause))
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
    likely = [one.pair.item for one in judged.heard if one.answers >= TOLD and under_condition(asked, one.pair.item)]
    told = [item for item in likely if names_all(asked, item) and not unsaid(asked, terms, item)]
    return (*told[:1], *[item for item in told[1:] if not alike(item.sentence.text, told[0].sentence.text)][:1])
