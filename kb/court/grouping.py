"""Rulings as people read them: one group a test, within it those that got the same verdict for the same reason."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kb.court.records import VERDICTS, Figure, Ruling, RulingVerdict, Text

_OPEN = frozenset(("unmeasured", "expired"))


@dataclass(frozen=True, slots=True)
class Part:
    verdict: RulingVerdict
    explanation: Text
    rulings: tuple[Ruling, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """`figures` and `conditions` are those of the measurement that decided; empty where nothing was measured."""

    test: str
    label: Text
    metric: str
    parts: tuple[Part, ...]
    figures: tuple[Figure, ...]
    conditions: tuple[Text, ...]

    @property
    def open(self) -> bool:
        """A measurement could decide something here."""
        return any(part.verdict in _OPEN for part in self.parts)


def grouped(rulings: Iterable[Ruling]) -> tuple[Group, ...]:
    """Groups with figures first, then those to be measured, then those that cannot be; otherwise in the order given."""
    tests: dict[str, list[Ruling]] = {}
    for ruling in rulings:
        tests.setdefault(ruling.test, []).append(ruling)
    groups = [_group(found) for found in tests.values()]
    return tuple(sorted(groups, key=lambda group: 0 if group.figures else 1 if group.open else 2))


def counted(rulings: Iterable[Ruling]) -> dict[RulingVerdict, int]:
    """How many of each verdict, all six named."""
    counts = dict.fromkeys(VERDICTS, 0)
    for ruling in rulings:
        counts[ruling.verdict] += 1
    return counts


def verdict_named(name: str) -> RulingVerdict | None:
    """By its id or its name in either language."""
    wanted = name.strip().casefold()
    return next((id_ for id_, text in VERDICTS.items() if wanted in (id_, *(word.casefold() for word in text))), None)


def _group(rulings: list[Ruling]) -> Group:
    parts: dict[tuple[RulingVerdict, Text], list[Ruling]] = {}
    for ruling in rulings:
        found = parts.setdefault((ruling.verdict, ruling.explanation), [])
        # a quote that makes two statements (没有虚拟设备和监控器) is read once
        if all((ruling.sentence_id, ruling.span) != (other.sentence_id, other.span) for other in found):
            found.append(ruling)
    first = rulings[0]
    measured = next((ruling for ruling in rulings if ruling.figures), first)
    return Group(
        first.test,
        first.label,
        first.metric,
        tuple(Part(verdict, explanation, tuple(found)) for (verdict, explanation), found in parts.items()),
        measured.figures,
        measured.conditions,
    )
