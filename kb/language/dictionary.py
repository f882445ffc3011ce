"""jieba's dictionary, without reading the whole of it: the words that begin with a character are read when that character is first met.

A question has thirty different characters, and the file half a million words and beginnings of words: to make them all into a `dict`
takes longer than to answer. Words, frequencies, tags and the total are those that jieba (0.42.1, pinned) makes of the same file.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from numpy import uint8
    from numpy.typing import NDArray

_BYTES_OF_A_CHARACTER = 4  # at most, in UTF-8


class Beginning(NamedTuple):
    """The words that begin with one character. `frequencies` has 0 for what only begins a word."""

    frequencies: dict[str, int]
    tags: dict[str, str]


class Dictionary:
    """A line of the file: word, frequency and tag, with a space between them."""

    def __init__(self, content: bytes) -> None:
        import numpy

        self._content = content
        codes = numpy.frombuffer(content, dtype=numpy.uint8)
        self.total = _sum_of_frequencies(codes)
        self._places: dict[int, list[tuple[int, int]]] = {}
        starts, characters = _first_characters(codes)
        for start, stop, character in zip(starts, [*starts[1:], len(content)], characters, strict=True):
            self._places.setdefault(character, []).append((start, stop))
        self._beginnings: dict[str, Beginning] = {}

    def beginning(self, character: str) -> Beginning:
        """Do not change what it gives."""
        found = self._beginnings.get(character)
        if found is None:
            found = self._beginnings[character] = self._read(character)
        return found

    def tag(self, word: str) -> str | None:
        """jieba's part of speech of a word; `None` where the dictionary lacks it."""
        return self.beginning(word[0]).tags.get(word) if word else None

    def _read(self, character: str) -> Beginning:
        places = self._places.get(_code(character), ())
        cells = "".join(self._content[start:stop].decode("utf-8") for start, stop in places).replace("\n", " ").split(" ")
        words = cells[: len(cells) // 3 * 3 : 3]
        frequencies = dict(zip(words, map(int, cells[1::3]), strict=True))
        tags = dict(zip(words, cells[2::3], strict=True))
        if tags:
            frequencies.setdefault(character, 0)
        for word in tags:
            for end in range(len(word) - 1, 1, -1):
                if word[:end] in frequencies:
                    break  # and so are its own beginnings, or they will be
                frequencies[word[:end]] = 0
        return Beginning(frequencies, tags)


class Frequencies:
    """jieba's words together with one's own, whose frequencies take the place of jieba's. `known` grows as texts are asked about."""

    def __init__(self, own: Mapping[str, int]) -> None:
        self.known: dict[str, int] = {}
        self.total = dictionary().total + sum(own.values())
        self._own: dict[str, dict[str, int]] = {}
        for word, frequency in own.items():
            self._own.setdefault(word[0], {})[word] = frequency
        self._read: set[str] = set()
        self._lock = threading.Lock()

    def of(self, text: str) -> dict[str, int]:
        """`known`, with every word in it that begins with a character of the text."""
        if not self._read.issuperset(text):
            with self._lock:
                for character in set(text) - self._read:
                    self.known.update(self._beginning(character))
                    self._read.add(character)
        return self.known

    def _beginning(self, character: str) -> dict[str, int]:
        own = self._own.get(character)
        theirs = dictionary().beginning(character).frequencies
        if not own:
            return theirs
        parts = {word[:end]: 0 for word in own for end in range(1, len(word))}
        return {**parts, **theirs, **own}


@cache
def dictionary() -> Dictionary:
    import jieba

    with jieba.get_dict_file() as file:
        return Dictionary(file.read())


def _code(character: str) -> int:
    return int.from_bytes(character.encode("utf-8", "surrogatepass"), "big")


def _first_characters(codes: NDArray[uint8]) -> tuple[list[int], list[int]]:
    """Where lines begin with another character than the one before, and that character as `_code` gives it."""
    import numpy

    starts = numpy.concatenate(([0], numpy.flatnonzero(codes[:-1] == ord("\n")) + 1))
    padded = numpy.concatenate((codes, numpy.zeros(_BYTES_OF_A_CHARACTER, dtype=numpy.uint8)))
    lead = codes[starts]
    length = 1 + (lead >= 0xC0).astype(numpy.int64) + (lead >= 0xE0) + (lead >= 0xF0)
    characters = numpy.zeros(len(starts), dtype=numpy.int64)
    for place in range(_BYTES_OF_A_CHARACTER):
        characters = numpy.where(place < length, characters << 8 | padded[starts + place], characters)
    new = numpy.concatenate(([True], characters[1:] != characters[:-1]))
    return starts[new].tolist(), characters[new].tolist()


def _sum_of_frequencies(codes: NDArray[uint8]) -> int:
    """Of all lines, those of a word that stands twice too, as jieba counts."""
    import numpy

    spaces = numpy.flatnonzero(codes == ord(" "))
    before, place = spaces[::2], spaces[1::2] - 1
    total, power = 0, 1
    while (inside := place > before).any():
        before, place = before[inside], place[inside]
        total += power * int((codes[place].astype(numpy.int64) - ord("0")).sum())
        place, power = place - 1, power * 10
    return total
