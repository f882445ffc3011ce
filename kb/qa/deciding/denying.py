"""Whether a clause denies a word: a negation that reaches it, a main verb denied before it, support taken away."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kb.language.cues import negated
from kb.language.regex import regex
from kb.qa.deciding.naming import place_of
from kb.qa.deciding.propositions import Proposition

# a negation of the main verb holds for all that stands behind it in the clause
_GOVERNS = regex(
    r"(?:不|暂不|尚不|并不|未)(?:支持|能够?|可以?|会|允许|需要|应该?|要|建议|提供|具备|包含|包括|属于)|无法|无需|无须|禁止|不再|没有"
)
_GOVERNS_NO_MORE = regex(r"但|而(?!且)|却|则|只|就|便|即|才|也|除|不|以免|避免|否则")
_TAKEN_AWAY = regex(r"移除|取消|放弃|弃用|废弃|停止(?:提供|支持|维护)|去掉|撤销|退出|下架")
_DENYING = regex(r"很少|极少|罕见|难以|尚未|暂未|暂不|缺乏|避免|绕[开过]|避开|回避|远离|而非|而不是|不足以|算不上|谈不上|几乎不")
_DENIED_AFTER = regex(r"(?:是)?不(?:可能|成立|准确|对|正确|行|允许|可以|能|支持|适用|存在)|(?:会|将|已)?被?(?:禁止|拒绝|忽略)|失败")


def taken_away(asked: Proposition, clause: str) -> bool:
    """已经移除 FTP 支持, where whether it is so was asked and not whether it was taken away."""
    gone = _TAKEN_AWAY.search(clause)
    return (
        gone is not None
        and gone.group() not in asked.text
        and not denies(clause[: gone.start()])
        and any(place_of(clause[gone.end() :], name) >= 0 for name in asked.last if name in asked.text)
    )


def denies(text: str) -> bool:
    return negated(text) or (bool(_DENYING.search(text)) and not negated(_DENYING.sub("", text)))


def subject_denied(asked: Proposition, clause: str, names: Sequence[str]) -> bool:
    """需要内核模块的程序不适合使用 gVisor: behind what is asked stands that the thing is denied it."""
    last = max((place + len(name) for name in names if (place := place_of(clause, name)) >= 0), default=-1)
    tail = clause[last:] if last >= 0 else ""
    place = min((place for name in asked.names if (place := place_of(tail, name)) >= 0), default=-1)
    return place > 0 and not asked.denied and denies(tail[:place])


def negated_in(clause: str, names: Sequence[str], *, close: bool = False) -> bool:
    """A negation stands before one of the words, and nothing turns it round in between; or right behind the last of them.

    `close`: right before it; asked whether something is not so, any other negation in the clause tells nothing.
    """
    reach = 5 if close else 18
    places = [(place, name) for name in names if (place := place_of(clause, name)) >= 0]
    if not places:
        return False
    for place, _ in places:
        if clause[place - 1 : place] == "无" and clause[place - 2 : place] != "有无":
            return True
        if not close and _governed(clause[:place]):
            return True
        if clause[place - 1 : place] == "非" and clause[place - 2 : place - 1] not in ("并", "除", "是"):
            return True
        if place > 0 and denies(re.split(r"但|而(?!且)|却|则|只|就", clause[max(0, place - reach) : place])[-1]):
            return True
    end = max(place + len(name) for place, name in places)
    return bool(_DENIED_AFTER.match(clause[end:].lstrip("的是会将也都")))


def _governed(before: str) -> bool:
    """目前不支持 ADD 指令提供的数据来源是 …: the main verb is denied, and nothing turns it round."""
    match = _GOVERNS.search(before)
    return (
        match is not None and not _GOVERNS_NO_MORE.search(before, match.end()) and not _GOVERNS_NO_MORE.search(before[: match.start()][-1:])
    )
