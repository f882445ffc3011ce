"""Questions that leave out what the one before named."""

from __future__ import annotations

import pytest

from kb.qa.asking.ellipsis import filled
from kb.qa.sources import Sources


@pytest.mark.parametrize(
    ("asked", "earlier", "whole"),
    [
        ("分别是什么端口", "FTP用几条连接？", "FTP分别是什么端口？"),
        ("哪个更安全？", "容器和虚拟机有什么区别？", "容器和虚拟机哪个更安全？"),
        ("那怎么选呢？", "容器和虚拟机哪个启动快？", "容器和虚拟机怎么选呢？"),
        ("什么时候", "Docker是谁开发的？", "Docker是什么时候开发的？"),
        ("谁呢？", "Docker是什么时候开发的", "Docker是谁开发的？"),
        ("有什么条件", "什么是虚拟机？", "虚拟机有什么条件？"),
        ("能运行Windows吗", "虚拟机是什么", "虚拟机能运行Windows吗？"),
        ("容器能吗？", "虚拟机能运行Windows吗？", "容器能运行Windows吗？"),
        ("虚拟机支持吗", "Docker是什么", "虚拟机支持Docker吗？"),
        ("快多少", "容器启动比虚拟机快吗？", "容器启动比虚拟机快，快多少？"),
        ("为什么这么快", "容器启动要多久？", "容器启动为什么这么快？"),
        ("举个例子吧", "什么是虚拟机", "虚拟机有哪些例子？"),
    ],
)
def test_what_is_left_out_is_filled_in(asked: str, earlier: str, whole: str, sources: Sources) -> None:
    assert filled(asked, earlier, sources) == whole


@pytest.mark.parametrize(
    ("asked", "earlier"),
    [
        ("怎么减小镜像体积", "Docker是什么"),  # names what it asks about
        ("容器是什么", "虚拟机能运行Windows吗"),
        ("什么时候", "Docker占多少内存"),  # no event
        ("快多少", "容器和虚拟机谁占内存少"),
        ("它是什么", "Docker占多少内存"),  # a pronoun leaves nothing out
        ("今天真好", "Docker是什么"),
        ("分别是什么端口", "你好"),
    ],
)
def test_a_question_that_leaves_nothing_out_stays(asked: str, earlier: str, sources: Sources) -> None:
    assert filled(asked, earlier, sources) is None
