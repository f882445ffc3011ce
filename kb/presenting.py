"""Records as JSON: this module alone knows a field's name on the wire (the command line, the REST interface and the pages use it).

Plain functions from a record to a `dict`; nothing is judged and nothing is worded here except a path, which is drawn in words.
Records of `kb.probe` (backends, metrics, progress) are read by attribute, so that nothing of the probe is imported.
"""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import asdict, fields, is_dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from kb.qa.wording import worded
from kb.records import (
    Answer,
    Article,
    Claim,
    Comparison,
    Concept,
    Decision,
    Disagreement,
    Evidence,
    Fact,
    GraphPath,
    Language,
    Measurement,
    PathStep,
    Quantity,
    Reason,
    SaveReport,
    Seen,
    Span,
    Table,
    Twin,
)

if TYPE_CHECKING:
    from kb.app import ConceptView, KnowledgeBase
    from kb.court import Ruling
    from kb.graph.layers import Stack
    from kb.graph.pictures import GraphView

Json = dict[str, Any]


# ---------------------------------------------------------------- answers


def answer_json(answer: Answer, base: KnowledgeBase, *, id: str | None = None, explain: bool = False) -> Json:
    """One answer; `explain` adds how it was found."""
    row: Json = {
        "id": id,
        "question": answer.question.text,
        "kind": answer.question.kind,
        "status": answer.status,
        "abstained": answer.status != "answered",
        "answer": answer.text,
        "verdict": answer.verdict,
        "concepts": [base.name(concept) for concept in answer.question.concepts],
        "evidence": [evidence_json(evidence) for evidence in answer.evidence],
        "table": _table(answer.table) if answer.table else None,
        "paths": [path_json(path, base, answer.question.language) for path in answer.paths],
        "measurements": [measurement_json(measurement) for measurement in answer.measurements],
        "disagreements": list(answer.disagreements),
        "nearby": list(answer.nearby),
        "probes": list(answer.probes),
        "not_measured": answer.not_measured,
    }
    if answer.seen is not None:
        row["seen"] = seen_json(answer.seen, base)
    if explain:
        row["explain"] = explanation_json(answer, base)
    return row


def explanation_json(answer: Answer, base: KnowledgeBase) -> Json:
    """How an answer was found. A candidate that was passed over has no `n`, and says why."""
    question, found = answer.question, answer.explain
    language = question.language
    return {
        "kind": question.kind,
        "understood_as": question.resolved,
        "concepts": [base.name(concept, language) for concept in question.concepts],
        "aspect": aspect_label(question.aspect, base, language) if question.aspect else None,
        "relation": question.relation,
        "sought": [
            {"term": base.name(term.label, language), "weight": round(term.weight, 3), "missing": term.missing} for term in found.sought
        ],
        "candidates": [
            {
                "n": item.n,
                "score": round(item.score, 3),
                "coverage": round(item.coverage, 3),
                "text": item.text,
                "article": item.article_id,
                "start": item.span[0],
                "end": item.span[1],
                "why": _reason(item.why) if item.why else None,
            }
            for item in found.candidates
        ],
        "reasons": [_reason(reason) for reason in found.reasons],
    }


def _reason(reason: Reason) -> Json:
    return {"key": reason.key, "values": dict(reason.values), "zh": worded(reason, "zh"), "en": worded(reason, "en")}


def seen_json(seen: Seen, base: KnowledgeBase) -> Json:
    """What was seen of this machine; names in `links` are those of instances and concepts."""
    names = {item.id: item.name for item in seen.instances}
    return {
        "at": seen.at,
        "in_container": seen.in_container,
        "in_machine": seen.in_machine,
        "kvm": seen.kvm,
        "lines": list(seen.lines),
        "instances": [asdict(item) for item in seen.instances],
        "links": [
            {
                "subject": names.get(link.source, link.source),
                "relation": link.relation,
                "object": names.get(link.target) or base.name(link.target),
            }
            for link in seen.links
        ],
    }


def evidence_json(evidence: Evidence) -> Json:
    return {
        "n": evidence.n,
        "quote": evidence.quote,
        "article": evidence.article_id,
        "start": evidence.span[0],
        "end": evidence.span[1],
        "text": evidence.text,
        "title": evidence.article_title,
    }


