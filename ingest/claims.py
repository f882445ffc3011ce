"""What the sentences of an article claim, as two readers find it: patterns over each clause, and the arcs of the whole sentence.

Either alone misses what the other finds; what is unlikely to be right (weighing.py) is left out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from ingest.concepts import Reading
from ingest.parses import parse_sentences
from ingest.relations import Found, find_relations
from ingest.syntax import find_by_syntax, verbs_read
from ingest.vocabulary import vocabulary_of
from ingest.weighing import AGREED, Traits, likelihood, weighed
from kb.domain import Domain
from kb.language.parser import Parser
from kb.language.words import Tokenizer
from kb.records import Claim, Concept

LEAST = 0.25  # a claim less likely than this to be right is not kept
_MOST = 0.9  # confidence of what both found


def find_claims(
    readings: Sequence[Reading], tokenizer: Tokenizer, domain: Domain, kinds: Mapping[str, str], parser: Parser | None
) -> tuple[tuple[Claim, ...], tuple[Concept, ...]]:
    """The claims worth keeping, and the `phrase` concepts that they use; `kinds`: concept id → kind. No `parser`: patterns alone."""
    found, phrases = candidates(readings, tokenizer, domain, kinds, parser)
    claims = tuple(
        replace(claim, confidence=min(_MOST, claim.confidence + 0.1)) if AGREED in traits else claim
        for claim, traits in found
        if parser is None or likelihood(traits) >= LEAST
    )
    used = {claim.object for claim in claims}
    return claims, tuple(phrase for phrase in phrases if phrase.id in used)


def candidates(
    readings: Sequence[Reading], tokenizer: Tokenizer, domain: Domain, kinds: Mapping[str, str], parser: Parser | None
) -> tuple[tuple[tuple[Claim, Traits], ...], tuple[Concept, ...]]:
    """All that either reader finds, with what speaks for and against it."""
    found = find_relations(readings, domain, kinds)
    parses = parse_sentences(readings, tokenizer, parser, verbs_read(domain)) if parser else {}
    by_syntax = find_by_syntax(readings, parses, domain, kinds) if parses else Found((), (), {})
    return tuple(weighed(found, by_syntax, readings, parses, kinds, vocabulary_of(domain).kinds)), found.phrases
