from __future__ import annotations

import dataclasses

import pytest

from kb.qa.asking.understanding import understand
from kb.qa.sources import Sources
from kb.qa.telling.measured import figure, measured_for
from kb.records import HostFingerprint, Measurement


def recorded(concept: str, metric: str) -> Measurement:
    host = HostFingerprint("h", ())
    return Measurement(f"{concept}-{metric}", "r", concept, metric, "ms", (1.0,), "b", host, ("b",), "2026-11-24T00:00:00+00:00")


def test_a_figure_is_the_median_that_the_tables_show() -> None:
    even = dataclasses.replace(recorded("container", "start_time"), samples=(4.0, 1.0, 2.0, 9.0))
    assert figure(even, "zh") == "3 ms (n=4, b)"


def test_an_old_figure_says_so() -> None:
    old = dataclasses.replace(recorded("container", "start_time"), fresh_until="2026-11-25T00:00:00+00:00")
    assert figure(old, "zh") == "1 ms (n=1, b，2026-11-24 测得，已过期)"
    assert figure(old, "en") == "1 ms (n=1, b, measured on 2026-11-24, expired)"


def with_port(sources: Sources, *known: Measurement) -> Sources:
    table = {(measurement.concept, measurement.metric): measurement for measurement in known}
    return Sources(
        sources.lexicon,
        sources.tokenizer,
        sources.domain,
        sources.reader,
        sources.graph,
        lambda concept, metric: table.get((concept, metric)),
    )


@pytest.mark.parametrize(
    ("text", "probes"),
    [
        ("容器启动要多久？", ("start_time",)),
        ("容器共享宿主机的内核吗？", ("kernel_identity",)),
        ("容器是什么？", ()),
        ("服务器启动要多久？", ()),  # no probe can start a server
    ],
)
def test_aspect_and_relation_name_what_could_be_measured(text: str, probes: tuple[str, ...], sources: Sources) -> None:
    found = measured_for(understand(text, sources), with_port(sources))
    assert (found.measurements, found.probes) == ((), probes)


def test_what_was_recorded_of_the_things_asked_is_found(sources: Sources) -> None:
    container, machine = recorded("container", "start_time"), recorded("virtual_machine", "start_time")
    own = with_port(sources, container, machine, recorded("container", "memory"))
    both = measured_for(understand("容器和虚拟机哪个启动快？", own), own)
    assert set(both.measurements) == {container, machine}
    assert measured_for(understand("容器启动要多久？", own), own).measurements == (container,)


def test_metrics_may_be_named(sources: Sources) -> None:
    memory = recorded("container", "memory")
    own = with_port(sources, memory)
    found = measured_for(understand("容器是什么？", own), own, ("memory",))
    assert (found.measurements, found.probes) == ((memory,), ("memory",))
