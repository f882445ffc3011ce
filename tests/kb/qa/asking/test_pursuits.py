"""Follow-ups on what was answered."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kb.app import KnowledgeBase
from kb.qa.answering import answer
from kb.qa.asking.pursuits import asks_more, asks_of_the_answer
from kb.qa.sources import Sources

Add = Callable[..., KnowledgeBase]
SPEED = "容器比虚拟机启动更快，因为容器不需要启动内核。"
ISOLATION = "虚拟机的隔离性比容器更强，因为虚拟机有自己的内核。"


def asked(base: KnowledgeBase, *questions: str) -> str:
    *before, last = questions
    return base.ask(last, tuple(before)).question.resolved


def test_why_asks_for_the_reason_of_what_was_found_better(told: Add, others: str) -> None:
    base = told(SPEED + ISOLATION + others)
    assert asked(base, "容器和虚拟机哪个启动更快？", "为什么") == "为什么容器比虚拟机启动更快？"
    assert "不需要启动内核" in base.ask("为什么", ("容器和虚拟机哪个启动更快？",)).text
    assert "自己的内核" in base.ask("为什么呢？", ("容器和虚拟机哪个隔离性更好？",)).text


def test_it_is_the_one_found_better(told: Add, others: str) -> None:
    base = told(SPEED + ISOLATION + others)
    assert asked(base, "容器和虚拟机哪个隔离性更强？", "为什么它更强？").startswith("为什么虚拟机更强")


def test_why_after_a_yes_asks_why_it_is_so(told: Add, others: str) -> None:
    base = told("容器与宿主机共享内核，因为容器里的程序直接运行在宿主机内核上。" + others)
    assert asked(base, "容器和宿主机共享内核吗？", "为什么？").startswith("为什么容器和宿主机共享内核")


def test_more_is_what_was_not_told_yet(told: Add, others: str) -> None:
    base = told("Podman 是一种容器引擎，用来运行容器。Podman 是一个开源项目，1.0 版发布于 2019 年。" + others)
    first = base.ask("Podman 是什么？")
    again = base.ask("还有呢？", ("Podman 是什么？",))
    assert first.status == "answered"
    assert not {e.sentence_id for e in first.evidence} & {e.sentence_id for e in again.evidence}
    at_last = base.ask("还有吗？", ("Podman 是什么？", "还有呢？", "还有呢？"))
    assert (at_last.status, at_last.evidence, at_last.text) == ("no_evidence", (), "文章里没有更多相关的内容。")


@pytest.mark.parametrize(
    ("text", "earlier", "more"),
    [
        ("还有呢？", "Docker 是什么", True),
        ("还有别的缺点吗", "Docker 的缺点有哪些", True),
        ("还有其他原因吗", "为什么容器快", True),
        ("anything else?", "What is Docker?", True),
        ("还有别的缺点吗", "Docker 的优点有哪些", False),
        ("还有内存呢", "容器启动要多久", False),
    ],
)
def test_what_asks_for_more(text: str, earlier: str, more: bool) -> None:
    assert asks_more(text, earlier) is more


def test_it_of_one_thing_needs_no_answer(sources: Sources) -> None:
    assert not asks_of_the_answer("它快吗", "Docker 是什么", sources)
    assert asks_of_the_answer("它快吗", "容器和虚拟机哪个快", sources)


def test_former_and_latter_are_put_by_name(sources: Sources) -> None:
    found = answer("后者的优点是什么？", sources, ("容器和虚拟机有什么区别？",))
    assert "虚拟机" in found.question.resolved
    assert "后者" not in found.question.resolved
