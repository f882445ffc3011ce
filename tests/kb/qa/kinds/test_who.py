"""Who made a thing: told by what says who made this very thing, in whatever voice."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kb.app import KnowledgeBase

Told = Callable[..., KnowledgeBase]

MAKERS = (
    "Kubernetes 决定容器在哪台机器上运行，开发者可以用它部署应用。谷歌在 2014 年 6 月开源 Kubernetes，经验来自内部的系统。"
    "Xen 起源于剑桥大学的实验室。Xen 运行在硬件上。LXC 于 2008 年出现。OpenVZ 团队发起了 CRIU 项目，LXC 也可以使用 CRIU。"
)


@pytest.mark.parametrize(
    ("question", "quoted"),
    [
        ("Kubernetes是谁开发的？", "谷歌在 2014 年 6 月开源 Kubernetes"),
        ("Kubernetes是谁推出的？", "谷歌在 2014 年 6 月开源 Kubernetes"),
        ("Who created Kubernetes?", "谷歌在 2014 年 6 月开源 Kubernetes"),
        ("Xen是谁写的？", "Xen 起源于剑桥大学的实验室"),
    ],
)
def test_what_says_who_opened_or_began_it_says_who_made_it(question: str, quoted: str, told: Told, others: str) -> None:
    answer = told(MAKERS, others).ask(question)
    assert answer.status == "answered" and quoted in answer.evidence[0].quote


@pytest.mark.parametrize("question", ["LXC是哪个公司的？", "Who wrote the first commit of Kubernetes?"])
def test_whoever_made_another_thing_is_no_answer(question: str, told: Told, others: str) -> None:
    assert told(MAKERS, others).ask(question).status == "no_evidence"
