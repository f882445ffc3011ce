"""BM25 over the full-text index of the store; terms must come from the tokenizer that filled it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kb.store import Reader


def rank(terms: Sequence[str], reader: Reader, limit: int) -> Mapping[str, float]:
    return dict(reader.search(terms, limit=limit))
