"""Which things a question sets against one another, and what it asks of them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kb.app import KnowledgeBase
from kb.qa.asking.compared import asked_beside, compared
from kb.qa.asking.respects import wanted_beside
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
        ("容器的隔离性跟虚拟机比谁好？", ["container", "virtual_machine"]),
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


def test_two_names_of_one_concept_are_compared_where_articles_tell_them_apart(told: Filled) -> None:
    sources = told("链接克隆比完整克隆创建更快，但链接克隆依赖模板。虚拟机也叫虚机。").sources()
    assert things("链接克隆比完整克隆好在哪、风险又在哪？", sources) == ["链接克隆", "完整克隆"]
    assert things("虚拟机和虚机有什么区别？", sources) == []


def test_versions_share_the_name_before_them(told: Filled) -> None:
    sources = told("cgroups v1 允许多个层级，v2 只有一个统一的层级。").sources()
    first, second = compared(understand("cgroups v1 和 v2 有什么区别？", sources), sources)
    assert first.within("v1 允许多个层级") and second.within("v2 只有一个统一的层级") and not second.within("v1 允许多个层级")


def test_things_of_a_list_are_joined_one_to_the_next(told: Filled) -> None:
    sources = told("镜像由仓库保存，容器由镜像创建。gVisor 和 Kata 隔离容器。").sources()
    assert things("镜像、容器、仓库三者有什么区别？", sources) == ["image", "container", "docker_registry"]
    assert things("Compare gVisor, Kata and containers", sources) == ["gvisor", "kata_containers", "container"]


@pytest.mark.parametrize(
    ("question", "left"),
    [
        ("桥接和 NAT 这两种网络怎么区分？", []),
        ("Docker 里卷和绑定挂载有什么区别？", []),
        ("卷和绑定挂载在备份上有什么区别？", ["backup"]),
    ],
)
def test_what_names_their_kind_or_frame_is_no_respect(question: str, left: list[str], told: Filled) -> None:
    sources = told("桥接和 NAT 是两种网络。Docker 支持卷和绑定挂载。卷的备份很方便。").sources()
    asked = understand(question, sources)
    rest = wanted_beside(compared(asked, sources), asked, terms_of(asked, sources), sources)
    assert [term.label for term in rest] == left
