"""What two things share, and what each suits, in the words of articles."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kb.app import KnowledgeBase

Add = Callable[..., KnowledgeBase]
RIVALS = """Docker 与 LXC 的比较
Docker 是一个容器平台。LXC 是一套 Linux 容器工具。
Docker 面向应用容器，LXC 面向系统容器。
相同点
Docker 和 LXC 都使用命名空间和 cgroups。
如何选择
需要持续部署时，适合选择 Docker。需要一批长期运行的系统时，适合选择 LXC。
"""


def test_what_both_share_and_when_to_choose_which_follow_the_differences(told: Add) -> None:
    lines = told(RIVALS).ask("Docker和LXC有什么区别？").text.split("\n")
    assert any(line.startswith("相同点：Docker 和 LXC 都使用命名空间和 cgroups[") for line in lines)
    choice = next(line for line in lines if line.startswith("怎么选："))
    assert "适合选择 Docker[" in choice and "适合选择 LXC[" in choice


def test_what_suits_only_one_of_the_two_is_no_advice(told: Add) -> None:
    one_sided = RIVALS.replace("需要一批长期运行的系统时，适合选择 LXC。", "")
    assert "怎么选" not in told(one_sided).ask("Docker和LXC有什么区别？").text


def test_hearsay_is_no_likeness(told: Add) -> None:
    doubtful = RIVALS.replace("Docker 和 LXC 都使用命名空间和 cgroups。", "「Docker 和 LXC 都不安全」的说法不准确。")
    assert "相同点" not in told(doubtful).ask("Docker和LXC有什么区别？").text


@pytest.mark.parametrize(
    "question",
    [
        "容器和虚拟机有什么共同点？",
        "虚拟机与容器有哪些相同之处",
        "容器和虚拟机的相似之处是什么？",
        "What do containers and virtual machines have in common?",
    ],
)
def test_what_is_said_of_both_is_what_they_have_in_common(question: str, told: Callable[..., KnowledgeBase], others: str) -> None:
    base = told(f"容器用沙箱机制，类似手机里的程序。虚拟机和容器都运行在硬件之上。容器比虚拟机更轻量。{others}")
    text = base.ask(question).text
    assert "都运行在硬件之上" in text and "轻量" not in text and "沙箱" not in text


def test_a_thing_may_be_likened_to_an_everyday_one(told: Callable[..., KnowledgeBase], others: str) -> None:
    base = told(f"一个Docker容器就相当于一个集装箱。Docker 是一种容器。集装箱可以堆放。{others}")
    assert "相当于一个集装箱" in base.ask("Docker和集装箱有什么相似之处？").text


def test_nothing_in_common_is_made_up(told: Callable[..., KnowledgeBase], others: str) -> None:
    base = told(f"容器共享内核。虚拟机有自己的内核。{others}")
    assert base.ask("容器和虚拟机有什么共同点？").status != "answered"
