"""Questions inside sentences, in the order of statements: how it works, what X is, whether it fits."""

from __future__ import annotations

from kb.language.translating import asked as asking_words
from kb.language.translating import nouns, statements, verbs
from kb.language.translating.tokens import Piece, Pieces, Reading, glued, keep


def embedded(r: Reading, i: int) -> Pieces:
    return r.once(("embedded", i), lambda: _embedded(r, i), {})


def _embedded(r: Reading, i: int) -> Pieces:
    found: Pieces = {}
    if r.word(i) in ("whether", "if"):
        for end, piece in statements.clauses(r, i + 1).items():
            keep(found, end, Piece(piece.cost, f"是否{piece.chinese}"))
    for asked, place in asking_words.circumstances(r, i):
        for middle, subject in nouns.noun_phrases(r, asked.end).items():
            for end, piece in statements.predicates(r, middle, None).items():
                parts = {
                    "front": (asked.chinese, subject.chinese, piece.chinese),
                    "middle": (subject.chinese, asked.chinese, piece.chinese),
                }
                chinese = glued(*parts.get(place, (subject.chinese, piece.chinese, asked.chinese)))
                keep(found, end, Piece(asked.cost + subject.cost + piece.cost, chinese))
        if r.word(asked.end) == "to":
            for end, piece in verbs.verb_phrases(r, asked.end + 1, "base", None).items():
                keep(found, end, Piece(piece.cost, asked.chinese + piece.chinese))
    for asked in asking_words.things(r, i):
        for middle, subject in nouns.noun_phrases(r, asked.end).items():
            for end, piece in statements.predicates(r, middle, asked.chinese).items():
                keep(found, end, Piece(asked.cost + subject.cost + piece.cost, glued(subject.chinese, piece.chinese)))
        for end, piece in statements.predicates(r, asked.end, None).items():
            keep(found, end, Piece(asked.cost + piece.cost, glued(asked.chinese, piece.chinese)))
    return found
