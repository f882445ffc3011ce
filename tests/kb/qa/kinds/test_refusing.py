"""What is refused though its words stand in articles: work to be done, things that are only mentioned."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kb.app import KnowledgeBase
from kb.qa.kinds import task

Add = Callable[..., KnowledgeBase]
TEXT = (
    "Docker 是一个开源的容器平台。Docker 适合运行无状态的应用。容器的日志写到标准输出。"
    "关系数据库使用 SQL，常见产品有 MySQL 和 PostgreSQL。企业通常迁移到 Kubernetes 或 Nomad。"
    "QEMU 从 4.2 版（2019 年）起提供 microvm 机器类型。在笔记本电脑上可以运行虚拟机。"
)


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("帮我写一首关于容器的诗", "task"),
        ("Nomad 是什么", "mentioned"),
    ],
)
def test_refused_with_the_reason(question: str, reason: str, told: Add, others: str) -> None:
    found = told(TEXT + others).ask(question)
    assert (found.status, found.evidence) == ("no_evidence", ())
    assert reason in [one.key for one in found.explain.reasons]


@pytest.mark.parametrize("question", ["Docker 是什么", "MySQL 是什么数据库", "Docker 适合运行什么应用"])
def test_what_is_told_is_answered(question: str, told: Add, others: str) -> None:
    assert told(TEXT + others).ask(question).status == "answered"


def test_what_is_called_so_is_told(told: Add, others: str) -> None:
    found = told("修改越来越多，系统逐渐偏离最初的状态，这种现象称为配置漂移。" + others).ask("什么是配置漂移？")
    assert found.status == "answered"


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("写个脚本", True),
        ("请把 container 翻译成法语", True),
        ("write me a poem about containers", True),
        ("translate this", True),
        ("怎么写 dockerfile", False),
        ("日志写到哪里", False),
        ("讲讲容器", False),
        ("作用是什么", False),
        ("docker 的编排文件用什么格式", False),
    ],
)
def test_work_is_no_question(text: str, asks: bool) -> None:
    assert (task.fits(text, ()) > 0) is asks


@pytest.mark.parametrize("question", ["Docker 的图标是什么", "Docker 的吉祥物叫什么", "MySQL 的名言是什么"])
def test_what_a_thing_is_does_not_tell_what_is_asked_of_it(question: str, told: Add, others: str) -> None:
    assert told(TEXT + others).ask(question).status == "no_evidence"


def test_what_is_told_of_it_is_told(told: Add, others: str) -> None:
    base = told(TEXT + "Docker 的吉祥物是一条鲸鱼，名叫 Moby。" + others)
    assert "Moby" in base.ask("Docker 的吉祥物叫什么").text
