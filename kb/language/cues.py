"""Closed sets of function words (negation, hedges, causes …) from data/cues.tsv, and where they stand in text."""

from __future__ import annotations

import re
from functools import cache

from kb.language.regex import regex
from kb.language.tables import lines
from kb.records import Span


@cache
def words(group: str) -> tuple[str, ...]:
    """The words of a group, longest first. :raises KeyError: no such group."""
    return _groups()[group]


@cache
def _groups() -> dict[str, tuple[str, ...]]:
    groups: dict[str, list[str]] = {}
    for line in lines("cues.tsv"):
        group, word = line.split("\t")[:2]
        groups.setdefault(group, []).append(word)
    return {group: tuple(sorted(members, key=len, reverse=True)) for group, members in groups.items()}


@cache
def _pattern(group: str) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, words(group))))


# 不 inside these words denies nothing
_HARMLESS = regex(
    r"不同|不仅|不只|不但|不断|不管|不论|不过|差不多|不得不|不少|不可或缺|不足|不超过|不到|不低于|不限于|不限制于|不光|不单|不外乎|不由得|不免|不失为|不难|不愧|不妨|不时|不久|不失|不少于|未来|不变|不错|不等(?!于|同|价)"
)


def find(group: str, text: str) -> Span | None:
    """The first word of `group` in `text`; half-open, in characters."""
    match = _pattern(group).search(text)
    return match.span() if match else None


def harmless(text: str) -> str:
    """`text`, as long as it was, without the 不 that denies nothing (不同, 不仅)."""
    return _HARMLESS.sub(lambda match: "·" * len(match.group()), text)


def negated(text: str) -> bool:
    """Whether `text` (what stands between subject and verb, verb excluded) denies; two negations affirm."""
    return len(_pattern("negation").findall(harmless(text))) % 2 == 1


def denied(text: str) -> bool:
    """As `negated`, and what is nearly denied (几乎没有, 很少, 难以) counts as denied: `hedge_in` tells how firmly."""
    near = _pattern("near_denial")
    return negated(near.sub("·", text)) != bool(near.search(text))


# 未经修改的操作系统, 不可信的代码: of a noun; 不知道自己运行在…: of knowing, and what is not known is so
_ASIDE = regex(r"(?:未经?|没有|没|不(?![是都属])|无)[^,，;；、的]{0,10}的(?=[^,，;；、])|不(?:知道|清楚|了解|关心|感知|察觉|意识到)")


def of_the_verb(text: str) -> str:
    """What stands ahead of a verb without the denials in it that are not of the verb."""
    return _ASIDE.sub("", text)


def hedge_in(text: str) -> str | None:
    """The hedging word in `text`, the first one."""
    span = find("hedge", text)
    return text[slice(*span)] if span else None
