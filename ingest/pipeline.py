"""From files to the store: the way of an article, readable from top to bottom."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path, PurePath

from ingest.claims import find_claims
from ingest.clean import CleanText, clean
from ingest.comparisons import find_comparisons
from ingest.concepts import Reading, find_concepts
from ingest.formats import Document
from ingest.quantities import find_quantities
from ingest.segment import segment
from kb.config import ROOT
from kb.domain import Domain
from kb.errors import BadInput, EmptyText, NotFound, TooLarge, UnknownFormat
from kb.graph.disagreements import find_disagreements
from kb.language.lexicon import Lexicon
from kb.language.parser import Parser
from kb.language.words import Tokenizer
from kb.records import Article, Concept, Dropped, Extract, SaveReport
from kb.registry import family
from kb.store import Store, sha256


@dataclass(frozen=True, slots=True)
class Tools:
    """`parser`: without one, reading goes on with patterns alone."""

    lexicon: Lexicon
    tokenizer: Tokenizer
    domain: Domain
    parser: Parser | None = field(default_factory=Parser.load)


@dataclass(frozen=True, slots=True)
class Sentences:
    """An article cut up and its concepts found, before anything is read of them; `kinds`: concept id → kind."""

    cleaned: CleanText
    readings: tuple[Reading, ...]
    proposed: tuple[Concept, ...]
    kinds: dict[str, str]


def read_sentences(article: Article, tools: Tools) -> Sentences:
    vocabulary = _vocabulary(tools.domain)
    cleaned = clean(article.text, vocabulary.names())
    readings, proposed = find_concepts(segment(article.id, cleaned), vocabulary, tools.tokenizer)
    return Sentences(cleaned, readings, proposed, _kinds(tools.domain) | {concept.id: concept.kind for concept in proposed})


def read_article(article: Article, tools: Tools) -> Extract:
    """All that reading makes of an article; stores nothing."""
    read = read_sentences(article, tools)
    cleaned, readings, kinds = read.cleaned, read.readings, read.kinds
    claims, phrases = find_claims(readings, tools.tokenizer, tools.domain, kinds, tools.parser)
    quantities = find_quantities(readings, tools.domain, kinds)
    known = frozenset(concept.id for concept in _vocabulary(tools.domain).concepts())
    return Extract(
        article=article,
        cleaned=cleaned.text.text,
        segments=tuple(cleaned.text.text[start:end] for start, end in cleaned.segments),
        sentences=tuple(reading.piece.sentence for reading in readings),
        dropped=tuple(Dropped(article.id, span, reason) for span, reason in cleaned.dropped),
        concepts=(*read.proposed, *phrases),
        mentions=tuple(mention for reading in readings for mention in reading.mentions(known)),
        claims=claims,
        comparisons=find_comparisons(readings, tools.domain, kinds, quantities),
        quantities=quantities,
    )


def _kinds(domain: Domain) -> dict[str, str]:
    """Concept id → kind; what names an aspect (性能, 抽象层) counts as a property: it is compared in, and does not act."""
    aspects = {name for aspect in domain.aspects.values() for name in (*aspect.names, *aspect.reversed_names)}
    return {concept.id: "property" if concept.name in aspects else concept.kind for concept in domain.concepts}


@lru_cache(maxsize=4)
def _vocabulary_of(concepts: tuple[object, ...]) -> Lexicon:
    return Lexicon(concepts)  # type: ignore[arg-type]


def _vocabulary(domain: Domain) -> Lexicon:
    """The published vocabulary only: what an article is read as must not depend on which articles were read before."""
    return _vocabulary_of(domain.concepts)


# ---------------------------------------------------------------- files


def ingest_path(
    path: Path, store: Store, tools: Tools, *, max_bytes: int, emit: Callable[[str], None] | None = None
) -> tuple[SaveReport, ...]:
    """A file, or every readable file of a folder. All of them are read before the first is stored.

    :raises NotFound: no such path. :raises BadInput: names the file and what is wrong with it; the store is as it was.
    """
    files = list(_files(path))
    if not files:
        raise EmptyText(
            (f"{path} 里没有可读的文章。", f"{path} holds no article."),
            (f"支持的后缀：{' '.join(sorted(_readers()))}。", f"Suffixes: {' '.join(sorted(_readers()))}."),
        )
    articles = [article for file in files for article in load_articles(file, max_bytes=max_bytes)]
    reports: list[SaveReport] = []
    for number, article in enumerate(articles, start=1):
        report = _keep(article, store, tools)
        reports.append(report)
        if emit is not None and report.outcome != "unchanged":
            emit(f"[{number}/{len(articles)}] {article.title}")
    return tuple(reports)


def _files(path: Path) -> Iterator[Path]:
    if path.is_dir():
        yield from (file for file in sorted(path.rglob("*")) if file.is_file() and file.suffix.lower() in _readers())
    elif path.is_file():
        yield path
    else:
        raise NotFound((f"没有 {path} 这个文件或文件夹。", f"There is no file or folder {path}."), ("请检查路径。", "Check the path."))


def load_articles(path: Path, *, max_bytes: int) -> tuple[Article, ...]:
    """The articles of one file.

    :raises BadInput: empty, too large, of no known suffix, unreadable.
    """
    if not path.is_file():
        raise NotFound((f"没有文件 {path}。", f"There is no file {path}."), ("请检查路径。", "Check the path."))
    _check_size(path.stat().st_size, path.name, max_bytes)
    return _articles(path.read_bytes(), path.name, _origin(path))


def _origin(path: Path) -> str:
    """Relative to the checkout for its own files, so that ids are the same on every machine."""
    whole = path.resolve()
    return whole.relative_to(ROOT).as_posix() if whole.is_relative_to(ROOT) else whole.as_posix()


# ---------------------------------------------------------------- uploads


def ingest_upload(name: str, data: bytes, store: Store, tools: Tools, *, max_bytes: int) -> tuple[SaveReport, ...]:
    """A file sent by a browser; only the last part of its name is used.

    :raises BadInput: as `load_articles`; the store is as it was.
    """
    plain = PurePath(name.replace("\\", "/")).name or "upload.txt"
    _check_size(len(data), plain, max_bytes)
    return tuple(_keep(article, store, tools) for article in _articles(data, plain, f"upload:{plain}"))


def ingest_text(title: str, text: str, store: Store, tools: Tools, *, max_bytes: int) -> SaveReport:
    """A pasted text. :raises BadInput: no title, no text, or too much of it."""
    if not title.strip():
        raise EmptyText(("请给文章一个标题。", "The article has no title."), ("例如：容器的历史。", "For example: 容器的历史."))
    _check_size(len(text.encode("utf-8", "replace")), title, max_bytes)
    article = _article(Document(title.strip()[:200], text), title.strip()[:200], f"paste:{title.strip()[:200]}")
    return _keep(article, store, tools)


# ---------------------------------------------------------------- between file and store


def _articles(data: bytes, name: str, origin: str) -> tuple[Article, ...]:
    suffix = PurePath(name).suffix.lower()
    reader = _readers().get(suffix)
    if reader is None:
        known = " ".join(sorted(_readers()))
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
        article_id(stem, origin), _whole(document.title), _whole(document.text), origin, document.licence, document.author, document.date
    )


def _whole(text: str) -> str:
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


def _keep(article: Article, store: Store, tools: Tools) -> SaveReport:
    reader = reader_version(tools.domain)
    known = store.article_named(origin=article.origin, sha256=sha256(article.text))
    if known is not None and known.sha256 == sha256(article.text) and known.reader == reader and known.title == article.title:
        return SaveReport(known.id, known.title, "unchanged", known.sentences, 0, known.claims, known.comparisons, known.quantities, (), 0)
    before = {concept.id for concept in store.concepts()}
    extract = read_article(article, tools)
    store.save(extract, reader=reader)
    new = tuple(concept.name for concept in extract.concepts if concept.id not in before and concept.kind != "phrase")
    prefix = f"{article.id}#"
    against = sum(any(sentence.startswith(prefix) for sentence, _ in found.sides) for found in find_disagreements(store, tools.domain))
    return SaveReport(
        article.id,
        article.title,
        "added" if known is None else "replaced",
        len(extract.sentences),
        len(extract.mentions),
        len(extract.claims),
        len(extract.comparisons),
        len(extract.quantities),
        new,
        against,
    )


def _check_size(size: int, name: str, most: int) -> None:
    if size > most:
        raise TooLarge(
            (f"{name} 有 {size:,} 字节，最多 {most:,} 字节。", f"{name} has {size:,} bytes; the limit is {most:,}."),
            ("请拆成几个文件，或调大 KB_MAX_UPLOAD_BYTES。", "Split it, or raise KB_MAX_UPLOAD_BYTES."),
        )


@cache
def _readers() -> dict[str, Callable[[bytes, str], tuple[Document, ...]]]:
    return {suffix: module.read for module in family("ingest.formats").values() for suffix in module.SUFFIXES}


def reader_version(domain: Domain) -> str:
    """Changes when the vocabulary or the rules of reading change, so that `kb init` reads again just then."""
    digest = hashlib.sha256(_rules())
    digest.update(repr((domain.concepts, tuple(domain.relations.values()), tuple(domain.aspects.values()))).encode())
    return digest.hexdigest()[:16]


@cache
def _rules() -> bytes:
    import ingest
    import kb.language

    digest = hashlib.sha256()
    for package in (ingest, kb.language):
        for path in sorted(Path(str(package.__file__)).parent.rglob("*")):
            if path.suffix in (".py", ".tsv", ".json"):
                digest.update(path.read_bytes())
    return digest.digest()


__all__ = [
    "BadInput",
    "Tools",
    "article_id",
    "ingest_path",
    "ingest_text",
    "ingest_upload",
    "load_articles",
    "read_article",
    "reader_version",
]
