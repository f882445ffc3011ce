"""The published vocabulary: concepts, relations, aspects and layers, read from `corpus/domain/` and checked row by row.

Adding a relation, an aspect, a concept or a layer is one new row there and nothing else.
"""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from kb.errors import BadDomainData
from kb.records import Concept

CONCEPT_COLUMNS = ("id", "kind", "name_zh", "name_en", "aliases", "gloss", "cues")
LAYER_COLUMNS = ("level", "name_zh", "name_en", "concepts", "own_of")


@dataclass(frozen=True, slots=True)
class RelationType:
    """One row of relations.toml. Patterns and wordings hold the places `{S}` and `{O}`."""

    id: str
    zh: str
    en: str
    inverse: str | None
    symmetric: bool
    transitive: bool
    verbs: tuple[str, ...]  # S verb O
    reverse_verbs: tuple[str, ...]  # O verb S
    patterns: tuple[str, ...]
    cues: tuple[str, ...]  # words of a question that ask for this relation
    wording: str
    wording_denied: str
    wording_en: str
    wording_en_denied: str
    metric: str | None
    above: Literal["subject", "object"] | None = None  # which of the two stands on the other, in a stack of layers
    heading: str = ""  # a noun over a row of what stands in this relation (类别), where `zh` alone would read badly
    heading_en: str = ""


@dataclass(frozen=True, slots=True)
class Aspect:
    """One row of aspects.toml. `names` mean "more of it"; `reversed_names` mean less (启动时间 is 启动速度 reversed).

    `more`/`less` are predicates that state the direction by themselves (更快, 更慢); `better` says which a person wants. `near` are ids of
    aspects that tell most of this one where articles say nothing of it.
    """

    id: str
    zh: str
    en: str
    names: tuple[str, ...]
    reversed_names: tuple[str, ...]
    more: tuple[str, ...]
    less: tuple[str, ...]
    unit: str | None
    better: Literal["more", "less"] | None
    metric: str | None
    order: int  # how early it stands in a comparison table
    degree: str = "更高"  # what the side with more of it is: 更快, 更多
    degree_en: str = "has more of it"
    near: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LayerType:
    """One row of layers.tsv: what may stand at this height. What shares something of level `own_of` has no layer of this one."""

    level: int
    zh: str
    en: str
    concepts: tuple[str, ...]
    own_of: int | None


@dataclass(frozen=True, slots=True)
class Domain:
    concepts: tuple[Concept, ...]
    relations: dict[str, RelationType]
    aspects: dict[str, Aspect]
    layers: tuple[LayerType, ...] = ()
    rejected: frozenset[str] = frozenset()  # folded names that a person decided to be no concepts


def load_domain(folder: Path) -> Domain:
    """Read concepts.tsv, relations.toml and aspects.toml; layers.tsv where there is one.

    :raises BadDomainData: a row that cannot be used; the message names file, row and what would be right.
    """
    return Domain(
        concepts=_load_concepts(folder / "concepts.tsv"),
        relations={row.id: row for row in _load_relations(folder / "relations.toml")},
        aspects={row.id: row for row in _load_aspects(folder / "aspects.toml")},
        layers=_load_layers(folder / "layers.tsv"),
    )


def _bad(path: Path, row: int, problem: str, remedy: str) -> BadDomainData:
    place = f"corpus/domain/{path.name}, row {row}"
    return BadDomainData((f"{place}: {problem}", f"{place}: {problem}"), (remedy, remedy))


def _load_concepts(path: Path) -> tuple[Concept, ...]:
    concepts: list[Concept] = []
    seen: set[str] = set()
    for number, (id_, kind, name, name_en, aliases, gloss, cues) in _tsv_rows(path, CONCEPT_COLUMNS):
        if not id_ or not kind or not name:
            raise _bad(path, number, "id, kind or name_zh is empty", "fill all three")
        if id_ in seen:
            raise _bad(path, number, f"id {id_!r} stands twice", "give one of the two another id, or join the rows")
        seen.add(id_)
        concepts.append(Concept(id_, name, _split(aliases), kind, gloss or None, name_en or None, _split(cues)))
    return tuple(concepts)


def _load_layers(path: Path) -> tuple[LayerType, ...]:
    """Bottom up; none where the vocabulary has no such file."""
    layers: list[LayerType] = []
    for number, (level, zh, en, concepts, own_of) in _tsv_rows(path, LAYER_COLUMNS) if path.is_file() else ():
        if not level.isdecimal() or not zh or not en or not concepts:
            raise _bad(path, number, "level is no number, or a name or the concepts are missing", "fill all but own_of")
        if own_of and own_of not in [str(layer.level) for layer in layers]:
            raise _bad(path, number, f"own_of {own_of!r} is no level below", "name the level of an earlier row, or leave it empty")
        if layers and int(level) <= layers[-1].level:
            raise _bad(path, number, f"level {level} is not above {layers[-1].level}", "write the layers bottom up")
        layers.append(LayerType(int(level), zh, en, _split(concepts), int(own_of) if own_of else None))
    return tuple(layers)


