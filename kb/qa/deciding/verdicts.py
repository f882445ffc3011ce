"""Yes or no: which clause decides a question, and whether it asserts, denies or contradicts what is asked.

"No" needs a denial, an opposite, an exclusive statement or an exception to "every"; "yes" a clause about the thing asked about that says
most of what is asked of it. `kb.qa.deciding.weighing` has the last word: by what was fitted on other questions it may find that unlikely, or
decide where no clause does.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kb.language.cues import negated
from kb.language.normalize import fold
from kb.language.regex import regex
from kb.qa.asking.terms import Term
from kb.qa.deciding.amounts import ANOTHER_AMOUNT, asks_amount, lacks_amount, told_amount
from kb.qa.deciding.bearing import (
    firm_enough,
    firmly_asked,
    of_any,
    same_order,
    under_condition,
)
from kb.qa.deciding.clauses import NOBODYS, apart_from_it, clauses_of, said_of, set_against, told_apart
from kb.qa.deciding.conditions import Proviso, proviso
from kb.qa.deciding.degrees import asked_degree, more_so, speaks_of
from kb.qa.deciding.denying import negated_in
from kb.qa.deciding.naming import place_of
from kb.qa.deciding.needs import SAYS, bears, named, need_of, of_need
from kb.qa.deciding.pairing import Pair
from kb.qa.deciding.propositions import ALL, Proposition, all_names
from kb.qa.deciding.quantifying import ANY_ASKED, LITTLE, MANY_ASKED, ONLY_ASKED
from kb.qa.deciding.refuting import REFUTES, REPORTED
from kb.qa.deciding.stances import (
    ANOTHER,
    EXCEPTION,
    GONE,
    denied_elsewhere,
    denies_it,
    fills,
    is_another_number,
    is_the_subject,
    latin_named,
    names_all,
    stance_of,
    was_so,
)
from kb.qa.deciding.unsaid import unsaid
from kb.qa.finding.index import index_of
from kb.qa.finding.retrieval import Scored, beside
from kb.qa.sources import Sources
from kb.records import Claim, Question, Verdict

_RATHER_THAN = regex(r"(?:而非|而不是|而并非|不是)[^,，所每全]{0,4}$")
_NEEDS = regex(r"需要|必须|依赖|要求|离不开|依靠|基于")
_WITHOUT = regex(r"没有(?P<first>[^,，]{1,16}?)[,，]?(?:就|便|则|也就)(?:没有|不能|无法|不会|不可能)(?P<then>.*)")
_ENABLES = regex(r"(?:则|而|因此|所以)?(?:需要|要靠|必须用|必须使用|要用|依靠|要)(?:用|靠|借助|使用|安装)?")
_PERHAPS = regex(r"可能|反而|有时|会不会有")
_MOSTLY = regex(r"一般|通常|往往|大多|多数|可能|取决于|有时|除非|例外|视.{1,10}而定|不总是|不一定|未必|之一")
_EVEN = regex(r"没有(?:绝对|明显|太大|本质|显著)的?(?:高低|差别|差异|优劣|区别|不同)|不相上下|各有优劣|[分难]不出(?:高下|优劣)")
_LOOSELY = 0.6  # how sure a clause is that leaves out a thing the question names
_JUDGED = 16  # sentences
_YES, _NO = 0.42, 0.34  # of what is asked of the thing, what the deciding clause must say
_ONCE = 0.6  # of the worth of a clause, what is left where it tells how things were before something came
_EITHER = 0.5  # worth that both of two contrary clauses must have for a condition to decide between them
_NEARLY = 0.6  # of the worth of what is said under a condition, what the contrary must have
_BY_CONDITION = frozenset({"asserted", "denied", "opposite"})  # what is said of a thing, and not of all of its kind or of a statement
_YES_SAYS = 0.45  # of what is asked, whatever else speaks for a clause
_RATHER_SAYS = 0.6  # of what is asked, what a sentence must say that puts another thing in its place
_SET_AGAINST = 0.75  # worth of a sentence that says of another what is asked, and something else of the thing
_ALL_BUT_SAID = 0.6  # of the question, what a sentence must cover
_CLAIM_SAYS = 0.75  # of what is asked, what the sentence of a claim must say for the claim to settle it
# and may be a narrower one, or one by itself
_NO_ORDINARY_ONE = regex(r"不是[^,，。]{0,4}(?:同一|普通|一般|传统|寻常|真正|完整|单纯|简单|纯)")


@dataclass(frozen=True, slots=True)
class Decision:
    """`worth` in [0, 1]: how much of the question the clause says, and how surely it speaks of the thing asked about; `why` for the curious."""

    verdict: Verdict
    item: Scored
    clause: str
    worth: float
    why: str
    contrary: bool = False  # decides although the clause does not name all that the question does
    beside: tuple[Scored, ...] = ()  # what may as well answer
    loose: bool = False  # asserts without naming the very thing that was asked
    likely: bool = False  # chosen by fitted weights, and said by no clause outright
    condition: Proviso | None = None  # under which it is said, and not asked
    otherwise: Decision | None = None  # what is said where that condition does not hold: neither yes nor no without it


def decide(question: Question, ranked: Sequence[Scored], terms: Sequence[Term], sources: Sources, claim: Claim | None) -> Decision | None:
    """The most telling clause of the ranked sentences; a claim on the very relation asked about settles it."""
    asked = Proposition(question, ranked, terms, sources)
    amount = _by_amount(asked, ranked)
    if amount is not None:
        return amount
    need = None if asks_amount(asked) else need_of(asked, terms)
    if need is not None:
        reading = of_need(need, asked, ranked[:_JUDGED])
        if reading is not None or not need.by or need.bound:
            return Decision(reading.verdict, reading.item, reading.clause, reading.worth, reading.why, contrary=True) if reading else None
    if asked.bare:  # any clause on the thing would do
        return None
    of_its_kind = _by_its_kind(asked, terms)
    if of_its_kind is not None:
        return of_its_kind
    by_claim = _by_claim(asked, ranked, claim)
    if by_claim is not None and (need is None or bears(need, asked, by_claim.item, by_claim.verdict, SAYS)):
        return by_claim
    settled = _by_degree(asked, ranked) or _by_need(asked, ranked)
    if settled is not None:
        return settled
    best: dict[Verdict, Decision] = {}
    top = (ranked[0].score if ranked else 0.0) or 1.0
    for item in ranked[:_JUDGED]:
        if asked.compares and not all(any(name in fold(item.sentence.text) for name in side) for side in asked.sides):
            continue  # of the two only one is spoken of
        for decision in _readings(asked, item, 0.55 + 0.45 * item.score / top):
            if need is not None and not (
                bears(need, asked, item, decision.verdict) or (decision.why in (EXCEPTION, GONE) and named(need, item))
            ):
                continue
            if (
                decision.verdict == "yes"
                and decision.why == "asserted"
                and (apart_from_it(asked, item, decision.clause) or lacks_amount(asked, item.sentence.text))
            ):
                continue
            if _needs_saying(decision) and (lacking := unsaid(asked, terms, item)):
                if decision.why != "denied" or decision.verdict == "yes" or any(term.salient for term in lacking):
                    continue
            if decision.verdict not in best or decision.worth > best[decision.verdict].worth:
                best[decision.verdict] = decision
    no, yes = best.get("no"), best.get("yes")
    split = _by_condition(asked, no, yes)
    if split is not None:
        return split
    # where the best sentence says nearly all that is asked, a clause of it may say less by itself
    lenient = 0.7 if ranked and ranked[0].coverage >= _ALL_BUT_SAID else 1.0
    if (
        no is not None
        and no.worth >= (_asserted(no, lenient) if no.why == "asserted" else lenient * _NO)
        and (yes is None or no.worth >= 0.92 * yes.worth)
    ):
        return no
    return yes if yes is not None and yes.worth >= _asserted(yes, lenient) else None


def _needs_saying(decision: Decision) -> bool:
    """Whether a clause decides only if all that is asked is said: it asserts, denies a name, or refutes a statement."""
    return decision.why in ("refuted", "denied") or (decision.verdict == "yes" and decision.why in _BY_CONDITION)


def _asserted(decision: Decision, lenient: float) -> float:
    """Worth that an assertion needs, whether it says yes or, asked whether it is not so, no."""
    return (1.0 if decision.loose else lenient) * _YES


def _by_condition(asked: Proposition, no: Decision | None, yes: Decision | None) -> Decision | None:
    """默认会, 启用 X 后不会: both are said, one of them under a condition that was not asked."""
    if no is None or yes is None or (no.condition is None) == (yes.condition is None) or min(no.worth, yes.worth) < _EITHER:
        return None
    if firmly_asked(asked) or ALL.search(asked.text) or ONLY_ASKED.search(asked.text):
        return no  # not always so
    plainly, conditional = (no, yes) if no.condition is None else (yes, no)
    return replace(plainly, otherwise=conditional) if plainly.worth >= _NEARLY * conditional.worth else None


def _given_by(asked: Proposition, clause: str, clauses: Sequence[str]) -> bool:
    """「默认不会归还，需要 X」, where it is asked of X: what is denied is what X is needed for."""
    place = clauses.index(clause) + 1 if clause in clauses else len(clauses)
    behind = _ENABLES.match(clauses[place]) if place < len(clauses) else None
    return (
        behind is not None
        and any(0 <= place_of(clauses[place][behind.end() :], name) <= 2 for name in asked.names)
        and all(place_of(clause, name) < 0 for name in asked.names)
    )


def of_the_degree(asked: Proposition, clause: str) -> bool:
    return asked.degree is None or speaks_of(clause, asked.degree)


def pairs(asked: Proposition, ranked: Sequence[Scored]) -> list[tuple[Pair, list[Decision]]]:
    """The question beside each of the first sentences, with what their clauses say to it one by one."""
    found = []
    for rank, item in enumerate(ranked[:_JUDGED]):
        readings = list(_readings(asked, item, 1.0))
        found.append((Pair(asked, item, [(one.verdict, one.worth, one.clause) for one in readings], ranked, rank), readings))
    return found


def _by_claim(asked: Proposition, ranked: Sequence[Scored], claim: Claim | None) -> Decision | None:
    """A claim settles a question that says no more than the claim does; every, only, several … are for the clauses to judge."""
    item = next((item for item in ranked if claim is not None and item.sentence.id == claim.sentence_id), None)
    if (
        claim is None
        or item is None
        or claim.scope == "not_all"
        or asked.given
        or asked.condition
        or (claim.holds and (was_so(asked, item.sentence.text) or REFUTES.search(item.sentence.text)))
        or not _of_the_subject(asked, claim, item)
        or any(p.search(asked.text) for p in (ALL, ONLY_ASKED, ANY_ASKED, MANY_ASKED))
    ):
        return None
    text = fold(item.sentence.text)
    names = [name for _, names, _ in asked.terms for name in names]
    if said_of(asked, text)[0] < _CLAIM_SAYS or (claim.holds and negated_in(text, names)):
        return None
    verdict: Verdict = "yes" if claim.holds != asked.denied else "no"
    why = f"claim: {claim.subject} {claim.relation} {claim.object}, {'said' if claim.holds else 'denied'}"
    return Decision(verdict, item, item.sentence.text, 1.0, why)


def _by_its_kind(asked: Proposition, terms: Sequence[Term]) -> Decision | None:
    """What is denied to be of a kind is of no narrower one: 容器是不是轻量级虚拟机, where 容器不是一台小型虚拟机."""
    if not asked.is_what or asked.subject is None:
        return None
    sources, index = asked.sources, index_of(asked.sources)
    for claim in sources.stated.of_subject(asked.subject, "is_a"):
        sentence = index.sentences.get(claim.sentence_id)
        if claim.holds or claim.analogy or claim.scope == "not_all" or sentence is None or claim.object not in sources.lexicon:
            continue
        if _NO_ORDINARY_ONE.search(sentence.text):
            continue
        if any(own != name and own.endswith(name) for name in all_names(claim.object, sources) if len(name) > 1 for own in asked.is_what):
            why = f"claim: {claim.subject} is_a {claim.object}, denied"
            return Decision("yes" if asked.denied else "no", beside(sentence, terms, index), sentence.text, 1.0, why)
    return None


def _of_the_subject(asked: Proposition, claim: Claim, item: Scored) -> bool:
    """Whether it is claimed of the very thing asked about, and not only of a part or kind of it that has another name."""
    text = fold(item.sentence.text)
    return asked.subject in (None, claim.subject, claim.object) or any(place_of(text, name) >= 0 for name in asked.names)


def _by_degree(asked: Proposition, ranked: Sequence[Scored]) -> Decision | None:
    """「A 比 B 更快吗」: the first sentence that finds one of the two more so, on the aspect asked where one is."""
    degree = asked_degree(asked.text)
    if degree is None or len(asked.sides) < 2:
        return None
    first, second = asked.sides
    firmly, perhaps = firmly_asked(asked) or bool(ALL.search(asked.text)), bool(_PERHAPS.search(asked.text))
    for item in ranked[:_JUDGED]:
        text = item.sentence.text
        if not _speaks_of_both(asked, item):
            continue
        if not perhaps and _EVEN.search(text) and (not asked.aspect_words or any(word in fold(text) for word in asked.aspect_words)):
            return Decision("yes" if asked.denied else "no", item, text, 1.0, "more so: neither")
        refuted = bool(REFUTES.search(text))
        side = None if REPORTED.search(text) else more_so(text, degree, first, second, asked.aspect_words)
        if side is None or (refuted and not firmly):
            continue
        so: bool | None = side == "a"
        if firmly:
            so = False if side == "b" or refuted or _MOSTLY.search(text) else True if firm_enough(asked, fold(text)) else None
        elif perhaps:
            so = True if side == "a" else None  # what is rarer may be so all the same
        if so is not None:
            verdict: Verdict = "yes" if so != asked.denied else "no"
            return Decision(verdict, item, text, 1.0, f"more so: {'the first' if side == 'a' else 'the second'}")
    return None


def _speaks_of_both(asked: Proposition, item: Scored) -> bool:
    """Whether a sentence names both of the two, or carries the one that it does not name: 比 Docker 快两个数量级 may be said of anything."""
    index, text = index_of(asked.sources), fold(item.sentence.text)
    carried = index.carried.get(item.sentence.id, set())
    return all(
        any(place_of(text, name) >= 0 for name in names) or bool(carried & set(asked.sources.family(id_)))
        for names, id_ in zip(asked.sides, asked.compared, strict=True)
    )


def _by_amount(asked: Proposition, ranked: Sequence[Scored]) -> Decision | None:
    """「容器启动要几分钟吗」: by the amount that is told of the thing."""
    told = told_amount(asked, ranked)
    if told is None:
        return None
    verdict, item, clause = told
    return Decision(verdict, item, clause, 0.9, "asserted" if verdict == "yes" else ANOTHER_AMOUNT, contrary=True)


def _by_need(asked: Proposition, ranked: Sequence[Scored]) -> Decision | None:
    """「没有 VT-x 的机器能用 KVM 吗」: no where the one needs the other, yes where it does not."""
    if not asked.given or asked.needs:
        return None
    others = [name for name in (*asked.names, *asked.all_names) if name not in asked.given]
    for item in ranked[:_JUDGED]:
        for clause in index_of(asked.sources).clauses(item.sentence):
            bound = _WITHOUT.search(clause)
            if (
                bound
                and any(place_of(bound["first"], name) >= 0 for name in asked.given)
                and any(place_of(bound["then"], name) >= 0 for name in others)
            ):
                return Decision("yes" if asked.denied else "no", item, clause, 0.9, "not without it", contrary=True)
            places = [place for name in asked.given if (place := place_of(clause, name)) >= 0]
            needs = _NEEDS.search(clause[: min(places, default=0)])
            if needs is None or not any(place_of(clause[: needs.start()], name) >= 0 for name in others):
                continue
            spared = negated(clause[max(0, needs.start() - 3) : needs.start()])
            return Decision(
                "yes" if spared != asked.denied else "no", item, clause, 0.9, "does without" if spared else "needs it", contrary=True
            )
    return None


def _readings(asked: Proposition, item: Scored, rank: float) -> Iterator[Decision]:
    """What each clause says to the question; where they differ, only those that name the things in the order asked: 宿主机能看到容器里的进程,
    容器里的进程却看不到宿主机的进程."""
    found = list(_of_clauses(asked, item, rank))
    if len({one.verdict for one in found}) > 1:
        orders = {one.clause: same_order(asked, one.clause) for one in found}
        if True in orders.values():
            found = [one for one in found if orders[one.clause] is not False]
    yield from found


def _of_clauses(asked: Proposition, item: Scored, rank: float) -> Iterator[Decision]:
    if not under_condition(asked, item):
        return
    sentence = item.sentence
    whole = said_of(asked, fold(sentence.text))[0]
    rank *= told_apart(asked, item, index_of(asked.sources))
    against = set_against(asked, item)
    if against is not None:
        yield Decision("no", item, against, rank * _SET_AGAINST, ANOTHER, contrary=True)
        return
    for clause, own in clauses_of(asked, sentence):
        said, opposite = said_of(asked, clause)
        if said < LITTLE and own >= NOBODYS and is_another_number(asked, clause):
            yield Decision("yes" if asked.denied else "no", item, clause, own * rank, ANOTHER, contrary=True)
            continue
        rather = [clause[:place] for name in asked.last if (place := place_of(clause, name)) >= 0 and _RATHER_THAN.search(clause[:place])]
        if whole >= _RATHER_SAYS and rather and (not asked.is_what or any(is_the_subject(asked, before) for before in rather)):
            yield Decision("yes" if asked.denied else "no", item, clause, own * rank * whole, "rather than", contrary=True)
            continue
        stance = stance_of(asked, clause, opposite, sentence, said) if said >= LITTLE else None
        if stance is None or (stance[0] == "yes" and max(said, 0.8 * whole) < _YES_SAYS):
            continue
        verdict, why, surely = stance
        if why == "denied" and _given_by(asked, clause, index_of(asked.sources).clauses(sentence)):
            verdict, why = ("no" if verdict == "yes" else "yes"), "given by it"
        if why == "asserted" and verdict == "yes" and not of_any(asked, fold(sentence.text)):
            verdict, why = "no", "denied of some"  # 使用大页的虚拟机会, where it is asked if all do
        if asked.degree is not None and why == ANOTHER:
            continue
        if asked.compares and not of_the_degree(asked, clause):
            continue
        if why == "asserted" and denied_elsewhere(asked, clause, sentence):
            continue
        loose = why == "asserted" and not (fills(asked, clause, sentence, said) and names_all(asked, item))
        if loose:
            surely *= _LOOSELY
        elif why == "denied" and not (latin_named(asked, item) and denies_it(asked, clause)):
            surely *= _LOOSELY
        worth = own * rank * surely * (0.75 * said + 0.25 * max(whole, said))
        condition = proviso(asked, clause, index_of(asked.sources).clauses(sentence)) if why in _BY_CONDITION else None
        if condition is not None and condition.kind == "past":
            worth *= _ONCE
            condition = None
        yield Decision(verdict, item, clause, worth, why, contrary=why in (ANOTHER, EXCEPTION, GONE), loose=loose, condition=condition)
