"""The journey of a question on the small filled knowledge base: every word is proven, silence where nothing is said."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kb.app import KnowledgeBase
from kb.qa.answering import answer
from kb.qa.sources import Sources
from kb.records import Answer

Add = Callable[..., KnowledgeBase]
Proven = Callable[[Answer, KnowledgeBase], None]
QUESTIONS = [
    "容器和虚拟机有什么区别？",
    "容器和虚拟机哪个启动快？",
    "虚拟机共享宿主机的内核吗？",
    "容器需要单独的操作系统吗？",
    "容器是什么？",
    "Docker的优势有哪些？",
    "为什么虚拟机更消耗资源？",
    "谁管理容器？",
    "虚拟机启动要多久？",
    "所有主机都是服务器吗？",
    "Docker和LXC是什么关系？",
    "隔离租户用什么合适？",
    "如何隔离进程？",
    "你知道什么？",
    "《Docker简介》这篇文章讲了什么？",
    "What is Docker?",
    "Which starts faster, a container or a virtual machine?",
    "How do containers and virtual machines differ?",
    "Is Docker open source?",
    "容器是什么？虚拟机启动要多久？",
    "容器哪一年发明的？",
    "苏打水是什么？",
]


@pytest.mark.parametrize("text", QUESTIONS)
def test_every_reference_of_an_answer_is_proven(text: str, filled_base: KnowledgeBase, proven: Proven) -> None:
    proven(filled_base.ask(text), filled_base)


@pytest.mark.parametrize("text", QUESTIONS)
def test_an_answer_is_the_same_twice(text: str, filled_base: KnowledgeBase) -> None:
    assert filled_base.ask(text) == filled_base.ask(text)


def test_a_bracketed_number_of_an_article_is_no_reference(told: Add, proven: Proven) -> None:
    base = told("容器是一种隔离进程的技术[7]，它共享宿主机的内核。")
    found = base.ask("容器是什么？")
    assert found.status == "answered"
    proven(found, base)


# ---------------------------------------------------------------- refusals


@pytest.mark.parametrize(
    ("text", "question", "answered"),
    [
        ("KSM 扫描内存页，会消耗处理器时间。", "KSM 扫描内存页要几分钟？", False),
        ("KSM 扫描内存页需要三分钟。", "KSM 扫描内存页要几分钟？", True),
        ("SR-IOV 把一块网卡分成多个虚拟功能。", "SR-IOV 的虚拟功能最多有几个？", False),
        ("SR-IOV 的虚拟功能最多有 256 个。", "SR-IOV 的虚拟功能最多有几个？", True),
        ("Podman 4 增加了网络功能。", "Podman 9 有哪些功能？", False),
        ("Podman 9 增加了网络功能。", "Podman 9 有哪些功能？", True),
    ],
)
def test_a_number_asked_for_must_be_told_and_one_named_be_held(text: str, question: str, answered: bool, told: Add) -> None:
    assert (told(text).ask(question).status == "answered") is answered


@pytest.mark.parametrize("text", ["容器是哪一年发明的？", "Docker多少钱？", "虚拟机的作者是谁？", "What year was Docker released?"])
def test_an_unknown_attribute_of_a_known_thing_is_refused_and_names_what_is_known(text: str, filled_base: KnowledgeBase) -> None:
    found = filled_base.ask(text)
    assert found.status == "no_evidence" and found.verdict is None and found.evidence == ()
    assert found.nearby and all(name in found.text for name in found.nearby)


@pytest.mark.parametrize("text", ["苏打水是什么？", "How do I bake bread?", "明天去哪里玩？"])
def test_an_unknown_thing_is_refused(text: str, filled_base: KnowledgeBase) -> None:
    found = filled_base.ask(text)
    assert found.status in ("unknown_concept", "no_evidence")
    assert found.evidence == () and found.table is None and found.paths == ()


@pytest.mark.parametrize("text", ["Mesos是什么？", "Mesos和容器有什么区别？", "Mesos支持容器吗？", "谁开发了Mesos？"])
def test_a_thing_that_no_article_speaks_of_is_refused_by_name(text: str, filled_base: KnowledgeBase) -> None:
    found = filled_base.ask(text)
    assert found.status == "no_evidence"
    assert "Mesos" in found.text


def test_an_empty_base_refuses_everything(empty_base: KnowledgeBase) -> None:
    assert {empty_base.ask(text).status for text in QUESTIONS if "知道" not in text and "文章" not in text} <= {
        "no_evidence",
        "unknown_concept",
    }


# ---------------------------------------------------------------- English


@pytest.mark.parametrize(
    "text",
    [
        "What is Docker?",
        "Is Docker open source?",
        "Which starts faster, a container or a virtual machine?",
        "Why do virtual machines use more resources?",
    ],
)
def test_an_english_question_gets_an_english_frame_around_the_quote(text: str, filled_base: KnowledgeBase) -> None:
    found = filled_base.ask(text)
    assert found.status == "answered" and found.question.language == "en"
    assert found.text.startswith(
        (
            "The articles say",
            "The reasons that articles give: ",
            "In the words of the articles: ",
            "Yes",
            "No",
            "How ",
            "容器 ",
            "container",
            "Start-up speed: ",
        )
    )
    assert not found.text.startswith(("文章说", "是的", "不是"))


def test_an_english_refusal_is_english(filled_base: KnowledgeBase) -> None:
    assert "knowledge base" in filled_base.ask("How do I bake bread?").text
    assert filled_base.ask("What is Mesos?").text.startswith("No article")


# ---------------------------------------------------------------- two questions in one


def test_two_questions_are_answered_one_after_the_other(filled_base: KnowledgeBase, proven: Proven) -> None:
    found = filled_base.ask("容器是什么？虚拟机启动要多久？")
    first, second = filled_base.ask("容器是什么？"), filled_base.ask("虚拟机启动要多久？", ("容器是什么？",))
    assert first.text.rstrip("。").startswith(found.text.split("\n")[0].rstrip("。"))
    assert second.text.startswith(found.text.split("\n")[1].partition("[")[0])
    assert found.question.text == "容器是什么？虚拟机启动要多久？"
    proven(found, filled_base)


def test_a_refusal_of_one_does_not_hide_the_other(filled_base: KnowledgeBase) -> None:
    found = filled_base.ask("苏打水是什么？虚拟机启动要多久？")
    assert found.status == "answered" and "数分钟" in found.text


# ---------------------------------------------------------------- measurements


def test_the_kinds_see_only_what_the_port_gives(sources: Sources) -> None:
    asked: list[tuple[str, str]] = []

    def measure(concept: str, metric: str) -> None:
        asked.append((concept, metric))

    own = Sources(sources.lexicon, sources.tokenizer, sources.domain, sources.reader, sources.graph, measure)
    found = answer("容器和虚拟机哪个启动快？", own)
    assert ("container", "start_time") in asked and ("virtual_machine", "start_time") in asked
    assert found.measurements == () and "start_time" in found.probes and found.not_measured


def test_where_nothing_can_be_measured_nothing_is_said_of_it(filled_base: KnowledgeBase) -> None:
    found = filled_base.ask("容器是什么？")
    assert found.probes == () and found.not_measured is None
