"""Text that knows where it came from: after every edit the original span is found, and never leaves the original."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.language.normalize import MappedText, fold, fold_with_places, is_han

STARS = re.compile(r"\*+")
TEXT = st.text(alphabet="容器共享内核 。\n*abA-９", max_size=40)
# what cleaning does, in any order
EDITS: tuple[Callable[[MappedText], MappedText], ...] = (
    lambda mapped: mapped.replace(STARS, "操"),
    lambda mapped: mapped.replace(re.compile(r" "), ""),
    lambda mapped: mapped.replace(re.compile(r"(?<=容)"), "两字"),
    lambda mapped: mapped.without([(0, 1), (3, 5)]),
    lambda mapped: mapped.slice(1, max(1, len(mapped.text) - 1)),
    lambda mapped: mapped.strip(),
    lambda mapped: MappedText.join([mapped.slice(0, len(mapped.text) // 2), mapped.slice(len(mapped.text) // 2, len(mapped.text))], "\n\n"),
)


def test_identity_maps_each_character_to_itself() -> None:
    mapped = MappedText.identity("容器")
    assert mapped == MappedText("容器", (0, 1), (1, 2))
    assert mapped.original(0, 2) == (0, 2)


def test_a_replacement_stands_for_all_that_it_replaces() -> None:
    original = "主机的***作系统"
    mapped = MappedText.identity(original).replace(STARS, "操")
    assert mapped.text == "主机的操作系统"
    assert original[slice(*mapped.original(3, 4))] == "***"
    assert original[slice(*mapped.original(3, 7))] == "***作系统"
    assert original[slice(*mapped.original(0, 3))] == "主机的"


def test_each_character_of_a_longer_replacement_stands_for_the_whole_stretch() -> None:
    mapped = MappedText.identity("a*b").replace(STARS, lambda match: "容器")
    assert mapped.text == "a容器b"
    assert [mapped.original(i, i + 1) for i in range(4)] == [(0, 1), (1, 2), (1, 2), (2, 3)]


def test_without_takes_overlapping_spans_in_any_order() -> None:
    mapped = MappedText.identity("零一二三四五").without([(4, 5), (1, 3), (2, 4)])
    assert mapped.text == "零五"
    assert mapped.original(0, 2) == (0, 6)
    assert mapped.original(1, 2) == (5, 6)


def test_without_ignores_what_lies_behind_the_end() -> None:
    assert MappedText.identity("容器").without([(1, 9)]) == MappedText("容", (0,), (1,))


def test_slice_and_strip_keep_places() -> None:
    mapped = MappedText.identity("  容器 ").strip()
    assert mapped == MappedText("容器", (2, 3), (3, 4))
    assert mapped.slice(1, 2).original(0, 1) == (3, 4)


@pytest.mark.parametrize("blank", ["", "   ", "\n\t"])
def test_stripping_blanks_leaves_nothing(blank: str) -> None:
    assert MappedText.identity(blank).strip().text == ""


def test_a_separator_stands_for_the_empty_stretch_behind_the_piece_before() -> None:
    whole = MappedText.identity("容器。虚拟机。")
    joined = MappedText.join([whole.slice(0, 3), whole.slice(3, 7)], "\n\n")
    assert joined.text == "容器。\n\n虚拟机。"
    assert joined.original(3, 5) == (3, 3)
    assert joined.original(5, 9) == (3, 7)


def test_joining_nothing_gives_nothing() -> None:
    assert MappedText.join([], "\n") == MappedText("", (), ())


@pytest.mark.parametrize(("start", "end", "expected"), [(0, 0, (2, 2)), (1, 1, (3, 3)), (2, 2, (4, 4)), (2, 1, (4, 4))])
def test_an_empty_stretch_gives_an_empty_span(start: int, end: int, expected: tuple[int, int]) -> None:
    assert MappedText.identity("零一二三四五").slice(2, 4).original(start, end) == expected


def test_an_empty_text_gives_an_empty_span() -> None:
    assert MappedText.identity("").original(0, 0) == (0, 0)


@given(TEXT, st.lists(st.sampled_from(EDITS), max_size=6), st.data())
def test_the_original_span_always_lies_inside_the_text(
    text: str, edits: list[Callable[[MappedText], MappedText]], data: st.DataObject
) -> None:
    mapped = MappedText.identity(text)
    for edit in edits:
        mapped = edit(mapped)
    assert len(mapped.text) == len(mapped.starts) == len(mapped.ends)
    start = data.draw(st.integers(0, len(mapped.text)))
    end = data.draw(st.integers(start, len(mapped.text)))
    first, last = mapped.original(start, end)
    assert 0 <= first <= last <= len(text)


@given(TEXT, st.data())
def test_what_was_only_cut_is_found_word_for_word(text: str, data: st.DataObject) -> None:
    spans = data.draw(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=3))
    mapped = MappedText.identity(text).without([(min(span), max(span)) for span in spans])
    assert all(text[slice(*mapped.original(i, i + 1))] == character for i, character in enumerate(mapped.text))


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Docker", "docker"),
        ("ＤＯＣＫＥＲ", "docker"),
        ("Guest OS", "guestos"),
        ("docker-compose", "dockercompose"),
        ("“裸金属”系统", "裸金属系统"),
        ("容 器\n", "容器"),
        ("ﬁle", "file"),
        ("", ""),
        (" -", ""),
    ],
)
def test_names_are_compared_without_case_width_space_and_hyphen(written: str, folded: str) -> None:
    assert fold(written) == folded


def test_folded_characters_know_their_place() -> None:
    assert fold_with_places("ＯＳ - ﬁle") == ("osfile", (0, 1, 5, 5, 6, 7))


@given(TEXT)
def test_folding_twice_changes_nothing(text: str) -> None:
    folded, places = fold_with_places(text)
    assert folded == fold(text) == fold(folded)
    assert len(places) == len(folded)
    assert list(places) == sorted(places)


@pytest.mark.parametrize(("character", "expected"), [("容", True), ("㐀", True), ("A", False), ("。", False), ("あ", False), ("1", False)])
def test_han_characters_are_told_from_others(character: str, expected: bool) -> None:
    assert is_han(character) is expected
