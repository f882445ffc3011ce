from __future__ import annotations

import pytest

from ingest.formats import Document, markdown
from kb.errors import UnreadableText

WHOLE = """---
title: "容器入门"
author: 某人
date: 2026-03-01
license: CC0-1.0
---
# 另一个标题

容器**共享**宿主机的`内核`，见[这里](https://example.org/x)。
这一行接着上一行。

## 优点

- 启动快
- 体积*小*

| 名称 | 大小 |
|------|------|
| 容器 | 20 MB |

```sh
docker run 不该出现
```

> 引用的话。
"""


def read(source: str, name: str = "文件.md") -> Document:
    (document,) = markdown.read(source.encode(), name)
    return document


def test_a_whole_file_becomes_plain_lines() -> None:
    assert read(WHOLE) == Document(
        "容器入门",
        "另一个标题\n容器共享宿主机的内核，见这里。这一行接着上一行。\n\n优点\n- 启动快\n- 体积小\n名称 | 大小\n容器 | 20 MB\n引用的话。\n",
        "某人",
        "2026-03-01",
        "CC0-1.0",
        ("共享",),
    )


@pytest.mark.parametrize(
    ("source", "title"),
    [("# 容器\n\n正文。", "容器"), ("正文。", "文件"), ("## 二级\n\n正文。", "文件"), ("---\ntitle: 头里的\n---\n# 文里的\n", "头里的")],
)
def test_the_title_is_the_heads_then_the_first_headings_then_the_files(source: str, title: str) -> None:
    assert read(source).title == title


def test_a_rule_is_no_head() -> None:
    document = read("容器很轻。\n\n---\n\n虚拟机很重。\n")
    assert document.text == "容器很轻。\n虚拟机很重。\n"


def test_windows_line_ends_change_nothing() -> None:
    assert read(WHOLE.replace("\n", "\r\n")) == read(WHOLE)


def test_an_unclosed_head_is_text() -> None:
    assert "title" in read("---\ntitle: x\n\n正文。").text


def test_html_in_markdown_gives_no_tags() -> None:
    assert "<b>" not in read("<b>粗</b>\n\n容器<script>alert(1)</script>很轻。").text


@pytest.mark.parametrize("source", ["", "\n\n", "---\ntitle: x\n---\n", "```\n只有代码\n```\n"])
def test_without_text_the_text_is_blank(source: str) -> None:
    assert read(source).text.strip() == ""


def test_damaged_bytes_are_refused() -> None:
    with pytest.raises(UnreadableText, match=r"坏\.md"):
        markdown.read(b"# \x00\x00\x00\x00", "坏.md")


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("**块设备**\n: 按块读写。\n", "块设备：按块读写。\n"),
        ("卷组\n\n: 由物理卷合成。\n: 能扩大。\n", "卷组：由物理卷合成。能扩大。\n"),
        ("a line that\nthe width broke", "a line that the width broke\n"),
    ],
)
def test_a_definition_stands_behind_its_term(source: str, text: str) -> None:
    assert read(source).text == text


def test_what_is_in_bold_is_told_apart() -> None:
    source = "**写时复制**推迟复制，**`fork`** 之后共享。**这一整段话都在强调，因为它长得不像一个词，也没有人会拿它当一个词来用，所以不算，也不该算。**"
    assert read(source).set_apart == ("写时复制", "fork")
