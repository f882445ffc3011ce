"""What this machine measured of the things a question is about. Nothing is started here; what could be measured live is named."""

from __future__ import annotations

import statistics
from dataclasses import dataclass
from datetime import UTC, datetime

from kb.language.amounts import amount
from kb.qa.sources import Sources
from kb.qa.wording import say
from kb.records import Measurement, Question

_CONCEPTS = ("container", "virtual_machine", "process")  # what probes can start


@dataclass(frozen=True, slots=True)
class Measured:
    """`probes`: metrics that a live run could measure for the question."""

    measurements: tuple[Measurement, ...] = ()
    probes: tuple[str, ...] = ()


def measured_for(question: Question, sources: Sources, metrics: tuple[str, ...] | None = None) -> Measured:
    """By the question's aspect and relation, or the `metrics` given; only of one run where it has all concepts."""
    wanted = metrics if metrics is not None else _metrics(question, sources)
    concepts = tuple(id_ for id_ in _CONCEPTS if any(id_ in sources.family(asked) for asked in question.concepts))
    if not wanted or not concepts:
        return Measured()
    found: dict[str, Measurement] = {}
    for metric in wanted:
        for concept in concepts:
            measurement = sources.measure(concept, metric)
            if measurement is not None:
                found[measurement.id] = measurement
    return Measured(tuple(found.values()), wanted)


def figure(measurement: Measurement, language: str) -> str:
    """Median, n and backend; whose kernel it is where signs were counted. A measurement on a busy machine, or too old, says so.

    The same median as in the tables of samples.
    """
    count, backend = len(measurement.samples), measurement.backend
    if measurement.unit == "signs":
        same = sum(sign.same for sign in measurement.signs)
        key = "shared_kernel" if same == len(measurement.signs) else "own_kernel" if same == 0 else "mixed_kernel"
        return say(key, language, same=str(same), signs=str(len(measurement.signs)), backend=backend)
    shown = amount(statistics.median(measurement.samples), measurement.unit, language)
    doubts = ("" if measurement.valid else say("busy", language)) + _age(measurement, language)
    return f"{shown} (n={count}, {backend}{doubts})"


def _age(measurement: Measurement, language: str) -> str:
    return say("expired", language, day=measurement.measured_at[:10]) if measurement.expired(datetime.now(UTC)) else ""


def _metrics(question: Question, sources: Sources) -> tuple[str, ...]:
    names: list[str] = []
    if question.aspect and (metric := sources.domain.aspects[question.aspect].metric):
        names.append(metric)
    if question.relation and (metric := sources.domain.relations[question.relation].metric):
        names.append(metric)
    return tuple(dict.fromkeys(names))
