"""What follows a form of be: adjectives, nouns, places, participles."""

from __future__ import annotations

from kb.language.translating import grading, nouns, prepositions, statements, verbs
from kb.language.translating.inflecting import Form
from kb.language.translating.tables import grammar
from kb.language.translating.tokens import Piece, Pieces, Reading, glued, keep
from kb.language.translating.vocabulary import adverbs
from kb.language.translating.vocabulary import prepositions as all_prepositions

_FORMS: tuple[Form, ...] = ("participle", "ing")


def complements(r: Reading, i: int, gap: str | None) -> Pieces:
    """What stands behind a form of be."""
    return r.once(("complement", i, gap), lambda: _complements(r, i, gap), {})


def _complements(r: Reading, i: int, gap: str | None) -> Pieces:
    found: Pieces = {}
    if gap is not None:
        found[i] = Piece(0.1, f"是{gap}" if gap else "")
        for end, preposition in r.entries(i, all_prepositions()):  # what is it for
            if end >= r.size:
                use = "用来做什么" if preposition.word == "for" and gap == "什么" else preposition.adverbial.replace("{o}", gap)
                keep(found, end, Piece(0.1, use))
    if i >= r.size:
        return found
    if r.word(i) == "not":
        for end, piece in complements(r, i + 1, gap).items():
            keep(found, end, Piece(piece.cost, f"不{piece.chinese}"))
    for middle, adverb in r.entries(i, adverbs()):
        for end, piece in complements(r, middle, gap).items():
            if end > middle:
                keep(found, end, Piece(piece.cost + 0.1, glued(adverb, piece.chinese)))
    for form in _FORMS:
        for end, piece in verbs.verb_phrases(r, i, form, gap).items():
            keep(found, end, Piece(piece.cost + 0.05, piece.chinese, "done"))
        if form == "participle" and gap is not None:  # what is it called
            for end, piece in _called(r, i, gap).items():
                keep(found, end, piece)
    for middle, modal in r.entries(i, grammar("behind be")):
        for end, piece in verbs.verb_phrases(r, middle, "base", gap).items():
            keep(found, end, Piece(piece.cost, glued(modal, piece.chinese)))
    if gap is None:
        _without_gap(r, i, found)
    return found


def _called(r: Reading, i: int, gap: str) -> Pieces:
    found: Pieces = {}
    if r.word(i) in ("called", "named"):
        found[i + 1] = Piece(0.1, f"叫{gap}")
        for end, piece in prepositions.prepositional(r, i + 1, attribute=False):
            keep(found, end, Piece(piece.cost + 0.2, glued(piece.chinese, f"叫{gap}")))
    return found


def _without_gap(r: Reading, i: int, found: Pieces) -> None:
    for end, piece in grading.graded(r, i):
        keep(found, end, piece)
    for end, piece in nouns.noun_phrases(r, i).items():
        none = piece.chinese.startswith("没有") and piece.mark == "no"
        keep(found, end, Piece(piece.cost + 0.05, f"不是{piece.chinese.removeprefix('没有')}" if none else f"是{piece.chinese}"))
    for end, piece in prepositions.prepositional(r, i, attribute=False):
        keep(found, end, piece)
    for end, chinese in r.entries(i, grammar("state")):
        keep(found, end, Piece(0.3, chinese))
    for middle, template in r.entries(i, grammar("same")):
        for end, piece in nouns.noun_phrases(r, middle).items():
            keep(found, end, Piece(piece.cost, template.replace("{o}", piece.chinese)))
    for middle, first in list(found.items()):
        for end, piece in prepositions.prepositional(r, middle, attribute=False):
            keep(found, end, Piece(first.cost + piece.cost + 0.2, glued(piece.chinese, first.chinese)))
            for last, against in prepositions.than(r, end) if r.word(end) == "than" and first.mark == "more" else ():
                keep(found, last, Piece(first.cost + piece.cost + against.cost, glued(piece.chinese, against.chinese, first.chinese)))
        if r.word(middle) == "that" and r.word(i) in ("true", "correct", "right", "possible", "false", "sure"):
            for end, fact in statements.clauses(r, middle + 1).items():
                keep(found, end, Piece(fact.cost, glued("" if r.word(i) in ("true", "correct", "right") else first.chinese, fact.chinese)))
        if r.word(middle) == "for" and first.mark != "done":  # safe for a container to run as root
            for to, doer in nouns.noun_phrases(r, middle + 1).items():
                for end, deed in verbs.verb_phrases(r, to + 1, "base", None).items() if r.word(to) == "to" else ():
                    keep(found, end, Piece(first.cost + doer.cost + deed.cost, glued(doer.chinese, deed.chinese, first.chinese)))
        if r.word(middle) == "to" and first.mark != "done" and r.word(i) not in ("going", "able"):
            for end, deed in verbs.verb_phrases(r, middle + 1, "base", None).items():
                keep(found, end, Piece(first.cost + deed.cost + 0.2, glued(deed.chinese, first.chinese)))
                for last, against in prepositions.than(r, end) if r.word(end) == "than" and first.mark == "more" else ():
                    keep(
                        found, last, Piece(first.cost + deed.cost + against.cost - 0.2, glued(against.chinese, deed.chinese, first.chinese))
                    )
    for middle, first in list(found.items()):
        if r.word(middle) in ("and", "or", "but"):
            for end, other in complements(r, middle + 1, None).items():
                keep(
                    found,
                    end,
                    Piece(first.cost + other.cost + 0.4, f"{first.chinese}{'或' if r.word(middle) == 'or' else '并且'}{other.chinese}"),
                )
