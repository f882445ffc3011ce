"""Trying, again and again: samples of several backends taken in turn, so that a busy moment hits all of them alike."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from kb.errors import KnowledgeBaseError, ProbeCancelled, ProbeError, ProbeTimeout
from kb.probe.metrics._inside import Look, look
from kb.probe.ports import Backend, Cancelled, Image, Metric, Sample
from kb.probe.progress import Emit, Progress
from kb.records import Sign

_FAILURES_IN_A_ROW = 2


@dataclass(slots=True)
class Series:
    """What one backend gave so far; `total` tries are planned."""

    name: str
    backend: Backend
    total: int
    samples: list[float] = field(default_factory=list)
    cpu_seconds: list[float] = field(default_factory=list)
    signs: tuple[Sign, ...] = ()
    command: tuple[str, ...] = ()
    caveats: dict[str, None] = field(default_factory=dict)
    tries: int = 0  # without warm-up
    failures: int = 0
    in_a_row: int = 0
    problem: KnowledgeBaseError | None = None

    @property
    def given_up(self) -> bool:
        return self.in_a_row >= _FAILURES_IN_A_ROW

    @property
    def left(self) -> int:
        return self.total - self.tries

    def add(self, sample: Sample) -> None:
        self.samples.append(sample.value)
        if sample.cpu_seconds is not None:
            self.cpu_seconds.append(sample.cpu_seconds)
        self.signs, self.command = sample.signs or self.signs, sample.command or self.command
        self.caveats.update(dict.fromkeys(sample.caveats))
        self.in_a_row = 0

    def fail(self, error: ProbeError) -> None:
        self.failures += 1
        self.in_a_row += 1
        self.problem = error


@dataclass(frozen=True, slots=True)
class Part:
    """One metric and what each backend gives of it. `observe` looks at an instance that others look at too, of backends of the kinds in
    `observed`; of the others the metric needs starts of its own.
    """

    metric: Metric
    series: list[Series]
    progress: Progress
    observe: Callable[[Look], Sample] | None
    observed: frozenset[str]

    @classmethod
    def of(cls, name: str, metric: Metric, series: list[Series], emit: Emit | None) -> Part:
        observe = getattr(metric, "observe", None)
        kinds = getattr(metric, "OBSERVED", metric.PLAN.kinds) if observe is not None else frozenset()
        return cls(metric, series, Progress(name, metric.UNIT, emit), observe, kinds)

    def looks_at(self, backend: Backend) -> bool:
        return backend.CONCEPT in self.observed


def collect(part: Part, image: Image, cancelled: Cancelled | None, deadline: float) -> bool:
    """Fill the series of one metric, each try with a start of its own. Returns whether time ran out."""
    stop = _until(deadline, cancelled)
    try:
        for _ in range(part.metric.PLAN.warmup):
            for one in part.series:
                _warm_up(part, one, image, stop)
        for due in _rounds([one.left for one in part.series]):
            for number in due:
                _sample(part, part.series[number], image, stop)
    except _OutOfTime:
        return True
    return False


def collect_together(
    parts: Sequence[Part], usable: Mapping[str, Backend], image: Image, cancelled: Cancelled | None, deadline: float, warm: Collection[str]
) -> bool:
    """Fill the series of several metrics; those that only look share one start a round and backend. Returns whether time ran out.

    Backends in `warm` have just been started. The first start of any other is looked at only for what does not go by the clock.
    """
    stop = _until(deadline, cancelled)
    try:
        for name, backend in usable.items():
            if name not in warm:
                _first(parts, name, backend, image, stop)
        groups = [group for name in usable for group in _groups(parts, name)]
        for due in _rounds([max(one.left for _, one in group) for group in groups]):
            for number in due:
                _start_for(groups[number], image, stop)
    except _OutOfTime:
        return True
    return False


def _rounds(tries: Sequence[int]) -> Iterator[Sequence[int]]:
    """Whose turn it is in each round, by their numbers: few tries are spread evenly over many rounds."""
    rounds = max(tries, default=0)
    for turn in range(rounds):
        yield [number for number, own in enumerate(tries) if (turn + 1) * own // rounds > turn * own // rounds]


_Group = list[tuple[Part, Series]]


def _groups(parts: Sequence[Part], name: str) -> list[_Group]:
    """Of one backend: all that look together, then each of those that need a start of their own."""
    own = [(part, one) for part in parts for one in part.series if one.name == name]
    looking = [(part, one) for part, one in own if part.looks_at(one.backend)]
    return [group for group in (looking, *([pair] for pair in own if pair not in looking)) if group]


def _start_for(group: _Group, image: Image, stop: Cancelled) -> None:
    part, one = group[0]
    if part.looks_at(one.backend):
        _look([(part, one) for part, one in group if one.left > 0], one.backend, image, stop)
    else:
        _sample(part, one, image, stop)


def _first(parts: Sequence[Part], name: str, backend: Backend, image: Image, stop: Cancelled) -> None:
    own = [(part, one) for part in parts for one in part.series if one.name == name]
    timed = [(part, one) for part, one in own if part.metric.PLAN.warmup]
    if not timed:
        return
    looking = [(part, one) for part, one in own if not part.metric.PLAN.warmup and part.looks_at(backend)]
    for part, one in timed[:1]:
        if looking:
            part.progress.warmup(name)
            _look(looking, backend, image, stop)
        else:
            _warm_up(part, one, image, stop)


def _warm_up(part: Part, one: Series, image: Image, stop: Cancelled) -> None:
    part.progress.warmup(one.name)
    while not one.given_up and _try(part, one, image, stop, None) is None:
        pass
    if not one.given_up:
        one.in_a_row = 0


def _sample(part: Part, one: Series, image: Image, stop: Cancelled) -> None:
    if one.given_up:
        return
    one.tries += 1
    sample = _try(part, one, image, stop, one.tries)
    if sample is not None:
        one.add(sample)
        part.progress.sample(one.name, one.tries, one.total, sample.value)


def _try(part: Part, one: Series, image: Image, stop: Cancelled, attempt: int | None) -> Sample | None:
    _check(stop)
    try:
        return part.metric.sample(one.backend, image, stop)
    except (ProbeCancelled, _OutOfTime):
        raise
    except ProbeError as error:
        one.fail(error)
        part.progress.failed(one.name, attempt, one.total, error.message)
        return None


def _look(wanted: Sequence[tuple[Part, Series]], backend: Backend, image: Image, stop: Cancelled) -> None:
    """One start for all that want to look at it."""
    going = [(part, one) for part, one in wanted if not one.given_up]
    if not going:
        return
    _check(stop)
    for _, one in going:
        one.tries += 1
    try:
        with look(backend, image, stop) as seen:
            for part, one in going:
                _observe(part, one, seen)
    except (ProbeCancelled, _OutOfTime):
        raise
    except ProbeError as error:
        for part, one in going:
            one.fail(error)
            part.progress.failed(one.name, one.tries, one.total, error.message)


def _observe(part: Part, one: Series, seen: Look) -> None:
    assert part.observe is not None
    try:
        sample = part.observe(seen)
    except (ProbeCancelled, _OutOfTime):
        raise
    except ProbeError as error:
        one.fail(error)
        part.progress.failed(one.name, one.tries, one.total, error.message)
    else:
        one.add(sample)
        part.progress.sample(one.name, one.tries, one.total, sample.value)


class _OutOfTime(ProbeTimeout):
    """The time of the whole run is over; what was under way is ended and neither a sample nor a failure."""


def _until(deadline: float, cancelled: Cancelled | None) -> Cancelled:
    def stop() -> bool:
        if time.monotonic() > deadline:
            raise _OutOfTime(("测量的总时间到了。", "The time of the whole measurement is over."))
        return cancelled is not None and cancelled()

    return stop


def _check(stop: Cancelled) -> None:
    if stop():
        raise ProbeCancelled(("测量已取消。", "The measurement was cancelled."))
