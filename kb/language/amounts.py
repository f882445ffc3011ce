"""A measured figure as a person reads it: three significant digits in the unit that suits its size; counted things in words."""

from __future__ import annotations

# Each from small to large, with how many of one unit make one of the next.
_LADDERS: tuple[tuple[float, tuple[str, ...]], ...] = ((1000.0, ("µs", "ms", "s")), (1024.0, ("KiB", "MiB", "GiB", "TiB")))
_SMALLEST = 0.1  # below it the smaller unit reads better: 0.8 ms stays, 0.08 ms becomes 80 µs
_WORDS: dict[str, tuple[str, str]] = {
    "signs": ("项", "signs"),
    "processes": ("个进程", "processes"),
    "attempts": ("项尝试", "attempts"),
    "ended": ("次被结束", "ended"),
    "x": ("倍", "times"),
    "/min": ("个/分钟", "per minute"),
}


def amount(value: float, unit: str, language: str) -> str:
    """2134 `ms` is 2.13 s, 0.05 `ms` is 50 µs, 67564 `/min` is 67,564 个/分钟. Any language but `zh` is English."""
    value, unit = _scaled(value, unit)
    return _joined(digits(value), unit, language)


def extent(low: float, high: float, unit: str, language: str) -> str:
    """From the least to the most, the unit named once where it is the same: 2.24–3.45 s, but 980 ms–1.2 s."""
    (least, small), (most, large) = _scaled(low, unit), _scaled(high, unit)
    if low == 0 or small == large:
        return _joined(f"{digits(least)}–{digits(most)}", large, language)
    return f"{_joined(digits(least), small, language)}–{_joined(digits(most), large, language)}"


def unit_word(unit: str, language: str) -> str:
    """What is counted, in words; a unit of measurement is the same everywhere."""
    return _WORDS.get(unit, (unit, unit))[language != "zh"]


def digits(value: float) -> str:
    """Three significant digits, whole from 100 on, thousands marked; never in scientific notation."""
    value = _rounded(value)
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def _scaled(value: float, unit: str) -> tuple[float, str]:
    for factor, units in _LADDERS:
        if unit in units:
            at = units.index(unit)
            while abs(_rounded(value)) >= factor and at + 1 < len(units):
                value, at = value / factor, at + 1
            while 0 < abs(value) < _SMALLEST and at > 0:
                value, at = value * factor, at - 1
            return value, units[at]
    return value, unit


def _rounded(value: float) -> float:
    """So that 999.7 ms is 1 s and not 1000 ms; a figure that is longer keeps its whole digits."""
    return float(f"{value:.3g}") if abs(value) < 1000 else round(value)


def _joined(figure: str, unit: str, language: str) -> str:
    word = unit_word(unit, language)
    return f"{figure}{word}" if word == "%" and language == "zh" else f"{figure} {word}".strip()
