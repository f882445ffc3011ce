from __future__ import annotations

from collections.abc import Callable

import pytest

from kb.app import KnowledgeBase

TEXT = "Docker 流行得很快，一次打包，处处能跑。虚拟机需要启动操作系统。容器使用沙箱。轻得像一片羽毛，几乎没有开销。服务器运行在机房里。"


@pytest.mark.parametrize(
    ("question", "quotes"),
    [
        ("“一次打包,处处能跑”说的是谁？", ("Docker 流行得很快，一次打包，处处能跑。",)),
        ("“一次打包处处都能跑”形容的是什么？", ("Docker 流行得很快，一次打包，处处能跑。",)),
        ("“轻得像一片羽毛”说的是谁？", ("容器使用沙箱。", "轻得像一片羽毛，几乎没有开销。")),
    ],
)
def test_words_in_quotes_are_looked_up_as_they_stand(question: str, quotes: tuple[str, ...], told: Callable[..., KnowledgeBase]) -> None:
    answer = told(TEXT).ask(question)
    assert (answer.question.kind, answer.status) == ("quotation", "answered")
    assert tuple(evidence.quote for evidence in answer.evidence) == quotes


def test_words_that_no_article_says_are_said_of_nobody(told: Callable[..., KnowledgeBase]) -> None:
    assert told(TEXT).ask("“容器改变了一切”说的是谁？").status != "answered"


def test_a_term_in_quotes_is_defined(told: Callable[..., KnowledgeBase]) -> None:
    answer = told("操作系统容器是一种共享内核的环境。操作系统容器很轻。").ask("“操作系统容器”指的是什么？")
    assert (answer.question.kind, answer.evidence[0].quote) == ("definition", "操作系统容器是一种共享内核的环境。")
