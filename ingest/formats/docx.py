"""Word documents: paragraphs and table rows in order, headings as lines of their own."""

from __future__ import annotations

import io
from pathlib import PurePath
from zipfile import BadZipFile

from ingest.formats import Document, _rows
from kb.errors import UnreadableText

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
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            lines.extend(_rows.row(cell.text for cell in row.cells) for row in block.rows)
        else:
            lines.append(block.text)
    core = document.core_properties
    return (Document(core.title or PurePath(name).stem, "\n".join(lines), author=core.author or None),)
