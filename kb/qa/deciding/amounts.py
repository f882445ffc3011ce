"""「容器启动要几分钟吗」: whether an amount that is asked of a thing is the one that a clause tells of it, in whatever unit."""

from __future__ import annotations

from collections.abc import Sequence

from kb.language.normalize import fold
from kb.language.numerals import Number, find_numbers
from kb.language.regex import regex
from kb.language.units import in_base_unit
from kb.language.vocabulary import plain
from kb.qa.deciding.bearing import firmly_asked, leaves_open
from kb.qa.deciding.clauses import NOBODYS, clauses_of
from kb.qa.deciding.naming import place_of
from kb.qa.deciding.propositions import Proposition, clause_that_asks
from kb.qa.deciding.refuting import REFUTES, REPORTED
from kb.qa.finding.retrieval import Scored
from kb.records import Verdict

# asked of a bound, of a difference or of another amount besides: not of what it is
_OF_A_BOUND = regex(
    r"超过|大于|小于|低于|高于|多于|少于|以上|以下|以内|不到|至少|至多|最[多少大小高低长短快慢]|上限|下限|比(?![如较])|倍|每|差"
)
_AT_MOST = regex(r"上限|最[多大高长]|不超过|至多|不能超过|以内|只能")
_AT_LEAST = regex(r"下限|最[少小低短]|至少|起码|不低于|不少于")
_IN_ALL = regex(r"总共|一共|合计|总计|共计")  # of several together
_SAYS = 0.6  # of what is asked beside the amount, what a clause must say
_APART = 1.5  # times by which two amounts must differ to be two
_LOOKED_AT = 12  # sentences
ANOTHER_AMOUNT = "another amount"

Span = tuple[float, float]


def told_amount(asked: Proposition, ranked: Sequence[Scored]) -> tuple[Verdict, Scored, str] | None:
    """Yes or no by the first clause on the thing that tells such an amount of what is asked; `None` where none does."""
    wanted = _amount_asked(asked)
    if wanted is None or asked.denied or asked.sides or firmly_asked(asked) or _OF_A_BOUND.search(asked.text):
        return None
    dimension, span, text = wanted
    parts = (*((weight, names) for weight, names, _ in asked.terms), *asked.apart)
    rest = [(weight, names) for weight, names in parts if not any(name in text or text in name for name in names)]
    total = sum(weight for weight, _ in rest)
    for item in ranked[:_LOOKED_AT]:
        for clause, owner in clauses_of(asked, item.sentence):
            if owner < NOBODYS or _IN_ALL.search(clause) or REPORTED.search(clause) or REFUTES.search(clause) or leaves_open(clause):
                continue
            told = _told(clause, dimension)
            said = sum(weight for weight, names in rest if any(place_of(clause, name) >= 0 for name in names))
            if len(told) == 1 and total and said >= _SAYS * total and (meets := _meets(span, told[0], clause)) is not None:
                return ("yes" if meets else "no"), item, clause
    return None


def lacks_amount(asked: Proposition, text: str) -> bool:
    """Whether an amount is asked of which the text tells none, or another: 等待 10 秒 says no yes to 一分钟."""
    wanted = _amount_asked(asked)
    if wanted is None:
        return False
    dimension, span, _ = wanted
    return not any(_meets(span, told, text) for told in _told(text, dimension))


def asks_amount(asked: Proposition) -> bool:
    return _amount_asked(asked) is not None


def _amount_asked(asked: Proposition) -> tuple[str, Span, str] | None:
    text = clause_that_asks(plain(asked.question.resolved))
    found = [(number, base) for number in find_numbers(text) if (base := _base(number)) is not None]
    if len(found) != 1:
        return None
    number, (dimension, low, high) = found[0]
    return dimension, (low, high), fold(text[number.start : number.end])


def _told(clause: str, dimension: str) -> list[Span]:
    numbers = find_numbers(clause) or find_numbers(clause.upper())  # M 以内, which folding has made small
    bases = [base for number in numbers if (base := _base(number)) is not None]
    return [(low, high) for of, low, high in bases if of == dimension]


def _base(number: Number) -> tuple[str, float, float] | None:
    return in_base_unit(number.low, number.high, number.unit)


def _meets(asked: Span, told: Span, clause: str) -> bool | None:
    """Whether two amounts may be one; `None` where one is only within a bound that is told."""
    if asked[0] <= told[1] * _APART and told[0] <= asked[1] * _APART:
        return True
    within = (_AT_MOST.search(clause) and asked[0] <= told[1]) or (_AT_LEAST.search(clause) and told[0] <= asked[1])
    return None if within else False
