"""How well sentences meet a term of a question, worked out once for each sentence however often it is asked."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from kb.language.normalize import is_han
from kb.language.regex import regex
from kb.records import Sentence

if TYPE_CHECKING:
    from kb.qa.asking.terms import Term
    from kb.qa.finding.index import Index

NAMED, CARRIED, HEADING, TITLE = 1.0, 0.9, 0.75, 0.5  # what a sentence names, what it is about, what its heading and its title name
_NEIGHBOUR, _SYNONYM = 0.35, 0.85
_IN_PIECES = 0.8  # where a sentence says the words of a compound apart from one another (没有硬性规定)
_POINTING = 0.7  # where the sentence says by its first words that it goes on from the one before
_SAID_BEFORE = 0.7  # how well the sentence before must meet the term to lend it
_COMPOUND, _INSIDE = 4, 2  # characters of a word; characters more within it
_BREAKS = regex(r"[^\u3400-\u9fff]|[的和与及或是在了]")


class Meeting:
    """One term against the sentences of an index."""

    def __init__(self, term: Term, index: Index) -> None:
        self._words, self._parts, self._index = term.words, term.parts, index
        self._by_concept: dict[str, float] = {}  # sentence id → how well it meets the nearest of the term's concepts
        for concept, near in term.concepts:
            for id_, share in index.speaking_of(concept).items():
                if near * share > self._by_concept.get(id_, 0.0):
                    self._by_concept[id_] = near * share
        self._here: dict[str, float] = {}
        self._met: dict[str, float] = {}

    def met(self, sentence: Sentence) -> float:
        """In [0, 1]; a little where only the sentence before it meets the term."""
        known = self._met.get(sentence.id)
        if known is None:
            known = self._met[sentence.id] = self._find(sentence)
        return known

    def _find(self, sentence: Sentence) -> float:
        best = self._by_itself(sentence.id)
        if best < _NEIGHBOUR:
            before = self._index.before(sentence)
            if before is not None and self._by_itself(before.id) >= _SAID_BEFORE:
                best = _POINTING if self._index.points_back(sentence) else _NEIGHBOUR
        return best

    def _by_itself(self, id_: str) -> float:
        known = self._here.get(id_)
        if known is None:
            best = self._by_concept.get(id_, 0.0)
            best = self._by_words(id_, best) if best < 1.0 and self._words else best
            known = self._here[id_] = self._in_pieces(id_, best) if best < _IN_PIECES and self._parts else best
        return known

    def _by_words(self, id_: str, best: float) -> float:
        text, heading = self._index.folded[id_], self._index.headings[id_]
        worth = 1.0
        for word in self._words:
            if best >= worth:
                break
            if (word in text and self._whole(word, id_)) or (len(word) >= _COMPOUND and _parted(word, text)):
                best = worth
            elif word in heading:
                best = max(best, worth * HEADING)
            worth = _SYNONYM
        return best

    def _whole(self, word: str, id_: str) -> bool:
        """Whether a Latin word stands in a sentence by itself: FTP is not said by FTPS. Folded text has lost its blanks, hence the sentence."""
        return not word.isascii() or _standing(word).search(self._index.every[id_].text) is not None

    def _in_pieces(self, id_: str, best: float) -> float:
        text = self._index.folded[id_]
        said = sum(any(word in text for word in alternates) for alternates in self._parts)
        return max(best, _IN_PIECES * said / len(self._parts))


@lru_cache(maxsize=4096)
def _standing(word: str) -> re.Pattern[str]:
    """A folded Latin word as text writes it: blanks and hyphens within, in the plural where that is no other name (FTPS)."""
    plural = "(?:e?s)?" if len(word) >= _COMPOUND else ""
    written = r"[\s_.-]*".join(map(re.escape, word))
    return re.compile(f"(?<![A-Za-z0-9])(?<![A-Za-z0-9]-){written}{plural}(?!-?[A-Za-z0-9])", re.IGNORECASE)


def _parted(word: str, text: str) -> bool:
    """Whether a compound stands in a text with something more inside: 运行环境 in 运行时环境, 应用虚拟化 in 应用程序虚拟化."""
    head, tail = word[:2], word[-2:]
    place = text.find(head)
    while place >= 0:
        end = text.find(tail, place + 2, place + len(word) + _INSIDE)
        if end >= 0 and is_han(head[0]) and not _BREAKS.search(text, place + 2, end):
            return True
        place = text.find(head, place + 1)
    return False
