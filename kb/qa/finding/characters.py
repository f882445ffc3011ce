"""What a question is written with, character by character: a word asked in another form shares one of its two with the word that answers (拖累, 拖慢)."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from kb.language.normalize import is_han
from kb.language.regex import regex
from kb.qa.finding.index import Index

EMPTY = frozenset(
    "的了吗么呢吧是在有和与就也都还会能可以不没要用让被把将里上中下个这那一种台么啊呀嘛咱你我他它们什怎哪谁啥及或着过地得去来做到从对于为所因此而且但"
)
_LATIN = regex(r"[a-z][a-z0-9.]+|\d+(?:\.\d+)?")


def telling(text: str, names: Iterable[str]) -> tuple[frozenset[str], frozenset[str]]:
    """Characters of a folded question that mean something, Latin words and numbers whole; and those that the names do not hold, all where they hold all."""
    every = {character for character in text if is_han(character) and character not in EMPTY} | set(_LATIN.findall(text))
    own = {part for name in names for part in (*name, name)}
    return frozenset(every), frozenset(every - own or every)


def share(characters: Collection[str], text: str, index: Index) -> float:
    """How much of the rarity of the characters stands in a text, in [0, 1]."""
    weights = {character: index.rarity(character) for character in characters}
    return sum(weight for character, weight in weights.items() if character in text) / (sum(weights.values()) or 1.0)
