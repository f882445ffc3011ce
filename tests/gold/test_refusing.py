"""The curve of refusal: stricter limits refuse more of both sorts, and the limits are as they were afterwards."""

from __future__ import annotations

from kb.qa.finding import judging
from tests.gold import refusing
from tests.gold.scoring import Json


def test_the_limits_are_scaled_for_the_asking_and_put_back() -> None:
    before = {name: getattr(judging, name) for name in refusing.LIMITS}

    def ask(question: Json) -> Json:
        """Answers what is as likely as the limit asks for."""
        return {"answer": "是。", "abstained": question["likely"] < judging.LIKELY}

    likely = [{"likely": share * judging.LIKELY} for share in (1.31, 2.4, 0.5, 1.18)]
    points = refusing.curve(likely[:2], likely[2:], ask)
    assert [point.factor for point in points] == list(refusing.FACTORS)
    assert [(point.refused, point.wrongly_refused) for point in points] == [(0.5, 0.0), (0.5, 0.0), (0.5, 0.0), (1.0, 0.0), (1.0, 0.5)]
    assert {name: getattr(judging, name) for name in refusing.LIMITS} == before
    assert len(refusing.lines(points)) == len(refusing.FACTORS) + 2
