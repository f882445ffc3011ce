"""What a comparison is to tell first, in whatever words it is asked."""

from __future__ import annotations

import pytest

from kb.qa.asking.compared import in_question
from kb.qa.asking.emphasis import bare, emphasis_of, respects_in, sets_apart
from kb.qa.asking.understanding import understand
from kb.qa.sources import Sources
from kb.records import Question


@pytest.mark.parametrize(
    ("question", "better"),
    [
        ("Podman 比 Docker 好在哪儿？", "podman"),
        ("虚拟机比容器强在什么地方", "virtual_machine"),
        ("虚拟机比普通容器好在哪里？", "virtual_machine"),
        ("容器比虚拟机差在哪里？", "virtual_machine"),
        ("和容器相比，虚拟机有什么优势？", "virtual_machine"),
        ("虚拟机相对容器的优势是什么？", "virtual_machine"),
        ("与虚拟机相比，容器有哪些不足？", "virtual_machine"),
        ("容器和虚拟机有什么区别？", None),
        ("容器和虚拟机各有什么优劣？", None),
    ],
)
def test_in_what_which_of_the_two_is_better(question: str, better: str | None, sources: Sources) -> None:
    asked = understand(question, sources)
    things = in_question(Question(asked.text, bare(asked.resolved), "", asked.concepts), sources)
    emphasis = emphasis_of(Question(asked.text, bare(asked.resolved), "", asked.concepts), things, sources)
    assert (things[emphasis.better].concept if emphasis.better is not None else None) == better


@pytest.mark.parametrize(
    ("question", "each"),
    [
        ("容器和虚拟机各有什么优劣", True),
        ("容器和虚拟机各自的优缺点是什么", True),
        ("容器和虚拟机的利弊", True),
        ("容器和虚拟机有哪些优点和缺点", True),
        ("容器和虚拟机有什么区别", False),
    ],
)
def test_what_speaks_for_and_against_each(question: str, each: bool, sources: Sources) -> None:
    asked = understand(question, sources)
    assert emphasis_of(asked, in_question(asked, sources), sources).each is each
    assert sets_apart(question) is each


@pytest.mark.parametrize(
    ("question", "left"),
    [
        ("Podman 比 Docker 好在哪儿？", "Podman 比 Docker"),
        ("容器和虚拟机的对比", "容器和虚拟机"),
        ("A、B、C 三者的比较", "A、B、C"),
        ("容器和虚拟机哪个快", "容器和虚拟机哪个快"),
    ],
)
def test_the_words_that_ask_for_a_comparison_name_no_respect(question: str, left: str) -> None:
    assert bare(question).strip() == left


def test_respects_in_their_order(sources: Sources) -> None:
    text = "从体积、启动速度、隔离性几方面比较一下容器和虚拟机"
    things = in_question(understand(text, sources), sources)
    assert respects_in(text, things, sources) == ("体积", "启动速度", "隔离性") or len(respects_in(text, things, sources)) == 3
