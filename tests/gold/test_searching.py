from __future__ import annotations

from typing import Any

import pytest

from kb.app import KnowledgeBase
from tests.gold.searching import reciprocal_ranks, reworded, search_figures

QUOTE = "虚拟机启动需要数分钟，容器启动只需要几毫秒。"


def asked(question: str, **fields: Any) -> dict[str, Any]:
    return {"question": question, "must": [["没有这样的事实"]], "evidence": [{"article": "容器和虚拟机", "quote": QUOTE}], **fields}


@pytest.mark.parametrize(("question", "expected"), [("虚拟机启动需要几分钟？", False), ("虚机多久才能开起来？", True)])
def test_a_question_is_reworded_by_its_words_alone(question: str, expected: bool, filled_base: KnowledgeBase) -> None:
    assert reworded(asked(question), filled_base) is expected


def test_every_ranker_and_all_together_are_judged(filled_base: KnowledgeBase) -> None:
    ranks = reciprocal_ranks(filled_base, [asked("虚拟机启动需要数分钟吗？"), asked("苏打水多少钱？")])
    assert set(ranks) == {"bm25", "vectors", "both"}
    assert ranks["bm25"] == [1.0, 0.0] and ranks["both"][0] == 1.0


def test_follow_ups_are_left_out_and_a_gain_has_its_interval(filled_base: KnowledgeBase) -> None:
    questions = [asked("虚拟机启动需要数分钟吗？"), asked("那容器呢？", context=["虚拟机启动要多久？"])]
    values = search_figures(filled_base, questions)
    assert values["search.n"] == 1 and "reworded.n" not in values
    assert values["search.bm25.mrr"] == values["search.both@1"] == 1.0
    assert (values["search.gain"], values["search.gain_low"], values["search.gain_high"]) == (0.0, 0.0, 0.0)
