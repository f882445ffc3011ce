"""Traits of a question beside a sentence, and what weights make of them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kb.app import KnowledgeBase
from kb.qa.asking.understanding import understand
from kb.qa.deciding.propositions import Proposition
from kb.qa.deciding.traits import Pair, likelihood, of_evidence, of_verdict, weights
from kb.qa.deciding.verdicts import pairs
from kb.qa.telling.extracts import weighed

TEXT = "守护进程不会拖慢容器的计算。虚拟机运行在宿主机上。编译器把源代码变成程序。镜像保存在仓库里。"


@pytest.fixture
def beside(told: Callable[..., KnowledgeBase]) -> Callable[[str], dict[str, tuple[Pair, dict[str, float]]]]:
    sources = told(TEXT).sources()

    def ask(text: str) -> dict[str, tuple[Pair, dict[str, float]]]:
        question = understand(text, sources)
        terms, ranked, _, _ = weighed(question, sources)
        found = [pair for pair, _ in pairs(Proposition(question, ranked, terms, sources), ranked)]
        return {pair.item.sentence.text[:4]: (pair, of_evidence(pair, terms)) for pair in found}

    return ask


def test_a_word_in_another_form_shares_its_characters(beside: Callable[[str], dict[str, tuple[Pair, dict[str, float]]]]) -> None:
    _, traits = beside("守护进程会不会拖累容器？")["守护进程"]
    assert 0.5 < traits["characters"] < 1.0
    assert traits["opens"] == 1.0


def test_the_weights_know_every_trait_and_no_other(beside: Callable[[str], dict[str, tuple[Pair, dict[str, float]]]]) -> None:
    pair, traits = beside("守护进程会不会拖累容器？")["守护进程"]
    assert set(weights()["evidence"]) == {"bias", *traits}
    assert set(weights()["verdict"]) == {"bias", *of_verdict(pair)}


def test_the_sentence_that_speaks_of_it_is_likelier_to_answer(beside: Callable[[str], dict[str, tuple[Pair, dict[str, float]]]]) -> None:
    found = beside("守护进程会不会拖累容器？")
    odds = {text: likelihood("evidence", traits) for text, (_, traits) in found.items()}
    assert max(odds, key=lambda text: odds[text]) == "守护进程"


def test_a_denial_says_no_and_the_question_turned_round_says_yes(
    beside: Callable[[str], dict[str, tuple[Pair, dict[str, float]]]],
) -> None:
    plain, turned = (of_verdict(beside(text)["守护进程"][0]) for text in ("守护进程会拖慢容器吗？", "守护进程不会拖慢容器吗？"))
    assert plain["clause denies"] == 1.0 and turned["clause denies"] == -1.0
    assert likelihood("verdict", plain) > likelihood("verdict", turned)
