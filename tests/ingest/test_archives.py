"""Zip files: what is in them is read; what would do harm is refused before anything is unpacked."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from ingest.archives import MOST_MEMBERS, members, path_of
from ingest.files import load_articles, uploaded
from kb.errors import BadInput, EmptyText, KnowledgeBaseError, TooLarge, UnreadableText

MOST = 10_000
READABLE = {".txt", ".md"}


def packed(files: dict[str, bytes], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def unpacked(data: bytes) -> list[tuple[str, bytes]]:
    return list(members(data, "文章.zip", max_bytes=MOST, readable=READABLE))


def test_members_come_by_path_and_clutter_is_passed_over() -> None:
    data = packed({"b/2.txt": b"two", "a.md": b"one", "__MACOSX/a.md": b"x", ".hidden.txt": b"x", "picture.png": b"x", "b/": b""})
    assert unpacked(data) == [("a.md", b"one"), ("b/2.txt", b"two")]


def test_chinese_names_written_in_gb18030_are_read() -> None:
    entry = zipfile.ZipInfo("容器.txt".encode("gb18030").decode("cp437"))
    assert path_of(entry) == "容器.txt"
    entry.flag_bits = 0x800  # says UTF-8
    assert path_of(entry) == entry.filename


@pytest.mark.parametrize(
    ("files", "error", "part"),
    [
        ({"../out.txt": b"x"}, BadInput, "../out.txt"),
        ({"a/../../out.txt": b"x"}, BadInput, "a/../../out.txt"),
        ({"/etc/out.txt": b"x"}, BadInput, "/etc/out.txt"),
        ({"C:\\out.txt": b"x"}, BadInput, "C:/out.txt"),
        ({"inner.zip": packed({"a.txt": b"x"})}, BadInput, "inner.zip"),
        ({"zeros.txt": bytes(5_000_000)}, TooLarge, "zeros.txt"),
        ({"long.txt": b"0123456789abcdef" * 700}, TooLarge, "long.txt"),
        ({f"{n}.txt": bytes(9_000) for n in range(30)}, TooLarge, "270,000"),
        ({f"{n}.txt": b"" for n in range(MOST_MEMBERS + 1)}, TooLarge, f"{MOST_MEMBERS:,}"),
    ],
    ids=["climbs", "climbs later", "absolute", "drive", "nested", "bomb", "member too large", "too large together", "too many"],
)
def test_what_would_do_harm_is_refused_by_name(files: dict[str, bytes], error: type[KnowledgeBaseError], part: str) -> None:
    with pytest.raises(error) as refused:
        unpacked(packed(files))
    assert part in refused.value.message[0]
    assert "文章.zip" in refused.value.message[0]
    assert refused.value.hint[0]


def test_a_member_that_lies_about_its_size_is_stopped_at_the_limit() -> None:
    data = bytearray(packed({"a.txt": b"0123456789" * 2_000}, method=zipfile.ZIP_STORED))
    place = data.rindex(b"PK\x01\x02")
    data[place + 24 : place + 28] = (100).to_bytes(4, "little")  # what the directory says the member unpacks to
    with pytest.raises(BadInput):
        unpacked(bytes(data))


@pytest.mark.parametrize("data", [b"PK\x03\x04 no zip file", b"plain text", packed({"a.txt": b"some text " * 50})[:-30]])
def test_damaged_archives_are_refused(data: bytes) -> None:
    with pytest.raises(UnreadableText):
        unpacked(data)


def test_an_encrypted_member_is_refused() -> None:
    data = bytearray(packed({"a.txt": b"text"}))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + offset] |= 1
    with pytest.raises(UnreadableText, match="encrypted"):
        unpacked(bytes(data))


def test_the_articles_of_a_zip_file_are_named_after_it(tmp_path: Path) -> None:
    path = tmp_path / "文章.zip"
    path.write_bytes(packed({"一/容器.txt": "容器共享内核。".encode(), "虚拟机.md": "# 虚拟机\n\n它很重。".encode(), "c.bin": b"\x00"}))
    container, machine = load_articles(path, max_bytes=MOST)
    assert (container.title, container.text) == ("容器", "容器共享内核。")
    assert container.origin == f"{path.resolve().as_posix()}/一/容器.txt"
    assert machine.title == "虚拟机"
    assert container.id != machine.id
    assert [article.text for article in uploaded("文章.zip", path.read_bytes(), max_bytes=MOST)] == [container.text, machine.text]


def test_a_file_in_a_zip_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    path = tmp_path / "文章.zip"
    path.write_bytes(packed({"好.txt": b"text", "坏.pdf": b"no pdf"}))
    with pytest.raises(BadInput, match=r"文章\.zip/坏\.pdf"):
        load_articles(path, max_bytes=MOST)


def test_a_zip_file_without_articles_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "图.zip"
    path.write_bytes(packed({"a.png": b"x"}))
    with pytest.raises(EmptyText, match=r"图\.zip"):
        load_articles(path, max_bytes=MOST)
