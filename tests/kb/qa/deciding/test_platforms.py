"""On which operating systems a product may be used: what it is made for, where it cannot be used, and where alone it runs."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kb.app import KnowledgeBase

Told = Callable[..., KnowledgeBase]

PRODUCTS = (
    "Firecracker 依赖 KVM，所以 Firecracker 只能运行在 Linux 宿主机上。Firecracker 不支持 Windows 桌面。VirtualBox 可以安装在 Windows、Linux 和 macOS 宿主机之上。"
    "在 macOS 上不能使用 KVM。Docker Desktop 是面向 Windows 和 macOS 的桌面产品。在 Windows 上，Podman 会先启动一台虚拟机。Kubernetes 管理容器。"
    "常见的做法是在虚拟机里运行 Kubernetes。gVisor 不支持全部系统调用。"
)


@pytest.mark.parametrize(
    ("question", "verdict", "opens", "quoted"),
    [
        ("Firecracker能在Windows机器上跑吗？", "no", "不能。", "只能运行在 Linux 宿主机上"),
        ("Can Firecracker run on macOS?", "no", "No.", "只能运行在 Linux 宿主机上"),
        ("VirtualBox支持macOS吗？", "yes", "支持。", "可以安装在 Windows、Linux 和 macOS 宿主机之上"),
        ("VirtualBox能装在苹果系统上吗？", "yes", "能。", "可以安装在 Windows、Linux 和 macOS 宿主机之上"),
        ("Mac上能用KVM吗？", "no", "不能。", "在 macOS 上不能使用 KVM"),
        ("Docker能不能在Windows上用？", "yes", "多半能。", "面向 Windows 和 macOS 的桌面产品"),
        ("Does Docker work on a Mac?", "yes", "Probably yes.", "面向 Windows 和 macOS 的桌面产品"),
        ("Podman能在Windows上运行吗？", "yes", "能。", "在 Windows 上，Podman 会先启动一台虚拟机"),
    ],
)
def test_made_for_it_denied_there_or_only_elsewhere(question: str, verdict: str, opens: str, quoted: str, told: Told, others: str) -> None:
    answer = told(PRODUCTS, others).ask(question)
    assert answer.verdict == verdict and answer.text.startswith(opens)
    assert quoted in answer.evidence[0].quote


@pytest.mark.parametrize("question", ["Will Kubernetes run on Windows?", "gVisor支持Windows吗？", "Kubernetes能装在macOS上吗？"])
def test_what_does_not_name_the_system_decides_nothing(question: str, told: Told, others: str) -> None:
    assert told(PRODUCTS, others).ask(question).verdict is None


def test_a_guest_is_no_place_to_run_on(told: Told, others: str) -> None:
    text = "Xen 支持 Windows 客户机。Xen 直接运行在硬件之上。KVM 支持 Linux 虚拟机。"
    assert told(text, others).ask("Xen能装在Windows上吗？").verdict != "yes"
