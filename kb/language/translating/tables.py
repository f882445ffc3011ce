"""Reads the tables of English words; each is read once, when the first English question comes."""

from __future__ import annotations

from functools import cache

from kb.language.tables import lines


@cache
def rows(name: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(line.split("\t")) for line in lines(name))


def listed(cell: str) -> tuple[str, ...]:
    """The words of a cell with commas between."""
    return tuple(cell.split(", "))


@cache
def grammar(kind: str) -> dict[str, str]:
    """The small words of one class (determiner, modal …) → Chinese, empty for what Chinese does without."""
    table: dict[str, str] = {}
    for row, english, chinese in rows("english_grammar.tsv"):
        if row == kind:
            table.update(dict.fromkeys(listed(english), "" if chinese == "-" else chinese))
    return table


@cache
def verb_class(name: str) -> frozenset[str]:
    return next(frozenset(listed(verbs)) for row, verbs in rows("english_verb_classes.tsv") if row == name)
