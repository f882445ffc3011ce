"""A verdict is given only where its sentence bears it out: in the case asked, of the verb asked, with each in its part, as firmly as asked."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kb.app import KnowledgeBase

Told = Callable[..., KnowledgeBase]


@pytest.mark.parametrize(
    ("text", "question", "verdict"),
    [
        # what is asked under a condition is answered by what is said under it
        (
            "默认情况下重启 dockerd 会停止容器，启用 live-restore 之后，重启 dockerd 不会停止容器。",
            "启用 live-restore 之后，重启 dockerd 会停止容器吗？",
            "no",
        ),
        ("容器重启后磁盘会保留。容器删除后磁盘不会保留。", "容器删除后磁盘会保留吗？", "no"),
        # the verb denied is the one asked
        ("在 LXC 容器里可以运行 Docker，因为 Docker 容器不运行额外的服务。", "LXC 容器里能跑 Docker 吗？", "yes"),
        ("虚拟机依赖 hypervisor，没有 hypervisor 就没有虚拟机。", "有没有不需要 hypervisor 的虚拟机？", "no"),
        # who sees whom
        ("容器看不到宿主机的进程，宿主机却能看到容器的进程。", "宿主机能看到容器的进程吗？", "yes"),
        # as firmly as asked
        ("Podman 是否总是更安全，至今存在争议。", "Podman 一定更安全吗？", "no"),
        ("容器的启动一般比虚拟机更快。", "容器一定比虚拟机启动快吗？", "no"),
        ("配置严格的容器可能比老旧的虚拟机更安全。", "有没有可能容器比虚拟机更安全？", "yes"),
        # not of every one, but of some told apart
        ("使用大页的虚拟机会在启动时占用全部内存。", "虚拟机启动时一定占用全部内存吗？", "no"),
        # what is called by what it lacks
        ("使用大页可以减少 TLB 未命中。TLB 未命中会拖慢程序。", "使用大页能减少 TLB 未命中吗？", "yes"),
        # one of something else counts nothing
        ("一个镜像可以创建多个容器，容器在镜像之上增加一个可写层。", "一个镜像可以创建多个容器吗？", "yes"),
        # verbs with their endings
        ("全局 zone 的管理员能看到所有 zone 的进程，普通 zone 看不到别的 zone 的进程。", "普通 zone 看得见别的 zone 的进程吗？", "no"),
    ],
)
def test_a_verdict_that_is_borne_out(text: str, question: str, verdict: str, told: Told, others: str) -> None:
    answer = told(text + "\n", others).ask(question)
    assert (answer.status, answer.verdict) == ("answered", verdict), answer.text


@pytest.mark.parametrize(
    ("text", "question"),
    [
        # said of another condition
        ("虚拟机运行时会占用内存。客户机释放的内存默认不会归还宿主机。", "虚拟机关机后会占用内存吗？"),
        # asks whether, and states nothing
        ("文章讨论了 Podman 是否更安全。", "Podman 更安全吗？"),
        # by how much is another question than which
        ("普通容器比 microVM 启动更快。", "普通容器比 microVM 启动快一百倍吗？"),
        # the name of a point of view says nothing by itself
        ("在安全方面，LXC 默认创建非特权容器。", "非特权容器危险吗？"),
    ],
)
def test_no_verdict_where_the_sentence_does_not_bear_it_out(text: str, question: str, told: Told, others: str) -> None:
    answer = told(text + "\n", others).ask(question)
    assert answer.verdict is None, answer.text


def test_a_yes_to_a_denied_question_does_not_open_with_the_bare_verb(told: Told, others: str) -> None:
    text = told("旧版浏览器已经不再支持 FTP。\n", others).ask("旧版浏览器不支持 FTP 了，这种说法对吗？").text
    assert text.startswith("是的"), text
