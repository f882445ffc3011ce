"""Reads records back. Every look-up takes what to filter by as keywords; leaving a keyword out does not filter by it.

What an article has from its near-duplicate is read only where that article or sentence is asked for, or with `copies`; elsewhere
the same statement would count as that of two sources.
"""

from __future__ import annotations

import json
import math
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from kb.records import (
    Article,
    Claim,
    Comparison,
    Concept,
    Decision,
    Dropped,
    HostFingerprint,
    Measurement,
    Mention,
    Quantity,
    Sentence,
    Sign,
    Twin,
)
from kb.store.opening import Connections
from kb.store.twins import sentence_counts, statement_counts

_MENTIONED = "SELECT concept_id FROM mention UNION SELECT subject FROM claim UNION SELECT object FROM claim"
_K1 = 1.2  # of FTS5's bm25()


@dataclass(frozen=True, slots=True)
class ArticleSummary:
    """One line of the article list; counts are of what was read from it. `chars` counts characters of the original."""

    id: str
    title: str
    origin: str
    licence: str | None
    author: str | None
    date: str | None
    sha256: str
    reader: str
    added_at: str
    chars: int
    sentences: int
    claims: int
    comparisons: int
    quantities: int
    twins: tuple[Twin, ...] = ()


class Reader:
    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    def _rows(self, sql: str, values: Iterable[Any] = ()) -> list[sqlite3.Row]:
        return self._connections.get().execute(sql, tuple(values)).fetchall()

    # ------------------------------------------------------------ articles

    def articles(self) -> tuple[ArticleSummary, ...]:
        return self._summaries("ORDER BY title, id")

    def _summaries(self, selected: str, values: Iterable[Any] = ()) -> tuple[ArticleSummary, ...]:
        rows = self._rows(
            "SELECT id, title, origin, licence, author, date, sha256, reader, added_at, length(text) AS chars,"
            " (SELECT count(*) FROM sentence s WHERE s.article_id = article.id) AS sentences,"
            " (SELECT count(*) FROM claim c JOIN sentence s ON s.id = c.sentence_id WHERE s.article_id = article.id) AS claims,"
            " (SELECT count(*) FROM comparison c JOIN sentence s ON s.id = c.sentence_id WHERE s.article_id = article.id) AS comparisons,"
            " (SELECT count(*) FROM quantity c JOIN sentence s ON s.id = c.sentence_id WHERE s.article_id = article.id) AS quantities"
            f" FROM article {selected}",
            values,
        )
        return tuple(ArticleSummary(**dict(row), twins=self.twins(row["id"])) for row in rows)

    def article(self, article_id: str) -> Article | None:
        wanted = "SELECT id, title, text, origin, licence, author, date, set_apart FROM article WHERE id = ?"
        for row in self._rows(wanted, (article_id,)):
            return Article(**{**dict(row), "set_apart": tuple(json.loads(row["set_apart"]))})
        return None

    def article_named(self, *, origin: str | None = None, sha256: str | None = None) -> ArticleSummary | None:
        """The article that came from `origin`, else the one with the same text."""
        found = self._summaries("WHERE origin = ?1 OR sha256 = ?2 ORDER BY origin = ?1 DESC LIMIT 1", (origin, sha256))
        return found[0] if found else None

    # ------------------------------------------------------------ near-duplicates

    def twins(self, article_id: str) -> tuple[Twin, ...]:
        """Articles that hold nearly the same text, those that share most first."""
        rows = self._rows(
            "SELECT a.id, a.title, t.shared, t.original = a.id AS original FROM twin t"
            " JOIN article a ON a.id = iif(t.copy = ?1, t.original, t.copy) WHERE t.copy = ?1 OR t.original = ?1 ORDER BY t.shared DESC, a.id",
            (article_id,),
        )
        return tuple(Twin(row["id"], row["title"], row["shared"], bool(row["original"])) for row in rows)

    def sharing(self, sketch: Iterable[int], *, least: float, limit: int) -> tuple[str, ...]:
        """Ids of the articles whose sketch has at least the share `least` of the smaller of the two in common, those with most first."""
        hashes = list(sketch)
        rows = self._rows(
            "SELECT article_id, count(*) / CAST(min(size, ?1) AS REAL) AS part FROM shingle JOIN sketch ON number = sketch"
            " WHERE hash IN (SELECT value FROM json_each(?2)) GROUP BY number HAVING part >= ?3 ORDER BY part DESC, article_id LIMIT ?4",
            (len(hashes), json.dumps(hashes), least, limit),
        )
        return tuple(row["article_id"] for row in rows)

    def without_sketch(self) -> tuple[str, ...]:
        """Ids of the articles whose near-duplicates were never looked for: an older version stored them."""
        return tuple(
            row["id"]
            for row in self._rows(
                "SELECT id FROM article WHERE NOT EXISTS (SELECT 1 FROM sketch WHERE article_id = article.id) ORDER BY id"
            )
        )

    def copied(self, article_id: str | None = None) -> dict[str, str]:
        """Sentence of a copy → the same sentence of an original; with `article_id`, only those of that copy."""
        where, values = _where()
        _in_article(where, values, article_id)
        rows = self._rows(f"SELECT sentence_id, min(original_id) AS original FROM copied{_clause(where)} GROUP BY sentence_id", values)
        return {row["sentence_id"]: row["original"] for row in rows}

    # ------------------------------------------------------------ sentences

    def cleaned(self, article_id: str) -> tuple[str, tuple[str, ...]] | None:
        """The cleaned text and the texts of its segments."""
        for row in self._rows("SELECT cleaned, segments FROM article WHERE id = ?", (article_id,)):
            return row["cleaned"], tuple(json.loads(row["segments"]))
        return None

    def dropped(self, article_id: str) -> tuple[Dropped, ...]:
        rows = self._rows("SELECT * FROM dropped WHERE article_id = ? ORDER BY start", (article_id,))
        return tuple(Dropped(row["article_id"], (row["start"], row["stop"]), row["reason"]) for row in rows)

    def sentences(
        self, *, article_id: str | None = None, ids: Iterable[str] | None = None, mentioning: Iterable[str] = ()
    ) -> tuple[Sentence, ...]:
        """In reading order. `mentioning`: concept ids that must all be mentioned."""
        where, values = _where(article_id=article_id)
        for concept in mentioning:
            where.append("EXISTS (SELECT 1 FROM mention m WHERE m.sentence_id = sentence.id AND m.concept_id = ?)")
            values.append(concept)
        if ids is not None:
            wanted = list(ids)
            where.append(f"id IN ({','.join('?' * len(wanted))})")
            values.extend(wanted)
        rows = self._rows(f"SELECT * FROM sentence{_clause(where)} ORDER BY article_id, position", values)
        return tuple(_sentence(row) for row in rows)

    def sentence(self, sentence_id: str) -> Sentence | None:
        return next(iter(self.sentences(ids=[sentence_id])), None)

    def quote(self, sentence_id: str, span: tuple[int, int]) -> str:
        """`article.text[span]` of the sentence's article; empty where the sentence is gone."""
        rows = self._rows(
            "SELECT substr(a.text, ? + 1, ?) AS quote FROM sentence s JOIN article a ON a.id = s.article_id WHERE s.id = ?",
            (span[0], span[1] - span[0], sentence_id),
        )
        return rows[0]["quote"] if rows else ""

    def search(self, terms: Iterable[str], *, limit: int = 50) -> tuple[tuple[str, float], ...]:
        """`(sentence id, BM25 score)`, best first, higher is better; terms must come from the tokenizer that indexed.

        What an article has from its near-duplicate is found in that one only.
        """
        query = " OR ".join('"' + term.replace('"', '""') + '"' for term in terms if term.strip())
        if not query:
            return ()
        rows = self._rows(
            "SELECT s.id AS id, -bm25(sentence_words) AS score FROM sentence_words JOIN sentence s ON s.rowid = sentence_words.rowid"
            f" WHERE sentence_words MATCH ? AND {sentence_counts('s.id')} ORDER BY score DESC, s.id LIMIT ?",
            (query, limit),
        )
        return tuple((row["id"], row["score"]) for row in rows)

    def search_bound(self, terms: Iterable[str]) -> float:
        """The BM25 score that no sentence can pass for these terms: each of them endlessly often in it. Zero where there are no sentences."""
        size = self._rows("SELECT count(*) AS n FROM sentence")[0]["n"]
        counts = [self.frequency(term) for term in terms if term.strip()]
        # FTS5: k1 = 1.2; a term in more than half of the texts is worth next to nothing
        return sum((_K1 + 1) * max(1e-6, math.log((size - count + 0.5) / (count + 0.5))) for count in counts)

    def frequency(self, term: str) -> int:
        """In how many sentences a word of the index occurs."""
        return int(
            self._rows("SELECT count(*) AS n FROM sentence_words WHERE sentence_words MATCH ?", ('"' + term.replace('"', '""') + '"',))[0][
                "n"
            ]
        )

    # ------------------------------------------------------------ vectors

    def sentence_revision(self) -> int:
        """Grows with every change of the sentences or their vectors, by whatever process; what was made from them before is out of date."""
        return int(self.meta("sentence_revision") or 0)

    def vectors(self, model: str) -> tuple[tuple[str, ...], bytes]:
        """Ids of the sentences that have a vector of `model`, and the vectors one after another, 16-bit floats, little-endian.

        What an article has from its near-duplicate is left out.
        """
        rows = self._rows(
            f"SELECT sentence_id, numbers FROM vector WHERE model = ? AND {sentence_counts('vector.sentence_id')} ORDER BY sentence_id",
            (model,),
        )
        return tuple(row["sentence_id"] for row in rows), b"".join(row["numbers"] for row in rows)

    def vector_models(self) -> tuple[str, ...]:
        return tuple(row["model"] for row in self._rows("SELECT DISTINCT model FROM vector ORDER BY model"))

    def without_vector(self, model: str) -> tuple[Sentence, ...]:
        """Sentences that have no vector of `model`, in reading order."""
        rows = self._rows(
            "SELECT * FROM sentence WHERE NOT EXISTS (SELECT 1 FROM vector v WHERE v.sentence_id = sentence.id AND v.model = ?)"
            " ORDER BY article_id, position",
            (model,),
        )
        return tuple(_sentence(row) for row in rows)

    def count_without_vector(self, model: str) -> int:
        rows = self._rows(
            "SELECT count(*) AS n FROM sentence WHERE NOT EXISTS (SELECT 1 FROM vector v WHERE v.sentence_id = sentence.id AND v.model = ?)",
            (model,),
        )
        return int(rows[0]["n"])

    # ------------------------------------------------------------ concepts and what is said of them

    def concepts(self, *, mentioned_only: bool = False) -> tuple[Concept, ...]:
        """`mentioned_only` leaves out what no article speaks of."""
        where = f" WHERE id IN ({_MENTIONED})" if mentioned_only else ""
        aliases: dict[str, list[str]] = {}
        for row in self._rows("SELECT concept_id, name FROM alias ORDER BY rowid"):
            aliases.setdefault(row["concept_id"], []).append(row["name"])
        return tuple(
            Concept(
                row["id"],
                row["name"],
                tuple(aliases.get(row["id"], ())),
                row["kind"],
                row["gloss"],
                row["name_en"],
                tuple(json.loads(row["cues"])),
                row["score"],
            )
            for row in self._rows(
                f"SELECT concept.*, (SELECT max(score) FROM proposal WHERE concept_id = concept.id) AS score FROM concept{where} ORDER BY id"
            )
        )

    def mentioned(self) -> frozenset[str]:
        """Ids of the concepts that articles speak of."""
        return frozenset(row["concept_id"] for row in self._rows(_MENTIONED))

    def names(self, ids: Iterable[str]) -> dict[str, str]:
        """Names of the concepts with these ids; an id that the store does not know is left out."""
        rows = self._rows("SELECT id, name FROM concept WHERE id IN (SELECT value FROM json_each(?))", (json.dumps(list(ids)),))
        return {row["id"]: row["name"] for row in rows}

    def decisions(self) -> tuple[Decision, ...]:
        """What people decided of concepts, in order."""
        rows = self._rows("SELECT action, name, target, decided_at, others FROM decision ORDER BY id")
        return tuple(
            Decision(row["action"], row["name"], row["target"], row["decided_at"], tuple(json.loads(row["others"]))) for row in rows
        )

    def mention_counts(self) -> dict[str, int]:
        rows = self._rows(
            f"SELECT concept_id, count(*) AS n FROM mention WHERE {sentence_counts('mention.sentence_id')} GROUP BY concept_id"
        )
        return {row["concept_id"]: row["n"] for row in rows}

    def mentions(
        self, *, article_id: str | None = None, sentence_id: str | None = None, concept_id: str | None = None, copies: bool = False
    ) -> tuple[Mention, ...]:
        where, values = _where(sentence_id=sentence_id, concept_id=concept_id)
        if not (copies or article_id or sentence_id):
            where.append(sentence_counts("mention.sentence_id"))
        _in_article(where, values, article_id)
        rows = self._rows(
            f"SELECT sentence_id, start, stop, concept_id, found_by FROM mention{_clause(where)} ORDER BY sentence_id, start", values
        )
        return tuple(Mention(sentence_id, (start, stop), concept, found_by) for sentence_id, start, stop, concept, found_by in rows)

    def claims(
        self,
        *,
        concept: str | None = None,
        subject: str | None = None,
        relation: str | None = None,
        object: str | None = None,
        article_id: str | None = None,
        sentence_id: str | None = None,
        copies: bool = False,
        beside: str | None = None,
    ) -> tuple[Claim, ...]:
        """`concept` matches subject or object; `beside`: an article whose sentences, or the originals of these, say or deny the same."""
        where, values = _where(subject=subject, relation=relation, object=object, sentence_id=sentence_id)
        _beside(where, values, "claim", beside, "subject, relation, object")
        if not (copies or article_id or sentence_id):
            where.append(statement_counts("claim"))
        if concept is not None:
            where.append("(subject = ? OR object = ?)")
            values.extend([concept, concept])
        _in_article(where, values, article_id)
        return tuple(_claim(row) for row in self._rows(f"SELECT * FROM claim{_clause(where)} ORDER BY id", values))

    def comparisons(
        self,
        *,
        concepts: Iterable[str] = (),
        aspect: str | None = None,
        article_id: str | None = None,
        sentence_id: str | None = None,
        copies: bool = False,
        beside: str | None = None,
    ) -> tuple[Comparison, ...]:
        """`concepts`: each must stand on one of the two sides; `beside`: an article that compares the same two in the same aspect."""
        where, values = _where(aspect=aspect, sentence_id=sentence_id)
        _beside(where, values, "comparison", beside, "a, b, aspect", "b, a, aspect")
        if not (copies or article_id or sentence_id):
            where.append(statement_counts("comparison"))
        for concept in concepts:
            where.append("(a = ? OR b = ?)")
            values.extend([concept, concept])
        _in_article(where, values, article_id)
        rows = self._rows(f"SELECT * FROM comparison{_clause(where)} ORDER BY id", values)
        return tuple(
            Comparison(
                r["sentence_id"],
                (r["start"], r["stop"]),
                r["a"],
                r["b"],
                r["aspect"],
                r["direction"],
                r["amount"],
                r["hedge"],
                r["found_by"],
                r["confidence"],
            )
            for r in rows
        )

    def quantities(
        self,
        *,
        subject: str | None = None,
        aspect: str | None = None,
        article_id: str | None = None,
        sentence_id: str | None = None,
        copies: bool = False,
        beside: str | None = None,
    ) -> tuple[Quantity, ...]:
        """`beside`: an article with a number of the same aspect of the same subject."""
        where, values = _where(subject=subject, aspect=aspect, sentence_id=sentence_id)
        _beside(where, values, "quantity", beside, "subject, aspect")
        if not (copies or article_id or sentence_id):
            where.append(statement_counts("quantity"))
        _in_article(where, values, article_id)
        rows = self._rows(f"SELECT * FROM quantity{_clause(where)} ORDER BY id", values)
        return tuple(
            Quantity(
                r["sentence_id"],
                (r["start"], r["stop"]),
                r["subject"],
                r["aspect"],
                r["value_text"],
                r["low"],
                r["high"],
                r["unit"],
                bool(r["approximate"]),
                r["found_by"],
                r["confidence"],
            )
            for r in rows
        )

    # ------------------------------------------------------------ measurements and notes

    def measurements(
        self,
        *,
        metric: str | None = None,
        concept: str | None = None,
        backend: str | None = None,
        env_id: str | None = None,
        run_id: str | None = None,
        valid_only: bool = False,
    ) -> tuple[Measurement, ...]:
        """Newest first."""
        where, values = _where(metric=metric, concept=concept, backend=backend, env_id=env_id, run_id=run_id)
        if valid_only:
            where.append("valid = 1")
        rows = self._rows(f"SELECT record FROM measurement{_clause(where)} ORDER BY measured_at DESC, rowid", values)
        return tuple(_measurement(json.loads(row["record"])) for row in rows)

    def meta(self, name: str) -> str | None:
        rows = self._rows("SELECT value FROM meta WHERE name = ?", (name,))
        return rows[0]["value"] if rows else None

    def counts(self) -> dict[str, int]:
        """Rows of every table that holds knowledge."""
        tables = ("article", "sentence", "concept", "mention", "claim", "comparison", "quantity", "measurement")
        return {table: self._rows(f"SELECT count(*) AS n FROM {table}")[0]["n"] for table in tables}


