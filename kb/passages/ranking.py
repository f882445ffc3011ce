"""Ranking of sentences: a ranker gives scores, several are joined by a min-max sum.

Reciprocal rank fusion would throw the scores' distances away, which costs where one ranker is sure of its first place.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from kb.store import Reader


class Ranker(Protocol):
    """A module of `kb.passages.rankers`."""

    def rank(self, terms: Sequence[str], reader: Reader, limit: int) -> Mapping[str, float]:
        """Sentence id → score, higher is better; at most `limit` of them."""
        ...


def fuse(rankings: Iterable[Mapping[str, float]]) -> dict[str, float]:
    """Sum of the scores, each ranking scaled to [0, 1]; best first."""
    total: dict[str, float] = {}
    for ranking in rankings:
        if not ranking:
            continue
        low, high = min(ranking.values()), max(ranking.values())
        for id_, score in ranking.items():
            total[id_] = total.get(id_, 0.0) + ((score - low) / (high - low) if high > low else 1.0)
    return dict(sorted(total.items(), key=lambda item: (-item[1], item[0])))
