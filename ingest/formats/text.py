"""Plain text; the file's name is its title."""

from __future__ import annotations

from pathlib import PurePath

from ingest.formats import Document
from ingest.formats._decoding import decode

SUFFIXES = (".txt", ".text")


def read(data: bytes, name: str) -> tuple[Document, ...]:
    return (Document(PurePath(name).stem, decode(data, name)),)
