"""Lines → sentences with the headings they stand under."""

from __future__ import annotations

import pytest

from ingest.clean import clean
from ingest.segment import Piece, is_heading, segment


def pieces(text: str) -> tuple[Piece, ...]:
    return segment("a", clean(text))


def outline(text: str) -> list[tuple[str | None, str]]:
    return [(piece.sentence.heading, piece.sentence.text) for piece in pieces(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("容器\n容器共享内核。虚拟机不共享。", [(None, "容器"), ("容器", "容器共享内核。"), ("容器", "虚拟机不共享。")]),
        ("# 容器的原理\n容器共享内核。", [(None, "容器的原理"), ("容器的原理", "容器共享内核。")]),
        (
            "一、容器\n容器共享内核。\n二、虚拟机\n虚拟机独占内核。",
            [(None, "容器"), ("容器", "容器共享内核。"), (None, "虚拟机"), ("虚拟机", "虚拟机独占内核。")],
        ),
        ("容器是什么？\n容器是隔开的进程。", [(None, "容器是什么？"), ("容器是什么？", "容器是隔开的进程。")]),
        (
            "背景：\n容器很多。\n解释：\n因为它轻。",
            [(None, "背景："), ("背景", "容器很多。"), (None, "解释："), ("背景 / 解释", "因为它轻。")],
        ),
        (
            "为什么写日志要先于写数据，两者一起写不行吗？\n因为断电后要靠日志重做。",
            [
                (None, "为什么写日志要先于写数据，两者一起写不行吗？"),
                ("为什么写日志要先于写数据，两者一起写不行吗？", "因为断电后要靠日志重做。"),
            ],
        ),
        ("问：索引越多越好吗？\n答：不是，写入会变慢。", [(None, "索引越多越好吗？"), ("索引越多越好吗？", "不是，写入会变慢。")]),
        ("够快吗？够。谁说的？", [(None, "够快吗？"), (None, "够。"), (None, "谁说的？")]),
        ("容器共享内核。", [(None, "容器共享内核。")]),
        ("", []),
    ],
)
def test_sentences_stand_under_their_heading(text: str, expected: list[tuple[str | None, str]]) -> None:
    assert outline(text) == expected


def test_lines_under_a_heading_of_advantages_are_a_list() -> None:
    heads = ["Docker的优势", "启动快", "体积小", "易于迁移"]
    assert outline("\n".join(heads)) == [(None, heads[0]), *((heads[0], line) for line in heads[1:])]
    assert [piece.is_heading for piece in pieces("\n".join(heads))] == [True, False, False, False]


def test_a_marked_heading_ends_the_list_before_it() -> None:
    assert outline("## 容器的优点\n- 启动快\n## 安装方法\n先装引擎。")[-1] == ("安装方法", "先装引擎。")


def test_a_label_names_what_its_line_speaks_of() -> None:
    first, second = pieces("容器：共享内核。启动快。")
    assert (first.label, first.sentence.heading, first.mapped.text[first.body :]) == ("容器", "容器", "共享内核。")
    assert (second.label, second.sentence.text, second.body) == ("容器", "启动快。", 0)


def test_what_counts_what_it_lists_is_no_label() -> None:
    (piece,) = pieces("规则主要有两种：一种管入站，另一种管出站。")
    assert (piece.label, piece.body) == (None, 0)


def test_a_label_holds_for_its_line_only() -> None:
    labels = [piece.label for piece in pieces("容器：共享内核。\n虚拟机启动很慢，要几分钟。")]
    assert labels == ["容器", None]


def test_a_lead_in_heads_the_list_behind_it_and_nothing_else() -> None:
    text = "内核提供三种隔离：\n- 进程命名空间：进程号独立\n- 网络命名空间：网卡独立\n后面是正文，不是列表。"
    assert [heading for heading, _ in outline(text)] == [
        None,
        "内核提供三种隔离 / 进程命名空间",
        "内核提供三种隔离 / 网络命名空间",
        "内核提供三种隔离",
    ]


@pytest.mark.parametrize("mark", ["1、", "1. ", "1）", "(1) ", "（1）", "① ", "- ", "• ", "一、", "2 "])
def test_the_mark_of_a_list_item_is_no_part_of_its_sentence(mark: str) -> None:
    (piece,) = pieces(f"{mark}容器共享内核，所以轻。")
    assert piece.sentence.text == "容器共享内核，所以轻。"
    assert piece.sentence.span == (len(mark), len(mark) + 11)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("1.5 GB的镜像不算小。"),
        "10 GB的磁盘够用。",
        "2024年的镜像更小。",
        "一般来说，容器更轻。",
    ],
)
def test_a_number_that_begins_a_sentence_stays(text: str) -> None:
    assert [sentence for _, sentence in outline(text)] == [text]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("容器的特点", True),
        ("容器：", True),
        ("容器是什么？", True),
        ("容器很轻。", False),
        ("容器，虚拟机", False),
        ("容器启动快了", False),
        ("它很方便", False),
        ("容器：很轻", False),
        ("这一行实在是太长太长太长了所以怎么看都不像是标题而是正文", False),
        ("", False),
        ("   ", False),
    ],
)
def test_a_heading_is_short_and_without_an_end(line: str, expected: bool) -> None:
    assert is_heading(line) is expected


def test_sentences_are_numbered_in_reading_order_and_quote_the_original() -> None:
    text = "一、容器\n容器的***作系统层很薄。\n\n虚拟机：独占内核。"
    found = segment("x#y", clean(text, ("操作系统",)))
    assert [piece.sentence.id for piece in found] == [f"x#y#{n}" for n in range(len(found))]
    assert [piece.sentence.position for piece in found] == list(range(len(found)))
    assert [text[slice(*piece.sentence.span)] for piece in found] == ["容器", "容器的***作系统层很薄。", "虚拟机：独占内核。"]
    assert all(piece.mapped.text == piece.sentence.text for piece in found)


def test_headings_do_not_reach_into_the_next_answer() -> None:
    long = "容器是一种把进程隔开的技术，它让每个应用都以为自己独占一套系统。它靠命名空间与控制组实现，启动只要几毫秒，一台机器能跑上百个。"
    found = pieces(f"容器的原理\n{long}\n谢邀，先说结论，看场景。")
    assert [(piece.sentence.segment, piece.sentence.heading) for piece in found] == [
        (0, None),
        (0, "容器的原理"),
        (0, "容器的原理"),
        (1, None),
    ]


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("1 型 hypervisor 直接装在硬件上。", "1 型 hypervisor 直接装在硬件上。"),
        ("2 台主机共用一个地址。", "2 台主机共用一个地址。"),
        ("3 种锁都会阻塞写入。", "3 种锁都会阻塞写入。"),
        ("1 概述", "概述"),
        ("2 种类繁多的锁要分清。", "种类繁多的锁要分清。"),
        ("3、锁会阻塞写入。", "锁会阻塞写入。"),
    ],
)
def test_a_number_that_counts_is_no_list_number(line: str, read: str) -> None:
    assert [piece.sentence.text for piece in pieces(line)] == [read]
