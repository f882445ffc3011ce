"""The store: the only place that speaks SQL. `Store` is a `Reader` and a `Writer` over one database."""

from __future__ import annotations

from pathlib import Path

from kb.store.opening import Connections
from kb.store.reading import ArticleSummary, Reader
from kb.store.writing import Embedding, Segmenter, Writer, sha256

__all__ = ["ArticleSummary", "Embedding", "Reader", "Segmenter", "Store", "Writer", "sha256"]


class Store(Reader, Writer):
    """:raises StoreError: the file cannot be opened, or was made by another version."""

    def __init__(self, path: Path | str, segmenter: Segmenter, embedding: Embedding | None = None) -> None:
        connections = Connections(path)
        Reader.__init__(self, connections)
        Writer.__init__(self, connections, segmenter, embedding)

    def close(self) -> None:
        self._connections.close()
