from __future__ import annotations

import pytest

from kb.language import cues


@pytest.mark.parametrize(
    "text",
    [
        "不",
        "并不",
        "没有",
        "并非",
        "从不",
        "无需",
        "无法",
        "未",
        "不再",
        "省去了",
        "同时不",
        "不同的容器之间不",
        "不仅慢而且不",
    ],
)
def test_a_negation_denies(text: str) -> None:
    assert cues.negated(text) is True


@pytest.mark.parametrize(
    "text",
    [
        "",
        "也",
        "不仅",
        "不同的",
        "不断",
        "差不多",
        "不管怎样都",
        "不过",
        "不少",
        "不限于",
        "不免",
        "不超过",
        "未来",
        "不得不",
        "并不是不",
        "不能不",
        "没有不",
    ],
)
def test_harmless_words_and_two_negations_affirm(text: str) -> None:
    assert cues.negated(text) is False


@pytest.mark.parametrize(
    ("text", "hedge"),
    [
        ("通常", "通常"),
        ("一般来说虚拟机", "一般来说"),
        ("主机可以看成", "可以看成"),
        ("某种程度上", "某种程度上"),
        ("一定", None),
        ("", None),
    ],
)
def test_the_hedging_word_is_given_as_it_stands(text: str, hedge: str | None) -> None:
    assert cues.hedge_in(text) == hedge


def test_the_first_word_of_a_group_is_found_and_the_longest_there_wins() -> None:
    assert cues.find("condition", "只要内核相同，如果") == (0, 2)
    assert cues.find("negation", "宿主机没有显示器") == (3, 5)
    assert cues.find("cause", "容器很轻") is None


@pytest.mark.parametrize("group", ["negation", "hedge", "cause", "condition", "analogy", "example", "universal", "upper", "lower"])
def test_a_group_has_words_longest_first(group: str) -> None:
    lengths = [len(word) for word in cues.words(group)]
    assert lengths and lengths == sorted(lengths, reverse=True)


def test_an_unknown_group_raises() -> None:
    with pytest.raises(KeyError):
        cues.words("nothing")


@pytest.mark.parametrize(
    ("text", "says_no"), [("很少", True), ("几乎没有", True), ("难以", True), ("并不难以", False), ("不", True), ("通常", False)]
)
def test_what_is_nearly_denied_counts_as_denied(text: str, says_no: bool) -> None:
    assert cues.denied(text) is says_no


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("让未经修改的操作系统", "让操作系统"),
        ("没有人维护的旧系统不能", "旧系统不能"),
        ("并不知道自己", "并自己"),
        ("不是所有的容器都", "不是所有的容器都"),
        ("不能直接", "不能直接"),
    ],
)
def test_a_denial_of_a_noun_or_of_knowing_is_not_of_the_verb(text: str, rest: str) -> None:
    assert cues.of_the_verb(text) == rest
