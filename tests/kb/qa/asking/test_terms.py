from __future__ import annotations

from collections.abc import Callable

import pytest

from kb.app import KnowledgeBase
from kb.qa.asking.terms import Term, has_han, terms_of
from kb.qa.asking.understanding import understand
from kb.qa.sources import Sources
from kb.records import Question


def terms(text: str, sources: Sources) -> dict[str, Term]:
    return {term.label: term for term in terms_of(understand(text, sources), sources)}


def test_a_thing_that_articles_speak_of_is_salient_and_has_its_family(sources: Sources) -> None:
    container = terms("容器有多轻？", sources)["container"]
    assert container.salient and not container.missing
    assert dict(container.concepts)["container"] == 1.0
    assert "容器" in container.names


def test_a_thing_that_no_article_speaks_of_is_missing(sources: Sources) -> None:
    mesos = terms("Mesos是什么？", sources)["mesos"]
    assert mesos.missing and mesos.salient and mesos.concepts == ()


def test_stopwords_and_marks_are_no_terms(sources: Sources) -> None:
    assert set(terms("容器是什么呢？", sources)) == {"container"}
    assert terms("是什么？", sources) == {}


def test_words_bring_their_synonyms_the_own_first(sources: Sources) -> None:
    term = terms("容器和虚拟机有什么差别？", sources)["差别"]
    assert term.words[0] == "差别" and "区别" in term.words
    assert not term.salient


def test_english_words_are_looked_up_in_chinese(sources: Sources) -> None:
    found = terms("How long does a virtual machine take to start?", sources)
    assert "virtual_machine" in found
    assert "启动" in found["start"].words and not found["start"].missing


def test_an_unknown_latin_name_is_missing_and_salient(sources: Sources) -> None:
    term = terms("Foobarium是什么？", sources)["foobarium"]
    assert term.missing and term.salient


def test_an_unknown_english_word_weighs_little(sources: Sources) -> None:
    found = terms("Which whimsical containers are there?", sources)
    assert found["whimsical"].missing and not found["whimsical"].salient
    assert found["whimsical"].weight < found["container"].weight


def test_what_says_only_how_or_when_weighs_little_where_no_article_says_it(sources: Sources) -> None:
    found = terms("容器平时大概屏蔽哪些冰箱？", sources)
    assert found["平时"].missing and found["大概"].missing and found["冰箱"].missing
    assert max(found["平时"].weight, found["大概"].weight) < 0.5 * found["冰箱"].weight


def test_an_english_word_in_a_chinese_question_is_looked_up_in_chinese(sources: Sources) -> None:
    found = terms("容器的 profile 和 Office 在哪", sources)
    assert "配置" in found["profile"].words and "办公软件" in found["office"].words
    assert not found["profile"].salient and not found["office"].salient


@pytest.mark.parametrize(
    ("text", "circumstance"),
    [
        ("容器里跑 Foobarium，删掉容器数据会怎样？", True),
        ("想在虚拟机上装 Foobarium，怎么分配内存？", True),
        ("容器里跑 Foobarium，Foobarium 会变慢吗？", False),
        ("容器里跑 Foobarium 要多少内存？", False),
        ("用 Foobarium 监控容器，怎么做？", False),
        ("Foobarium 和容器比，有什么优势？", False),
    ],
)
def test_what_only_runs_inside_a_thing_has_to_be_named_by_no_article(text: str, circumstance: bool, sources: Sources) -> None:
    assert terms(text, sources)["foobarium"].salient is not circumstance


def test_rare_words_weigh_more(sources: Sources) -> None:
    found = terms("容器和cgroups有什么联系？", sources)
    assert found["cgroups"].weight > found["container"].weight


def test_what_the_context_supplies_counts_as_asked(sources: Sources) -> None:
    question = understand("它启动快吗？", sources, ("容器是什么？",))
    assert "container" in {term.label for term in terms_of(question, sources)}


def test_a_compound_that_no_article_names_is_taken_apart(sources: Sources) -> None:
    """Docker Hub is known, but only Docker is spoken of."""
    found = terms("Docker Hub好用吗？", sources)
    assert "docker_hub" not in found and "docker" in found


@pytest.mark.parametrize(("text", "expected"), [("容器", True), ("a容b", True), ("container", False), ("", False), ("。", False)])
def test_han_is_seen(text: str, expected: bool) -> None:
    assert has_han(text) is expected


def test_weights_stay_within_bounds(sources: Sources) -> None:
    question = Question("x", "容器启动苏打水cgroups虚拟机差别Foobarium", "open")
    assert all(0 < term.weight <= 5 for term in terms_of(question, sources))


def test_the_english_name_of_what_stands_in_the_articles_is_not_missing(sources: Sources) -> None:
    """内核 stands there, inside 宿主机的内核; asked in Chinese it is found."""
    assert not terms("虚拟机共享内核吗？", sources)["kernel"].missing
    assert not terms("Does a virtual machine share the kernel?", sources)["kernel"].missing


def test_a_measure_word_is_no_part_of_the_word_behind_it(sources: Sources) -> None:
    assert not {"年发布", "行代码"} & set(terms("容器是哪年发布的？有多少行代码？", sources))


def test_an_ordinary_english_word_is_no_name(sources: Sources) -> None:
    assert not any(term.salient for term in terms("What does a frobnicator do?", sources).values())


def test_a_deed_may_be_said_in_pieces(told: Callable[..., KnowledgeBase]) -> None:
    base = told("资源分配由虚拟机管理程序完成。机房里有很多机器。").sources()
    (term,) = (term for term in terms_of(understand("资源分配是怎么做的？", base), base) if term.label == "resource_allocation")
    assert [part[0] for part in term.parts] == ["资源", "分配"]
