from __future__ import annotations

import pytest

from kb.passages.ranking import fuse


def test_scores_are_summed_by_weight_best_first() -> None:
    fused = fuse([{"a": 0.75, "b": 0.5}, {"c": 1.0, "b": 0.25}], [1.0, 0.5])
    assert fused == {"a": 0.75, "b": 0.625, "c": 0.5}
    assert list(fused) == ["a", "b", "c"]


def test_a_ranker_that_is_sure_of_its_first_place_is_heard() -> None:
    """Reciprocal ranks would see no difference between these two."""
    sure = fuse([{"a": 1.0, "b": 0.1}, {"b": 1.0, "a": 0.6}], [1.0, 1.0])
    unsure = fuse([{"a": 1.0, "b": 0.9}, {"b": 1.0, "a": 0.6}], [1.0, 1.0])
    assert list(sure)[0] == "a"
    assert list(unsure)[0] == "b"


def test_a_ranker_that_found_nothing_good_says_little() -> None:
    assert list(fuse([{"a": 0.05}, {"b": 0.3}], [1.0, 1.0])) == ["b", "a"]


def test_what_a_ranking_leaves_out_at_its_limit_counts_as_its_last() -> None:
    assert fuse([{"a": 0.75, "b": 0.5}, {"c": 0.125}], [1.0, 1.0], limit=2) == {"a": 0.25, "c": 0.125, "b": 0.0}


def test_equal_scores_are_ordered_by_id() -> None:
    assert list(fuse([{"b": 0.5, "a": 0.5}], [1.0])) == ["a", "b"]


@pytest.mark.parametrize("rankings", [[], [{}], [{}, {}]])
def test_no_ranking_gives_nothing(rankings: list[dict[str, float]]) -> None:
    assert fuse(rankings, [1.0] * len(rankings)) == {}


def test_every_ranking_needs_its_weight() -> None:
    with pytest.raises(ValueError):
        fuse([{"a": 1.0}, {"b": 1.0}], [1.0])
