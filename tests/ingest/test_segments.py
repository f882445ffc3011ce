from __future__ import annotations

import pytest

from ingest.segments import starts_new_answer

SAID = "容器是一种把进程隔开的技术，它让每个应用都以为自己独占一套系统。它靠命名空间与控制组实现，启动只要几毫秒，一台机器能跑上百个。"


@pytest.mark.parametrize(
    ("text", "line_start", "expected"),
    [
        ("谢邀，先说结论。", True, True),
        ("我来回答一下。", True, True),
        ("这个问题很常见。", True, True),
        ("谢邀，先说结论。", False, False),
        ("主机和服务器有什么区别？主机是机器。", False, True),
        ("主机和服务器有什么区别？主机是机器。", True, False),  # on a line of its own it is a heading
        ("对比容器与虚拟机", True, True),
        ("容器与虚拟机介绍", True, True),
        ("服务器是指提供服务的机器。", False, True),
        ("容器是一种技术。", False, False),  # what the answer is about already
        ("它是一种技术。", False, False),
        ("而服务器是一种机器。", False, False),
        ("启动也很快。", False, False),
        ("", True, False),
    ],
)
def test_openings_questions_and_new_definitions_begin_an_answer(text: str, line_start: bool, expected: bool) -> None:
    assert starts_new_answer(text, [SAID], line_start=line_start) is expected


def test_an_opening_in_the_first_lines_opens_nothing_new() -> None:
    assert starts_new_answer("谢邀，先说结论。", ["容器很轻。"], line_start=True) is False
    assert starts_new_answer("谢邀，先说结论。", [], line_start=True) is False


def test_a_thing_named_often_before_is_no_new_subject() -> None:
    said = f"{SAID}提到服务器，服务器多，服务器贵。"
    assert starts_new_answer("服务器是指提供服务的机器。", [said], line_start=False) is False
