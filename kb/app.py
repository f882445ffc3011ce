"""The knowledge base as one object: wires store, graph, answering and probe together; the only file that knows them all.

It reads no articles itself (that is `ingest`, above it) and shows nothing (that is `web` and `kb.cli`).
"""

from __future__ import annotations

import hashlib
import logging
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from kb.config import Settings, default_database
from kb.curation import check, curated, others_of
from kb.domain import Domain, load_domain
from kb.errors import BadInput, EmptyText, NotFound, TooLarge
from kb.graph.building import Graph, build_graph, facts_of, neighbourhood, of_relation
from kb.graph.disagreements import find_disagreements
from kb.graph.layers import Stack, stacks_of
from kb.graph.paths import find_paths
from kb.graph.pictures import GraphView, drawn, of_answer
from kb.language.lexicon import Lexicon, names_of
from kb.language.words import Tokenizer
from kb.passages.encoders import SentenceEmbedding
from kb.records import (
    Answer,
    Comparison,
    Concept,
    Decision,
    Disagreement,
    Evidence,
    Fact,
    GraphPath,
    Language,
    Measurement,
    Quantity,
    Seen,
    Sentence,
    Span,
)
from kb.registry import family
from kb.store import Store

if TYPE_CHECKING:
    from kb.probe import Prober
    from kb.probe.ports import Disk
    from kb.qa.sources import Sources


ALL_METRICS = "all"  # in place of a metric: the full set of `kb.probe`, each look shared
_log = logging.getLogger(__name__)
_VIEWS = 32  # pictures of the graph kept until an article changes


@dataclass(frozen=True, slots=True)
class ConceptView:
    """A concept and all that is said of it; `quotes` are sentences that name it."""

    concept: Concept
    facts: tuple[Fact, ...]
    comparisons: tuple[Comparison, ...]
    quantities: tuple[Quantity, ...]
    quotes: tuple[Evidence, ...]
    mentions: int


