from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.language.script import simplified


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("虛擬機與容器有什麼區別？", "虚拟机与容器有什么区别？"),
        ("宿主機的內核", "宿主机的内核"),
        ("容器很轻", "容器很轻"),
        ("Docker 20.10", "Docker 20.10"),
        ("", ""),
    ],
)
def test_traditional_characters_become_simplified_ones(text: str, expected: str) -> None:
    assert simplified(text) == expected


@given(st.text(alphabet="虛擬機與容器有什麼區別後麵裡髮乾隻 a1，🐳", max_size=30))
def test_the_length_stays(text: str) -> None:
    assert len(simplified(text)) == len(text)


def test_what_is_simplified_stays() -> None:
    text = "容器共享宿主机的内核，所以启动只要几毫秒。"
    assert simplified(text) == text
