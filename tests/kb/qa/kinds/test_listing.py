"""Lists told whole: found by their lead, heading or title, as things of a kind; and none that is a list of something else."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ingest.pipeline import Tools, ingest_text
from kb.app import KnowledgeBase
from kb.records import Answer

Told = Callable[..., KnowledgeBase]

KUBERNETES = (
    "Kubernetes 是一种容器编排系统。\n\n组成\nKubernetes 集群由控制平面和工作节点组成。\n- etcd 保存集群的状态。\n- 调度器为 Pod 选择节点。\n"
    "- kubelet 在每个节点上启动 Pod。\n\n优点\nKubernetes 的优点是自动恢复。\n"
)
CGROUPS = (
    "cgroups 限制进程使用的资源。\n\n结构\ncgroups 由层级、控制组和控制器三部分组成。层级是一棵目录树。控制组是一个目录。控制器负责一类资源，常用的有三个：\n"
    "- cpu 控制器分配处理器时间。\n- memory 控制器限制内存。\n- pids 控制器限制进程数量。\n\n版本\ncgroups 有 v1 和 v2 两个版本。v1 允许多个层级。Linux 4.5 把 v2 定为正式接口。\n"
)
KINDS = (
    "Type 2 hypervisor 是安装在操作系统上的 hypervisor。\nVirtualBox、VMware Workstation 和 Parallels Desktop 通常归入 Type 2 hypervisor。\n"
    "Type 2 hypervisor 的优点是安装简单。\nType 2 hypervisor 主要用于测试和教学。\n"
)


@pytest.fixture
def ask(told: Told, others: str) -> Callable[[str, str], Answer]:
    return lambda text, question: told(text, others).ask(question)


@pytest.mark.parametrize(
    ("text", "question", "items", "never"),
    [
        (KUBERNETES, "Kubernetes 由哪些组件组成？", ["etcd", "调度器", "kubelet"], "优点"),
        (KUBERNETES, "Kubernetes 由什么组成？", ["etcd", "调度器", "kubelet"], "优点"),
        (CGROUPS, "cgroups 有哪些控制器？", ["cpu 控制器", "memory 控制器", "pids 控制器"], "版本"),
        (CGROUPS, "cgroups 由哪几部分组成？", ["层级是", "控制组是", "控制器负责"], "cpu 控制器"),
        (CGROUPS, "cgroups 有哪几个版本？", ["v1 和 v2"], "Linux 4.5"),
    ],
)
def test_the_list_whose_lead_or_heading_names_what_is_asked(
    text: str, question: str, items: list[str], never: str, ask: Callable[[str, str], Answer]
) -> None:
    answer = ask(text, question)
    assert (answer.question.kind, answer.status) == ("listing", "answered")
    assert all(item in answer.text for item in items)
    assert never not in answer.text


@pytest.mark.parametrize("question", ["Type 2 hypervisor 举几个例子", "哪些是 Type 2 hypervisor？", "常见的 Type 2 hypervisor 有哪些？"])
def test_things_of_a_kind_are_those_that_a_sentence_lists_as_such(question: str, ask: Callable[[str, str], Answer]) -> None:
    answer = ask(KINDS, question)
    assert answer.text.startswith("VirtualBox、VMware Workstation 和 Parallels Desktop")
    assert "优点" not in answer.text and "教学" not in answer.text


def test_kinds_of_a_thing_bear_its_name(ask: Callable[[str, str], Answer]) -> None:
    text = "全虚拟化是一种虚拟化技术，客户机不必修改。半虚拟化是一种虚拟化技术，客户机要配合。KVM 是一种开源的虚拟化方案。\n"
    answer = ask(text, "虚拟化有哪些类型？")
    assert "全虚拟化" in answer.text and "半虚拟化" in answer.text and "KVM" not in answer.text


def test_the_list_under_a_heading_of_examples(empty_base: KnowledgeBase) -> None:
    text = (
        "unikernel 把应用和内核编成一体。\n\n代表项目\n- MirageOS 用 OCaml 编写。\n- OSv 能运行 Java 程序。\n\n局限\nunikernel 难以调试。\n"
    )
    ingest_text("Unikernel", text, empty_base.store, Tools(empty_base.lexicon, empty_base.tokenizer, empty_base.domain), max_bytes=10_000)
    empty_base.refresh()
    answer = empty_base.ask("unikernel 有哪些例子？")
    assert "MirageOS 用 OCaml 编写[1]；OSv 能运行 Java 程序[2]" in answer.text
    assert "难以调试" not in answer.text


def test_a_list_of_something_else_answers_nothing(ask: Callable[[str, str], Answer]) -> None:
    text = "按提供的服务，服务器分为以下两类：\n- Web 服务器处理请求。\n- 邮件服务器收发邮件。\n"
    assert "Web 服务器处理请求" not in ask(text, "服务器有哪些特点？").text


@pytest.mark.parametrize(
    ("question", "item"), [("Kubernetes 内部由哪几个部件构成？", "etcd"), ("Kubernetes 除了 etcd，还有哪些组件？", "调度器")]
)
def test_any_word_for_parts_asks_for_what_a_thing_is_made_of(question: str, item: str, ask: Callable[[str, str], Answer]) -> None:
    gvisor = "\n\ngVisor\ngVisor 由两个主要部件组成：\n- Sentry 是应用内核。\n- Gofer 代理文件。\n"
    answer = ask(KUBERNETES + gvisor, question)
    assert item in answer.text and "Sentry" not in answer.text


def test_no_sentence_is_cut_out_of_its_place(ask: Callable[[str, str], Answer]) -> None:
    text = "第三项是联合文件系统，联合文件系统叠加目录。联合文件系统把只读层叠加成一个目录树。进程修改文件时，联合文件系统先复制文件，再修改副本。\n"
    answer = ask(text, "联合文件系统修改文件时怎么处理？")
    assert answer.status == "answered" and "第三项" not in answer.text


def test_lines_under_both_sides_are_not_told_as_one_side(told: Callable[..., KnowledgeBase], others: str) -> None:
    drawback = "通信是二进制的，不能原样记录下来供人阅读，因此出错以后很难排查。"
    text = f"## SFTP 的优点和缺点\n\n只有一个连接。\n\n连接始终保持安全。\n\n{drawback}\n"
    answer = told(text, others).ask("SFTP 有什么缺点？")
    assert "只有一个连接" not in answer.text or "二进制" in answer.text


def test_a_list_under_a_heading_on_more_is_not_of_what_it_does_not_name(told: Callable[..., KnowledgeBase], others: str) -> None:
    text = "## 能力与限制\n\nDocker 的网络有两种方式。第一，共享网络栈。第二，拥有独立的网络栈。\n\n## 适用\n\nDocker 的缺点是只能用于 Linux。\n"
    answer = told(text, others).ask("Docker 有什么缺点？")
    assert "只能用于 Linux" in answer.text and "网络栈" not in answer.text


def test_behind_a_sentence_that_lists_them_nothing_repeats_them(told: Callable[..., KnowledgeBase], others: str) -> None:
    text = "Docker 只提供少量设备，主要有网卡、磁盘、串口和键盘。Docker 只提供少量设备，因此攻击面更小。\n"
    answer = told(text, others).ask("Docker 提供哪几样设备？")
    assert "网卡、磁盘" in answer.text and "攻击面" not in answer.text


def test_what_something_was_made_of_comes_before_what_it_is_good_for(told: Callable[..., KnowledgeBase], others: str) -> None:
    text = "Docker 的优点是隔离、轻量、兼容和集成。Docker 成立于 2017 年，由甲项目和乙项目合并而成。\n"
    assert told(text, others).ask("Docker 由哪两个项目合并来的？").text.startswith("Docker 成立于 2017 年")


def test_where_only_kinds_are_asked_no_other_list_of_the_thing_is_told(told: Callable[..., KnowledgeBase], others: str) -> None:
    text = (
        "波佩克提出了 hypervisor 的三个条件。第一个条件是等价性。第二个条件是资源控制。第三个条件是效率。\n"
        "hypervisor 分为两种类型。Type 1 hypervisor 直接运行在硬件之上。Type 2 hypervisor 运行在操作系统之上。\n"
    )
    base = told(text, others)
    answer = base.ask("hypervisor 有几种？")
    assert "两种类型" in answer.text and "等价性" not in answer.text
    assert "等价性" in base.ask("hypervisor 有哪三个条件？").text


def test_beside_what_is_known_the_list_that_holds_it_comes_first(told: Callable[..., KnowledgeBase]) -> None:
    base = told(
        "虚拟机软件有很多用户。桌面上的虚拟机软件(VMware，VirtualBox，Parallels)都能运行 Windows。VMware 是一种虚拟机软件。虚拟机软件要占内存。"
    )
    answer = base.ask("除了VirtualBox，文中还点名了哪些虚拟机软件？")
    assert answer.question.kind == "listing" and "Parallels" in answer.evidence[0].quote


def test_layers_are_told_by_the_sentence_that_goes_through_them(told: Callable[..., KnowledgeBase]) -> None:
    base = told("操作系统很重要。操作系统需要硬件。操作系统从下到上依次为内核、系统库和应用程序。操作系统可以连接主机。")
    answer = base.ask("从下往上数，操作系统有哪三层？")
    assert answer.evidence[0].quote == "操作系统从下到上依次为内核、系统库和应用程序。"


@pytest.mark.parametrize("question", ["容器的三个优点分别是什么？", "除了隔离，容器还有什么优点？", "网络的三层是哪三层？"])
def test_what_is_counted_and_asked_one_by_one_is_a_list(question: str, filled_base: KnowledgeBase) -> None:
    assert filled_base.ask(question).question.kind == "listing"


@pytest.mark.parametrize("question", ["虚拟机里面都装着些什么？", "虚拟机里面有什么？", "虚拟机里有哪些东西？"])
def test_what_is_in_a_thing_is_told_by_what_says_it_contains(question: str, told: Callable[..., KnowledgeBase]) -> None:
    base = told("服务器上装着很多虚拟机软件。虚拟机包括内核、系统库和应用程序。虚拟机有两个限制：启动慢。占用多。宿主机里装了虚拟机。")
    answer = base.ask(question)
    assert (answer.question.kind, answer.evidence[0].quote) == ("listing", "虚拟机包括内核、系统库和应用程序。")


def test_what_nothing_calls_a_trait_is_told_by_what_begins_with_the_thing(told: Callable[..., KnowledgeBase]) -> None:
    base = told(
        "虚拟机拥有自己的内核。虚拟机可以运行另一种操作系统。可以用 KVM 运行虚拟机。宿主机运行在机房里。", "宿主机和服务器连接网络。"
    )
    answer = base.ask("虚拟机有哪些特点？")
    assert {evidence.quote for evidence in answer.evidence} == {"虚拟机拥有自己的内核。", "虚拟机可以运行另一种操作系统。"}
    assert base.ask("KVM 有哪些特点？").status == "no_evidence"


def test_what_stands_in_brackets_is_told_by_a_sentence_with_brackets(told: Callable[..., KnowledgeBase]) -> None:
    base = told("虚拟机软件有两种，例如商业软件、开源软件等。常见的虚拟机软件(VMware，VirtualBox)都能运行 Windows。虚拟机软件要占内存。")
    assert "VirtualBox" in base.ask("文中括号里列了哪些虚拟机软件？").evidence[0].quote


@pytest.mark.parametrize("question", ["列出五种服务器。", "服务器可以分为哪五种？"])
def test_how_many_are_asked_for_need_not_be_counted_in_the_article(question: str, told: Callable[..., KnowledgeBase]) -> None:
    base = told("服务器按用途可以分为文件服务器、数据库服务器、邮件服务器等。服务器运行在机房里。", "机房里有空调。网络连接主机。")
    assert base.ask(question).evidence[0].quote.startswith("服务器按用途可以分为")


def test_differences_are_no_list_of_what_a_thing_does(told: Callable[..., KnowledgeBase]) -> None:
    base = told("主机和服务器的区别如下：\n- 定义：服务器提供服务。\n- 功能：主机连接网络。\n\n服务器可以存放文件、运行项目和发送邮件。")
    assert "存放文件" in base.ask("服务器可以干哪些事？").evidence[0].quote


@pytest.mark.parametrize("question", ["能举几个容器引擎的例子吗？", "请列出几个容器引擎", "可以列举几种容器引擎吗"])
def test_a_request_for_some_is_a_list(question: str, told: Callable[..., KnowledgeBase]) -> None:
    base = told("Docker、Podman 和 rkt 都是容器引擎。容器引擎管理容器。服务器运行在机房里。")
    answer = base.ask(question)
    assert (answer.question.kind, "Podman" in answer.text) == ("listing", True)


def test_what_is_in_a_thing_is_not_told_by_what_lists_the_thing(told: Callable[..., KnowledgeBase]) -> None:
    base = told("容器技术有 LXC、OpenVZ 和 Docker 等。可以用 LXC 创建容器。容器运行在宿主机上。服务器运行在机房里。")
    assert base.ask("LXC 里面都装着些什么？").status == "no_evidence"


def test_a_deed_is_no_drawback_and_the_word_itself_goes_before_another(told: Callable[..., KnowledgeBase], others: str) -> None:
    base = told(
        "运行时用几种机制限制进程：命名空间限制容器能看见的对象。cgroups 限制容器的用量。\n\n"
        "容器对内核有两个限制：容器不能选择内核版本；容器不能加载内核模块。\n\n容器适合微服务，缺点是隔离较弱。\n",
        others,
    )
    assert base.ask("容器有哪些缺点？").text.startswith("容器适合微服务，缺点是隔离较弱")


IMAGES = (
    "Docker 是一个容器平台。Docker 镜像由多个部分组成。\n\n镜像的组成\n镜像由清单、配置和层三部分组成。清单列出各层的摘要。配置记录环境变量。层记录文件的变化。\n\n"
    "引擎\nDocker Engine 由守护进程、接口和命令行客户端三部分组成。\n"
)


def test_the_parts_of_another_thing_are_not_its_parts(ask: Callable[[str, str], Answer]) -> None:
    told = ask(IMAGES, "Docker 由哪些部分组成？").text
    assert "守护进程、接口和命令行客户端" in told and "清单" not in told
    assert "清单" in ask(IMAGES, "镜像由哪些部分组成？").text


MERITS = "虚拟机运行在 hypervisor 之上。虚拟机的优点是隔离性强、系统可以任选。因为容器不运行内核，所以容器的密度高于虚拟机。二进制翻译是一种改写内核代码的技术。处理器有了支持，所以二进制翻译退出。"


@pytest.mark.parametrize(
    "question",
    [
        "为什么要用虚拟机？",
        "大家为什么都选择虚拟机呢",
        "用虚拟机图什么？",
        "Why should I use virtual machines?",
        "What is the point of a virtual machine?",
    ],
)
def test_why_to_use_a_thing_asks_for_its_merits(question: str, ask: Callable[[str, str], Answer]) -> None:
    assert "隔离性强、系统可以任选" in ask(MERITS, question).text


def test_how_a_thing_is_about_asks_what_it_is(ask: Callable[[str, str], Answer]) -> None:
    assert ask(MERITS, "二进制翻译是怎么回事？").text.startswith("二进制翻译是一种改写内核代码的技术")


def test_why_more_than_the_thing_is_used_asks_for_the_cause(ask: Callable[[str, str], Answer]) -> None:
    assert "因为容器不运行内核" in ask(MERITS, "为什么容器的密度高于虚拟机？").text
