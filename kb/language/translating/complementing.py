"""What may stand behind an English verb: objects, prepositional phrases, adverbs, comparisons, infinitives, clauses, particles."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kb.language.translating import grading, nouns, prepositions, statements, verbs
from kb.language.translating.tables import verb_class
from kb.language.translating.tokens import Reading, glued
from kb.language.translating.vocabulary import Verb
from kb.language.translating.vocabulary import adverbs as all_adverbs
from kb.language.translating.vocabulary import prepositions as all_prepositions
from kb.language.translating.vocabulary import verbs as all_verbs

if TYPE_CHECKING:
    from kb.language.translating.verbs import State

Longer = Iterator[tuple[int, "State"]]

_PARTICLES = frozenset("up down off on out back away over in apart together".split())
_OF_THE_SENTENCE = frozenset("compared versus vs despite because according unlike except besides".split())  # rather at its front
_BECOMES = frozenset({"get", "grow", "turn", "go", "become"})
_WHERETO = frozenset({"to", "into", "onto"})
_ENDS = frozenset(", ? and or if when than by in on for : – — - as".split())


def extended(r: Reading, i: int, state: State, verb: Verb, start: int, passive: bool) -> Longer:
    """The phrase of a verb with one more thing; `start` is the place behind the verb."""
    yield from _objects(r, i, state, verb.base, start, passive)
    yield from _circumstances(r, i, state, verb.base, passive)
    yield from _stranded(r, i, state)
    yield from _graded(r, i, state, verb.base)
    yield from _deeds(r, i, state, verb.base)
    if state.obj and not state.back:
        yield from _apart(r, i, state, verb)
    for whole in all_verbs().get(f"{verb.base} {r.word(i)}", ()) if r.word(i) in _PARTICLES and state.obj else ():
        if whole.form == "base":  # turn the server off
            yield i + 1, state._replace(cost=state.cost - 0.1, instead=glued(whole.chinese, state.obj))


def _objects(r: Reading, i: int, state: State, base: str, start: int, passive: bool) -> Longer:
    if state.back:
        return
    second = base in verb_class("gives") or (passive and base in ("call", "name"))
    if state.has_object and not second:
        return
    for end, piece in nouns.noun_phrases(r, i).items():
        if state.has_object:
            yield end, state._replace(cost=state.cost + piece.cost + 0.3, obj=glued(state.obj, piece.chinese))
        else:
            late = 0.0 if i == start else 0.2
            yield end, state._replace(cost=state.cost + piece.cost + late, obj=piece.chinese, has_object=True)


def _circumstances(r: Reading, i: int, state: State, base: str, passive: bool) -> Longer:
    word = r.word(i)
    for end, piece in prepositions.prepositional(r, i, attribute=False):
        chinese, in_front = piece.chinese, piece.mark != "behind"
        if word == "by" and not passive:
            chinese = "通过" + chinese.removeprefix("由")
        elif word == "with" and base in verb_class("together"):
            chinese = "和" + chinese.removeprefix("用")
        elif word == "to" and base not in verb_class("moves") and not passive:
            chinese, in_front = "对" + chinese.removeprefix("到"), True
        far = 0.8 if word in _OF_THE_SENTENCE else 0.15
        yield end, _with(state, chinese, in_front, piece.cost + far)
    for end, adverb in verbs.adverbs_at(r, i):
        if word != "not":
            yield end, state._replace(cost=state.cost + 0.15, front=glued(adverb, state.front))


def _with(state: State, chinese: str, in_front: bool, cost: float) -> State:
    if in_front:
        return state._replace(cost=state.cost + cost, front=glued(state.front, chinese))
    return state._replace(cost=state.cost + cost, back=glued(state.back, chinese))


def _stranded(r: Reading, i: int, state: State) -> Longer:
    """The preposition of what is asked for, left at the end: what does it run on."""
    gap = state.gap
    for end, preposition in r.entries(i, all_prepositions()) if gap is not None else ():
        if ends_here(r, end):
            purpose = preposition.word == "for" and gap == "什么"
            chinese = "来做什么" if purpose else preposition.adverbial.replace("{o}", gap) if gap else ""
            yield end, _with(state, chinese, preposition.in_front and not purpose, 0.2)._replace(gap=None)


def _graded(r: Reading, i: int, state: State, base: str) -> Longer:
    for end, piece in grading.graded(r, i):
        fits = base in verb_class("turns") or (base in verb_class("makes") and state.has_object)
        if piece.mark in ("more", "most") or r.words(i, end) in all_adverbs() or fits:
            longer = state._replace(cost=state.cost + piece.cost + 0.1, back=glued(state.back, piece.chinese))
            becomes = base in _BECOMES and not state.has_object and piece.mark not in ("more", "most")
            yield end, longer._replace(back="", instead=f"变{piece.chinese}") if becomes else longer
    if r.word(i) == "than":
        for end, piece in prepositions.than(r, i):
            yield end, state._replace(cost=state.cost + piece.cost, front=glued(piece.chinese, state.front))


def _deeds(r: Reading, i: int, state: State, base: str) -> Longer:
    """To do it, let it do it, know that it does it."""
    to = r.word(i) == "to"
    if to or (base in verb_class("lets") and state.has_object):
        for end, piece in verbs.verb_phrases(r, i + to, "base", None).items():
            purpose = "来" if to and base not in verb_class("to do") else ""
            yield end, state._replace(cost=state.cost + piece.cost + 0.2, back=glued(state.back, purpose, piece.chinese))
    that = r.word(i) == "that"
    if that or (base in verb_class("tells") and not state.back):
        for end, piece in statements.clauses(r, i + that).items():
            yield end, state._replace(cost=state.cost + piece.cost + 0.3, back=glued(state.back, piece.chinese))


def _apart(r: Reading, i: int, state: State, verb: Verb) -> Longer:
    """What belongs to the verb on the other side of its object: keep it from growing, replace it with another, connect it to a network."""
    word, obj, base = r.word(i), state.obj, verb.base
    if word in _WHERETO and base in verb_class("moves") and "{o}" not in verb.chinese:
        for end, piece in nouns.noun_phrases(r, i + 1).items():
            if piece.mark != "deed" and r.word(i + 1) not in all_verbs():
                yield end, state._replace(cost=state.cost + piece.cost + 0.05, instead=f"把{obj}{verb.chinese}到{piece.chinese}")
    if word == "from" and base in verb_class("keeps from"):
        for end, piece in verbs.verb_phrases(r, i + 1, "ing", None).items():
            yield end, state._replace(cost=state.cost + piece.cost - 0.1, instead=f"防止{obj}{piece.chinese}")
        for end, piece in nouns.noun_phrases(r, i + 1).items():
            if piece.mark != "deed" and base in ("protect", "save", "keep"):
                yield end, state._replace(cost=state.cost + piece.cost, instead=f"保护{obj}不受{piece.chinese}影响")
    for whole in all_verbs().get(f"{base} {word}", ()) if word not in _PARTICLES | {"of"} else ():
        if whole.form != "base":
            continue
        chinese = whole.chinese if "{o}" in whole.chinese else whole.chinese + "{o}"
        if state.gap is not None and ends_here(r, i + 1):
            yield i + 1, state._replace(gap=None, instead=f"把{obj}{chinese.replace('{o}', state.gap)}")
        for end, piece in nouns.noun_phrases(r, i + 1).items():
            yield end, state._replace(cost=state.cost + piece.cost, instead=f"把{obj}{chinese.replace('{o}', piece.chinese)}")


def ends_here(r: Reading, i: int) -> bool:
    return i >= r.size or r.word(i) in _ENDS
