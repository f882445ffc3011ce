"""Everything as one JSON object: concepts, relations, comparisons, quantities, contradictions, each with its quotes.

Beside what was read stand the articles themselves and what people decided of concepts: that is what `kb import` takes.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from kb.domain import Domain
from kb.graph.building import facts_of
from kb.graph.disagreements import find_disagreements
from kb.records import Claim, Concept
from kb.store import ArticleSummary, Reader

MEDIA_TYPE = "application/json"
SUFFIX = "json"
FORMAT = "kb-1"  # changes when a reader of `articles` and `decisions` would have to


def export(reader: Reader, domain: Domain) -> str:
    return json.dumps(document(reader, domain), ensure_ascii=False, indent=1)


def document(reader: Reader, domain: Domain) -> dict[str, Any]:
    """Only concepts that articles speak of; a literal object stands by its text in `relations` and is no concept."""
    mentioned = reader.concepts(mentioned_only=True)
    names = {concept.id: concept.name for concept in reader.concepts()}
    return {
        "format": FORMAT,
        "articles": [_article(reader, summary) for summary in reader.articles()],
        "decisions": [{name: value for name, value in asdict(decision).items() if value} for decision in reader.decisions()],
        "concepts": [_concept(concept) for concept in mentioned if concept.kind != "phrase"],
        "relations": [relation for fact in facts_of(reader.claims()) for relation in _relations(reader, names, (*fact.said, *fact.denied))],
        "comparisons": [
            {
                "a": names[c.a],
                "b": names[c.b],
                "dimension": domain.aspects[c.aspect].zh if c.aspect in domain.aspects else c.aspect,
                "direction": c.direction,
                "amount": c.amount,
                "quote": reader.quote(c.sentence_id, c.span),
            }
            for c in reader.comparisons()
        ],
        "quantities": [
            {
                "subject": names[q.subject],
                "attribute": domain.aspects[q.aspect].zh if q.aspect in domain.aspects else q.aspect,
                "value_text": q.value_text,
                "low": q.low,
                "high": q.high,
                "unit": q.unit,
                "approximate": q.approximate,
                "quote": reader.quote(q.sentence_id, q.span),
            }
            for q in reader.quantities()
        ],
        "contradictions": [
            {"topic": d.topic, "kind": d.kind, "claims": [{"quote": reader.quote(sentence_id, span)} for sentence_id, span in d.sides]}
            for d in find_disagreements(reader, domain)
        ],
    }


def _article(reader: Reader, summary: ArticleSummary) -> dict[str, Any]:
    article = reader.article(summary.id)
    twins = [{"id": twin.article_id, "shared": twin.shared, "original": twin.original} for twin in summary.twins]
    return {**(asdict(article) if article else {}), "twins": twins}


def _concept(concept: Concept) -> dict[str, Any]:
    aliases = list(dict.fromkeys(name for name in (*concept.aliases, concept.name_en) if name and name != concept.name))
    return {"id": concept.id, "label": concept.name, "aliases": aliases, "kind": concept.kind}


def _relations(reader: Reader, names: dict[str, str], claims: tuple[Claim, ...]) -> list[dict[str, Any]]:
    """One entry for what is affirmed and one for what is denied, each with all its quotes."""
    entries: list[dict[str, Any]] = []
    for holds in (True, False):
        group = [claim for claim in claims if claim.holds is holds]
        if group:
            first = group[0]
            qualifiers = dict.fromkeys(
                part
                for claim in group
                for part in (claim.hedge, claim.condition, claim.scope, "analogy" if claim.analogy else None)
                if part
            )
            entries.append(
                {
                    "subject": names[first.subject],
                    "predicate": first.relation,
                    "object": names[first.object],
                    "polarity": "affirmed" if holds else "negated",
                    "qualifier": ";".join(qualifiers) or None,
                    "evidence": list(dict.fromkeys(reader.quote(claim.sentence_id, claim.span) for claim in group)),
                }
            )
    return entries
