"""Numbers with their units in Chinese text: 2.5 GB, 数毫秒内, 十几台, 50%–90%, 10台/min. Finds them; what they measure is for others.

数 and 几 are read as 2 to 9 (so 几十 as 20 to 90), which is a reading, hence always approximate.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from kb.language.regex import regex
from kb.language.units import known_units

_DIGITS = {
    "零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "俩": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9,
}  # fmt: skip
_SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
_COUNTERS = "台个块核层种条次套只项人位倍份颗路行步类"
_NOUNS = "条件|项目|层次|层级|步骤|类别|类型|位置|次数|人员|行业|路由|核心|块设备"  # 三个条件 counts conditions
_ENDS_IN_NUMBER = frozenset("多个人参函整分指岁次系基倍总位奇复大少")
_HAN_NUMBER = r"[零〇一二两俩三四五六七八九十百千万亿半]+"
_VAGUE = r"(?:好几|几|数|若干)[十百千万亿]*|[一二三四五六七八九]?十几|[上成][十百千万]+"
_NUMBER = rf"\d[\d,]*(?:\.\d+)?(?:\s?[万亿])?|{_VAGUE}|{_HAN_NUMBER}"
_RANGE = r"\s?(?:[-–—~～]|到|至)\s?"
_BEFORE = r"(?P<before>大约|大概|约为|约|近|将近|差不多|不到|不足|不超过|最多|至多|低于|少于|小于|超过|至少|最少|不少于|高于|不低于|大于|≤|≥|<|>|只需|仅需|仅|只)?"
_AFTER = r"(?P<after>\s?(?:以内|之内|以上|以下|左右|上下|多|内(?![存核部容置])))?"
_PERCENT = regex(
    rf"百分之(?P<low>{_HAN_NUMBER}|\d+(?:\.\d+)?)(?:(?:到|至|[-–~～])(?:百分之)?(?P<high>{_HAN_NUMBER}|\d+(?:\.\d+)?))?{_AFTER}"
)
# 大小在 M 以内, GB 级: an order of magnitude without a number
_BARE_UNIT = regex(
    r"(?<![A-Za-z0-9])(?:以\s?(?P<counted_in>毫秒|秒|分钟|小时)\s?(?:来?计|为单位)|(?P<unit>[KMGT]B?|毫秒|秒|分钟|小时)\s?(?:(?P<within>以内)|级别?)|(?<![\d零一二两三四五六七八九十百千万几数半分毫微纳每])(?P<adverb>秒)(?=级?(?:启动|开机|开启|启)))"
)
# what is told in minutes takes from one up to what would be told in the next unit
_MOST_OF = {"毫秒": 999.0, "秒": 59.0, "分钟": 59.0, "小时": 23.0} | {unit: 1023.0 for size in "KMGT" for unit in (size, f"{size}B")}
_MAY_HOLD = regex(r"[\d零〇一二两俩三四五六七八九十百千万亿半几数若上成]|[内级计秒]|为单位")
_TEXTS = 8_192  # whose numbers are kept: questions on an amount look at many of the same sentences


@dataclass(frozen=True, slots=True)
class Number:
    """`text[start:end]` is the number with its unit; an open end is `None`. `unit` as the text writes it."""

    start: int
    end: int
    low: float | None
    high: float | None
    unit: str
    approximate: bool


@lru_cache(maxsize=_TEXTS)
def find_numbers(text: str) -> tuple[Number, ...]:
    """Left to right, never overlapping; numbers without a unit are left out."""
    if _MAY_HOLD.search(text) is None:
        return ()
    found: list[Number] = [number for match in _PERCENT.finditer(text) if (number := _percent(match)) is not None]
    for match in _pattern().finditer(text):
        number = _read(match, text)
        if number is not None and not any(one.start < number.end and number.start < one.end for one in found):
            found.append(number)
    for match in _BARE_UNIT.finditer(text):
        if not any(number.start < match.end() and match.start() < number.end for number in found):
            unit = match["counted_in"] or match["unit"] or match["adverb"]
            found.append(Number(match.start(), match.end(), 0.0 if match["within"] else 1.0, _MOST_OF[unit], unit, True))
    return tuple(sorted(found, key=lambda number: number.start))


def _percent(match: re.Match[str]) -> Number | None:
    """百分之五, 百分之十到二十."""
    low, high = bounds_of(match["low"]), bounds_of(match["high"] or match["low"])
    if low is None or high is None:
        return None
    after = (match["after"] or "").strip()
    lower = 0.0 if after in ("以内", "之内", "内", "以下") else low[0]
    upper = None if after in ("以上", "多") else high[1]
    return Number(match.start(), match.end(), lower, upper, "%", after in ("左右", "上下"))


def _pattern() -> re.Pattern[str]:
    global _compiled
    if _compiled is None:
        units = "|".join(re.escape(unit) for unit in sorted(known_units(), key=len, reverse=True))
        unit = rf"(?:个\s?)?(?P<unit>(?:{units})(?![A-Za-z])|(?!{_NOUNS})[{_COUNTERS}](?:/(?:秒|分钟|min|s|小时))?)"
        _compiled = re.compile(
            rf"{_BEFORE}\s?(?P<low>{_NUMBER})(?P<more>多|余)?(?:\s?[±]\s?(?P<spread>\d+(?:\.\d+)?))?(?:(?:\s?(?:{units}))?{_RANGE}(?P<high>{_NUMBER}))?\s?{unit}(?P<spare>多|钟)?{_AFTER}"
        )
    return _compiled


_compiled: re.Pattern[str] | None = None


def _read(match: re.Match[str], text: str) -> Number | None:
    start = match.start("low")
    if text[start - 1 : start] == "第" or (text[start] == "数" and text[start - 1 : start] in _ENDS_IN_NUMBER):
        return None  # 第二个, 多数人, 两个数字
    if re.match(r"[A-Za-z0-9_.#]", text[start - 1 : start] or " ") and text[start].isascii():
        return None  # part of a name: Web2个, v1.4
    if match["unit"] == "分" and not match["low"].isascii():
        return None  # 十分热衷 is "very keen"
    low = bounds_of(match["low"])
    if low is None:
        return None
    lower: float | None = low[0]
    upper: float | None = low[1]
    if match["high"]:
        second = bounds_of(match["high"])
        if second is None:
            return None
        upper = second[1]
    if match["spread"]:
        lower, upper = low[0] - float(match["spread"]), low[1] + float(match["spread"])
    before, after = match["before"] or "", (match["after"] or "").strip()
    approximate = (
        (lower != upper and not match["spread"])
        and not match["high"]
        or before in ("约", "大约", "大概", "约为", "近", "将近", "差不多")
        or after in ("左右", "上下")
    )
    if before in ("不到", "不足", "不超过", "最多", "至多", "低于", "少于", "小于", "≤", "<") or after in ("以内", "之内", "内", "以下"):
        lower = 0.0
    elif before in ("超过", "至少", "最少", "不少于", "高于", "不低于", "大于", "≥", ">") or after in ("以上", "多") or match["more"]:
        upper = None
    end = match.end()
    return Number(match.start() if before else start, end, lower, upper, match["unit"], bool(approximate))


def bounds_of(text: str) -> tuple[float, float] | None:
    """`(low, high)` of one number as written: 16 → (16, 16), 几十 → (20, 90), 十几 → (11, 19). `None` where it is no number."""
    text = text.replace(",", "").replace(" ", "")
    scale = 1
    if text[-1:] in "万亿" and text[:-1].replace(".", "").isdigit():
        scale, text = _SCALES[text[-1]], text[:-1]
    try:
        value = float(text) * scale
        return value, value
    except ValueError:
        pass
    if text == "半":
        return 0.5, 0.5
    if text.endswith("十几"):
        tens = (_DIGITS[text[0]] if len(text) == 3 else 1) * 10
        return tens + 1, tens + 9
    for prefix in ("好几", "几", "数", "若干"):
        if text.startswith(prefix):
            factor = _han(text[len(prefix) :]) if text[len(prefix) :] else 1
            return (2.0 * factor, 9.0 * factor) if factor else None
    if text[0] in "上成" and len(text) > 1:
        value = float(_han(text[1:]) or 0)
        return (value, value) if value else None
    whole = _han(text)
    return None if whole is None else (float(whole), float(whole))


def _han(text: str) -> int | None:
    total = section = digit = 0
    for character in text:
        if character in _DIGITS:
            digit = _DIGITS[character]
        elif character in _SCALES:
            scale = _SCALES[character]
            if scale >= 10_000:
                total += (section + digit or 1) * scale
                section = digit = 0
            else:
                section += (digit or 1) * scale
                digit = 0
        else:
            return None
    return total + section + digit
