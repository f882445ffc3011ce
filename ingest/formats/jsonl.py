"""JSON lines: one article a line, `{"title", "text", "author"?, "date"?, "licence"?}`."""

from __future__ import annotations

import json

from ingest.formats import Document
from ingest.formats._decoding import decode
from kb.errors import BadInput

SUFFIXES = (".jsonl",)


def read(data: bytes, name: str) -> tuple[Document, ...]:
    """:raises BadInput: names the line that is no article."""
    documents: list[Document] = []
    for number, line in enumerate(decode(data, name).split("\n"), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            fields = [row.get(field) for field in ("author", "date", "licence")]
            if not all(value is None or isinstance(value, str) for value in (row["title"], row["text"], *fields)):
                raise TypeError("title, text, author, date and licence must be text")
            documents.append(Document(str(row["title"]), str(row["text"]), *fields))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise BadInput(
                (f"{name} 第 {number} 行不是文章：{error}", f"{name}, line {number} is no article: {error}"),
                ('每行一个对象，至少有 "title" 和 "text"。', 'One object a line, with at least "title" and "text".'),
            ) from error
    return tuple(documents)
