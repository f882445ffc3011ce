"""Whether one word means the same in two places."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kb.app import KnowledgeBase
from kb.qa.asking.senses import meaning_asked


@pytest.mark.parametrize(
    ("asked", "plainly"),
    [
        ("“实例”这个词，在虚拟机那里和在容器里意思一样吗，各指什么", "实例在虚拟机和容器里含义相同吗？"),
        ("镜像一词在虚拟机和容器里说的是一回事吗", "镜像在虚拟机和容器里含义相同吗？"),
        ("容器里说的挂载和虚拟机的挂载是一回事吗？", "容器的挂载和虚拟机的挂载含义相同吗？"),
        ("端口这个概念在交换机和服务器中的含义有何不同", "端口在交换机和服务器中各指什么？"),
        # things, not words
        ("容器和虚拟机是一回事吗？", "容器和虚拟机是一回事吗？"),
        ("容器里的进程和虚拟机里的进程一样吗", "容器里的进程和虚拟机里的进程一样吗"),
        ("容器用的内核和虚拟机用的内核是一回事吗", "容器用的内核和虚拟机用的内核是一回事吗"),
    ],
)
def test_a_question_for_the_sense_of_a_word_is_put_plainly(asked: str, plainly: str) -> None:
    assert meaning_asked(asked) == plainly


def test_what_the_word_means_in_each_place_is_told(told: Callable[..., KnowledgeBase]) -> None:
    base = told("术语“镜像”在容器里是指只读的模板，这与它在虚拟机中的含义不同，那里它是指整块磁盘的拷贝。机房里有很多机器。")
    asked = "“镜像”这个词，在容器那里和在虚拟机里意思一样吗，各指什么？"
    found = base.ask(asked)
    assert (found.verdict, found.question.text) == ("no", asked) and "只读的模板" in found.text
