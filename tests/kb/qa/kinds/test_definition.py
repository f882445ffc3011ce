from __future__ import annotations

from collections.abc import Callable

import pytest

from kb.app import KnowledgeBase


@pytest.mark.parametrize(
    ("question", "quoted"),
    [
        ("容器是什么？", "容器是一种轻量级的虚拟化技术。"),
        ("什么是镜像？", "镜像是创建容器的只读模板。"),
        ("docker是啥？", "Docker是一个开源的容器引擎。"),
        ("KVM", "KVM是一种Hypervisor。"),
        ("Hypervisor是做什么的？", "Hypervisor是创建和运行虚拟机的软件。"),
        ("Docker守护进程有什么用？", "Docker守护进程管理容器和镜像。"),
        ("What is Docker?", "Docker是一个开源的容器引擎。"),
    ],
)
def test_the_sentence_that_defines_comes_first(question: str, quoted: str, filled_base: KnowledgeBase) -> None:
    answer = filled_base.ask(question)
    assert (answer.question.kind, answer.status) == ("definition", "answered")
    assert answer.evidence[0].quote == quoted


def test_a_definition_beats_a_figure_of_speech_and_a_mention(told: Callable[..., KnowledgeBase]) -> None:
    base = told("容器就像集装箱，方便搬运。很多公司都在用容器。容器是一种隔离进程的技术。容器的内存可以限制。")
    assert base.ask("容器是什么？").evidence[0].quote == "容器是一种隔离进程的技术。"


@pytest.mark.parametrize("question", ["苏打水是什么？", "Mesos是什么？", "What is Zephyrix?"])
def test_what_no_article_speaks_of_is_not_defined(question: str, filled_base: KnowledgeBase) -> None:
    assert filled_base.ask(question).status != "answered"


def test_a_word_that_an_example_explains_is_told(told: Callable[..., KnowledgeBase]) -> None:
    base = told("虚拟化主要有全虚拟化和半虚拟化两种形式，比如修改客户机的内核。服务器运行在机房里。")
    assert base.ask("半虚拟化指的是什么？").status == "answered"


@pytest.mark.parametrize("question", ["Hypervisor能做什么？", "Hypervisor能干些啥", "Hypervisor能够做些什么？"])
def test_what_a_thing_can_do_is_its_role(question: str, filled_base: KnowledgeBase) -> None:
    answer = filled_base.ask(question)
    assert (answer.question.kind, answer.evidence[0].quote) == ("definition", "Hypervisor是创建和运行虚拟机的软件。")


@pytest.mark.parametrize("asked", ["OVA 文件是什么？", "What is an OVA file?"])
def test_the_sort_of_thing_behind_a_name_asks_nothing_more(asked: str, told: Callable[..., KnowledgeBase], others: str) -> None:
    answer = told("OVA 把磁盘和虚拟机的描述打成一个包。虚拟机可以导出成 OVA。", others).ask(asked)
    assert answer.status == "answered" and "打成一个包" in answer.text


USES = (
    "虚拟机是一种用软件构造出来的计算机。虚拟机由内核、驱动和磁盘三部分组成。虚拟机也可以共享磁盘。\n\n用途\n研究人员使用虚拟机分析恶意软件。\n\n"
    "cgroups 由层级、控制组和控制器三部分组成。cgroups 是一种资源管理机制。cgroups 限制一组进程的内存。"
)


@pytest.mark.parametrize("question", ["cgroups有什么用？", "cgroups用来干什么？", "What are cgroups used for?"])
def test_what_a_thing_is_for_is_what_it_does_and_not_its_parts(question: str, told: Callable[..., KnowledgeBase], others: str) -> None:
    quotes = [item.quote for item in told(USES, others).ask(question).evidence]
    assert quotes[0] == "cgroups 是一种资源管理机制。" and "cgroups 限制一组进程的内存。" in quotes[:2]
