"""Ranking of sentences: a ranker gives scores, several are joined by a weighted min-max sum.

A ranker scales its scores itself, by the least and the most that its scale allows and not by what the list at hand happens to hold (the
"theoretical" minimum and maximum of Bruch, Gai and Ingber, An Analysis of Fusion Functions for Hybrid Retrieval, 2023): so a ranker
that found nothing good says so. Reciprocal rank fusion would throw the distances away.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeVar

from kb.registry import family
from kb.store import Reader

if TYPE_CHECKING:
    from numpy import float32
    from numpy.typing import NDArray

    from kb.language.words import Tokenizer
    from kb.passages.encoders import SentenceEmbedding

Key = TypeVar("Key", int, str)
DEPTH = 160  # sentences that a ranker names; a ranking is scaled by its last one, so another depth wants other weights


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for: the words by which the index was filled, and the vector that the model of that name gives it."""

    terms: tuple[str, ...]
    model: str | None = None
    vector: NDArray[float32] | None = None

    @classmethod
    def of(cls, text: str, tokenizer: Tokenizer, embedding: SentenceEmbedding | None) -> Query:
        terms = tuple(dict.fromkeys(tokenizer.terms(text)))
        return cls(terms, embedding.name, embedding.query(text)) if embedding is not None else cls(terms)


class Ranker(Protocol):
    """A module of `kb.passages.rankers`."""

    WEIGHT: float

    def rank(self, query: Query, reader: Reader, limit: int) -> Mapping[str, float]:
        """Sentence id → score in [0, 1], 1 where nothing could fit better; at most `limit` of them."""
        ...


def search(query: Query, reader: Reader, *, limit: int = DEPTH) -> dict[str, float]:
    """The sentences that any ranker finds, with their joined scores, best first."""
    rankers = family("kb.passages.rankers").values()
    return fuse([ranker.rank(query, reader, limit) for ranker in rankers], [ranker.WEIGHT for ranker in rankers], limit=limit)


def fuse(rankings: Sequence[Mapping[Key, float]], weights: Sequence[float], *, limit: int = DEPTH) -> dict[Key, float]:
    """Weighted sum of the scores, best first.

    A ranking that was cut at `limit` counts from its last score on: what it leaves out may be as good as that.
    """
    total: dict[Key, float] = {}
    for ranking, weight in zip(rankings, weights, strict=True):
        least = min(ranking.values()) if len(ranking) >= limit else 0.0
        for key, score in ranking.items():
            total[key] = total.get(key, 0.0) + weight * (score - least)
    return dict(sorted(total.items(), key=lambda item: (-item[1], item[0])))
