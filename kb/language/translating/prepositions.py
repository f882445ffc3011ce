"""Prepositional phrases and what stands behind than."""

from __future__ import annotations

from collections.abc import Iterator

from kb.language.translating import nouns, verbs
from kb.language.translating.tokens import Piece, Reading
from kb.language.translating.vocabulary import BE, DO, HAVE, prepositions

_RESPECTS = (
    "性能",
    "速度",
    "安全",
    "性",
    "效率",
    "成本",
    "延迟",
    "方面",
    "占用",
    "开销",
    "大小",
    "能力",
)  # in which things differ: 上, not 里


def prepositional(r: Reading, i: int, *, attribute: bool) -> Iterator[tuple[int, Piece]]:
    """Phrases of a preposition; the mark says where they stand, of an attribute which preposition it is."""
    for middle, preposition in r.entries(i, prepositions()):
        template = preposition.attribute if attribute else preposition.adverbial
        mark = preposition.word if attribute else "" if preposition.in_front else "behind"
        if preposition.word == "of":
            continue
        for end, piece in nouns.noun_phrases(r, middle).items():
            if piece.mark == "number" and preposition.word in ("in", "since", "by"):  # a year
                chinese = {"in": "在{o}", "since": "{o}以来", "by": "到{o}"}[preposition.word].replace("{o}", piece.chinese)
            elif preposition.word == "in" and piece.chinese.endswith(_RESPECTS):
                chinese = f"{piece.chinese}上" if attribute else f"在{piece.chinese}上"
            elif piece.mark == "deed" and preposition.word == "without":
                chinese = f"不{piece.chinese}"
            elif piece.mark == "deed" and preposition.word in ("by", "with"):
                chinese = f"通过{piece.chinese}"
            else:
                chinese = template.replace("{o}", piece.chinese)
            yield end, Piece(piece.cost + 0.05, chinese, mark)
            if preposition.word in ("with", "without"):  # without users noticing
                for last, deed in verbs.verb_phrases(r, end, "ing", None).items():
                    denied = "不" * (preposition.word == "without")
                    chinese_deed = f"在{piece.chinese}{denied}{deed.chinese}的情况下"
                    yield last, Piece(piece.cost + deed.cost + 0.2, chinese_deed, mark)
            if (
                r.word(end) in ("and", "or")
                and r.word(end + 1) == preposition.word
                or r.words(end, end + 4) == f"as well as {preposition.word}"
            ):
                sign = "或" if r.word(end) == "or" else "和"
                for last, other in nouns.noun_phrases(r, end + (2 if r.word(end) in ("and", "or") else 4)).items():
                    both = template.replace("{o}", f"{piece.chinese}{sign}{other.chinese}")
                    yield last, Piece(piece.cost + other.cost + 0.1, both, mark)
            more = end + 3 * (r.words(end, end + 3) == "as well as") + (r.word(end) in ("and", "or"))
            if more > end:
                for last, other in prepositional(r, more, attribute=attribute):
                    yield (
                        last,
                        Piece(piece.cost + other.cost + 0.1, f"{chinese}{'或' if r.word(end) == 'or' else '和'}{other.chinese}", mark),
                    )


def than(r: Reading, i: int) -> Iterator[tuple[int, Piece]]:
    for end, piece in nouns.noun_phrases(r, i + 1).items():
        trailing = end + (r.word(end) in BE | DO | HAVE or r.word(end) in ("can", "could", "would", "will"))
        yield trailing, Piece(piece.cost, f"比{piece.chinese}")
    for end, place in prepositional(r, i + 1, attribute=True):
        yield end, Piece(place.cost, f"比{place.chinese}")
