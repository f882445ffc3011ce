"""No verdict from a sentence that leaves the very thing unsaid that was asked."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kb.app import KnowledgeBase

Told = Callable[..., KnowledgeBase]


@pytest.mark.parametrize(
    ("text", "question"),
    [
        # another verb than the one asked
        ("虚拟机能把一套系统彻底隔开。Docker 多半拿来隔离单个应用。", "Docker 彻底取代了虚拟机吗？"),
        ("快照可以包含内存和处理器状态。", "快照会不会加密内存？"),
        # what is asked is the thing's own, of which nothing is said
        ("「虚拟机里的漏洞绝不会危及宿主机」的说法不成立。", "虚拟机的域名能跟宿主机不一样吗？"),
        # of Windows nothing is said
        ("KSM 适合大量相同系统的虚拟机。", "KSM 对 Windows 虚拟机有用吗？"),
        # what is asked is only the cause of something else
        ("迁移过程中网络中断会使虚拟机崩溃。", "迁移过程中网络会中断吗？"),
        # it is denied of what the question supposes
        ("删除容器不会删除命名卷。", "删了容器，命名卷还安全吗？"),
        # a clause on another thing, though all is said in it
        ("MAC 地址在同一链路内有效，IP 地址可以跨网络使用。", "MAC 地址能跨网络使用吗？"),
        # what need not be may well be
        ("沙箱里不需要安装数据库。", "沙箱里能安装数据库吗？"),
        # 离 of 隔离 says nothing of 离线
        # said of another, which is set against it
        ("LXC 容器适合运行系统，而虚拟机却能模拟出别家的处理器。", "LXC 容器能模拟出别家的处理器吗？"),
    ],
)
def test_nothing_is_decided(text: str, question: str, told: Told, others: str) -> None:
    answer = told(text + "\n", others).ask(question)
    assert answer.verdict is None, answer.text


def test_what_leaves_a_word_unsaid_that_no_article_has_is_likely_at_most(told: Told, others: str) -> None:
    text = "容器把进程互相隔离。容器用隔离的进程运行应用。隔离由内核完成。隔离减少影响。\n"
    answer = told(text, others).ask("容器能离线运行应用吗？")
    assert answer.verdict is None or answer.text.startswith("多半"), answer.text


@pytest.mark.parametrize(
    ("text", "question", "verdict"),
    [
        # said of another name of it, of its opposite, by a part of the word
        ("Podman 是开源的容器工具。", "Podman 是闭源的吗？", "no"),
        ("云服务器长期高负载时的费用可能超过自购硬件。", "云服务器的费用会不会超过自己买硬件？", "yes"),
        # the one that does it is named
        ("Kubernetes 决定容器在哪台机器上运行，创建工作由容器运行时完成。", "Kubernetes 自己创建容器吗？", "no"),
        # what is no more than a place says nothing; 作为 is 是
        ("所以在同一台宿主机上，容器更多。虚拟机不共享宿主机的内核。宿主机也可以是虚拟机。", "虚拟机本身也可以当宿主机吗？", "yes"),
        # in colloquial words
        ("裸金属云服务器不与其他租户共享物理机。", "裸金属云服务器会不会跟别的租户挤在一台物理机上？", "no"),
        # what is not done is not needed
        ("便携版的应用并不会进行通常所说的安装。", "便携版的应用需要安装吗？", "no"),
        # of two that are named, either; 不同的 lacks nothing
        ("这种镜像可以在 Windows 或 macOS 上运行。", "镜像能在 Windows 和 macOS 上都运行吗？", "yes"),
        ("两个不同的数据库可以同时运行在同一台服务器之上。运行应用依赖数据库。", "两个不同的数据库能在同一台服务器上同时跑吗？", "yes"),
        # told apart from another clause, and not within
        ("终端是接入网络的设备，而网关是转发报文的软件或设备。", "网关可以是软件吗？", "yes"),
        # likened to another
        ("containerd 可以嵌入其他产品。CRI-O 不能嵌入其他产品。", "CRI-O 能像 containerd 那样嵌入其他产品吗？", "no"),
        # what is left out behind 通常不能
        ("普通虚拟机可以运行多个进程，unikernel 通常不能。", "unikernel 里能运行多个进程吗？", "no"),
        # said of another, and something else of the thing
        ("物理机启动要好几分钟，而容器可以在数秒内启动。", "物理机能在数秒内启动吗？", "no"),
        # what is taken away is not needed
        ("Podman 取消了守护进程。", "Podman 需要守护进程吗？", "no"),
        # only the like of what it has
        ("沙箱只能模拟和宿主机相同的处理器。", "沙箱能模拟出别的处理器吗？", "no"),
        # 而在 sets another thing against it
        ("函数计算里只有一个进程，而在系统容器中，可以运行多个进程。", "函数计算里能运行多个进程吗？", "no"),
    ],
)
def test_it_is_decided(text: str, question: str, verdict: str, told: Told, others: str) -> None:
    answer = told(text + "\n", others).ask(question)
    assert answer.verdict == verdict, answer.text
