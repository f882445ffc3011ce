"""English questions: the kind is heard in spite of plurals and misspellings, and the words around the Chinese quotes are English."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from kb.app import KnowledgeBase
from kb.language.vocabulary import in_chinese_frame
from kb.presenting import explanation_json, path_text
from kb.qa.asking.understanding import find_aspect
from kb.qa.sources import Sources
from kb.qa.wording import worded
from kb.records import Answer

Told = Callable[..., KnowledgeBase]
HAN = re.compile(r"[\u4e00-\u9fff]")
QUOTED = re.compile(r"“[^”]*”|《[^》]*》")


def frame(answer: Answer) -> str:
    """The answer without its quotes and titles."""
    return QUOTED.sub("", answer.text)


@pytest.mark.parametrize(
    ("asked", "kind"),
    [
        ("What is the difference between a container and a VM?", "comparison"),
        ("What's the diffrence between continers and virtual machines?", "comparison"),
        ("which one uses less memory, docker or a vm", "comparison"),
        ("Define container.", "definition"),
        ("What is an advantage of containers?", "listing"),
        ("What are the advantges of containers?", "listing"),
        ("What runs on this machine?", "here"),
        ("What is running here?", "here"),
        ("现在运行着什么？", "here"),
        ("这台机器上在跑什么？", "here"),
        ("What is the article about Docker about?", "meta"),
        ("讲Docker的那篇文章说了什么？", "meta"),
        ("Why are containers lighter than virtual machines?", "cause"),
    ],
)
def test_the_kind_is_heard(asked: str, kind: str, filled_base: KnowledgeBase) -> None:
    assert filled_base.ask(asked).question.kind == kind


@pytest.mark.parametrize(
    "asked",
    [
        "What is the difference between a container and a VM?",
        "Is a container faster to start than a virtual machine?",
        "Does a VM share the host kernel?",
        "What is Docker?",
        "Why does a VM use more resources?",
        "What are the advantages of Docker?",
        "How does Docker isolate processes?",
        "When should I use a VM?",
        "How long does a container take to start?",
        "How are Docker and containers related?",
        "What do you know?",
    ],
)
def test_only_quotes_and_titles_are_chinese(asked: str, filled_base: KnowledgeBase) -> None:
    answer = filled_base.ask(asked)
    assert answer.status == "answered"
    assert not HAN.search(frame(answer)), frame(answer)
    assert not any(HAN.search(row.aspect + (row.verdict or "")) for row in (answer.table.rows if answer.table else ()))
    assert not any(HAN.search(path_text(path, filled_base, "en")) for path in answer.paths)


def test_a_misspelt_word_is_said_to_be_read_otherwise_and_the_question_stays_as_typed(filled_base: KnowledgeBase) -> None:
    asked = "What is the diffrence between a container and a VM?"
    answer = filled_base.ask(asked)
    assert answer.question.text == asked and answer.explain.reasons[0].key == "spelt"
    assert "difference" in worded(answer.explain.reasons[0], "en")


@pytest.mark.parametrize("asked", ["What is the weather today?", "Can you cook pasta?", "What is a gizmotron?"])
def test_a_word_is_not_bent_into_another_that_would_be_answered(asked: str, filled_base: KnowledgeBase) -> None:
    assert filled_base.ask(asked).status != "answered"


@pytest.mark.parametrize(
    ("before", "then", "kind", "concept"),
    [
        ("What is a container?", "and a VM?", "definition", "virtual_machine"),
        ("Why does a container start fast?", "what about a VM?", "cause", "virtual_machine"),
        ("什么是容器？", "那虚拟机呢？", "definition", "virtual_machine"),
    ],
)
def test_a_follow_up_asks_the_same_of_another_thing(before: str, then: str, kind: str, concept: str, filled_base: KnowledgeBase) -> None:
    question = filled_base.ask(then, (before,)).question
    assert (question.kind, question.concepts[0]) == (kind, concept)


def test_its_points_to_the_thing_asked_about_before(filled_base: KnowledgeBase) -> None:
    assert "container" in filled_base.ask("and how much is its memory?", ("What is a container?",)).question.concepts


def test_how_an_english_answer_was_found_is_told_in_english(filled_base: KnowledgeBase) -> None:
    found: dict[str, Any] = explanation_json(filled_base.ask("Does a VM share the host kernel?"), filled_base)
    assert found["concepts"][0] == "virtual machine"
    worded_so = next(row["en"] for row in found["reasons"] if row["key"] == "framed")  # the Chinese words in which it was asked
    assert all(row["term"] in worded_so for row in found["sought"] if HAN.search(row["term"]))
    reason = next(row for row in found["reasons"] if row["key"].startswith("decided"))
    assert not HAN.search(QUOTED.sub("", reason["en"])) and "_" not in QUOTED.sub("", reason["en"])


def test_a_year_is_no_other_number_of_four_digits(told: Told) -> None:
    base = told("Docker 在 2013 年发布。测量时 Docker 达到 84092 IOPS。Docker 把 8080 端口转发到容器。")
    for asked in ("Docker什么时候发布的？", "When was Docker released?"):
        text = base.ask(asked).text
        assert "2013" in text and "8080" not in text and "84092" not in text


def test_one_article_is_told_by_its_title_without_quotation_marks(sources: Sources, filled_base: KnowledgeBase) -> None:
    title = filled_base.store.articles()[0].title
    answer = filled_base.ask(f"讲{title}的那篇文章说了什么？")
    assert answer.status == "answered" and {e.article_title for e in answer.evidence} == {title}


def test_a_possessive_names_what_it_belongs_to(filled_base: KnowledgeBase) -> None:
    answer = filled_base.ask("Does a VM share the host's kernel?")
    assert answer.question.concepts == ("virtual_machine", "host_kernel") and answer.verdict == "no"


def test_an_answer_begins_with_nothing_that_points_before_it(told: Told) -> None:
    base = told("# 内存\n容器启动快。另一方面，客户机释放的内存默认不会归还宿主机。")
    assert "另一方面" not in base.ask("客户机释放的内存会归还宿主机吗？").text


@pytest.mark.parametrize(
    ("asked", "chinese"),
    [
        ("How many types of hypervisors are there?", "hypervisors有哪几种"),
        ("What are the different kinds of namespaces?", "namespaces有哪几种"),
        ("List the types of an image", "image有哪几种"),
        ("What is the startup time of a container?", "container启动要多久"),
        ("How fast does a VM boot?", "VM启动要多久"),
        ("What does KVM stand for?", "KVM的全称是什么"),
        ("Who originally created Docker?", "Docker是谁开发的"),
        ("Which company makes Podman?", "Podman是哪家公司开发的"),
        ("When was Docker first released?", "Docker是什么时候发布的"),
        ("What is the difference between types of hypervisors?", None),
        ("Why are there two types of hypervisors?", None),
    ],
)
def test_what_a_chinese_question_asks_in_so_many_words_is_asked_by_it(asked: str, chinese: str | None) -> None:
    assert in_chinese_frame(asked) == chinese


def test_an_english_question_asked_in_chinese_words_is_answered_in_english(filled_base: KnowledgeBase) -> None:
    answer = filled_base.ask("What is the startup time of a container?")
    assert (answer.question.kind, answer.question.language, answer.status) == ("quantity", "en", "answered")
    assert answer.question.text == answer.question.resolved == "What is the startup time of a container?" and not HAN.search(frame(answer))
    assert answer.explain.reasons[0].key == "framed"


@pytest.mark.parametrize(
    ("asked", "aspect"),
    [
        ("Which uses less memory, a container or a VM?", "资源占用"),
        ("Which is lighter, a container or a VM?", "资源占用"),
        ("容器和虚拟机哪个更轻？", "资源占用"),
        ("Which takes less disk space, a container or a VM?", "磁盘占用"),
        ("Is a container easier to migrate than a VM?", "迁移"),
        ("Which is quicker to start, a container or a VM?", "启动速度"),
        ("What is memory virtualization?", None),
    ],
)
def test_the_aspect_is_heard_also_where_it_takes_more_than_a_word(asked: str, aspect: str | None, sources: Sources) -> None:
    found = find_aspect(asked, sources)
    assert found == aspect


def test_each_aspect_of_a_comparison_can_be_asked_on_about_by_its_english_name(sources: Sources, filled_base: KnowledgeBase) -> None:
    before = "What is the difference between a container and a virtual machine?"
    for aspect in sources.domain.aspects.values():
        assert find_aspect(f"What about {aspect.en}?", sources) == aspect.id
    judged = [row for row in filled_base.ask(before).table.rows if row.verdict]  # type: ignore[union-attr]
    assert judged
    for row in judged:
        answer = filled_base.ask(f"What about {row.aspect}?", (before,))
        assert answer.question.kind == "comparison" and row.verdict in answer.text
