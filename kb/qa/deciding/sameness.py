"""「A 能和 B 不一样吗」「A 与 B 相同吗」: whether a question or a clause calls two things the same or different, negations of either counted in."""

from __future__ import annotations

import re

from kb.language.cues import negated
from kb.language.regex import regex

_DIFFERENT = r"(?:各不|互不|不)(?:相同|同(?!时|样|于是)|一样|一致|兼容)|有(?:所|些)?(?:区别|差别|差异|不同)|有别于?|相异|两样"
_SAME = r"(?:完全|一模)?(?:相同|同样(?=的)|一样|一致|同一[个台种套份]?)|一回事|等价|等同|等于|同义|一个意思|差不多|不相上下|相当(?!于)|接近|没有(?:任何|本质|根本)?(?:的)?(?:区别|差别|差异|不同)"
_ALSO_SAME = r"(?:相互)?兼容|匹配|对应(?!的)|(?<=[与和跟])[^,，不相]{1,12}?同(?![时步样意等])(?=[\u4e00-\u9fff]{2})"  # of a clause, where it is asked if two may differ
_ALSO_DIFFERENT = (
    r"差距(?:很大|较大|明显|显著|悬殊)|(?:很大|较大|巨大|明显|不小|显著)的?(?:差距|差别|差异)|数量级上?的?(?:差距|差别)|"
    r"[快慢高低大小多少][^,，]{0,4}(?:倍|个?数量级)|远(?:[低高快慢大小]于|不如)|另(?:外)?一[个台种套份]"
)
_ASKED = regex(rf"(?P<different>{_DIFFERENT})|(?P<same>{_SAME})")
_SAID = regex(rf"(?P<different>{_DIFFERENT}|{_ALSO_DIFFERENT})|(?P<same>{_SAME}|{_ALSO_SAME})")
_BREAK = regex(r"[,，;；。:：]|但|而(?!且)|却")
_OR_NOT = regex(r"(.)不\1")  # 是不是 denies nothing
_REACH = 16  # characters before the word within which a negation governs it
# 不同的容器, 不同厂商的: several, of which nothing is said to be different; 一样的 of one thing
_SEVERAL = regex(r"(?<![与和跟同])(?:不同(?!于)|同样)(?=的?(?!的)[\u4e00-\u9fffa-z])")
_WITH = regex(r"[与和跟]|(?<!不)同(?!一)|之间|两|二者|彼此|相互|另")
_OF_SEVERAL = regex(
    rf"(?:不同的|各个|各种|每[个台种]|多个|几个|两个|所有).{{2,20}}(?:{_SAME}|{_DIFFERENT})的?[吗么吧嘛]"
)  # 不同的容器用的内核一样吗
_FRAME = regex(r"的?(?:是|之处|地方|点|时(?![间区钟])|方面)")  # 与虚拟机不同的是: what follows says it
_AS_IF = regex(r"(?:像|如同|如|跟|和)[^,，]{1,16}一样(?!的?(?:[吗么吧嘛呢不?？]|$))")  # 像本地磁盘一样读写: only how
_NO_DEMAND = regex(r"(?:不(?:要求|需要|必|用|强制)|无[需须])[^,，]*$")  # need not be the same: may be either


def asked_same(text: str) -> bool | None:
    """Whether it is asked if things are the same (`True`) or different; `None` where neither is asked."""
    # 合并相同的页 asks of no two things
    return _called(text, _ASKED) if _WITH.search(_ASKED.split(text)[0]) or _OF_SEVERAL.search(text) else None


def said_same(clause: str) -> bool | None:
    """What a clause says of it; `None` where it says neither, or that either may be."""
    return _called(clause, _SAID)


def _called(text: str, pattern: re.Pattern[str]) -> bool | None:
    if _AS_IF.search(text):
        return None
    for match in pattern.finditer(text):
        before = _OR_NOT.sub("", _BREAK.split(text[: match.start()])[-1])
        if _FRAME.match(text, match.end()) or (_SEVERAL.match(text, match.start()) and not _WITH.search(before)):
            continue
        if _NO_DEMAND.search(before):
            return None
        same = match["same"] is not None
        return same != negated(_SEVERAL.sub("", before)[-_REACH:])
    return None
