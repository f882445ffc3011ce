"""Whether one thing is another: only a sentence that calls it so says yes, only one on the very thing says no."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kb.app import KnowledgeBase

TEXT = (
    "容器是一组受限制的进程，不是一台虚拟机。租户在虚拟机里运行容器。Kata 是一种用虚拟机运行容器的开源项目。"
    "云主机多数是虚拟机，不用买硬件。服务器是一种为多人访问而设计的计算机。不同 hypervisor 使用的磁盘格式也不同，迁移到 KVM 要转换磁盘。QEMU 与 KVM 不是同一个软件。"
)


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("容器是不是虚拟机？", "no"),
        ("容器是虚拟机吗？", "no"),
        ("服务器是不是计算机？", "yes"),
        ("云主机是虚拟机吗？", "yes"),
        ("KVM 是 hypervisor 吗？", None),  # named together, and not called so
        ("虚拟机是软件吗？", None),  # of two others
    ],
)
def test_whether_it_is_the_other(question: str, verdict: str | None, told: Callable[..., KnowledgeBase], others: str) -> None:
    assert told(TEXT, others).ask(question).verdict == verdict


@pytest.mark.parametrize(
    "question", ["容器是不是轻量级虚拟机？", "容器是一种轻量级虚拟机吗？", "Is a container a lightweight virtual machine?"]
)
def test_what_is_no_virtual_machine_is_no_lightweight_one(question: str, told: Callable[..., KnowledgeBase], others: str) -> None:
    text = "容器是一组受到隔离的进程，不是一台小型虚拟机。Kata 把容器放进轻量级虚拟机。轻量级虚拟机启动很快。"
    answer = told(text, others).ask(question)
    assert answer.verdict == "no" and "不是一台小型虚拟机" in answer.evidence[0].quote


def test_what_is_no_ordinary_one_may_be_a_narrower_one(told: Callable[..., KnowledgeBase], others: str) -> None:
    text = "容器不是普通的虚拟机。Kata 把容器放进轻量级虚拟机。轻量级虚拟机启动很快。"
    assert told(text, others).ask("容器是不是轻量级虚拟机？").verdict is None
