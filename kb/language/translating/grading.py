"""Adjectives and adverbs with their degree and what they are compared with."""

from __future__ import annotations

from collections.abc import Iterator

from kb.language.translating import nouns, prepositions
from kb.language.translating.tokens import Piece, Reading
from kb.language.translating.vocabulary import BE, DO, adjectives, adverbs

_DEGREES = {"more": "更", "most": "最", "less": "更不", "least": "最不", "too": "太", "very": "很"}
_SHADES = frozenset({*_DEGREES, "as", "so", "much", "far", "even", "the", "still"})


def graded(r: Reading, i: int) -> Iterator[tuple[int, Piece]]:
    """An adjective or adverb with its degree and what it is compared with: faster than a VM, as fast as Docker, more portable."""
    word = r.word(i)
    if word in _SHADES:
        degree = _DEGREES.get(word, "")
        for end, piece in graded(r, i + 1):
            if piece.mark in ("", "more" if degree not in ("更", "更不") else ""):
                mark = "more" if word in ("more", "less") else "most" if word in ("most", "least") else piece.mark
                yield from _against(r, end, Piece(piece.cost + 0.05, degree + piece.chinese, mark), word)
    for end, meant in r.entries(i, adjectives()):
        mark = ("", "more", "most")[meant.degree]
        if meant.preposition:
            for last, thing in nouns.noun_phrases(r, end).items():
                yield last, Piece(thing.cost, meant.chinese.replace("{o}", thing.chinese), mark)
        else:
            yield from _against(r, end, Piece(0.05, ("", "更", "最")[meant.degree] + meant.chinese, mark), "")
    for end, adverb in r.entries(i, adverbs()):
        if adverb and end - i == 1 and word.endswith("ly"):
            yield end, Piece(0.05, adverb, "")
            yield from ((last, piece._replace(chinese=adverb + piece.chinese)) for last, piece in graded(r, end))


def _against(r: Reading, i: int, piece: Piece, before: str) -> Iterator[tuple[int, Piece]]:
    yield i, piece
    if r.word(i) == "as" and before == "as":
        for end, thing in nouns.noun_phrases(r, i + 1).items():
            trailing = end + (r.word(end) in BE | DO)
            yield trailing, Piece(piece.cost + thing.cost - 0.2, f"和{thing.chinese}一样{piece.chinese}", "done")
    if r.word(i) == "than" and piece.mark == "more":
        for end, thing in prepositions.than(r, i):
            yield end, Piece(piece.cost + thing.cost - 0.2, f"{thing.chinese}{piece.chinese}", "done")
