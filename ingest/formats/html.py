"""HTML pages: the main text without navigation and advertisements; nothing is fetched, scripts are never run."""

from __future__ import annotations

import re
from pathlib import PurePath

from ingest.formats import Document, _page, _rows
from ingest.formats._decoding import decode
from kb.errors import EmptyText
from kb.language.regex import regex

SUFFIXES = (".html", ".htm", ".xhtml")
_ROW = regex(r"\|.*\|\s*$")  # of a table, as trafilatura writes it
_RULE = regex(r"^\|(?:-+\|)+\s*\n", re.M)


def read(data: bytes, name: str) -> tuple[Document, ...]:
    """:raises EmptyText: the page has no main text."""
    import trafilatura

    source = decode(data, name)
    tree = trafilatura.load_html(source)
    set_apart = _page.tidy(tree) if tree is not None else ()
    text = trafilatura.extract(tree, include_comments=False, include_tables=True, favor_recall=True) if tree is not None else None
    if not text or not text.strip():
        raise EmptyText(
            (f"{name} 里没有正文。", f"{name} has no main text."), ("请另存正文为文本再试。", "Save its text as a text file and try again.")
        )
    text = "\n".join(_rows.row(line.strip(" |").split("|")) if _ROW.match(line) else line for line in _RULE.sub("", text).split("\n"))
    metadata = trafilatura.extract_metadata(source)
    title = metadata.title if metadata and metadata.title else PurePath(name).stem
    author, date = (metadata.author, metadata.date) if metadata else (None, None)
    return (Document(title, text, author=author, date=date, set_apart=set_apart),)
