"""Sentences of Chinese text. Splits at sentence ends and line ends; never inside brackets or quotation marks, nor at a decimal point."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from kb.language.regex import regex
from kb.records import Span

_ENDS = "。!?！？；;"
_CLOSERS = "”’\"'」』）)】》"
_OPEN = {"（": "）", "(": ")", "“": "”", "「": "」", "『": "』", "《": "》", "【": "】"}
_LONGEST_BRACKET = 120  # characters; a bracket left open longer than this was never meant to close
_CUTS = regex(f"[\n{_ENDS}]")
_CUTS_AND_BRACKETS = regex(f"[\n{_ENDS}{re.escape(''.join([*_OPEN, *_OPEN.values()]))}]")
_OF_CLAUSES = regex("[（()）,，;；:：。.!?！？]")


@lru_cache(maxsize=512)  # cleaning and segmenting ask for the same lines
def split_sentences(text: str) -> tuple[Span, ...]:
    """Spans of the sentences of `text`, without surrounding white space, their end marks included."""
    spans: list[Span] = []
    start = 0
    awaited: list[tuple[str, int]] = []
    for index, character in _telling(text):
        if awaited and (character == awaited[-1][0] or index - awaited[-1][1] > _LONGEST_BRACKET):
            awaited.pop()
        elif character in _OPEN and _OPEN[character] in text[index : index + _LONGEST_BRACKET].split("\n", 1)[0]:
            awaited.append((_OPEN[character], index))
        if character == "\n":
            awaited.clear()
            _add(text, start, index, spans)
            start = index + 1
        elif character in _ENDS and not awaited:
            end = index + 1
            while end < len(text) and text[end] in _CLOSERS + _ENDS:
                end += 1
            if end >= start:
                _add(text, start, end, spans)
                start = end
    _add(text, start, len(text), spans)
    return tuple(spans)


def _telling(text: str) -> Iterable[tuple[int, str]]:
    """The characters at which something may begin or end, with their places: all of them where a bracket may be given up."""
    brackets = not _OPEN.keys().isdisjoint(text)
    if brackets and len(text) > _LONGEST_BRACKET:
        return enumerate(text)
    return ((match.start(), match.group()) for match in (_CUTS_AND_BRACKETS if brackets else _CUTS).finditer(text))


def _add(text: str, start: int, end: int, spans: list[Span]) -> None:
    piece = text[start:end]
    left = piece.lstrip()
    if left:
        spans.append((end - len(left), end - len(left) + len(left.rstrip())))


def split_clauses(sentence: str) -> tuple[Span, ...]:
    """Spans between commas, colons and semicolons of one sentence; bracketed stretches are not split."""
    spans: list[Span] = []
    start, depth = 0, 0
    for match in _OF_CLAUSES.finditer(sentence):
        index, character = match.start(), match.group()
        if character in "（(":
            depth += 1
        elif character in "）)":
            depth = max(0, depth - 1)
        elif depth == 0 and not _inside_number(sentence, index):
            _add(sentence, start, index, spans)
            start = index + 1
    _add(sentence, start, len(sentence), spans)
    return tuple(spans)


def _inside_number(text: str, index: int) -> bool:
    return (
        text[index] in ".,:"
        and text[index - 1 : index].isascii()
        and text[index - 1 : index] not in (")", "]", '"')
        and text[index + 1 : index + 2].isalnum()
        and text[index + 1].isascii()
    )
