"""Misspelt names in questions: by spelling (KMV, 虚似机) and by sound (溶器), against the names that are known.

Only what names nothing is looked at, so a right word is never "corrected" into another.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from rapidfuzz import process
from rapidfuzz.distance import OSA

from kb.language.normalize import fold, is_han
from kb.language.regex import regex

_LATIN = regex(r"[A-Za-z][A-Za-z0-9]{2,}")
_LEAST_ORDINARY, _LONG_ORDINARY = 6, 9  # letters: one may be wrong, from the second on two
_ORDINARY = regex(rf"(?<![A-Za-z0-9_.-])[A-Za-z]{{{_LEAST_ORDINARY},}}(?![A-Za-z0-9_.-])")
_BEHIND_VERBS = frozenset("了着")  # 网断了: what stands before them is no name
_ASKING = frozenset("吗嘛呢吧啊呀哪谁啥咋么几")  # of questions, never of names
_LONGEST = 6  # Han characters of a name that is looked for


def plainly_spelt(text: str, known: Callable[[str], bool], words: Iterable[str]) -> str:
    """An English question with misspelt ordinary words put right (diffrence); names are no ordinary words, and not looked for.

    `words`: lower case, any of which may be meant; `known`: whether a word is right as it stands.
    """
    listed = tuple(word for word in words if len(word) >= _LEAST_ORDINARY - 1)

    def nearest(match: re.Match[str]) -> str:
        word = match.group()
        if not (word.islower() or (match.start() == 0 and word.istitle())) or known(word.lower()):
            return word
        most = 2 if len(word) >= _LONG_ORDINARY else 1
        found = process.extractOne(word.lower(), listed, scorer=OSA.distance, score_cutoff=most)
        return word if found is None else str(found[0])

    return _ORDINARY.sub(nearest, text)


def misspells(written: str, name: str) -> bool:
    """Whether a Latin name is written with one letter wrong, missing, too many or out of its place (Dokcer)."""
    least = min(len(written), len(name))
    return least >= _LEAST_ORDINARY - 1 and written.isascii() and name.isascii() and OSA.distance(written.lower(), name.lower()) == 1


class Speller:
    """`names`: every name that may be meant; built once for a vocabulary."""

    def __init__(self, names: Iterable[str]) -> None:
        self._latin: dict[str, str] = {}
        self._by_length: dict[int, list[str]] = {}
        for name in names:
            if name.isascii() and _LATIN.fullmatch(name):
                self._latin.setdefault(name.lower(), name)
            elif 2 <= len(name) <= _LONGEST and all(map(is_han, name)):
                self._by_length.setdefault(len(name), []).append(name)

    def corrected(
        self,
        text: str,
        taken: Iterable[tuple[int, int]],
        known: Callable[[str], bool],
        edges: Iterable[int] | None = None,
        within: Iterable[int] = (),
    ) -> tuple[str, tuple[tuple[str, str], ...]]:
        """The text with misspelt names put right, and each (written, meant).

        `taken`: spans that name something already; `known`: whether a Latin word or a Han word occurs in articles;
        `edges`: where words begin, so that a name is not looked for from the middle of one (前者|启动); `within`: places inside of words
        that are right, where no name ends (一般|多大).
        """
        free = [True] * len(text)
        for start, end in taken:
            free[start:end] = [False] * (end - start)
        fixes: list[tuple[int, int, str]] = []
        for match in _LATIN.finditer(text):
            if all(free[match.start() : match.end()]) and not known(match.group().lower()):
                meant = self._nearest_latin(match.group().lower())
                if meant:
                    fixes.append((match.start(), match.end(), meant))
        fixes.extend(self._han(text, free, known, set(edges) if edges is not None else None, frozenset(within)))
        told = tuple((text[start:end], meant) for start, end, meant in sorted(fixes))
        for start, end, meant in sorted(fixes, reverse=True):
            text = text[:start] + meant + text[end:]
        return text, told

    def _nearest_latin(self, word: str) -> str | None:
        """One slip in a short name, two in a long one; a swap of neighbours is one slip."""
        most = 1 if len(word) <= 6 else 2
        best = min(
            (
                (OSA.distance(word, name, score_cutoff=most), name)
                for name in self._latin
                if abs(len(name) - len(word)) <= most and name[0] == word[0]
            ),
            default=(most + 1, ""),
        )
        return self._latin[best[1]] if best[0] <= most else None

    def _han(
        self, text: str, free: list[bool], known: Callable[[str], bool], edges: set[int] | None, within: frozenset[int]
    ) -> list[tuple[int, int, str]]:
        fixes: list[tuple[int, int, str]] = []
        index = 0
        while index < len(text):
            for length in range(_LONGEST, 1, -1):
                window = text[index : index + length]
                if edges is not None and index not in edges:
                    continue
                if index + length in within:
                    continue
                if len(window) < length or not all(free[index : index + length]) or not all(map(is_han, window)) or known(window):
                    continue
                if text[index + length : index + length + 1] in _BEHIND_VERBS or not _ASKING.isdisjoint(window):
                    continue
                meant = self._meant(window)
                if meant and meant != window:
                    fixes.append((index, index + length, meant))
                    index += length - 1
                    break
            index += 1
        return fixes

    def _meant(self, window: str) -> str | None:
        """A name of the same length that is said like `window` and written like half of it, for by sound alone syllables are too common;
        else, of three characters and more, one with one other character; the first and the last are not both wrong.

        The dictionary of sounds takes a third of a second to load, so it is asked only where a name is written that near.
        """
        shared = {name: _in_place(window, name) for name in self._by_length.get(len(window), ())}
        near = [name for name, count in shared.items() if count >= len(window) // 2]
        if not near:
            return None
        sound = _sound(window)
        alike = (name for name in near if len(name) >= 3 and shared[name] == len(name) - 1 and window[-1] == name[-1])
        return next((name for name in near if _sound(name) == sound), None) or next(alike, None)


def _in_place(one: str, other: str) -> int:
    """How many characters two words of the same length share in their places."""
    return sum(a == b for a, b in zip(one, other, strict=True))


def _sound(word: str) -> str:
    from pypinyin import lazy_pinyin

    return " ".join(lazy_pinyin(fold(word)))
