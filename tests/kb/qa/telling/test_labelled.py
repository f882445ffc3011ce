from __future__ import annotations

from collections.abc import Callable

import pytest

from kb.app import KnowledgeBase

TEXT = (
    "使用镜像有三个好处。\n1 一次构建: 镜像只需要构建一次。\n2 分发方便：镜像保存在仓库里。任何节点都可以下载它。\n3 版本清楚: 每个镜像都有标签。\n\n"
    "镜像：镜像保存在磁盘上。\n\n镜像是创建容器的只读模板。\n"
)


@pytest.mark.parametrize(
    ("question", "quotes"),
    [
        ("分发方便这个好处具体指什么？", ("镜像保存在仓库里", "任何节点都可以下载它")),
        ("镜像好处里的版本清楚是什么意思？", ("每个镜像都有标签",)),
        ("什么叫分发方便？", ("镜像保存在仓库里", "任何节点都可以下载它")),
    ],
)
def test_a_label_is_explained_by_its_line(question: str, quotes: tuple[str, ...], told: Callable[..., KnowledgeBase]) -> None:
    answer = told(TEXT).ask(question)
    assert len(answer.evidence) == len(quotes)
    assert all(quote in evidence.quote for quote, evidence in zip(quotes, answer.evidence, strict=True))


def test_what_is_defined_elsewhere_is_not_what_stands_behind_its_name(told: Callable[..., KnowledgeBase]) -> None:
    assert told(TEXT).ask("镜像是什么？").evidence[0].quote == "镜像是创建容器的只读模板。"
