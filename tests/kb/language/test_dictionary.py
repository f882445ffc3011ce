"""What is read of jieba's dictionary bit by bit is what jieba reads of it at once."""

from __future__ import annotations

import logging
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import jieba
import jieba.posseg
import pytest

from kb.language.dictionary import Dictionary, Frequencies, dictionary

jieba.setLogLevel(logging.WARNING)
THEIRS = jieba.Tokenizer()
THEIRS.initialize()
CHARACTERS = Counter(word[0] for word in THEIRS.FREQ)
COMMON = [character for character, _ in CHARACTERS.most_common(150)]
RARE = sorted(CHARACTERS)[:: len(CHARACTERS) // 150]


def test_the_total_is_that_of_jieba() -> None:
    assert dictionary().total == THEIRS.total


def test_words_and_beginnings_of_words_are_those_of_jieba() -> None:
    characters = {*COMMON, *RARE, *"TaB𠮷γ·1"}
    wanted = {word: frequency for word, frequency in THEIRS.FREQ.items() if word[0] in characters}
    found = {word: n for character in characters for word, n in dictionary().beginning(character).frequencies.items()}
    assert len(wanted) > 50_000 and found == wanted


def test_tags_are_those_of_jieba() -> None:
    tags = jieba.posseg.dt.word_tag_tab
    wanted = {word: tag for word, tag in tags.items() if word[0] in COMMON}
    assert len(wanted) > 30_000 and {word: dictionary().tag(word) for word in wanted} == wanted
    assert dictionary().tag("虚似机") is None and dictionary().tag("") is None


@pytest.mark.parametrize("character", ["\ud800", "\n", " ", "😀", "\0"])
def test_a_character_that_begins_no_word_gives_none(character: str) -> None:
    assert dictionary().beginning(character).frequencies == {}


def test_a_word_that_stands_twice_counts_twice_and_is_what_stood_last() -> None:
    lines = "云端 7 n\n容器 3 n\n容积率 12 v\n云 100 x\n云端 5 v\n"
    small = Dictionary(lines.encode())
    assert small.total == 127
    assert small.beginning("云") == ({"云端": 5, "云": 100}, {"云端": "v", "云": "x"})
    assert small.beginning("容").frequencies == {"容器": 3, "容积率": 12, "容积": 0, "容": 0}


def test_words_of_our_own_go_before_those_of_jieba() -> None:
    theirs = jieba.Tokenizer()
    theirs.initialize()
    own = {"云梯坞": 5, "操作系统": 20_000, "中华人": 9}
    for word, frequency in own.items():
        theirs.add_word(word, freq=frequency)
    ours = Frequencies(own)
    for text in ("云", "操作系统", "中华人民共和国", ""):
        assert ours.of(text) is ours.known
    assert ours.total == theirs.total
    assert ours.known == {word: n for word, n in theirs.FREQ.items() if word[0] in "云操作系统中华人民共和国"}


def test_threads_that_ask_at_once_get_whole_words() -> None:
    ours = Frequencies({})

    def missing(character: str) -> set[str]:
        return {word for word in dictionary().beginning(character).frequencies if word not in ours.of(character)}

    with ThreadPoolExecutor(8) as pool:
        assert not any(pool.map(missing, COMMON * 3))
