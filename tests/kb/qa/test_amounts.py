"""What kind of amount is asked for, and whether a sentence holds one."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kb.app import KnowledgeBase
from kb.qa.amounts import Amount, asked_amount

Filled = Callable[..., KnowledgeBase]


@pytest.mark.parametrize(
    ("question", "amount"),
    [
        ("容器启动要多久？", Amount(dimension="time")),
        ("启动要多少毫秒？", Amount(dimension="time")),
        ("镜像有多大？", Amount(dimension="size")),
        ("how big is a docker image", Amount(dimension="size")),
        ("How much memory does it need?", Amount(dimension="size")),
        ("一台宿主机能跑几台虚拟机？", Amount(unit="台")),
        ("超额比例是多少？", None),
    ],
)
def test_what_is_asked_for(question: str, amount: Amount | None) -> None:
    assert asked_amount(question) == amount


@pytest.mark.parametrize(
    ("amount", "text", "held"),
    [
        (Amount(dimension="size"), "镜像只有几 MB。", True),
        (Amount(dimension="size"), "4 KB 随机读达到 84044 IOPS。", False),
        (Amount(dimension="size"), "启动需要 3 秒。", False),
        (Amount(dimension="time"), "容器可以秒启动。", True),
        (Amount(unit="台"), "每秒最多创建 150 台 microVM。", True),
        (Amount(unit="台"), "每秒最多创建 150 个容器。", False),
    ],
)
def test_whether_a_sentence_holds_it(amount: Amount, text: str, held: bool) -> None:
    assert amount.held_by(text) is held


def test_another_kind_of_figure_is_no_answer(told: Filled) -> None:
    base = told("容器镜像的 4 KB 随机读达到 84044 IOPS。容器镜像由多层组成。")
    assert base.ask("容器镜像有多大？").status == "no_evidence"
    base = told("容器镜像的 4 KB 随机读达到 84044 IOPS。容器镜像只有几 MB。")
    found = base.ask("容器镜像有多大？")
    assert "几 MB" in found.text and "IOPS" not in found.text
