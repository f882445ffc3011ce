"""Word documents: paragraphs and table rows in order, headings as lines of their own."""

from __future__ import annotations

import io
from pathlib import PurePath
from zipfile import BadZipFile

from ingest.formats import Document
from kb.errors import UnreadableText

SUFFIXES = (".docx",)


def read(data: bytes, name: str) -> tuple[Document, ...]:
    """:raises UnreadableText: not a Word document."""
    import docx
    from docx.opc.exceptions import PackageNotFoundError

    try:
        document = docx.Document(io.BytesIO(data))
    except (PackageNotFoundError, BadZipFile, KeyError, ValueError) as error:
        raise UnreadableText(
            (f"{name} 不是可读的 Word 文档。", f"{name} is no readable Word document."),
            ("请用 Word 另存为 .docx,或转成文本。", "Save it again as .docx, or as text."),
        ) from error
    lines = [paragraph.text for paragraph in document.paragraphs]
    for table in document.tables:
        lines.extend(" ".join(cell.text for cell in row.cells) for row in table.rows)
    core = document.core_properties
    return (Document(core.title or PurePath(name).stem, "\n".join(lines), author=core.author or None),)
