"""Which concepts a sentence names: known names linked, new terms discovered.

A new concept gets an id of its own name and lives only as long as an article mentions it.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from ingest.candidates import tokens_of
from ingest.discovery import discover
from ingest.segment import Piece
from kb.language.lexicon import Lexicon, Match
from kb.language.normalize import is_han
from kb.language.units import known_units
from kb.language.words import Tokenizer
from kb.records import Concept, Mention

if TYPE_CHECKING:
    from ingest.clauses import Clause

NESTED = "nested"  # how a mention inside a longer name is marked; it is in the graph, but answers do not look for it


@dataclass(frozen=True, slots=True)
class Reading:
    """A sentence with the concepts found in it, in characters of the cleaned sentence."""

    piece: Piece
    matches: tuple[Match, ...]
    nested: tuple[Match, ...] = ()  # names inside longer names: 应用容器 of 应用容器引擎
    cut: dict[object, tuple[Clause, ...]] = field(default_factory=dict, compare=False, repr=False)  # what clauses.py made of it

    @property
    def text(self) -> str:
        return self.piece.mapped.text

    def mentions(self, known: Container[str]) -> tuple[Mention, ...]:
        found = [(match, "lexicon" if match.concept_id in known else "discovery") for match in self.matches]
        return tuple(
            Mention(self.piece.sentence.id, self.piece.mapped.original(match.start, match.end), match.concept_id, found_by)
            for match, found_by in (*found, *((match, NESTED) for match in self.nested))
        )


def find_concepts(
    pieces: Sequence[Piece],
    lexicon: Lexicon,
    tokenizer: Tokenizer,
    rejected: frozenset[str] = frozenset(),
    set_apart: Iterable[str] = (),
) -> tuple[tuple[Reading, ...], tuple[Concept, ...]]:
    """Readings of all sentences, and the new concepts that they use. `rejected`: folded names that are none; `set_apart`: what the
    article's file set in bold or the like."""
    tokens = [tokens_of(piece.mapped.text, tokenizer) for piece in pieces]
    edges = [{place for token in words for place in (token.start, token.end)} for words in tokens]
    linked = [_link(piece, lexicon, own, tokenizer) for piece, own in zip(pieces, edges, strict=True)]
    found = {concept.id: concept for concept in discover(pieces, tokens, lexicon, tokenizer, set_apart) if concept.id not in rejected}
    new = Lexicon(found.values())
    readings = tuple(_reading(*row, lexicon, new) for row in zip(pieces, linked, edges, strict=True))
    used = {match.concept_id for reading in readings for match in reading.matches}
    used |= {match.concept_id for reading in readings for match in reading.nested if not _within_known(match, reading, found)}
    inner = found.keys() - used
    if inner:
        readings = tuple(replace(r, nested=tuple(match for match in r.nested if match.concept_id not in inner)) for r in readings)
    return readings, tuple(concept for id_, concept in found.items() if id_ in used)


def _within_known(match: Match, reading: Reading, new: Container[str]) -> bool:
    """The Type of Type 1 hypervisor: a part of a name that the vocabulary has."""
    return any(known.start <= match.start and match.end <= known.end and known.concept_id not in new for known in reading.matches)


def _reading(piece: Piece, known: tuple[Match, ...], edges: set[int], lexicon: Lexicon, new: Lexicon) -> Reading:
    """Known names and new ones; where one lies inside the other the longer is read, and the shorter is mentioned."""
    text = piece.mapped.text
    found = new.find(text, boundaries=edges) if len(new) else ()
    wider = [m for m in found if all(m.start <= k.start and k.end <= m.end for k in known if _overlaps((m.start, m.end), (k,)))]
    kept = [m for m in known if not _overlaps((m.start, m.end), wider)]
    together = tuple(sorted((*kept, *wider), key=lambda match: match.start))
    named = {match.concept_id for match in together}
    inside = [m for match in kept if (m := _inside(match, text, lexicon)) is not None and m.concept_id not in named]
    return Reading(piece, together, (*inside, *(m for m in known if m not in kept), *(m for m in found if m not in wider)))


def _inside(match: Match, text: str, lexicon: Lexicon) -> Match | None:
    """The longest known name of Han characters that a longer name begins with."""
    name = text[match.start : match.end]
    for length in range(len(name) - 1, 1, -1):
        if all(map(is_han, name[:length])):
            inner = lexicon.named(name[:length])
            if inner is not None and inner.id != match.concept_id:
                return Match(match.start, match.start + length, inner.id)
    return None


def _link(piece: Piece, lexicon: Lexicon, edges: set[int], tokenizer: Tokenizer) -> tuple[Match, ...]:
    text = piece.mapped.text
    found = lexicon.find(text, boundaries=edges, context=piece.sentence.heading or "")
    things = (match for match in found if not _is_unit(match, text) and not _is_done(match, text, tokenizer))
    return tuple(part for match in things for part in lexicon.without_verb(match, text))


def _is_done(match: Match, text: str, tokenizer: Tokenizer) -> bool:
    """The 应用 of 被应用到 is what is done, no thing."""
    if match.end - match.start != 2 or tokenizer.usual_tag(text[match.start : match.end])[:1] != "v":
        return False
    return text[match.end : match.end + 1] in tuple("到于了着过") or text[: match.start].endswith("被")


def _is_unit(match: Match, text: str) -> bool:
    """The GB of 2 GB is no thing that is talked about."""
    return text[match.start : match.end] in known_units() and text[: match.start].rstrip()[-1:].isdigit()


def _overlaps(span: tuple[int, int], matches: Iterable[Match]) -> bool:
    return any(match.start < span[1] and span[0] < match.end for match in matches)
