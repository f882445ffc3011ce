"""Which of two kinds a thing is."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kb.app import KnowledgeBase

ARTICLE = "容器技术如 Docker 和 LXC 就是应用容器的示例。Kata 是一种用虚拟机运行容器的项目。有人说 KVM 是一型 hypervisor。QEMU 是开源的模拟器。Podman 是无守护进程的引擎。"


@pytest.mark.parametrize(
    ("question", "lead"),
    [
        ("Docker 是操作系统容器还是应用容器这一类的？", "应用容器。容器技术如 Docker"),
        ("LXC 到底属于应用容器还是操作系统容器", "应用容器。容器技术如 Docker"),
        ("QEMU 是虚拟机还是模拟器？", "模拟器。QEMU 是开源的模拟器"),
    ],
)
def test_the_kind_that_is_said_of_it_leads(question: str, lead: str, told: Callable[..., KnowledgeBase], others: str) -> None:
    assert told(ARTICLE + others).ask(question).text.startswith(lead)


@pytest.mark.parametrize(
    "question", ["Kata 是容器还是虚拟机？", "KVM 是一型 hypervisor还是二型 hypervisor？", "Podman 是守护进程还是引擎？"]
)
def test_what_it_only_uses_or_is_said_to_be_is_no_kind_of_it(question: str, told: Callable[..., KnowledgeBase], others: str) -> None:
    text = told(ARTICLE + others).ask(question).text
    assert not text.startswith(("虚拟机", "一型", "守护进程"))
