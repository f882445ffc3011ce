from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.language.words import Tokenizer, Word


def test_words_of_the_vocabulary_are_one_word(tokenizer: Tokenizer) -> None:
    assert [word.text for word in tokenizer.words("宿主机运行半虚拟化")] == ["宿主机", "运行", "半虚拟化"]


def test_a_vocabulary_of_our_own_changes_what_is_a_word() -> None:
    text = "云梯坞很好用"
    assert "云梯坞" not in [word.text for word in Tokenizer().words(text)]
    assert Tokenizer(["云梯坞"]).words(text)[0] == Word("云梯坞", 0, 3)


def test_the_tokenizer_leaves_the_global_jieba_alone() -> None:
    """In a process of its own, since the global jieba is shared with whoever else runs here."""
    program = """
import jieba, logging
jieba.setLogLevel(logging.WARNING)
text = "云梯坞很好用"
before = jieba.lcut(text)
from kb.language.words import Tokenizer
own = Tokenizer(["云梯坞"])
assert own.words(text)[0].text == "云梯坞"
own.tagged(text)
assert jieba.lcut(text) == before and "云梯坞" not in before, jieba.lcut(text)
assert "云梯坞" not in jieba.dt.FREQ
other = Tokenizer()
assert "云梯坞" not in [word.text for word in other.words(text)]
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_name_at_the_end_of_a_phrase_is_a_word_of_its_own(tokenizer: Tokenizer) -> None:
    assert [word.text for word in tokenizer.words("分配资源")] == ["分配", "资源"]


@given(st.text(alphabet="容器共享宿主机的内核。 Docker-20.10\n，A１", max_size=30))
def test_words_cover_the_text_in_order(text: str) -> None:
    words = OWN.words(text)
    assert "".join(word.text for word in words) == text
    assert all(text[word.start : word.end] == word.text for word in words)


OWN = Tokenizer(["宿主机", "容器"])


def test_tagged_words_carry_a_part_of_speech(tokenizer: Tokenizer) -> None:
    tagged = tokenizer.tagged("容器共享内核")
    assert [(word.text, word.start, word.end) for word in tagged] == [("容器", 0, 2), ("共享", 2, 4), ("内核", 4, 6)]
    assert tagged[0].tag == "n" and all(word.tag for word in tagged)


@pytest.mark.parametrize(
    ("text", "wanted", "unwanted"),
    [
        ("Docker容器，很轻。", {"docker", "容器"}, {"，", "。", "Docker"}),
        ("IBM测试", {"ibm", "测试"}, set()),
        ("  ", set(), {" "}),
        ("宿主机操作系统", {"宿主机操作系统", "操作", "系统"}, set()),
    ],
)
def test_terms_are_lower_case_words_without_marks(text: str, wanted: set[str], unwanted: set[str], tokenizer: Tokenizer) -> None:
    terms = set(tokenizer.terms(text))
    assert wanted <= terms
    assert not unwanted & terms


@pytest.mark.parametrize("text", ["容器 共享\n内核。", "Docker 和 LXC 都用 namespace", "容器", ""])
def test_a_doc_has_the_text_and_its_offsets(text: str, tokenizer: Tokenizer) -> None:
    doc = tokenizer.doc(text)
    assert doc.text == text
    assert all(text[token.idx : token.idx + len(token.text)] == token.text for token in doc)


def test_a_doc_carries_the_tags(tokenizer: Tokenizer) -> None:
    text = "容器共享内核"
    assert [token.tag_ for token in tokenizer.doc(text)] == [word.tag for word in tokenizer.tagged(text)]


@pytest.mark.parametrize(("text", "expected"), [("溶器", True), ("的容", False), ("虚似机", True), ("操作系统", False)])
def test_a_misspelt_name_falls_to_pieces(text: str, expected: bool, tokenizer: Tokenizer) -> None:
    assert tokenizer.may_be_name(text) is expected


def test_a_word_of_the_dictionary_is_known(tokenizer: Tokenizer) -> None:
    assert tokenizer.is_word("操作系统") and not tokenizer.is_word("虚似机")
