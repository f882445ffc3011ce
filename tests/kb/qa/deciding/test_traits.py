"""Traits of a question beside a sentence, and what weights make of them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kb.app import KnowledgeBase
from kb.qa.asking.understanding import understand
from kb.qa.deciding.propositions import Proposition
from kb.qa.deciding.traits import answering, denying, of_evidence, of_verdict, trees, weights
from kb.qa.deciding.verdicts import pairs
from kb.qa.telling.extracts import weighed

Beside = Callable[[str], dict[str, tuple[dict[str, float], dict[str, float]]]]
TEXT = "守护进程不会拖慢容器的计算。虚拟机运行在宿主机上。编译器把源代码变成程序。镜像保存在仓库里。"


@pytest.fixture
def beside(told: Callable[..., KnowledgeBase]) -> Beside:
    sources = told(TEXT).sources()

    def ask(text: str) -> dict[str, tuple[dict[str, float], dict[str, float]]]:
        question = understand(text, sources)
        terms, ranked, _, _ = weighed(question, sources)
        found = [pair for pair, _ in pairs(Proposition(question, ranked, terms, sources), ranked)]
        return {pair.item.sentence.text[:4]: (of_evidence(pair, terms), of_verdict(pair, terms)) for pair in found}

    return ask


def test_a_word_in_another_form_shares_its_characters(beside: Beside) -> None:
    evidence, _ = beside("守护进程会不会拖累容器？")["守护进程"]
    assert 0.5 < evidence["characters"] < 1.0
    assert evidence["opens"] == 1.0


def test_what_was_fitted_knows_every_trait_and_no_other(beside: Beside) -> None:
    evidence, verdict = beside("守护进程会不会拖累容器？")["守护进程"]
    assert set(weights()) == {"bias", *evidence}
    assert set(trees().traits) == set(verdict)


def test_the_sentence_that_speaks_of_it_is_likelier_to_answer(beside: Beside) -> None:
    odds = {text: answering(evidence) for text, (evidence, _) in beside("守护进程会不会拖累容器？").items()}
    assert max(odds, key=lambda text: odds[text]) == "守护进程"


def test_a_denial_says_no_and_the_question_turned_round_says_yes(beside: Beside) -> None:
    plain, turned = (beside(text)["守护进程"][1] for text in ("守护进程会拖慢容器吗？", "守护进程不会拖慢容器吗？"))
    assert plain["clause denies"] == 1.0 and turned["clause denies"] == -1.0
    assert denying(plain) > denying(turned)
