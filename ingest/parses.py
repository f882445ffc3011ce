"""Words and arcs of the sentences that are worth parsing; each mention of a concept is one word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from ingest.concepts import Reading
from kb.language.normalize import is_han
from kb.language.parser import Arc, Parser
from kb.language.words import Tokenizer

LONGEST = 80  # words; a longer sentence is a list, and its arcs are not to be trusted
MODALS = frozenset("需要 可以 能够 能 会 必须 应该 负责 用来 用于 使 使得 让 允许 要 来 去 开始 支持".split())

_FUSED = ("在", "于", "到", "着", "出", "成", "为")  # 运行在 is one word for patterns and two for the parser
_GLUED_AHEAD = frozenset("的为把被将就才又还也都并且却仍让使")  # begin none: 的域, 就会报
_GLUED = frozenset("会则使均都也还可能就才又将被由应须需让")  # end no noun, yet jieba guesses words that do: 器会, 组使


class Word(NamedTuple):
    """`start` and `end` are characters of the reading's text."""

    text: str
    start: int
    end: int
    concept: str | None = None


@dataclass(frozen=True, slots=True)
class Parse:
    """`arcs[i]` is the arc of `words[i]`; heads are indices of words."""

    words: tuple[Word, ...]
    arcs: tuple[Arc, ...]
    children: tuple[list[int], ...] = field(init=False, repr=False, compare=False)  # by word, those that hang on it, in order

    def __post_init__(self) -> None:
        children: tuple[list[int], ...] = tuple([] for _ in self.words)
        for arc in self.arcs:
            if arc.head != arc.index:
                children[arc.head].append(arc.index)
        object.__setattr__(self, "children", children)

    def at(self, place: int) -> int | None:
        """The word that covers a character of the reading's text."""
        return next((index for index, word in enumerate(self.words) if word.start <= place < word.end), None)


def parse_sentences(readings: Sequence[Reading], tokenizer: Tokenizer, parser: Parser, verbs: Iterable[str]) -> dict[int, Parse]:
    """Index into `readings` → parse, for the sentences with a concept and one of `verbs`."""
    verbs = frozenset(verbs)
    says = _any_of(verbs)
    worth = {index: words_of(reading, tokenizer) for index, reading in enumerate(readings) if _is_worth_parsing(reading, says)}
    named = [([w.text for w in words], [n for n, w in enumerate(words) if w.concept and w.text not in verbs]) for words in worth.values()]
    arcs = parser.parse_all(named)
    return {index: Parse(tuple(words), found) for (index, words), found in zip(worth.items(), arcs, strict=True)}


@lru_cache(maxsize=4)
def _any_of(words: frozenset[str]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(words))))


def _is_worth_parsing(reading: Reading, says: re.Pattern[str]) -> bool:
    """A concept and a verb; the other end may be a noun phrase that no concept names."""
    body = reading.piece.body
    named = any(match.start >= body for match in reading.matches)
    return named and not reading.piece.is_heading and says.search(reading.text, body) is not None


def words_of(reading: Reading, tokenizer: Tokenizer) -> list[Word]:
    """The words of a sentence after its label, each mention one word, fused verbs in two; blanks left out."""
    text, body = reading.text, reading.piece.body
    words: list[Word] = []
    place = body
    for match in (*(m for m in reading.matches if m.start >= body), None):
        end = match.start if match else len(text)
        for word in tokenizer.texts(text[place:end]):
            if not word.isspace():
                words.append(Word(word, place, place + len(word)))
            place += len(word)
        if match:
            words.append(Word(text[match.start : match.end], match.start, match.end, match.concept_id))
            place = match.end
    return [piece for word in words[:LONGEST] for piece in _unfused(word, tokenizer)][:LONGEST]


def _unfused(word: Word, tokenizer: Tokenizer) -> Iterator[Word]:
    """运行|在, and 负责|管理, which jieba guesses to be one word that no dictionary has."""
    text = word.text
    fused = word.concept is None and len(text) >= 3
    if fused and text.endswith(_FUSED):
        cut = len(text) - 1
    elif fused and len(text) == 4 and _two_words(text, tokenizer):
        cut = 2
    elif word.concept is None and len(text) > 1 and text[0] in _GLUED_AHEAD and is_han(text[1]) and not tokenizer.is_word(text):
        cut = 1
    elif word.concept is None and len(text) > 1 and text[-1] in _GLUED and is_han(text[0]) and not tokenizer.is_word(text):
        cut = len(text) - 1
    else:
        yield word
        return
    yield Word(text[:cut], word.start, word.start + cut)
    yield Word(text[cut:], word.start + cut, word.end)


def _two_words(text: str, tokenizer: Tokenizer) -> bool:
    """负责管理 stands in the dictionary, yet its 管理 has an object of its own."""
    halves = tokenizer.is_word(text[:2]) and tokenizer.is_word(text[2:])
    return halves and (text[:2] in MODALS or not tokenizer.is_word(text))
