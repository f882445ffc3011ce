"""Writes articles with all that was read from them, the vocabulary, and measurements. One article, one transaction."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Protocol

from kb.errors import NotFound
from kb.records import Concept, Decision, Extract, Likeness, Measurement, Sentence
from kb.store.opening import Connections
from kb.store.twins import forget_likeness, put_likeness

Segmenter = Callable[[str], Iterable[str]]


class Embedding(Protocol):
    """Gives sentences their vectors. `name` changes whenever the same sentence would get another one."""

    @property
    def name(self) -> str: ...

    def encode(self, title: str, sentences: Sequence[Sentence]) -> list[bytes]:
        """One a sentence, 16-bit floats, little-endian; `title` is that of their article."""
        ...


class Writer:
    def __init__(self, connections: Connections, segmenter: Segmenter, embedding: Embedding | None = None) -> None:
        self._connections = connections
        self._segmenter = segmenter
        self._embedding = embedding

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        connection = self._connections.get()
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield connection
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")

    # ------------------------------------------------------------ vocabulary

    def set_vocabulary(self, concepts: Iterable[Concept], fingerprint: str) -> None:
        """Make the domain's concepts those of the database; concepts found in articles stay."""
        with self._transaction() as connection:
            wanted = {concept.id: concept for concept in concepts}
            known = {row["id"] for row in connection.execute("SELECT id FROM concept WHERE found = 0")}
            connection.executemany("DELETE FROM concept WHERE id = ?", [(id_,) for id_ in known - set(wanted)])
            for concept in wanted.values():
                _put_concept(connection, concept, found=False)
            _put_meta(connection, "vocabulary", fingerprint)

    def add_decisions(self, decisions: Iterable[Decision]) -> None:
        """One that does not say when it was made was made now."""
        now = datetime.now(UTC).isoformat(timespec="seconds")
        with self._transaction() as connection:
            connection.executemany(
                "INSERT INTO decision (action, name, target, decided_at, others) VALUES (?, ?, ?, ?, ?)",
                [(d.action, d.name, d.target, d.decided_at or now, json.dumps(d.others, ensure_ascii=False)) for d in decisions],
            )

    def take_back_decision(self) -> None:
        """Forget the last decision; nothing happens where there is none."""
        with self._transaction() as connection:
            connection.execute("DELETE FROM decision WHERE id = (SELECT max(id) FROM decision)")

    # ------------------------------------------------------------ articles

    def mark_read(self, article_id: str, reader: str) -> None:
        """Note that the article, as stored, is what this version of the reader makes of it."""
        with self._transaction() as connection:
            connection.execute("UPDATE article SET reader = ? WHERE id = ?", (reader, article_id))

    def save(self, extract: Extract, *, reader: str, likeness: Likeness | None = None) -> None:
        """Put the article in place of any of the same id, origin or text; everything that was read from those goes first.

        `reader` is the fingerprint of the vocabulary and the rules that made the extract. Without `likeness`, the article
        is one whose near-duplicates are still to be looked for.
        """
        article = extract.article
        digest = sha256(article.text)
        vectors = self._embedding.encode(article.title, extract.sentences) if self._embedding is not None else []
        with self._transaction() as connection:
            connection.execute("DELETE FROM article WHERE id = ? OR origin = ? OR sha256 = ?", (article.id, article.origin, digest))
            connection.execute(
                "INSERT INTO article VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    article.id,
                    article.title,
                    article.text,
                    extract.cleaned,
                    json.dumps(extract.segments, ensure_ascii=False),
                    article.origin,
                    article.licence,
                    article.author,
                    article.date,
                    digest,
                    reader,
                    datetime.now(UTC).isoformat(timespec="seconds"),
                    json.dumps(article.set_apart, ensure_ascii=False),
                ),
            )
            for concept in extract.concepts:
                _put_concept(connection, concept, found=True)
            connection.executemany(
                "INSERT INTO proposal VALUES (?, ?, ?)",
                [(article.id, concept.id, concept.score) for concept in extract.concepts if concept.score is not None],
            )
            self._put_sentences(connection, extract)
            if self._embedding is not None:
                _put_vectors(connection, self._embedding.name, zip(extract.sentences, vectors, strict=True))
            _put_statements(connection, extract)
            if likeness is not None:
                put_likeness(connection, article.id, likeness)
            _drop_orphans(connection)
            _next_revision(connection)

    def put_likeness(self, article_id: str, likeness: Likeness) -> None:
        """Note which articles hold nearly the same text as a stored one, in place of what was noted of it before."""
        with self._transaction() as connection:
            forget_likeness(connection, article_id)
            put_likeness(connection, article_id, likeness)
            _next_revision(connection)

    def _put_sentences(self, connection: sqlite3.Connection, extract: Extract) -> None:
        for sentence in extract.sentences:
            cursor = connection.execute(
                "INSERT INTO sentence VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (sentence.id, sentence.article_id, *sentence.span, sentence.text, sentence.heading, sentence.segment, sentence.position),
            )
            indexed = f"{sentence.heading or ''} {sentence.text}"
            connection.execute(
                "INSERT INTO sentence_words (rowid, words) VALUES (?, ?)", (cursor.lastrowid, " ".join(self._segmenter(indexed)))
            )
        connection.executemany(
            "INSERT INTO dropped VALUES (?, ?, ?, ?)", [(extract.article.id, *dropped.span, dropped.reason) for dropped in extract.dropped]
        )

    def move(self, article_id: str, origin: str, title: str) -> None:
        """The same text was found under another name: keep the article, note where it now comes from and what it is now called."""
        with self._transaction() as connection:
            connection.execute("UPDATE article SET origin = ?, title = ? WHERE id = ?", (origin, title, article_id))

    def remove(self, article_id: str) -> None:
        """:raises NotFound: no article of that id."""
        with self._transaction() as connection:
            if connection.execute("DELETE FROM article WHERE id = ?", (article_id,)).rowcount == 0:
                raise NotFound(
                    (f"没有编号为“{article_id}”的文章。", f"There is no article {article_id!r}."),
                    ("kb articles 列出全部文章。", "kb articles lists them all."),
                )
            _drop_orphans(connection)
            _next_revision(connection)

    # ------------------------------------------------------------ vectors

    def put_vectors(self, model: str, vectors: Iterable[tuple[Sentence, bytes]]) -> None:
        """Put or replace; a sentence that is gone or was rewritten meanwhile is passed over. 16-bit floats, little-endian."""
        with self._transaction() as connection:
            _put_vectors(connection, model, vectors)
            _next_revision(connection)

    def remove_vectors(self, model: str) -> None:
        """Forget all vectors of a model; nothing happens where there are none."""
        with self._transaction() as connection:
            connection.execute("DELETE FROM vector WHERE model = ?", (model,))
            _next_revision(connection)

    # ------------------------------------------------------------ measurements and notes

    def add_measurements(self, measurements: Iterable[Measurement]) -> None:
        """Append; a measurement that is there already (same id) is left as it is."""
        with self._transaction() as connection:
            connection.executemany(
                "INSERT OR IGNORE INTO measurement VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [
                    (
                        m.id,
                        m.run_id,
                        m.concept,
                        m.metric,
                        m.backend,
                        m.host.env_id,
                        m.measured_at,
                        m.valid,
                        json.dumps(asdict(m), ensure_ascii=False),
                    )
                    for m in measurements
                ],
            )

    def set_meta(self, name: str, value: str) -> None:
        with self._transaction() as connection:
            _put_meta(connection, name, value)


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _put_meta(connection: sqlite3.Connection, name: str, value: str) -> None:
    connection.execute("INSERT INTO meta VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value", (name, value))


