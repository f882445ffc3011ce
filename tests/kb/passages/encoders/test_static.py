from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy
import pytest

from kb.passages.encoders.static import MODEL, StaticEncoder, save
from kb.passages.training import lexicon


def test_texts_get_vectors_of_length_one_and_unknown_ones_zeros(encoder: StaticEncoder) -> None:
    vectors = encoder.encode(["容器启动快", "龘龘", ""])
    assert vectors.shape == (3, 16) and vectors.dtype == numpy.float32
    assert numpy.linalg.norm(vectors, axis=1).tolist() == pytest.approx([1.0, 0.0, 0.0])
    assert encoder.encode([]).shape == (0, 16)


def test_a_text_lies_where_its_pieces_are_whatever_their_order_and_width(encoder: StaticEncoder) -> None:
    one, same, other = encoder.encode(["Docker容器 启动", "启动，ｄｏｃｋｅｒ容器", "虚拟机的内核"])
    assert one == pytest.approx(same)
    assert float(one @ other) < 0.9


def test_a_batch_gives_what_single_texts_give(encoder: StaticEncoder) -> None:
    texts = ["容器", "虚拟机的内核", "docker", "龘"]
    assert encoder.encode(texts) == pytest.approx(numpy.concatenate([encoder.encode([text]) for text in texts]))


def test_pieces_match_the_nearest_of_a_text_whatever_stands_beside_it(encoder: StaticEncoder) -> None:
    asked, short, long, other = encoder.pieces(["容器启动", "启动容器", "虚拟机的内核，容器的启动", "内核"])
    same, within, apart = encoder.matched(asked, [short, long, other])
    assert same == pytest.approx(1.0) and within == pytest.approx(1.0), "what stands beside the matching pieces takes nothing away"
    assert 0.0 <= apart < 0.9
    assert encoder.matched(asked, []).shape == (0,)
    assert encoder.matched(encoder.pieces([""])[0], [short]).tolist() == [0.0]


def test_pieces_that_say_more_count_more(tmp_path: Path) -> None:
    tokenizer = lexicon.build(lexicon.Counter({"容器": 3, "启动": 3}), [], size=100)
    weights = numpy.zeros((tokenizer.get_vocab_size(), 4), dtype=numpy.float32)
    first, second = (tokenizer.token_to_id(word) for word in ("容器", "启动"))
    weights[first], weights[second] = (3.0, 0.0, 0.0, 0.0), (0.0, 1.0, 0.0, 0.0)
    save(tmp_path, tokenizer, weights, name="weighed")
    made = StaticEncoder(tmp_path)
    asked, *texts = made.pieces(["容器启动", "容器", "启动"])
    assert made.matched(asked, texts).tolist() == pytest.approx([0.75, 0.25], abs=1e-3)


def test_eight_bits_a_number_keep_the_vectors(tmp_path: Path) -> None:
    tokenizer = lexicon.build(lexicon.Counter({"容器": 3}), [], size=100)
    weights = numpy.random.default_rng(2).normal(size=(tokenizer.get_vocab_size(), 64)).astype(numpy.float32)
    weights[3] = 0  # a piece that nothing was learnt of
    save(tmp_path, tokenizer, weights, name="rounded")
    assert numpy.abs(StaticEncoder(tmp_path).weights() - weights).max() < numpy.abs(weights).max() / 200


def test_what_is_shipped_is_small_and_knows_near_words_from_far_ones() -> None:
    assert sum(path.stat().st_size for path in MODEL.iterdir()) < 13_000_000
    question, near, far = StaticEncoder().encode(
        ["容器为什么启动快？", "容器无需引导操作系统，几毫秒即可运行。", "管理员可以在控制面板中修改打印机的纸张大小。"]
    )
    assert float(question @ near) > float(question @ far) + 0.1


def test_answering_loads_no_torch() -> None:
    code = "import sys; from kb.passages.encoders import SentenceEmbedding as E; E().query('容器'); print('torch' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "False"
