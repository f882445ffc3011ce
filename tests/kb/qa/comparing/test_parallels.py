"""What a text sets side by side: one stretch that opens with each of the two."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kb.app import KnowledgeBase
from kb.qa.comparing.parallels import parallels

Filled = Callable[..., KnowledgeBase]


@pytest.mark.parametrize(
    ("text", "a", "b"),
    [
        ("容器是一种由内核隔离的进程。虚拟机是一种由软件模拟的计算机。", "容器是一种由内核隔离的进程", "虚拟机是一种由软件模拟的计算机"),
        ("二者的差别在于目标：虚拟机重视隔离，容器重视密度。", "容器重视密度", "虚拟机重视隔离"),
        ("容器（container）负责打包；而虚拟机负责隔离整个系统。", "容器（container）负责打包", "而虚拟机负责隔离整个系统"),
        # two conditions, two comparisons and two announcements set nothing side by side
        ("如果容器停止，应用就停止。如果虚拟机停止，系统就停止。", None, None),
        ("容器比虚拟机更小。虚拟机比容器更安全。", None, None),
        ("容器有什么不同。虚拟机有什么不同。", None, None),
        # 容器镜像 is no 容器
        ("容器镜像负责打包；虚拟机负责隔离。", None, None),
    ],
)
def test_two_stretches_stand_side_by_side(text: str, a: str | None, b: str | None, told: Filled) -> None:
    base = told(text)
    pairs = parallels("container", "virtual_machine", base.sources())
    assert [(pair.a.text, pair.b.text) for pair in pairs] == ([(a, b)] if a else [])


def test_stretches_far_apart_do_not_belong_together(told: Filled) -> None:
    between = "内核管理进程。" * 5
    assert not parallels("container", "virtual_machine", told(f"容器是一种进程。{between}虚拟机是一种计算机。").sources())


def test_a_comparison_quotes_them(told: Filled) -> None:
    answer = told("容器负责打包应用；虚拟机负责隔离整个系统。").ask("容器和虚拟机有什么区别？")
    assert answer.status == "answered" and "容器负责打包应用" in answer.text and "虚拟机负责隔离整个系统" in answer.text
