from __future__ import annotations

import math

import pytest

from kb.language.units import dimension_of, in_base_unit, known_units

DIMENSIONS = frozenset("time size rate ratio flops iops length bandwidth throughput frequency power price".split())


@pytest.mark.parametrize(
    ("low", "high", "unit", "expected"),
    [
        (2, 9, "分钟", ("time", 120, 540)),
        (500, 500, "毫秒", ("time", 0.5, 0.5)),
        (1, 1, "小时", ("time", 3600, 3600)),
        (1, 2, "KB", ("size", 1024, 2048)),
        (1, 1, "gb", ("size", 2**30, 2**30)),
        (1, 1, "GiB", ("size", 2**30, 2**30)),
        (50, 90, "%", ("ratio", 0.5, 0.9)),
        (1, 1, "台/秒", ("rate", 60, 60)),
        (None, 3, "秒", ("time", 0, 3)),
        (3, None, "秒", ("time", 3, math.inf)),
        (None, None, "秒", None),
        (3, 3, "台", None),
        (3, 3, "箱", None),
    ],
)
def test_quantities_are_brought_to_their_base_unit(
    low: float | None, high: float | None, unit: str, expected: tuple[str, float, float] | None
) -> None:
    assert in_base_unit(low, high, unit) == expected


@pytest.mark.parametrize(("unit", "dimension"), [("ms", "time"), ("M", "size"), ("％", "ratio"), ("台/min", "rate"), ("台", None)])
def test_a_unit_has_a_dimension_or_only_counts(unit: str, dimension: str | None) -> None:
    assert dimension_of(unit) == dimension


def test_every_known_unit_can_be_converted() -> None:
    assert len(known_units()) > 30
    for unit in known_units():
        converted = in_base_unit(1, 1, unit)
        assert converted is not None and converted[1] == converted[2] > 0
        assert converted[0] in DIMENSIONS
