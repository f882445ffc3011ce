"""BM25 over the full-text index of the store; terms must come from the tokenizer that filled it.

A score is given as a share of what a sentence would get that held every word of the query endlessly often.
"""

from __future__ import annotations

from collections.abc import Mapping

from kb.passages.ranking import Query
from kb.store import Reader

WEIGHT = 1.0


def rank(query: Query, reader: Reader, limit: int) -> Mapping[str, float]:
    found = reader.search(query.terms, limit=limit)
    most = reader.search_bound(query.terms) if found else 0.0
    return {id_: score / most for id_, score in found} if most else {}
