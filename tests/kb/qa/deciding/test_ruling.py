"""Which sentences may decide a question by rule, and that none has to."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kb.app import KnowledgeBase
from kb.qa.asking.understanding import understand
from kb.qa.deciding.ruling import Ruling, rule
from kb.qa.finding.retrieval import Scored
from kb.qa.telling.extracts import weighed

Ruled = Callable[..., Ruling]
TEXT = "虚拟机支持热迁移。容器不支持热迁移。服务器运行在机房里。编译器把源代码变成程序。"


@pytest.fixture
def ruled(told: Callable[..., KnowledgeBase]) -> Ruled:
    sources = told(TEXT).sources()

    def ask(text: str, **scored: float) -> Ruling:
        question = understand(text, sources)
        terms, ranked, _, _ = weighed(question, sources)
        ranked = tuple(Scored(item.sentence, item.covered, item.coverage, scored.get("score", item.score)) for item in ranked)
        return rule(question, ranked, terms, sources)

    return ask


@pytest.mark.parametrize(("question", "verdict"), [("虚拟机支持热迁移吗？", "yes"), ("容器支持热迁移吗？", "no")])
def test_what_is_said_of_the_thing_itself_decides(question: str, verdict: str, ruled: Ruled) -> None:
    ruling = ruled(question)
    assert ruling.decision is not None and ruling.decision.verdict == verdict
    assert ruling.decision.item in ruling.telling and ruling.missing is None


def test_a_thing_that_no_article_names_is_told_as_missing(ruled: Ruled) -> None:
    assert ruled("Firecracker 支持 gVisor 吗？").missing == "subject"
    assert ruled("虚拟机支持 Firecracker 吗？").missing == "object"


def test_sentences_that_are_worth_nothing_decide_nothing_and_do_no_harm(ruled: Ruled) -> None:
    """What lies near by meaning alone may have a score of 0."""
    assert ruled("它不管各台忙不忙，随意摆放，确实如此吗", score=0.0).decision is None
