"""Whether an amount that is asked of a thing is the one that is told of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kb.app import KnowledgeBase

Told = Callable[..., KnowledgeBase]
_STARTS = "虚拟机启动需要数分钟，而容器可以在数毫秒内启动。"


@pytest.mark.parametrize(
    ("text", "question", "verdict"),
    [
        (_STARTS, "虚拟机启动要几分钟吗？", "yes"),
        (_STARTS, "虚拟机启动需要几秒吗？", "no"),
        (_STARTS, "容器启动要一个小时吗？", "no"),
        ("容器的镜像是轻量级的，镜像的大小在 M 以内。", "镜像的大小有几个 G 吗？", "no"),
        # beyond a bound that is told; what lies within one may be so or not
        ("VHDX 虚拟磁盘的容量上限为 64 TB。", "VHDX 虚拟磁盘的容量有 100 TB 吗？", "no"),
        ("VHDX 虚拟磁盘的容量上限为 64 TB。", "VHDX 虚拟磁盘的容量有 3 TB 吗？", None),
        # another amount, though the rest is in other words
        ("docker stop 默认等待 10 秒。", "docker stop 默认等 1 分钟吗？", None),
    ],
)
def test_the_amount_decides(text: str, question: str, verdict: str | None, told: Told, others: str) -> None:
    answer = told(text + "\n", others).ask(question)
    assert answer.verdict == verdict, answer.text
