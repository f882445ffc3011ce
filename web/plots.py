"""Measurements as pictures: where to draw what, in units of a view box. Templates turn it into SVG; values stand in a table beside it.

A distribution is a box and its samples on a logarithmic axis that all backends share; an amount is a bar from zero, since only lengths
from zero may be compared by eye; a history has a lane for each backend, with a scale of its own.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from jinja2 import Environment

from kb.probe.summary import Summary, outliers, summarise
from kb.probe.wording import backend_name
from kb.records import Measurement
from web.languages import language
from web.showing import amount, day, extent

WIDTH = 460.0  # narrow enough that its words stay readable on a phone
LEFT, RIGHT = 8.0, WIDTH - 8.0
ROW, LANE, AXIS = 40.0, 74.0, 26.0
_DISTRIBUTED = frozenset(("ms", "s", "x", "/min"))
_AMOUNTS = frozenset(("MiB", "%"))
_WOBBLE = (0.0, -3.0, 3.0, -1.5, 1.5)  # so that equal samples are seen as several
_MOST_TICKS = 7
# From coarse to fine: every so many powers of ten, and the multiples of each.
_GRIDS = (
    *((stride, (1.0,)) for stride in (6, 3, 2, 1)),
    *((1, steps) for steps in ((1.0, 3.0), (1.0, 2.0, 5.0), tuple(map(float, range(1, 10))), tuple(n / 2 for n in range(2, 20)))),
)
_LABEL = 46.0  # width that an axis label may need


@dataclass(frozen=True, slots=True)
class Tick:
    """`anchor` keeps a label at the edge inside the picture."""

    x: float
    label: str

    @property
    def anchor(self) -> str:
        return "start" if self.x < LEFT + 12 else "end" if self.x > RIGHT - 12 else "middle"


@dataclass(frozen=True, slots=True)
class Dot:
    """`apart`: an outlier, or in a history a measurement that is a rough guide only."""

    x: float
    y: float
    apart: bool
    title: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """`y` is the middle of its lane; `whiskers` and `box` are the range and the quartiles, `bar` ends at the median."""

    name: str
    value: str
    y: float
    valid: bool
    median: float
    whiskers: tuple[float, float]
    box: tuple[float, float]
    dots: tuple[Dot, ...] = ()
    bar: float | None = None


@dataclass(frozen=True, slots=True)
class Plot:
    """`reference` is the x of a value that others are held against, such as a ratio of 1."""

    label: str
    height: float
    rows: tuple[Row, ...]
    ticks: tuple[Tick, ...]
    reference: float | None = None

    @property
    def bottom(self) -> float:
        return self.height - AXIS


@dataclass(frozen=True, slots=True)
class Lane:
    """One backend's measurements over time. `scale` names the ends of its own scale; `bands` are quartiles (x, y1, y2)."""

    name: str
    value: str
    y: float
    scale: str
    line: str
    dots: tuple[Dot, ...]
    bands: tuple[tuple[float, float, float], ...]


@dataclass(frozen=True, slots=True)
class History:
    label: str
    height: float
    lanes: tuple[Lane, ...]
    ticks: tuple[Tick, ...]


def set_up(environment: Environment) -> None:
    environment.globals.update(plot=plot, history_plot=history)


def plot(measurements: Sequence[Measurement]) -> Plot | None:
    """Measurements of one metric; `None` where a picture would show nothing, as of signs or of one sample of one backend."""
    found = [(m, s) for m in measurements if (s := summarise(m.samples)) is not None]
    if not found or sum(len(m.samples) for m, _ in found) < 2:
        return None
    unit = found[0][0].unit
    if unit in _DISTRIBUTED and all(s.low > 0 for _, s in found):
        return _distribution(found, unit)
    return _bars(found, unit) if unit in _AMOUNTS and len(found) > 1 else None


def _distribution(found: Sequence[tuple[Measurement, Summary]], unit: str) -> Plot:
    scale = _Log(min(s.low for _, s in found), max(s.high for _, s in found))
    rows = []
    for number, (m, s) in enumerate(found):
        y, far = _middle(number), outliers(m.samples)
        dots = tuple(
            Dot(scale.x(sample), y + _WOBBLE[n % len(_WOBBLE)], sample in far, amount(sample, unit)) for n, sample in enumerate(m.samples)
        )
        whiskers, box = (scale.x(s.low), scale.x(s.high)), (scale.x(s.q1), scale.x(s.q3))
        rows.append(Row(_name(m), amount(s.median, unit), y, m.valid, scale.x(s.median), whiskers, box, dots))
    reference = scale.x(1.0) if unit == "x" and scale.low <= 1.0 <= scale.high else None
    return Plot(_label(found, unit), _height(rows), tuple(rows), scale.ticks(unit), reference)


