"""Trees that were fitted beforehand."""

from __future__ import annotations

import pytest

from kb.qa.deciding.forest import Forest, Tree

ONE = Tree((0, -1, -1), (0.5, 0.0, 0.0), (1, 0, 0), (2, 0, 0), (0.0, 0.2, 0.8))
FOREST = Forest(("denied", "odd"), (ONE, Tree((-1,), (0.0,), (0,), (0,), (0.4,))))


@pytest.mark.parametrize(("denied", "share"), [(0.5, 0.3), (0.6, 0.6)])
def test_the_mean_of_the_leaves(denied: float, share: float) -> None:
    assert FOREST.share({"denied": denied, "odd": 9.0}) == pytest.approx(share)


def test_what_is_written_is_read_again() -> None:
    assert Forest.read(FOREST.written()) == FOREST


def test_a_trait_that_is_lacking_is_an_error() -> None:
    with pytest.raises(KeyError):
        FOREST.share({"denied": 1.0})
