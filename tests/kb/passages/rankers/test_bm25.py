from __future__ import annotations

from kb.app import KnowledgeBase
from kb.passages.rankers import bm25
from kb.passages.ranking import Query


def test_the_sentence_that_holds_the_words_comes_first(filled_base: KnowledgeBase) -> None:
    terms = filled_base.tokenizer.terms("虚拟机启动需要数分钟")
    ranking = bm25.rank(Query(tuple(terms)), filled_base.store, 10)
    best = filled_base.store.sentence(next(iter(ranking)))
    assert best is not None and best.text.startswith("虚拟机启动需要数分钟")
    assert list(ranking.values()) == sorted(ranking.values(), reverse=True)


def test_at_most_the_limit_is_ranked(filled_base: KnowledgeBase) -> None:
    assert len(bm25.rank(Query(("容器",)), filled_base.store, 2)) == 2


def test_unknown_words_rank_nothing(filled_base: KnowledgeBase) -> None:
    assert bm25.rank(Query(("苏打水",)), filled_base.store, 5) == {}
    assert bm25.rank(Query(()), filled_base.store, 5) == {}


def test_a_score_is_a_share_of_what_no_sentence_can_pass(filled_base: KnowledgeBase) -> None:
    sentence = next(sentence for sentence in filled_base.store.sentences() if sentence.text.startswith("虚拟机启动需要数分钟"))
    whole = bm25.rank(Query(tuple(set(filled_base.tokenizer.terms(sentence.text)))), filled_base.store, 10)
    little = bm25.rank(Query(("虚拟机", "苏打水", "汽水", "果汁")), filled_base.store, 10)
    assert 0.3 < whole[sentence.id] < 1
    assert 0 < max(little.values()) < 0.2
