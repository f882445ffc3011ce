"""Phrases inside questions: names, nouns, verbs and what stands around them."""

from __future__ import annotations

import pytest

from tests.kb.language.translating.conftest import Translate


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("What is Kata Containers?", "Kata Containers是什么？"),
        ("Do VMs boot?", "虚拟机启动吗？"),
        ("Does it run?", "它运行吗？"),  # RUN is a keyword, run a verb
        ("What does the license cost?", "许可证花费什么？"),  # the ordinary word, not the concept that is also called so
        ("Who won the World Cup?", "谁获胜World Cup？"),
    ],
)
def test_names_are_kept_and_ordinary_words_are_no_names(translate: Translate, english: str, chinese: str) -> None:
    assert translate(english) == chinese


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("What is the size of an image?", "镜像的大小是什么？"),
        ("What is Docker's default network?", "Docker的默认网络是什么？"),
        ("What is a cloud VM?", "云虚拟机是什么？"),
        ("Does the kernel see processes running in a container?", "内核看到运行在容器里的进程吗？"),
        ("Does Docker delete images that are old?", "Docker删除旧的镜像吗？"),
        ("Does Docker need the memory containers use?", "Docker需要容器使用的内存吗？"),
        ("Can a VM use two disks?", "虚拟机能使用两个磁盘吗？"),
        ("Does it cost five minutes of downtime?", "它花费五分钟停机时间吗？"),
    ],
)
def test_what_stands_behind_an_english_noun_stands_before_the_chinese_one(translate: Translate, english: str, chinese: str) -> None:
    assert translate(english) == chinese


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("Does KVM depend on Linux?", "KVM依赖Linux吗？"),
        ("Can I get rid of an image?", "能去掉镜像吗？"),
        ("Does a container take up space?", "容器占用空间吗？"),
        ("Is Docker based on Linux?", "Docker基于Linux吗？"),
        ("Does a container count as a VM?", "容器算虚拟机吗？"),
        ("Does this keep containers from growing?", "这防止容器增长吗？"),
        ("Can I replace a VM with a container?", "能把虚拟机替换为容器吗？"),
        ("Does it turn the server off?", "它关闭服务器吗？"),
        ("Is the image created by Docker?", "镜像由Docker创建吗？"),
        ("Do containers keep running?", "容器一直运行吗？"),
        ("Does it make the server slower?", "它使服务器更慢吗？"),
        ("Does a VM use more memory than a container?", "虚拟机比容器使用更多内存吗？"),
        ("Does a container need no kernel?", "容器不需要内核吗？"),
        ("Is KVM as fast as bare metal?", "KVM和裸金属一样快吗？"),
        ("Does this tool work on Windows as well as on Linux?", "这个工具在Windows和Linux上工作吗？"),
    ],
)
def test_verbs_take_what_belongs_to_them(translate: Translate, english: str, chinese: str) -> None:
    assert translate(english) == chinese
