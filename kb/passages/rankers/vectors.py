"""Nearness of meaning: the cosine between the query's vector and those of the sentences that the same model made.

Every sentence is compared; that costs about a millisecond for ten thousand of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from kb.passages.ranking import Query
from kb.store import Reader

if TYPE_CHECKING:
    from numpy import float32
    from numpy.typing import NDArray

WEIGHT = 0.2  # chosen on held-out documents, see kb/passages/encoders/model/README.md

_State = tuple[int, str]  # revision of the sentences, model
_asked: WeakKeyDictionary[Reader, tuple[NDArray[float32], NDArray[float32], NDArray[float32]]] = WeakKeyDictionary()
_kept: WeakKeyDictionary[Reader, tuple[_State, tuple[str, ...], NDArray[float32]]] = WeakKeyDictionary()


def rank(query: Query, reader: Reader, limit: int) -> Mapping[str, float]:
    if query.model is None or query.vector is None:
        return {}
    import numpy

    ids, cosines = _cosines(query.model, query.vector, reader)
    scores = numpy.maximum(cosines, 0.0)
    best = numpy.argpartition(-scores, min(limit, len(ids)) - 1)[:limit] if len(ids) else numpy.zeros(0, dtype=int)
    found = {ids[number]: float(scores[number]) for number in best}
    return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))


def every(query: Query, reader: Reader) -> Mapping[str, float]:
    """Of all sentences, in no order."""
    if query.model is None or query.vector is None:
        return {}
    ids, cosines = _cosines(query.model, query.vector, reader)
    return dict(zip(ids, cosines.tolist(), strict=True))


def _cosines(model: str, asked: NDArray[float32], reader: Reader) -> tuple[tuple[str, ...], NDArray[float32]]:
    """Of all sentences; those of the last question are kept, which is looked for in more than one way."""
    import numpy

    ids, vectors = _vectors(reader, model, len(asked))
    last = _asked.get(reader)
    if last is None or last[0] is not vectors or not numpy.array_equal(last[1], asked):
        # a product by BLAS would wake its threads, which costs more than the product
        last = _asked[reader] = (vectors, asked, numpy.einsum("ij,j->i", vectors, asked))
    return ids, last[2]


def _vectors(reader: Reader, model: str, dimensions: int) -> tuple[tuple[str, ...], NDArray[float32]]:
    """Read again only when a sentence or a vector changed."""
    import numpy

    state = (reader.sentence_revision(), model)
    kept = _kept.get(reader)
    if kept is None or kept[0] != state:
        ids, numbers = reader.vectors(model)
        kept = (state, ids, numpy.frombuffer(numbers, dtype="<f2").astype(numpy.float32).reshape(len(ids), dimensions))
        _kept[reader] = kept
    return kept[1], kept[2]
