"""What a question proposes is taken as it is put: what a thing is, of which number, in which year, how much so."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kb.app import KnowledgeBase

Told = Callable[..., KnowledgeBase]


@pytest.mark.parametrize(
    ("text", "question", "verdict"),
    [
        (
            "Xen 是 Type 1 hypervisor。Type 2 hypervisor 的缺点是宿主机崩溃会使虚拟机停止。",
            "Xen 是 Type 2 hypervisor 吗？",
            "no",
        ),
        ("VMware ESXi、Xen 和 Hyper-V 是 Type 1 hypervisor。", "Xen 是 Type 1 hypervisor 吗？", "yes"),
        ("宿主机通常是一台物理机，但宿主机也可以是虚拟机。", "宿主机自己也可以是虚拟机吗？", "yes"),
        ("rkt 的 fly 实现只使用 chroot，隔离最弱。", "fly 的隔离强吗？", "no"),
        ("扫描只能发现已知的漏洞，不能证明容器绝对安全。共享内核的容器有安全风险。", "容器共享内核有安全风险吗？", "yes"),
        ("签名工具可以证明镜像的来源，但是签名不能证明镜像没有漏洞。", "签名过的镜像就没有漏洞吗？", "no"),
        ("同一个容器镜像可以在两台电脑上使用。一个镜像可以创建多个容器。", "一个镜像能创建多个容器吗？", "yes"),
        ("管理员不应把 docker 组当作普通权限发放。", "docker 组是普通权限吗？", "no"),
    ],
)
def test_what_is_proposed_is_what_is_judged(text: str, question: str, verdict: str, told: Told, others: str) -> None:
    answer = told(text + "\n", others).ask(question)
    assert (answer.status, answer.verdict) == ("answered", verdict), answer.text


@pytest.mark.parametrize(
    ("text", "question"),
    [
        # free software is no commercial software, and what needs no virtual machine is no denial that one is a server
        # what is not so of all says nothing of another matter
        ("并非所有 FTP 服务器都支持 TLS。", "FTP 支持断点续传吗？"),
        ("KVM 是自由软件，采用 GPL 许可证。", "KVM 是商业软件吗？"),
        ("在 Linux 服务器上安装的 Docker 不需要虚拟机。", "虚拟机是服务器吗？"),
    ],
)
def test_what_is_said_of_something_else_decides_nothing(text: str, question: str, told: Told, others: str) -> None:
    answer = told(text + "\n", others).ask(question)
    assert answer.verdict is None, answer.text
