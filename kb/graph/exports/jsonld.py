"""JSON-LD: the same statements as Turtle, for the web."""

from __future__ import annotations

import json
from urllib.parse import quote as percent

from kb.domain import Domain
from kb.store import Reader

MEDIA_TYPE = "application/ld+json"
SUFFIX = "jsonld"
_CONTEXT = {
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "kb": "urn:kb:",
    "subject": {"@id": "rdf:subject", "@type": "@id"},
    "predicate": {"@id": "rdf:predicate", "@type": "@id"},
    "object": {"@id": "rdf:object", "@type": "@id"},
}


def export(reader: Reader, domain: Domain) -> str:
    nodes: list[dict[str, object]] = [
        {
            "@id": _node(concept.id),
            "@type": "skos:Concept",
            "skos:prefLabel": {"@value": concept.name, "@language": "zh"},
            "skos:altLabel": list(concept.aliases),
        }
        for concept in reader.concepts(mentioned_only=True)
    ]
    nodes.extend(
        {
            "@type": "rdf:Statement",
            "subject": _node(claim.subject),
            "predicate": f"urn:kb:relation:{claim.relation}",
            "object": _node(claim.object),
            "kb:polarity": "affirmed" if claim.holds else "negated",
            "kb:article": claim.sentence_id.rsplit("#", 1)[0],
            "kb:start": claim.span[0],
            "kb:end": claim.span[1],
            "kb:quote": reader.quote(claim.sentence_id, claim.span),
        }
        for claim in reader.claims()
    )
    return json.dumps({"@context": _CONTEXT, "@graph": nodes}, ensure_ascii=False, indent=1)


def _node(concept_id: str) -> str:
    return f"urn:kb:concept:{percent(concept_id, safe='')}"
