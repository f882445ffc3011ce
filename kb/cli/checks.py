"""The checks of `kb doctor`: one function a subject, each saying what it found and what would mend it."""

from __future__ import annotations

import importlib.util
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kb.app import KnowledgeBase


@dataclass(frozen=True, slots=True)
class Check:
    """`needed`: the main job fails without it; else only a part is missing."""

    name: str
    ok: bool
    detail: str
    remedy: str = ""
    needed: bool = False


def checks(base: KnowledgeBase) -> tuple[Check, ...]:
    return (*_python(), *_knowledge(base), *_embedding(base), *_front_end(), *_probe(base))


def _python() -> Iterator[Check]:
    version = ".".join(map(str, sys.version_info[:3]))
    yield Check("Python", sys.version_info >= (3, 11), version, "需要 Python 3.11 或更新版本", needed=True)
    for package, needed, remedy in (
        ("jieba", True, "make install"),
        ("spacy", True, "make install"),
        ("networkx", True, "make install"),
        ("flask", True, "make install"),
        ("sentence_transformers", False, "make install（可选：只有换用其他向量模型时才需要）"),
    ):
        found = importlib.util.find_spec(package) is not None
        yield Check(package, found, "已安装" if found else "未安装", remedy, needed)


def _knowledge(base: KnowledgeBase) -> Iterator[Check]:
    counts = base.store.counts()
    detail = f"{base.settings.db}：{counts['article']} 篇文章，{counts['claim']} 条陈述，{counts['measurement']} 次测量"
    yield Check("知识库", counts["article"] > 0, detail, "kb init", needed=True)


def _embedding(base: KnowledgeBase) -> Iterator[Check]:
    choice = base.embedding.choice
    problem = choice.problem[0] if choice.problem else ""
    yield Check("向量模型", not problem, choice.encoder.name, problem)
    sentences, lacking = base.store.counts()["sentence"], base.store.count_without_vector(base.embedding.name)
    detail = f"{sentences} 句中 {sentences - lacking} 句有这个模型的向量" + ("，其余只按词查找" if lacking else "")
    yield Check("句子向量", not lacking, detail, "kb embed")


def _front_end() -> Iterator[Check]:
    from kb.config import ROOT

    built = (ROOT / "web" / "static" / "lib").is_dir()
    yield Check("前端库", built, "已构建" if built else "未构建", "make install（图谱会以列表代替图画）")


def _probe(base: KnowledgeBase) -> Iterator[Check]:
    for backend in base.prober.backends():
        state = backend.availability
        yield Check(f"探针 {backend.name}", state.ok, "可用" if state.ok else state.reason[0], state.remedy[0])
    yield Check(
        "Chromium",
        shutil.which("chromium") is not None,
        shutil.which("chromium") or "未安装",
        "apt-get install chromium（只有浏览器测试需要）",
    )
