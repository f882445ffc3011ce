"""How likely a claim is to be right: who found it, whether both readers did, and whether the arcs bear it out.

The weights are those of a logistic regression on labelled sentences (data/claim_weights.tsv, written by `python -m tests.gold.weights`).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

from ingest.concepts import Reading
from ingest.parses import MODALS, Parse
from ingest.phrases import is_phrase
from ingest.plausible import is_plausible
from ingest.relations import Found, key_of
from kb.language.lexicon import Match
from kb.language.normalize import is_han
from kb.language.regex import regex
from kb.language.words import Tokenizer
from kb.records import Claim

AGREED = "found by both"
Traits = frozenset[str]

WEIGHTS = Path(__file__).with_name("data") / "claim_weights.tsv"
_COMMA = regex(r"[,，;；:：。!！?？]")
_PRONOUN = regex(r"\s*(?:因为|所以|而且|但是?|而)?(?:它们?|其|该|这[些种个]?|他们?)")
_AHEAD = regex(
    r"(?:将|把|为|对|给|在|用|从|以|由|向|与|和|及|、|通过|利用|每[个台])(?:其他|各个?|某个?|所有|一些)?\s*$"
)  # what opens a phrase that is no subject
_OF_A_NOUN = ("nmod", "compound", "amod", "appos")
_IN_COMPOUND = regex(r"[\u3400-\u9fffA-Za-z]")
_ASKS_OR_TELLS = regex(r"(?:请|要|如果|若|当|使用|可以|您可|你可|建议|为了?|通过|在|不要|例如|注意|需要)")
_QUESTION = regex(r"[?？]|吗|呢|如何|怎么|什么|哪[些个]|是否")
_CLOSES = regex(r"(?:等|等等|之一)?\s*(?:[,，;；:：。!！?？)）]|$)")
_PREPOSITION = regex(r"[在对从为以与将把被由给向]")
_OPENS = 4  # characters before the verb of a sentence that names no subject: 它还, 也会


def weighed(
    found: Found,
    by_syntax: Found,
    readings: Sequence[Reading],
    parses: Mapping[int, Parse],
    kinds: Mapping[str, str],
    known: Container[str],
    tokenizer: Tokenizer,
    wanted: Callable[[Claim], bool] = lambda _: True,
) -> Iterator[tuple[Claim, Traits]]:
    """Each claim of the two readers once, with its traits; where one says what the other denies, the patterns are believed.

    `kinds`: concept id → kind; `known`: the concepts of the vocabulary; `wanted`: which claims are asked for.
    """
    numbers = {reading.piece.sentence.id: index for index, reading in enumerate(readings)}
    also = {key_of(claim) for claim in by_syntax.claims}
    said = {key_of(claim)[:4] for claim in found.claims}
    for claim in (*found.claims, *(claim for claim in by_syntax.claims if key_of(claim)[:4] not in said)):
        if not wanted(claim) or not is_plausible(claim):
            continue
        key = key_of(claim)
        index = numbers[claim.sentence_id]
        reading, parse = readings[index], parses.get(index)
        verb = found.verbs.get(key, by_syntax.verbs.get(key))
        traits = {*_of_claim(claim, kinds, known), *_of_subject(claim, reading, known, tokenizer)}
        if not claim.found_by.startswith("syntax") and key in also:
            traits.add(AGREED)
        ends = _ends(claim, reading, verb)
        traits.update(_by_ends(reading, *ends))
        traits.update(_by_frame(reading, verb, *ends))
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
    if claim.found_by == "pattern":
        yield f"by pattern of {claim.relation}"
    if is_phrase(claim.subject):
        yield "phrase as subject"
    elif claim.subject not in known:
        yield "new subject"
    if is_phrase(claim.object):
        yield "phrase as object"
    elif claim.object not in known:
        yield "new object"
    if kinds.get(claim.object) == "property":
        yield "object is a property"


def _of_subject(claim: Claim, reading: Reading, known: Container[str], tokenizer: Tokenizer) -> Iterator[str]:
    """What the words say by which a subject goes that the vocabulary lacks: 安装插件 is no thing, 解析 hardly one."""
    match = next((match for match in reading.matches if match.concept_id == claim.subject), None)
    if claim.subject in known or match is None:
        return
    words = [word for word in tokenizer.texts(reading.text[match.start : match.end]) if not word.isspace()]
    if len(words) > 1 and tokenizer.usual_tag(words[0]) == "v":
        yield "subject opens with a verb"
    elif len(words) == 1 and all(map(is_han, words[0])):
        yield "subject is one plain word"
    elif any(word.isascii() for word in words):
        yield "subject has a Latin name"


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


def _by_frame(reading: Reading, verb: int | None, subject: Match | None, object_: Match | None) -> Iterator[str]:
    """How the clause around the ends is built, and what kind of sentence it is."""
    text, body = reading.text, reading.piece.body
    if _ASKS_OR_TELLS.match(text, body):
        yield "sentence tells what to do"
    if _QUESTION.search(text, body):
        yield "sentence asks"
    if subject is not None:
        opening = max((match.end() for match in _COMMA.finditer(text, body, max(body, subject.start))), default=body)
        if subject.start - opening <= 1:
            yield "subject opens the clause"
        if text.startswith("的", subject.end):
            yield "subject owns"
        elif _IN_COMPOUND.match(text, subject.end) and verb is not None and subject.end < verb:
            yield "word behind subject"
    if object_ is not None and _CLOSES.match(text, object_.end):
        yield "object closes the clause"
    if subject is not None and verb is not None and subject.end <= verb:
        if "的" in text[subject.end : verb]:
            yield "的 between subject and verb"
    if object_ is not None and verb is not None and verb < object_.start:
        between = text[verb : object_.start]
        if "的" in between:
            yield "的 between verb and object"
        if _PREPOSITION.search(between[2:]):
            yield "preposition between verb and object"


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
    children = parse.children[index]
    subjects = [parse.words[child].concept for child in children if parse.arcs[child].deprel.startswith("nsubj")]
    objects = [parse.words[child].concept for child in children if parse.arcs[child].deprel.startswith(("obj", "obl"))]
    if subjects:
        yield "subject by arc" if claim.subject in subjects else "another subject by arc"
    if claim.object in objects:
        yield "object by arc"
    elif objects and any(objects):
        yield "another object by arc"
    for name, concept in (("subject", claim.subject), ("object", claim.object)):
        hung = [parse.arcs[n] for n, word in enumerate(parse.words) if word.concept == concept]
        if hung and all(one.deprel.startswith(_OF_A_NOUN) for one in hung):
            yield f"{name} of a noun by arc"
    if arc.deprel.startswith("acl"):
        yield "relative clause"
