from __future__ import annotations

from collections.abc import Callable

import pytest

from kb.app import KnowledgeBase
from kb.qa.asking.denied import as_denied
from kb.qa.asking.understanding import understand


@pytest.mark.parametrize("question", ["容器不共享宿主机的哪些资源？", "容器和宿主机不共享的东西有哪些？"])
def test_what_is_not_so_is_told_by_what_denies_it(question: str, told: Callable[..., KnowledgeBase]) -> None:
    base = told("容器共享宿主机的内核、驱动和网络资源。容器不会共享宿主机的内存、磁盘等资源。宿主机运行容器。服务器运行在机房里。")
    assert [evidence.quote for evidence in base.ask(question).evidence] == ["容器不会共享宿主机的内存、磁盘等资源。"]


def test_what_is_so_is_not_told_by_a_denial(told: Callable[..., KnowledgeBase]) -> None:
    base = told("容器共享宿主机的内核、驱动和网络资源。容器不会共享宿主机的内存、磁盘等资源。宿主机运行容器。服务器运行在机房里。")
    assert base.ask("容器共享宿主机的哪些资源？").evidence[0].quote == "容器共享宿主机的内核、驱动和网络资源。"


def test_what_nothing_denies_is_not_told(told: Callable[..., KnowledgeBase]) -> None:
    base = told("Docker 支持 Linux、Windows 等系统。Docker 是一个容器引擎。系统由内核和程序组成。服务器运行在机房里。")
    assert base.ask("Docker 不支持哪些系统？").status == "no_evidence"
    assert base.ask("Docker 支持哪些系统？").status == "answered"


@pytest.mark.parametrize("question", ["看容器跑得好不好，要看哪些指标？", "能不能说说看哪些指标？"])
def test_whether_or_not_denies_nothing(question: str, filled_base: KnowledgeBase) -> None:
    assert as_denied(understand(question, filled_base.sources()), filled_base.sources()) is None