def _where(**filters: str | None) -> tuple[list[str], list[Any]]:
    given = {name: value for name, value in filters.items() if value is not None}
    return [f"{name} = ?" for name in given], list(given.values())


def _clause(where: list[str]) -> str:
    return f" WHERE {' AND '.join(where)}" if where else ""


def _in_article(where: list[str], values: list[Any], article_id: str | None) -> None:
    if article_id is not None:
        where.append("sentence_id IN (SELECT id FROM sentence WHERE article_id = ?)")
        values.append(article_id)


def _beside(where: list[str], values: list[Any], table: str, article_id: str | None, *same: str) -> None:
    """`same`: the columns in which a row must be like one of the article's, in each order in which they may be."""
    if article_id is not None:
        own = (
            "sentence_id IN (SELECT id FROM sentence WHERE article_id = ?"
            " UNION SELECT original_id FROM copied JOIN sentence own ON own.id = copied.sentence_id WHERE own.article_id = ?)"
        )
        where.append(f"({same[0]}) IN ({' UNION '.join(f'SELECT {columns} FROM {table} WHERE {own}' for columns in same)})")
        values.extend([article_id, article_id] * len(same))


def _sentence(row: sqlite3.Row) -> Sentence:
    return Sentence(row["id"], row["article_id"], (row["start"], row["stop"]), row["text"], row["heading"], row["segment"], row["position"])


def _claim(row: sqlite3.Row) -> Claim:
    return Claim(
        sentence_id=row["sentence_id"],
        span=(row["start"], row["stop"]),
        subject=row["subject"],
        relation=row["relation"],
        object=row["object"],
        holds=bool(row["holds"]),
        hedge=row["hedge"],
        condition=row["condition"],
        scope=row["scope"],
        analogy=bool(row["analogy"]),
        found_by=row["found_by"],
        confidence=row["confidence"],
    )


def _measurement(record: dict[str, Any]) -> Measurement:
    host = HostFingerprint(record["host"]["env_id"], tuple((name, value) for name, value in record["host"]["facts"]))
    lists = {name: tuple(record[name]) for name in ("samples", "command", "cpu_seconds", "caveats")}
    signs = tuple(Sign(**sign) for sign in record["signs"])
    return Measurement(**{**record, **lists, "host": host, "signs": signs})
