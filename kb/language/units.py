"""Units that can be converted into one another, from data/units.tsv. It converts; finding numbers in text is numerals' business."""

from __future__ import annotations

from functools import cache

from kb.language.tables import lines

_WHOLE = float("inf")


@cache
def _table() -> dict[str, tuple[str, float]]:
    rows = (line.split("\t") for line in lines("units.tsv"))
    return {unit: (dimension, float(factor)) for unit, dimension, factor in rows}


def in_base_unit(low: float | None, high: float | None, unit: str) -> tuple[str, float, float] | None:
    """`(dimension, low, high)` in the dimension's base unit; an open end becomes 0 or infinity. `None` for a unit that cannot be converted."""
    row = _table().get(unit) or _table().get(unit.lower()) or _table().get(unit.upper())
    if row is None or (low is None and high is None):
        return None
    dimension, factor = row
    return dimension, (low or 0.0) * factor, _WHOLE if high is None else high * factor


@cache
def known_units() -> tuple[str, ...]:
    """Every unit that can be converted, as it is written."""
    return tuple(_table())


def dimension_of(unit: str) -> str | None:
    """A dimension of units.tsv (time, size, rate, ratio, …); `None` for a unit that only counts."""
    row = _table().get(unit) or _table().get(unit.lower()) or _table().get(unit.upper())
    return row[0] if row else None
