"""Questions that put things side by side: which is faster, A or B; A or B: which is faster; A vs B."""

from __future__ import annotations

from collections.abc import Iterator

from kb.language.translating import frames, nouns, statements
from kb.language.translating.asked import inverted, things
from kb.language.translating.tokens import Piece, Reading, glued

Found = Iterator[tuple[int, Piece]]
_SIGNS = (",", ":", "-", "–", "—")


def choices(r: Reading, i: int) -> Found:
    """Which is faster, A or B; A or B, which is faster; A vs B; should I use A or B."""
    if r.word(i) in ("which", "who", "what"):
        start = i + 1
        for asked in things(r, i):
            for middle, piece in statements.predicates(r, asked.end, None).items() if asked.end > i + 1 else ():
                for end, pair in pairs(r, middle + (r.word(middle) in _SIGNS)):
                    yield end, Piece(asked.cost + piece.cost + pair.cost - 0.8, glued(pair.chinese, "哪个", piece.chinese))
        one = r.words(start, start + 2)
        start += 1 if r.word(start) in ("one", "technology", "option") else 2 if one == "of them" else 0
        for middle, piece in statements.predicates(r, start, None).items():
            comma = middle + (r.word(middle) in _SIGNS)
            for end, pair in pairs(r, comma):
                yield end, Piece(piece.cost + pair.cost - 0.8, glued(pair.chinese, "哪个", piece.chinese))
        for asked in things(r, i):
            for middle, piece in inverted(r, asked.end, "哪个").items():
                comma = middle + (r.word(middle) in _SIGNS)
                for end, pair in pairs(r, comma):
                    yield end, Piece(piece.cost + pair.cost - 0.3, glued(pair.chinese, piece.chinese))
    for middle, pair in pairs(r, i):
        yield middle, Piece(pair.cost + 0.4, f"{pair.chinese}有什么区别" if pair.mark == "vs" else f"{pair.chinese}选哪个")
        if r.word(middle) in ("difference", "differences", "comparison"):
            yield middle + 1, Piece(pair.cost + 0.1, f"{pair.chinese}有什么区别")
        if r.word(middle) == "for":
            for end, purpose in nouns.noun_phrases(r, middle + 1).items():
                yield end, Piece(pair.cost + purpose.cost + 0.4, f"{purpose.chinese}用{pair.chinese}哪个好")
        if r.word(middle) in _SIGNS:
            which = middle + 1
            if r.word(which) == "which":
                which += 1 + (r.word(which + 1) == "one")
                for end, piece in statements.predicates(r, which, None).items():
                    yield end, Piece(pair.cost + piece.cost, glued(pair.chinese, "哪个", piece.chinese))
                for end, piece in inverted(r, which, "哪个").items():
                    yield end, Piece(pair.cost + piece.cost, glued(pair.chinese, "，", piece.chinese))
            for end, piece in frames.short_questions(r, which):
                yield end, Piece(pair.cost + piece.cost, f"{pair.chinese}，{piece.chinese}")


def pairs(r: Reading, i: int) -> Found:
    """A or B, A vs B, joined by 和."""
    for middle, first in nouns.noun_phrases(r, i).items():
        if first.mark == "several":
            if "或" in first.chinese:
                yield middle, Piece(first.cost, first.chinese.replace("或", "和"), "or")
            continue
        word = r.word(middle)
        comma = word == "," and r.word(middle + 1) == "or"
        if word in ("or", "vs", "versus", "vs.", "against") or comma:
            for end, second in nouns.noun_phrases(r, middle + 1 + comma).items():
                yield end, Piece(first.cost + second.cost, f"{first.chinese}和{second.chinese}", "or" if word == "or" or comma else "vs")