def _table(table: Table) -> Json:
    return {
        "columns": list(table.columns),
        "rows": [
            {
                "aspect": row.aspect,
                "verdict": row.verdict,
                "cells": [
                    {"text": cell.text, "kind": cell.kind, "citations": list(cell.citations), "measurement": cell.measurement_id}
                    for cell in row.cells
                ],
            }
            for row in table.rows
        ],
    }


# ---------------------------------------------------------------- the graph


def path_json(path: GraphPath, base: KnowledgeBase, language: Language = "zh") -> Json:
    """`steps` keep the direction of their claims, which may run against the path; `text` alone is in `language`."""
    return {
        "concepts": [base.name(concept) for concept in path.concepts],
        "ids": list(path.concepts),
        "text": path_text(path, base, language),
        "steps": [_step(step, base) for step in path.steps],
    }


def path_text(path: GraphPath, base: KnowledgeBase, language: Language = "zh") -> str:
    """容器 —共享→ 宿主机内核 ←运行于— 虚拟机; a denied edge carries ✗."""
    pieces = [base.name(path.concepts[0], language)]
    for step, (left, right) in zip(path.steps, zip(path.concepts, path.concepts[1:], strict=False), strict=True):
        label = relation_label(step.relation, base, language) + ("" if step.holds else "✗")
        pieces.append(f" —{label}→ " if step.subject == left else f" ←{label}— ")
        pieces.append(base.name(right, language))
    return "".join(pieces)


def _step(step: PathStep, base: KnowledgeBase) -> Json:
    return {
        "subject": base.name(step.subject),
        "relation": step.relation,
        "label": relation_label(step.relation, base),
        "object": base.name(step.object),
        "polarity": "affirmed" if step.holds else "negated",
        "citations": list(step.citations),
        "quotes": [place_json(sentence_id, None, base) for sentence_id in step.sentence_ids],
    }


def relation_label(relation: str, base: KnowledgeBase, language: Language = "zh") -> str:
    row = base.domain.relations.get(relation)
    return relation if row is None else row.en if language == "en" else row.zh


def aspect_label(aspect: str, base: KnowledgeBase, language: Language = "zh") -> str:
    row = base.domain.aspects.get(aspect)
    return aspect if row is None else row.en if language == "en" else row.zh


def graph_json(view: GraphView) -> Json:
    return {
        "center": view.center,
        "total": view.total,
        "nodes": [
            {"id": node.id, "label": node.name, "kind": node.kind, "x": node.x, "y": node.y, "mentions": node.mentions}
            for node in view.nodes
        ],
        "edges": [
            {
                "source": edge.source,
                "target": edge.target,
                "relation": edge.relation,
                "label": edge.label,
                "polarity": "affirmed" if edge.holds else "negated",
                "claims": edge.claims,
                "article": article_of(edge.sentence_id) if edge.sentence_id else None,
                "start": edge.span[0] if edge.span else None,
                "end": edge.span[1] if edge.span else None,
            }
            for edge in view.edges
        ],
    }


def stack_json(stack: Stack, base: KnowledgeBase) -> Json:
    """Layers bottom up; `present` is false where articles deny that the stack has the layer."""
    names = {row.level: row for row in base.domain.layers}
    return {
        "concept": base.name(stack.concept),
        "layers": [
            {
                "level": layer.level,
                "level_name": _pair((names[layer.level].zh, names[layer.level].en)),
                "concept": base.name(layer.concept),
                "id": layer.concept,
                "present": layer.present,
                "tied_to": base.name(layer.other) if layer.other else None,
                "claims": [claim_json(claim, base) for claim in layer.claims],
            }
            for layer in stack.layers
        ],
    }


# ---------------------------------------------------------------- concepts and what is said of them


def concept_json(concept: Concept) -> Json:
    return {
        "id": concept.id,
        "label": concept.name,
        "label_en": concept.name_en,
        "aliases": list(concept.aliases),
        "kind": concept.kind,
        "gloss": concept.gloss,
    }


def proposal_json(concept: Concept, mentions: int, sentences: Sequence[Evidence]) -> Json:
    """A discovered concept with the first sentences that name it; `score` says how well it does as a term, in [0, 1]."""
    return {
        **concept_json(concept),
        "score": concept.score,
        "mentions": mentions,
        "sentences": [
            {"quote": e.quote, "article": e.article_id, "title": e.article_title, "start": e.span[0], "end": e.span[1]} for e in sentences
        ],
    }


