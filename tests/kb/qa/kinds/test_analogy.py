from __future__ import annotations

from collections.abc import Callable

import pytest

from kb.app import KnowledgeBase

TEXT = (
    "我们拿图书馆打个比方。图书馆里的书架可以摆很多书。镜像就好比图书馆里的一本书。容器读取镜像。"
    "端口相当于大楼的门牌号。服务器监听端口。虚拟机可以看作一台完整的计算机。服务器运行在机房里。"
)


@pytest.mark.parametrize(
    ("question", "quoted"),
    [
        ("用图书馆打比方的那段，镜像对应的是什么？", "镜像就好比图书馆里的一本书。"),
        ("镜像被比作什么？", "镜像就好比图书馆里的一本书。"),
        ("端口好比什么？", "端口相当于大楼的门牌号。"),
        ("虚拟机可以看作什么？", "虚拟机可以看作一台完整的计算机。"),
    ],
)
def test_what_a_thing_is_likened_to_stands_in_the_figure(question: str, quoted: str, told: Callable[..., KnowledgeBase]) -> None:
    answer = told(TEXT).ask(question)
    assert (answer.question.kind, answer.status) == ("analogy", "answered")
    assert answer.evidence[0].quote == quoted


@pytest.mark.parametrize("question", ["服务器被比作什么？", "虚拟机好比什么？"])
def test_what_is_likened_to_nothing_is_refused(question: str, told: Callable[..., KnowledgeBase]) -> None:
    assert told(TEXT).ask(question).status == "no_evidence"


def test_a_part_of_the_figure_that_no_article_speaks_of_stands_for_nothing(told: Callable[..., KnowledgeBase]) -> None:
    assert told(TEXT).ask("图书馆的比喻里，馆长对应什么？").status == "no_evidence"
