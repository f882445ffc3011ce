"""How well the search for sentences does by itself: each ranker alone, and all together, on questions and on those worded unlike the text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kb.app import KnowledgeBase
from kb.language.vocabulary import stopwords
from kb.passages.ranking import DEPTH, Query, search
from kb.passages.training.retrieval import Figures, gain
from kb.registry import family
from tests.gold.scoring import Json, first_hit

READ = 10  # sentences of a ranking that are looked at
HITS = (1, 3, 10)
REWORDED = 0.5  # a question is reworded when less than this share of its words stands in the quotes that answer it
TOGETHER = "both"


def reciprocal_ranks(base: KnowledgeBase, asked: Sequence[Json]) -> dict[str, list[float]]:
    """Ranker → for each question one over the rank of the first sentence with the answer, zero where none is among the first ones."""
    found: dict[str, list[float]] = {}
    for question in asked:
        query = Query.of(question["question"], base.tokenizer, base.embedding)
        rankings = {name: ranker.rank(query, base.store, DEPTH) for name, ranker in family("kb.passages.rankers").items()}
        for name, ranking in {**rankings, TOGETHER: search(query, base.store)}.items():
            rank = first_hit(question, _best(base, ranking))
            found.setdefault(name, []).append(1 / rank if rank else 0.0)
    return found


def _best(base: KnowledgeBase, ranking: Mapping[str, float]) -> list[str]:
    best = sorted(ranking, key=lambda id_: (-ranking[id_], id_))[:READ]
    return [sentence.text for id_ in best if (sentence := base.store.sentence(id_))]


def reworded(question: Json, base: KnowledgeBase) -> bool:
    """By the wording alone: which ranker finds the answer plays no part."""
    words = set(base.tokenizer.terms(question["question"])) - stopwords()
    said = set(base.tokenizer.terms(" ".join(item["quote"] for item in question["evidence"])))
    return bool(words) and len(words & said) / len(words) < REWORDED


def search_figures(base: KnowledgeBase, asked: Sequence[Json]) -> dict[str, float]:
    """Mean reciprocal rank and hits of every ranker; the gain of all together over BM25 with its 95 % interval. Follow-ups are left out."""
    import numpy

    alone = [question for question in asked if not question.get("context")]
    values: dict[str, float] = {}
    for part, chosen in (("search", alone), ("reworded", [question for question in alone if reworded(question, base)])):
        if not chosen:
            continue
        ranks = {name: Figures(numpy.asarray(found)) for name, found in reciprocal_ranks(base, chosen).items()}
        values[f"{part}.n"] = len(chosen)
        for name, figures in ranks.items():
            values |= {f"{part}.{name}.mrr": figures.mrr} | {f"{part}.{name}@{depth}": figures.hits(depth) for depth in HITS}
        gained = gain(ranks[TOGETHER].reciprocal - ranks["bm25"].reciprocal)
        values |= dict(zip((f"{part}.gain", f"{part}.gain_low", f"{part}.gain_high"), gained, strict=True))
    return values
