"""Weights that were fitted beforehand."""

from __future__ import annotations

import math

import pytest

from kb.qa.weights import Weights

READ = Weights.read("# trait\tweight\nbias\t-1.0\ndenied\t2.0\n")


@pytest.mark.parametrize(("traits", "odds"), [({}, -1.0), ({"denied": 1.0}, 1.0), ({"denied": 1.0, "unknown": 9.0}, 1.0)])
def test_the_weights_of_the_traits_add_up_to_the_odds(traits: dict[str, float], odds: float) -> None:
    assert READ.likelihood(traits) == pytest.approx(1 / (1 + math.exp(-odds)))


def test_nothing_is_surer_than_can_be_told() -> None:
    assert 0.0 < READ.likelihood({"denied": -1e6}) < READ.likelihood({"denied": 1e6}) < 1.0


def test_a_line_without_a_number_is_an_error() -> None:
    with pytest.raises(ValueError):
        Weights.read("denied\tmuch\n")
