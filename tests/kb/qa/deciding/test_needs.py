"""Whether one needs the other is decided only by a clause that says so of the two; else what the articles say is told without a verdict."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kb.app import KnowledgeBase

Told = Callable[..., KnowledgeBase]


@pytest.mark.parametrize(
    ("text", "question", "verdict"),
    [
        ("设备直通依赖 IOMMU，因为没有 IOMMU，被直通的设备可以读写任意内存。", "设备直通需要 IOMMU 吗？", "yes"),
        ("VirtualBox 7 必须依赖 VT-x，没有 VT-x 的旧电脑不能使用 VirtualBox 7。", "装 VirtualBox 必须开启 VT-x 吗？", "yes"),
        ("Podman 没有守护进程，所以失败重启交给 systemd。", "运行 Podman 需要守护进程吗？", "no"),
        ("普通网站不需要调优，高性能计算应当进行调优。", "高性能计算需要做调优吗？", "yes"),
        ("普通网站不需要调优，高性能计算应当进行调优。", "普通网站需要做调优吗？", "no"),
        ("Tomcat 11 要求 Java 17 或更高版本。", "Tomcat 需要 Java 吗？", "yes"),
        ("unikernel 直接运行在 hypervisor 之上，不需要通用的客户机操作系统。", "跑 unikernel 需要先装客户机操作系统吗？", "no"),
        ("Type 2 hypervisor 依赖宿主机操作系统的调度。", "Type 2 hypervisor 离不开宿主机操作系统吗？", "yes"),
        # released from it, or not
        ("快照不是备份。", "打了快照是不是就不用再做备份了？", "no"),
        ("卷不能代替备份。", "用了卷就不必做备份了吧？", "no"),
        ("Podman 没有守护进程，也不依赖守护进程。", "Podman 是不是不用运行守护进程？", "yes"),
        ("Kata 依赖硬件虚拟化。", "Kata 是不是不用硬件虚拟化？", "no"),
        ("Linux 内核自带 virtio 驱动。", "装 Linux 是不是不用另外安装 virtio 驱动？", "yes"),
        # what cannot be without it
        ("没有共享存储时，热迁移要连同磁盘一起复制。", "没有共享存储就没法热迁移了吗？", "no"),
        ("没有共享存储时，热迁移要连同磁盘一起复制。", "热迁移需要共享存储吗？", "no"),
        ("没有 VT-x，VirtualBox 不能运行。", "没有 VT-x 就不能运行 VirtualBox 吗？", "yes"),
        ("Firecracker depends on KVM。Firecracker 依赖 KVM。", "Does Firecracker require KVM?", "yes"),
    ],
)
def test_a_need_that_is_said(text: str, question: str, verdict: str, told: Told, others: str) -> None:
    answer = told(text + "\n", others).ask(question)
    assert (answer.status, answer.verdict) == ("answered", verdict), answer.text


@pytest.mark.parametrize(
    ("text", "question"),
    [
        # what it needs itself is no need of it
        ("Kubernetes 要求每个 Pod 拥有自己的 IP 地址。", "需要用 Kubernetes 吗？"),
        # who chooses another thing needs not that one, but neither is said
        pytest.param(
            "只有一台服务器的团队通常选择 Podman，因为维护 Kubernetes 的成本超过收益。",
            "只有一台服务器需要上 Kubernetes 吗？",
            marks=pytest.mark.xfail(strict=True, reason="a sentence without any word of need is weighed by its other words"),
        ),
        # a longer name is another thing
        ("KVM 不需要实现完整的半虚拟化处理器。KVM 用于虚拟化。", "KVM 需要处理器支持虚拟化吗？"),
        # another's need
        ("Windows 镜像需要 Windows 内核，Linux 镜像需要 Linux 内核。", "Linux 镜像需要 Windows 内核吗？"),
        # those who need it are told of, and not what is asked about
        ("需要图形界面的工作负载适合选择虚拟机。虚拟机可以没有声卡。", "跑虚拟机必须有图形界面吗？"),
        # nothing is said of how it is without
        ("Docker 使用镜像创建容器。容器适合运行应用。", "不装 Docker 就不能跑容器吗？"),
        # to be learnt, and not to be had
        ("虚拟机需要 hypervisor。", "需要学虚拟机吗？"),
    ],
)
def test_no_verdict_on_a_need_that_nobody_states(text: str, question: str, told: Told, others: str) -> None:
    answer = told(text + "\n", others).ask(question)
    assert answer.verdict is None, answer.text
