"""Holds one statement against figures: a function a judge. Wording and caution (what a verdict may not claim) come after."""

from __future__ import annotations

import math
import statistics
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from kb.court.evidence import Evidence, Side
from kb.court.records import Judge, Rules, RulingVerdict, Statement, Trial
from kb.court.statements import is_turned
from kb.language.units import in_base_unit
from kb.records import Claim, Comparison, Measurement, Quantity

Span = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Finding:
    """`ratio`: least ratio of medians between the two sides; `short`: the direction holds, the stated size of the difference does not."""

    verdict: RulingVerdict
    ratio: float | None = None
    short: bool = False


def find(trial: Trial, statement: Statement, evidence: Evidence, rules: Rules) -> Finding | None:
    """`None`: the statement's figure is of another dimension than what was measured, so the test does not speak for it."""
    finding = _JUDGES[trial.judge](trial, statement, evidence, rules)
    if finding is not None and isinstance(statement, Claim) and not statement.holds and not trial.worded:
        return Finding(_turned(finding.verdict), finding.ratio)
    return finding


def _turned(verdict: RulingVerdict) -> RulingVerdict:
    turned: dict[RulingVerdict, RulingVerdict] = {"confirmed": "contradicted", "contradicted": "confirmed"}
    return turned.get(verdict, verdict)


def _together(outcomes: Iterable[bool | None]) -> RulingVerdict:
    """All true, all false, or neither; `None` is an outcome that could not be told."""
    seen = set(outcomes)
    return "confirmed" if seen == {True} else "contradicted" if seen == {False} else "partly"


# ---------------------------------------------------------------- more or less than the other


def _order(trial: Trial, statement: Statement, evidence: Evidence, rules: Rules) -> Finding:
    first, second = evidence.sides
    pairs = [_larger(one, other) for one in first for other in second]
    ratio = min(_ratio(one, other) for one in first for other in second)
    wanted = _wanted(trial, statement)
    if wanted is None:
        return Finding(_together(pair is None for pair in pairs), ratio)
    verdict = _together(None if pair is None else pair == wanted for pair in pairs)
    needed = max(trial.factor, _amount(statement, rules))
    if verdict == "confirmed" and ratio < needed:
        return Finding("partly", ratio, short=True)
    return Finding(verdict, ratio)


def _larger(one: Measurement, other: Measurement) -> bool | None:
    """Whether every sample of `one` is larger than every sample of `other`; `None` where the two ranges touch."""
    if min(one.samples) > max(other.samples):
        return True
    return False if max(one.samples) < min(other.samples) else None


def _ratio(one: Measurement, other: Measurement) -> float:
    low, high = sorted((statistics.median(one.samples), statistics.median(other.samples)))
    return high / low if low > 0 else math.inf


def _wanted(trial: Trial, statement: Statement) -> bool | None:
    """Whether the statement makes the figure of the first side the larger one; `None` where it says that the two are equal."""
    first_has_more = True
    if isinstance(statement, Comparison):
        if statement.direction == "equal":
            return None
        first_has_more = (statement.direction == "a_more") != is_turned(trial, statement)
    return first_has_more == (trial.more == "larger")


def _amount(statement: Statement, rules: Rules) -> float:
    """The least ratio that the wording of a difference means; 1 where there is none."""
    wording = (statement.amount or "") if isinstance(statement, Comparison) else ""
    return max((factor for word, factor in rules.amounts if word in wording), default=1.0)


# ---------------------------------------------------------------- signs, sights and plain starts


def _signs(trial: Trial, statement: Statement, evidence: Evidence, rules: Rules) -> Finding:
    return Finding(_together(_agrees(trial, measurement) for measurement in evidence.sides[0]))


def _agrees(trial: Trial, measurement: Measurement) -> bool | None:
    seen = {sign.name: sign.same for sign in measurement.signs}
    same = all(seen[name] for name in trial.same)
    differ = all(not seen[name] for name in trial.differ)
    if trial.expects == "mixed":
        return same and differ
    met, failed = (same, differ) if trial.expects == "same" else (differ, same)
    return True if met else False if failed else None


def _seen(trial: Trial, statement: Statement, evidence: Evidence, rules: Rules) -> Finding:
    return Finding(_together((sample > 0) == (trial.expects == "all") for side in evidence.sides for m in side for sample in m.samples))


def _runs(trial: Trial, statement: Statement, evidence: Evidence, rules: Rules) -> Finding:
    """It started and lacked what the statement says it needs; so a claim of need is contradicted by each start."""
    return Finding(_together(False for _ in evidence.measurements))


# ---------------------------------------------------------------- figures in a range


def _near(trial: Trial, statement: Statement, evidence: Evidence, rules: Rules) -> Finding:
    low = -math.inf if trial.low is None else trial.low
    high = math.inf if trial.high is None else trial.high
    return Finding(_together(low <= statistics.median(m.samples) <= high for m in evidence.sides[0]))


def _range(trial: Trial, statement: Statement, evidence: Evidence, rules: Rules) -> Finding | None:
    if not isinstance(statement, Quantity):
        return None
    stated = in_base_unit(statement.low, statement.high, statement.unit)
    if stated is None or not _same_dimension(stated[0], evidence.sides[0]):
        return None
    low, high = _widened(stated[1:], statement, trial, rules)
    return Finding(_together(_within(measurement, low, high) for measurement in evidence.sides[0]))


def _same_dimension(dimension: str, side: Side) -> bool:
    return all((found := in_base_unit(1.0, 1.0, m.unit)) is not None and found[0] == dimension for m in side)


def _widened(stated: Span, statement: Quantity, trial: Trial, rules: Rules) -> Span:
    """An upper bound (只需几十毫秒) reaches down to nothing and is not widened; other figures count for their order of magnitude."""
    if stated[0] == 0.0 or any(word in statement.value_text for word in rules.upper_words):
        return 0.0, stated[1]
    return stated[0] / trial.tolerance, stated[1] * trial.tolerance


def _within(measurement: Measurement, low: float, high: float) -> bool | None:
    """By the median; `None` where only some samples lie within."""
    figures = [in_base_unit(value, value, measurement.unit) for value in (statistics.median(measurement.samples), *measurement.samples)]
    values = [figure[1] for figure in figures if figure is not None]
    inside = [low <= value <= high for value in values]
    return True if inside[0] else None if any(inside) else False


_JUDGES: dict[Judge, Callable[[Trial, Statement, Evidence, Rules], Finding | None]] = {
    "order": _order,
    "signs": _signs,
    "seen": _seen,
    "range": _range,
    "near": _near,
    "runs": _runs,
}
