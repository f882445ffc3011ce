"""Which of two things a sentence finds more so."""

from __future__ import annotations

import pytest

from kb.qa.deciding.degrees import Degree, asked_degree, more_so


@pytest.mark.parametrize(
    ("question", "degree"),
    [
        ("容器比虚拟机快吗？", Degree("快")),
        ("容器比虚拟机更安全吗?", Degree("安全")),
        ("虚拟机的隔离比容器弱?", Degree("弱")),
        ("容器比虚拟机更消耗资源吗?", Degree("消耗资源", verb=True)),
        ("is docker slower than a vm?", Degree("慢")),
        ("容器是什么?", None),
    ],
)
def test_the_degree_asked_for(question: str, degree: Degree | None) -> None:
    assert asked_degree(question) == degree


@pytest.mark.parametrize(
    ("sentence", "word", "side"),
    [
        ("容器比虚拟机更快", "快", "a"),
        ("虚拟机比容器更快", "快", "b"),
        ("与虚拟机相比，容器更慢", "快", "b"),
        ("与虚拟机相比，容器更慢", "慢", "a"),
        ("虚拟机的隔离更强", "强", "b"),
        ("容器的开销低于虚拟机", "高", "b"),
        ("容器的隔离不如虚拟机", "好", "b"),
        ("容器更贵，比虚拟机启动更快", "快", "a"),
        ("容器要收费，所以比虚拟机更贵", "便宜", "b"),
        ("容器很有名", "快", None),
        ("容器的性能优于模拟器，接近虚拟机", "好", None),
        ("虚拟机很重，容器的性能优于它", "好", "a"),
    ],
)
def test_the_side_that_is_more_so(sentence: str, word: str, side: str | None) -> None:
    assert more_so(sentence, Degree(word), ("容器",), ("虚拟机",)) == side


def test_a_verb_counts_as_a_degree() -> None:
    assert more_so("虚拟机更消耗资源", Degree("消耗资源", verb=True), ("容器",), ("虚拟机",)) == "b"


def test_only_clauses_on_the_aspect_count() -> None:
    sentence = "与 runc 相比，gVisor 的隔离更强，兼容性更差"
    assert more_so(sentence, Degree("好"), ("gvisor",), ("runc",), ("兼容性",)) == "b"
    assert more_so(sentence, Degree("强"), ("gvisor",), ("runc",), ("隔离",)) == "a"
