"""What the chosen sentences say to a question, as traits, and how likely they answer it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kb.app import KnowledgeBase
from kb.qa.asking.understanding import understand
from kb.qa.finding.answering import WEIGHTS, Case, likelihood, traits
from kb.qa.telling.extracts import weighed
from kb.qa.weights import weights
from kb.qa.wording import because

Chosen = Callable[[str], Case]
TEXT = "命名卷由守护进程管理，删除容器以后数据还在。虚拟机运行在宿主机上。编译器把源代码变成程序。镜像保存在仓库里。"


@pytest.fixture
def chosen(told: Callable[..., KnowledgeBase]) -> Chosen:
    sources = told(TEXT).sources()

    def ask(text: str) -> Case:
        question = understand(text, sources)
        terms, ranked, _, _ = weighed(question, sources)
        return Case(question, terms, ranked[:1], sources, 1.0, None, (None, None))

    return ask


def test_what_was_fitted_knows_every_trait_and_no_other(chosen: Chosen) -> None:
    assert set(weights(WEIGHTS).of) == {"bias", *traits(chosen("命名卷由谁管理？"))}


def test_a_question_in_the_words_of_the_sentence_is_likelier_answered_than_one_on_another_attribute(chosen: Chosen) -> None:
    assert likelihood(chosen("命名卷由谁管理？")) > likelihood(chosen("命名卷的价格是多少？"))


def test_what_the_sentence_leaves_out_is_counted_by_its_weight(chosen: Chosen) -> None:
    said, unsaid = traits(chosen("命名卷由谁管理？")), traits(chosen("命名卷由谁加密？"))
    assert said["unmet"] < unsaid["unmet"] and said["heaviest unmet"] < unsaid["heaviest unmet"]
    assert said["characters but names"] > unsaid["characters but names"]


def test_what_speaks_against_it_by_rule_is_a_trait(chosen: Chosen) -> None:
    case = chosen("命名卷由谁管理？")
    told = traits(Case(case.question, case.terms, case.chosen, case.sources, 9.0, because("part", covered=0.1, needed=0.3), (0.1, 0.1)))
    assert told["reason: part"] == 1.0 and told["no reason"] == 0.0
    assert told["part"] == 0.1 and told["ahead"] == 4.0
