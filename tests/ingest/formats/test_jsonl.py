from __future__ import annotations

import json

import pytest

from ingest.formats import Document, jsonl
from kb.errors import BadInput, UnreadableText

FULL = {"title": "容器", "text": "容器很轻。", "author": "某人", "date": "2026-03-01", "licence": "CC0-1.0"}


def lines(*rows: object) -> bytes:
    return "\n".join(json.dumps(row, ensure_ascii=False) for row in rows).encode()


def test_each_line_is_an_article() -> None:
    assert jsonl.read(lines(FULL, {"title": "虚拟机", "text": "虚拟机很重。"}), "x.jsonl") == (
        Document("容器", "容器很轻。", "某人", "2026-03-01", "CC0-1.0"),
        Document("虚拟机", "虚拟机很重。"),
    )


def test_blank_lines_are_passed_over() -> None:
    assert len(jsonl.read(b"\n" + lines(FULL) + b"\n\n", "x.jsonl")) == 1


def test_an_empty_file_has_no_articles() -> None:
    assert jsonl.read(b"", "x.jsonl") == ()


@pytest.mark.parametrize("bad", [b"{", b"[1, 2]", b'"text"', b"3", b'{"title": "x"}', b'{"text": "x"}', b"null"])
def test_a_line_that_is_no_article_is_named(bad: bytes) -> None:
    with pytest.raises(BadInput) as caught:
        jsonl.read(lines(FULL) + b"\n" + bad, "x.jsonl")
    assert "x.jsonl" in caught.value.message[0] and "第 2 行" in caught.value.message[0] and "line 2" in str(caught.value)


def test_a_line_separator_inside_a_text_ends_no_line() -> None:
    """JSON leaves U+2028 as it is; only a line feed ends a JSON line."""
    row = {"title": "容器", "text": "第一行\u2028第二行\x85第三行"}
    assert jsonl.read(lines(row), "x.jsonl") == (Document("容器", row["text"]),)


@pytest.mark.parametrize("field", ["author", "date", "licence"])
def test_a_field_that_is_no_text_is_refused(field: str) -> None:
    with pytest.raises(BadInput):
        jsonl.read(lines({**FULL, field: ["某人", "别人"]}), "x.jsonl")


def test_binary_data_is_refused() -> None:
    with pytest.raises(UnreadableText):
        jsonl.read(b"\x00\x01", "x.jsonl")
