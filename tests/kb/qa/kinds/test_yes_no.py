"""Yes or no from a claim or its denial, never from silence."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kb.app import KnowledgeBase

# sentences on other things, so that a word is as rare as words are
OTHERS = "服务器运行在机房里。镜像保存在仓库里。管理员使用命令行连接主机。网络把计算机互相连接起来。内存比磁盘更快。编译器把源代码变成程序。用户停止任务以后更改配置。"


@pytest.mark.parametrize(
    ("question", "verdict", "quoted"),
    [
        ("容器共享宿主机的内核吗？", "yes", "容器共享宿主机的内核"),
        ("虚拟机共享宿主机的内核吗？", "no", "虚拟机不共享宿主机的内核"),
        ("虚拟机不共享宿主机的内核吗？", "yes", "虚拟机不共享宿主机的内核"),
        ("容器需要单独的操作系统吗？", "no", "不需要单独的操作系统"),
        ("容器需不需要单独的操作系统？", "no", "不需要单独的操作系统"),
        ("虚拟机有自己的操作系统吗？", "yes", "虚拟机拥有自己的操作系统"),
        ("Docker是开源的吗？", "yes", "Docker是一个开源的容器引擎"),
        ("KVM是Hypervisor吗？", "yes", "KVM是一种Hypervisor"),
        ("Docker守护进程管理镜像吗？", "yes", "Docker守护进程管理容器和镜像"),
        ("Is KVM a hypervisor?", "yes", "KVM是一种Hypervisor"),
        ("所有服务器都是主机吗？", "yes", "所有服务器都是主机"),
        ("所有主机都是服务器吗？", "no", "并非所有主机都是服务器"),
        ("每台主机都是服务器吗？", "no", "并非所有主机都是服务器"),
        pytest.param("Do containers share the kernel of the host machine?", "yes", "共享宿主机的内核"),
    ],
)
def test_a_statement_says_yes_and_a_denial_no(question: str, verdict: str, quoted: str, filled_base: KnowledgeBase) -> None:
    answer = filled_base.ask(question)
    assert (answer.question.kind, answer.status, answer.verdict) == ("yes_no", "answered", verdict)
    assert quoted in answer.evidence[0].quote and quoted in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "Docker是收费的吗？",
        "虚拟机用镜像吗？",
        "容器支持Windows吗？",
        "容器能取代虚拟机吗？",
        "Docker能管理虚拟机吗？",
    ],
)
def test_silence_is_neither_yes_nor_no(question: str, filled_base: KnowledgeBase) -> None:
    answer = filled_base.ask(question)
    assert (answer.status, answer.verdict, answer.evidence) == ("no_evidence", None, ())


@pytest.mark.parametrize(
    "question",
    [
        "容器拥有自己的操作系统吗？",
        "虚拟机启动快吗？",
        "虚拟机和容器是一回事吗？",
    ],
)
def test_what_is_said_of_the_other_side_is_no_yes(question: str, filled_base: KnowledgeBase) -> None:
    assert filled_base.ask(question).verdict != "yes"


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("容器是一种隔离进程的技术。虚拟机是一种模拟整台计算机的软件。", "no"),
        ("容器和虚拟机是一回事。", "yes"),
    ],
)
def test_two_things_are_one_only_where_an_article_equates_them(text: str, verdict: str, told: Callable[..., KnowledgeBase]) -> None:
    assert told(text).ask("容器和虚拟机是一回事吗？").verdict == verdict


@pytest.mark.parametrize(
    ("question", "zh", "en"),
    [
        ("虚拟机有自己的操作系统吗？", "有。", None),
        ("容器需要单独的操作系统吗？", "不需要。", None),
        ("Docker是开源的吗？", "是的。", None),
        ("Is Docker open source?", None, "Yes."),
    ],
)
def test_the_answer_opens_in_the_words_of_the_question(question: str, zh: str | None, en: str | None, filled_base: KnowledgeBase) -> None:
    assert filled_base.ask(question).text.startswith(zh or en or "?")


def test_articles_that_disagree_are_both_named(told: Callable[..., KnowledgeBase]) -> None:
    answer = told("容器共享宿主机的内核。", "容器不共享宿主机的内核。").ask("容器共享宿主机的内核吗？")
    assert answer.status == "answered"
    (line,) = answer.disagreements
    assert "容器共享宿主机的内核" in line and "容器不共享宿主机的内核" in line and "↔" in line
    assert {evidence.article_title for evidence in answer.evidence} == {"第1篇", "第2篇"}


@pytest.mark.parametrize(
    ("text", "question", "verdict"),
    [
        ("一台打印机可以连接多台电脑。打印机按系统隔离。", "打印机只能连接一台电脑吗？", "no"),
        ("FTP 使用两条连接。", "FTP只用一条连接吗？", "no"),
        ("gVisor 由 Google 开发，使用 Go 语言编写。", "gVisor是用C++写的吧？", "no"),
        ("沙箱的任何更改在停止后会被丢弃。", "沙箱停止后会保留更改吗？", "no"),
        ("不应直接删除快照文件。", "可以直接删除快照文件吗？", "no"),
        ("Docker 内置日志组件。Docker 支持 Linux。", "Docker支持Linux吗？", "yes"),
        ("Podman 支持 OCI 规范，但是不支持 Swarm。", "Podman支持Swarm吗？", "no"),
        ("Podman 支持 OCI 规范，但是不支持 Swarm。", "Podman支持OCI规范吗？", "yes"),
        ("gVisor 的 ptrace 平台速度最慢，已被 systrap 取代。", "现在gVisor还用ptrace平台吗？", "no"),
        ("容器镜像「都很小」的说法不准确。", "容器镜像都很小吗？", "no"),
        ("宿主机看不到虚拟机里的进程。", "宿主机能看到虚拟机里的进程吗？", "no"),
        ("没有硬件辅助虚拟化的处理器不能运行 KVM。", "KVM需要硬件辅助虚拟化吗？", "yes"),
        ("KVM 需要 Intel VT-x。", "没有 Intel VT-x 的机器能用 KVM 吗？", "no"),
        ("KVM 不需要 Intel VT-x。", "没有 Intel VT-x 的机器能用 KVM 吗？", "yes"),
        ("浏览器已经移除 FTP 支持。", "浏览器还支持 FTP 吗？", "no"),
        ("Podman 支持热迁移。", "Podman 支不支持热迁移？", "yes"),
        ("Podman 不支持热迁移。", "Podman 支不支持热迁移？", "no"),
        ("进程超过限额时不会被终止。", "进程超过限额会被杀掉吗？", "no"),
        ("漏洞对容器和虚拟机两者都有影响。", "漏洞是不是只影响容器？", "no"),
        ("虚拟机支持热迁移，容器不支持这些功能。", "容器支持热迁移吗？", "no"),
        ("宿主机也可以是虚拟机。", "虚拟机可以当宿主机吗？", "yes"),
        ("宿主机看不到虚拟机里的进程。", "在宿主机上能看见虚拟机里跑了哪些进程吗？", "no"),
    ],
)
def test_a_clause_decides_by_what_it_says(text: str, question: str, verdict: str, told: Callable[..., KnowledgeBase]) -> None:
    assert told(text, OTHERS).ask(question).verdict == verdict


@pytest.mark.parametrize(
    ("text", "question", "verdict"),
    [
        ("容器的维护成本比虚拟机更低。", "容器维护起来是不是比虚拟机便宜？", "yes"),
        ("容器的维护成本比虚拟机更低。", "虚拟机维护起来比容器便宜吗？", "no"),
        ("Podman 支持 OCI，功能比 Docker 更多。", "Podman 的功能比 Docker 多吗？", "yes"),
        ("与 Docker 相比，Podman 的延迟更低。", "Is Podman faster than Docker?", "yes"),
    ],
)
def test_more_so_by_the_quantity_that_measures_it(text: str, question: str, verdict: str, told: Callable[..., KnowledgeBase]) -> None:
    assert told(text, OTHERS).ask(question).verdict == verdict


@pytest.mark.parametrize(
    ("question", "verdict"),
    [("容器比虚拟机启动快吗？", "yes"), ("虚拟机比容器启动快吗？", "no"), ("Is a virtual machine faster to start than a container?", "no")],
)
def test_a_comparison_the_other_way_round_answers_no(question: str, verdict: str, told: Callable[..., KnowledgeBase]) -> None:
    assert told("与虚拟机相比，容器启动更快。").ask(question).verdict == verdict


def test_of_things_called_the_same_those_joined_are_meant(told: Callable[..., KnowledgeBase], others: str) -> None:
    base = told(f"计算机和主机可以理解为等价的。计算机网络是计算机的集合。{others}")
    assert base.ask("讲网络的时候，计算机跟主机是一回事吗？").verdict == "yes"


def test_nothing_is_the_same_by_a_sentence_that_calls_nothing_the_same(told: Callable[..., KnowledgeBase], others: str) -> None:
    base = told(f"虚拟机将处理器虚拟化成一块拥有 32 个核的处理器。实际的处理器有 16 个核。{others}")
    assert base.ask("虚拟机的处理器和实际的处理器一样吗？").verdict != "yes"


def test_what_is_called_so_elsewhere_in_the_sentence_is_not_the_thing(told: Callable[..., KnowledgeBase]) -> None:
    text = "客户机操作系统是安装在虚拟机里的操作系统，英文是 guest OS。它的前身是一种操作系统。" + OTHERS
    assert told(text).ask("虚拟机是不是操作系统？").verdict is None
    assert told("虚拟机是模拟出来的计算机，也是一种软件。" + OTHERS).ask("虚拟机是软件吗？").verdict == "yes"


@pytest.mark.parametrize(
    "question", ["容器比虚拟机占更少的内存吗？", "容器比虚拟机用更少内存吗？", "Do containers use less memory than virtual machines?"]
)
def test_less_of_something_is_a_degree(question: str, told: Callable[..., KnowledgeBase]) -> None:
    text = "每台虚拟机都要留出内存。与虚拟机相比，容器占用的内存更少。虚拟机的磁盘更大。" + OTHERS
    answer = told(text).ask(question)
    assert (answer.verdict, answer.evidence[0].quote) == ("yes", "与虚拟机相比，容器占用的内存更少。")
