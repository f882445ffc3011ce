"""Which concepts a sentence names: known names linked, new terms proposed.

New terms are Latin names that are no English function words, and what an article defines (「X是一种…」, 「X（简称Y）」); both get an id of
their own name and live only as long as an article mentions them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ingest.segment import Piece
from kb.language.lexicon import Lexicon, Match
from kb.language.normalize import fold, is_han
from kb.language.units import known_units
from kb.language.words import Tokenizer
from kb.records import Concept, Mention

_LATIN = re.compile(r"(?<![A-Za-z0-9#./:_-])[A-Z][A-Za-z0-9]*(?:[-.][A-Za-z0-9]+)*(?:\s[A-Z][A-Za-z0-9]+){0,2}(?![A-Za-z0-9])")
_DEFINED = re.compile(
    r"^(?:所谓|什么是)?(?P<name>[\u3400-\u9fffA-Za-z][\u3400-\u9fffA-Za-z0-9 .-]{1,11}?)(?:（(?P<other>[A-Za-z][A-Za-z0-9 .-]{1,30})）|\((?P<other2>[A-Za-z][A-Za-z0-9 .-]{1,30})\))?"
    r"(?:就)?是(?:指|一种|一类|一款|一个|一套|一门|一项)"
)
_NO_NAME = re.compile(
    r"[的了着过在把被对从和与或而但这那它其此每各些]|^(?:一|我|你|他|也|还|就|都|不|最|如果|因为|所以|本|该|同|某|上|下|前|后|首|另|其中|目的|结果|原因|重点|关键|核心|优点|缺点|问题|方法|区别|好处|前者|后者)"
)
_VERBS = ("虚拟化", "隔离", "管理", "调度", "打包", "迁移", "部署", "编排")
_COMPLEMENT = re.compile(r"成(?!本)|出|为(?!了)|到|在|给|了")
NESTED = "nested"  # how a mention inside a longer name is marked; it is in the graph, but answers do not look for it
_STOP_LATIN = frozenset("A An The I It In On Of And Or For To Is As At By If We You This That APP App PC pc IT Java-like".lower().split())


@dataclass(frozen=True, slots=True)
class Reading:
    """A sentence with the concepts found in it, in characters of the cleaned sentence."""

    piece: Piece
    matches: tuple[Match, ...]
    nested: tuple[Match, ...] = ()  # names inside longer names: 应用容器 of 应用容器引擎

    @property
    def text(self) -> str:
        return self.piece.mapped.text

    def mentions(self, known: frozenset[str]) -> tuple[Mention, ...]:
        found = [(match, "lexicon" if match.concept_id in known else "discovery") for match in self.matches]
        return tuple(
            Mention(self.piece.sentence.id, self.piece.mapped.original(match.start, match.end), match.concept_id, found_by)
            for match, found_by in (*found, *((match, NESTED) for match in self.nested))
        )


def find_concepts(pieces: Sequence[Piece], lexicon: Lexicon, tokenizer: Tokenizer) -> tuple[tuple[Reading, ...], tuple[Concept, ...]]:
    """Readings of all sentences, and the new concepts that they use."""
    linked = [_link(piece, lexicon, tokenizer) for piece in pieces]
    found = _propose(pieces, linked)
    if not found:
        return tuple(_reading(piece, matches, lexicon) for piece, matches in zip(pieces, linked, strict=True)), ()
    own = Lexicon(found.values())
    readings: list[Reading] = []
    used: dict[str, Concept] = {}
    for piece, matches in zip(pieces, linked, strict=True):
        taken = [(match.start, match.end) for match in matches]
        extra = [m for m in own.find(piece.mapped.text) if not any(m.start < end and start < m.end for start, end in taken)]
        used.update({m.concept_id: found[m.concept_id] for m in extra})
        readings.append(_reading(piece, tuple(sorted((*matches, *extra), key=lambda match: match.start)), lexicon))
    return tuple(readings), tuple(used.values())


def _reading(piece: Piece, matches: tuple[Match, ...], lexicon: Lexicon) -> Reading:
    named = {match.concept_id for match in matches}
    inside = (_inside(match, piece.mapped.text, lexicon) for match in matches)
    return Reading(piece, matches, tuple(match for match in inside if match is not None and match.concept_id not in named))


def _inside(match: Match, text: str, lexicon: Lexicon) -> Match | None:
    """The longest known name of Han characters that a longer name begins with."""
    name = text[match.start : match.end]
    for length in range(len(name) - 1, 1, -1):
        if all(map(is_han, name[:length])):
            inner = lexicon.named(name[:length])
            if inner is not None and inner.id != match.concept_id:
                return Match(match.start, match.start + length, inner.id)
    return None


def _link(piece: Piece, lexicon: Lexicon, tokenizer: Tokenizer) -> tuple[Match, ...]:
    text = piece.mapped.text
    edges = {place for word in tokenizer.words(text) for place in (word.start, word.end)}
    found = lexicon.find(text, boundaries=edges, context=piece.sentence.heading or "")
    return tuple(part for match in found if not _is_unit(match, text) for part in _without_verb(match, text, lexicon))


def _is_unit(match: Match, text: str) -> bool:
    """The GB of 2 GB is no thing that is talked about."""
    return text[match.start : match.end] in known_units() and text[: match.start].rstrip()[-1:].isdigit()


def _without_verb(match: Match, text: str, lexicon: Lexicon) -> tuple[Match, ...]:
    """将CPU虚拟化成一块: the verb at the end of a name is a verb where a complement follows it."""
    name = text[match.start : match.end]
    verb = next((verb for verb in _VERBS if name.endswith(verb) and len(name) > len(verb)), None)
    if verb is None or not _COMPLEMENT.match(text, match.end):
        return (match,)
    return tuple(Match(match.start + part.start, match.start + part.end, part.concept_id) for part in lexicon.find(name[: -len(verb)]))


def _propose(pieces: Iterable[Piece], linked: Sequence[tuple[Match, ...]]) -> dict[str, Concept]:
    names: dict[str, str] = {}
    english: dict[str, str] = {}
    for piece, matches in zip(pieces, linked, strict=True):
        text = piece.mapped.text
        for match in _LATIN.finditer(text):
            name = match.group()
            if not _overlaps(match.span(), matches) and fold(name) not in _STOP_LATIN and name not in known_units() and len(name) > 1:
                names.setdefault(fold(name), name)
        defined = _DEFINED.match(text[piece.body :])
        if defined and not _NO_NAME.search(defined["name"]):
            start = piece.body + defined.start("name")
            if not _overlaps((start, start + len(defined["name"])), matches):
                name = defined["name"].strip()
                names.setdefault(fold(name), name)
                other = defined["other"] or defined["other2"]
                if other:
                    english[fold(name)] = other
    return {
        key: Concept(id=key, name=name, kind="discovered", name_en=english.get(key) or (name if not any(map(is_han, name)) else None))
        for key, name in names.items()
        if key
    }


def _overlaps(span: tuple[int, int], matches: Iterable[Match]) -> bool:
    return any(match.start < span[1] and span[0] < match.end for match in matches)
