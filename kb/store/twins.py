"""Near-duplicates in the store: what is noted of them, and what therefore counts once.

Of two twins one is the copy. A sentence that it has from its original, and a statement that its original makes as well, is no
independent source; it counts again as soon as the original is removed, for the notes go with either of the two.
"""

from __future__ import annotations

import sqlite3

from kb.records import Likeness

_SAME = {
    "claim": "same.subject = claim.subject AND same.relation = claim.relation AND same.object = claim.object AND same.holds = claim.holds",
    "comparison": "same.a = comparison.a AND same.b = comparison.b AND same.aspect = comparison.aspect"
    " AND same.direction = comparison.direction",
    "quantity": "same.subject = quantity.subject AND same.aspect = quantity.aspect AND same.low IS quantity.low"
    " AND same.high IS quantity.high AND same.unit = quantity.unit",
}


def sentence_counts(sentence: str) -> str:
    """SQL: the sentence of this id is not one that its article has from another; `sentence` is a column with the name of its table."""
    return f"NOT EXISTS (SELECT 1 FROM copied WHERE copied.sentence_id = {sentence})"


def statement_counts(table: str) -> str:
    """SQL: a row of `claim`, `comparison` or `quantity` is not what the original of a copy says as well."""
    # CROSS JOIN keeps the order: from the one sentence to its article's originals, of which most articles have none
    return (
        f"{sentence_counts(f'{table}.sentence_id')} AND NOT EXISTS (SELECT 1 FROM sentence own CROSS JOIN twin CROSS JOIN {table} same"
        f" CROSS JOIN sentence there WHERE own.id = {table}.sentence_id AND twin.copy = own.article_id AND {_SAME[table]}"
        " AND there.id = same.sentence_id AND there.article_id = twin.original)"
    )


def put_likeness(connection: sqlite3.Connection, article_id: str, likeness: Likeness) -> None:
    """A twin that was removed meanwhile is passed over."""
    number = connection.execute("INSERT INTO sketch VALUES (NULL, ?, ?)", (article_id, len(likeness.sketch))).lastrowid
    connection.executemany("INSERT INTO shingle VALUES (?, ?)", [(hash_, number) for hash_ in likeness.sketch])
    for twin in likeness.twins:
        copy, original = (article_id, twin.article_id) if twin.original else (twin.article_id, article_id)
        connection.execute(
            "INSERT INTO twin SELECT ?1, ?2, ?3 WHERE (SELECT count(*) FROM article WHERE id IN (?1, ?2)) = 2",
            (copy, original, twin.shared),
        )
    connection.executemany(
        "INSERT INTO copied SELECT ?1, ?2 WHERE (SELECT count(*) FROM sentence WHERE id IN (?1, ?2)) = 2", likeness.copied
    )


def forget_likeness(connection: sqlite3.Connection, article_id: str) -> None:
    connection.execute("DELETE FROM sketch WHERE article_id = ?", (article_id,))
    connection.execute("DELETE FROM twin WHERE ? IN (copy, original)", (article_id,))
    connection.execute(
        "DELETE FROM copied WHERE sentence_id IN (SELECT id FROM sentence WHERE article_id = ?1)"
        " OR original_id IN (SELECT id FROM sentence WHERE article_id = ?1)",
        (article_id,),
    )
