"""Articles that come in through the web: a file, or a pasted text. What is stored and what is refused is decided by `ingest`."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING

from flask import request
from werkzeug.datastructures import FileStorage

from ingest import archives
from ingest.pipeline import Tools, ingest_text, ingest_upload
from kb.errors import EmptyText, UnreadableText
from kb.records import SaveReport
from kb.registry import family
from web.failures import upload_too_large
from web.languages import text as worded
from web.readings import Work

if TYPE_CHECKING:
    from kb.app import KnowledgeBase


def add_files(files: Iterable[FileStorage], base: KnowledgeBase) -> tuple[SaveReport, ...]:
    """Read and store each file; the first that cannot be read stops the rest, what was stored before it stays.

    :raises BadInput: no file, an empty, binary or too large one, a suffix or encoding that nothing reads.
    """
    return tuple(report for _, read in files_to_read(files, base) for report in read())


def files_to_read(files: Iterable[FileStorage], base: KnowledgeBase) -> tuple[Work, ...]:
    """Each file that was sent, to be read and stored later, when its upload is gone.

    :raises BadInput: no file, or one that is too large.
    """
    limit = base.settings.max_upload_bytes
    found: list[Work] = []
    for file in files:
        if not file.filename:
            continue
        data = file.stream.read(limit + 1)
        if len(data) > limit:
            raise upload_too_large(limit)
        found.append((file.filename, partial(_add_file, file.filename, data, base)))
    if not found:
        raise EmptyText(("没有选择文件。", "No file was chosen."), ("请选择一个或几个文件。", "Choose one or more files."))
    return tuple(found)


def _add_file(name: str, data: bytes, base: KnowledgeBase) -> tuple[SaveReport, ...]:
    try:
        return ingest_upload(name, data, base.store, _tools(base), max_bytes=base.settings.max_upload_bytes)
    finally:
        base.refresh()  # the next file sees the concepts that this one brought


def text_to_read(title: str, text: str, base: KnowledgeBase) -> Work:
    return title, lambda: (add_text(title, text, base),)


def add_text(title: str, text: str, base: KnowledgeBase) -> SaveReport:
    """:raises BadInput: the text is empty, too large or no text."""
    try:
        return ingest_text(title, text, base.store, _tools(base), max_bytes=base.settings.max_upload_bytes)
    finally:
        base.refresh()


def import_records(base: KnowledgeBase) -> tuple[int, int]:
    """Take in the file of measurements that this request sends, as field `file` of a form or as its body; how many were new and known.

    :raises BadInput: none, too large, no UTF-8, or not what `kb probe export` writes; names the line. Nothing is kept then.
    """
    limit = base.settings.max_upload_bytes
    if request.mimetype == "multipart/form-data":
        file = request.files.get("file")
        name, data = (file.filename or "", file.stream.read(limit + 1)) if file is not None else ("", b"")
    else:
        name, data = worded("请求内容"), request.stream.read(limit + 1)
    if not name:
        raise EmptyText(
            ("没有选择文件。", "No file was chosen."), ("请选择 kb probe export 写出的文件。", "Choose a file that kb probe export wrote.")
        )
    if len(data) > limit:
        raise upload_too_large(limit)
    try:
        words = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableText(
            (f"{name} 不是 UTF-8 文本（第 {error.start} 字节起）。", f"{name} is no UTF-8 text (from byte {error.start})."),
            ("文件应由 kb probe export 写出。", "The file must be one that kb probe export wrote."),
        ) from error
    return base.import_measurements(words, request.values.get("name", "").strip() or None)


def suffixes() -> tuple[str, ...]:
    """Endings of the files that can be read."""
    return (*sorted(suffix for module in family("ingest.formats").values() for suffix in module.SUFFIXES), archives.SUFFIX)


def _tools(base: KnowledgeBase) -> Tools:
    return Tools(lexicon=base.lexicon, tokenizer=base.tokenizer, domain=base.domain)
