from __future__ import annotations

from collections.abc import Callable

import pytest

from kb.app import KnowledgeBase
from kb.qa.asking.unmeant import excluded, without_excluded


@pytest.mark.parametrize(
    ("text", "left", "excludes"),
    [
        ("端口(不是硬件接口那种)是什么", "端口是什么", ("硬件接口",)),
        ("镜像（并非光盘）是什么", "镜像是什么", ("光盘",)),
        ("主机(网络里的,不是机箱)指什么", "主机(网络里的)指什么", ("机箱",)),
        ("主机，我说的不是机箱那种，指什么", "主机，指什么", ("机箱",)),
        ("容器是不是虚拟机", "容器是不是虚拟机", ()),
        ("容器不是虚拟机，对吗", "容器不是虚拟机，对吗", ()),
    ],
)
def test_what_is_not_meant_is_taken_out(text: str, left: str, excludes: tuple[str, ...]) -> None:
    assert (without_excluded(text), excluded(text)) == (left, excludes)


def test_the_sense_that_is_not_meant_defines_nothing(told: Callable[..., KnowledgeBase]) -> None:
    base = told("Servlet 容器是 Tomcat 里的容器，容器是管理组件的程序。容器是一组被隔离的进程。Tomcat 是一种服务器。")
    assert base.ask("容器(不是Tomcat那种)是什么").evidence[0].quote == "容器是一组被隔离的进程。"
