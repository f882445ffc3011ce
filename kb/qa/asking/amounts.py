"""What kind of amount a question asks for (a time, a size, a number of 台), and whether a sentence holds one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from kb.language.numerals import find_numbers
from kb.language.regex import regex
from kb.language.units import dimension_of

_TIME = regex(
    r"多久|多长时间|多少(?:个)?(?:毫秒|秒|分钟|小时|时间)|几(?:毫秒|秒钟?|分钟|小时|天)|how long|how (?:much time|many (?:milli)?seconds|many minutes|many hours)",
    re.I,
)
_SIZE = regex(
    r"多大(?!的?(?:比例|程度|范围|规模|把握|区别|差别))|"
    r"多少(?:空间|内存|存储|磁盘|容量|兆|[GMKT]i?B?(?![A-Za-z]))|占多少|几个?[GMKT]i?B?(?![A-Za-z])|how (?:big|large)|how much (?:memory|space|disk|storage|ram)",
    re.I,
)
_NO_SIZE = regex(
    r"(?:损失|损耗|开销|差距|影响|差异|提升|下降|压力|风险|代价)(?:到底|究竟|大概|大约|一般)?(?:会?有|是)?多大"
)  # a share, not a size
_COUNT = regex(r"(?:几|多少)\s?(?P<unit>[台核层位倍块种条次颗页篇套行名])(?!时间)")
# 几个节点, 多少行代码: what is counted is the last word of what stands behind the question word
_COUNTED = regex(
    r"(?:几|多少)\s?(?P<unit>[个台核层位倍块种条次颗页篇套行名]?)\s?[^,，。;；?？]{0,12}?(?P<what>[\u4e00-\u9fff]{2}|[A-Za-z][A-Za-z0-9.+-]*)\s?[?？]?$"
)
_HOW_MANY = regex(r"how many (?P<what>[a-z][a-z ]*?) (?:can|could|may|will|do|does|did|is|are|per|run|fit)\b", re.I)
_MEASURE = "(?:[个台块种条层位颗套份名家]|数量的?)"
_BESIDE = 6  # characters between 多个 and what there are many of
_NO_THING = regex(r"[了呢吗吧啊过来去的]|时间|时候|左右|以上|合适|才[能会]|一样")
_APART = 40  # characters of a clause between a number and what it counts
_NUMBER = r"(?:\d[\d,.]*\s?[十百千万亿]*|[一二两三四五六七八九十百千万亿几数]+)\s?(?:多|余)?"
_ASKS_LIMIT = regex(r"最[多大高长]|上限|至多|\bat most\b|\bmaximum\b", re.I)
_HOLDS_LIMIT = regex(r"最|限|至多|超过|以内|以下|达|只|(?:支持|能|可以)[^,，。;；]{0,10}?\d(?![^,，。;；]{0,4}/)|up to|max", re.I)
_VAGUE = {"time": regex(r"秒启动|瞬间|瞬时"), "size": regex(r"几个?\s?[GMK]|数\s?[GMK]")}
# 4 KB 随机读, 2 MB 的大页: the size of a unit of something else, not of the thing
_GRAIN = regex(r"\s?(?:的)?\s?(?:随机|顺序|大页|页|块|读|写)")


@dataclass(frozen=True, slots=True)
class Amount:
    """`dimension` of units.tsv (time, size), or the counting `unit`; the other is empty."""

    dimension: str = ""
    unit: str = ""

    def held_by(self, text: str) -> bool:
        if self.unit:
            return re.search(rf"{_NUMBER}个?{self.unit}", text) is not None
        if any(dimension_of(n.unit) == self.dimension and not _GRAIN.match(text, n.end) for n in find_numbers(text)):
            return True
        return _VAGUE[self.dimension].search(text) is not None

    def figures(self, text: str) -> tuple[tuple[float | None, str], ...]:
        """The figures of the asked dimension: lower end and unit."""
        return tuple((n.low, n.unit) for n in find_numbers(text) if self.dimension and dimension_of(n.unit) == self.dimension)


def counted(question: str, names: Callable[[str], Iterable[str]] = lambda what: ()) -> re.Pattern[str] | None:
    """What evidence must hold to say how many there are of what is counted: a number beside its name, or with its measure word.

    `names`: other names of what is counted (系统调用 for syscall). `None` where the question counts nothing by name.
    """
    match = _COUNTED.search(question) or _HOW_MANY.search(question)
    if match is None or _TIME.search(question) or _SIZE.search(question) or _NO_THING.search(match["what"]):
        return None
    others = tuple(names(match["what"]))
    if match.re.pattern == _HOW_MANY.pattern and not others:
        return None  # an article in Chinese calls it by no English word
    what = f"(?:{'|'.join(map(re.escape, dict.fromkeys((match['what'], *others))))})"
    unit = match.groupdict().get("unit")
    if unit and unit != "个":
        return re.compile(rf"(?!一个){_NUMBER}个?(?:{unit}|{what})", re.IGNORECASE)
    return re.compile(rf"(?!一个){_NUMBER}[^,，。;；]{{0,{_APART}}}{what}|{what}[^,，。;；]{{0,{_APART}}}(?!一个){_NUMBER}", re.IGNORECASE)


def counted_vaguely(question: str, names: Callable[[str], Iterable[str]] = lambda what: ()) -> re.Pattern[str] | None:
    """As `counted`, of evidence that says only that there is one or that there are many (单个进程, 多个客户端): an answer where none counts."""
    match = _COUNTED.search(question) or _HOW_MANY.search(question)
    if match is None or _NO_THING.search(match["what"]):
        return None
    called = dict.fromkeys((match["what"], *names(match["what"])))
    what = "|".join(re.escape(name) for name in called)
    many = rf"(?:[多单]|若干|许多|无数|任意)\s?{_MEASURE}?[^,，。;；、]{{0,{_BESIDE}}}?(?:{what})"
    one_each = rf"每[^,，。;；]{{1,12}}一{_MEASURE}[^,，。;；、]{{0,{_BESIDE}}}?(?:{what})"
    return re.compile(f"{many}|{one_each}", re.IGNORECASE)


def limit_lacking(question: str, text: str) -> bool:
    """Whether a question asks for the most there can be, and a text tells of no limit: a figure that something reached is none."""
    return limit_asked(question) and _HOLDS_LIMIT.search(text) is None


def limit_asked(question: str) -> bool:
    return _ASKS_LIMIT.search(question) is not None


def asked_amount(text: str) -> Amount | None:
    """`None` where any number may answer."""
    if _TIME.search(text):
        return Amount(dimension="time")
    if _SIZE.search(text) and not _NO_SIZE.search(text):
        return Amount(dimension="size")
    count = _COUNT.search(text)
    return Amount(unit=count["unit"]) if count else None
