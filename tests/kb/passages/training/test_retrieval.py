from __future__ import annotations

import numpy
import pytest

from kb.language.words import Tokenizer
from kb.passages.encoders.static import StaticEncoder
from kb.passages.training.retrieval import Figures, Rankings, Trial, figures, gain, rank, trials
from kb.passages.training.texts import Asked, Section

TRIAL = Trial("made up", ("问一", "问二"), ("甲", "乙", "丙"), (0, 2))


def test_the_rank_of_the_wanted_passage_is_what_counts() -> None:
    words = ({0: 0.6, 1: 0.4, 2: 0.2}, {0: 0.6, 1: 0.4, 2: 0.2})
    meaning = ({1: 0.9, 2: 0.5}, {2: 0.9, 1: 0.1})
    by_words, by_vectors, both = figures(TRIAL, Rankings(words, meaning), 1.0)
    assert by_words.reciprocal.tolist() == [1.0, 1 / 3]
    assert by_vectors.reciprocal.tolist() == [0.0, 1.0]
    assert both.reciprocal.tolist() == [1 / 3, 1.0]
    assert (by_words.hits(1), by_words.hits(3), by_words.mrr) == (0.5, 1.0, pytest.approx(2 / 3))


def test_equal_scores_count_as_the_last_of_them() -> None:
    found, _, _ = figures(TRIAL, Rankings(({0: 1.0, 1: 1.0}, {2: 1.0}), ({}, {})), 1.0)
    assert found.reciprocal.tolist() == [0.5, 1.0]


def test_a_gain_comes_with_its_interval() -> None:
    mean, low, high = gain(numpy.asarray([0.1, 0.0, 0.2, 0.1] * 50))
    assert 0 < low < mean < high and mean == pytest.approx(0.1)
    assert Figures(numpy.asarray([0.5, 1.0])).gain(Figures(numpy.asarray([0.5, 1.0]))) == (0.0, 0.0, 0.0)


def test_trials_ask_headings_for_sections_and_questions_for_paragraphs_and_sentences() -> None:
    body = "容器的启动只要几毫秒，因为它不用引导操作系统，进程直接由宿主机的内核创建，没有别的开销。"
    section = Section("dev", "made/up", "容器", ("启动",), (body,))
    asked = Asked("dev", "容器启动要多久？", "容器共享宿主机内核。容器启动只要几毫秒，很快。", "几毫秒")
    headings, paragraphs, sentences = trials([section], [asked])
    assert (headings.queries, headings.passages, headings.wanted) == (("容器 启动",), (body,), (0,))
    assert (paragraphs.queries, paragraphs.passages) == ((asked.question,), (asked.paragraph,))
    assert sentences.passages[sentences.wanted[0]] == "容器启动只要几毫秒，很快。" and len(sentences.passages) == 2


def test_the_rankers_of_answering_are_what_is_judged(encoder: StaticEncoder, tokenizer: Tokenizer) -> None:
    trial = Trial("made up", ("虚拟机的内核",), ("容器启动很快。", "虚拟机有自己的内核。"), (1,))
    rankings = rank(trial, encoder, tokenizer)
    assert set(rankings.vectors[0]) == {0, 1} and max(rankings.bm25[0], key=lambda n: rankings.bm25[0][n]) == 1
