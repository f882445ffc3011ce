"""Builds an answer: numbers its sources, keeps their quotes exact, and knows how to refuse."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from kb.graph.contrast import opposing
from kb.graph.disagreements import find_disagreements
from kb.graph.paths import chained, find_paths, telling
from kb.language.regex import regex
from kb.qa.asking.terms import Term
from kb.qa.finding.retrieval import Scored, excerpt
from kb.qa.sources import Sources
from kb.qa.telling.explaining import explanation
from kb.qa.wording import because, say
from kb.records import (
    Answer,
    Disagreement,
    Evidence,
    Explanation,
    GraphPath,
    Measurement,
    PathStep,
    Question,
    Reason,
    Sentence,
    Span,
    Table,
    Verdict,
)

_MOST_PATHS, _TRIED, _MOST_QUOTED = 2, 6, 80
_SURE, _SURE_ALONE = 0.65, 0.6  # confidence of each of two edges, and of one; what is read less surely explains nothing
_LONGEST_PATH = 2  # edges: `telling` takes no longer one
_EXPLAINED_BY_PATHS = ("comparison", "relation", "cause", "yes_no")  # kinds of question
REFERENCE = regex(r"\[(\d+)\]")


class Draft:
    """Evidence is numbered in the order of citing; a sentence cited twice keeps its number."""

    def __init__(self, question: Question, sources: Sources) -> None:
        self.question = question
        self.sources = sources
        self._evidence: dict[tuple[str, Span], Evidence] = {}
        self._terms: Sequence[Term] = ()
        self._ranked: Sequence[Scored] = ()
        self._reasons: list[Reason] = []

    def consider(self, terms: Sequence[Term], ranked: Sequence[Scored]) -> None:
        """What was looked for, and the sentences found with it, for whoever asks how the answer came about."""
        self._terms, self._ranked = terms, ranked

    def note(self, key: str, **values: str | float) -> None:
        """What decided, as a reason of data/reasons.toml."""
        self._reasons.append(because(key, **values))

    def cite(self, sentence: Sentence, span: Span | None = None) -> int:
        key = (sentence.id, span or sentence.span)
        if key not in self._evidence:
            article = self.sources.reader.article(sentence.article_id)
            text = article.text if article else ""
            start, end = key[1]
            shown = sentence.text if span is None or span == sentence.span else text[start:end]
            self._evidence[key] = Evidence(
                len(self._evidence) + 1, sentence.id, sentence.article_id, article.title if article else "", key[1], text[start:end], shown
            )
        return self._evidence[key].n

    def cite_id(self, sentence_id: str) -> int | None:
        sentence = self.sources.sentence(sentence_id)
        return self.cite(sentence) if sentence else None

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        return tuple(self._evidence.values())

    # ------------------------------------------------------------ what goes with an answer

    def paths(self) -> tuple[GraphPath, ...]:
        """Paths between the first two concepts that explain the answer, each edge with the numbers of its quotes: where the two are set
        apart, what one has and the other has not comes first. A number or a list needs none.
        """
        ids = [id_ for id_ in self.question.concepts if id_ in self.sources.graph]
        if len(ids) < 2 or self.question.kind not in _EXPLAINED_BY_PATHS:
            return ()
        graph = self.sources.graph
        comparing = self.question.kind == "comparison"
        found = _sure(opposing(graph, ids[0], ids[1], limit=_TRIED)) if comparing else ()
        if not found:
            tried = find_paths(graph, ids[0], ids[1], limit=_TRIED, longest=_LONGEST_PATH)
            told = tuple(path for path in tried if telling(path) and not (comparing and chained(path)))
            found = _sure(tuple(path for path in told if len(path.steps) == 1) or told)  # no detour in place of an edge that is not sure
        return tuple(GraphPath(path.concepts, tuple(self._cited(step) for step in path.steps)) for path in found[:_MOST_PATHS])

    def _cited(self, step: PathStep) -> PathStep:
        numbers = tuple(n for id_ in step.sentence_ids[:1] if (n := self.cite_id(id_)) is not None)
        return replace(step, citations=numbers)

    def disagreements(self, aspects: Sequence[str] = ()) -> tuple[str, ...]:
        """What sources say against one another: denials between two of the question's concepts, numbers and comparisons on `aspects`."""
        graph = self.sources.graph
        known: tuple[Disagreement, ...] | None = graph.graph.get("disagreements")
        if known is None:
            known = graph.graph["disagreements"] = find_disagreements(self.sources.reader, self.sources.domain, self.sources.stated.every)
        families = [{id_ for id_, near in self.sources.family(concept).items() if near >= 0.7} for concept in self.question.concepts]
        lines: list[str] = []
        for found in known:
            if not _concerns(found, families, aspects):
                continue
            sides: list[str] = []
            for sentence_id, _ in found.sides[:3]:
                sentence = self.sources.sentence(sentence_id)
                if sentence is not None:
                    sides.append(f"「{excerpt(sentence.text, (), most=_MOST_QUOTED)}」[{self.cite(sentence)}]")
            if len(sides) > 1:
                lines.append(f"{self._topic(found)}{say('colon', self.question.language)}{' ↔ '.join(sides)}")
        return tuple(lines[:3])

    def _topic(self, found: Disagreement) -> str:
        """In the reader's language; what is disagreed on stands in Chinese in the store."""
        if self.question.language == "zh":
            return found.topic
        aspect = self.sources.domain.aspects.get(found.aspect or "")
        names = ", ".join(dict.fromkeys(self.sources.name(id_, "en") for id_ in found.concepts))
        return f"{names} ({aspect.en})" if aspect else names

    def done(
        self,
        text: str,
        *,
        verdict: Verdict | None = None,
        table: Table | None = None,
        measurements: Sequence[Measurement] = (),
        aspects: Sequence[str] = (),
        probes: Sequence[str] = (),
        with_paths: bool = True,
    ) -> Answer:
        paths = self.paths() if with_paths else ()
        disagreements = self.disagreements(aspects)
        numbers = self._used(text, table, paths, disagreements)
        return Answer(
            self.question,
            "answered",
            renumbered(text, numbers),
            verdict=verdict,
            table=table_renumbered(table, numbers),
            paths=tuple(path_renumbered(path, numbers) for path in paths),
            evidence=tuple(
                sorted((replace(e, n=numbers[e.n]) for e in self._evidence.values() if e.n in numbers), key=lambda evidence: evidence.n)
            ),
            measurements=tuple(measurements),
            disagreements=tuple(renumbered(line, numbers) for line in disagreements),
            probes=tuple(dict.fromkeys(probes)),
            not_measured=say("unmeasured", self.question.language) if probes and not measurements else None,
            explain=self._explanation(numbers),
        )

    def _explanation(self, numbers: Mapping[int, int]) -> Explanation:
        cited = {e.sentence_id: numbers[e.n] for e in self._evidence.values() if e.n in numbers}
        return explanation(self._terms, self._ranked, cited, self._reasons)

    @staticmethod
    def _used(text: str, table: Table | None, paths: Sequence[GraphPath], disagreements: Sequence[str]) -> dict[int, int]:
        """Old number → new one, in the order in which a reader meets them; what nothing refers to is left out."""
        met = [int(n) for n in REFERENCE.findall(text)]
        met.extend(n for row in (table.rows if table else ()) for cell in row.cells for n in cell.citations)
        met.extend(int(n) for line in disagreements for n in REFERENCE.findall(line))
        met.extend(n for path in paths for step in path.steps for n in step.citations)
        return {old: new for new, old in enumerate(dict.fromkeys(met), start=1)}

    def refused(self, terms: Sequence[Term] = (), reason: Reason | None = None) -> Answer:
        """No evidence: says so, and names what is known nearby."""
        if not self._terms:
            self._terms = terms
        if reason is not None:
            self._reasons.append(reason)
        missing = [term.label for term in terms if term.missing and term.salient]
        language = self.question.language
        names = [self.sources.name(label, language) for label in missing]
        nearby = tuple(
            dict.fromkeys(self.sources.name(id_, language) for id_ in self.question.concepts if self.sources.known_in_articles(id_))
        )
        known = bool(self.question.concepts)
        text = (
            say("refused_missing", self.question.language, what=say("comma", language).join(names))
            if names
            else say("refused", self.question.language)
        )
        if nearby:
            text += say("nearby", self.question.language, what=say("comma", language).join(nearby[:4]))
        return Answer(self.question, "no_evidence" if known else "unknown_concept", text, nearby=nearby, explain=self._explanation({}))