def _tsv_rows(path: Path, columns: tuple[str, ...]) -> Iterator[tuple[int, list[str]]]:
    """Row numbers and cells, comments and the heading left out."""
    with path.open(encoding="utf-8", newline="") as lines:
        for number, cells in enumerate(csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE), start=1):
            if not cells or cells[0].startswith("#") or tuple(cells) == columns:
                continue
            if len(cells) != len(columns):
                raise _bad(path, number, f"{len(cells)} cells", f"a row has {len(columns)}: {', '.join(columns)}")
            yield number, [cell.strip() for cell in cells]


def _split(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split("|") if part.strip())


def _load_relations(path: Path) -> list[RelationType]:
    rows: list[RelationType] = []
    for number, row in enumerate(_toml_rows(path, "relation"), start=1):
        for key in ("wording", "wording_denied", "wording_en", "wording_en_denied"):
            if not row.get(key):
                raise _bad(path, number, f"{key} is missing", "every relation needs its four wordings")
        patterns = _strings(row, "patterns")
        for text in (*patterns, row["wording"], row["wording_denied"], row["wording_en"], row["wording_en_denied"]):
            if "{S" not in text or "{O" not in text:
                raise _bad(path, number, f"{text!r} lacks {{S}} or {{O}}", "a pattern or wording names both {S} and {O}")
        rows.append(
            RelationType(
                id=row["id"],
                zh=row["zh"],
                en=row["en"],
                inverse=row.get("inverse"),
                symmetric=bool(row.get("symmetric", False)),
                transitive=bool(row.get("transitive", False)),
                verbs=_strings(row, "verbs"),
                reverse_verbs=_strings(row, "reverse_verbs"),
                patterns=patterns,
                cues=_strings(row, "cues"),
                wording=row["wording"],
                wording_denied=row["wording_denied"],
                wording_en=row["wording_en"],
                wording_en_denied=row["wording_en_denied"],
                metric=row.get("metric"),
                above=_above(path, number, row.get("above")),
                heading=row.get("heading", ""),
                heading_en=row.get("heading_en", ""),
            )
        )
    ids = {row.id for row in rows}
    for number, relation in enumerate(rows, start=1):
        if relation.inverse is not None and relation.inverse not in ids:
            raise _bad(path, number, f"inverse {relation.inverse!r} is no relation", "name a relation of this file")
    return rows


def _above(path: Path, row: int, value: Any) -> Literal["subject", "object"] | None:
    match value:
        case None | "subject" | "object":
            return value
    raise _bad(path, row, f"above = {value!r}", 'use "subject" or "object", or leave it out')


def _load_aspects(path: Path) -> list[Aspect]:
    rows: list[Aspect] = []
    for number, row in enumerate(_toml_rows(path, "aspect"), start=1):
        better = row.get("better")
        if better not in (None, "more", "less"):
            raise _bad(path, number, f"better = {better!r}", 'use "more" or "less", or leave it out')
        rows.append(
            Aspect(
                id=row["id"],
                zh=row["zh"],
                en=row["en"],
                names=_strings(row, "names"),
                reversed_names=_strings(row, "reversed_names"),
                more=_strings(row, "more"),
                less=_strings(row, "less"),
                unit=row.get("unit"),
                better=better,
                metric=row.get("metric"),
                order=number,
                degree=str(row.get("degree", "更高")),
                degree_en=str(row.get("degree_en", "has more of it")),
                near=_strings(row, "near"),
            )
        )
    known = {aspect.id for aspect in rows}
    for number, aspect in enumerate(rows, start=1):
        if unknown := [near for near in aspect.near if near not in known]:
            raise _bad(path, number, f"near names {unknown[0]!r}, which is no aspect", "name the id of another row")
    return rows


def _toml_rows(path: Path, table: str) -> list[dict[str, Any]]:
    try:
        with path.open("rb") as file:
            rows: list[dict[str, Any]] = tomllib.load(file)[table]
    except (tomllib.TOMLDecodeError, KeyError) as error:
        raise _bad(path, 0, str(error), f"write the rows as [[{table}]] tables in TOML") from error
    for number, row in enumerate(rows, start=1):
        for key in ("id", "zh", "en"):
            if not row.get(key):
                raise _bad(path, number, f"{key} is missing", "id, zh and en are needed in every row")
    return rows


def _strings(row: dict[str, Any], key: str) -> tuple[str, ...]:
    return tuple(str(item) for item in row.get(key, ()))
