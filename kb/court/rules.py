"""Reads `corpus/domain/tests.toml` and checks it row by row; a new kind of claim is put to the test by a new row there."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any, cast, get_args

from kb.court.records import VERDICTS, Family, Judge, Kind, Rules, Text, Trial
from kb.domain import Domain
from kb.errors import BadDomainData
from kb.language.units import dimension_of

PLACES = frozenset({"a", "b", "ratio", "said", "reason", "until", "measured", "backends", "first"})
_NEEDED_SIDES: dict[str, int] = {"order": 2, "signs": 1, "seen": 1, "range": 1, "near": 1, "runs": 1, "never": 0}
_EXPECTED: dict[str, tuple[str, ...]] = {"signs": ("same", "differ", "mixed"), "seen": ("all", "none")}


def load_rules(folder: Path, domain: Domain) -> Rules:
    """:raises BadDomainData: a row that cannot be used; the message names the row and what would be right."""
    return read_rules((folder / "tests.toml").read_text(encoding="utf-8"), domain)


def read_rules(text: str, domain: Domain) -> Rules:
    """:raises BadDomainData:"""
    try:
        whole = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _bad("file", str(error), "write TOML") from error
    concepts = {concept.id for concept in domain.concepts} | set(whole.get("discovered", ()))
    families = {family.id: family for family in (_family(row, concepts) for row in whole.get("family", ()))}
    trials = tuple(_test(row, families, domain, concepts) for row in whole.get("test", ()))
    for trial in trials:
        if sum(other.id == trial.id for other in trials) > 1:
            raise _bad(f"test {trial.id}", "the id stands twice", "give one of the two another id")
    return Rules(
        trials=trials,
        families=families,
        backends={row["name"]: (row["zh"], row["en"]) for row in whole.get("backend", ())},
        amounts=tuple((row["word"], float(row["factor"])) for row in whole.get("amount", ())),
        upper_words=tuple(whole.get("upper_words", ())),
        reporting_words=tuple(whole.get("reporting_words", ())),
        asking_words=tuple(whole.get("asking_words", ())),
        sentences={(row["judge"], row["verdict"]): _text(row, "", f"sentence {row['judge']}") for row in whole.get("sentence", ())},
    )


def _family(row: dict[str, Any], concepts: set[str]) -> Family:
    place = f"family {row.get('id')}"
    unknown = [name for name in (*row.get("members", ()), *row.get("others", ()), row.get("concept", "")) if name not in concepts]
    if unknown:
        raise _bad(place, f"no concept {', '.join(map(repr, unknown))}", "use ids of concepts.tsv")
    backends = row.get("backends")
    return Family(
        id=row["id"],
        label=_text(row, "", place),
        concept=row["concept"],
        members=frozenset(row["members"]),
        backends=frozenset(backends) if backends is not None else None,
        stand_ins=frozenset(row.get("stand_ins", ())),
        reason=_text(row, "reason_", place) if "reason_zh" in row else None,
        others=frozenset(row.get("others", ())),
        others_reason=_text(row, "others_", place) if row.get("others") else None,
    )


def _test(row: dict[str, Any], families: dict[str, Family], domain: Domain, concepts: set[str]) -> Trial:
    place = f"test {row.get('id')}"
    for key in ("id", "zh", "en", "kind", "metric", "judge"):
        if not row.get(key):
            raise _bad(place, f"{key} is missing", "every test has id, zh, en, kind, metric and judge")
    if row["kind"] not in get_args(Kind):
        raise _bad(place, f"kind = {row['kind']!r}", f"use one of {', '.join(get_args(Kind))}")
    if row["judge"] not in get_args(Judge):
        raise _bad(place, f"judge = {row['judge']!r}", f"use one of {', '.join(get_args(Judge))}")
    _known(place, "relation", row.get("relations", ()), domain.relations)
    _known(place, "family", row.get("sides", ()), families)
    _check_judge(place, row)
    return Trial(
        id=row["id"],
        label=_text(row, "", place),
        kind=row["kind"],
        metric=row["metric"],
        judge=row["judge"],
        relations=frozenset(row.get("relations", ())),
        aspects=frozenset(row.get("aspects", ())),
        subjects=_members(place, row.get("subjects", ()), families, concepts),
        objects=_members(place, row.get("objects", ()), families, concepts),
        words=tuple(row.get("words", ())),
        without=tuple(row.get("without", ())),
        quoted=tuple(row.get("quoted", ())),
        units=frozenset(row.get("units", ())),
        unit=row.get("unit"),
        holds=row.get("holds"),
        worded=bool(row.get("worded", False)),
        sides=tuple(row.get("sides", ())),
        more=row.get("more", "larger"),
        same=tuple(row.get("same", ())),
        differ=tuple(row.get("differ", ())),
        expects=row.get("expects", ""),
        low=row.get("low"),
        high=row.get("high"),
        factor=float(row.get("factor", 1.0)),
        tolerance=float(row.get("tolerance", 3.0)),
        days=float(row["days"]) if "days" in row else None,
        limited=frozenset(row.get("limited", ())),
        limit=_text(row, "limit_", place) if "limit_zh" in row else None,
        note=_text(row, "note_", place) if "note_zh" in row else None,
        sentences=tuple((verdict, _text(row, f"{verdict}_", place)) for verdict in VERDICTS if f"{verdict}_zh" in row),
    )


def _check_judge(place: str, row: dict[str, Any]) -> None:
    judge = row["judge"]
    if len(row.get("sides", ())) < _NEEDED_SIDES[judge]:
        raise _bad(place, f"{judge} looks at {_NEEDED_SIDES[judge]} sides", "name that many families in sides")
    if judge in _EXPECTED and row.get("expects") not in _EXPECTED[judge]:
        raise _bad(place, f"expects = {row.get('expects')!r}", f"{judge} expects one of {', '.join(_EXPECTED[judge])}")
    if judge == "near" and row.get("low") is None and row.get("high") is None:
        raise _bad(place, "low and high are missing", "near needs at least one of the two")
    if judge == "range" and row["kind"] != "quantity":
        raise _bad(place, "range judges quantities only", 'use kind = "quantity"')
    if row.get("more", "larger") not in ("larger", "smaller"):
        raise _bad(place, f"more = {row['more']!r}", "use larger or smaller")
    if row.get("unit") is not None and dimension_of(row["unit"]) is None:
        raise _bad(place, f"unit = {row['unit']!r}", "use a unit of kb/language/data/units.tsv")
    if judge == "never" and "untestable_zh" not in row:
        raise _bad(place, "untestable_zh and untestable_en are missing", "say why this machine cannot test it")
    if row.get("limited") and "limit_zh" not in row:
        raise _bad(place, "limit_zh and limit_en are missing", "say what limits the verdict")


def _members(place: str, names: Iterable[str], families: dict[str, Family], concepts: set[str]) -> frozenset[str]:
    """Concept ids; `@name` stands for all of a family."""
    found: set[str] = set()
    for name in names:
        if name.startswith("@"):
            _known(place, "family", [name[1:]], families)
            found |= families[name[1:]].members
        elif name in concepts:
            found.add(name)
        else:
            raise _bad(place, f"no concept {name!r}", "use ids of concepts.tsv, or @ and the id of a family")
    return frozenset(found)


def _known(place: str, what: str, names: Iterable[str], known: Iterable[str]) -> None:
    for name in names:
        if name not in known:
            raise _bad(place, f"no {what} {name!r}", f"known: {', '.join(known)}")


def _text(row: dict[str, Any], prefix: str, place: str) -> Text:
    pair = tuple(str(row.get(f"{prefix}{language}", "")) for language in ("zh", "en"))
    for text in pair:
        if not text:
            raise _bad(place, f"{prefix}zh or {prefix}en is missing", "every text stands in both languages")
        wrong = set(re.findall(r"\{(\w*)\}", text)) - PLACES
        if wrong:
            raise _bad(place, f"no place {{{wrong.pop()}}} in {text!r}", f"known places: {', '.join(sorted(PLACES))}")
    return cast(Text, pair)


def _bad(place: str, problem: str, remedy: str) -> BadDomainData:
    text = f"corpus/domain/tests.toml, {place}: {problem}"
    return BadDomainData((text, text), (remedy, remedy))
