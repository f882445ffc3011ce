from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

import numpy
import pytest

from kb.domain import Domain
from kb.language.words import Tokenizer
from kb.passages.encoders.static import ABOUT, StaticEncoder
from kb.passages.training import lexicon, pairs
from kb.passages.training.__main__ import learn
from kb.passages.training.contrastive import Recipe, train
from kb.passages.training.texts import Asked, Section

SMALL = Recipe(repeats={}, dimensions=16, nested=(16,), epochs=40, batch=8)
SECTION = Section(
    "train",
    "made/up",
    "容器",
    ("容器", "启动"),
    ("容器的启动只要几毫秒。它不用引导操作系统。进程直接由内核创建。", "虚拟机的启动要引导客户机系统。"),
)
ASKED = Asked("train", "容器启动要多久？", "容器共享宿主机内核。容器启动只要几毫秒，很快。", "几毫秒")


def test_every_character_and_name_is_a_piece_and_longer_ones_win() -> None:
    tokenizer = lexicon.build(Counter({"容器": 5, "容": 2, "集群": 2, "共享": 4}), ["k8s", "容器集群"], size=100)
    assert tokenizer.encode("容器集群共享").tokens == ["容器集群", "共享"]
    assert tokenizer.encode("K8S集群，容 器").tokens == ["k8s", "集", "群", "容", "器"]  # 集群 was seen too seldom


def test_a_strange_character_spoils_nothing_around_it() -> None:
    tokenizer = lexicon.build(Counter({"容器": 5}), [], size=100)
    assert tokenizer.encode("容器龘容器😀容器").tokens == ["容器"] * 3


def test_no_more_pieces_than_asked_for() -> None:
    counts = Counter({first + second: 3 for first in "天地玄黄宇宙洪荒" for second in "日月盈昃辰宿列张"})
    assert lexicon.build(counts, [], size=70).get_vocab_size() == 70


def test_pairs_are_found_in_the_texts() -> None:
    assert list(pairs.heading_pairs([SECTION])) == [("容器 启动", SECTION.body), ("启动", SECTION.paragraphs[0])]
    ((sentence, rest),) = pairs.cloze_pairs([SECTION], random.Random(3))
    assert sentence in SECTION.paragraphs[0] and sentence not in rest
    assert list(pairs.neighbour_pairs([SECTION], random.Random(1))) == [SECTION.paragraphs]
    assert list(pairs.question_pairs([ASKED])) == [(ASKED.question, ASKED.paragraph), (ASKED.question, "容器启动只要几毫秒，很快。")]


def test_the_written_questions_are_worded_unlike_their_statements() -> None:
    written = list(pairs.asked_pairs())
    assert len(written) > 10_000
    shared = [len(set(question) & set(statement)) / len(set(question)) for question, statement in written]
    assert sum(shared) / len(shared) < 0.5, "the questions copy their statements, so that words alone would find them"


def test_names_of_a_concept_and_words_that_stand_for_one_another_are_pairs(domain: Domain) -> None:
    found = pairs.name_pairs(domain, ["优点", "startup"])
    assert {("虚拟机", "virtual machine"), ("优点", "好处"), ("startup", "启动")} <= set(found)


def test_training_brings_what_belongs_together_near_and_is_the_same_twice() -> None:
    words = ["甲子", "乙丑", "丙寅", "丁卯", "戊辰", "己巳", "庚午", "辛未"]
    partners = ["春风", "夏雨", "秋叶", "冬雪", "朝霞", "暮云", "晨钟", "晚鼓"]
    tokenizer = lexicon.build(Counter({word: 5 for word in (*words, *partners)}), [], size=200)
    sources = {"made up": list(zip(words, partners, strict=True))}
    weights = train(tokenizer, sources, SMALL)
    rows = weights / numpy.linalg.norm(weights, axis=1, keepdims=True)
    nearest = [int(numpy.argmax([rows[tokenizer.token_to_id(word)] @ rows[tokenizer.token_to_id(p)] for p in partners])) for word in words]
    assert nearest == list(range(8))
    assert (train(tokenizer, sources, SMALL) == weights).all()


def test_the_recipe_writes_a_model_that_encodes(domain: Domain, tokenizer: Tokenizer, tmp_path: Path) -> None:
    learn(
        [SECTION],
        [ASKED],
        [("容器起得来要几秒", "容器启动要多久")],
        domain,
        tokenizer,
        Recipe(repeats={}, dimensions=16, nested=(16,), epochs=1),
        tmp_path,
    )
    encoder = StaticEncoder(tmp_path)
    assert encoder.name.startswith("static-16-") and (tmp_path / ABOUT).is_file()
    assert numpy.linalg.norm(encoder.encode(["容器的启动"])[0]) == pytest.approx(1)
