"""Whole questions: what they are in Chinese, and which are left alone."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from kb.language.lexicon import Lexicon
from kb.language.translating import translated
from tests.kb.language.translating.conftest import Translate


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("Do containers share a kernel?", "容器共享内核吗？"),
        ("Can Docker run inside a VM?", "Docker能运行在虚拟机里吗？"),
        ("Is a container smaller than a virtual machine?", "容器比虚拟机更小吗？"),
        ("Are images read-only?", "镜像只读吗？"),
        ("Has Docker replaced virtual machines?", "Docker取代虚拟机吗？"),
        ("Must every container have its own address?", "每个容器必须有它的自己的地址吗？"),
        ("Is there a limit for each container?", "为每个容器有上限吗？"),
        ("Is it safe to share a kernel?", "共享内核安全吗？"),
        ("Is it true that containers share the kernel?", "容器共享内核吗？"),
    ],
)
def test_yes_or_no_questions_become_statements_with_ma(translate: Translate, english: str, chinese: str) -> None:
    assert translate(english) == chinese


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("Don't containers need a hypervisor?", "容器不需要hypervisor吗？"),
        ("Isn't KVM part of Linux?", "KVM不是Linux的一部分吗？"),
        ("Does Docker no longer need an agent?", "Docker不再需要代理吗？"),
        ("Can a container start without a network?", "容器能没有网络启动吗？"),
        ("Containers share the kernel, right?", "容器共享内核吗？"),
    ],
)
def test_what_is_denied_stays_denied_and_tags_go(translate: Translate, english: str, chinese: str) -> None:
    assert translate(english) == chinese


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("What is a hypervisor?", "hypervisor是什么？"),
        ("What does Docker use?", "Docker使用什么？"),
        ("What does KVM run on?", "KVM运行在什么上？"),
        ("What is an image made of?", "镜像由什么组成？"),
        ("What is a snapshot used for?", "快照用于什么？"),
        ("What is a registry for?", "镜像仓库是用来做什么的？"),
        ("What happens when a container crashes?", "容器崩溃的时候，会发生什么？"),
        ("What role does KVM play in Linux?", "KVM在Linux里起什么作用？"),
        ("What does this metric tell you?", "这个指标说明什么？"),
        ("Who maintains Docker?", "谁维护Docker？"),
        ("Which tool builds images?", "哪个工具构建镜像？"),
        ("Which Docker version supports this?", "Docker的哪个版本支持这？"),
        ("How many cores does the machine have?", "机器有多少核？"),
        ("How do I delete an image?", "怎么删除镜像？"),
        ("How big is an image?", "镜像有多大？"),
        ("How much slower is a VM than a container?", "虚拟机比容器慢多少？"),
        ("How long does a VM take to boot?", "虚拟机启动需要多久？"),
        ("How come containers boot faster?", "为什么容器启动更快？"),
        ("Why are containers so fast?", "为什么容器快？"),
        ("When was Docker released?", "Docker什么时候发布？"),
        ("Where are images stored?", "镜像在哪里存储？"),
        ("List the benefits of containers.", "容器的优势有哪些？"),
        ("Can you explain how an image works?", "镜像怎么工作？"),
        ("What are the drawbacks of containers?", "容器有什么缺点？"),
    ],
)
def test_asking_words_stand_where_chinese_puts_them(translate: Translate, english: str, chinese: str) -> None:
    assert translate(english) == chinese


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("Which is faster, a VM or a container?", "虚拟机和容器哪个更快？"),
        ("KVM vs Docker: which one is safer?", "KVM和Docker哪个更安全？"),
        ("What is the difference between a VM and a container?", "虚拟机和容器有什么区别？"),
        ("How does a VM differ from a container?", "虚拟机和容器有什么区别？"),
        ("Compare Docker with KVM.", "Docker和KVM有什么区别？"),
        ("Should I use KVM or Docker?", "应该使用KVM还是Docker？"),
    ],
)
def test_things_side_by_side_are_compared_in_one_way(translate: Translate, english: str, chinese: str) -> None:
    assert translate(english) == chinese


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("If the daemon crashes, do containers stop?", "如果守护进程崩溃，容器停止吗？"),
        ("Do containers stop if the daemon crashes?", "如果守护进程崩溃，容器停止吗？"),
        ("I need isolation. VM or container?", "需要隔离，虚拟机和容器选哪个？"),
        ("Who wrote KVM, and when?", "谁编写KVM，什么时候？"),
    ],
)
def test_clauses_are_kept_together(translate: Translate, english: str, chinese: str) -> None:
    assert translate(english) == chinese


@pytest.mark.parametrize(
    "english",
    [
        "",
        "containers",
        "the kernel and the hypervisor",
        "Does the flibbering wozzling dinglement cromulently snazzle containers?",
        "Can can can?",
    ],
)
def test_what_is_not_understood_is_left_alone(translate: Translate, english: str) -> None:
    assert translate(english) is None


def test_every_answer_is_whole_chinese(translate: Translate) -> None:
    """Templates never show their braces."""
    for english in ("How close to bare metal is KVM?", "What is a container similar to?", "Is a VM different from a container?"):
        chinese = translate(english)
        assert chinese is None or "{" not in chinese


def test_a_long_question_takes_milliseconds(lexicon: Lexicon) -> None:
    translated("What is it?", lexicon)  # the tables are read
    started = time.perf_counter()
    for _ in range(5):
        translated("Why do some teams rebuild the images of their containers every night instead of patching them in place?", lexicon)
    assert (time.perf_counter() - started) / 5 < 0.05  # seconds; a slow machine may take ten times what ours does


def test_files_stay_small() -> None:
    folder = Path(__file__).parents[4] / "kb" / "language" / "translating"
    assert all(len(file.read_text(encoding="utf-8").splitlines()) < 250 for file in folder.glob("*.py"))
