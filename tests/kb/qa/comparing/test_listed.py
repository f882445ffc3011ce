"""Sentences that name things only as members of one list."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kb.app import KnowledgeBase
from kb.qa.asking.compared import Thing
from kb.qa.comparing.listed import only_listed


def named(*names: str) -> list[Thing]:
    return [Thing(name, None, (name,), 0, 0) for name in names]


@pytest.mark.parametrize(
    ("text", "listed"),
    [
        ("可选的办法不少，如 LXC，OpenVZ，Jails。", True),
        ("常见的工具包括 LXC、Docker 和 OpenVZ 等。", True),
        ("传统的虚拟机(LXC，OpenVZ)与它不同。", True),
        ("LXC 和 OpenVZ 的启动时间不同。", False),
        ("这类工具如 LXC 重视简单、稳定，OpenVZ 重视密度。", False),
        ("它们例如 LXC 和 OpenVZ 分别占用 10 MB 和 20 MB。", False),
    ],
)
def test_members_of_a_list_are_not_told_apart(text: str, listed: bool) -> None:
    assert only_listed(text, named("lxc", "openvz")) is listed


@pytest.mark.parametrize("question", ["LXC 和 OpenVZ 有什么区别？", "LXC 和 OpenVZ 谁的性能好？", "LXC 和 OpenVZ 哪个启动时间短？"])
def test_a_list_answers_no_comparison(question: str, told: Callable[..., KnowledgeBase], others: str) -> None:
    base = told(f"建容器的办法不少，如 LXC，OpenVZ，Docker 和 Jails。容器的性能比虚拟机更好。{others}")
    assert base.ask(question).status != "answered"