def decision_json(decision: Decision) -> Json:
    return {
        "action": decision.action,
        "name": decision.name,
        "target": decision.target,
        "others": list(decision.others),
        "decided_at": decision.decided_at or None,
    }


def concept_view_json(view: ConceptView, base: KnowledgeBase) -> Json:
    return {
        "concept": concept_json(view.concept),
        "mentions": view.mentions,
        "facts": [fact_json(fact, base) for fact in view.facts],
        "comparisons": [comparison_json(comparison, base) for comparison in view.comparisons],
        "quantities": [quantity_json(quantity, base) for quantity in view.quantities],
        "quotes": [evidence_json(evidence) for evidence in view.quotes],
    }


def fact_json(fact: Fact, base: KnowledgeBase) -> Json:
    return {
        "subject": base.name(fact.subject),
        "subject_id": fact.subject,
        "relation": fact.relation,
        "label": relation_label(fact.relation, base),
        "object": base.name(fact.object),
        "object_id": fact.object,
        "said": [_claim(claim, base) for claim in fact.said],
        "denied": [_claim(claim, base) for claim in fact.denied],
    }


def claim_json(claim: Claim, base: KnowledgeBase) -> Json:
    return {
        "subject": base.name(claim.subject),
        "relation": claim.relation,
        "object": base.name(claim.object),
        "polarity": "affirmed" if claim.holds else "negated",
        **_claim(claim, base),
    }


def _claim(claim: Claim, base: KnowledgeBase) -> Json:
    return {
        **place_json(claim.sentence_id, claim.span, base),
        "hedge": claim.hedge,
        "condition": claim.condition,
        "scope": claim.scope,
        "analogy": claim.analogy,
    }


def comparison_json(comparison: Comparison, base: KnowledgeBase) -> Json:
    return {
        "a": base.name(comparison.a),
        "a_id": comparison.a,
        "b": base.name(comparison.b),
        "b_id": comparison.b,
        "dimension": aspect_label(comparison.aspect, base),
        "direction": comparison.direction,
        "amount": comparison.amount,
        "hedge": comparison.hedge,
        **place_json(comparison.sentence_id, comparison.span, base),
    }


def quantity_json(quantity: Quantity, base: KnowledgeBase) -> Json:
    return {
        "subject": base.name(quantity.subject),
        "attribute": aspect_label(quantity.aspect, base),
        "value_text": quantity.value_text,
        "low": quantity.low,
        "high": quantity.high,
        "unit": quantity.unit,
        "approximate": quantity.approximate,
        **place_json(quantity.sentence_id, quantity.span, base),
    }


def place_json(sentence_id: str, span: Span | None, base: KnowledgeBase) -> Json:
    """A quote and where it stands; the whole sentence where no span is given, no quote where the sentence is gone."""
    if span is None:
        sentence = base.store.sentence(sentence_id)
        span = sentence.span if sentence else (0, 0)
    return {"quote": base.store.quote(sentence_id, span), "article": article_of(sentence_id), "start": span[0], "end": span[1]}


def article_of(sentence_id: str) -> str:
    """The id of the article that a sentence belongs to (a sentence id is `{article_id}#{position}`)."""
    return sentence_id.rpartition("#")[0]


def disagreement_json(disagreement: Disagreement, base: KnowledgeBase) -> Json:
    return {
        "topic": disagreement.topic,
        "kind": disagreement.kind,
        "concepts": [base.name(concept) for concept in disagreement.concepts],
        "aspect": aspect_label(disagreement.aspect, base) if disagreement.aspect else None,
        "claims": [place_json(sentence_id, span, base) for sentence_id, span in disagreement.sides],
    }


# ---------------------------------------------------------------- articles


def article_json(article: Article | Any, twins: Sequence[Twin] = ()) -> Json:
    """An `Article`, or a line of the article list; whatever of the two has a field gives it."""
    row: Json = {name: getattr(article, name) for name in ("id", "title", "origin", "licence", "author", "date")}
    for name in ("text", "added_at", "chars", "sentences", "claims", "comparisons", "quantities"):
        if hasattr(article, name):
            row[name] = getattr(article, name)
    row["twins"] = [twin_json(twin) for twin in getattr(article, "twins", twins)]
    return row


def twin_json(twin: Twin) -> Json:
    """Another article of nearly the same text; `original`: what both say is quoted from that one, and counts once."""
    return {"article": twin.article_id, "title": twin.title, "shared": twin.shared, "original": twin.original}


