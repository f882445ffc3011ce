"""What is known of each sentence beside its text: its concepts, clauses, line and neighbours; built once for a state of the store."""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar

from kb.language.lexicon import Match
from kb.language.normalize import fold
from kb.language.regex import regex
from kb.qa.finding.meeting import CARRIED, HEADING, NAMED, TITLE, Meeting
from kb.qa.sources import Sources
from kb.records import Sentence

if TYPE_CHECKING:
    from kb.passages.encoders.static import Pieces
    from kb.qa.asking.terms import Term

Listed = TypeVar("Listed")
POINTS_BACK = regex(r"这样做|这是因为|这[种个些]|原因是|其[原目]|目的是|成立的原因|因此|所以|它|他们|两者|二者")
# a bare number marks an item only where a label follows: 「2 提高生产力:…」, but not 「3 台服务器…」
_MARK = regex(r"[ \t>]*(#{1,6}|[-*+•·]|\d{1,2}[.、)）]|\d{1,2}(?=[ \t]+[^\d\s:：,，。][^:：,，。\n]{0,19}[:：]))[ \t\u3000]*")
_LONGEST_HEADING = 60  # characters
_MOST_MEETINGS = 64  # terms; each knows what it was asked of, a sentence takes some hundred bytes
_NOTHING: Mapping[str, float] = MappingProxyType({})
_CLAUSE = regex(r"[,，;；。:：]|——")


class Index:
    """What is needed of each sentence to score it; built once for a state of the store, kept with its graph."""

    def __init__(self, sources: Sources) -> None:
        every = sources.reader.sentences()
        self.every: dict[str, Sentence] = {s.id: s for s in every}  # headings too
        self.places = _lines(every, sources)
        self._in_text: dict[str, int] = {}
        self._headed: tuple[tuple[Sentence, tuple[Any, ...]], ...] | None = None
        headings = {(sentence.article_id, part) for sentence in every for part in (sentence.heading or "").split(" / ")}
        copied = self._copied = sources.reader.copied()  # two articles of one text are one source, and one answer
        # a heading says nothing by itself
        self.sentences = {s.id: s for s in every if s.id not in copied and (s.article_id, s.text.rstrip(":：")) not in headings}
        self.folded = {id_: fold(sentence.text) for id_, sentence in self.every.items()}
        self.headings = {id_: fold(sentence.heading or "") for id_, sentence in self.every.items()}
        self.concepts: dict[str, set[str]] = {}
        self.carried: dict[str, set[str]] = {}
        self.by_concept: dict[str, list[str]] = {}
        mentions = sources.reader.mentions(copies=True)
        discovered = {concept.id for concept in sources.lexicon.concepts() if concept.kind == "discovered"}
        holding = {m.sentence_id for m in mentions if m.found_by == "nested"}
        found_here = {
            (m.sentence_id, place) for m in mentions if m.sentence_id in holding and m.concept_id in discovered for place in range(*m.span)
        }
        for mention in mentions:
            # 进程 in 隔离进程 is spoken of, 主机 in 宿主机 is not: a name found in an article is a phrase as well
            if mention.found_by == "nested" and (mention.sentence_id, mention.span[0]) not in found_here:
                continue
            self.concepts.setdefault(mention.sentence_id, set()).add(mention.concept_id)
            if mention.sentence_id not in copied:
                self.by_concept.setdefault(mention.concept_id, []).append(mention.sentence_id)
        for claim in sources.stated.every:
            spoken = self.carried.setdefault(claim.sentence_id, set())
            spoken.add(claim.object if claim.relation == "part_of" else claim.subject)  # 虚拟机由硬件组成 speaks of the whole
        self.titles = {article.id: article.title for article in sources.reader.articles()}
        titled = {id_: frozenset(m.concept_id for m in sources.lexicon.find(title)) for id_, title in self.titles.items()}
        self.titled = titled  # article id → concepts
        self.title_concepts = {id_: titled.get(sentence.article_id, frozenset()) for id_, sentence in self.sentences.items()}
        self._characters: Counter[str] | None = None
        self._named: dict[str, tuple[Match, ...]] = {}
        self._clauses: dict[str, tuple[str, ...]] = {}
        self._meetings: dict[tuple[object, ...], Meeting] = {}
        self.pieces: dict[str, Pieces] = {}  # of the sentences that were compared piece by piece
        self.heading_concepts: dict[str, frozenset[str]] = {}
        known: dict[str, frozenset[str]] = {}
        for id_, sentence in self.sentences.items():
            if sentence.heading:
                if sentence.heading not in known:
                    known[sentence.heading] = frozenset(match.concept_id for match in sources.lexicon.find(sentence.heading))
                self.heading_concepts[id_] = known[sentence.heading]

    @cached_property
    def _pairs(self) -> Counter[str]:
        """In how many sentences two characters stand side by side."""
        texts = [self.folded[id_] for id_ in self.sentences]
        return Counter(pair for text in texts for pair in {text[i : i + 2] for i in range(len(text) - 1)})

    def pairs_of(self, text: str) -> tuple[tuple[str, float], ...]:
        """Neighbouring characters of a text, each with its share of their rarity in the sentences (all shares sum to 1)."""
        folded = fold(text)
        pairs = dict.fromkeys(folded[i : i + 2] for i in range(len(folded) - 1))  # in order: sums come out the same every time
        weights = {pair: math.log(1 + len(self.sentences) / (0.5 + self._pairs.get(pair, 0))) for pair in pairs}
        total = sum(weights.values()) or 1.0
        return tuple((pair, weight / total) for pair, weight in weights.items())

    def rarity(self, piece: str) -> float:
        """In nats: of a folded character, or of a longer stretch of them, among the sentences."""
        if self._characters is None:
            self._characters = Counter(character for id_ in self.sentences for character in set(self.folded[id_]))
        found = self._characters[piece] if len(piece) == 1 else self.count(piece)
        return math.log(1 + len(self.sentences) / (0.5 + found))

    def count(self, name: str) -> int:
        """Sentences that hold a folded stretch of characters, be it a word or not."""
        found = self._in_text.get(name)
        if found is None:
            found = self._in_text[name] = sum(name in self.folded[id_] for id_ in self.sentences)
        return found

    def following(self, sentence: Sentence) -> Iterator[Sentence]:
        """Every sentence of the segment behind this one, headings included."""
        place = sentence.position + 1
        while (other := self.every.get(f"{sentence.article_id}#{place}")) and other.segment == sentence.segment:
            yield other
            place += 1

    def headed(self, items: Callable[[Sentence, Index], tuple[Listed, ...]]) -> tuple[tuple[Sentence, tuple[Listed, ...]], ...]:
        """Headings and announcing lines with the items that `items` finds behind them; looked up once."""
        if self._headed is None:
            found = ((sentence, items(sentence, self)) for sentence in self.every.values() if not self._is_copy(sentence))
            self._headed = tuple((heading, listed) for heading, listed in found if listed)
        return self._headed

    def _is_copy(self, heading: Sentence) -> bool:
        """A heading that stands with what is under it in another article too."""
        return heading.id in self._copied and f"{heading.article_id}#{heading.position + 1}" in self._copied

    def clauses(self, sentence: Sentence) -> tuple[str, ...]:
        """Folded."""
        found = self._clauses.get(sentence.id)
        if found is None:
            found = self._clauses[sentence.id] = tuple(part for part in _CLAUSE.split(self.folded[sentence.id]) if part)
        return found

    def meeting(self, term: Term) -> Meeting:
        """How well sentences meet the term; kept for the last terms asked about, since one question looks for the same ones several times."""
        key = (term.words, term.concepts, term.parts)
        found = self._meetings.get(key)
        if found is None:
            if len(self._meetings) >= _MOST_MEETINGS:
                self._meetings.clear()
            found = self._meetings[key] = Meeting(term, self)
        return found

    def speaking_of(self, concept: str) -> Mapping[str, float]:
        """Sentence id → how plainly it speaks of the concept."""
        return self._speaking.get(concept, _NOTHING)

    @cached_property
    def _speaking(self) -> dict[str, dict[str, float]]:
        found: dict[str, dict[str, float]] = {}
        for by_sentence, share in (
            (self.title_concepts, TITLE),
            (self.heading_concepts, HEADING),
            (self.carried, CARRIED),
            (self.concepts, NAMED),
        ):  # the plainest last
            for id_, concepts in by_sentence.items():
                for concept in concepts:
                    found.setdefault(concept, {})[id_] = share
        return found

    def points_back(self, sentence: Sentence) -> bool:
        """Whether a sentence says by its first words that it goes on from the one before."""
        return POINTS_BACK.match(sentence.text) is not None

    def named(self, clause: str, sources: Sources) -> tuple[Match, ...]:
        """Names in a folded clause."""
        found = self._named.get(clause)
        if found is None:
            found = self._named[clause] = sources.lexicon.find(clause)
        return found

    def about(self, sentence: Sentence) -> set[str]:
        """Concepts that a sentence names or is said to be about, or that its heading or title names; with 它 or 这种 also those before."""
        named = self.concepts.get(sentence.id, set()) | self.carried.get(sentence.id, set())
        around = self.heading_concepts.get(sentence.id, frozenset()) | self.title_concepts.get(sentence.id, frozenset())
        before = self.before(sentence) if POINTS_BACK.match(sentence.text) else None
        return named | around | (self.concepts.get(before.id, set()) if before else set())

    def before(self, sentence: Sentence) -> Sentence | None:
        other = self.sentences.get(f"{sentence.article_id}#{sentence.position - 1}")
        return other if other and other.segment == sentence.segment else None

    def after(self, sentence: Sentence) -> Sentence | None:
        other = self.sentences.get(f"{sentence.article_id}#{sentence.position + 1}")
        return other if other and other.segment == sentence.segment else None


