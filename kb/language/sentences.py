"""Sentences of Chinese text. Splits at sentence ends and line ends; never inside brackets or quotation marks, nor at a decimal point."""

from __future__ import annotations

from kb.records import Span

_ENDS = "。!?！？；;"
_CLOSERS = "”’\"'」』）)】》"
_OPEN = {"（": "）", "(": ")", "“": "”", "「": "」", "『": "』", "《": "》", "【": "】"}
_LONGEST_BRACKET = 120  # characters; a bracket left open longer than this was never meant to close


def split_sentences(text: str) -> tuple[Span, ...]:
    """Spans of the sentences of `text`, without surrounding white space, their end marks included."""
    spans: list[Span] = []
    start = 0
    awaited: list[tuple[str, int]] = []
    for index, character in enumerate(text):
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


def _add(text: str, start: int, end: int, spans: list[Span]) -> None:
    piece = text[start:end]
    if piece.strip():
        spans.append((start + len(piece) - len(piece.lstrip()), end - (len(piece) - len(piece.rstrip()))))


def split_clauses(sentence: str) -> tuple[Span, ...]:
    """Spans between commas, colons and semicolons of one sentence; bracketed stretches are not split."""
    spans: list[Span] = []
    start, depth = 0, 0
    for index, character in enumerate(sentence):
        if character in "（(":
            depth += 1
        elif character in "）)":
            depth = max(0, depth - 1)
        elif depth == 0 and character in ",，;；:：。.!?！？" and not _inside_number(sentence, index):
            _add(sentence, start, index, spans)
            start = index + 1
    _add(sentence, start, len(sentence), spans)
    return tuple(spans)


def _inside_number(text: str, index: int) -> bool:
    return (
        text[index] in ".,:" and text[index - 1 : index].isascii() and text[index + 1 : index + 2].isalnum() and text[index + 1].isascii()
    )