def _bars(found: Sequence[tuple[Measurement, Summary]], unit: str) -> Plot:
    most = 100.0 if unit == "%" else max(s.high for _, s in found)
    base = 1024.0 if unit == "MiB" and most >= 1024 else 1.0  # round figures of the unit that the axis is labelled in
    step = _step(most / base) * base
    top = step * math.ceil(most / step)

    def x(value: float) -> float:
        return _round(LEFT + value / top * (RIGHT - LEFT))

    rows = tuple(
        Row(_name(m), amount(s.median, unit), _middle(n), m.valid, x(s.median), (x(s.low), x(s.high)), (x(s.q1), x(s.q3)), bar=x(s.median))
        for n, (m, s) in enumerate(found)
    )
    ticks = tuple(Tick(x(step * n), amount(step * n, unit)) for n in range(round(top / step) + 1))
    return Plot(_label(found, unit), _height(rows), rows, ticks)


def history(measurements: Iterable[Measurement]) -> History | None:
    """Measurements of one metric on one host over time; `None` where no backend was measured twice."""
    series: dict[str, list[tuple[Measurement, Summary]]] = {}
    for m in sorted(measurements, key=lambda m: m.measured_at):
        if (s := summarise(m.samples)) is not None:
            series.setdefault(m.backend, []).append((m, s))
    several = {name: points for name, points in series.items() if len(points) > 1}
    if not several:
        return None
    moments = [_seconds(m) for points in several.values() for m, _ in points]
    first, last = min(moments), max(moments)

    def x(m: Measurement) -> float:
        return _round(LEFT + (_seconds(m) - first) / ((last - first) or 1.0) * (RIGHT - LEFT))

    lanes = tuple(_lane(n, points, [x(m) for m, _ in points]) for n, points in enumerate(several.values()))
    ends = {first: Tick(LEFT, day(_moment(first))), last: Tick(RIGHT, day(_moment(last)))}
    count = sum(len(points) for points in several.values())
    label = f"{len(lanes)} × n={count}"
    return History(label, len(lanes) * LANE + AXIS, lanes, tuple(ends.values()))


def _lane(number: int, points: Sequence[tuple[Measurement, Summary]], xs: Sequence[float]) -> Lane:
    unit = points[0][0].unit
    low, high = min(s.q1 for _, s in points), max(s.q3 for _, s in points)
    top, bottom = number * LANE + 38.0, number * LANE + LANE - 10.0

    def y(value: float) -> float:
        return _round(bottom - (value - low) / (high - low) * (bottom - top)) if high > low else (top + bottom) / 2

    dots = tuple(
        Dot(at, y(s.median), not m.valid, f"{day(m.measured_at)} {amount(s.median, unit)} (n={s.n})")
        for at, (m, s) in zip(xs, points, strict=True)
    )
    line = " ".join(f"{'M' if n == 0 else 'L'}{dot.x:g} {dot.y:g}" for n, dot in enumerate(dots))
    bands = tuple((at, y(s.q1), y(s.q3)) for at, (_, s) in zip(xs, points, strict=True) if s.n > 1)
    last = points[-1][1]
    return Lane(
        _name(points[-1][0]),
        amount(last.median, unit),
        number * LANE,
        extent(low, high, unit) if high > low else "",
        line,
        dots,
        bands,
    )


class _Log:
    """A logarithmic axis between two positive values, a little wider than they are."""

    def __init__(self, low: float, high: float) -> None:
        margin = max((high / low) ** 0.03, 1.02)
        self.low, self.high = low / margin, high * margin
        self._from, self._length = math.log10(self.low), math.log10(self.high / self.low)

    def x(self, value: float) -> float:
        return _round(LEFT + (math.log10(value) - self._from) / self._length * (RIGHT - LEFT))

    def ticks(self, unit: str) -> tuple[Tick, ...]:
        """Powers of ten, thinned where they are many, and between few of them as many round values as there is room for."""
        found: list[float] = []
        for stride, steps in _GRIDS:
            exponents = range(math.floor(self._from), math.ceil(self._from + self._length) + 1)
            values = [step * 10.0**exponent for exponent in exponents if exponent % stride == 0 for step in steps]
            inside = [value for value in values if self.low <= value <= self.high]
            if len(inside) > _MOST_TICKS or _crowded([self.x(value) for value in inside]):
                break
            found = inside
        return tuple(Tick(self.x(value), amount(value, unit)) for value in found)


def _crowded(xs: Sequence[float]) -> bool:
    return any(right - left < _LABEL for left, right in zip(xs, xs[1:], strict=False))


def _step(most: float) -> float:
    """A round step that gives three to five ticks."""
    size = 10.0 ** math.floor(math.log10(most)) if most > 0 else 1.0
    return next(step * size for step in (0.2, 0.25, 0.5, 1.0, 2.0, 2.5) if most / (step * size) <= 4)


def _name(m: Measurement) -> str:
    return backend_name(m.backend, language())


def _label(found: Sequence[tuple[Measurement, Summary]], unit: str) -> str:
    comma = ", " if language() == "en" else "，"
    return comma.join(f"{_name(m)} {amount(s.median, unit)} (n={s.n})" for m, s in found)


def _middle(number: int) -> float:
    return number * ROW + 27.0


def _height(rows: Sequence[Row]) -> float:
    return len(rows) * ROW + AXIS


def _round(value: float) -> float:
    return round(value, 1)


def _seconds(m: Measurement) -> float:
    return datetime.fromisoformat(m.measured_at).timestamp()


def _moment(seconds: float) -> str:
    return datetime.fromtimestamp(seconds).astimezone().isoformat()