@dataclass(frozen=True, slots=True)
class Place:
    """`line`: number of the line in the article; `mark`: what stands before its text there (`-`, `1.`), `#` for a heading, empty for plain text."""

    line: int
    mark: str


def _lines(sentences: Iterable[Sentence], sources: Sources) -> dict[str, Place]:
    found: dict[str, Place] = {}
    starts: dict[str, tuple[str, list[int]]] = {}
    for sentence in sentences:
        if sentence.article_id not in starts:
            article = sources.reader.article(sentence.article_id)
            text = article.text if article else ""
            starts[sentence.article_id] = (text, [0, *(match.end() for match in re.finditer("\n", text))])
        text, lines = starts[sentence.article_id]
        line = bisect_right(lines, sentence.span[0]) - 1
        match = _MARK.match(text, lines[line])
        found[sentence.id] = Place(line, match[1] if match else "#" if _heads(line, text, lines) else "")
    return found


def _heads(line: int, text: str, starts: Sequence[int]) -> bool:
    """A short line without an end mark, set off from what stands above and not from what stands below."""

    def at(number: int) -> str:
        end = starts[number + 1] if number + 1 < len(starts) else len(text)
        return text[starts[number] : end].strip() if 0 <= number < len(starts) else ""

    own = at(line)
    return len(own) <= _LONGEST_HEADING and not own.endswith(tuple("。.;；:：,，")) and not at(line - 1) and bool(at(line + 1))


def index_of(sources: Sources) -> Index:
    index = sources.graph.graph.get("index")
    if not isinstance(index, Index):
        index = sources.graph.graph["index"] = Index(sources)
    return index
