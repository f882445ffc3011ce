"""Every row of the word lists: right number of cells, nothing empty, nothing twice."""

from __future__ import annotations

from importlib import resources

import pytest

from kb.language.normalize import is_han
from tests.kb.language.test_units import DIMENSIONS


def rows(name: str, separator: str) -> list[list[str]]:
    text = resources.files("kb.language").joinpath(f"data/{name}").read_text(encoding="utf-8")
    return [line.split(separator) for line in text.splitlines() if line.strip() and not line.startswith("#")]


@pytest.mark.parametrize(
    ("name", "separator", "least"),
    [
        ("antonyms.tsv", "\t", 2),
        ("colloquial.tsv", "\t", 2),
        ("cues.tsv", "\t", 2),
        ("english.tsv", "|", 2),
        ("synonyms.tsv", "|", 2),
        ("units.tsv", "\t", 3),
    ],
)
def test_rows_have_their_cells_and_none_is_empty(name: str, separator: str, least: int) -> None:
    for row in rows(name, separator):
        assert len(row) >= least, row
        assert all(cell and cell == cell.strip() for cell in row), row


@pytest.mark.parametrize(
    ("name", "separator", "cells"), [("colloquial.tsv", "\t", 1), ("english.tsv", "|", 1), ("units.tsv", "\t", 1), ("cues.tsv", "\t", 2)]
)
def test_no_row_stands_twice(name: str, separator: str, cells: int) -> None:
    keys = [tuple(row[:cells]) for row in rows(name, separator)]
    assert sorted(keys) == sorted(set(keys))


def test_english_words_are_lower_case_and_meant_in_chinese() -> None:
    for word, *meanings in rows("english.tsv", "|"):
        assert word == word.lower() and word.isascii(), word
        assert all(any(map(is_han, meaning)) or meaning.isascii() for meaning in meanings), word


def test_synonyms_are_not_repeated_in_their_group() -> None:
    for group in rows("synonyms.tsv", "|"):
        assert len(group) == len(set(group)), group


def test_what_colloquial_words_become_is_not_colloquial_again() -> None:
    colloquial = {row[0] for row in rows("colloquial.tsv", "\t")}
    assert not {row[0] for row in rows("colloquial.tsv", "\t") if row[1] in colloquial}


def test_both_sides_of_an_opposition_differ() -> None:
    for one, other in (row[:2] for row in rows("antonyms.tsv", "\t")):
        assert not set(one.split("/")) & set(other.split("/")), one


def test_units_convert_by_a_positive_factor() -> None:
    for unit, dimension, factor in (row[:3] for row in rows("units.tsv", "\t")):
        assert dimension in DIMENSIONS, unit
        assert float(factor) > 0, unit
