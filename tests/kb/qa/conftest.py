from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from ingest.pipeline import Tools, ingest_text
from kb.app import KnowledgeBase
from kb.qa.sources import Sources
from kb.records import Answer

Add = Callable[..., KnowledgeBase]
REFERENCE = re.compile(r"\[(\d+)\]")


@pytest.fixture(scope="session")
def sources(filled_base: KnowledgeBase) -> Sources:
    """Those of the filled knowledge base; they find no measurement."""
    return filled_base.sources()


@pytest.fixture
def told(empty_base: KnowledgeBase) -> Add:
    """`told(text, …)` gives a knowledge base with one article a text."""

    def add(*texts: str) -> KnowledgeBase:
        tools = Tools(empty_base.lexicon, empty_base.tokenizer, empty_base.domain)
        for number, text in enumerate(texts, start=1):
            ingest_text(f"第{number}篇", text, empty_base.store, tools, max_bytes=100_000)
        empty_base.refresh()
        return empty_base

    return add


@pytest.fixture(scope="session")
def others() -> str:
    """Sentences on other things, so that a word is as rare as words are."""
    return (
        "服务器运行在机房里。镜像保存在仓库里。管理员使用命令行连接主机。网络把计算机互相连接起来。内存比磁盘更快。编译器把源代码变成程序。"
    )


@pytest.fixture(scope="session")
def proven() -> Callable[[Answer, KnowledgeBase], None]:
    """Every number that an answer refers to is a source, and every source quotes the original."""

    def check(answer: Answer, base: KnowledgeBase) -> None:
        numbers = [evidence.n for evidence in answer.evidence]
        assert numbers == list(range(1, len(numbers) + 1))
        cells = [n for row in (answer.table.rows if answer.table else ()) for cell in row.cells for n in cell.citations]
        steps = [n for path in answer.paths for step in path.steps for n in step.citations]
        named = {int(n) for text in (answer.text, *answer.disagreements) for n in REFERENCE.findall(text)}
        assert named | set(cells) | set(steps) == set(numbers)
        for evidence in answer.evidence:
            article = base.store.article(evidence.article_id)
            assert article is not None and article.title == evidence.article_title
            assert evidence.quote == article.text[slice(*evidence.span)] != ""
        if answer.status == "answered":
            assert numbers or answer.measurements or answer.question.kind == "meta"

    return check
