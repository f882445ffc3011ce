"""Whether what was found answers the question at all. Silence is better than a sentence that merely shares its words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kb.language.numerals import find_numbers
from kb.language.regex import regex
from kb.language.units import dimension_of
from kb.language.vocabulary import plain
from kb.qa.asking.attributes import demanded_of
from kb.qa.asking.terms import Term, wording
from kb.qa.finding import answering
from kb.qa.finding.closeness import matched_without
from kb.qa.finding.index import index_of
from kb.qa.finding.retrieval import Scored
from kb.qa.sources import Sources
from kb.qa.wording import because
from kb.records import Question, Reason

LIKELY = 0.33  # likelihood that the chosen sentences answer, below which they are not told
LIKELIER = 0.55  # the same, where a rule speaks against it
_CERTAIN = frozenset({"unmentioned", "value"})  # reasons that no likelihood outweighs: the very thing or the very value is in no sentence
ENOUGH = 0.42  # of the question's weight that the best sentences must cover
PARTS = 0.30  # of what is asked of a thing, one sentence about that thing must say
PARTLY = 0.30  # of the question, the best sentence alone
AS_NEAR = 1.2  # a sentence that lies so near the question says the same in other words
_REST = 0.3  # how well the rest of the question must match it then, piece by piece, beside the name of the thing
_AHEAD, _NEAR_ALONE = 1.2, 0.9  # what stands out so far before the next one, and lies so near, need not say as much of the question
_ENOUGH_WITHOUT = 0.65  # of the question, what must be covered where a thing beside the first is not spoken of
_TOGETHER = 0.5  # of the things asked about, what one sentence must speak of to tell how
_SPOKEN = 0.5  # how well a sentence must meet a thing to speak of it
_NUMBERED = regex(r"[A-Za-z][A-Za-z.+#-]*\s?(?:[vV](?:ersion )?)?(?P<number>\d+(?:\.\d+)*)(?![\d%％])")
_YEAR = regex(r"(?<!\d)(?:19|20)\d\d\s?年?(?:\s?\d{1,2}\s?月)?(?!\d)|RFC\s?\d+")
_COUNTS = regex(
    r"\d|[两二三四五六七八九十百千万数几半][十百千万]*[\s个台块核层种条次套项位倍份颗路步类名家成秒分毫微小时天周月年元字]|百分之|(?:[只仅每]|唯|至[多少]|最[多少])[^,，。]{0,8}一|一半"
)
# words that say what sort of answer is wanted, beside words that say of what
_SORTS = frozenset("方式 办法 方法 做法 手段 途径 种类 类型 类别 种 类 东西 事情 情况 内容 部分 方面 名字 名称 主要".split())
_CONTENT = 2.5  # weight of a term that is surely asked about
# asks something of a thing, not what the thing is
_OF_IT = regex(r"的[^,，?？的]{1,12}的?(?:是|叫)|[Ww]hat(?: is|'s| are) the .{1,30} of ")
# kinds that ask for one attribute of a thing; the others are paraphrased too freely for such a test
_STRICT = frozenset({"consequence", "definition", "how", "listing", "open", "quantity", "remedy", "who"})


def unanswerable(question: Question, terms: Sequence[Term]) -> Reason | None:
    """Why nothing can answer, seen from the question alone; `None` if something may."""
    for term in terms:
        if term.missing and term.salient:
            return because("unmentioned", what=term.label)
    return None


def answers(question: Question, terms: Sequence[Term], chosen: Sequence[Scored], sources: Sources, *, ahead: float = 1.0) -> Reason | None:
    """Why the chosen sentences do not answer; `None` if they do. `ahead`: how many times the next one's score the best one's is."""
    reason = by_rule(question, terms, chosen, sources, ahead)
    # whether it is so is decided clause by clause
    if question.kind == "yes_no" or not (terms and chosen) or (reason is not None and _certain(reason, question)):
        return reason
    part = (_asked_of_the_thing(terms, chosen), _asked_of_the_thing(terms, chosen[:1]))
    if question.kind == "definition" and part[0] == 0.0 and _OF_IT.search(plain(question.resolved)):
        return reason or because("part", covered=0.0, needed=PARTS)  # what a thing is says nothing of its price, near as it lies
    likely = answering.likelihood(answering.Case(question, terms, chosen, sources, ahead, reason, part))
    if reason is not None:
        return None if likely >= LIKELIER else reason
    return None if likely >= LIKELY else because("unlikely", covered=likely, needed=LIKELY)


def _certain(reason: Reason, question: Question) -> bool:
    """Whether no likelihood outweighs it; a way to do something to things that no sentence speaks of together is none."""
    return reason.key in _CERTAIN or (question.kind == "how" and reason.key == "aside")


def by_rule(question: Question, terms: Sequence[Term], chosen: Sequence[Scored], sources: Sources, ahead: float) -> Reason | None:
    """The first thing that speaks against it; `ahead`: as of `answers`."""
    if not chosen:
        return because("nothing")
    reason = unanswerable(question, terms)
    if reason:
        return reason
    held = demanded_of(question)
    holding = [item for item in chosen if held is None or holds(item, held, terms)]
    if held is not None and not holding:
        return because("value")
    lacking = _number_lacking(question, chosen, sources) if question.kind != "yes_no" else None
    if lacking is not None:
        return because("unmentioned", what=lacking)
    together = [max(item.covered[index] for item in chosen) for index in range(len(terms))]
    weight = sum(term.weight for term in terms) or 1.0
    coverage = sum(term.weight * met for term, met in zip(terms, together, strict=True)) / weight
    if question.kind != "yes_no" and _says_it_otherwise(question, terms, holding, sources):
        return None
    alone = ahead >= _AHEAD and chosen[0].near >= _NEAR_ALONE and question.kind != "yes_no"
    if coverage < ENOUGH and not alone:
        return because("coverage", covered=coverage, needed=ENOUGH)
    together_said = _asked_of_the_thing(terms, holding) if question.kind in _STRICT else None
    if together_said is not None and together_said < PARTS:
        return because("part", covered=together_said, needed=PARTS)
    apart = _things_apart(terms, chosen) if question.kind == "how" else None
    if apart is not None and not alone:
        return because("aside", what=apart)
    if chosen[0].coverage < PARTLY and not alone:
        return because("best", covered=chosen[0].coverage)
    if alone or question.kind == "yes_no":
        return None
    things = [(term, met) for term, met in zip(terms, together, strict=True) if term.salient and term.weight > 1]
    for number, (term, met) in enumerate(things):
        if (
            met == 0
            and (number == 0 or coverage < _ENOUGH_WITHOUT)
            and not (question.kind == "choice" and any(other for _, other in things))
        ):
            return because("aside", what=term.label)
    return None


def _says_it_otherwise(question: Question, terms: Sequence[Term], holding: Sequence[Scored], sources: Sources) -> bool:
    """Whether the nearest sentence lies so near that it says what is asked in other words, and not only the name of the thing."""
    nearest = max(holding, key=lambda item: item.near)
    if nearest.near < AS_NEAR:
        return False
    names = {name for term in terms if term.salient and term.concepts for name in term.names}
    return matched_without(names, wording(question), nearest.sentence.id, index_of(sources), sources) >= _REST


def _asked_of_the_thing(terms: Sequence[Term], chosen: Sequence[Scored]) -> float | None:
    """Of the words that ask something of the things named, the share that the best sentence about those things says.

    Words met only in sentences about something else answer nothing. `None` where no thing is named, or nothing asked of it.
    """
    named = [index for index, term in enumerate(terms) if term.salient and term.concepts]
    rest = [index for index, term in enumerate(terms) if index not in named and term.label not in _SORTS]
    together = [index for index in named if any(item.covered[index] >= 0.9 for item in chosen)]
    # of two things one may be what is asked of the other, where nothing that no article says is asked of both
    beside = len(together) == len(named) and not any(terms[index].missing and len(terms[index].label) > 1 for index in rest)
    things = named[:1] if beside else named
    asked = [index for index, term in enumerate(terms) if index not in things]
    if any(terms[index].weight >= _CONTENT for index in asked if terms[index].label not in _SORTS):
        asked = [index for index in asked if terms[index].label not in _SORTS]  # of 持久化的方式, 方式 alone answers nothing
    weight = sum(terms[index].weight for index in asked)
    if not things or weight < 0.8:
        return None
    best = 0.0
    for item in chosen:
        if max(item.covered[index] for index in things) >= 0.3:
            best = max(best, sum(terms[index].weight * item.covered[index] for index in asked) / weight)
    return best


def _things_apart(terms: Sequence[Term], chosen: Sequence[Scored]) -> str | None:
    """Of things that are asked about together (Terraform, AWS, VPC), one that is missing where no sentence speaks of more than a part of them."""
    things = [(index, term) for index, term in enumerate(terms) if term.salient and term.concepts]
    best = max(chosen, key=lambda item: sum(item.covered[index] >= _SPOKEN for index, _ in things))
    lacking = [term.label for index, term in things if best.covered[index] < _SPOKEN]
    return lacking[0] if len(lacking) > len(things) * _TOGETHER else None


def says_enough(item: Scored, terms: Sequence[Term]) -> bool:
    """Whether one sentence says enough of what is asked of the things named."""
    said = _asked_of_the_thing(terms, [item])
    return said is None or said >= PARTS


def _number_lacking(question: Question, chosen: Sequence[Scored], sources: Sources) -> str | None:
    """A number that tells what is asked about apart (Windows Server 2025, cgroups v3), and that no chosen sentence or its heading holds.

    The number of a name that the vocabulary knows (Type 1 hypervisor, IPv4) may be said by another name of it.
    """
    known = sources.lexicon.find(question.text)
    told = [f"{item.sentence.heading or ''} {item.sentence.text}" for item in chosen]
    for match in _NUMBERED.finditer(question.text):
        number = match["number"]
        if any(name.start < match.end() and match.start("number") < name.end for name in known):
            continue
        if not any(re.search(rf"(?<!\d){re.escape(number)}(?!\d)", text) for text in told):
            return match.group()
    return None


def tells_number(item: Scored, terms: Sequence[Term]) -> bool:
    """Whether a sentence that says some of what is asked holds a number. 一个 and 2016 年 are none."""
    things = [met for term, met in zip(terms, item.covered, strict=True) if term.salient and term.concepts]
    text = _YEAR.sub("", item.sentence.text)
    return (
        (not things or things[0] >= PARTS)
        and says_enough(item, terms)
        and (_COUNTS.search(text) is not None or any(dimension_of(number.unit) for number in find_numbers(text)))
    )


def holds(item: Scored, held: re.Pattern[str], terms: Sequence[Term]) -> bool:
    """Whether a sentence on one of the things asked about holds the value asked for."""
    return held.search(item.sentence.text) is not None and _on_topic(item, terms)


def _on_topic(item: Scored, terms: Sequence[Term]) -> bool:
    """Whether the sentence itself speaks of one of the things asked about, where the question names any."""
    things = [met for term, met in zip(terms, item.covered, strict=True) if term.salient and term.concepts]
    return not things or max(things) >= 0.5
