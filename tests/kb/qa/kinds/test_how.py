"""Steps and ways: a list in order, sentences that go through it, the command; no definitions, no drawbacks, no list of something else."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kb.app import KnowledgeBase
from kb.records import Answer

Told = Callable[..., KnowledgeBase]

ENGINE = (
    "Docker 引擎管理一台宿主机上的容器。\n\n启动经过的部件\n用户执行 docker run 后，请求按以下顺序传递：\n1. docker 客户端发出 HTTP 请求。\n"
    "2. dockerd 检查镜像。\n3. containerd 创建容器。\n\n用途\nDocker 适合开发。\n"
)
MIGRATION = (
    "热迁移\n\n热迁移是把运行中的虚拟机搬到另一台宿主机的技术。热迁移的优点是不中断服务。\n\n"
    "最常见的做法是预复制。预复制先把内存页复制过去，再复制改动过的页。脏页很少时，虚拟机暂停，然后在目标主机上继续。论文报告的停机时间是 60 毫秒。\n\n"
    "条件\n热迁移有两个条件。第一，处理器要兼容。第二，磁盘要共享。\n"
)
MEMORY = (
    "容器占用的内存比虚拟机更少。Servlet 容器不能限制一个应用使用的内存。"
    "执行 docker run --memory 256m 把容器的内存上限设为 256 MiB。容器的内存可以立即归还。\n"
)


@pytest.fixture
def ask(told: Told, others: str) -> Callable[[str, str], Answer]:
    return lambda text, question: told(text, others).ask(question)


@pytest.mark.parametrize(
    "question", ["docker run 之后发生了什么？", "Docker 是怎么创建一个容器的（流程）？", "敲下 docker run 之后依次经过哪些部件？"]
)
def test_numbered_steps_are_told_in_order(question: str, ask: Callable[[str, str], Answer]) -> None:
    answer = ask(ENGINE, question)
    assert (answer.question.kind, answer.status) == ("how", "answered")
    places = [answer.text.find(step) for step in ("客户端发出", "dockerd 检查", "containerd 创建")]
    assert -1 not in places and places == sorted(places)


@pytest.mark.parametrize("question", ["热迁移的过程是怎样的？", "热迁移是怎么做的？"])
def test_a_course_is_told_by_the_sentences_that_go_through_it(question: str, ask: Callable[[str, str], Answer]) -> None:
    answer = ask(MIGRATION, question)
    told = [item.quote.rstrip("。") for item in answer.evidence if item.quote]
    course = told.index("最常见的做法是预复制")  # behind what it is, if that is told
    assert course <= 1 and told[course + 1].startswith("预复制先把内存页复制过去")
    assert "然后在目标主机上继续" in answer.text
    assert all(word not in answer.text for word in ("优点", "60 毫秒", "兼容"))


def test_how_it_works_begins_with_what_it_is_and_goes_on(ask: Callable[[str, str], Answer]) -> None:
    answer = ask(MIGRATION, "热迁移是怎么工作的？")
    assert answer.text.startswith("热迁移是把运行中的虚拟机") or answer.text.startswith("最常见的做法是预复制")
    assert "再复制改动过的页" in answer.text and "兼容" not in answer.text


def test_one_action_is_told_by_its_command(ask: Callable[[str, str], Answer]) -> None:
    answer = ask(MEMORY, "怎么限制容器的内存？")
    assert answer.text.startswith("执行 docker run --memory 256m")
    assert "不能限制" not in answer.text


def test_things_that_no_sentence_speaks_of_together_tell_no_way(ask: Callable[[str, str], Answer]) -> None:
    text = "Docker 可以创建容器。Kubernetes 管理集群。QEMU 模拟硬件。\n"
    assert ask(text, "怎么用 Docker 在 QEMU 上创建 Kubernetes？").status == "no_evidence"
