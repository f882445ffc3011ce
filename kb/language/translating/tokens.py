"""The words of an English question: contractions written out, names of things found, each place knowing what may begin there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple, Protocol, TypeVar

from kb.language.lexicon import Match, written_otherwise
from kb.language.normalize import fold, is_han
from kb.language.regex import regex
from kb.language.translating.vocabulary import LONGEST, is_function_word, is_ordinary, nouns
from kb.language.vocabulary import runs_into
from kb.records import Concept

_T = TypeVar("_T")

_WORD = regex(r"'s\b|[A-Za-z0-9_./@][A-Za-z0-9_./+#@%-]*|[,;:?!—–()]|\S")
_CONTRACTIONS = tuple(
    (regex(pattern, re.I), plainly)
    for pattern, plainly in (
        (r"\bwon['’]t\b", "will not"),
        (r"\bcan['’]t\b|\bcannot\b", "can not"),
        (r"\bshan['’]t\b", "shall not"),
        (r"(?<=[a-z])n['’]t\b", " not"),
        (r"\b(what|who|how|where|when|why|that|there|here|it|he|she)['’]s\b", r"\1 is"),
        (r"\b(I|you|we|they|what|how|who|these|those)['’](?:re|m)\b", r"\1 are"),
        (r"\b(I|you|we|they|it|that|who|there)['’]ll\b", r"\1 will"),
        (r"\b(I|you|we|they|what|who)['’]ve\b", r"\1 have"),
        (r"\b(I|you|we|they|he|she|it|who|that)['’]d\b", r"\1 would"),
        (r"\bgonna\b", "going to"),
        (r"\bwanna\b", "want to"),
        (r"’", "'"),
        (r"\s*\([^()]*\)", ""),
        (r"\.(?=\s+[A-Z])", " ;"),
        (r"[\"“”‘`]|(?<!\w)'|'(?!\w)", ""),
        (r"\b(more|less|fewer|rather|other) then\b", r"\1 than"),
    )
)


class Names(Protocol):
    """What knows the names of things: the lexicon."""

    def find(self, text: str) -> tuple[Match, ...]: ...

    def concept(self, concept_id: str) -> Concept: ...


class Piece(NamedTuple):
    """A stretch put into Chinese. `cost`: how far-fetched that reading is. `mark`: what a larger phrase must know of it."""

    cost: float
    chinese: str
    mark: str = ""


Pieces = dict[int, Piece]  # where the stretch ends -> its best reading


def keep(found: Pieces, end: int, piece: Piece) -> bool:
    """Adds a reading where it is the best so far."""
    if end in found and found[end].cost <= piece.cost:
        return False
    found[end] = piece
    return True


class Token(NamedTuple):
    text: str
    word: str  # in lower case


class Reading:
    """One question being read; what was found at a place is kept."""

    def __init__(self, text: str, names: Names) -> None:
        for pattern, plainly in _CONTRACTIONS:
            text = pattern.sub(plainly, text)
        matches = tuple(_WORD.finditer(text))
        self.tokens = tuple(_token(match) for match in matches)
        self.size = len(self.tokens)
        self.names: dict[int, list[tuple[int, str]]] = {}  # first token -> (token behind the last, Chinese)
        self._memo: dict[Any, Any] = {}
        self._beginning = tuple(self._entries_from(place) for place in range(self.size))
        starts = {match.start(): index for index, match in enumerate(matches)}
        ends = {place: index + 1 for index, match in enumerate(matches) for place in _ends(match)}
        for found in names.find(text):
            if found.start in starts and found.end in ends:
                self._add_name(starts[found.start], ends[found.end], text[found.start : found.end], names.concept(found.concept_id))

    def _add_name(self, start: int, end: int, written: str, concept: Concept) -> None:
        if end - start == 1 and written.islower() and is_ordinary(written):
            if written_otherwise(concept, written):
                return  # the ordinary word, not the keyword written like it
        if end - start == 1 and not written[1:].isupper() and is_function_word(self.tokens[start].word):
            return  # Has, not a name that begins so
        if end - start == 1 and written.islower() and written in nouns():
            return  # the ordinary word says it better than the name of the concept: 许可证, 网络
        chinese = any(map(is_han, concept.name))
        meant = fold(written) == fold(concept.name_en or "") or written.lower() in nouns() or " " in written or written.islower()
        self.names.setdefault(start, []).append(
            (end, concept.name if (chinese and meant) or (not chinese and written.islower()) else written)
        )

    def _entries_from(self, place: int) -> tuple[tuple[int, str], ...]:
        ends = range(min(self.size, place + LONGEST), place, -1)
        return tuple((end, self.words(place, end)) for end in ends)

    def word(self, place: int) -> str:
        return self.tokens[place].word if 0 <= place < self.size else ""

    def words(self, start: int, end: int) -> str:
        return " ".join(token.word for token in self.tokens[start:end])

    def entries(self, place: int, table: Mapping[str, _T]) -> Iterable[tuple[int, _T]]:
        """What of a table stands here, longest first, with where it ends."""
        for end, words in self._beginning[place] if place < self.size else ():
            if words in table:
                yield end, table[words]

    def once(self, key: Any, find: Callable[[], _T], empty: _T) -> _T:
        """`find()`, called once per key; `empty` while it is being found (a phrase that would begin with itself)."""
        if key not in self._memo:
            self._memo[key] = empty
            self._memo[key] = find()
        found: _T = self._memo[key]
        return found


def _token(match: re.Match[str]) -> Token:
    text = match.group().rstrip(".") or match.group()
    return Token(text, text.lower())


def _ends(match: re.Match[str]) -> tuple[int, ...]:
    """Where a name that ends with this word may end: before a full stop, a plural's s."""
    bare = match.group().rstrip(".")
    end = match.start() + len(bare)
    return (match.end(), end, end - 1) if bare.endswith("s") and len(bare) > 2 else (match.end(), end)


def glued(*parts: str) -> str:
    """Chinese and Latin words in a row; a blank where two Latin ones meet."""
    text = ""
    for part in parts:
        text += f" {part}" if runs_into(text[-1:], part[:1]) else part
    return text
