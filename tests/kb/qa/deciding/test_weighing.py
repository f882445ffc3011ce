"""How the likelihoods of single sentences make one verdict."""

from __future__ import annotations

import pytest

from kb.qa.deciding.weighing import verdict_of


def test_nothing_heard_decides_nothing() -> None:
    assert verdict_of([]) == (0.0, 0.0)


def test_one_sentence_says_what_it_says() -> None:
    assert verdict_of([(0.2, 0.5)]) == pytest.approx((0.2, 0.5))


def test_the_surer_a_sentence_answers_the_more_it_counts() -> None:
    yes, no = verdict_of([(0.8, 0.0), (0.0, 0.4)])
    assert yes > 4 * no - 1e-9 and yes + no == pytest.approx(0.8)
