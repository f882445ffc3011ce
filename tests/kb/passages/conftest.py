"""A very small encoder, made by hand: its texts lie near each other where they share pieces."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy
import pytest

from kb.passages.encoders.static import StaticEncoder, save
from kb.passages.training import lexicon

WORDS = Counter({"容器": 9, "虚拟机": 8, "启动": 7, "内核": 6, "docker": 5, "快": 4, "的": 20})


@pytest.fixture(scope="session")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("model")
    tokenizer = lexicon.build(WORDS, ["k8s"], size=100)
    weights = numpy.random.default_rng(1).normal(size=(tokenizer.get_vocab_size(), 16)).astype(numpy.float32)
    save(folder, tokenizer, weights, name="made-up")
    return folder


@pytest.fixture
def encoder(model: Path) -> StaticEncoder:
    return StaticEncoder(model)
