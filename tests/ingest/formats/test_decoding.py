"""Every encoding that Chinese text comes in, from a dozen characters up; binary is refused."""

from __future__ import annotations

import pytest

from ingest.formats._decoding import decode
from kb.errors import UnreadableText

SIMPLIFIED = "虚拟机管理程序把物理机的处理器、内存和磁盘分给几台虚拟机，容器则共享宿主机的内核。Docker 0.9 起用 libcontainer。\n" * 3
TRADITIONAL = "虛擬機管理程式把實體機的處理器、記憶體和磁碟分給幾台虛擬機，容器則共享宿主機的核心。Docker 0.9 起用 libcontainer。\n" * 3


@pytest.mark.parametrize("length", [12, 40, 200])
@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        *((SIMPLIFIED, name) for name in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030", "gbk", "gb2312")),
        *((TRADITIONAL, name) for name in ("utf-8", "utf-16", "utf-16-le", "gb18030", "big5", "big5hkscs")),
    ],
)
def test_the_encoding_is_told_from_the_text(text: str, encoding: str, length: int) -> None:
    assert decode(text[:length].encode(encoding), "a.txt") == text[:length]


def test_a_page_that_declares_its_encoding_wrongly_is_read_rightly() -> None:
    page = f'<html><head><meta charset="gb2312"></head><body>{TRADITIONAL}</body></html>'
    assert decode(page.encode("big5"), "a.html") == page


def test_a_utf8_file_cut_inside_a_character_is_read() -> None:
    text = SIMPLIFIED * 10
    assert decode(text.encode()[:-2], "a.txt")[: len(text) - 2] == text[:-2]


@pytest.mark.parametrize(
    "data", [bytes(range(256)) * 8, b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(200), b"\xff\xd8\xff\xe0" + bytes(range(128, 256)) * 4]
)
def test_binary_is_refused_by_name(data: bytes) -> None:
    with pytest.raises(UnreadableText, match=r"a\.txt"):
        decode(data, "a.txt")
