"""What the sentences of an article claim, as two readers find it: patterns over each clause, and the arcs of the whole sentence.

Either alone misses what the other finds; what is unlikely to be right (weighing.py) is left out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from ingest.concepts import Reading
from ingest.parses import parse_sentences
from ingest.phrases import collapsed, is_phrase, with_phrases, within_phrases
from ingest.relations import Found, find_relations, key_of
from ingest.syntax import find_by_syntax, verbs_read
from ingest.vocabulary import vocabulary_of
from ingest.weighing import AGREED, Traits, likelihood, weighed
from kb.domain import Domain
from kb.language.parser import Parser
from kb.language.words import Tokenizer
from kb.records import Claim, Concept

LEAST = 0.15  # a claim less likely than this to be right is not kept
LEAST_OF_NEW = 0.38  # of one about a concept that the vocabulary lacks
LEAST_OF_PHRASES = 0.38  # of one about something that no concept names, which is worth less to an answer
LEAST_OF_CARRIED = 0.7  # of one whose subject no word of its sentence stands for (使用 X 连接 Y tells a reader what to do)
_CARRIED = frozenset(("subject of another sentence", "sentence opens with the verb"))
_TAKEN_UP = frozenset(("subject by pronoun", "by pattern:topic"))  # yet what is said opens with 它, or as no order does
_PHRASES = frozenset(("phrase as subject", "phrase as object"))
_NEW = frozenset(("new subject", "new object"))
_MOST = 0.9  # confidence of what both found


def find_claims(
    readings: Sequence[Reading], tokenizer: Tokenizer, domain: Domain, kinds: Mapping[str, str], parser: Parser | None
) -> tuple[tuple[Claim, ...], tuple[Concept, ...]]:
    """The claims worth keeping, and the `phrase` concepts that they use; `kinds`: concept id → kind. No `parser`: patterns alone."""
    found, phrases = candidates(readings, tokenizer, domain, kinds, parser)
    claims = tuple(
        replace(claim, confidence=min(_MOST, claim.confidence + 0.1)) if AGREED in traits else claim
        for claim, traits in found
        if parser is None or is_likely(traits)
    )
    used = {end for claim in claims for end in (claim.subject, claim.object)}
    return claims, tuple(phrase for phrase in phrases if phrase.id in used)


def is_likely(traits: Traits) -> bool:
    """Whether a claim is kept: the less is known of what it is about, the surer it has to be."""
    if traits & _CARRIED and not traits & _TAKEN_UP:
        return likelihood(traits) >= LEAST_OF_CARRIED
    least = LEAST_OF_PHRASES if traits & _PHRASES else LEAST_OF_NEW if traits & _NEW else LEAST
    return likelihood(traits) >= least


def candidates(
    readings: Sequence[Reading], tokenizer: Tokenizer, domain: Domain, kinds: Mapping[str, str], parser: Parser | None
) -> tuple[tuple[tuple[Claim, Traits], ...], tuple[Concept, ...]]:
    """All that either reader finds, with what speaks for and against it; what they find of noun phrases that no concept names comes last."""
    known = vocabulary_of(domain).kinds
    found = find_relations(readings, domain, kinds)
    parses = parse_sentences(readings, tokenizer, parser, verbs_read(domain)) if parser else {}
    wide, phrases = with_phrases(readings, parses)
    inside = within_phrases(readings, wide)
    by_syntax = find_by_syntax(readings, parses, domain, kinds) if parses else Found((), (), {})
    plain = [(claim, traits | inside(claim)) for claim, traits in weighed(found, by_syntax, readings, parses, kinds, known, tokenizer)]
    if not phrases:
        return tuple(plain), found.phrases
    shut = {index: collapsed(parse, wide[index]) for index, parse in parses.items() if wide[index] is not readings[index]}
    also = find_relations(wide, domain, kinds, only=shut)
    seen = {key_of(claim) for claim, _ in plain}

    def is_new(claim: Claim) -> bool:
        return (is_phrase(claim.subject) or is_phrase(claim.object)) and key_of(claim) not in seen

    wider = weighed(also, find_by_syntax(wide, shut, domain, kinds), wide, shut, kinds, known, tokenizer, is_new)
    named = {phrase.id: phrase for phrase in (*phrases.values(), *also.phrases, *found.phrases)}
    return (*plain, *wider), tuple(named.values())
