"""Which of two things is ahead, in the words of the question."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kb.app import KnowledgeBase

ARTICLE = "虚拟机比容器更消耗资源。容器的启动速度比虚拟机更快。虚拟机的抽象层比容器更多。虚拟机的隔离性比容器更强。机房很大。"


@pytest.mark.parametrize(
    ("question", "lead"),
    [
        ("容器和虚拟机的抽象层谁更少？", "抽象层数：容器更少。"),
        ("容器和虚拟机的抽象层谁更多？", "抽象层数：虚拟机更多。"),
        ("论资源占用，容器和虚拟机谁占便宜？", "资源占用：容器更少。"),
        ("容器和虚拟机哪个启动慢？", "启动速度：虚拟机更慢。"),
        ("论启动的快慢，VM和容器谁占上风？", "启动速度：容器更快。"),
        ("容器和VM的隔离性谁更强？", "隔离性：VM 更强。"),
    ],
)
def test_the_side_that_is_asked_for_is_told(question: str, lead: str, told: Callable[..., KnowledgeBase]) -> None:
    assert told(ARTICLE).ask(question).text.startswith(lead)


def test_respects_that_one_sentence_tells_share_its_quote(told: Callable[..., KnowledgeBase]) -> None:
    base = told("虚拟化运行完整的系统，而容器轻量得多，所以其资源占用和性能消耗相比虚拟化都有很大优势。机房很大。")
    text = base.ask("论资源占用和性能消耗，容器和虚拟化哪个更好？").text
    assert text.count("很大优势") == 1 and "容器轻量得多" in text


def test_a_name_is_spelt_as_usual(told: Callable[..., KnowledgeBase]) -> None:
    base = told("虚拟机比Docker更消耗资源。Docker 是一种容器。机房很大。")
    assert base.ask("Dokcer和虚拟机哪个更省资源？").text.startswith("资源占用：Docker 更少。")


def test_a_list_of_examples_compares_nothing(told: Callable[..., KnowledgeBase]) -> None:
    base = told("容器层比如LXC或Docker安装在主机操作系统之上。LXC 是一种容器。Docker 是一种容器。虚拟机的性能比容器更差。")
    assert base.ask("LXC和Docker哪个性能更好？").status != "answered"
