"""The tables: every row has its cells, and the words are many."""

from __future__ import annotations

import re

import pytest

from kb.language.normalize import is_han
from kb.language.translating.compounds import made_up
from kb.language.translating.tables import listed, rows
from kb.language.translating.vocabulary import adjectives, adverbs, is_ordinary, nouns, verbs

CELLS = {
    "english_nouns.tsv": 2,
    "english_verbs.tsv": 2,
    "english_adjectives.tsv": 2,
    "english_adverbs.tsv": 2,
    "english_conjunctions.tsv": 2,
    "english_polish.tsv": 2,
    "english_verb_classes.tsv": 2,
    "english_grammar.tsv": 3,
    "english_prepositions.tsv": 4,
    "english_irregular.tsv": 5,
}


@pytest.mark.parametrize(("name", "cells"), CELLS.items())
def test_rows_have_their_cells(name: str, cells: int) -> None:
    for row in rows(name):
        assert len(row) == cells and all(cell == cell.strip() and cell for cell in row), row


@pytest.mark.parametrize("name", ["english_nouns.tsv", "english_verbs.tsv", "english_adjectives.tsv", "english_adverbs.tsv"])
def test_english_words_are_in_latin_and_meant_in_chinese(name: str) -> None:
    for english, chinese in rows(name):
        assert all(word.isascii() and word == word.strip() for word in listed(english)), english
        assert chinese == "-" or any(map(is_han, chinese)) or chinese.isascii(), chinese


def test_awkward_chinese_is_a_pattern_and_its_groups_exist() -> None:
    for awkward, better in rows("english_polish.tsv"):
        groups = re.compile(awkward).groups
        assert all(int(number) <= groups for number in re.findall(r"\$(\d)", better)), awkward


def test_classes_name_known_verbs() -> None:
    for _, words in rows("english_verb_classes.tsv"):
        assert [word for word in listed(words) if word not in verbs()] == []


def test_ordinary_english_is_covered_broadly() -> None:
    words = {word for table in (nouns(), verbs(), adjectives(), adverbs()) for word in table if " " not in word}
    assert len(words) > 4_000
    text = "every engineer knows why heavy boxes keep water hot and how strong the screws of an old machine really are"
    assert [word for word in text.split() if not is_ordinary(word)] == []


@pytest.mark.parametrize(
    ("word", "chinese"),
    [
        ("container-based", "基于容器的"),
        ("per-process", "每进程"),
        ("recreate", "重新创建"),
        ("two-millisecond", "两毫秒"),
        ("flibber-based", None),
    ],
)
def test_words_put_together_are_taken_apart(word: str, chinese: str | None) -> None:
    assert made_up(word) == chinese
