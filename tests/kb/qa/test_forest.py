"""Trees that were fitted beforehand."""

from __future__ import annotations

import math

import pytest

from kb.qa.forest import Forest, Tree

ONE = Tree((0, -1, -1), (0.5, 0.0, 0.0), (1, 0, 0), (2, 0, 0), (0.0, -1.0, 1.0))
ALWAYS = Tree((-1,), (0.0,), (0,), (0,), (0.5,))
FOREST = Forest(("denied", "odd"), (0.5, 0.0), ((ALWAYS,), (ONE, ALWAYS)))


@pytest.mark.parametrize(("denied", "odds"), [(0.5, -0.5 - 1.0), (0.6, 1.5 - 1.0)])
def test_the_leaves_of_a_class_add_up_to_its_odds(denied: float, odds: float) -> None:
    shares = FOREST.shares({"denied": denied, "odd": 9.0})
    assert sum(shares) == pytest.approx(1.0)
    assert math.log(shares[1] / shares[0]) == pytest.approx(odds)


def test_what_is_written_is_read_again() -> None:
    assert Forest.read(FOREST.written()) == FOREST


def test_a_trait_that_is_lacking_is_an_error() -> None:
    with pytest.raises(KeyError):
        FOREST.shares({"denied": 1.0})
