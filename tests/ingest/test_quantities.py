from __future__ import annotations

from collections.abc import Callable

import pytest

from kb.records import Extract, Quantity

Read = Callable[[str], Extract]
Measured = tuple[str, str, str, float | None, float | None, str]
V, C = "virtual_machine", "container"


def measured(extract: Extract) -> list[Measured]:
    return [(q.subject, q.aspect, q.value_text, q.low, q.high, q.unit) for q in extract.quantities]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("虚拟机启动需要数分钟。", [(V, "启动速度", "数分钟", 2, 9, "分钟")]),
        ("容器启动只需要几十毫秒，停止只需要1秒。", [(C, "启动速度", "几十毫秒", 20, 90, "毫秒"), (C, "停止速度", "1秒", 1, 1, "秒")]),
        ("虚拟机启动要几分钟，容器启动要几毫秒。", [(V, "启动速度", "几分钟", 2, 9, "分钟"), (C, "启动速度", "几毫秒", 2, 9, "毫秒")]),
        ("容器占用不到50 MB内存。", [(C, "资源占用", "不到50 MB", 0, 50, "MB")]),
        ("虚拟机镜像有2 GB。", [("virtual_image", "体积", "2 GB", 2, 2, "GB")]),
        ("容器：启动要2秒。\n虚拟机：启动要40秒。", [(C, "启动速度", "2秒", 2, 2, "秒"), (V, "启动速度", "40秒", 40, 40, "秒")]),
        ("一台宿主机可以运行上百个容器。", [("host_machine", "容器数量", "上百个", 100, 100, "个")]),
        ("容器很轻，启动要几秒。", [(C, "启动速度", "几秒", 2, 9, "秒")]),
        ("迁移一台虚拟机要两分钟。", [(V, "迁移", "两分钟", 2, 2, "分钟")]),
        (
            "物理机达到290.8 GFLOPS，容器达到290.9 GFLOPS。",
            [("physical_machine", "性能", "290.8 GFLOPS", 290.8, 290.8, "GFLOPS"), (C, "性能", "290.9 GFLOPS", 290.9, 290.9, "GFLOPS")],
        ),
        ("容器比物理机慢约2%。", [(C, "比例", "约2%", 2, 2, "%")]),
        ("第一组虚拟机平均启动要2秒。", [(V, "启动速度", "2秒", 2, 2, "秒")]),
        ("Docker的默认端口是2375。", [("docker", "端口", "2375", 2375, 2375, "")]),
        ("Docker默认监听2375端口。", [("docker", "端口", "2375", 2375, 2375, "")]),
        (
            "宿主机有2 GB内存和50 GB磁盘。",
            [("host_machine", "资源占用", "2 GB", 2, 2, "GB"), ("host_machine", "资源占用", "50 GB", 50, 50, "GB")],
        ),
        ("虚拟机的启动时间是容器的20倍。", [(V, "启动速度", "20倍", 20, 20, "倍")]),
        ("宿主机每秒能创建150台虚拟机。", [("host_machine", "创建速度", "150台", 150, 150, "台/秒")]),
        ("服务器每秒处理五万个请求。", [("server", "吞吐量", "五万个", 50000, 50000, "次/秒")]),
        ("容器的启动时间从3秒降到0.5秒。", [(C, "启动速度", "3秒", 3, 3, "秒"), (C, "启动速度", "0.5秒", 0.5, 0.5, "秒")]),
        ("容器有三种用法。", [(C, "用法数量", "三种", 3, 3, "种")]),
        ("文章提出了Hypervisor的三个条件。", [("hypervisor", "条件数量", "三个", 3, 3, "个")]),
        ("容器共享内核（单个宿主机内核）。", [("host_kernel", "数量", "单个", 1, 1, "个")]),
        ("虚拟机达到100 GFLOPS，比物理机慢约55%。", [(V, "性能", "100 GFLOPS", 100, 100, "GFLOPS"), (V, "比例", "约55%", 55, 55, "%")]),
        ("测试的结果是：容器启动要2秒，虚拟机启动要40秒。", [(C, "启动速度", "2秒", 2, 2, "秒"), (V, "启动速度", "40秒", 40, 40, "秒")]),
        ("服务器每秒写入300 MB数据。", [("server", "带宽", "300 MB", 300, 300, "MB/秒")]),
        (
            "容器和虚拟机的启动时间分别是50毫秒和30秒。",
            [(C, "启动速度", "50毫秒", 50, 50, "毫秒"), (V, "启动速度", "30秒", 30, 30, "秒")],
        ),
        ("QEMU可能比 KVM 慢几十倍。", [("qemu", "比例", "几十倍", 20, 90, "倍")]),
        # one of them, where that is what is said
        ("容器只需要一个操作系统。", [(C, "操作系统数量", "一个", 1, 1, "个")]),
        ("所有容器共享同一个内核。", [(C, "内核数量", "一个", 1, 1, "个")]),
        ("每台虚拟机拥有唯一的操作系统。", [(V, "操作系统数量", "唯一", 1, 1, "个")]),
        ("虚拟机多了一层操作系统。", [(V, "多出的操作系统数量", "一层", 1, 1, "层")]),
        ("容器比虚拟机少了两层。", [(C, "少的层数量", "两层", 2, 2, "层")]),
        ("服务器有2颗CPU，每颗CPU有16个核。", [("server", "CPU数量", "2颗", 2, 2, "颗"), ("cpu", "核数量", "16个核", 16, 16, "核")]),
        ("处理器架构是2块CPU。", [("cpu_architecture", "CPU数量", "2块", 2, 2, "块")]),
        ("虚拟化有一虚多和多虚一两种形式。", [("virtualization", "形式数量", "两种", 2, 2, "种")]),
        ("虚拟机的启动时间以分钟计。", [(V, "启动速度", "以分钟计", 1, 59, "分钟")]),
        ("每台主机都有一个IP地址。", [("host", "IP地址数量", "一个", 1, 1, "个")]),
        ("应用容器作为单个进程运行。", [("app_container", "进程数量", "单个", 1, 1, "个")]),
        ("容器几乎可以秒启动。", [(C, "启动速度", "秒", 1, 59, "秒")]),
        # no quantities
        ("容器里有一个进程。", []),
        ("集群管理单个容器。", []),
        ("容器的启动时间分别是50毫秒和30秒。", []),  # of what two
        ("为此需要两台服务器。", []),  # of how many it is the number, but of nothing else
        ("这两台服务器使用容器。", []),
        ("服务器连接到24端口交换机。", []),
        ("前16位是网络的前缀。", []),
        ("物理机的4 KB随机读很快。", []),
        ("容器是一种技术，一个宿主机就够。", []),
        ("这三种容器很快。", []),
        ("使用2 MB或1 GB的大页可以减少虚拟机的开销。", []),
        ("第二台虚拟机没有启动。", []),
        ("启动要2秒。", []),  # nobody is spoken of
    ],
)
def test_a_number_has_a_subject_and_an_aspect(text: str, expected: list[Measured], read: Read) -> None:
    assert measured(read(text)) == expected


def test_a_heading_measures_nothing(read: Read) -> None:
    assert read("容器启动2秒\n容器很轻，很快。").quantities == ()


def test_a_reading_is_approximate_and_reported_wording_less_sure(read: Read) -> None:
    (vague,) = read("容器启动要几秒。").quantities
    (exact,) = read("容器启动要2秒。").quantities
    assert (vague.approximate, exact.approximate) == (True, False)
    (reported,) = read("有人说「容器启动要2秒」不可信。").quantities
    assert reported.confidence < exact.confidence


def test_a_count_is_less_sure_than_a_measure(read: Read) -> None:
    (count,) = read("一台宿主机可以运行上百个容器。").quantities
    (measure,) = read("容器启动要2秒。").quantities
    assert count.confidence < measure.confidence


def test_a_quantity_is_a_whole_record(read: Read) -> None:
    text = "先看虚拟机，虚拟机启动约需要3到5分钟。"
    (quantity,) = read(text).quantities
    assert quantity == Quantity("a#0", (6, 19), V, "启动速度", "3到5分钟", 3, 5, "分钟", False, "numerals", 0.7)
    assert text[slice(*quantity.span)] == "虚拟机启动约需要3到5分钟"
