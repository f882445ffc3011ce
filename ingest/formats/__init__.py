"""How files become text: one module a format, with `SUFFIXES` and `read(data, name) -> tuple[Document, ...]`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Document:
    """A title, plain text (headings on lines of their own), and what the file says of itself.

    `set_apart`: what it sets in bold or defines in a list, where that is short enough for a term (`apart`).
    """

    title: str
    text: str
    author: str | None = None
    date: str | None = None
    licence: str | None = None
    set_apart: tuple[str, ...] = ()


_LONGEST_APART = 40  # characters; what is longer in bold is a statement


def apart(texts: Iterable[str]) -> tuple[str, ...]:
    """Those that may be terms, each once, without blanks and colons around them."""
    plain = (text.strip(" \t\r\n:：*") for text in texts)
    return tuple(dict.fromkeys(text for text in plain if 1 < len(text) <= _LONGEST_APART and "\n" not in text))
