"""Articles that come in through the web: a file, or a pasted text. What is stored and what is refused is decided by `ingest`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from werkzeug.datastructures import FileStorage

from ingest.pipeline import Tools, ingest_text, ingest_upload
from kb.errors import EmptyText
from kb.records import SaveReport
from web.failures import upload_too_large

if TYPE_CHECKING:
    from kb.app import KnowledgeBase


def add_files(files: Iterable[FileStorage], base: KnowledgeBase) -> tuple[SaveReport, ...]:
    """Read and store each file; the first that cannot be read stops the rest, what was stored before it stays.

    :raises BadInput: no file, an empty, binary or too large one, a suffix or encoding that nothing reads.
    """
    chosen = [file for file in files if file.filename]
    if not chosen:
        raise EmptyText(("没有选择文件。", "No file was chosen."), ("请选择一个或几个文件。", "Choose one or more files."))
    limit = base.settings.max_upload_bytes
    reports: list[SaveReport] = []
    try:
        for file in chosen:
            data = file.stream.read(limit + 1)
            if len(data) > limit:
                raise upload_too_large(limit)
            reports.extend(ingest_upload(file.filename or "", data, base.store, _tools(base), max_bytes=limit))
            base.refresh()  # the next file sees the concepts that this one brought
    finally:
        base.refresh()
    return tuple(reports)


def add_text(title: str, text: str, base: KnowledgeBase) -> SaveReport:
    """:raises BadInput: the text is empty, too large or no text."""
    try:
        return ingest_text(title, text, base.store, _tools(base), max_bytes=base.settings.max_upload_bytes)
    finally:
        base.refresh()


def _tools(base: KnowledgeBase) -> Tools:
    return Tools(lexicon=base.lexicon, tokenizer=base.tokenizer, domain=base.domain)
