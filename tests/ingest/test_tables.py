"""Tables: what each cell says, with the cell as its span."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kb.records import Extract

Read = Callable[[str], Extract]
C, V = "container", "virtual_machine"

COLUMNS = "对比项 | 容器 | 虚拟机\n启动时间 | 50 毫秒 | 30 秒\n隔离性 | 较弱 | 强\n运行环境 | 宿主机内核 | Hypervisor\n"
ROWS = "名称 | 类别 | 启动时间（毫秒） | 隔离性\nDocker | 容器 | 300 | 低\nFirecracker | 微虚拟机 | 125 | 高\n"


def test_things_over_the_columns(read: Read) -> None:
    extract = read(COLUMNS)
    assert {(q.subject, q.aspect, q.low, q.unit, COLUMNS[slice(*q.span)]) for q in extract.quantities} == {
        (C, "启动速度", 50, "毫秒", "50 毫秒"),
        (V, "启动速度", 30, "秒", "30 秒"),
    }
    assert {(c.a, c.b, c.aspect, c.direction) for c in extract.comparisons} == {
        (C, V, "启动速度", "a_more"),
        (C, V, "隔离性", "b_more"),
    }
    assert {(c.subject, c.relation, c.object, COLUMNS[slice(*c.span)]) for c in extract.claims} == {
        (C, "runs_on", "host_kernel", "宿主机内核"),
        (V, "runs_on", "hypervisor", "Hypervisor"),
    }


def test_things_in_the_first_column(read: Read) -> None:
    extract = read(ROWS)
    assert {(q.subject, q.aspect, q.low, q.unit, ROWS[slice(*q.span)]) for q in extract.quantities} == {
        ("docker", "启动速度", 300, "毫秒", "300"),
        ("firecracker", "启动速度", 125, "毫秒", "125"),
    }
    assert ("docker", "is_a", C) in {(c.subject, c.relation, c.object) for c in extract.claims}
    assert {(c.a, c.b, c.aspect, c.direction) for c in extract.comparisons} == {
        ("docker", "firecracker", "启动速度", "b_more"),
        ("docker", "firecracker", "隔离性", "b_more"),
    }


def test_every_span_lies_in_the_sentence_that_is_quoted(read: Read) -> None:
    for text in (COLUMNS, ROWS):
        extract = read(text)
        spans = {sentence.id: sentence.span for sentence in extract.sentences}
        for found in (*extract.claims, *extract.comparisons, *extract.quantities):
            assert spans[found.sentence_id][0] <= found.span[0] < found.span[1] <= spans[found.sentence_id][1]


def test_a_corner_that_holds_nothing_is_left_out_of_the_row(read: Read) -> None:
    extract = read("容器 | 虚拟机\n启动速度 | 快 | 慢\n")
    assert [(c.a, c.b, c.aspect, c.direction) for c in extract.comparisons] == [(C, V, "启动速度", "a_more")]


@pytest.mark.parametrize(
    "text",
    [
        "项目 | 说明\n甲 | 好\n乙 | 坏\n",  # of nothing that has a name
        "对比项 | 容器 | 虚拟机\n隔离性 | 强 | 强\n",  # no difference
        "对比项 | 容器 | 虚拟机\n隔离性 | - | 强\n",  # a cell that holds nothing
        "容器 | 虚拟机\n",  # one row is no table
    ],
)
def test_what_compares_nothing(text: str, read: Read) -> None:
    assert read(text).comparisons == ()
