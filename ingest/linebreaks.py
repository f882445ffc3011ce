"""Lines that only the width of a page broke, in PDF files and in what was copied out of one: which of them go on in the next."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Sequence
from functools import lru_cache

from kb.language.regex import regex

FULL = 0.8  # of the page's usual widest line: what is as wide was broken by the page
_WIDEST = 0.9  # of the lines are narrower
_NARROW = 16  # columns; where no line is wider, nothing tells a broken line from a short one
_ENDS = frozenset("。！？!?；;：:…”")
_STARTS = regex(
    r"[-•●◆▪·*]\s|[（(]?\d{1,2}[.、)）]\s*(?!\d)|[一二三四五六七八九十]{1,3}、|第\s?[\d一二三四五六七八九十]{1,4}\s?[章节条]|[①-⑳]"
)
# of a text copied out of pages, whose lines have to tell by themselves that they were broken
_PAGE_WIDTH = (40, 100)  # columns
_LEAST_BROKEN = 3  # lines
_SHARE_BROKEN = 0.4  # of the lines as wide as the page


class _Widths(dict[str, int]):
    """Character → its columns."""

    def __missing__(self, character: str) -> int:
        self[character] = width = 2 if unicodedata.east_asian_width(character) in "WF" else 1
        return width


_width = _Widths().__getitem__


@lru_cache(maxsize=512)  # of the same lines again and again
def columns(line: str) -> int:
    """Width in columns of a typewriter: a Chinese character takes two."""
    return sum(map(_width, line))


def going_on(lines: Sequence[str], apart: Collection[int] = ()) -> frozenset[int]:
    """Of the lines of a page, none of them blank, those that the next one goes on. `apart` belong to no paragraph: rows of tables, furniture."""
    full = max(_NARROW, FULL * _usual_width([line for number, line in enumerate(lines) if number not in apart]))
    return frozenset(
        number
        for number, line in enumerate(lines[:-1])
        if number not in apart
        and number + 1 not in apart
        and line[-1] not in _ENDS
        and (columns(line) >= full or line[-1] in "，、,")
        and not _STARTS.match(lines[number + 1])
    )


def is_broken(lines: Sequence[str]) -> bool:
    """Whether a text, given as its lines without blank ones, has its lines broken by the width of a page: many are as wide as the page and
    end in the middle of a sentence."""
    width = _usual_width(lines)
    if not _PAGE_WIDTH[0] <= width <= _PAGE_WIDTH[1] or max(map(columns, lines)) > 1.2 * width:
        return False
    full = [line for line in lines if columns(line) >= FULL * width]
    broken = sum(line[-1] not in _ENDS and " | " not in line for line in full)
    return broken >= _LEAST_BROKEN and broken >= _SHARE_BROKEN * len(full)


def glue(one: str, other: str) -> str:
    """What stands between two lines put together."""
    return " " if one[-1].isascii() and other[0].isascii() and one[-1] != "-" else ""


def _usual_width(lines: Sequence[str]) -> int:
    widths = sorted(map(columns, lines))
    return widths[min(len(widths) - 1, int(_WIDEST * len(widths)))] if widths else 0
