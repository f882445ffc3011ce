"""The words that ask (what, which driver, how many cores, how fast, why) and the inverted clause behind them (does a container share …)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from kb.language.regex import regex
from kb.language.translating import being, nouns, prepositions, verbs
from kb.language.translating.tables import grammar
from kb.language.translating.tokens import Piece, Pieces, Reading, glued, keep
from kb.language.translating.vocabulary import BE, DO, HAVE, UNITS, adjectives, adverbs, is_function_word
from kb.language.translating.vocabulary import prepositions as all_prepositions

_KINDS = frozenset("kind kinds type types sort sorts class classes category categories".split())
_COUNTED = regex(r"[两三四五六七八九十\d]+个")
Place = Literal["front", "middle", "behind"]  # where in a Chinese clause the asking word stands
_PLACES: tuple[Place, ...] = ("front", "middle", "behind")


class Asked(NamedTuple):
    chinese: str
    end: int
    cost: float = 0.0


def things(r: Reading, i: int) -> Iterator[Asked]:
    """What asks for a thing: what, who, which tool, how many cores, whose data."""
    word = r.word(i)
    if word in ("who", "whom"):
        yield Asked("谁", i + 1)
        if r.word(i + 1) == "else":
            yield Asked("其他谁", i + 2)
    elif word == "whose":
        for end, piece in nouns.noun_phrases(r, i + 1).items():
            yield Asked(f"谁的{piece.chinese}", end, piece.cost)
    elif word in ("what", "which"):
        yield from _what(r, i, "什么" if word == "what" else "哪个")
    elif r.words(i, i + 2) in ("how many", "how much"):
        for end, piece in nouns.noun_phrases(r, i + 2).items():
            if piece.mark != "pronoun" and piece.mark != "deed":
                unit = "" if piece.chinese.startswith(tuple(UNITS)) else "个" if r.word(i + 1) == "many" else ""
                yield Asked(f"多少{unit}{piece.chinese}", end, piece.cost)


def _what(r: Reading, i: int, asking: str) -> Iterator[Asked]:
    yield Asked(asking, i + 1, 0.0 if asking == "什么" else 0.2)
    if r.word(i + 1) == "else":
        yield Asked(f"其他{asking}", i + 2)
    if r.words(i + 1, i + 3) == "exactly":
        yield Asked(asking, i + 2)
    kind = i + 1 + (r.word(i + 1) in ("different", "main"))
    if r.word(kind) in _KINDS and r.word(kind + 1) == "of":
        for end, piece in nouns.noun_phrases(r, kind + 2).items():
            yield Asked(f"{'哪几种' if r.word(kind).endswith('s') else '哪种'}{piece.chinese}", end, piece.cost)
    if r.word(i + 1) == "of":
        for end, piece in nouns.noun_phrases(r, i + 2).items():
            yield Asked(f"{piece.chinese}中哪个", end, piece.cost)
    start = i + 1 + (r.word(i + 1) in ("other",))
    for end, piece in nouns.noun_phrases(r, start).items():
        if piece.mark not in ("pronoun", "deed", "no") and not is_function_word(r.word(start)):
            many = piece.mark in ("plural", "several")
            which = "哪" if _COUNTED.match(piece.chinese) else "哪些" if many else "哪个"
            yield Asked(f"{'其他' * (start > i + 1)}{which}{piece.chinese}", end, piece.cost)


def circumstances(r: Reading, i: int) -> Iterator[tuple[Asked, Place]]:
    """What asks why, how, when, where, how long, on which host."""
    for place in _PLACES:
        for end, chinese in r.entries(i, grammar(f"asking {place}")):
            yield Asked(chinese, end), place
    for middle, preposition in r.entries(i, all_prepositions()):
        for asked in things(r, middle):
            chinese = preposition.adverbial.replace("{o}", asked.chinese)
            yield Asked(chinese, asked.end, asked.cost), "middle" if preposition.in_front else "behind"
    if r.word(i) == "how":
        for end, graded in _measures(r, i + 1):
            yield Asked(f"有多{graded}", end, 0.1), "behind"


def _measures(r: Reading, i: int) -> Iterator[tuple[int, str]]:
    """How fast, how quickly, how easily."""
    for end, meant in r.entries(i, adjectives()):
        if meant.degree == 0 and not meant.preposition:
            yield end, meant.chinese
    if r.word(i).endswith("ly") and r.word(i) in adverbs():
        yield i + 1, adverbs()[r.word(i)]


def inverted(r: Reading, i: int, gap: str | None, asking: str = "", place: Place = "front") -> Pieces:
    """An auxiliary, its subject and the rest, as a Chinese statement with `asking` in its place."""
    return r.once(("inverted", i, gap, asking, place), lambda: _inverted(r, i, gap, asking, place), {})


def _inverted(r: Reading, i: int, gap: str | None, asking: str, place: Place) -> Pieces:
    found: Pieces = {}
    if i >= r.size:
        return found
    word = r.word(i)
    modal = grammar("modal").get(word, "") if word not in BE | DO | HAVE else ""
    if word not in BE | DO | HAVE and not modal:
        return found
    denied = r.word(i + 1) == "not"
    if word in BE and r.word(i + 1 + denied) == "there":
        for end, piece in nouns.noun_phrases(r, i + 2 + denied).items():
            for last, whole in _trailing(r, end, Piece(piece.cost, f"{'没' * denied}有{piece.chinese}")):
                keep(found, last, Piece(whole.cost, _placed("", whole.chinese, asking, place)))
        return found
    for middle, subject in nouns.noun_phrases(r, i + 1 + denied).items():
        if subject.mark == "no":
            subject, denied = subject._replace(chinese=subject.chinese.removeprefix("没有"), mark=""), True
        denied_behind = r.word(middle) == "not" and not denied
        start = middle + denied_behind
        for end, piece in _rest(r, start, word, gap).items():
            subject_is_rest = (
                word in BE and r.word(i + 1 + denied) == "it" and {"to", "that"} & {r.word(at) for at in range(start + 1, end)}
            )
            if subject_is_rest:  # is it safe to …
                subject = subject._replace(chinese="")
            rest = ("不" if denied or denied_behind else "") + glued(modal, piece.chinese)
            keep(found, end, Piece(subject.cost + piece.cost, _placed(subject.chinese, rest, asking, place)))
        if word in BE and asking and end_of_clause(r, middle):  # how is it, where are they
            keep(found, middle, Piece(subject.cost + 0.2, glued(subject.chinese, asking)))
    return found


def _rest(r: Reading, i: int, word: str, gap: str | None) -> Pieces:
    if word in BE:
        return being.complements(r, i, gap)
    if word in HAVE:
        return verbs.verb_phrases(r, i, "perfect", gap)
    return verbs.verb_phrases(r, i, "base", gap)


def _trailing(r: Reading, i: int, piece: Piece) -> Iterator[tuple[int, Piece]]:
    """There is a limit, in Linux."""
    yield i, piece
    for end, where in prepositions.prepositional(r, i, attribute=r.word(i) == "between"):
        whole = Piece(piece.cost + where.cost + 0.1, glued(where.chinese, piece.chinese))
        yield end, whole
        if r.word(end) == "between":  # a difference in speed between them
            for last, both in prepositions.prepositional(r, end, attribute=True):
                yield last, Piece(whole.cost + both.cost, glued(both.chinese, whole.chinese))


def _placed(subject: str, rest: str, asking: str, place: Place) -> str:
    if place == "front":
        return glued(asking, subject, rest)
    if place == "behind":
        return glued(subject, re.sub(r"的$", "", rest), asking)
    return glued(subject, asking, rest)


def end_of_clause(r: Reading, i: int) -> bool:
    return i >= r.size or r.word(i) in (",", "?", ":", ";", "and", "when", "if", "in", "for")