def _sure(paths: Iterable[GraphPath]) -> tuple[GraphPath, ...]:
    return tuple(path for path in paths if min(step.confidence for step in path.steps) >= (_SURE if len(path.steps) > 1 else _SURE_ALONE))


def renumbered(text: str, numbers: dict[int, int]) -> str:
    return REFERENCE.sub(lambda match: f"[{numbers[int(match[1])]}]", text)


def table_renumbered(table: Table | None, numbers: dict[int, int]) -> Table | None:
    if table is None:
        return None
    rows = tuple(
        replace(row, cells=tuple(replace(cell, citations=tuple(numbers[n] for n in cell.citations)) for cell in row.cells))
        for row in table.rows
    )
    return replace(table, rows=rows)


def path_renumbered(path: GraphPath, numbers: dict[int, int]) -> GraphPath:
    return replace(path, steps=tuple(replace(step, citations=tuple(numbers[n] for n in step.citations)) for step in path.steps))


def _concerns(found: Disagreement, families: Sequence[set[str]], aspects: Sequence[str]) -> bool:
    hit = [any(concept in family for concept in found.concepts) for family in families]
    if not set(found.concepts) <= set().union(*families):
        return False
    if found.kind == "denial":
        return sum(hit) >= 2
    return found.aspect in aspects
