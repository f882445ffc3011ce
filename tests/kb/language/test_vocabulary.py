from __future__ import annotations

import pytest

from kb.language import vocabulary


@pytest.mark.parametrize(
    ("asked", "plain"),
    [
        ("容器是啥", "容器是什么"),
        ("docker是啥东西", "docker是什么东西"),
        ("容器是什么", "容器是什么"),
        ("容器和虚拟机有神马区别", "容器和虚拟机有什么区别"),
        ("苹果电脑macos", "Mac macos"),
        ("用苹果电脑吗", "用Mac吗"),
        ("", ""),
    ],
)
def test_colloquial_words_become_those_of_articles(asked: str, plain: str) -> None:
    assert vocabulary.plain(asked) == plain


def test_what_is_plain_already_stays() -> None:
    for word in ("虚拟机", "宿主机的内核", "启动速度"):
        assert vocabulary.plain(word) == word


def test_stopwords_hold_both_languages_and_no_name() -> None:
    words = vocabulary.stopwords()
    assert {"的", "the"} <= words
    assert not {"容器", "docker", "内核", "kernel"} & words


def test_synonyms_leave_the_word_itself_out() -> None:
    groups = vocabulary._groups()
    assert groups
    for word in groups:
        others = vocabulary.synonyms(word)
        assert word not in others and len(others) == len(set(others))
        assert all(word in vocabulary.synonyms(other) for other in others)
    assert vocabulary.synonyms("没有这个词") == ()


@pytest.mark.parametrize("word", ["kernel", "share", "shares", "sharing", "isolated", "faster"])
def test_english_words_lead_to_chinese_ones_through_their_endings(word: str) -> None:
    assert vocabulary.in_chinese(word)
    assert not any(other.isascii() and other.islower() and other == word for other in vocabulary.in_chinese(word))


def test_an_unknown_english_word_leads_nowhere() -> None:
    assert vocabulary.in_chinese("xylophone") == ()


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [("用Docker要钱吗", "Docker是免费的", True), ("Docker是免费的吗", "Docker是免费的", False), ("容器是什么", "容器共享内核", False)],
)
def test_the_opposite_of_an_asked_word_is_seen(question: str, text: str, expected: bool) -> None:
    assert vocabulary.opposed(question, text) is expected
