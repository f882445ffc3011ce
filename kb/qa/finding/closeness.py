"""How near sentences lie to a question by meaning: by the mean of their pieces, and piece by piece.

The mean of a long sentence says little of any of its clauses; a single piece that is near says little of the rest. Their sum finds more than
either.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from heapq import nlargest

from kb.language.normalize import fold
from kb.passages.encoders import SentenceEmbedding
from kb.passages.rankers import vectors
from kb.passages.ranking import Query
from kb.qa.finding.index import Index
from kb.qa.sources import Sources

_COMPARED = 300  # sentences that are compared piece by piece: those nearest in the mean; the others do not come among the best
_DEPTH = 160  # sentences; what is farther off is not near at all
_NOT_NEAR = 0.4  # of the sum: nearly any two sentences of one field come so near


def meant(asked: str, sources: Sources) -> Query | None:
    """What a question is looked up by in the vectors; `None` where nothing is asked, or without vectors."""
    return Query.of(asked, sources.tokenizer, sources.embedding) if asked and sources.embedding is not None else None


def nearness(query: Query | None, sources: Sources, limit: int = _DEPTH) -> Mapping[str, float]:
    """Sentence id → how near its meaning lies to the question's, above that of the last one found."""
    ranking = vectors.rank(query, sources.reader, limit) if query is not None else {}
    least = min(ranking.values(), default=0.0)
    return {id_: score - least for id_, score in ranking.items()}


def closeness(query: Query | None, asked: str, ids: Iterable[str], index: Index, sources: Sources) -> Mapping[str, float]:
    """Sentence id → cosine to the question plus how well its pieces match, in [0, 2], of the nearest of `ids`; empty without vectors."""
    if query is None or sources.embedding is None:
        return {}
    means = vectors.every(query, sources.reader)
    found = nlargest(_COMPARED, (id_ for id_ in ids if id_ in means), key=means.__getitem__)
    matched = _matched(asked, found, index, sources.embedding)
    return {id_: max(0.0, means[id_] + matched.get(id_, 0.0)) for id_ in found}


def above_the_rest(near: Mapping[str, float]) -> Mapping[str, float]:
    """How much nearer each of them lies than the last of the best: what most sentences share with any question counts for nothing, nor in a
    store of few sentences that they are its best."""
    least = max(_NOT_NEAR, min(nlargest(_DEPTH, near.values()), default=0.0))
    return {id_: share - least for id_, share in near.items() if share > least}


def _matched(asked: str, ids: Sequence[str], index: Index, embedding: SentenceEmbedding) -> Mapping[str, float]:
    """Empty where the encoder knows no pieces."""
    lacking = [id_ for id_ in ids if id_ not in index.pieces]
    sentences = (index.every[id_] for id_ in lacking)
    pieces = embedding.pieces((index.titles.get(sentence.article_id, ""), sentence) for sentence in sentences) if lacking else []
    index.pieces.update(zip(lacking, pieces or (), strict=pieces is not None))
    known = [id_ for id_ in ids if len(index.pieces.get(id_, ()))]
    matches = embedding.matched(asked, [index.pieces[id_] for id_ in known])
    return dict(zip(known, matches.tolist(), strict=True)) if matches is not None else {}


def matched_without(names: Iterable[str], asked: str, sentence_id: str, index: Index, sources: Sources) -> float:
    """How well the rest of a question matches a sentence, in [0, 1], without the folded names in it: any sentence on a thing lies near its name."""
    rest = fold(asked)
    for name in sorted(names, key=len, reverse=True):
        rest = rest.replace(name, " ")
    pieces = index.pieces.get(sentence_id)
    if sources.embedding is None or pieces is None or not len(pieces):
        return 0.0
    matches = sources.embedding.matched(rest, [pieces])
    return float(matches[0]) if matches is not None else 0.0
