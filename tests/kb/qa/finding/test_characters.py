"""Characters of a question that tell something, and how much of them a text holds."""

from __future__ import annotations

from collections.abc import Callable

from kb.app import KnowledgeBase
from kb.qa.finding.characters import share, telling
from kb.qa.finding.index import index_of


def test_characters_that_only_ask_tell_nothing_and_latin_words_stay_whole() -> None:
    every, rest = telling("docker的卷会丢吗", ["docker"])
    assert every == {"docker", "卷", "丢"} and rest == {"卷", "丢"}


def test_where_the_name_is_all_that_is_asked_it_counts_itself() -> None:
    assert telling("容器呢", ["容器"])[1] == {"容", "器"}


def test_rare_characters_count_more(told: Callable[..., KnowledgeBase]) -> None:
    index = index_of(told("容器很快。容器很小。容器拖累宿主机。").sources())
    assert share({"拖", "容"}, "拖", index) > share({"拖", "容"}, "容", index)
    assert share({"拖", "容"}, "拖容", index) == 1.0
    assert share(set(), "拖", index) == 0.0
