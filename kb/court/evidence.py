"""Which measurements of this host may decide a test: valid ones by backends that stand for what is claimed, of one interleaved run where
sides are compared.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

from kb.court.records import Family, Rules, Statement, Text, Trial
from kb.records import Comparison, Measurement
from kb.store import Reader

Side = tuple[Measurement, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """One entry of `sides` for each side of the test. `in_part`: families for which only stand-ins were measured."""

    sides: tuple[Side, ...]
    in_part: tuple[Family, ...]
    expired: bool

    @property
    def measurements(self) -> tuple[Measurement, ...]:
        return tuple(dict.fromkeys(measurement for side in self.sides for measurement in side))


@dataclass(frozen=True, slots=True)
class Missing:
    verdict: Literal["unmeasured", "untestable"]
    reason: Text | None = None


@dataclass
class Archive:
    """What one host recorded, each metric and each test looked up once. `obstacles` say of backends why they do not work on it."""

    reader: Reader
    env_id: str
    now: datetime
    obstacles: Mapping[str, Text] = field(default_factory=dict)
    _recorded: dict[str, tuple[Measurement, ...]] = field(default_factory=dict)
    _found: dict[tuple[str, ...], Evidence | Missing] = field(default_factory=dict)

    def evidence(self, trial: Trial, statement: Statement, rules: Rules) -> Evidence | Missing:
        families = families_of(trial, statement, rules)
        key = (trial.id, *(family.id for family in families))
        if key not in self._found:
            self._found[key] = self._gather(trial, families)
        return self._found[key]

    def _gather(self, trial: Trial, families: tuple[Family, ...]) -> Evidence | Missing:
        recorded = tuple(measurement for measurement in self._of(trial.metric) if _usable(trial, measurement))
        runs = _runs(recorded) if len(families) > 1 else self._latest(trial, recorded)
        complete = [evidence for run in runs if (evidence := self._of_run(trial, families, run)) is not None]
        # fresh before old, what stands fully before stand-ins, newest first: `complete` is newest first and the sort keeps that
        complete.sort(key=lambda evidence: (evidence.expired, len(evidence.in_part)))
        return complete[0] if complete else _missing(families, recorded, self.obstacles)

    def _latest(self, trial: Trial, recorded: Side) -> tuple[Side, ...]:
        """Where nothing is compared, the newest of every backend counts, fresh or else old; not only those of the last run."""
        newest: dict[str, Measurement] = {}
        for measurement in recorded:
            newest.setdefault(measurement.backend, measurement)
        fresh = tuple(m for m in newest.values() if not self._expired(trial, m))
        return fresh, tuple(newest.values())

    def _expired(self, trial: Trial, measurement: Measurement) -> bool:
        until = fresh_until(trial, measurement)
        return until is not None and self.now > until

    def _of(self, metric: str) -> tuple[Measurement, ...]:
        if metric not in self._recorded:
            found = self.reader.measurements(metric=metric, env_id=self.env_id, valid_only=True)
            self._recorded[metric] = tuple(measurement for measurement in found if measurement.samples)
        return self._recorded[metric]

    def _of_run(self, trial: Trial, families: tuple[Family, ...], run: Side) -> Evidence | None:
        sides: list[Side] = []
        in_part: list[Family] = []
        for family in families:
            full = tuple(measurement for measurement in run if _stands(family, measurement))
            side = full or tuple(measurement for measurement in run if measurement.backend in family.stand_ins)
            if not side:
                return None
            sides.append(side)
            if not full:
                in_part.append(family)
        expired = any(self._expired(trial, measurement) for side in sides for measurement in side)
        return Evidence(tuple(sides), tuple(in_part), expired)


def fresh_until(trial: Trial, measurement: Measurement) -> datetime | None:
    """Until when a measurement may decide the test; `None`: as long as the host stays as it is."""
    if trial.days is not None:
        return datetime.fromisoformat(measurement.measured_at) + timedelta(days=trial.days)
    return datetime.fromisoformat(measurement.fresh_until) if measurement.fresh_until is not None else None


def families_of(trial: Trial, statement: Statement, rules: Rules) -> tuple[Family, ...]:
    """The sides of the test, each narrowed to what the statement itself names: what it says of Docker is not decided by any container."""
    named = (statement.a, statement.b) if isinstance(statement, Comparison) else (statement.subject,)
    return tuple(_narrowed(rules.families[side], named, rules) for side in trial.sides)


def _narrowed(family: Family, named: tuple[str, ...], rules: Rules) -> Family:
    if any(name in family.members for name in named):
        return family
    # only a family that is measured through stand-ins is narrower than the side; any other would widen it
    alike = (other for other in rules.families.values() if other.concept == family.concept and other.stand_ins)
    return next((other for other in alike if any(name in other.members for name in named)), family)


def _missing(families: tuple[Family, ...], recorded: Side, obstacles: Mapping[str, Text]) -> Missing:
    lacking = [family for family in families if not any(_may_stand(family, measurement) for measurement in recorded)]
    for family in lacking:
        # the concept was measured, but by backends that cannot stand for this family (TCG for KVM)
        others = any(measurement.concept == family.concept for measurement in recorded)
        if family.backends is not None and not family.stand_ins and family.reason is not None and others:
            return Missing("untestable", family.reason)
        # nothing stands for it, and what would does not work here: no measurement can be asked for
        if family.reason is not None and not family.stand_ins and (why := _obstacle(family, obstacles)) is not None:
            return Missing("untestable", why)
    # all sides were measured, though never in one run: all of them are to be measured again
    names = [_with_obstacle(family, obstacles) for family in lacking or families]
    return Missing("unmeasured", ("、".join(zh for zh, _ in names), " and ".join(en for _, en in names)))


def _obstacle(family: Family, obstacles: Mapping[str, Text]) -> Text | None:
    """Why none of the backends that stand for a family works; `None` where one may."""
    able = (family.backends or frozenset()) | family.stand_ins
    if not able or not able <= obstacles.keys():
        return None
    return obstacles[min(able)]


def _with_obstacle(family: Family, obstacles: Mapping[str, Text]) -> Text:
    why = _obstacle(family, obstacles)
    return family.label if why is None else (f"{family.label[0]}（{why[0].rstrip('。')}）", f"{family.label[1]} ({why[1].rstrip('.')})")


def _may_stand(family: Family, measurement: Measurement) -> bool:
    return _stands(family, measurement) or measurement.backend in family.stand_ins


def _stands(family: Family, measurement: Measurement) -> bool:
    if measurement.concept != family.concept:
        return False
    return family.backends is None or measurement.backend in family.backends


def _usable(trial: Trial, measurement: Measurement) -> bool:
    """A test of signs needs every sign that it names."""
    return {sign.name for sign in measurement.signs} >= {*trial.same, *trial.differ}


def _runs(recorded: Side) -> tuple[Side, ...]:
    runs: dict[str, list[Measurement]] = {}
    for measurement in recorded:
        runs.setdefault(measurement.run_id, []).append(measurement)
    return tuple(tuple(run) for run in runs.values())