def report_json(report: SaveReport) -> Json:
    row: Json = {field.name: getattr(report, field.name) for field in fields(report)}
    row["article"] = row.pop("article_id")
    row["new_concepts"] = list(report.new_concepts)
    row["twins"] = [twin_json(twin) for twin in report.twins]
    return row


# ---------------------------------------------------------------- this machine


def backend_json(backend: Any) -> Json:
    availability = backend.availability
    return {
        "name": backend.name,
        "concept": getattr(backend, "concept", None),
        "label": backend.label[0],
        "label_en": backend.label[1],
        "available": availability.ok,
        "reason": None if availability.ok else _pair(availability.reason),
        "remedy": None if availability.ok else _pair(availability.remedy),
    }


def metric_json(metric: Any) -> Json:
    return {"name": metric.name, "label": metric.label[0], "label_en": metric.label[1], "unit": metric.unit}


def _pair(texts: tuple[str, str]) -> Json:
    return {"zh": texts[0], "en": texts[1]}


def measurement_json(measurement: Measurement) -> Json:
    """Figures are in `unit`, to six significant digits; `None` where there are too few samples for one."""
    return {
        "id": measurement.id,
        "run": measurement.run_id,
        "concept": measurement.concept,
        "metric": measurement.metric,
        "backend": measurement.backend,
        "unit": measurement.unit,
        **summary_json(measurement.samples),
        "samples": list(measurement.samples),
        "failures": measurement.failures,
        "warmup": measurement.warmup,
        "cpu_seconds": list(measurement.cpu_seconds),
        "signs": [asdict(sign) for sign in measurement.signs],
        "caveats": list(measurement.caveats),
        "valid": measurement.valid,
        "command": list(measurement.command),
        "measured_at": measurement.measured_at,
        "fresh_until": measurement.fresh_until,
        "expired": measurement.expired(datetime.now(UTC)),
        "env_id": measurement.host.env_id,
        "host": dict(measurement.host.facts),
    }


def summary_json(samples: Sequence[float]) -> Json:
    """Median, range and interquartile range (quartiles by linear interpolation, Hyndman and Fan type 7)."""
    empty: Json = {"n": len(samples), "median": None, "min": None, "max": None, "q1": None, "q3": None, "iqr": None}
    if not samples:
        return empty
    row: Json = {**empty, "median": _short(statistics.median(samples)), "min": _short(min(samples)), "max": _short(max(samples))}
    if len(samples) > 1:
        low, _, high = statistics.quantiles(samples, n=4, method="inclusive")
        row.update(q1=_short(low), q3=_short(high), iqr=_short(high - low))
    return row


def _short(value: float) -> float:
    return float(f"{value:.6g}")


def event_json(event: Any) -> Json:
    """A step of a running measurement: a record of the probe, a mapping or plain text."""
    if is_dataclass(event) and not isinstance(event, type):
        return asdict(event)
    return dict(event) if isinstance(event, dict) else {"text": str(event)}


# ---------------------------------------------------------------- what articles say against what was measured


def ruling_json(ruling: Ruling, base: KnowledgeBase) -> Json:
    """A verdict of the claim court with the quote it speaks of; figures are in `unit`, to six significant digits."""
    from kb.court import VERDICTS

    return {
        "test": ruling.test,
        "label": _pair(ruling.label),
        "kind": ruling.kind,
        "verdict": ruling.verdict,
        "verdict_name": _pair(VERDICTS[ruling.verdict]),
        **place_json(ruling.sentence_id, ruling.span, base),
        "sentence": ruling.sentence_id,
        "metric": ruling.metric,
        "explanation": _pair(ruling.explanation),
        "figures": [
            {
                "measurement": figure.measurement_id,
                "backend": figure.backend,
                "concept": figure.concept,
                "label": _pair(figure.label),
                "text": _pair(figure.text),
                "unit": figure.unit,
                "n": figure.n,
                "median": _short(figure.median),
                "min": _short(figure.low),
                "max": _short(figure.high),
            }
            for figure in ruling.figures
        ],
        "measurements": list(ruling.measurements),
        "measured_at": ruling.measured_at,
        "conditions": [_pair(condition) for condition in ruling.conditions],
        "qualifiers": [_pair(qualifier) for qualifier in ruling.qualifiers],
    }
