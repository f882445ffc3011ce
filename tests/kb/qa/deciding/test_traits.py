"""Traits of a question beside a sentence, and what weights make of them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kb.app import KnowledgeBase
from kb.qa.asking.understanding import understand
from kb.qa.deciding.propositions import Proposition
from kb.qa.deciding.ruling import rule
from kb.qa.deciding.traits import WEIGHTS, answering, of_closer_look, of_evidence, of_ruling, of_verdict, says, trees
from kb.qa.deciding.verdicts import pairs
from kb.qa.telling.extracts import weighed
from kb.qa.weights import weights

Beside = Callable[[str], dict[str, dict[str, float]]]
TEXT = "守护进程不会拖慢容器的计算。虚拟机运行在宿主机上。编译器把源代码变成程序。镜像保存在仓库里。"


@pytest.fixture
def beside(told: Callable[..., KnowledgeBase]) -> Beside:
    """Traits of a closer look at each sentence, by its beginning."""
    sources = told(TEXT).sources()

    def ask(text: str) -> dict[str, dict[str, float]]:
        question = understand(text, sources)
        terms, ranked, _, _ = weighed(question, sources)
        ruled = rule(question, ranked, terms, sources).decision
        found = {}
        for pair, _ in pairs(Proposition(question, ranked, terms, sources), ranked):
            evidence = of_evidence(pair, terms)
            found[pair.item.sentence.text[:4]] = of_closer_look(evidence, answering(evidence), of_verdict(pair, terms, ruled))
        return found

    return ask


def test_a_word_in_another_form_shares_its_characters(beside: Beside) -> None:
    traits = beside("守护进程会不会拖累容器？")["守护进程"]
    assert 0.5 < traits["characters"] < 1.0
    assert traits["opens"] == 1.0


def test_what_was_fitted_knows_every_trait_and_no_other(beside: Beside) -> None:
    traits = beside("守护进程会不会拖累容器？")["守护进程"]
    assert set(weights(WEIGHTS).of) - {"bias"} < set(traits)
    assert set(trees().traits) == set(traits)


def test_the_sentence_that_speaks_of_it_is_likelier_to_answer(beside: Beside) -> None:
    likely = {text: traits["likely"] for text, traits in beside("守护进程会不会拖累容器？").items()}
    assert max(likely, key=lambda text: likely[text]) == "守护进程"


def test_a_denial_says_no_and_the_question_turned_round_says_yes(beside: Beside) -> None:
    plain, turned = (beside(text)["守护进程"] for text in ("守护进程会拖慢容器吗？", "守护进程不会拖慢容器吗？"))
    assert plain["clause denies"] == 1.0 and turned["clause denies"] == -1.0
    (plain_yes, plain_no), (turned_yes, turned_no) = says(plain), says(turned)
    assert plain_no > plain_yes and turned_yes > turned_no


def test_what_the_rules_decide_is_told_by_the_sentence_and_the_way(beside: Beside) -> None:
    traits = beside("守护进程会拖慢容器吗？")
    assert traits["守护进程"]["ruled no"] == 1.0 and traits["守护进程"]["ruled no elsewhere"] == 0.0
    assert traits["虚拟机运"]["ruled no"] == 0.0 and traits["虚拟机运"]["ruled no elsewhere"] == 1.0
    assert traits["守护进程"]["ruled by denial"] == 1.0


def test_without_a_ruling_nothing_is_told_of_one(beside: Beside, told: Callable[..., KnowledgeBase]) -> None:
    sources = told(TEXT).sources()
    question = understand("守护进程会不会拖累容器？", sources)
    terms, ranked, _, _ = weighed(question, sources)
    (pair, _), *_ = pairs(Proposition(question, ranked, terms, sources), ranked)
    assert not any(of_ruling(pair, None).values())
