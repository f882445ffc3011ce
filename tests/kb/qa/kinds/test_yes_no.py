"""Yes or no from a claim or its denial, never from silence."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kb.app import KnowledgeBase


def bug(reason: str) -> pytest.MarkDecorator:
    return pytest.mark.xfail(strict=True, reason=reason)


@pytest.mark.parametrize(
    ("question", "verdict", "quoted"),
    [
        ("容器共享宿主机的内核吗？", "yes", "容器共享宿主机的内核"),
        ("虚拟机共享宿主机的内核吗？", "no", "虚拟机不共享宿主机的内核"),
        ("虚拟机不共享宿主机的内核吗？", "yes", "虚拟机不共享宿主机的内核"),
        ("容器需要单独的操作系统吗？", "no", "不需要单独的操作系统"),
        ("容器需不需要单独的操作系统？", "no", "不需要单独的操作系统"),
        ("虚拟机有自己的操作系统吗？", "yes", "虚拟机拥有自己的操作系统"),
        ("Docker是开源的吗？", "yes", "Docker是一个开源的容器引擎"),
        ("KVM是Hypervisor吗？", "yes", "KVM是一种Hypervisor"),
        ("Docker守护进程管理镜像吗？", "yes", "Docker守护进程管理容器和镜像"),
        ("Is KVM a hypervisor?", "yes", "KVM是一种Hypervisor"),
        ("所有服务器都是主机吗？", "yes", "所有服务器都是主机"),
        ("所有主机都是服务器吗？", "no", "并非所有主机都是服务器"),
        ("每台主机都是服务器吗？", "no", "并非所有主机都是服务器"),
        pytest.param("Do containers share the kernel of the host machine?", "yes", "共享宿主机的内核"),
    ],
)
def test_a_statement_says_yes_and_a_denial_no(question: str, verdict: str, quoted: str, filled_base: KnowledgeBase) -> None:
    answer = filled_base.ask(question)
    assert (answer.question.kind, answer.status, answer.verdict) == ("yes_no", "answered", verdict)
    assert quoted in answer.evidence[0].quote and quoted in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "Docker是收费的吗？",
        "虚拟机用镜像吗？",
        "容器支持Windows吗？",
        pytest.param("容器能取代虚拟机吗？", marks=bug("sentences that merely name both are taken for a yes")),
        pytest.param("Docker能管理虚拟机吗？", marks=bug("sentences that name one each are taken for a yes")),
    ],
)
def test_silence_is_neither_yes_nor_no(question: str, filled_base: KnowledgeBase) -> None:
    answer = filled_base.ask(question)
    assert (answer.status, answer.verdict, answer.evidence) == ("no_evidence", None, ())


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("容器拥有自己的操作系统吗？", marks=bug("what the virtual machine has is taken for the container's")),
        pytest.param("虚拟机启动快吗？", marks=bug("that the container is faster is taken for a yes")),
        pytest.param("虚拟机和容器是一回事吗？", marks=bug("falls back to counting shared words where one of the two is not defined")),
    ],
)
def test_what_is_said_of_the_other_side_is_no_yes(question: str, filled_base: KnowledgeBase) -> None:
    assert filled_base.ask(question).verdict != "yes"


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("容器是一种隔离进程的技术。虚拟机是一种模拟整台计算机的软件。", "no"),
        ("容器和虚拟机是一回事。", "yes"),
    ],
)
def test_two_things_are_one_only_where_an_article_equates_them(text: str, verdict: str, told: Callable[..., KnowledgeBase]) -> None:
    assert told(text).ask("容器和虚拟机是一回事吗？").verdict == verdict


@pytest.mark.parametrize(
    ("question", "zh", "en"),
    [
        ("虚拟机有自己的操作系统吗？", "有。", None),
        ("容器需要单独的操作系统吗？", "不需要。", None),
        ("Docker是开源的吗？", "是的。", None),
        ("Is Docker open source?", None, "Yes."),
    ],
)
def test_the_answer_opens_in_the_words_of_the_question(question: str, zh: str | None, en: str | None, filled_base: KnowledgeBase) -> None:
    assert filled_base.ask(question).text.startswith(zh or en or "?")


def test_articles_that_disagree_are_both_named(told: Callable[..., KnowledgeBase]) -> None:
    answer = told("容器共享宿主机的内核。", "容器不共享宿主机的内核。").ask("容器共享宿主机的内核吗？")
    assert answer.status == "answered"
    (line,) = answer.disagreements
    assert "容器共享宿主机的内核" in line and "容器不共享宿主机的内核" in line and "↔" in line
    assert {evidence.article_title for evidence in answer.evidence} == {"第1篇", "第2篇"}
