"""What to choose for a purpose: only sentences on that purpose, where there are such."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kb.app import KnowledgeBase

TEXT = (
    "最常见的做法是在虚拟机中运行容器：虚拟机划分租户，容器负责打包应用。容器和虚拟机不是互斥的，公有云通常选择两者。"
    "对延迟敏感的数据库可以选择虚拟机。微服务适合容器。"
)


@pytest.mark.parametrize(
    ("question", "quoted"),
    [
        ("跑数据库用虚拟机好还是容器好？", "对延迟敏感的数据库可以选择虚拟机。"),
        ("数据库用虚拟机还是容器？", "对延迟敏感的数据库可以选择虚拟机。"),
        ("微服务用虚拟机还是容器？", "微服务适合容器。"),
    ],
)
def test_what_it_is_wanted_for_is_named(question: str, quoted: str, told: Callable[..., KnowledgeBase], others: str) -> None:
    answer = told(TEXT, others).ask(question)
    assert [item.quote for item in answer.evidence if item.quote] == [quoted]
