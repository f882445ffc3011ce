from __future__ import annotations

import pytest

from ingest.formats import Document, text
from kb.errors import UnreadableText

PLAIN = "容器共享宿主机的内核，虚拟机拥有自己的操作系统。两者都能把应用隔开。\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
def test_the_usual_encodings_are_told(encoding: str) -> None:
    assert text.read((PLAIN * 4).encode(encoding), "容器.txt") == (Document("容器", PLAIN * 4),)


def test_the_title_is_the_name_without_its_suffix() -> None:
    assert text.read(b"x", "容器 1.0.TXT")[0].title == "容器 1.0"


@pytest.mark.parametrize("data", [b"\x7fELF\x02\x01\x01\x00" + bytes(64), b"\x00\x01\x02", bytes(range(1, 32)) * 8])
def test_binary_data_is_refused_by_name(data: bytes) -> None:
    with pytest.raises(UnreadableText) as caught:
        text.read(data, "内核.txt")
    assert "内核.txt" in caught.value.message[0] and "UTF-8" in caught.value.hint[0]


def test_an_empty_file_has_an_empty_text() -> None:
    assert text.read(b"", "空.txt") == (Document("空", ""),)
