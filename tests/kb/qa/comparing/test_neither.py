"""Which of two is better, and in nothing named, begins with the sentence that neither is."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kb.app import KnowledgeBase

Told = Callable[..., KnowledgeBase]
APART = (
    "容器比虚拟机启动更快。容器比虚拟机占用的内存更少。容器比虚拟机更轻量。虚拟机的隔离性比容器更强。"
    "容器与宿主机共享内核。每台虚拟机都有自己的操作系统。"
)
NEITHER = "二者谈不上谁好，各有千秋，要看用在哪里。"


@pytest.mark.parametrize(
    "asked", ["容器和虚拟机谁更好？", "容器和虚拟机说到底哪个更好嘛", "Which is better, a container or a virtual machine?"]
)
def test_that_neither_is_better_comes_first(asked: str, told: Told, others: str) -> None:
    answer = told(APART + NEITHER, others).ask(asked)
    assert answer.status == "answered" and "各有千秋" in answer.text.splitlines()[0]


def test_it_is_told_of_the_things_that_it_means(told: Told, others: str) -> None:
    answer = told(APART, "FTP 用两条连接。SFTP 用一条。" + NEITHER, others).ask("容器和虚拟机谁更好？")
    assert answer.status == "answered" and "千秋" not in answer.text


def test_what_asks_in_what_respect_is_not_answered_by_it(told: Told, others: str) -> None:
    answer = told(APART + NEITHER, others).ask("容器和虚拟机哪个启动更快？")
    assert "千秋" not in answer.text and "启动更快" in answer.text
