"""Whole predicates with their modal verbs and negation, and statements."""

from __future__ import annotations

from kb.language.translating import being, nouns, verbs
from kb.language.translating.inflecting import Form
from kb.language.translating.tables import grammar
from kb.language.translating.tokens import Piece, Pieces, Reading, glued, keep
from kb.language.translating.vocabulary import BE, DO, HAVE, adverbs, conjunctions

_FINITE: tuple[tuple[Form, float], ...] = (("third", 0.0), ("past", 0.1), ("base", 0.1))


def predicates(r: Reading, i: int, gap: str | None) -> Pieces:
    """A finite verb and all that belongs to it."""
    return r.once(("predicate", i, gap), lambda: _predicates(r, i, gap), {})


def _predicates(r: Reading, i: int, gap: str | None) -> Pieces:
    found: Pieces = {}
    if i >= r.size:
        return found
    for middle, adverb in r.entries(i, adverbs()):
        for end, piece in predicates(r, middle, gap).items():
            keep(found, end, Piece(piece.cost + 0.1, glued(adverb, piece.chinese)))
    for middle, modal in r.entries(i, grammar("modal")):
        for end, piece in verbs.verb_phrases(r, middle, "base", gap).items():
            keep(found, end, Piece(piece.cost, _modal(modal, piece.chinese)))
    if r.word(i) in BE:
        for end, piece in being.complements(r, i + 1, gap).items():
            keep(found, end, piece)
    if r.word(i) in HAVE:
        for end, piece in verbs.verb_phrases(r, i + 1, "perfect", gap).items():
            keep(found, end, Piece(piece.cost + 0.05, piece.chinese))
    if r.word(i) in DO:
        for end, piece in verbs.verb_phrases(r, i + 1, "base", gap).items():
            keep(found, end, Piece(piece.cost + 0.1, piece.chinese))
    for form, cost in _FINITE:
        for end, piece in verbs.verb_phrases(r, i, form, gap).items():
            keep(found, end, Piece(piece.cost + cost, piece.chinese))
    return found


def _modal(modal: str, rest: str) -> str:
    if rest.startswith("不"):
        return f"不{modal}{rest.removeprefix('不')}"
    return glued(modal, rest)


def clauses(r: Reading, i: int) -> Pieces:
    """A whole statement."""
    return r.once(("clause", i), lambda: _clauses(r, i), {})


def _clauses(r: Reading, i: int) -> Pieces:
    found: Pieces = {}
    if r.word(i) == "there" and r.word(i + 1) in BE:
        for end, piece in nouns.noun_phrases(r, i + 2).items():
            keep(found, end, Piece(piece.cost, f"有{piece.chinese}"))
    for middle, subject in nouns.noun_phrases(r, i).items():
        for end, piece in predicates(r, middle, None).items():
            denied = subject.mark == "no"
            chinese = glued(subject.chinese.removeprefix("没有"), "不", piece.chinese) if denied else glued(subject.chinese, piece.chinese)
            keep(found, end, Piece(subject.cost + piece.cost, chinese))
    for middle, first in list(found.items()):
        for hanging, template in r.entries(middle, conjunctions()):
            for end, other in clauses(r, hanging).items():
                keep(found, end, Piece(first.cost + other.cost + 0.4, f"{template.replace('{c}', other.chinese)}，{first.chinese}"))
    return found
