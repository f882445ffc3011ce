"""Figures derived from samples: median, spread, and ratios with their error. Nothing is stored here."""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from kb.records import Measurement

# Iglewicz and Hoaglin (1993): a modified Z-score above 3.5, where 0.6745 makes the median deviation one of a normal distribution.
_OUTLYING, _NORMAL_DEVIATION, _TOO_FEW = 3.5, 0.6745, 5
# Standard error of a median of normal samples: sqrt(pi/2) * sigma / sqrt(n), with sigma estimated as IQR / 1.349.
_MEDIAN_ERROR = math.sqrt(math.pi / 2) / 1.349


@dataclass(frozen=True, slots=True)
class Summary:
    """All in the unit of the samples; quartiles by linear interpolation (Hyndman and Fan type 7), equal to the value for one sample."""

    n: int
    median: float
    q1: float
    q3: float
    low: float
    high: float

    @property
    def iqr(self) -> float:
        return self.q3 - self.q1

    @property
    def median_error(self) -> float | None:
        """`None` under three samples, where a spread says nothing."""
        return _MEDIAN_ERROR * self.iqr / math.sqrt(self.n) if self.n > 2 else None


@dataclass(frozen=True, slots=True)
class Ratio:
    """`value` ± `error` (one standard error, `None` where it cannot be told); `apart`: the two ranges do not touch."""

    value: float
    error: float | None
    apart: bool


def summarise(samples: Sequence[float]) -> Summary | None:
    if not samples:
        return None
    if len(samples) == 1:
        only = samples[0]
        return Summary(1, only, only, only, only, only)
    q1, _, q3 = statistics.quantiles(samples, n=4, method="inclusive")
    return Summary(len(samples), statistics.median(samples), q1, q3, min(samples), max(samples))


def outliers(samples: Sequence[float]) -> tuple[float, ...]:
    """Samples far from the median for how much the others scatter, in order; none of fewer than five, or where half of them are equal.

    They are told and never left out: a start that took long did take long.
    """
    if len(samples) < _TOO_FEW:
        return ()
    middle = statistics.median(samples)
    deviation = statistics.median(abs(sample - middle) for sample in samples)
    return tuple(sample for sample in samples if _NORMAL_DEVIATION * abs(sample - middle) > _OUTLYING * deviation > 0)


def ratio(more: Measurement, less: Measurement) -> Ratio | None:
    """Median of `more` over median of `less`; `None` where they may not be compared (other run, metric or host) or nothing was measured.

    Relative errors add in quadrature, as for any quotient of independent figures.
    """
    if (more.run_id, more.metric, more.host.env_id) != (less.run_id, less.metric, less.host.env_id):
        return None
    a, b = summarise(more.samples), summarise(less.samples)
    if a is None or b is None or a.median <= 0 or b.median <= 0:
        return None
    value = a.median / b.median
    error = None
    if a.median_error is not None and b.median_error is not None:
        error = value * math.hypot(a.median_error / a.median, b.median_error / b.median)
    return Ratio(value, error, a.low > b.high or b.low > a.high)


def steady(samples: Sequence[float], *, least: int, spread: float | None) -> bool:
    """Enough samples, and close enough together to be worth quoting."""
    summary = summarise(samples)
    if summary is None or summary.n < least:
        return False
    return spread is None or summary.iqr <= spread * abs(summary.median)


def one_figure(value: float) -> str:
    """Rounded to one significant figure: 387 → 400, 3.2 → 3."""
    size = 10.0 ** math.floor(math.log10(value))
    return f"{round(value / size) * size:g}"
