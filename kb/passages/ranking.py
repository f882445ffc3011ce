"""Ranking of sentences: a ranker gives scores, several are joined by a weighted min-max sum.

Reciprocal rank fusion would throw the scores' distances away, which costs where one ranker is sure of its first place.
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
        """Sentence id → score, higher is better; at most `limit` of them."""
        ...


def search(query: Query, reader: Reader, *, limit: int = DEPTH) -> dict[str, float]:
    """The sentences that any ranker finds, with their joined scores, best first."""
    rankers = family("kb.passages.rankers").values()
    return fuse([ranker.rank(query, reader, limit) for ranker in rankers], [ranker.WEIGHT for ranker in rankers])


def fuse(rankings: Sequence[Mapping[Key, float]], weights: Sequence[float] = ()) -> dict[Key, float]:
    """Sum of the scores, each ranking scaled to [0, 1] and then by its weight (1 if none are given); best first."""
    total: dict[Key, float] = {}
    for ranking, weight in zip(rankings, weights or [1.0] * len(rankings), strict=True):
        if not ranking:
            continue
        low, high = min(ranking.values()), max(ranking.values())
        for id_, score in ranking.items():
            total[id_] = total.get(id_, 0.0) + weight * ((score - low) / (high - low) if high > low else 1.0)
    return dict(sorted(total.items(), key=lambda item: (-item[1], item[0])))
