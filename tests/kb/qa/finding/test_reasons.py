"""The two sides of a sentence that gives a reason, and answers that give the reason rather than the question again."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kb.app import KnowledgeBase
from kb.qa.finding.reasons import leads_on, reason_in

Told = Callable[..., KnowledgeBase]


@pytest.mark.parametrize(
    ("text", "effect", "cause"),
    [
        ("容器启动更快，因为容器不引导内核。", "启动更快", "不引导内核"),
        ("因为容器不引导内核，所以容器启动更快。", "启动更快", "不引导内核"),
        ("由于共享内核，容器不能加载模块。", "不能加载模块", "共享内核"),
        ("调用先进入应用内核，因此开销更大。", "开销更大", "先进入应用内核"),
        ("隔离更弱，主要原因是共享内核。", "隔离更弱", "共享内核"),
    ],
)
def test_a_reason_has_an_effect_and_a_cause(text: str, effect: str, cause: str) -> None:
    found = reason_in(text)
    assert found is not None and effect in found.effect and cause in found.cause
    assert effect not in found.cause and cause not in found.effect


@pytest.mark.parametrize("text", ["最终镜像更小，使用多阶段构建。", "容器共享宿主机的内核。"])
def test_no_reason(text: str) -> None:
    assert reason_in(text) is None


def test_what_follows_from_the_sentence_before() -> None:
    assert leads_on("所以 Hyper-V 是 Type 1 hypervisor。") and not leads_on("容器因此更快。")


def test_announced_reasons_are_told_one_by_one(told: Told, others: str) -> None:
    text = "容器的密度高于虚拟机的密度，原因有三个。第一，容器不运行自己的内核。第二，容器没有虚拟设备。第三，容器共享镜像的层。应用本身的内存不变。\n"
    answer = told(text, others).ask("容器密度为什么比虚拟机高？")
    assert all(reason in answer.text for reason in ("不运行自己的内核", "没有虚拟设备", "共享镜像的层"))
    assert "应用本身" not in answer.text


def test_the_reason_stands_before_what_follows_from_it(told: Told, others: str) -> None:
    text = (
        "Hyper-V 是微软开发的一种 Type 1 hypervisor。Hyper-V 是 Type 1 hypervisor。\n"
        "启用 Hyper-V 之后，hypervisor 位于 Windows 之下。所以 Hyper-V 是 Type 1 hypervisor，不是 Type 2 hypervisor。\n"
    )
    answer = told(text, others).ask("为什么 Hyper-V 是 Type 1 hypervisor？")
    assert answer.text.startswith("启用 Hyper-V 之后，hypervisor 位于 Windows 之下[1]；Hyper-V 是 Type 1 hypervisor，不是")
    assert "微软开发" not in answer.text


@pytest.mark.parametrize(
    ("text", "question", "told_first"),
    [
        # what says that it is the reason; what asks the very question; what says that the word asked is more so
        ("快照包括内存的原因，是程序可以从中断处继续。", "快照为什么包括内存？", "程序可以从中断处继续"),
        (
            "为什么说路由器是电脑呢，其实它里面也有处理器，也跑程序。路由器比交换机更贵。",
            "为什么说路由器是电脑？",
            "它里面也有处理器",
        ),
        ("因为不共享内核，虚拟机的隔离性更好。容器的进程也有隔离性。", "虚拟机的隔离性为什么比容器好？", "不共享内核"),
    ],
)
def test_the_reason_that_is_told(text: str, question: str, told_first: str, told: Told, others: str) -> None:
    assert told_first in told(text + "\n", others).ask(question).text
