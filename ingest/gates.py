"""Which of many regular expressions can match a text at all, told from the characters that the text has.

Of most patterns a parser of regular expressions can say what every match holds (是 or 指, one of 例如, 比如); a pattern whose characters
the text lacks need not be tried. What is found is the same, of a hundred patterns a few are left.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from re import _constants as kinds  # type: ignore[attr-defined]
from re import _parser as expressions  # type: ignore[attr-defined]
from typing import Any

from kb.language.regex import regex

_Needed = frozenset[str] | None  # characters of which every match holds one; `None`: no telling
_ANY_CASE = regex(r"\(\?[a-zA-Z-]*i")
_MANY = 12  # characters; a set that large holds some of nearly every text


def needed(pattern: str) -> _Needed:
    """Characters of which every match of the pattern holds at least one; `None` where that cannot be told."""
    found = _of_sequence(expressions.parse(pattern))
    if found and _ANY_CASE.search(pattern) and any(character.lower() != character.upper() for character in found):
        return None
    return found


def _of_sequence(items: Iterable[tuple[Any, Any]]) -> _Needed:
    """Of a sequence every part must be there, so that the part which says most may speak for it."""
    found = [own for item in items if (own := _of_item(*item)) is not None]
    return min(found, key=len, default=None)


def _of_item(kind: Any, value: Any) -> _Needed:
    if kind is kinds.LITERAL:
        return frozenset((chr(value),))
    if kind is kinds.IN:
        return _of_class(value)
    if kind is kinds.BRANCH:
        branches = [_of_sequence(branch) for branch in value[1]]
        together = frozenset[str]().union(*(own for own in branches if own is not None))
        return None if None in branches or len(together) > _MANY else together
    if kind is kinds.SUBPATTERN:
        return _of_sequence(value[-1])
    if kind in (kinds.MAX_REPEAT, kinds.MIN_REPEAT, kinds.POSSESSIVE_REPEAT) and value[0] > 0:
        return _of_sequence(value[2])
    if kind is kinds.ATOMIC_GROUP:
        return _of_sequence(value)
    if kind is kinds.ASSERT:  # what stands ahead or behind is in the text too
        return _of_sequence(value[1])
    return None


def _of_class(items: Sequence[tuple[Any, Any]]) -> _Needed:
    if len(items) > _MANY or any(kind is not kinds.LITERAL for kind, _ in items):
        return None
    return frozenset(chr(value) for _, value in items)


def telling(*patterns: re.Pattern[str]) -> frozenset[str]:
    """Characters of which a text must have one for any of the patterns to match. :raises ValueError: that cannot be told of one."""
    found: set[str] = set()
    for pattern in patterns:
        characters = needed(pattern.pattern)
        if characters is None:
            raise ValueError(pattern.pattern)
        found |= characters
    return frozenset(found)


class Gate:
    """`rows`: patterns in the order in which they are tried."""

    def __init__(self, patterns: Sequence[str]) -> None:
        self._always: list[int] = []
        self._by_character: dict[str, list[int]] = {}
        for number, pattern in enumerate(patterns):
            characters = needed(pattern)
            if characters is None:
                self._always.append(number)
            for character in characters or ():
                self._by_character.setdefault(character, []).append(number)
        self._characters = frozenset(self._by_character)
        self._open = lru_cache(maxsize=4096)(self._find)

    def open(self, text: str) -> Sequence[int]:
        """The numbers of the patterns that may match somewhere in `text`, in their order."""
        return self.open_to(frozenset(text))

    def open_to(self, characters: frozenset[str]) -> Sequence[int]:
        """As `open`, of a text with these characters."""
        return self._open(self._characters & characters)

    def _find(self, characters: frozenset[str]) -> Sequence[int]:
        return sorted({*self._always, *(number for character in characters for number in self._by_character[character])})
