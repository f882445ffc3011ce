"""RDF in Turtle: SKOS concepts, one reified statement a claim with polarity and quote."""

from __future__ import annotations

import json
from urllib.parse import quote as percent

from kb.domain import Domain
from kb.store import Reader

MEDIA_TYPE = "text/turtle"
SUFFIX = "ttl"
_HEAD = """@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix concept: <urn:kb:concept:> .
@prefix relation: <urn:kb:relation:> .
@prefix kb: <urn:kb:> .
"""


def export(reader: Reader, domain: Domain) -> str:
    lines = [_HEAD]
    for concept in reader.concepts(mentioned_only=True):
        parts = [f"{_node(concept.id)} a skos:Concept", f"skos:prefLabel {_text(concept.name)}@zh"]
        if concept.name_en:
            parts.append(f"skos:prefLabel {_text(concept.name_en)}@en")
        parts.extend(f"skos:altLabel {_text(alias)}" for alias in concept.aliases)
        lines.append(" ; ".join(parts) + " .")
    for claim in reader.claims():
        lines.append(
            f"[] a rdf:Statement ; rdf:subject {_node(claim.subject)} ; rdf:predicate relation:{claim.relation} ; rdf:object {_node(claim.object)} ;"
            f" kb:polarity {_text('affirmed' if claim.holds else 'negated')} ; kb:start {claim.span[0]} ; kb:end {claim.span[1]} ;"
            f" kb:article {_text(claim.sentence_id.rsplit('#', 1)[0])} ; kb:quote {_text(reader.quote(claim.sentence_id, claim.span))} ."
        )
    return "\n".join(lines) + "\n"


def _node(concept_id: str) -> str:
    return f"<urn:kb:concept:{percent(concept_id, safe='')}>"


def _text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
