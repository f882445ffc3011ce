"""Verb phrases: what English puts behind the verb stands before it in Chinese where it says how, where or with what."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from kb.language.translating import being, complementing
from kb.language.translating.inflecting import Form
from kb.language.translating.tables import grammar, verb_class
from kb.language.translating.tokens import Piece, Pieces, Reading, glued, keep
from kb.language.translating.vocabulary import Verb, adverbs, prepositions, verbs

_WITH_PREPOSITION = (" on", " to", " into", " from", " in", " with", " for", " of")
_BE: dict[Form, str] = {"base": "be", "ing": "being", "perfect": "been"}
_ALSO_ADVERBS = frozenset({"before", "inside", "outside", "over"})  # prepositions that stand without an object too
_NEGATED = "没有"


class State(NamedTuple):
    """A verb phrase as far as it is read; `gap` is what a question asks for in it, until it has found its place.

    `instead`: Chinese of the verb together with what belongs to it (keep … from).
    """

    cost: float
    front: str
    obj: str
    back: str
    has_object: bool
    gap: str | None
    instead: str = ""


def verb_phrases(r: Reading, i: int, form: Form, gap: str | None) -> Pieces:
    """`gap`: Chinese of what stands at the front of an English question and belongs in here; only phrases with a place for it are found."""
    return r.once(("verb", i, form, gap), lambda: _verb_phrases(r, i, form, gap), {})


def _verb_phrases(r: Reading, i: int, form: Form, gap: str | None) -> Pieces:
    found: Pieces = {}
    if i >= r.size:
        return found
    for end, adverb in adverbs_at(r, i):
        for last, piece in verb_phrases(r, end, form, gap).items():
            keep(found, last, Piece(piece.cost + 0.1, glued(adverb, piece.chinese)))
    for last, piece in _auxiliary(r, i, form, gap):
        keep(found, last, piece)
    for end, readings in r.entries(i, verbs()):
        phrasal = -0.15 * min(end - i, 3)  # take care of is rather that than take
        for verb in readings:
            if verb.form == ("participle" if form == "perfect" else form):
                for last, piece in _completed(r, end, verb, gap, form == "participle").items():
                    keep(found, last, Piece(piece.cost + 0.3 + phrasal, piece.chinese))
    for middle, first in list(found.items()) if gap is None else []:
        if r.word(middle) in ("and", "or", "but"):
            sign = "或" if r.word(middle) == "or" else "并"
            for last, other in verb_phrases(r, middle + 1, form, None).items():
                keep(found, last, Piece(first.cost + other.cost + 0.4, f"{first.chinese}{sign}{other.chinese}"))
    return found


def _auxiliary(r: Reading, i: int, form: Form, gap: str | None) -> Iterator[tuple[int, Piece]]:
    """Be, have, have to, get and keep before what they help."""
    if r.word(i) == _BE.get(form):
        yield from being.complements(r, i + 1, gap).items()
    if form == "base" and r.word(i) == "have":
        for last, piece in verb_phrases(r, i + 1, "perfect", gap).items():
            yield last, Piece(piece.cost + 0.3, piece.chinese)
    for end, modal in r.entries(i, grammar("modal")) if form == "base" else ():  # does it have to run
        if end - i > 1:
            for last, piece in verb_phrases(r, end, "base", gap).items():
                yield last, Piece(piece.cost, glued(modal, piece.chinese))
    helping = {verb.base for verb in verbs().get(r.word(i), ()) if verb.form == form}
    if "get" in helping:  # gets written
        for last, piece in verb_phrases(r, i + 1, "participle", gap).items():
            yield last, Piece(piece.cost + 0.2, piece.chinese)
    if "keep" in helping:  # keeps growing
        for last, piece in verb_phrases(r, i + 1, "ing", gap).items():
            yield last, Piece(piece.cost + 0.1, f"一直{piece.chinese}")


def adverbs_at(r: Reading, i: int) -> Iterator[tuple[int, str]]:
    if r.word(i) == "not":
        yield i + 1, "不"
    for end, adverb in r.entries(i, adverbs()):
        if end - i > 1 or r.word(i) not in prepositions() or r.word(i) in _ALSO_ADVERBS:
            yield end, adverb


def _completed(r: Reading, i: int, verb: Verb, gap: str | None, passive: bool) -> Pieces:
    """The verb with what stands behind it."""
    states: dict[tuple[int, bool, str | None], float] = {}
    waiting = [(i, State(0.0, "", "", "", passive, gap))]
    found: Pieces = {}
    while waiting:
        place, state = waiting.pop()
        key = (place, state.has_object, state.gap)
        if states.get(key, state.cost + 1) <= state.cost:
            continue
        states[key] = state.cost
        done = _finished(verb, state, passive)
        if done is not None:
            keep(found, place, done)
        if place < r.size:
            waiting += complementing.extended(r, place, state, verb, i, passive)
    return found


def _finished(verb: Verb, state: State, passive: bool) -> Piece | None:
    cost, front, obj, back, has_object, gap, instead = state
    if instead:
        return Piece(cost, glued(front, instead, back)) if gap is None else None
    if gap is not None:  # what is it based on: of a passive, the gap is what the preposition belongs to
        second = not passive and verb.base in verb_class("gives")  # what does it tell us
        if has_object and not second and not (passive and ("{o}" in verb.chinese or verb.base.endswith(_WITH_PREPOSITION))):
            return None
        obj = glued(obj, gap) if second else gap
    if "{o}" in verb.chinese:
        lacking = 0.0 if obj or gap == "" else 0.8
        return Piece(cost + lacking, glued(front, verb.chinese.replace("{o}", obj), back))
    if obj.startswith(_NEGATED) and not verb.chinese.startswith(_NEGATED):  # needs no kernel
        return Piece(cost, glued(front, "不", verb.chinese, obj.removeprefix(_NEGATED), back))
    chinese = "使" if verb.base == "make" and back and has_object else verb.chinese
    return Piece(cost, glued(front, chinese, obj, back))
