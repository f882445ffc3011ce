"""Markdown with an optional head of `key: value` lines between `---`; code blocks are left out, links and emphasis become their text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import PurePath
from typing import TYPE_CHECKING

from ingest.formats import Document, _rows, apart
from ingest.formats._decoding import decode
from kb.language.regex import regex

if TYPE_CHECKING:
    from markdown_it.token import Token

SUFFIXES = (".md", ".markdown")
_SOFT = "\x1e"  # stands for a line end of the source inside a paragraph
_DEFINES = regex(r"[:：][ \t]+(?=\S)")
_HEAD = regex(r"\A---[ \t]*\n(?P<head>.*?)\n---[ \t]*(?:\n|\Z)", re.S)


def read(data: bytes, name: str) -> tuple[Document, ...]:
    text = decode(data, name).replace("\r\n", "\n")
    fields: dict[str, str] = {}
    head = _HEAD.match(text)
    if head:
        pairs = (line.split(":", 1) for line in head["head"].splitlines() if ":" in line)
        fields = {key.strip().lower(): value.strip().strip("\"'") for key, value in pairs}
        text = text[head.end() :]
    title, plain, set_apart = _plain(text)
    return (
        Document(
            fields.get("title") or title or PurePath(name).stem,
            plain,
            author=fields.get("author") or None,
            date=fields.get("date") or None,
            licence=fields.get("licence") or fields.get("license") or None,
            set_apart=apart(set_apart),
        ),
    )


def _plain(text: str) -> tuple[str | None, str, list[str]]:
    """The first heading, the text (one line a paragraph, heading, list item or table row), and what is in bold."""
    from markdown_it import MarkdownIt

    title: str | None = None
    set_apart: list[str] = []
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
            set_apart += _bold(token.children or ())
            if opened == "h1" and title is None:
                title = content.replace(_SOFT, " ")
            if token.level >= 4 and lines is not None and _in_table(token.map, text):
                cells.append(content.replace(_SOFT, " "))
                continue
            if opened:
                lines.append("")
            if lines and lines[-1] and not opened and not mark and _DEFINES.match(content):
                content = f"{lines.pop()}{_SOFT}{content}"  # a blank line between a term and what it means
            lines.append(mark + _defined(content))
            opened, mark = None, ""
    return title, "\n".join(lines).strip() + "\n", set_apart


def _bold(tokens: Iterable[Token]) -> Iterator[str]:
    inside: list[str] | None = None
    for token in tokens:
        if token.type == "strong_open":
            inside = []
        elif token.type == "strong_close" and inside is not None:
            yield "".join(inside)
            inside = None
        elif inside is not None:
            inside.append(_inline(token.type, token.content).replace(_SOFT, " "))


def _defined(text: str) -> str:
    """Lines that the source's width broke put together; a term and below it 「: definition」 as 「term：definition」."""
    first, *rest = text.split(_SOFT)
    for number, line in enumerate(rest):
        if _DEFINES.match(line):
            line = _DEFINES.sub("", line)
            first += line if any(map(_DEFINES.match, rest[:number])) else f"：{line}"
        else:
            first += f" {line}" if first[-1:].isascii() and line[:1].isascii() else line
    return first


def _inline(kind: str, content: str) -> str:
    return _SOFT if kind == "softbreak" else "\n" if kind == "hardbreak" else content if kind in ("text", "code_inline") else ""


def _in_table(lines: list[int] | None, text: str) -> bool:
    return bool(lines) and text.split("\n")[lines[0]].lstrip().startswith("|") if lines else False
