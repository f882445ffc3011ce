from __future__ import annotations

import pytest

from ingest.clauses import Clause, clauses_of, is_reported, is_slot
from ingest.concepts import Reading
from ingest.segment import Piece
from kb.language.lexicon import Lexicon
from kb.language.normalize import MappedText
from kb.records import Concept, Sentence

LEXICON = Lexicon(
    [Concept("c", "容器"), Concept("v", "虚拟机"), Concept("k", "内核"), Concept("d", "Docker"), Concept("i", "隔离", ("隔离性",))]
)


def reading(text: str, body: int = 0) -> Reading:
    piece = Piece(Sentence("a#0", "a", (0, len(text)), text), MappedText.identity(text), None, body)
    return Reading(piece, LEXICON.find(text))


def shown(clause: Clause) -> str:
    """Slots as {concept id}."""
    return "".join(f"{{{clause.concept(character)}}}" if is_slot(character) else character for character in clause.slots)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("容器共享内核，虚拟机不共享。", ["{c}共享{k}", "{v}不共享"]),
        ("Docker 使用 容器", ["{d}使用{c}"]),
        ("容器 hello world", ["{c}hello world"]),
        ("有容器，虚拟机，内核等，很多", ["有{c}，{v}，{k}等", "很多"]),
        ("", []),
    ],
)
def test_each_mention_is_one_character(text: str, expected: list[str]) -> None:
    assert [shown(clause) for clause in clauses_of(reading(text))] == expected


def test_a_label_is_no_clause() -> None:
    assert [shown(clause) for clause in clauses_of(reading("容器：共享内核", body=3))] == ["共享{k}"]


def test_mentions_that_are_verbs_stay_words() -> None:
    verbs = frozenset({"隔离"})
    assert [shown(c) for c in clauses_of(reading("容器隔离内核"), verbs=verbs)] == ["{c}隔离{k}"]
    assert [shown(c) for c in clauses_of(reading("容器的隔离性"), verbs=verbs)] == ["{c}的{i}"]


def test_the_whole_sentence_may_be_one_clause() -> None:
    (clause,) = clauses_of(reading("容器很轻，虚拟机很重。"), whole=True)
    assert shown(clause) == "{c}很轻，{v}很重"


def test_places_lead_back_to_the_sentence() -> None:
    text = "其实 Docker 共享 内核，很好"
    (first, _) = clauses_of(reading(text))
    assert all(first.slots[i] == text[first.place(i)] or is_slot(first.slots[i]) for i in range(len(first.slots)))
    assert first.text() == "其实 Docker 共享 内核"
    assert first.text(2, 3) == "Docker "


def test_brackets_can_be_taken_out() -> None:
    (clause,) = clauses_of(reading("容器（不是虚拟机）共享内核"))
    plain = clause.without_brackets()
    assert shown(plain) == "{c}共享{k}"
    assert [plain.sentence[plain.place(i)] for i in range(1, 3)] == ["共", "享"]
    assert plain.concepts(plain.slots) == ("c", "k")


def test_concepts_come_in_order_each_once() -> None:
    (clause,) = clauses_of(reading("容器和虚拟机和容器"))
    assert clause.concepts(clause.slots) == ("c", "v")


@pytest.mark.parametrize(
    ("text", "expected"),
    [("有人说「容器比虚拟机安全」", True), ("容器更安全」这句不对", True), ("所谓「容器」很轻", False), ("容器很轻", False)],
)
def test_what_stands_in_quotation_marks_is_reported(text: str, expected: bool) -> None:
    assert is_reported(text) is expected
