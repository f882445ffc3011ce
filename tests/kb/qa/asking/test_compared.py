"""Which things a question sets against one another, and what it asks of them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kb.app import KnowledgeBase
from kb.qa.asking.compared import asked_beside, compared
from kb.qa.asking.terms import terms_of
from kb.qa.asking.understanding import understand
from kb.qa.sources import Sources

Filled = Callable[..., KnowledgeBase]


def things(text: str, sources: Sources) -> list[str]:
    return [thing.concept or thing.label for thing in compared(understand(text, sources), sources)]


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("容器和虚拟机有什么区别？", ["container", "virtual_machine"]),
        ("在内核方面，容器和虚拟机有什么区别？", ["container", "virtual_machine"]),
        ("轻量级容器和完整虚拟机有什么区别？", ["container", "virtual_machine"]),
        ("物理机、虚拟机和容器有什么不同？", ["physical_machine", "virtual_machine", "container"]),
        ("虚拟机里的进程和容器里的进程有什么不同？", ["virtual_machine", "container"]),
        ("Which isolates better, a VM or a container?", ["virtual_machine", "container"]),
        ("容器在安全和隔离方面怎么样？", []),
        ("虚拟机是什么？", []),
    ],
)
def test_what_is_joined(question: str, names: list[str], sources: Sources) -> None:
    assert things(question, sources) == names


def test_names_that_articles_use_need_not_be_concepts(told: Filled) -> None:
    sources = told("甲模式由服务器连接。乙模式由客户端连接。").sources()
    assert things("甲模式和乙模式有什么区别？", sources) == ["甲模式", "乙模式"]
    assert things("丙模式和乙模式有什么区别？", sources) == []  # no article speaks of it


def test_what_is_asked_beside_them(sources: Sources) -> None:
    question = understand("在内核方面，轻量级容器和完整虚拟机有什么区别？", sources)
    rest = asked_beside(compared(question, sources), question, terms_of(question, sources))
    assert [term.label for term in rest] == ["kernel"]
