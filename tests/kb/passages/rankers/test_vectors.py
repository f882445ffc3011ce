from __future__ import annotations

import numpy

from ingest.pipeline import Tools, ingest_text
from kb.app import KnowledgeBase
from kb.passages.rankers import vectors
from kb.passages.ranking import DEPTH, Query, search


def add(base: KnowledgeBase, title: str, text: str) -> str:
    tools = Tools(base.lexicon, base.tokenizer, base.domain)
    return ingest_text(title, text, base.store, tools, max_bytes=1_000).article_id


def query(base: KnowledgeBase, text: str) -> Query:
    return Query.of(text, base.tokenizer, base.embedding)


def test_the_nearest_sentences_come_first(filled_base: KnowledgeBase) -> None:
    ranking = vectors.rank(query(filled_base, "多久才能把虚机开起来"), filled_base.store, 5)
    found = [filled_base.store.sentence(id_) for id_ in ranking]
    assert len(found) == 5 and list(ranking.values()) == sorted(ranking.values(), reverse=True)
    assert any(sentence is not None and "虚拟机启动需要数分钟" in sentence.text for sentence in found)


def test_vectors_of_another_model_are_not_compared(filled_base: KnowledgeBase) -> None:
    own = query(filled_base, "容器")
    assert vectors.rank(Query(own.terms, "another", own.vector), filled_base.store, 5) == {}
    assert vectors.rank(Query(own.terms), filled_base.store, 5) == {}


def test_a_limit_above_the_number_of_sentences_gives_all(filled_base: KnowledgeBase) -> None:
    assert len(vectors.rank(query(filled_base, "容器"), filled_base.store, 10_000)) == filled_base.store.counts()["sentence"]


def test_a_removed_article_is_no_longer_found_and_an_added_one_is(empty_base: KnowledgeBase) -> None:
    first = add(empty_base, "镜像", "镜像是创建容器的只读模板。")
    asked = query(empty_base, "镜像")
    assert [id_.split("#")[0] for id_ in vectors.rank(asked, empty_base.store, 9)] == [first]
    second = add(empty_base, "仓库", "仓库保存镜像。")
    empty_base.remove(first)
    assert [id_.split("#")[0] for id_ in vectors.rank(asked, empty_base.store, 9)] == [second]


def test_search_joins_words_and_vectors(filled_base: KnowledgeBase) -> None:
    asked = query(filled_base, "多久才能把虚机开起来")
    joined = search(asked, filled_base.store)
    assert set(joined) == set(vectors.rank(asked, filled_base.store, DEPTH)) | {
        id_ for id_, _ in filled_base.store.search(asked.terms, limit=DEPTH)
    }
    assert list(joined.values()) == sorted(joined.values(), reverse=True)


def test_a_store_without_vectors_is_searched_by_words(empty_base: KnowledgeBase) -> None:
    add(empty_base, "启动", "容器启动只要几毫秒。虚拟机启动需要数分钟。")
    empty_base.store.remove_vectors(empty_base.embedding.name)
    asked = query(empty_base, "虚拟机启动需要数分钟")
    assert vectors.rank(asked, empty_base.store, 5) == {}
    best = empty_base.store.sentence(next(iter(search(asked, empty_base.store))))
    assert best is not None and "数分钟" in best.text


def test_a_vector_is_kept_with_half_the_bits(filled_base: KnowledgeBase) -> None:
    ids, numbers = filled_base.store.vectors(filled_base.embedding.name)
    kept = numpy.frombuffer(numbers, "<f2").reshape(len(ids), -1)
    assert len(ids) == filled_base.store.counts()["sentence"]
    assert abs(numpy.linalg.norm(kept.astype("f4"), axis=1) - 1).max() < 1e-2
