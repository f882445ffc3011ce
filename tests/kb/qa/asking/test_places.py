"""A question that says where its answer stands asks what it asks without that."""

import pytest

from kb.qa.asking.places import without_place


@pytest.mark.parametrize(
    ("text", "plainly"),
    [
        ("List the benefits of zones named in the article.", "List the benefits of zones."),
        ("According to the text, why is emulation slow?", "why is emulation slow?"),
        ("文中提到的编排工具有哪些？", "编排工具有哪些？"),
        ("按文章的说法，快照有什么用？", "快照有什么用？"),
        ("这篇文章里说快照有什么缺点", "快照有什么缺点"),
    ],
)
def test_the_place_is_left_out(text: str, plainly: str) -> None:
    assert without_place(text) == plainly


@pytest.mark.parametrize(
    "text", ["文章里讲了什么？", "文章里提到快照了吗", "What is this article about?", "中文里容器叫什么", "配置文件里写了什么"]
)
def test_what_asks_of_the_text_itself_stays(text: str) -> None:
    assert without_place(text) == text
