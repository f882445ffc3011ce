"""Builds an answer: numbers its sources, keeps their quotes exact, and knows how to refuse."""

from __future__ import annotations

from collections.abc import Sequence

from kb.graph.disagreements import find_disagreements
from kb.graph.paths import find_paths
from kb.qa.sources import Sources
from kb.qa.terms import Term
from kb.qa.wording import say
from kb.records import (
    Answer,
    Disagreement,
    Evidence,
    GraphPath,
    Measurement,
    PathStep,
    Question,
    Sentence,
    Span,
    Table,
    Verdict,
)

_MOST_PATHS = 2


class Draft:
    """Evidence is numbered in the order of citing; a sentence cited twice keeps its number."""

    def __init__(self, question: Question, sources: Sources) -> None:
        self.question = question
        self.sources = sources
        self._evidence: dict[tuple[str, Span], Evidence] = {}
        self.explain: list[str] = []

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
        """Paths between the first two concepts, each edge with the numbers of its quotes."""
        ids = [id_ for id_ in self.question.concepts if id_ in self.sources.graph]
        if len(ids) < 2:
            return ()
        found = find_paths(self.sources.graph, ids[0], ids[1], limit=_MOST_PATHS)
        return tuple(GraphPath(path.concepts, tuple(self._cited(step) for step in path.steps)) for path in found)

    def _cited(self, step: PathStep) -> PathStep:
        numbers = tuple(n for id_ in step.sentence_ids[:1] if (n := self.cite_id(id_)) is not None)
        return PathStep(step.subject, step.relation, step.object, step.holds, step.sentence_ids, numbers)

    def disagreements(self, aspects: Sequence[str] = ()) -> tuple[str, ...]:
        """What sources say against one another on the question's concepts (and aspects, where given)."""
        graph = self.sources.graph
        known: tuple[Disagreement, ...] | None = graph.graph.get("disagreements")
        if known is None:
            known = graph.graph["disagreements"] = find_disagreements(self.sources.reader, self.sources.domain)
        family = {id_ for concept in self.question.concepts for id_ in self.sources.family(concept)}
        lines: list[str] = []
        for found in known:
            if not set(found.concepts) <= family or (aspects and found.aspect not in aspects):
                continue
            sides: list[str] = []
            for sentence_id, _ in found.sides[:3]:
                sentence = self.sources.sentence(sentence_id)
                if sentence is not None:
                    sides.append(f"「{sentence.text.strip()[:60]}」[{self.cite(sentence)}]")
            if len(sides) > 1:
                lines.append(f"{found.topic}:{' ↔ '.join(sides)}")
        return tuple(lines[:3])

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
        return Answer(
            self.question,
            "answered",
            text,
            verdict=verdict,
            table=table,
            paths=paths,
            evidence=self.evidence,
            measurements=tuple(measurements),
            disagreements=disagreements,
            probes=tuple(dict.fromkeys(probes)),
            explain=tuple(self.explain),
        )

    def refused(self, terms: Sequence[Term] = ()) -> Answer:
        """No evidence: says so, and names what is known nearby."""
        missing = [term.label for term in terms if term.missing and term.salient]
        names = [self.sources.name(label) for label in missing]
        nearby = tuple(dict.fromkeys(self.sources.name(id_) for id_ in self.question.concepts if self.sources.known_in_articles(id_)))
        known = bool(self.question.concepts)
        text = say("refused_missing", self.question.language, what="、".join(names)) if names else say("refused", self.question.language)
        if nearby:
            text += say("nearby", self.question.language, what="、".join(nearby[:4]))
        return Answer(self.question, "no_evidence" if known else "unknown_concept", text, nearby=nearby, explain=tuple(self.explain))
