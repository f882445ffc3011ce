from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.language.sentences import split_clauses, split_sentences


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in split_sentences(text)]


def clauses(text: str) -> list[str]:
    return [text[start:end] for start, end in split_clauses(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("容器很轻。虚拟机很重！选哪个？", ["容器很轻。", "虚拟机很重！", "选哪个？"]),
        ("先建镜像；再起容器;最后收工", ["先建镜像；", "再起容器;", "最后收工"]),
        ("第一行没有句号\n第二行也没有", ["第一行没有句号", "第二行也没有"]),
        ("他问：“要不要重启？我看不用。”于是没动。", ["他问：“要不要重启？我看不用。”于是没动。"]),
        ("内核（宿主机的。共享的！）只有一个。真的。", ["内核（宿主机的。共享的！）只有一个。", "真的。"]),
        ("镜像只有 2.5 GB。版本是 v1.4.2。", ["镜像只有 2.5 GB。", "版本是 v1.4.2。"]),
        ("真的吗？！不会吧……", ["真的吗？！", "不会吧……"]),
        ("《容器。入门》是本书。", ["《容器。入门》是本书。"]),
        ("  容器。  \n\n   虚拟机。", ["容器。", "虚拟机。"]),
        ("", []),
        (" \n ", []),
    ],
)
def test_sentences_end_at_marks_and_lines(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


def test_a_bracket_that_nothing_closes_holds_back_no_sentence() -> None:
    assert sentences("内核（没有写完。第二句。") == ["内核（没有写完。", "第二句。"]


def test_a_bracket_does_not_reach_over_a_line_end() -> None:
    assert sentences("甲（乙。\n丙。）丁。") == ["甲（乙。", "丙。）", "丁。"]


def test_a_bracket_longer_than_any_was_meant_is_given_up() -> None:
    text = f"（{'很长' * 70}。）后面一句。再一句。"
    assert sentences(text)[-1] == "再一句。"


@given(st.text(alphabet="容器内核。！？；\n“”（）《》 .a1", max_size=80))
def test_sentences_are_ordered_and_lose_only_white_space(text: str) -> None:
    spans = split_sentences(text)
    assert all(start < end for start, end in spans)
    assert all(left[1] <= right[0] for left, right in zip(spans, spans[1:], strict=False))
    kept = "".join(text[start:end] for start, end in spans)
    assert "".join(kept.split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("容器共享内核，虚拟机不共享；两者不同。", ["容器共享内核", "虚拟机不共享", "两者不同"]),
        ("虚拟机：自带系统", ["虚拟机", "自带系统"]),
        ("容器（轻，快）启动只要几秒", ["容器（轻，快）启动只要几秒"]),
        ("大约有1,024个，其中2.5成在用", ["大约有1,024个", "其中2.5成在用"]),
        ("映射到 8080:80 端口，就能访问", ["映射到 8080:80 端口", "就能访问"]),
        ("，，", []),
    ],
)
def test_clauses_end_at_commas_but_not_in_brackets_or_numbers(sentence: str, expected: list[str]) -> None:
    assert clauses(sentence) == expected