def _next_revision(connection: sqlite3.Connection) -> None:
    connection.execute(
        "INSERT INTO meta VALUES ('sentence_revision', '1') ON CONFLICT (name) DO UPDATE SET value = CAST(value AS INTEGER) + 1"
    )


def _put_concept(connection: sqlite3.Connection, concept: Concept, *, found: bool) -> None:
    """A concept of the vocabulary is never overwritten by one found in an article."""
    connection.execute(
        "INSERT INTO concept VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET name = excluded.name, name_en = excluded.name_en,"
        " kind = excluded.kind, gloss = coalesce(excluded.gloss, gloss), cues = excluded.cues, found = excluded.found WHERE found >= excluded.found",
        (concept.id, concept.name, concept.name_en, concept.kind, concept.gloss, json.dumps(concept.cues, ensure_ascii=False), found),
    )
    if not found:
        connection.execute("DELETE FROM alias WHERE concept_id = ?", (concept.id,))
    connection.executemany("INSERT OR IGNORE INTO alias VALUES (?, ?)", [(concept.id, alias) for alias in concept.aliases])


def _put_vectors(connection: sqlite3.Connection, model: str, vectors: Iterable[tuple[Sentence, bytes]]) -> None:
    connection.executemany(
        "INSERT OR REPLACE INTO vector SELECT id, ?, ? FROM sentence WHERE id = ? AND text = ?",
        ((model, numbers, sentence.id, sentence.text) for sentence, numbers in vectors),
    )


def _put_statements(connection: sqlite3.Connection, extract: Extract) -> None:
    connection.executemany(
        "INSERT INTO mention VALUES (?, ?, ?, ?, ?)", [(m.sentence_id, *m.span, m.concept_id, m.found_by) for m in extract.mentions]
    )
    connection.executemany(
        "INSERT INTO claim VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                c.sentence_id,
                *c.span,
                c.subject,
                c.relation,
                c.object,
                c.holds,
                c.hedge,
                c.condition,
                c.scope,
                c.analogy,
                c.found_by,
                c.confidence,
            )
            for c in extract.claims
        ],
    )
    connection.executemany(
        "INSERT INTO comparison VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (c.sentence_id, *c.span, c.a, c.b, c.aspect, c.direction, c.amount, c.hedge, c.found_by, c.confidence)
            for c in extract.comparisons
        ],
    )
    connection.executemany(
        "INSERT INTO quantity VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (q.sentence_id, *q.span, q.subject, q.aspect, q.value_text, q.low, q.high, q.unit, q.approximate, q.found_by, q.confidence)
            for q in extract.quantities
        ],
    )


def _drop_orphans(connection: sqlite3.Connection) -> None:
    connection.execute(
        "DELETE FROM concept WHERE found = 1 AND id NOT IN (SELECT concept_id FROM mention UNION SELECT subject FROM claim UNION SELECT object FROM claim"
        " UNION SELECT a FROM comparison UNION SELECT b FROM comparison UNION SELECT subject FROM quantity)"
    )
