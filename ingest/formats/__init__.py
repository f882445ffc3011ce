"""How files become text: one module a format, with `SUFFIXES` and `read(data, name) -> tuple[Document, ...]`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Document:
    """A title, plain text (headings on lines of their own), and what the file says of itself."""

    title: str
    text: str
    author: str | None = None
    date: str | None = None
    licence: str | None = None
