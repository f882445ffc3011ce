"""What decides yes or no in single sentences: scope, contrast, exclusive statements, conditions, and what decides nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kb.app import KnowledgeBase

Told = Callable[..., KnowledgeBase]


@pytest.mark.parametrize(
    ("text", "question", "verdict"),
    [
        # a denied main verb reaches what stands behind it
        (
            "isula-build 目前不支持 Dockerfile 里的 ADD 指令提供的数据来源是远端 URL。",
            "isula-build 的 ADD 指令的数据来源可以是远端 URL 吗？",
            "no",
        ),
        ("isula-build 不支持将工作目录 dataroot 配置在内存盘上，比如 tmpfs。", "可以把 dataroot 放在 tmpfs 上吗？", "no"),
        ("isula-build 的两个组件通过套接字文件进行通信，无端口通信。", "isula-build 的两个组件通过端口通信吗？", "no"),
        # only, necessarily, rather than
        ("chardev 的 file 后端仅支持输出时设置。", "chardev 的 file 后端支持输入吗？", "no"),
        ("CNAME 记录总是指向另一则域名，而非 IP 地址。", "CNAME 记录可以指向 IP 地址吗？", "no"),
        ("每个虚拟机只能配置1个 balloon 设备。", "一台虚拟机可以配多个 balloon 设备吗？", "no"),
        ("容器只能迁移到内核兼容的主机。", "容器迁移到任何主机都可以吗？", "no"),
        # said of all, or of another all
        ("所有容器都从容器镜像创建。容器可以使用其他工具管理。", "所有容器都是从容器镜像创建的吗？", "yes"),
        ("主机是一个统称，所有服务器都是主机，但并非所有主机都是服务器。", "所有主机都是服务器吗？", "no"),
        # a condition that denies is no denied question
        ("如果没有 MVCC，那么读写操作必然互斥。", "没有 MVCC 的话读写操作会互斥吗？", "yes"),
        # what is reported and then refuted
        ("很多文章宣称全球只有 13 台根服务器。事实并非如此。", "全球只有 13 台根服务器吗？", "no"),
        ("启用 balloon 前须确保虚拟机和宿主机的页面大小相同。", "启用 balloon 时虚拟机和宿主机的页面大小可以不一样吗？", "no"),
        # what is denied before that which asks
        ("删除卷以后，卷里的数据也随之消失。", "卷删除了，里面的数据也没了吗？", "yes"),
        ("卷的容量可以在线调整，不需要停止服务。", "不停服务能不能调整卷的容量？", "yes"),
        ("物理机不支持快照和热迁移。", "难道物理机就不能做快照吗？", "yes"),
        ("旧版浏览器已经不再支持 FTP。", "旧版浏览器不支持 FTP 了，这种说法对吗？", "yes"),
        # 这些功能 are those that stood before
        ("虚拟机支持快照和热迁移，裸金属不支持这些功能。", "裸金属不支持快照吗？", "yes"),
        # a statement that is told only to be restricted
        ("「每台主机恰好有一块网卡」是一种简化的说法，不适用于服务器。", "每台主机都恰好有一块网卡吗？", "no"),
        ("「旧系统的速度只有新系统的一半」只在未调优的条件下成立。", "旧系统的速度只有新系统的一半吗？", "no"),
        ("「模拟器启动需要数分钟」不是模拟器的固有性质。", "模拟器启动都要数分钟吗？", "no"),
        # whose it is: told apart otherwise than asked, said shortly of the other, a part of what has another name
        ("自定义的网桥支持按名字解析地址，默认网桥不支持。", "默认网桥支持按名字解析地址吗？", "no"),
        ("自定义的网桥支持按名字解析地址，默认网桥不支持。", "自定义的网桥支持按名字解析地址吗？", "yes"),
        ("Linux 内核自带 virtio 驱动，Windows 需要另外安装 virtio 驱动。", "Windows 也自带 virtio 驱动吗？", "no"),
        ("Linux 内核自带 virtio 驱动，Windows 需要另外安装 virtio 驱动。", "Linux 自带 virtio 驱动吗？", "yes"),
        # without what the question lacks too
        ("QEMU 也可以在没有 KVM 的系统上运行。", "QEMU 没有 KVM 也能运行吗？", "yes"),
        # what is denied is what it is needed for; a shunned thing is denied
        ("沙箱释放的内存默认不会归还主机，需要气球驱动。", "气球驱动能把沙箱的内存归还主机吗？", "yes"),
        ("日志和数据库常常绕开写时复制。", "数据库适合写时复制吗？", "no"),
        # what was so once
        ("Docker 在早期使用 LXC。Docker 0.9 版以后不再使用 LXC。", "Docker 还在用 LXC 吗？", "no"),
        # 比较 says how much so and compares with nothing
        ("OpenVZ 依赖专用内核，因此 OpenVZ 的内核版本较旧。", "OpenVZ 的内核版本比较旧吗？", "yes"),
    ],
)
def test_a_sentence_decides(text: str, question: str, verdict: str, told: Told, others: str) -> None:
    answer = told(text + "\n", others).ask(question)
    assert (answer.question.kind, answer.status, answer.verdict) == ("yes_no", "answered", verdict), answer.text


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("iSulad 可以与 Docker 集成。iSulad 和 Docker 必须在同一个节点上。", "iSulad 比 Docker 快吗？"),
        # no rule is laid down, no difference is found in another respect
        ("一个容器运行多少进程没有硬性规定。", "容器是一组进程吗？"),
        ("在计算速度上，Docker 与 Podman 没有本质差别。", "Docker 出现之前有 Podman 吗？"),
        # two things that do not exclude each other say nothing of what else they do
        ("容器和虚拟机不是互斥的。", "容器和虚拟机会一起关机吗？"),
        # said of another thing, beside which the one asked about is not even named
        ("带有图形处理器程序库的镜像可以超过 5 GB。gVisor 是一种应用内核。", "gVisor 支持图形处理器吗？"),
        ("balloon 驱动动态占用或释放内存。许多容器部署使用虚拟机作为主机操作系统，Windows 也可以。", "balloon 可以用于 Windows 虚拟机吗？"),
    ],
)
def test_a_sentence_that_only_mentions_both_decides_nothing(text: str, question: str, told: Told) -> None:
    assert told(text + "\n").ask(question).verdict is None


@pytest.mark.parametrize(
    ("text", "question"),
    [
        # any clause on it would do
        ("OpenStack 是一个开源的云计算平台。OpenStack 的优点是开放。", "OpenStack 可以不用吗？"),
        # a need that some speak of
        ("常见的说法是沙箱在毫秒内启动而模拟器需要数分钟。", "模拟器启动需要数分钟吗？"),
    ],
)
def test_what_is_not_said_of_it_is_no_yes(text: str, question: str, told: Told, others: str) -> None:
    assert told(text, others).ask(question).verdict != "yes"


@pytest.mark.parametrize(
    ("text", "question", "kind"),
    [
        ("查看 CPU 标志可以知道处理器是否支持虚拟化。", "怎么检查 CPU 支不支持虚拟化", "how"),
        ("查看 CPU 标志可以知道处理器是否支持虚拟化。", "CPU 支不支持虚拟化", "yes_no"),
    ],
)
def test_asked_for_a_way_it_is_no_yes_or_no(text: str, question: str, kind: str, told: Told) -> None:
    assert told(text).ask(question).question.kind == kind


@pytest.mark.parametrize(
    ("text", "question", "verdict"),
    [
        # asked in other words than the sentence has
        ("删除容器不会删除命名卷。卷可以由多个容器共享。", "把容器删了，命名卷也会一起被删吗？", "no"),
        ("宿主机通常是一台物理机，但宿主机也可以是虚拟机。", "宿主机自己可以是台虚拟机吗？", "yes"),
    ],
)
def test_a_sentence_decides_in_other_words(text: str, question: str, verdict: str, told: Told, others: str) -> None:
    assert told(text, others).ask(question).verdict == verdict


QUALITIES = (
    "容器安全讨论的是如何防止程序影响宿主机。支持 gVisor 的一方用内存安全的语言重写接口。Kubernetes 的编排系统很复杂。加固的容器比旧的虚拟机更安全。"
    "「一台服务器能运行几十台虚拟机或上千个容器」没有说明内存大小，不能作为规划依据。热迁移很成熟。"
)


@pytest.mark.parametrize("question", ["gVisor安全吗？", "gVisor是否安全？", "虚拟机安全吗？"])
def test_a_noun_or_another_thing_does_not_say_that_it_is_so(question: str, told: Callable[..., KnowledgeBase], others: str) -> None:
    assert told(QUALITIES, others).ask(question).verdict is None


@pytest.mark.parametrize("question", ["Kubernetes复杂吗？", "热迁移成熟吗？", "热迁移是否成熟？"])
def test_what_is_said_to_be_so_is_so(question: str, told: Callable[..., KnowledgeBase], others: str) -> None:
    assert told(QUALITIES, others).ask(question).verdict == "yes"


def test_what_a_saying_lacks_denies_nothing_that_it_says(told: Callable[..., KnowledgeBase], others: str) -> None:
    assert told(QUALITIES, others).ask("一台服务器能不能跑多个虚拟机？").verdict != "no"
