"""PDF files with a text layer; lines broken by the page's width are joined again."""

from __future__ import annotations

import io
import re
from pathlib import PurePath

from ingest.formats import Document
from kb.errors import EmptyText, UnreadableText

SUFFIXES = (".pdf",)
_BROKEN_LINE = re.compile(r"(?<=[\u3400-\u9fff，、])\n(?=[\u3400-\u9fffA-Za-z])")


def read(data: bytes, name: str) -> tuple[Document, ...]:
    """:raises UnreadableText: damaged or encrypted. :raises EmptyText: pictures only."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        pages = [page.extract_text() for page in PdfReader(io.BytesIO(data)).pages]
    except (PyPdfError, ValueError, KeyError) as error:
        raise UnreadableText(
            (f"读不了 PDF {name}:{error}", f"Cannot read the PDF {name}: {error}"),
            ("文件可能已损坏或加密。", "It may be damaged or encrypted."),
        ) from error
    text = _BROKEN_LINE.sub("", "\n".join(pages))
    if not text.strip():
        raise EmptyText(
            (f"{name} 没有文字层（可能是扫描件）。", f"{name} has no text layer (a scan?)."),
            ("请先做文字识别。", "Run text recognition first."),
        )
    return (Document(PurePath(name).stem, text),)
