"""PDF files with a text layer: lines broken by the page's width are joined again, rows of tables stay lines, pages end with a form feed."""

from __future__ import annotations

import io
import re
import unicodedata
from pathlib import PurePath

from ingest.formats import Document
from ingest.formats._rows import row
from ingest.linebreaks import glue, going_on
from ingest.pages import furniture
from kb.errors import EmptyText, UnreadableText
from kb.language.normalize import usual_characters
from kb.language.regex import regex

SUFFIXES = (".pdf",)
_HAN = r"[\u3400-\u9fff]"
_LIGATURE = regex("[\ufb00-\ufb06]")  # ﬁ, ﬂ
_NAMES = regex(rf"{_HAN}{{1,8}}(?:[ \t]+{_HAN}{{1,8}}){{2,}}")
_CELLS_APART = regex(rf"{_HAN}[ \t]+{_HAN}")


def read(data: bytes, name: str) -> tuple[Document, ...]:
    """:raises UnreadableText: damaged or encrypted. :raises EmptyText: pictures only."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(io.BytesIO(data))
        pages = [_LIGATURE.sub(_apart, usual_characters(page.extract_text())) for page in reader.pages]
        given = reader.metadata.title if reader.metadata else None
    except (PyPdfError, ValueError, KeyError) as error:
        raise UnreadableText(
            (f"读不了 PDF {name}:{error}", f"Cannot read the PDF {name}: {error}"),
            ("文件可能已损坏或加密。", "It may be damaged or encrypted."),
        ) from error
    if not any(page.strip() for page in pages):
        raise EmptyText(
            (f"{name} 没有文字层（可能是扫描件）。", f"{name} has no text layer (a scan?)."),
            ("请先做文字识别。", "Run text recognition first."),
        )
    title = given if given and re.search(_HAN, given) else PurePath(name).stem
    lines = [[line.strip() for line in page.split("\n") if line.strip()] for page in pages]
    apart = furniture(lines)
    return (Document(title, "\n\f".join(_paragraphs(page, alone) for page, alone in zip(lines, apart, strict=True))),)


def _apart(match: re.Match[str]) -> str:
    return unicodedata.normalize("NFKC", match.group())


def _paragraphs(lines: list[str], alone: frozenset[int]) -> str:
    """The lines of a page, those that only its width broke put together; what is `alone` belongs to no paragraph."""
    rows = _rows(lines) - alone
    broken = going_on(lines, rows | alone)
    joined: list[str] = []
    for number, line in enumerate(lines):
        if number - 1 in broken:
            joined[-1] += glue(joined[-1], line) + line
        else:
            joined.append(row(line.split()) if number in rows else line)
    return "\n".join(joined)


def _rows(lines: list[str]) -> frozenset[int]:
    """Lines of tables: neighbours that fall into equally many parts, most with Chinese on both sides of a gap; or three names side by side."""
    parts = [len(line.split()) if line[-1] not in "。！？!?" and re.search(_HAN, line) else 1 for line in lines]
    found = {number for number, line in enumerate(lines) if _NAMES.fullmatch(line.strip())}
    start = 0
    for number in range(1, len(lines) + 1):
        if number == len(lines) or parts[number] != parts[start]:
            group = range(start, number)
            apart = sum(_CELLS_APART.search(lines[index]) is not None for index in group)
            if parts[start] > 1 and apart > 1 and apart * 2 >= len(group):
                found.update(group)
            start = number
    return frozenset(found)
