"""Files, folders, zip files, uploads and pasted text → articles. A suffix decides the format; nothing is stored here."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path, PurePath

from ingest import archives
from ingest.formats import Document
from kb.config import ROOT
from kb.errors import EmptyText, NotFound, TooLarge, UnknownFormat
from kb.records import Article
from kb.registry import family


def articles_of(path: Path, *, max_bytes: int) -> Iterator[Article]:
    """The articles of a file, a zip file or a folder, one after another.

    :raises NotFound: no such path. :raises BadInput: as `load_articles`, or a folder without articles.
    """
    found = False
    for file in _files(path):
        for article in load_articles(file, max_bytes=max_bytes):
            found = True
            yield article
    if not found:
        raise _no_article(str(path))


def _files(path: Path) -> Iterator[Path]:
    if path.is_dir():
        suffixes = {*_readers(), archives.SUFFIX}
        yield from (file for file in sorted(path.rglob("*")) if file.is_file() and file.suffix.lower() in suffixes)
    elif path.is_file():
        yield path
    else:
        raise NotFound((f"没有 {path} 这个文件或文件夹。", f"There is no file or folder {path}."), ("请检查路径。", "Check the path."))


def _no_article(place: str) -> EmptyText:
    known = " ".join(sorted((*_readers(), archives.SUFFIX)))
    return EmptyText((f"{place} 里没有可读的文章。", f"{place} holds no article."), (f"支持的后缀：{known}。", f"Suffixes: {known}."))


def load_articles(path: Path, *, max_bytes: int) -> tuple[Article, ...]:
    """The articles of one file, or of the files in a zip file.

    :raises BadInput: empty, too large, of no known suffix, unreadable, or a zip file that would do harm.
    """
    if not path.is_file():
        raise NotFound((f"没有文件 {path}。", f"There is no file {path}."), ("请检查路径。", "Check the path."))
    check_size(path.stat().st_size, path.name, max_bytes)
    return tuple(_articles(path.read_bytes(), path.name, _origin(path), max_bytes))


def _origin(path: Path) -> str:
    """Relative to the checkout for its own files, so that ids are the same on every machine."""
    whole = path.resolve()
    return whole.relative_to(ROOT).as_posix() if whole.is_relative_to(ROOT) else whole.as_posix()


def uploaded(name: str, data: bytes, *, max_bytes: int) -> tuple[Article, ...]:
    """The articles of a file that a browser sent; only the last part of its name is used.

    :raises BadInput: as `load_articles`.
    """
    plain = PurePath(name.replace("\\", "/")).name or "upload.txt"
    check_size(len(data), plain, max_bytes)
    return tuple(_articles(data, plain, f"upload:{plain}", max_bytes))


def pasted(title: str, text: str, *, max_bytes: int) -> Article:
    """:raises BadInput: no title, no text, or too much of it."""
    if not title.strip():
        raise EmptyText(("请给文章一个标题。", "The article has no title."), ("例如：容器的历史。", "For example: 容器的历史."))
    check_size(len(text.encode("utf-8", "replace")), title, max_bytes)
    return _article(Document(title.strip()[:200], text), title.strip()[:200], f"paste:{title.strip()[:200]}")


# ---------------------------------------------------------------- bytes → articles


def _articles(data: bytes, name: str, origin: str, max_bytes: int) -> Iterator[Article]:
    if PurePath(name).suffix.lower() != archives.SUFFIX:
        yield from _articles_of_file(data, name, origin)
        return
    found = False
    for path, content in archives.members(data, name, max_bytes=max_bytes, readable=_readers()):
        found = True
        yield from _articles_of_file(content, f"{name}/{path}", f"{origin}/{path}")
    if not found:
        raise _no_article(name)


def _articles_of_file(data: bytes, name: str, origin: str) -> tuple[Article, ...]:
    suffix = PurePath(name).suffix.lower()
    reader = _readers().get(suffix)
    if reader is None:
        known = " ".join(sorted((*_readers(), archives.SUFFIX)))
        raise UnknownFormat(
            (f"不认识 {name} 的后缀“{suffix or '(无)'}”。", f"{name}: unknown suffix {suffix or '(none)'!r}."),
            (f"支持的后缀：{known}。", f"Supported suffixes: {known}."),
        )
    if not data.strip():
        raise EmptyText((f"{name} 是空文件。", f"{name} is empty."), ("请选择有内容的文件。", "Choose a file that holds text."))
    documents = reader(data, name)
    if len(documents) == 1:
        return (_article(documents[0], PurePath(name).stem, origin),)
    return tuple(_article(d, f"{PurePath(name).stem}-{n}", f"{origin}#{n}") for n, d in enumerate(documents, start=1))


def _article(document: Document, stem: str, origin: str) -> Article:
    if not document.text.strip():
        raise EmptyText((f"{document.title} 没有文字。", f"{document.title} holds no text."), ("请检查内容。", "Check what it holds."))
    return Article(
        article_id(stem, origin),
        whole(document.title),
        whole(document.text),
        origin,
        document.licence,
        document.author,
        document.date,
        tuple(map(whole, document.set_apart)),
    )


def whole(text: str) -> str:
    """Half characters (lone surrogates), which no database keeps, become U+FFFD."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def article_id(stem: str, origin: str) -> str:
    """A readable slug and the first 8 hexadecimal digits of the origin's SHA-1; the same origin gives the same id."""
    latin = stem
    if not stem.isascii():
        from pypinyin import lazy_pinyin

        latin = "-".join(lazy_pinyin(stem[:24]))
    slug = re.sub(r"[^a-z0-9]+", "-", latin.lower()).strip("-")[:48].strip("-") or "article"
    return f"{slug}-{hashlib.sha1(origin.encode('utf-8', 'replace'), usedforsecurity=False).hexdigest()[:8]}"


def check_size(size: int, name: str, most: int) -> None:
    """Sizes in bytes. :raises TooLarge: names the file and what to do."""
    if size > most:
        raise TooLarge(
            (f"{name} 有 {size:,} 字节，最多 {most:,} 字节。", f"{name} has {size:,} bytes; the limit is {most:,}."),
            ("请拆成几个文件，或调大 KB_MAX_UPLOAD_BYTES。", "Split it, or raise KB_MAX_UPLOAD_BYTES."),
        )


@cache
def _readers() -> dict[str, Callable[[bytes, str], tuple[Document, ...]]]:
    return {suffix: module.read for module in family("ingest.formats").values() for suffix in module.SUFFIXES}
