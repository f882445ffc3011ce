"""Judges search on documents that were held out: BM25 alone, vectors alone, and both, by the very rankers that answer questions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy
from numpy.typing import NDArray

from kb.language.words import Tokenizer
from kb.passages.encoders import Encoder
from kb.passages.rankers import bm25
from kb.passages.ranking import DEPTH, Query, fuse
from kb.passages.training.pairs import holding, sentences_of
from kb.passages.training.texts import Asked, Section
from kb.records import Article, Extract, Sentence
from kb.store import Store

_SAMPLES, _SEED = 2000, 1  # of the bootstrap
_LONGEST = 1500  # characters of a passage


@dataclass(frozen=True, slots=True)
class Trial:
    """`wanted[i]` is the index of the one passage that query i is for."""

    name: str
    queries: tuple[str, ...]
    passages: tuple[str, ...]
    wanted: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Rankings:
    """Per query the scores that each ranker gave, passage index → score."""

    bm25: tuple[Mapping[int, float], ...]
    vectors: tuple[Mapping[int, float], ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """`reciprocal`: per query one over the rank of its passage, zero where that was not found."""

    reciprocal: NDArray[numpy.float64]

    @property
    def mrr(self) -> float:
        return float(self.reciprocal.mean())

    def hits(self, depth: int) -> float:
        return float((self.reciprocal >= 1 / depth).mean())

    def gain(self, before: Figures) -> tuple[float, float, float]:
        """Of the mean reciprocal rank over another ranking of the same queries, with its 95 % interval (paired bootstrap)."""
        return gain(self.reciprocal - before.reciprocal)


def gain(differences: NDArray[numpy.float64]) -> tuple[float, float, float]:
    drawn = numpy.random.default_rng(_SEED).integers(len(differences), size=(_SAMPLES, len(differences)))
    low, high = numpy.percentile(differences[drawn].mean(axis=1), (2.5, 97.5))
    return float(differences.mean()), float(low), float(high)


def trials(sections: Iterable[Section], asked: Iterable[Asked]) -> tuple[Trial, ...]:
    """Headings for their sections; questions for their paragraphs, and for the sentences that hold the answers."""
    questions = list(asked)
    named = {section.body[:_LONGEST]: section.name for section in sections if len(section.body) >= 40}
    sentences = [(item.question, found) for item in questions if (found := holding(item))]
    others = [sentence for item in questions for sentence in sentences_of(item.paragraph)]
    return (
        _trial("headings", [(name, body) for body, name in named.items()], named),
        _trial("paragraphs", [(item.question, item.paragraph) for item in questions], [item.paragraph for item in questions]),
        _trial("sentences", sentences, others),
    )


def _trial(name: str, pairs: Sequence[tuple[str, str]], passages: Iterable[str]) -> Trial:
    place = {passage: number for number, passage in enumerate(dict.fromkeys(passages))}
    return Trial(name, tuple(query for query, _ in pairs), tuple(place), tuple(place[passage] for _, passage in pairs))


def rank(trial: Trial, encoder: Encoder, tokenizer: Tokenizer) -> Rankings:
    return Rankings(_by_words(trial, tokenizer), _by_vectors(trial, encoder))


def _by_words(trial: Trial, tokenizer: Tokenizer) -> tuple[Mapping[int, float], ...]:
    store = Store(":memory:", tokenizer.terms)
    article = Article("trial", trial.name, "", trial.name)
    sentences = tuple(Sentence(str(n), article.id, (0, 0), text, position=n) for n, text in enumerate(trial.passages))
    store.save(Extract(article, "", (), sentences, (), (), (), (), (), ()), reader="")
    queries = [Query(tuple(dict.fromkeys(tokenizer.terms(query)))) for query in trial.queries]
    found = tuple({int(id_): score for id_, score in bm25.rank(query, store, DEPTH).items()} for query in queries)
    store.close()
    return found


def _by_vectors(trial: Trial, encoder: Encoder) -> tuple[Mapping[int, float], ...]:
    passages = encoder.encode(trial.passages)
    rankings: list[Mapping[int, float]] = []
    for vector in encoder.encode(trial.queries):
        scores = numpy.maximum(passages @ vector, 0.0)
        best = numpy.argsort(-scores, kind="stable")[:DEPTH]
        rankings.append({int(number): float(scores[number]) for number in best})
    return tuple(rankings)


def figures(trial: Trial, rankings: Rankings, weight: float) -> tuple[Figures, Figures, Figures]:
    """Of BM25, of vectors, and of both with the vectors' scores times `weight`."""
    both = tuple(fuse([words, vectors], [1.0, weight]) for words, vectors in zip(rankings.bm25, rankings.vectors, strict=True))
    return _figures(trial, rankings.bm25), _figures(trial, rankings.vectors), _figures(trial, both)


def _figures(trial: Trial, rankings: Sequence[Mapping[int, float]]) -> Figures:
    found = []
    for ranking, wanted in zip(rankings, trial.wanted, strict=True):
        own = ranking.get(wanted)
        # in a tie the passage counts as last of its equals
        found.append(0.0 if own is None else 1 / sum(score >= own for score in ranking.values()))
    return Figures(numpy.asarray(found))
