"""From files to the store: the way of an article, readable from top to bottom."""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from ingest.claims import find_claims
from ingest.clean import CleanText, clean
from ingest.comparisons.finding import find_comparisons
from ingest.concepts import Reading, find_concepts
from ingest.files import article_id, articles_of, load_articles, pasted, uploaded
from ingest.quantities import find_quantities
from ingest.segment import segment
from ingest.tables import read_tables
from ingest.twins import Text, complete_likenesses, find_likeness
from ingest.vocabulary import vocabulary_of
from kb.config import ROOT
from kb.domain import Domain
from kb.errors import BadInput
from kb.graph.disagreements import disagreements_of
from kb.language.lexicon import Lexicon
from kb.language.parser import Parser
from kb.language.words import Tokenizer
from kb.records import Article, Concept, Dropped, Extract, SaveReport
from kb.store import ArticleSummary, Store, sha256


@dataclass(frozen=True, slots=True)
class Tools:
    """`parser`: without one, reading goes on with patterns alone."""

    lexicon: Lexicon
    tokenizer: Tokenizer
    domain: Domain
    parser: Parser | None = field(default_factory=Parser.load)


@dataclass(frozen=True, slots=True)
class Sentences:
    """An article cut up and its concepts found, before anything is read of them; `kinds`: concept id → kind, of those named."""

    cleaned: CleanText
    readings: tuple[Reading, ...]
    proposed: tuple[Concept, ...]
    kinds: dict[str, str]


def read_sentences(article: Article, tools: Tools) -> Sentences:
    vocabulary = vocabulary_of(tools.domain)
    lexicon = vocabulary.lexicon
    cleaned = clean(article.text, lexicon.names())
    readings, proposed = find_concepts(
        segment(article.id, cleaned), lexicon, tools.tokenizer, tools.domain.rejected, (*article.set_apart, *cleaned.bold)
    )
    named = {match.concept_id for reading in readings for match in (*reading.matches, *reading.nested)}
    kinds = {id_: vocabulary.kinds[id_] for id_ in named if id_ in vocabulary.kinds}
    return Sentences(cleaned, readings, proposed, kinds | {concept.id: concept.kind for concept in proposed})


def read_article(article: Article, tools: Tools) -> Extract:
    """All that reading makes of an article; stores nothing."""
    with _uncollected():
        return _read_article(article, tools)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Reading makes hundreds of thousands of small things and next to no cycles; to look for these again and again takes a fifteenth of its
    time. The collector is the process's: another thread's cycles wait as well, for as long as an article takes."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


def _read_article(article: Article, tools: Tools) -> Extract:
    read = read_sentences(article, tools)
    cleaned, readings, kinds = read.cleaned, read.readings, read.kinds
    tables = read_tables(readings, tools.domain, kinds)
    running = tuple(reading for index, reading in enumerate(readings) if index not in tables.rows)
    claims, phrases = find_claims(running, tools.tokenizer, tools.domain, kinds, tools.parser)
    quantities = find_quantities(running, tools.domain, kinds)
    known = vocabulary_of(tools.domain).kinds.keys()
    return Extract(
        article=article,
        cleaned=cleaned.text.text,
        segments=tuple(cleaned.text.text[start:end] for start, end in cleaned.segments),
        sentences=tuple(reading.piece.sentence for reading in readings),
        dropped=tuple(Dropped(article.id, span, reason) for span, reason in cleaned.dropped),
        concepts=tuple({concept.id: concept for concept in (*read.proposed, *phrases, *tables.phrases)}.values()),
        mentions=tuple(mention for reading in readings for mention in reading.mentions(known)),
        claims=(*claims, *tables.claims),
        comparisons=(*find_comparisons(running, tools.domain, kinds, quantities), *tables.comparisons),
        quantities=(*quantities, *tables.quantities),
    )


# ---------------------------------------------------------------- files, uploads, pasted text


# number of the article (from 1), of how many, its title, and what became of it; `None` when its reading begins
Emit = Callable[[int, int, str, str | None], object]


def ingest_path(path: Path, store: Store, tools: Tools, *, max_bytes: int, emit: Emit | None = None) -> tuple[SaveReport, ...]:
    """A file, a zip file, or every readable file of a folder. All are read before the first is stored; they are read again to be stored,
    so that no more than one has to be held at a time.

    :raises NotFound: no such path. :raises BadInput: names the file and what is wrong with it; the store is as it was.
    """
    total = sum(1 for _ in articles_of(path, max_bytes=max_bytes))
    reports: list[SaveReport] = []
    for number, article in enumerate(articles_of(path, max_bytes=max_bytes), start=1):
        if emit is not None:
            emit(number, total, article.title, None)
        report = keep(article, store, tools)
        reports.append(report)
        if emit is not None:
            emit(number, total, article.title, report.outcome)
    return tuple(reports)


