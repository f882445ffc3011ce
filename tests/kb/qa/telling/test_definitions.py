from __future__ import annotations

from collections.abc import Callable

import pytest

from kb.app import KnowledgeBase
from kb.qa.sources import Sources
from kb.qa.telling.definitions import defined_within, defines, explaining, is_figure, names_of, stating


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("容器是一种技术", True),
        ("所谓容器就是一组进程", True),
        ("容器(container)是一种技术", True),
        ("容器指隔开的进程", True),
        ("容器很轻", False),
        ("虚拟机是软件,容器不同", False),
        ("很多年以来大家都说那个叫容器的是什么", False),
        ("沙箱没有容器层,它是轻量的运行方式", False),
        ("老系统不用容器是常事", False),
        ("镜像和容器是两回事", False),
        ("容器与沙箱不是同一个概念", False),
        ("容器和沙箱都是进程", False),
        ("容器不是虚拟机", False),
    ],
)
def test_a_definition_begins_with_the_name_and_says_what_it_is(text: str, expected: bool) -> None:
    assert defines(text, ("容器",)) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("虚拟机需要固件,而容器是一组进程", True),
        ("虚拟机需要固件,容器不需要", False),
        ("虚拟机是软件,里面的容器是进程", False),
    ],
)
def test_a_definition_may_stand_in_a_later_clause(text: str, expected: bool) -> None:
    assert defined_within(text, ("容器",)) is expected


@pytest.mark.parametrize(("text", "expected"), [("容器就像集装箱", True), ("好比一间公寓", True), ("容器是一种技术", False)])
def test_a_comparison_with_everyday_things_is_a_figure(text: str, expected: bool) -> None:
    assert is_figure(text) is expected


def test_names_are_folded(sources: Sources) -> None:
    assert {"docker", "dockerce"} <= set(names_of("docker", sources))


def test_sentences_that_state_the_kind_are_known(sources: Sources) -> None:
    (id_,) = stating("kvm", sources)
    sentence = sources.sentence(id_)
    assert sentence is not None and sentence.text == "KVM是一种Hypervisor。"
    assert stating("container", sources) <= {claim.sentence_id for claim in sources.stated.of("container")}


@pytest.mark.parametrize(
    ("concept", "text"),
    [("docker", "Docker是一个开源的容器引擎。"), ("image", "镜像是创建容器的只读模板。"), ("cgroups", None), ("mesos", None)],
)
def test_the_best_explanation_is_found_or_none(concept: str, text: str | None, sources: Sources) -> None:
    found = explaining(concept, sources)
    assert (found.text if found else None) == text


def test_a_figure_explains_nothing(told: Callable[..., KnowledgeBase]) -> None:
    sources = told("容器就像集装箱，是一种好比喻。容器是一种隔离进程的技术。").sources()
    found = explaining("container", sources)
    assert found is not None and found.text == "容器是一种隔离进程的技术。"


def test_a_longer_latin_name_is_another_name() -> None:
    assert not defines("containerd是一种运行时。", ("container",))
    assert defines("container是一种进程。", ("container",))


def test_what_begins_with_a_longer_name_tells_of_that(told: Callable[..., KnowledgeBase]) -> None:
    base = told("计算机网络是一组能够交换数据的设备。计算机是一种按程序处理数据的机器。")
    found = explaining("computer", base.sources())
    assert found is not None and found.text == "计算机是一种按程序处理数据的机器。"
    assert base.ask("什么是计算机").evidence[0].quote == "计算机是一种按程序处理数据的机器。"