class KnowledgeBase:
    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.published: Domain = load_domain(settings.domain)
        self.embedding = SentenceEmbedding(settings.embedding)
        # the words that index are those of the vocabulary as people have decided it to be, which the store knows
        self.store = Store(settings.db, lambda text: self.tokenizer.terms(text), self.embedding)
        self._take_decisions()
        self._lock = threading.Lock()
        self._concepts: tuple[Concept, ...] | None = None
        self._lexicon: Lexicon | None = None
        self._graph: Graph | None = None
        self._version: str | None = None
        self._views: dict[tuple[str | None, int, int, str | None], GraphView] = {}
        self._told = False

    @classmethod
    def open(cls, settings: Settings) -> KnowledgeBase:
        """:raises StoreError: the database cannot be used. :raises BadDomainData: a row of the vocabulary is wrong."""
        base = cls(settings)
        base._sync_vocabulary()
        return base

    def _take_decisions(self) -> None:
        self.domain: Domain = curated(self.published, self.store.decisions())
        self.tokenizer = Tokenizer(names_of(self.domain.concepts))

    def decide(self, decision: Decision | None) -> None:
        """Keep a decision on a concept, or take the last one back (`None`). Articles are as they were read before: reading is for `ingest`.

        :raises BadInput: it cannot be carried out; says why.
        """
        if decision is None:
            self.store.take_back_decision()
        else:
            check(decision, self.lexicon)
            self.store.add_decisions([replace(decision, others=others_of(decision, self.lexicon))])
        self._follow_decisions()

    def take_decisions(self, decisions: Iterable[Decision]) -> None:
        """Keep decisions made in another knowledge base, whose concepts need not be known here yet."""
        self.store.add_decisions(decisions)
        self._follow_decisions()

    def _follow_decisions(self) -> None:
        self._take_decisions()
        self._sync_vocabulary()
        self.refresh()

    def _sync_vocabulary(self) -> None:
        decided = repr([(d.action, d.name, d.target, d.others) for d in self.store.decisions()])
        fingerprint = f"{_fingerprint(self.settings.domain)} {hashlib.sha256(decided.encode()).hexdigest()[:8]}"
        if self.store.meta("vocabulary") != fingerprint:
            self.store.set_vocabulary(self.domain.concepts, fingerprint)

    def close(self) -> None:
        self.store.close()

    # ------------------------------------------------------------ what is known

    def refresh(self) -> None:
        """Forget what was derived from the store; the next question sees what an ingest or a removal changed."""
        with self._lock:
            self._concepts = self._lexicon = self._graph = None
            self._views.clear()

    @property
    def lexicon(self) -> Lexicon:
        """The vocabulary and what articles added to it, without literals."""
        with self._lock:
            if self._lexicon is None:
                self._lexicon = Lexicon(concept for concept in self._every_concept() if concept.kind != "phrase")
            return self._lexicon

    @property
    def graph(self) -> Graph:
        with self._lock:
            if self._graph is None:
                self._graph = build_graph(self.store, self._every_concept())
            return self._graph

    def _every_concept(self) -> tuple[Concept, ...]:
        if self._concepts is None:
            self._concepts = self.store.concepts()
        return self._concepts

    def find_concepts(self, query: str, limit: int = 20) -> tuple[Concept, ...]:
        """Concepts whose name contains `query`, those that articles speak of most first; all of them for an empty query."""
        counts = self.store.mention_counts()
        wanted = query.strip().casefold()
        found = [c for c in self.lexicon.concepts() if any(wanted in name.casefold() for name in (c.name, c.name_en or "", *c.aliases))]
        found.sort(key=lambda c: (c.name.casefold() != wanted, -counts.get(c.id, 0), len(c.name)))
        return tuple(found[:limit])

    def concept(self, name_or_id: str) -> Concept:
        """:raises NotFound: names the nearest known concepts."""
        found = self.lexicon.named(name_or_id)
        if found is None:
            near = "、".join(concept.name for concept in self._nearest(name_or_id))
            raise NotFound(
                (f"知识库里没有叫“{name_or_id}”的概念。", f"There is no concept called {name_or_id!r}."),
                (
                    f"相近的有：{near}。" if near else "请换一个名称；概念页和 kb export 列出全部概念。",
                    f"Near it: {near}." if near else "Try another name; the concepts page and kb export list them all.",
                ),
            )
        return found

    def _nearest(self, name: str) -> tuple[Concept, ...]:
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        names = {n: c for c in self.lexicon.concepts() for n in (c.name, *c.aliases)}
        matches = process.extract(name, list(names), scorer=OSA.normalized_similarity, limit=6, score_cutoff=0.4)
        return tuple(dict.fromkeys(names[match[0]] for match in matches))[:3]

    def sizes(self) -> dict[str, int]:
        """How much there is of everything; of concepts those that articles name, as the list of concepts shows them."""
        return {**self.store.counts(), "concept": sum(id_ in self.lexicon for id_ in self.store.mention_counts())}

    def show(self, name_or_id: str, *, quotes: int = 12) -> ConceptView:
        """:raises NotFound:"""
        concept = self.concept(name_or_id)
        mentions = self.store.mentions(concept_id=concept.id)
        first = dict.fromkeys(mention.sentence_id for mention in mentions)
        return ConceptView(
            concept,
            facts_of(self.store.claims(concept=concept.id)),
            self.store.comparisons(concepts=[concept.id]),
            self.store.quantities(subject=concept.id),
            tuple(self.evidence(sentence_id, n=n) for n, sentence_id in enumerate(list(first)[:quotes], start=1)),
            len(mentions),
        )

    def evidence(self, sentence_id: str, span: Span | None = None, *, n: int = 0) -> Evidence:
        """:raises NotFound: the sentence is gone (its article was removed or replaced)."""
        sentence = self.store.sentence(sentence_id)
        article = self.store.article(sentence.article_id) if sentence else None
        if sentence is None or article is None:
            raise NotFound(
                (f"句子 {sentence_id} 已不在知识库里。", f"The sentence {sentence_id} is no longer there."),
                ("它所属的文章可能已被删除或更新。", "Its article may have been removed or replaced."),
            )
        start, stop = span or sentence.span
        text = sentence.text if span is None or span == sentence.span else article.text[start:stop]
        return Evidence(n, sentence.id, article.id, article.title, (start, stop), article.text[start:stop], text)

    def name(self, concept_id: str, language: Language = "zh") -> str:
        """A concept's name, literals included, in English where it has one and English is asked for; the id itself where it is unknown."""
        node = self.graph.nodes.get(concept_id)
        if node is None and concept_id not in self.lexicon:
            return concept_id
        concept: Concept = self.lexicon.concept(concept_id) if node is None else node["concept"]
        return (concept.name_en if language == "en" else None) or concept.name

    def paths(self, a: str, b: str, *, limit: int = 3) -> tuple[GraphPath, ...]:
        """:raises NotFound: one of the two is no concept. Empty where nothing connects them."""
        return find_paths(self.graph, self.concept(a).id, self.concept(b).id, limit=limit)

    def compare(self, names: tuple[str, ...]) -> Answer:
        """:raises NotFound: :raises BadInput: fewer than two different concepts."""
        concepts = dict.fromkeys(self.concept(name).name for name in names)
        if len(concepts) < 2:
            raise BadInput(
                ("比较需要两个不同的概念。", "A comparison needs two different concepts."),
                ("例如：kb compare 容器 虚拟机", "For example: kb compare 容器 虚拟机"),
            )
        return self.ask(f"{'和'.join(concepts)}有什么区别？")

    def stacks(self, concepts: tuple[str, ...]) -> tuple[Stack, ...]:
        """The layers that concepts (ids) stand in, one stack each; empty where too little is said to draw them side by side."""
        return stacks_of(self.graph, concepts, self.domain)

    def disagreements(self) -> tuple[Disagreement, ...]:
        return find_disagreements(self.store, self.domain)

    def export(self, format: str) -> str:
        """:raises BadInput: no such format."""
        return self.exporter(format).export(self.store, self.domain)  # type: ignore[no-any-return, attr-defined]

    def exporter(self, format: str) -> object:
        formats = {name.rstrip("_"): module for name, module in family("kb.graph.exports").items()}
        if format not in formats:
            known = ", ".join(formats)
            raise BadInput(
                (f"没有“{format}”这种导出格式。", f"There is no export format {format!r}."), (f"可用的有：{known}。", f"Known: {known}.")
            )
        return formats[format]

    # ------------------------------------------------------------ pictures of the graph

    def subgraph(self, center: str | None, depth: int = 1, limit: int = 300, *, relation: str | None = None) -> GraphView:
        """The neighbourhood of a concept; the most mentioned concepts of the whole graph where `center` is `None`.

        With `relation`, only edges of that relation and the concepts that they join. Laid out once, until an article changes.

        :raises NotFound:
        """
        id_ = self.concept(center).id if center is not None else None
        asked = (id_, depth, limit, relation)
        with self._lock:
            seen = self._views.get(asked)
        return seen or self._keep(asked, self._subgraph(*asked))

    def _subgraph(self, id_: str | None, depth: int, limit: int, relation: str | None) -> GraphView:
        graph = of_relation(self.graph, relation) if relation else self.graph
        if id_ is None:
            ranked = sorted(graph, key=lambda id_: (-graph.nodes[id_]["mentions"], id_))
            return drawn(graph.subgraph(ranked[:limit]), None, len(graph), self.domain)
        whole = neighbourhood(graph, id_, depth=depth, limit=len(graph) or 1)
        return drawn(neighbourhood(graph, id_, depth=depth, limit=limit), id_, len(whole), self.domain)

    def _keep(self, asked: tuple[str | None, int, int, str | None], view: GraphView) -> GraphView:
        with self._lock:
            while len(self._views) >= _VIEWS:
                del self._views[next(iter(self._views))]
            self._views[asked] = view
        return view

    def answer_graph(self, answer: Answer, limit: int = 24) -> GraphView:
        """The concepts of the question and of the paths, and the best of what connects them; with what was seen of this machine."""
        return of_answer(answer, self.graph, self.lexicon, self.store.mention_counts, self.domain, limit)

    # ------------------------------------------------------------ questions

    def ask(self, text: str, context: tuple[str, ...] = (), *, language: str | None = None) -> Answer:
        """:raises EmptyText: nothing was asked. :raises TooLarge: longer than the setting allows."""
        from kb.qa.answering import answer

        if not any(character.isalnum() for character in text):
            raise EmptyText(
                ("问题是空的。", "The question is empty."),
                ("请输入一句话，例如：容器和虚拟机有什么区别？", "Type a sentence, for example: 容器和虚拟机有什么区别?"),
            )
        most = self.settings.max_question_chars
        if len(text) > most:
            raise TooLarge(
                (f"问题有 {len(text)} 个字符，最多 {most} 个。", f"The question has {len(text)} characters; the limit is {most}."),
                ("请缩短问题；要加入长文，请在“文章”页粘贴。", "Shorten it; to add a long text, paste it on the articles page."),
            )
        return answer(text, self.sources(), context=context)

    def sources(self) -> Sources:
        from kb.qa.sources import Sources

        self._tell_of_lacking_vectors()
        return Sources(
            lexicon=self.lexicon,
            tokenizer=self.tokenizer,
            domain=self.domain,
            reader=self.store,
            embedding=self.embedding,
            graph=self.graph,
            measure=self.measure,
            look=self.look,
        )

    # ------------------------------------------------------------ this machine

    @cached_property
    def prober(self) -> Prober:
        from kb.probe import Prober

        folder = Path(self.settings.db).parent
        # the guest kernel belongs to the machine, not to one database
        kernels = default_database().parent / "guest"
        return Prober(
            work_dir=folder / "probe",
            guest_kernel=self.settings.guest_kernel,
            kernel_dir=kernels,
            opt_in=self.settings.opted_in,
            disk=self._disk(),
        )

    def _disk(self) -> Disk | None:
        from kb.probe.ports import Disk

        given = self.settings
        if given.guest_disk is None:
            return None
        # What is started runs in /, where relative paths would name something else.
        kernel, initrd = (path.absolute() if path is not None else None for path in (given.guest_disk_kernel, given.guest_disk_initrd))
        return Disk(given.guest_disk.absolute(), kernel, initrd, given.guest_disk_root, given.guest_disk_ready)

    def measure(self, concept: str, metric: str) -> Measurement | None:
        """The newest measurement that this very host recorded for a concept; a valid one before any other, and of these one that is not
        expired. Nothing is started. A whole distribution is left out: next to minimal containers its figures would compare what is
        installed.
        """
        found = self.store.measurements(metric=metric, concept=concept)
        if not found:  # to ask which host this is takes as long as to answer
            return None
        from kb.probe.availability import slow_backends
        from kb.probe.host import fingerprint

        env_id = fingerprint().env_id
        own = [m for m in found if m.host.env_id == env_id and m.samples and m.backend not in slow_backends()]
        now = datetime.now(UTC)
        own.sort(key=lambda measurement: (not measurement.valid, measurement.expired(now)))  # newest first, and the sort keeps that
        return own[0] if own else None

    def look(self, about: Literal["inside", "kvm", "running"], language: Language) -> Seen:
        """What this machine is, can and runs at this moment; read only, and never stored."""
        from kb.probe.here_wording import seen

        return seen(self.prober.here(), language, about)

    def run_probe(
        self,
        metric: str,
        *,
        backends: tuple[str, ...] | None = None,
        runs: int | None = None,
        emit: Callable[..., None] | None = None,
        cancelled: Callable[[], bool] | None = None,
        budget_s: float | None = None,
    ) -> tuple[Measurement, ...]:
        """Measure now and keep the samples; `budget_s` as `Prober.run`. `ALL_METRICS` measures the full set, with its own numbers of runs.

        :raises ProbeError: nothing could be measured.
        """
        if metric == ALL_METRICS:
            measurements = self.prober.run_set(backends=backends, emit=emit, cancelled=cancelled)
        else:
            measurements = self.prober.run(metric, backends=backends, runs=runs, emit=emit, cancelled=cancelled, budget_s=budget_s)
        self.store.add_measurements(measurements)
        return measurements

    def export_measurements(self, host: str | None = None) -> str:
        """All that this machine recorded, for another one, under the name `host` (default: made from its fingerprint).

        :raises BadInput: `host` is no name.
        """
        from kb.probe.exchange import dumped
        from kb.probe.host import fingerprint

        return dumped(self.store.measurements(), host if host is not None else f"host-{fingerprint().env_id[:8]}")

    def import_measurements(self, text: str, host: str | None = None) -> tuple[int, int]:
        """Keep what another machine recorded, as that machine's; how many were new, and how many were here already.

        :raises BadInput: names line and field; nothing is kept then.
        """
        from kb.probe.exchange import parsed

        found = parsed(text, host)
        before = self.store.counts()["measurement"]
        self.store.add_measurements(found)
        added = self.store.counts()["measurement"] - before
        return added, len(found) - added

    def pressure(self) -> tuple[str, str] | None:
        """Why this machine should not be burdened with a measurement now (zh, en); `None` where it may."""
        from kb.probe.host import pressure

        return pressure()

    def measure_once(self, metrics: tuple[str, ...] = ("start_time", "kernel_identity", "footprint")) -> tuple[str, ...]:
        """Measure what this host has no record of that still holds; the metrics that were measured. For a first start, in the background.

        :raises ProbeError: nothing could be measured.
        """
        done: list[str] = []
        for metric in metrics:
            if metric in self._metric_names() and not any(self._holds(concept, metric) for concept in ("container", "virtual_machine")):
                self.run_probe(metric)
                done.append(metric)
        return tuple(done)

    def _holds(self, concept: str, metric: str) -> bool:
        found = self.measure(concept, metric)
        return found is not None and not found.expired(datetime.now(UTC))

    def _metric_names(self) -> frozenset[str]:
        return frozenset(metric.name for metric in self.prober.metrics())

    def explain_measurements(self, measurements: tuple[Measurement, ...], language: str) -> str:
        """What was measured, in words; empty where nothing was."""
        from kb.probe.wording import explain

        return str(explain(measurements, language)) if measurements else ""

    # ------------------------------------------------------------ vectors

    def _tell_of_lacking_vectors(self) -> None:
        """Once: a store that an older version or another model filled still answers, by words alone."""
        if self._told:
            return
        self._told = True
        lacking = self.store.count_without_vector(self.embedding.name)
        if lacking:
            _log.warning(
                "%d 句没有模型 %s 的向量，只按词查找；运行 kb embed 补上。 / %d sentences have no vector of %s and are found by words alone; run kb embed.",
                *(lacking, self.embedding.name) * 2,
            )

    def complete_vectors(self, *, emit: Callable[[int, int, str], object] | None = None) -> int:
        """Give each sentence that lacks one its vector by the model in use; how many lacked it. Other models' vectors stay.

        `emit` hears how many articles are done, of how many, and the title of the next.
        """
        lacking: dict[str, list[Sentence]] = {}
        for sentence in self.store.without_vector(self.embedding.name):
            lacking.setdefault(sentence.article_id, []).append(sentence)
        titles = {summary.id: summary.title for summary in self.store.articles()}
        for number, (article_id, sentences) in enumerate(lacking.items()):
            if emit is not None:
                emit(number, len(lacking), titles.get(article_id, ""))
            vectors = self.embedding.encode(titles.get(article_id, ""), sentences)
            self.store.put_vectors(self.embedding.name, zip(sentences, vectors, strict=True))
        return sum(map(len, lacking.values()))

    # ------------------------------------------------------------ changes

    def remove(self, article_id: str) -> None:
        """:raises NotFound:"""
        self.store.remove(article_id)
        self.refresh()


def _fingerprint(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(folder.glob("*.t*")):
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
