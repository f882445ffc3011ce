"""Questions for who, how, how many and which that only a certain kind of sentence answers."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kb.app import KnowledgeBase

Told = Callable[..., KnowledgeBase]


@pytest.mark.parametrize(
    ("text", "question", "opens"),
    [
        # done by another, and not what the thing does itself
        ("容器由 runc 创建。\nrunc 由 Docker 公司开发。", "runc 是谁开发的？", "runc 由 Docker 公司开发"),
        # a list of something else is no answer to 哪家
        (
            "Podman 由几个部件组成：\n\n- conmon 负责监控。\n- crun 负责运行。\n\nPodman 由 Red Hat 公司发起开发。",
            "Podman 是哪家公司的？",
            "Podman 由 Red Hat",
        ),
    ],
)
def test_who_made_it(text: str, question: str, opens: str, told: Told, others: str) -> None:
    assert told(text + "\n", others).ask(question).text.startswith(opens)


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("QEMU 的代码量大。2015 年 QEMU 的源代码里出现过漏洞。", "QEMU 的源代码有多少行？"),
        ("Docker 的网络驱动有三种：bridge、host 和 none。", "怎么安装 Docker？"),
        ("VMware 是一家公司，成立于 1998 年。", "VMware 的创始人是谁？"),
        ("Docker 是一个容器平台。Java 是一种语言。", "Docker 和 Java 哪个好学？"),
    ],
)
def test_what_no_sentence_says_is_refused(text: str, question: str, told: Told, others: str) -> None:
    answer = told(text + "\n", others).ask(question)
    assert answer.status != "answered", answer.text
