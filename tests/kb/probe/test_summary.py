from __future__ import annotations

import math

import pytest

from kb.probe.summary import Summary, one_figure, outliers, ratio, steady, summarise
from kb.records import HostFingerprint


@pytest.mark.parametrize(
    ("samples", "expected"),
    [
        ((), None),
        ((7.0,), Summary(1, 7, 7, 7, 7, 7)),
        ((4.0, 2.0), Summary(2, 3, 2.5, 3.5, 2, 4)),
        ((5.0, 1.0, 2.0, 4.0, 3.0), Summary(5, 3, 2, 4, 1, 5)),
    ],
)
def test_summary(samples, expected):
    assert summarise(samples) == expected


def test_the_error_of_a_ratio_is_propagated_from_both_medians(measured):
    vm = measured("qemu_tcg", "virtual_machine", (2000.0, 2100.0, 1900.0, 2050.0, 1950.0))
    box = measured("bubblewrap", "container", (4.0, 5.0, 3.0, 4.5, 3.5))
    found = ratio(vm, box)
    assert found is not None
    assert found.value == pytest.approx(500)
    # Quartiles 1950–2050 and 3.5–4.5: relative errors of the medians are k·100/2000 and k·1/4, with k of five normal samples.
    k = math.sqrt(math.pi / 2) / 1.349 / math.sqrt(5)
    assert found.error == pytest.approx(500 * math.hypot(k * 0.05, k * 0.25))
    assert found.apart


@pytest.mark.parametrize("other", [{"run_id": "run2"}, {"metric": "memory"}, {"host": HostFingerprint("env2", ())}])
def test_there_is_no_ratio_between_runs_metrics_or_hosts(measured, other):
    assert ratio(measured("a", "container", (1.0,)), measured("b", "container", (2.0,), **other)) is None


@pytest.mark.parametrize(("a", "b"), [((), (1.0,)), ((1.0,), ()), ((1.0,), (0.0,))])
def test_there_is_no_ratio_with_nothing(measured, a, b):
    assert ratio(measured("a", "container", a), measured("b", "container", b)) is None


def test_two_samples_have_no_error_and_overlapping_ranges_are_not_apart(measured):
    found = ratio(measured("a", "container", (2.0, 4.0)), measured("b", "container", (3.0, 5.0)))
    assert found is not None
    assert (found.error, found.apart) == (None, False)


@pytest.mark.parametrize(
    ("samples", "least", "spread", "good"),
    [((1, 1, 1), 3, 0.5, True), ((1, 1), 3, 0.5, False), ((1, 2, 9), 3, 0.5, False), ((1, 2, 9), 3, None, True), ((0, 0, 0), 3, 0.5, True)],
)
def test_steady(samples, least, spread, good):
    assert steady(samples, least=least, spread=spread) is good


@pytest.mark.parametrize(("value", "text"), [(387, "400"), (3.2, "3"), (769.4, "800"), (1, "1"), (0.034, "0.03"), (96, "100")])
def test_one_figure(value, text):
    assert one_figure(value) == text


@pytest.mark.parametrize(
    ("samples", "expected"),
    [
        ((), ()),
        ((1.0, 1.1, 1.2, 90.0), ()),  # too few to tell
        ((4.0, 5.0, 4.5, 4.2, 4.8, 41.0), (41.0,)),
        ((4.0, 5.0, 4.5, 4.2, 4.8, 5.1), ()),
        ((3.0, 3.0, 3.0, 9.0, 1.0), ()),  # most are equal: how far is far cannot be told
        ((50.0, 4.0, 5.0, 4.5, 4.4, 4.6, 0.1), (50.0, 0.1)),
    ],
)
def test_outliers_are_told_and_kept(samples, expected):
    assert outliers(samples) == expected
    assert (summarise(samples) or Summary(0, 0, 0, 0, 0, 0)).n == len(samples)
