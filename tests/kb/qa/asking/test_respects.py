"""In what respect things are compared, among the words of a question."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kb.app import KnowledgeBase
from kb.qa.asking.compared import in_question
from kb.qa.asking.respects import wanted_beside
from kb.qa.asking.terms import terms_of
from kb.qa.asking.understanding import understand
from kb.qa.sources import Sources


@pytest.mark.parametrize(
    ("text", "told"),
    [("容器和虚拟机在资源分配方式上有什么不同？", False), ("容器和虚拟机的方式有什么不同？", True)],
)
def test_a_word_for_the_manner_is_no_respect_beside_another(text: str, told: bool, sources: Sources) -> None:
    question = understand(text, sources)
    terms = terms_of(question, sources)
    wanted = wanted_beside(in_question(question, sources), question, terms, sources)
    assert wanted and any(term.label == "方式" for term in wanted) is told


@pytest.mark.parametrize("question", ["容器和虚拟机打补丁有什么不同？", "给容器打补丁和给虚拟机打补丁有什么不同？"])
def test_what_is_done_to_the_things_is_a_respect_and_no_sort_of_them(
    question: str, told: Callable[..., KnowledgeBase], others: str
) -> None:
    text = "容器共享内核，虚拟机有自己的内核。容器启动更快，虚拟机启动更慢。管理员更新容器时会替换镜像，更新虚拟机时则登录到系统里打补丁。"
    base = told(text, others)
    assert "登录到系统里打补丁" in base.ask(question).evidence[0].quote
    assert "打补丁" not in base.ask("容器和虚拟机技术有什么不同？").evidence[0].quote
