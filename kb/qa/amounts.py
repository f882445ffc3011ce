"""What kind of amount a question asks for (a time, a size, a number of 台), and whether a sentence holds one."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kb.language.numerals import find_numbers
from kb.language.units import dimension_of

_TIME = re.compile(
    r"多久|多长时间|多少(?:个)?(?:毫秒|秒|分钟|小时|时间)|几(?:毫秒|秒钟?|分钟|小时|天)|how long|how (?:much time|many (?:milli)?seconds|many minutes|many hours)",
    re.I,
)
_SIZE = re.compile(
    r"多大|多少(?:空间|内存|存储|磁盘|容量|兆|[GMKT]i?B?(?![A-Za-z]))|占多少|几个?[GMKT]i?B?(?![A-Za-z])|how (?:big|large)|how much (?:memory|space|disk|storage|ram)",
    re.I,
)
_COUNT = re.compile(r"(?:几|多少)\s?(?P<unit>[台核层位倍块种条次颗页篇套])(?!时间)")
_NUMBER = r"(?:\d[\d,.]*|[一二两三四五六七八九十百千几数]+)\s?(?:多|余)?"
_VAGUE = {"time": re.compile(r"秒启动|瞬间|瞬时"), "size": re.compile(r"几个?\s?[GMK]|数\s?[GMK]")}
# 4 KB 随机读, 2 MB 的大页: the size of a unit of something else, not of the thing
_GRAIN = re.compile(r"\s?(?:的)?\s?(?:随机|顺序|大页|页|块|读|写)")


@dataclass(frozen=True, slots=True)
class Amount:
    """`dimension` of units.tsv (time, size), or the counting `unit`; the other is empty."""

    dimension: str = ""
    unit: str = ""

    def held_by(self, text: str) -> bool:
        if self.unit:
            return re.search(rf"{_NUMBER}{self.unit}", text) is not None
        if any(dimension_of(n.unit) == self.dimension and not _GRAIN.match(text, n.end) for n in find_numbers(text)):
            return True
        return _VAGUE[self.dimension].search(text) is not None

    def figures(self, text: str) -> tuple[tuple[float | None, str], ...]:
        """The figures of the asked dimension: lower end and unit."""
        return tuple((n.low, n.unit) for n in find_numbers(text) if self.dimension and dimension_of(n.unit) == self.dimension)


def asked_amount(text: str) -> Amount | None:
    """`None` where any number may answer."""
    if _TIME.search(text):
        return Amount(dimension="time")
    if _SIZE.search(text):
        return Amount(dimension="size")
    count = _COUNT.search(text)
    return Amount(unit=count["unit"]) if count else None
