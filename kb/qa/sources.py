"""What a question kind may ask of the knowledge base, and nothing else."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from kb.domain import Domain
from kb.graph.building import Graph
from kb.language.lexicon import Lexicon
from kb.language.normalize import fold
from kb.language.words import Tokenizer
from kb.passages.encoders import SentenceEmbedding
from kb.qa.statements import Statements
from kb.records import Language, Measurement, Seen, Sentence
from kb.store import Reader

Measure = Callable[[str, str], Measurement | None]
About = Literal["inside", "kvm", "running"]
Look = Callable[[About, Language], Seen | None]
_NEAR, _FAR = 0.7, 0.5
_MOST_WORDS = 20_000  # whose frequencies are kept


class _Names:
    """The folded names of concepts, found by how they begin and how they end."""

    def __init__(self, named: Iterable[tuple[str, str]]) -> None:
        self.order: dict[str, int] = {}
        self.ids: dict[str, list[str]] = {}
        for id_, name in named:
            self.order[id_] = len(self.order)
            self.ids.setdefault(name, []).append(id_)
        self._longer: dict[str, set[str]] = {}
        for name in self.ids:
            for part in self._ends(name):
                self._longer.setdefault(part, set()).add(name)

    def beside(self, name: str) -> set[str]:
        """Names that `name` consists of together with a third one, and names that consist of it and a third one."""
        shorter = {part for part in self._ends(name) if part in self.ids and self._joins(part, name)}
        return shorter | {longer for longer in self._longer.get(name, ()) if self._joins(name, longer)}

    def _joins(self, short: str, long: str) -> bool:
        rest = long[len(short) :] if long.startswith(short) else long[: -len(short)]
        return rest in self.ids

    @staticmethod
    def _ends(name: str) -> set[str]:
        """What it begins and ends with, of two characters at least."""
        return {part for cut in range(1, len(name)) for part in (name[:cut], name[cut:]) if len(part) >= 2}


@dataclass
class Sources:
    """`measure(concept, metric)` gives what this host recorded; it starts nothing. `look` tells what this machine is and runs now."""

    lexicon: Lexicon
    tokenizer: Tokenizer
    domain: Domain
    reader: Reader
    graph: Graph
    measure: Measure
    look: Look = lambda about, language: None
    embedding: SentenceEmbedding | None = None
    told: frozenset[str] = frozenset()  # ids of sentences that were told already and are not wanted again

    @property
    def size(self) -> int:
        """Sentences in the store."""
        if "sentences" not in self.graph.graph:
            self.graph.graph["sentences"] = max(1, self.reader.counts()["sentence"])
        return int(self.graph.graph["sentences"])

    def frequency(self, term: str) -> int:
        """In how many sentences a word of the index occurs; looked up once for a state of the store."""
        known: dict[str, int] = self.graph.graph.setdefault("frequencies", {})
        if term not in known:
            if len(known) >= _MOST_WORDS:
                known.clear()
            known[term] = self.reader.frequency(term)
        return known[term]

    def rarity(self, term: str) -> float:
        """Inverse document frequency of a word, in nats."""
        return math.log(1 + self.size / (0.5 + self.frequency(term.lower())))

    def known_in_articles(self, concept_id: str) -> bool:
        return concept_id in self.graph and self.graph.nodes[concept_id]["mentions"] > 0

    def family(self, concept_id: str) -> dict[str, float]:
        """Concepts for which the text slides into one another (Docker, Docker容器, 容器), with how near they are; itself is 1."""
        known: dict[str, dict[str, float]] = self.graph.graph.setdefault("families", {})
        if concept_id not in known:
            known[concept_id] = self._family(concept_id)
        return known[concept_id].copy()

    def _family(self, concept_id: str) -> dict[str, float]:
        near = {concept_id: 1.0}
        for first in self._alike(concept_id):
            near[first] = _NEAR
        for first in list(near):
            if near[first] == _NEAR and self._compound(first):
                for second in self._alike(first):
                    if self.proper(concept_id) or self.proper(second):
                        near.setdefault(second, _FAR)
        return near

    def proper(self, concept_id: str) -> bool:
        """A product, or a name in Latin letters. Docker stands for 容器 where a text says Docker容器; 应用服务器 makes no server of an 应用."""
        return concept_id in self.lexicon and (
            self.lexicon.concept(concept_id).kind == "product" or self.lexicon.concept(concept_id).name.isascii()
        )

    def _compound(self, concept_id: str) -> bool:
        """Docker容器 joins two concepts, 容器 does not."""
        return sum(1 for id_ in self._alike(concept_id) if len(self._folded(id_)) < len(self._folded(concept_id))) >= 2

    def _folded(self, concept_id: str) -> str:
        return fold(self.lexicon.concept(concept_id).name) if concept_id in self.lexicon else ""

    def _alike(self, concept_id: str) -> tuple[str, ...]:
        """Concepts of the articles that stand in one phrase with this one and name it: a compound and its two parts."""
        own = self._folded(concept_id)
        if len(own) < 2:
            return ()
        cache: dict[str, tuple[str, ...]] = self.graph.graph.setdefault("alike", {})
        if concept_id not in cache:
            names = self._names()
            found = (id_ for name in names.beside(own) for id_ in names.ids[name] if id_ != concept_id)
            cache[concept_id] = tuple(sorted(found, key=names.order.__getitem__))
        return cache[concept_id]

    def _names(self) -> _Names:
        """Looked up once for a state of the store."""
        if "folded_names" not in self.graph.graph:
            concepts = (id_ for id_ in self.graph if self.graph.nodes[id_]["concept"].kind != "phrase")
            self.graph.graph["folded_names"] = _Names((id_, self._folded(id_)) for id_ in concepts)
        found: _Names = self.graph.graph["folded_names"]
        return found

    def sentence(self, sentence_id: str) -> Sentence | None:
        """Looked up once for a state of the store."""
        known: dict[str, Sentence | None] = self.graph.graph.setdefault("sentences_by_id", {})
        if sentence_id not in known:
            known[sentence_id] = self.reader.sentence(sentence_id)
        return known[sentence_id]

    @property
    def stated(self) -> Statements:
        """Looked up once for a state of the store."""
        if "stated" not in self.graph.graph:
            self.graph.graph["stated"] = Statements(self.reader, self.graph.graph.get("claims"))
        found: Statements = self.graph.graph["stated"]
        return found

    def name(self, concept_id: str, language: Language = "zh") -> str:
        """The concept's name, in English where it has one and English is asked for."""
        if concept_id in self.lexicon:
            concept = self.lexicon.concept(concept_id)
            return (concept.name_en if language == "en" else None) or concept.name
        node = self.graph.nodes.get(concept_id)
        return str(node["concept"].name) if node else concept_id
