"""What is asked of each of several things, and what a sentence only announces."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kb.app import KnowledgeBase
from kb.records import Answer

Told = Callable[..., KnowledgeBase]
Proven = Callable[[Answer, KnowledgeBase], None]
CLUSTERS = (
    "Mesos 与 Kubernetes 都能运行容器，但出发点不同。Mesos 首先是资源管理器，让多种框架共享机器。Kubernetes 首先是编排系统，以 Pod 为单位。"
    "Mesos 用 C++ 编写。\n"
)


@pytest.mark.parametrize(
    ("text", "question", "first", "second"),
    [
        (
            "影子页表由软件维护，影子页表的代价是频繁退出。嵌套页表的缺点是未命中时要访问多次内存。",
            "影子页表和嵌套页表各自的代价是什么？",
            "频繁退出",
            "未命中",
        ),
        (
            "LXC 的优点是接近整机。Docker 的优点是分发方便。Docker 的缺点是有守护进程。",
            "LXC 和 Docker 各自的好处是什么？",
            "接近整机",
            "分发方便",
        ),
    ],
)
def test_each_gets_a_line_of_its_own(text: str, question: str, first: str, second: str, told: Told, others: str, proven: Proven) -> None:
    base = told(text, others)
    answer = base.ask(question)
    assert first in answer.text and second in answer.text and "守护进程" not in answer.text
    assert answer.table is not None
    proven(answer, base)


def test_what_is_told_of_one_alone_is_no_answer_on_each(told: Told, others: str) -> None:
    answer = told("嵌套页表的缺点是未命中时要访问多次内存。影子页表由软件维护。", others).ask("影子页表和嵌套页表各自的代价是什么？")
    assert not answer.text.startswith("影子页表：")


def test_a_sentence_that_announces_a_difference_brings_what_it_announces(told: Told, others: str, proven: Proven) -> None:
    base = told(CLUSTERS, others)
    answer = base.ask("请从出发点上比较一下 Mesos 和 Kubernetes")
    assert "资源管理器" in answer.text and "编排系统" in answer.text
    assert "C++" not in answer.text  # each has been told of by then
    proven(answer, base)


def test_a_difference_that_is_known_is_not_told_again(told: Told, others: str) -> None:
    text = "Docker 依赖守护进程。Podman 不依赖守护进程。Docker 的镜像由多层组成。Podman 的镜像也能由多层组成。Docker 是容器平台。Podman 是容器引擎。\n"
    base = told(text, others)
    assert "依赖守护进程" in base.ask("Docker 和 Podman 有什么区别？").text
    answer = base.ask("Docker 和 Podman 除了守护进程以外还有什么区别？")
    assert answer.status == "answered" and "依赖守护进程" not in answer.text


def test_the_frame_of_a_question_is_no_respect(told: Told, others: str) -> None:
    base = told("Xen 有多种模式。HVM 是全虚拟化模式，使用 QEMU。PVH 是混合模式，不使用 QEMU。\n", others)
    assert base.ask("Xen 里 HVM 和 PVH 有什么区别？").text == base.ask("HVM 和 PVH 有什么区别？").text


def test_no_sentence_on_others_answers_which_of_two_is_more_so(told: Told, others: str) -> None:
    text = "HVM 是全虚拟化模式。PVH 是混合模式。攻击者要离开虚拟机，需要找到漏洞。攻击者逃出容器以后得到用户权限。\n"
    assert told(text, others).ask("HVM 和 PVH 哪个暴露给攻击者的部分更小？").status != "answered"
