"""What follows from something, and what helps against it: by itself and asked on from the question before."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kb.app import KnowledgeBase

Told = Callable[..., KnowledgeBase]
TEXT = (
    "## 快照\n\n快照是虚拟机在某一时刻的状态。创建快照很快。快照链过长会降低读取性能，因为读取一个数据块可能要逐层查找。"
    "可以定期合并快照链。\n\n## 拓扑\n\n如果虚拟机跨越两个节点，却看不到真实的拓扑，远程访问会增加。\n\n"
    "解决方法有三种：让虚拟机不超过一个节点；向虚拟机提供虚拟 NUMA；固定每个 vCPU。\n\n"
    "## 存储\n\n卷由 Docker 管理。容器删除时，可写层随之删除，因此数据会丢失。卷保存在宿主机上。\n"
)


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("快照链拉得太长会有什么后果？", "快照链过长会降低读取性能"),
        ("虛擬機跨越兩個節點又看不到真實拓撲會怎樣", "远程访问会增加"),
        ("删掉容器以后可写层会怎么样？", "可写层随之删除"),
    ],
)
def test_what_follows_is_told_first(question: str, says: str, told: Told, others: str) -> None:
    answer = told(TEXT + others).ask(question)
    assert (answer.question.kind, answer.status) == ("consequence", "answered")
    assert says in answer.text.split("；")[0]


@pytest.mark.parametrize("question", ["快照涂成红色会有什么后果？", "Docker 去月球会怎样？", "Redis 崩溃会出什么问题？"])
def test_of_what_no_article_tells_nothing_follows(question: str, told: Told, others: str) -> None:
    assert told(TEXT + others).ask(question).status in ("no_evidence", "unknown_concept")


def test_what_helps_stands_behind_the_trouble_and_is_told_to_its_end(told: Told, others: str) -> None:
    answer = told(TEXT + others).ask("虚拟机跨越两个节点看不到真实拓扑怎么办？")
    assert answer.question.kind == "remedy"
    assert "解决方法有三种" in answer.text and "固定每个 vCPU" in answer.text


@pytest.mark.parametrize("follow_up", ["怎么解决", "那该怎么办呢？", "那要如何避免"])
def test_what_helps_is_asked_of_the_question_before(follow_up: str, told: Told, others: str) -> None:
    answer = told(TEXT + others).ask(follow_up, context=("虚拟机跨越两个节点又看不到真实拓扑会怎样",))
    assert "固定每个 vCPU" in answer.text


@pytest.mark.parametrize("question", ["快照丢了密码怎么办？", "Mesos 变慢怎么解决？"])
def test_against_what_no_article_tells_nothing_helps(question: str, told: Told, others: str) -> None:
    assert told(TEXT + others).ask(question).status in ("no_evidence", "unknown_concept")
