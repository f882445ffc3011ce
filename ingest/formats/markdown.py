"""Markdown with an optional head of `key: value` lines between `---`; code blocks are left out, links and emphasis become their text."""

from __future__ import annotations

import re
from pathlib import PurePath

from ingest.formats import Document, _rows
from ingest.formats._decoding import decode

SUFFIXES = (".md", ".markdown")
_HEAD = re.compile(r"\A---[ \t]*\n(?P<head>.*?)\n---[ \t]*(?:\n|\Z)", re.S)


def read(data: bytes, name: str) -> tuple[Document, ...]:
    text = decode(data, name).replace("\r\n", "\n")
    fields: dict[str, str] = {}
    head = _HEAD.match(text)
    if head:
        pairs = (line.split(":", 1) for line in head["head"].splitlines() if ":" in line)
        fields = {key.strip().lower(): value.strip().strip("\"'") for key, value in pairs}
        text = text[head.end() :]
    title, plain = _plain(text)
    return (
        Document(
            fields.get("title") or title or PurePath(name).stem,
            plain,
            author=fields.get("author") or None,
            date=fields.get("date") or None,
            licence=fields.get("licence") or fields.get("license") or None,
        ),
    )


def _plain(text: str) -> tuple[str | None, str]:
    """The first heading, and the text: one line a paragraph, heading, list item or table row."""
    from markdown_it import MarkdownIt

    title: str | None = None
    lines: list[str] = []
    opened: str | None = None
    cells: list[str] = []
    mark = ""
    for token in MarkdownIt("commonmark").enable("table").parse(text):
        if token.type == "heading_open":
            opened = token.tag
        elif token.type == "list_item_open":
            mark = "- "
        elif token.type == "tr_close":
            lines.append(_rows.row(cells))
            cells = []
        elif token.type == "inline":
            content = "".join(_inline(child.type, child.content) for child in token.children or ())
            if opened == "h1" and title is None:
                title = content
            if token.level >= 4 and lines is not None and _in_table(token.map, text):
                cells.append(content)
                continue
            if opened:
                lines.append("")
            lines.append(mark + content)
            opened, mark = None, ""
    return title, "\n".join(lines).strip() + "\n"


def _inline(kind: str, content: str) -> str:
    return "" if kind == "softbreak" else "\n" if kind == "hardbreak" else content if kind in ("text", "code_inline") else ""


def _in_table(lines: list[int] | None, text: str) -> bool:
    return bool(lines) and text.split("\n")[lines[0]].lstrip().startswith("|") if lines else False
