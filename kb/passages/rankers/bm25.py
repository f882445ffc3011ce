"""BM25 over the full-text index of the store; terms must come from the tokenizer that filled it."""

from __future__ import annotations

from collections.abc import Mapping

from kb.passages.ranking import Query
from kb.store import Reader

WEIGHT = 1.0


def rank(query: Query, reader: Reader, limit: int) -> Mapping[str, float]:
    return dict(reader.search(query.terms, limit=limit))
