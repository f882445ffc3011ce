"""Cypher statements that build the graph in a property-graph database; run them once, in order."""

from __future__ import annotations

import json

from kb.domain import Domain
from kb.store import Reader

MEDIA_TYPE = "text/plain"
SUFFIX = "cypher"


def export(reader: Reader, domain: Domain) -> str:
    lines = [
        f"MERGE (:Concept {{id: {_text(concept.id)}, name: {_text(concept.name)}, kind: {_text(concept.kind)}}});"
        for concept in reader.concepts(mentioned_only=True)
    ]
    lines.extend(
        f"MATCH (s:Concept {{id: {_text(claim.subject)}}}), (o:Concept {{id: {_text(claim.object)}}})"
        f" CREATE (s)-[:{claim.relation.upper()} {{holds: {str(claim.holds).lower()}, article: {_text(claim.sentence_id.rsplit('#', 1)[0])},"
        f" start: {claim.span[0]}, end: {claim.span[1]}, quote: {_text(reader.quote(claim.sentence_id, claim.span))}}}]->(o);"
        for claim in reader.claims()
    )
    return "\n".join(lines) + "\n"


def _text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
