"""What kind of amount is asked for, and whether a sentence holds one."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kb.app import KnowledgeBase
from kb.qa.asking.amounts import Amount, asked_amount, counted, counted_vaguely, limit_lacking

Filled = Callable[..., KnowledgeBase]


@pytest.mark.parametrize(
    ("question", "amount"),
    [
        ("容器启动要多久？", Amount(dimension="time")),
        ("启动要多少毫秒？", Amount(dimension="time")),
        ("镜像有多大？", Amount(dimension="size")),
        ("how big is a docker image", Amount(dimension="size")),
        ("How much memory does it need?", Amount(dimension="size")),
        ("一台宿主机能跑几台虚拟机？", Amount(unit="台")),
        ("超额比例是多少？", None),
    ],
)
def test_what_is_asked_for(question: str, amount: Amount | None) -> None:
    assert asked_amount(question) == amount


@pytest.mark.parametrize(
    ("amount", "text", "held"),
    [
        (Amount(dimension="size"), "镜像只有几 MB。", True),
        (Amount(dimension="size"), "4 KB 随机读达到 84044 IOPS。", False),
        (Amount(dimension="size"), "启动需要 3 秒。", False),
        (Amount(dimension="time"), "容器可以秒启动。", True),
        (Amount(unit="台"), "每秒最多创建 150 台 microVM。", True),
        (Amount(unit="台"), "每秒最多创建 150 个容器。", False),
    ],
)
def test_whether_a_sentence_holds_it(amount: Amount, text: str, held: bool) -> None:
    assert amount.held_by(text) is held


def test_another_kind_of_figure_is_no_answer(told: Filled) -> None:
    base = told("容器镜像的 4 KB 随机读达到 84044 IOPS。容器镜像由多层组成。")
    assert base.ask("容器镜像有多大？").status == "no_evidence"
    base = told("容器镜像的 4 KB 随机读达到 84044 IOPS。容器镜像只有几 MB。")
    found = base.ask("容器镜像有多大？")
    assert "几 MB" in found.text and "IOPS" not in found.text


@pytest.mark.parametrize(
    ("question", "told", "not_told"),
    [
        ("集群最多几个节点？", "集群最多有 12 个工作节点。", "集群分两种模式，节点之间互相发现。"),
        ("内核有多少行代码？", "内核有三千万行代码。", "内核基于两个更古老一些的代码库。"),
        ("一周要部署多少次容器？", "一周部署超过 20 亿次。", "一个容器很小。"),
        ("最多能接几个附加 PCI 设备？", "最多支持 27 个用于扩展的附加 PCI 设备。", "PCI 设备很常见，还有两种总线。"),
    ],
)
def test_what_is_counted_by_name_is_told_beside_a_number(question: str, told: str, not_told: str) -> None:
    number = counted(question)
    assert number is not None
    assert number.search(told) and not number.search(not_told)


@pytest.mark.parametrize("question", ["启动要多久？", "镜像有多大？", "有几个？", "还差多少？", "什么是容器？"])
def test_what_names_nothing_counted_asks_for_no_count(question: str) -> None:
    assert counted(question) is None


def test_a_share_is_no_size() -> None:
    assert asked_amount("有多大比例的公司在用？") is None


def test_a_figure_that_was_reached_tells_no_limit() -> None:
    asked = "KVM 虚拟机最多支持多少 vCPU？"
    assert limit_lacking(asked, "KVM 固定 vCPU 后为 284 GFLOPS。")
    assert not limit_lacking(asked, "一台虚拟机最多有 288 个 vCPU。")
    assert not limit_lacking("KVM 有多少 vCPU？", "KVM 固定 vCPU 后为 284 GFLOPS。")


@pytest.mark.parametrize(
    ("text", "size"), [("性能损失有多大", False), ("差距大概有多大？", False), ("镜像有多大", True), ("内存要多大", True)]
)
def test_how_great_a_loss_is_no_size(text: str, size: bool) -> None:
    found = asked_amount(text)
    assert (found is not None and found.dimension == "size") is size


def test_what_is_counted_may_have_other_names() -> None:
    pattern = counted("屏蔽了多少个syscall", lambda what: ("系统调用",) if what == "syscall" else ())
    assert pattern is not None and pattern.search("在 300 多个系统调用中禁用约 44 个。") and not pattern.search("禁用了系统调用。")


@pytest.mark.parametrize(
    ("question", "text", "says"),
    [
        ("一台服务器能接几个客户端？", "一台服务器可以连接多个客户端。", True),
        ("一个容器里跑几个进程？", "容器旨在作为单个进程运行。", True),
        ("一台主机有几个地址？", "每台主机都有一个 IP 地址。", True),
        ("一个节点能跑多少个容器？", "节点运行在服务器上。", False),
        ("how many clients can a server serve?", "one server, 多个clients", True),
    ],
)
def test_many_or_one_may_say_how_many(question: str, text: str, says: bool) -> None:
    pattern = counted_vaguely(question)
    assert pattern is not None and (pattern.search(text) is not None) == says


def test_a_measure_word_may_stand_behind_another() -> None:
    assert Amount(unit="核").held_by("每块处理器有 16 个核")
