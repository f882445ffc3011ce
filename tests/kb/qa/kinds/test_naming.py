from __future__ import annotations

from collections.abc import Callable

import pytest

from kb.app import KnowledgeBase

TEXT = (
    "热迁移又称实时迁移，英文是 live migration。热迁移不会停止虚拟机。"
    "虚拟机(Virtual Machine)是用软件模拟的计算机。虚拟机运行在服务器上。"
    "Hyper-V 把快照称为检查点。快照可以恢复虚拟机。"
    "这类环境有时被称为容器、虚拟引擎或 jail。容器运行在宿主机上。服务器运行在机房里。"
)


@pytest.mark.parametrize(
    ("question", "quoted"),
    [
        ("热迁移还有什么别的叫法？", "热迁移又称实时迁移"),
        ("热迁移也叫什么？", "热迁移又称实时迁移"),
        ("虚拟机的英文是什么？", "Virtual Machine"),
        ("热迁移的英文怎么写？", "live migration"),
        ("Hyper-V 把快照称为什么？", "检查点"),
        ("容器还有哪些别的名字？", "虚拟引擎"),
        ("What else are containers called?", "虚拟引擎"),
    ],
)
def test_another_name_is_told_by_the_sentence_that_gives_it(question: str, quoted: str, told: Callable[..., KnowledgeBase]) -> None:
    answer = told(TEXT).ask(question)
    assert (answer.question.kind, answer.status) == ("naming", "answered")
    assert quoted in answer.evidence[0].quote


@pytest.mark.parametrize("question", ["服务器还有什么别的叫法？", "服务器的英文是什么？", "宿主机又叫什么？"])
def test_a_thing_that_is_only_spoken_of_has_no_other_name(question: str, told: Callable[..., KnowledgeBase]) -> None:
    assert told(TEXT).ask(question).status == "no_evidence"


def test_why_a_thing_is_called_so_asks_for_no_name(told: Callable[..., KnowledgeBase]) -> None:
    assert told(TEXT).ask("热迁移为什么称为实时迁移？").question.kind == "cause"
