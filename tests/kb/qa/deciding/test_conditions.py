"""A verdict holds under the condition of the clause that decides: told with it where the question does not share it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kb.app import KnowledgeBase

Told = Callable[..., KnowledgeBase]


def test_said_both_ways_it_depends(told: Told, others: str) -> None:
    base = told("默认配置下重启 dockerd 会停止容器。启用 live-restore 选项后，重启 dockerd 不会停止容器。", others)
    answer = base.ask("重启 dockerd 会停止容器吗？")
    assert (answer.status, answer.verdict) == ("answered", None)
    assert answer.text.startswith("视条件而定") and len(answer.evidence) == 2
    assert base.ask("Does a restart of dockerd stop containers?").text.startswith(("That depends", "The articles", "No", "Yes", "On"))


def test_what_is_not_always_so_is_no(told: Told, others: str) -> None:
    base = told("默认配置下重启 dockerd 会停止容器。启用 live-restore 选项后，重启 dockerd 不会停止容器。", others)
    answer = base.ask("重启 dockerd 一定会停止容器吗？")
    assert (answer.verdict, answer.text[:4]) == ("no", "不一定。")


@pytest.mark.parametrize(
    ("text", "question", "opening"),
    [
        ("启用快照合并选项后，沙箱可以压缩磁盘。", "沙箱可以压缩磁盘吗？", "有前提：可以。"),
        ("沙箱不能访问打印机，除非管理员授予权限。", "沙箱能访问打印机吗？", "原则上不能。"),
        ("使用大页的虚拟机会锁住磁盘缓存。", "虚拟机会锁住磁盘缓存吗？", "有前提：会。"),
        # the question shares the condition, or the clause has none
        ("启用快照合并选项后，沙箱可以压缩磁盘。", "启用快照合并选项以后沙箱可以压缩磁盘吗？", "可以。"),
        ("沙箱可以压缩磁盘。", "沙箱可以压缩磁盘吗？", "可以。"),
        ("默认情况下沙箱可以压缩磁盘。", "沙箱可以压缩磁盘吗？", "可以。"),
    ],
)
def test_the_condition_stands_in_the_verdict(text: str, question: str, opening: str, told: Told, others: str) -> None:
    answer = told(text, others).ask(question)
    assert answer.verdict is not None and answer.text.startswith(opening), answer.text


def test_what_was_so_before_something_came_does_not_outweigh_what_is(told: Told, others: str) -> None:
    base = told("在 virtio 出现以前，Xen 有自己的网卡驱动。Xen 本身不包含网卡驱动。", others)
    assert base.ask("Xen 自己有网卡驱动吗？").verdict == "no"
