"""Word documents: paragraphs and table rows in order, headings as lines of their own."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import PurePath
from typing import TYPE_CHECKING
from zipfile import BadZipFile

from ingest.formats import Document, _rows, apart
from kb.errors import UnreadableText

if TYPE_CHECKING:
    from docx.text.run import Run

SUFFIXES = (".docx",)


def read(data: bytes, name: str) -> tuple[Document, ...]:
    """:raises UnreadableText: not a Word document."""
    import docx
    from docx.opc.exceptions import PackageNotFoundError
    from docx.table import Table
    from lxml.etree import XMLSyntaxError

    try:
        document = docx.Document(io.BytesIO(data))
    except (PackageNotFoundError, BadZipFile, KeyError, ValueError, XMLSyntaxError) as error:
        raise UnreadableText(
            (f"{name} 不是可读的 Word 文档。", f"{name} is no readable Word document."),
            ("请用 Word 另存为 .docx,或转成文本。", "Save it again as .docx, or as text."),
        ) from error
    lines: list[str] = []
    bold: list[str] = []
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            lines.extend(_rows.row(cell.text for cell in row.cells) for row in block.rows)
        else:
            lines.append(block.text)
            bold += _bold(block.runs)
    core = document.core_properties
    return (Document(core.title or PurePath(name).stem, "\n".join(lines), author=core.author or None, set_apart=apart(bold)),)


def _bold(runs: Iterable[Run]) -> Iterator[str]:
    """Stretches in bold; one may fall into several runs."""
    for bold, group in groupby(runs, key=lambda run: bool(run.bold)):
        if bold:
            yield "".join(run.text for run in group)
