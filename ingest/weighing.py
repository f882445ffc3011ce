"""How likely a claim is to be right: who found it, whether both readers did, and whether the arcs bear it out.

The weights are those of a logistic regression on labelled sentences (data/claim_weights.tsv, written by `python -m tests.gold.weights`).
"""

from __future__ import annotations

import math
import re
from collections.abc import Container, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

from ingest.concepts import Reading
from ingest.parses import MODALS, Parse
from ingest.relations import Found, key_of
from kb.language.lexicon import Match
from kb.records import Claim

AGREED = "found by both"
Traits = frozenset[str]

WEIGHTS = Path(__file__).with_name("data") / "claim_weights.tsv"
_COMMA = re.compile(r"[,，;；:：。!！?？]")
_PRONOUN = re.compile(r"\s*(?:因为|所以|而且|但是?|而)?(?:它们?|其|该|这[些种个]?|他们?)")
_AHEAD = re.compile(
    r"(?:将|把|为|对|给|在|用|从|以|由|向|与|和|及|、|通过|利用|每[个台])(?:其他|各个?|某个?|所有|一些)?\s*$"
)  # what opens a phrase that is no subject
_IN_COMPOUND = re.compile(r"[\u3400-\u9fffA-Za-z]")
_OPENS = 4  # characters before the verb of a sentence that names no subject: 它还, 也会


def weighed(
    found: Found,
    by_syntax: Found,
    readings: Sequence[Reading],
    parses: Mapping[int, Parse],
    kinds: Mapping[str, str],
    known: Container[str],
) -> Iterator[tuple[Claim, Traits]]:
    """Each claim of the two readers once, with its traits; where one says what the other denies, the patterns are believed.

    `kinds`: concept id → kind; `known`: the concepts of the vocabulary.
    """
    numbers = {reading.piece.sentence.id: index for index, reading in enumerate(readings)}
    also = {key_of(claim) for claim in by_syntax.claims}
    said = {key_of(claim)[:4] for claim in found.claims}
    for claim in (*found.claims, *(claim for claim in by_syntax.claims if key_of(claim)[:4] not in said)):
        key = key_of(claim)
        index = numbers[claim.sentence_id]
        reading, parse = readings[index], parses.get(index)
        verb = found.verbs.get(key, by_syntax.verbs.get(key))
        traits = set(_of_claim(claim, kinds, known))
        if not claim.found_by.startswith("syntax") and key in also:
            traits.add(AGREED)
        ends = _ends(claim, reading, verb)
        traits.update(_by_ends(reading, *ends))
        if verb is not None:
            traits.update(_by_place(claim, reading, verb))
            traits.update(_by_verb(reading, verb, ends[1]))
            if parse is not None:
                traits.update(_by_arcs(claim, parse, verb))
        yield claim, frozenset(traits)


def likelihood(traits: Traits, weights: Mapping[str, float] | None = None) -> float:
    """Between 0 and 1: the share of claims with these traits that are right, by the weights in use or by others (trait → weight, and `bias`)."""
    weights = _weights() if weights is None else weights
    return 1 / (1 + math.exp(-(weights["bias"] + sum(weights.get(trait, 0.0) for trait in traits))))


@cache
def _weights() -> dict[str, float]:
    rows = (line.split("\t") for line in WEIGHTS.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#"))
    return {name: float(weight) for name, weight in rows}


def _of_claim(claim: Claim, kinds: Mapping[str, str], known: Container[str]) -> Iterator[str]:
    yield f"by {claim.found_by}"
    if not claim.object.startswith("lit:") and claim.object not in known:
        yield "new object"
    if kinds.get(claim.object) == "property":
        yield "object is a property"


def _ends(claim: Claim, reading: Reading, verb: int | None) -> tuple[Match | None, Match | None]:
    """The mentions that are meant: those beside the verb, else the pair that stands closest."""
    subjects = [match for match in reading.matches if match.concept_id == claim.subject]
    objects = [match for match in reading.matches if match.concept_id == claim.object]
    if verb is not None:
        near = lambda match: abs(match.start - verb)  # noqa: E731
        return min(subjects, key=near, default=None), min(objects, key=near, default=None)
    if not subjects or not objects:
        return next(iter(subjects), None), next(iter(objects), None)
    return min(((one, other) for one in subjects for other in objects), key=lambda pair: abs(pair[0].start - pair[1].start))


def _by_ends(reading: Reading, subject: Match | None, object_: Match | None) -> Iterator[str]:
    """What stands beside the two mentions, and how far they are from each other."""
    text = reading.text
    if subject is not None:
        if _AHEAD.search(text, max(0, subject.start - 6), subject.start):
            yield "subject in a phrase"
    if object_ is not None:
        behind = text[object_.end : object_.end + 2]
        if behind.startswith("的"):
            yield "object owns"
        elif _IN_COMPOUND.match(behind):
            yield "object in a longer noun"
        if behind[:1] in tuple("、和与及或"):
            yield "object in a list"
    if subject is not None and object_ is not None:
        between = text[min(subject.end, object_.end) : max(subject.start, object_.start)]
        if _COMMA.search(between):
            yield "ends in two clauses"


def _by_verb(reading: Reading, verb: int, object_: Match | None) -> Iterator[str]:
    if object_ is None:
        return
    if object_.start < verb:
        yield "object ahead"
    if any(verb < match.start and match.end <= object_.start for match in reading.matches):
        yield "object not first"


def _by_place(claim: Claim, reading: Reading, verb: int) -> Iterator[str]:
    """Where the subject stands, seen from the verb."""
    opening = next((match.end() for match in reversed([*_COMMA.finditer(reading.text, reading.piece.body, verb)])), reading.piece.body)
    subjects = [match for match in reading.matches if match.concept_id == claim.subject]
    here = [match for match in subjects if opening <= match.start and match.end <= verb]
    if any(match.end <= reading.piece.body for match in subjects):
        yield "subject by label"
    elif not subjects and _PRONOUN.match(reading.text, opening):
        yield "subject by pronoun"
    elif not subjects and verb - reading.piece.body <= _OPENS:
        yield "sentence opens with the verb"
    elif not subjects:
        yield "subject of another sentence"
    elif not any(match.end <= verb for match in subjects):
        yield "subject behind"
    elif not here:
        others = [match for match in reading.matches if opening <= match.start < verb and not _AHEAD.search(reading.text, 0, match.start)]
        yield "subject of another clause, past a noun" if others else "subject of another clause"
    else:
        end = here[-1].end
        if any(end <= match.start < verb and not _AHEAD.search(reading.text, 0, match.start) for match in reading.matches):
            yield "subject not nearest"


def _by_arcs(claim: Claim, parse: Parse, verb: int) -> Iterator[str]:
    index = parse.at(verb)
    if index is None:
        return
    arc = parse.arcs[index]
    ahead = parse.words[index - 1].text if index else ""
    if arc.upos in ("NOUN", "PROPN", "ADJ") and ahead not in MODALS and parse.arcs[index - 1].upos not in ("ADV", "AUX"):
        yield "noun to the parser"
    children = list(parse.children(index))
    subjects = [parse.words[child].concept for child in children if parse.arcs[child].deprel.startswith("nsubj")]
    objects = [parse.words[child].concept for child in children if parse.arcs[child].deprel.startswith(("obj", "obl"))]
    if subjects:
        yield "subject by arc" if claim.subject in subjects else "another subject by arc"
    if claim.object in objects:
        yield "object by arc"
    if arc.deprel.startswith("acl"):
        yield "relative clause"