def ingest_upload(name: str, data: bytes, store: Store, tools: Tools, *, max_bytes: int) -> tuple[SaveReport, ...]:
    """A file or zip file sent by a browser; only the last part of its name is used.

    :raises BadInput: as `load_articles`; the store is as it was.
    """
    return tuple(keep(article, store, tools) for article in uploaded(name, data, max_bytes=max_bytes))


def ingest_text(title: str, text: str, store: Store, tools: Tools, *, max_bytes: int) -> SaveReport:
    """A pasted text. :raises BadInput: no title, no text, or too much of it."""
    return keep(pasted(title, text, max_bytes=max_bytes), store, tools)


# ---------------------------------------------------------------- into the store


def keep(article: Article, store: Store, tools: Tools) -> SaveReport:
    """Read and store the article, unless this very text was read by these rules already."""
    reader = reader_version(tools.domain)
    known = store.article_named(origin=article.origin, sha256=sha256(article.text))
    same = known is not None and known.sha256 == sha256(article.text)
    if known is not None and same and known.origin != article.origin:
        # found under another name: the article keeps its id, and its place where the file is still there
        if not (ROOT / known.origin.partition("#")[0]).exists():
            store.move(known.id, article.origin, article.title)
            known = replace(known, origin=article.origin, title=article.title)
        article = replace(article, id=known.id, origin=known.origin, title=known.title)
    if known is not None and same and known.reader == reader and known.title == article.title:
        return unchanged(known)
    complete_likenesses(store)
    extract = read_article(article, tools)
    before = store.names(concept.id for concept in extract.concepts)
    _save(extract, store, reader)
    new = tuple(concept.name for concept in extract.concepts if concept.id not in before and concept.kind != "phrase")
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
        len(disagreements_of(article.id, store, tools.domain)),
        store.twins(article.id),
    )


def unchanged(known: ArticleSummary) -> SaveReport:
    """Of an article that is stored already."""
    counts = (known.sentences, 0, known.claims, known.comparisons, known.quantities)
    return SaveReport(known.id, known.title, "unchanged", *counts, (), 0, known.twins)


def _save(extract: Extract, store: Store, reader: str) -> None:
    text = Text.of(extract.article.id, extract.cleaned, extract.sentences, extract.mentions)
    store.save(extract, reader=reader, likeness=find_likeness(text, store))


def read_outdated(store: Store, tools: Tools, *, emit: Emit | None = None) -> int:
    """Read the stored articles again that other rules or another vocabulary read: after a new version, or a decision on a concept that
    was cut short; how many. Cut short itself, it goes on from there."""
    reader = reader_version(tools.domain)
    outdated = [summary.id for summary in store.articles() if summary.reader != reader]
    read_each_again(outdated, store, tools, emit=emit)
    return len(outdated)


def read_each_again(ids: Sequence[str], store: Store, tools: Tools, *, emit: Emit | None = None) -> None:
    """Put what the present rules and vocabulary make of stored articles in place of what was made of them before. Those that were removed
    meanwhile are left out."""
    reader = reader_version(tools.domain)
    for number, id_ in enumerate(ids, start=1):
        article = store.article(id_)
        if article is None:
            continue
        if emit is not None:
            emit(number, len(ids), article.title, None)
        _save(read_article(article, tools), store, reader)
        if emit is not None:
            emit(number, len(ids), article.title, "replaced")


def reader_version(domain: Domain) -> str:
    """Changes when the vocabulary or the rules of reading change, so that `kb init` reads again just then."""
    digest = hashlib.sha256(_rules())
    digest.update(
        repr((domain.concepts, sorted(domain.rejected), tuple(domain.relations.values()), tuple(domain.aspects.values()))).encode()
    )
    return digest.hexdigest()[:16]


@cache
def _rules() -> bytes:
    import ingest
    import kb.language

    digest = hashlib.sha256()
    for package in (ingest, kb.language):
        for path in sorted(Path(str(package.__file__)).parent.rglob("*")):
            if path.suffix in (".py", ".tsv", ".txt", ".json", ".npz", ".gz"):
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
    "read_each_again",
    "read_outdated",
    "reader_version",
]
