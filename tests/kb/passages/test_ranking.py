from __future__ import annotations

import pytest

from kb.passages.ranking import fuse


def test_each_ranking_is_scaled_and_summed_best_first() -> None:
    fused = fuse([{"a": 30.0, "b": 20.0, "c": 10.0}, {"c": 0.9, "b": 0.1}])
    assert fused == {"a": 1.0, "c": 1.0, "b": 0.5}
    assert list(fused) == ["a", "c", "b"]


def test_a_ranker_that_is_sure_of_its_first_place_is_heard() -> None:
    """Reciprocal ranks would see no difference between these two."""
    sure = fuse([{"a": 100.0, "b": 1.0, "c": 0.0}, {"b": 1.0, "a": 0.6, "c": 0.0}])
    unsure = fuse([{"a": 100.0, "b": 99.0, "c": 0.0}, {"b": 1.0, "a": 0.6, "c": 0.0}])
    assert list(sure)[0] == "a"
    assert list(unsure)[0] == "b"


def test_equal_scores_are_all_worth_one() -> None:
    assert fuse([{"b": 3.0, "a": 3.0}]) == {"a": 1.0, "b": 1.0}
    assert list(fuse([{"b": 3.0, "a": 3.0}])) == ["a", "b"]


@pytest.mark.parametrize("rankings", [[], [{}], [{}, {}]])
def test_no_ranking_gives_nothing(rankings: list[dict[str, float]]) -> None:
    assert fuse(rankings) == {}


def test_an_empty_ranking_takes_nothing_away() -> None:
    assert fuse([{}, {"a": 2.0, "b": 1.0}]) == {"a": 1.0, "b": 0.0}


def test_a_ranking_counts_by_its_weight() -> None:
    assert fuse([{"a": 1.0, "b": 0.0}, {"b": 9.0, "a": 1.0}], [1.0, 0.5]) == {"a": 1.0, "b": 0.5}


def test_every_ranking_needs_its_weight() -> None:
    with pytest.raises(ValueError):
        fuse([{"a": 1.0}, {"b": 1.0}], [1.0])
