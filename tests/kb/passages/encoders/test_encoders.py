from __future__ import annotations

import logging
from pathlib import Path

import numpy
import pytest

from kb.passages.encoders import SHIPPED, SentenceEmbedding, chosen
from kb.passages.encoders.static import StaticEncoder
from kb.records import Sentence

SENTENCES = [Sentence("a#0", "a", (0, 7), "容器启动很快。", "容器 / 启动"), Sentence("a#1", "a", (8, 12), "它共享内核。", None, position=1)]


def test_the_shipped_encoder_is_chosen_by_its_name() -> None:
    choice = chosen(SHIPPED)
    assert isinstance(choice.encoder, StaticEncoder) and choice.problem is None


@pytest.mark.parametrize("setting", ["no/such-model-anywhere", "./没有这个文件夹"])
def test_a_model_that_cannot_be_loaded_is_named_and_the_shipped_one_used(
    setting: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    choice = chosen(setting)
    assert isinstance(choice.encoder, StaticEncoder)
    zh, en = choice.problem or ("", "")
    assert setting in zh and setting in en and "自带" in zh and "shipped" in en and "KB_EMBEDDING" in zh and "KB_EMBEDDING" in en
    with caplog.at_level(logging.WARNING):
        embedding = SentenceEmbedding(setting)
        assert embedding.name == SentenceEmbedding().name
        assert embedding.query("容器").shape == (256,)
    assert [record.getMessage() for record in caplog.records if record.name.startswith("kb.")] == [f"{zh} / {en}"]


def test_an_exported_encoder_is_a_model_of_sentence_transformers_with_the_same_vectors(encoder: StaticEncoder, tmp_path: Path) -> None:
    pytest.importorskip("sentence_transformers")
    from kb.passages.encoders.exporting import export

    export(encoder, tmp_path / "exported")
    choice = chosen(str(tmp_path / "exported"))
    assert choice.problem is None and choice.encoder.name == str(tmp_path / "exported")
    texts = ["容器的启动", "docker 内核", "虚拟机"]
    assert choice.encoder.encode(texts) == pytest.approx(encoder.encode(texts), abs=1e-5)
    assert SentenceEmbedding(str(tmp_path / "exported")).name != SentenceEmbedding().name


def test_a_sentence_is_encoded_with_its_heading_and_its_article() -> None:
    embedding = SentenceEmbedding()
    bare, headed = (numpy.frombuffer(numbers, "<f2").astype("f4") for numbers in embedding.encode("", SENTENCES))
    titled = numpy.frombuffer(embedding.encode("虚拟机的迁移", SENTENCES)[1], "<f2").astype("f4")
    wanted = embedding.query("虚拟机迁移")
    assert len(bare) == 256 and numpy.linalg.norm(bare) == pytest.approx(1, abs=1e-2)
    assert float(titled @ wanted) > float(headed @ wanted)


def test_traditional_characters_are_asked_as_simplified_ones() -> None:
    embedding = SentenceEmbedding()
    assert embedding.query("虛擬機的啟動") == pytest.approx(embedding.query("虚拟机的启动"))
