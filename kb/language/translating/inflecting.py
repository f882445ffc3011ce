"""The forms of English words: plurals, the third person, past, participles, comparatives, adverbs. By rule, and by the table of irregular ones."""

from __future__ import annotations

from functools import cache
from typing import Literal

from kb.language.translating.tables import rows

Form = Literal["base", "third", "past", "participle", "ing", "perfect"]  # perfect: the participle behind have, which is active

_VOWELS = "aeiou"
_PLURALS = {
    "man": "men",
    "woman": "women",
    "person": "people",
    "child": "children",
    "foot": "feet",
    "mouse": "mice",
    "index": "indices",
    "life": "lives",
    "half": "halves",
    "leaf": "leaves",
    "criterion": "criteria",
    "datum": "data",
}
_COMPARED = {"good": ("better", "best"), "bad": ("worse", "worst"), "far": ("farther", "farthest"), "little": ("less", "least")}
_LONGEST_COMPARED = 7  # letters of an adjective that takes -er; longer ones take more
_ENDS_COMPARED = ("y", "le", "ow", "er")  # of two syllables that still take -er


def plural(noun: str) -> str:
    head, _, last = noun.rpartition(" ")
    many = _PLURALS.get(last) or _with_s(last)
    return f"{head} {many}" if head else many


def _with_s(word: str) -> str:
    if word.endswith(("s", "x", "z", "ch", "sh")):
        return word + "es"
    if word.endswith("y") and word[-2:-1] not in _VOWELS:
        return word[:-1] + "ies"
    return word + "s"


@cache
def _irregular() -> dict[str, tuple[tuple[str, ...], ...]]:
    return {base: tuple(tuple(cell.split("/")) for cell in cells) for base, *cells in rows("english_irregular.tsv")}


def verb_forms(base: str) -> tuple[tuple[str, Form], ...]:
    """Every written form of a verb with what it is; of a phrasal verb the first word changes."""
    word, _, particle = base.partition(" ")
    rest = f" {particle}" if particle else ""
    third, past, participle, ing = _irregular().get(word, (("-",),) * 4)
    regular_past = (_past(word),)
    forms: list[tuple[str, Form]] = [(word, "base")]
    forms += [(form, "third") for form in (third if third != ("-",) else (_with_s(word),))]
    forms += [(form, "past") for form in (past if past != ("-",) else regular_past)]
    forms += [(form, "participle") for form in (participle if participle != ("-",) else regular_past)]
    forms += [(form, "ing") for form in (ing if ing != ("-",) else (_ing(word),))]
    return tuple((form + rest, kind) for form, kind in forms)


def _past(word: str) -> str:
    if word.endswith("e"):
        return word + "d"
    if word.endswith("y") and word[-2:-1] not in _VOWELS:
        return word[:-1] + "ied"
    return word + "ed"


def _ing(word: str) -> str:
    if word.endswith("e") and not word.endswith(("ee", "oe", "ye")):
        return word[:-1] + "ing"
    return word + "ing"


def compared(adjective: str) -> tuple[str, str] | None:
    """Comparative and superlative in one word; None where English takes more and most."""
    if adjective in _COMPARED:
        return _COMPARED[adjective]
    syllables = sum(letter in _VOWELS and before not in _VOWELS for before, letter in zip(" " + adjective, adjective, strict=False))
    if len(adjective) > _LONGEST_COMPARED or not adjective.isalpha() or (syllables > 2 and not adjective.endswith(_ENDS_COMPARED)):
        return None
    if adjective.endswith("e"):
        stem = adjective[:-1]
    elif adjective.endswith("y") and adjective[-2] not in _VOWELS:
        stem = adjective[:-1] + "i"
    elif len(adjective) <= 4 and adjective[-1] not in _VOWELS + "wxy" and adjective[-2] in _VOWELS and adjective[-3:-2] not in _VOWELS:
        stem = adjective + adjective[-1]
    else:
        stem = adjective
    return stem + "er", stem + "est"


def as_adverb(adjective: str) -> str:
    if adjective.endswith("y"):
        return adjective[:-1] + "ily"
    if adjective.endswith("le"):
        return adjective[:-1] + "y"
    if adjective.endswith("ic"):
        return adjective + "ally"
    return adjective + "ly"
