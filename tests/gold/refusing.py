"""How the limits of `kb.qa.finding.judging` trade one error for the other: answering what no article says, and refusing what one does.

Both limits of the likelihood that what was found answers are scaled by one factor: below 1 more is answered, above 1 more is refused. Asked is
the dev half alone, for the limits are chosen on it. Questions that are refused for another reason (an unknown name, no value where one is asked for) stay refused.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from unittest.mock import patch

from kb.qa.finding import judging
from tests.gold.scoring import Json, abstained, mean

FACTORS = (0.6, 0.8, 1.0, 1.2, 1.5)
LIMITS = ("LIKELY", "LIKELIER")


@dataclass(frozen=True, slots=True)
class Point:
    """Shares, at one scale of the limits: of the unanswerable questions that are refused, and of the answerable ones that are."""

    factor: float
    refused: float
    wrongly_refused: float


def curve(answerable: Sequence[Json], unanswerable: Sequence[Json], ask: Callable[[Json], Json]) -> tuple[Point, ...]:
    """`ask`: question → its answer as it goes over the wire. Where there is no question of a sort, its share is 0."""
    points = []
    for factor in FACTORS:
        with patch.multiple(judging, **{name: getattr(judging, name) * factor for name in LIMITS}):
            refused, wrongly = (mean([abstained(ask(question)) for question in asked]) for asked in (unanswerable, answerable))
        points.append(Point(factor, refused or 0.0, wrongly or 0.0))
    return tuple(points)


def lines(points: Sequence[Point]) -> list[str]:
    rows = [f"  x {p.factor:<6}{100 * p.refused:>10.1f} %{100 * p.wrongly_refused:>12.1f} %" for p in points]
    return ["refusal by scale of the limits (dev)", f"  {'limits':8}{'refused':>12}{'wrongly':>14}", *rows] if rows else []
