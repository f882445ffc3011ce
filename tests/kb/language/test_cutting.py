"""The cutter gives jieba's words, whatever the text: that is its whole contract."""

from __future__ import annotations

import logging
from pathlib import Path

import jieba
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.language.cutting import Cutter
from kb.language.words import Tokenizer

jieba.setLogLevel(logging.WARNING)
THEIRS = jieba.Tokenizer()
THEIRS.initialize()
THEIRS.add_word("云梯坞", freq=20_000)
OURS = Cutter(lambda text: THEIRS.FREQ, THEIRS.total)
ARTICLES = sorted((Path(__file__).parents[3] / "corpus" / "articles").glob("*.md"))


@pytest.mark.parametrize("path", ARTICLES[::8], ids=lambda path: path.stem)
def test_articles_fall_into_the_words_that_jieba_finds(path: Path) -> None:
    for text in (path.read_text(encoding="utf-8"), *path.read_text(encoding="utf-8").splitlines()):
        assert list(OURS.cut(text)) == THEIRS.lcut(text)


@given(st.text(alphabet="容器共享宿主机的内核云梯坞把它们起来不了于是之间一二 Docker-20.10%+#&_\r\n\t，。!、A１ｘ𠮷é", max_size=40))
def test_any_text_falls_into_the_words_that_jieba_finds(text: str) -> None:
    assert list(OURS.cut(text)) == THEIRS.lcut(text)


@given(st.text(max_size=20))
def test_any_characters_at_all(text: str) -> None:
    assert list(OURS.cut(text)) == THEIRS.lcut(text)


def test_words_that_were_added_are_found() -> None:
    assert "云梯坞" in OURS.cut("云梯坞很好用")


@given(st.text(alphabet="虚拟机监视器操作系统内核隔离性能开销中华人民共和国 Docker，", max_size=30))
def test_the_index_gets_the_finer_words_of_jieba(text: str) -> None:
    assert list(FINE._finer(text)) == list(FINE_OF_JIEBA.cut_for_search(text))


FINE = Tokenizer(["虚拟机监视器", "操作系统"])
FINE_OF_JIEBA = jieba.Tokenizer()
FINE_OF_JIEBA.initialize()
for _name in ("虚拟机监视器", "操作系统"):
    FINE_OF_JIEBA.add_word(_name, freq=20_000)
