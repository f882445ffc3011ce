"""Text that remembers where each of its characters came from, and the folded form in which names are matched.

Every edit of a `MappedText` gives a new one whose characters still know their place in the original; so whatever is found
in cleaned text can be quoted and highlighted in the text that the user gave.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache

from kb.language.regex import regex
from kb.records import Span

_SKIPPED = regex(r"[\s\-_·•‐-―'\"“”‘’`]")


@dataclass(frozen=True, slots=True)
class MappedText:
    """`starts[i]`, `ends[i]`: the stretch of the original that `text[i]` stands for (half-open, characters)."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    @classmethod
    def identity(cls, text: str) -> MappedText:
        return cls(text, tuple(range(len(text))), tuple(range(1, len(text) + 1)))

    def original(self, start: int, end: int) -> Span:
        """The original span of `text[start:end]`; an empty stretch gives an empty span."""
        if start >= end:
            place = self.starts[start] if start < len(self.text) else (self.ends[-1] if self.ends else 0)
            return place, place
        return self.starts[start], self.ends[end - 1]

    def slice(self, start: int, end: int) -> MappedText:
        return MappedText(self.text[start:end], self.starts[start:end], self.ends[start:end])

    def strip(self) -> MappedText:
        left = len(self.text) - len(self.text.lstrip())
        return self.slice(left, max(left, len(self.text.rstrip())))

    def replace(self, pattern: re.Pattern[str], replacement: str | Callable[[re.Match[str]], str]) -> MappedText:
        """Each character of a replacement stands for the whole stretch that it replaces."""
        pieces: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        last = 0
        found = list(pattern.finditer(self.text))
        if not found:
            return self
        for match in found:
            pieces.append(self.text[last : match.start()])
            starts.extend(self.starts[last : match.start()])
            ends.extend(self.ends[last : match.start()])
            new = replacement if isinstance(replacement, str) else replacement(match)
            start, end = self.original(match.start(), match.end())
            pieces.append(new)
            starts.extend([start] * len(new))
            ends.extend([end] * len(new))
            last = match.end()
        pieces.append(self.text[last:])
        starts.extend(self.starts[last:])
        ends.extend(self.ends[last:])
        return MappedText("".join(pieces), tuple(starts), tuple(ends))

    def without(self, spans: Iterable[Span]) -> MappedText:
        """`spans` are in characters of this text, may overlap, in any order."""
        keep = bytearray(b"\x01") * len(self.text)
        for start, end in spans:
            keep[start:end] = bytes(max(0, min(end, len(keep)) - start))
        chosen = [index for index, kept in enumerate(keep) if kept]
        return MappedText(
            "".join(self.text[index] for index in chosen),
            tuple(self.starts[index] for index in chosen),
            tuple(self.ends[index] for index in chosen),
        )

    @staticmethod
    def join(pieces: Iterable[MappedText], separator: str) -> MappedText:
        """A separator's characters stand for the empty stretch behind the piece before them."""
        text: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        for piece in pieces:
            if text:
                place = ends[-1] if ends else 0
                text.append(separator)
                starts.extend([place] * len(separator))
                ends.extend([place] * len(separator))
            text.append(piece.text)
            starts.extend(piece.starts)
            ends.extend(piece.ends)
        return MappedText("".join(text), tuple(starts), tuple(ends))


class _Folded(dict[str, str]):
    """Character → its folded form; no more than there are characters in Unicode."""

    def __missing__(self, character: str) -> str:
        self[character] = folded = "" if _SKIPPED.match(character) else unicodedata.normalize("NFKC", character).lower()
        return folded


_fold_character = _Folded().__getitem__


@lru_cache(maxsize=8192)  # the same words and names again and again
def fold(text: str) -> str:
    """The form in which names are compared: NFKC, lower case, without white space, hyphens and quotation marks."""
    return "".join(map(_fold_character, text))


@lru_cache(maxsize=1024)  # one sentence is searched for the names of several vocabularies
def fold_with_places(text: str) -> tuple[str, tuple[int, ...]]:
    """`fold(text)` and, for each folded character, the index in `text` that it came from."""
    folded = list(map(_fold_character, text))
    joined = "".join(folded)
    if len(joined) == len(text) and "" not in folded:
        return joined, tuple(range(len(text)))
    return joined, tuple(index for index, piece in enumerate(folded) for _ in piece)


# of the strokes that simplified characters are made of, only these stand for a whole character; Unicode gives them no equivalent
_STROKES = str.maketrans("⻅⻆⻉⻋⻓⻔⻙⻚⻛⻜⻢⻥⻦⻧⻨⻩⻬⻮⻰⺠⻄⻁⻤⻘⻝⻣", "见角贝车长门韦页风飞马鱼鸟卤麦黄齐齿龙民西虎鬼青食骨")
_COMPATIBLE = regex(r"[\u2e80-\u2fdf\uf900-\ufaff]")


def usual_characters(text: str) -> str:
    """Radicals and other look-alikes, which many a PDF has in place of characters (⽽, ⼏), as those characters; of the same length."""
    return _COMPATIBLE.sub(lambda match: unicodedata.normalize("NFKC", match.group()), text.translate(_STROKES))


def is_han(character: str) -> bool:
    return "\u3400" <= character <= "\u9fff" or "\uf900" <= character <= "\ufaff"
