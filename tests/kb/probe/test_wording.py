from __future__ import annotations

import re

import pytest

from kb.probe.wording import caveat, explain
from kb.records import Sign

TCG = "软件模拟（QEMU/TCG），不代表 KVM / software emulation (QEMU/TCG), says nothing about KVM"


@pytest.fixture
def start_times(measured):
    return (
        measured("process", "process", (0.5, 0.6, 0.7, 0.6, 0.5)),
        measured("bubblewrap", "container", (4.0, 5.0, 3.0, 4.5, 3.5), cpu_seconds=(0.0031, 0.0032)),
        measured("unshare", "container", (2.0, 2.1, 1.9, 2.0, 2.0)),
        measured("qemu_tcg", "virtual_machine", (2000.0, 2100.0, 1900.0, 2050.0, 1950.0), caveats=(TCG,), failures=1),
    )


def test_start_times_in_chinese(start_times):
    assert explain(start_times, "zh").splitlines() == [
        "本机实测：启动时间（宿主机时钟，从开始执行到里面的程序输出第一行）。2026-03-05 07:08 UTC，Test CPU × 2，内核 6.18。",
        "· 普通进程：中位数 0.6 ms（n=5，四分位区间 0.5–0.6 ms，范围 0.5–0.7 ms）",
        "· bubblewrap 容器：中位数 4 ms（n=5，四分位区间 3.5–4.5 ms，范围 3–5 ms），每次用 CPU 3.15 ms",
        "· unshare 容器：中位数 2 ms（n=5，四分位区间 2–2 ms，范围 1.9–2.1 ms）",
        "· QEMU/TCG 软件模拟的虚拟机：中位数 2 s（n=5，四分位区间 1.95–2.05 s，范围 1.9–2.1 s），6 次中 1 次失败",
        "同一次测量中，QEMU/TCG 软件模拟的虚拟机的数值约是 bubblewrap 容器的 500 倍（中位数之比 500 ± 53）。",
        "注意：软件模拟（QEMU/TCG），不代表 KVM。",
    ]


def test_start_times_in_english_hold_no_chinese(start_times):
    text = explain(start_times, "en")
    assert re.search(r"[\u4e00-\u9fff]", text) is None
    assert "bubblewrap container: median 4 ms (n=5, quartiles 3.5–4.5 ms, range 3–5 ms)" in text
    assert "about 500 times that of the bubblewrap container (ratio of medians 500 ± 53)" in text
    assert "2026-03-05 07:08 UTC, Test CPU × 2, kernel 6.18" in text


@pytest.mark.parametrize("language", ["zh", "en"])
def test_tcg_is_always_called_software_emulation(start_times, language):
    for line in explain(start_times[3:], language).splitlines():
        if "TCG" in line:
            assert "软件模拟" in line or "software emulation" in line


def test_outliers_are_named(measured):
    box = measured("bubblewrap", "container", (4.0, 5.0, 4.5, 4.2, 4.8, 41.0))
    assert "范围 4–41 ms），其中离群 41 ms" in explain((box,), "zh")
    assert "range 4–41 ms), outliers 41 ms" in explain((box,), "en")


def test_processor_time_is_not_said_twice(measured):
    box = measured("bubblewrap", "container", (3.1, 3.2, 3.0), metric="start_cpu", cpu_seconds=(0.0031, 0.0032, 0.003))
    assert "每次用 CPU" not in explain((box,), "zh")


def test_there_is_no_ratio_across_runs(measured):
    box = measured("bubblewrap", "container", (4.0,) * 5)
    vm = measured("qemu_tcg", "virtual_machine", (2000.0,) * 5, run_id="run2")
    text = explain((box, vm), "zh")
    assert "倍" not in text
    assert len(text.split("\n\n")) == 2


def test_there_is_no_ratio_with_an_invalid_measurement(measured):
    box = measured("bubblewrap", "container", (4.0,) * 5)
    vm = measured("qemu_tcg", "virtual_machine", (2000.0,), valid=False)
    text = explain((box, vm), "zh")
    assert "倍" not in text
    assert "2 s（n=1）（样本不足、离散过大或机器繁忙，仅供参考）" in text


def test_overlapping_ranges_are_no_difference(measured):
    box = measured("bubblewrap", "container", (4.0, 5.0, 6.0))
    vm = measured("qemu_kvm", "virtual_machine", (5.0, 6.0, 7.0))
    assert "QEMU/KVM 虚拟机与 bubblewrap 容器没有可测的差别" in explain((box, vm), "zh")


def test_what_was_not_measured_is_said_with_its_reason(measured):
    nothing = measured(
        "qemu_tcg", "virtual_machine", (), failures=2, valid=False, caveats=(TCG, "失败 2 次，最后一次：超时 / 2 failed, late")
    )
    assert "QEMU/TCG 软件模拟的虚拟机：未测：失败 2 次，最后一次：超时" in explain((nothing,), "zh")
    assert "not measured: 2 failed, late" in explain((nothing,), "en")
    assert explain((), "zh") == "未测：没有测量记录。"
    assert explain((), "en") == "Not measured: there is no record."


def test_kernel_identity_counts_and_lists_its_signs(measured, signs):
    box = measured("bubblewrap", "container", (4.0,), metric="kernel_identity", unit="signs", signs=signs(True))
    vm = measured("qemu_tcg", "virtual_machine", (0.0,), metric="kernel_identity", unit="signs", signs=signs(False))
    text = explain((box, vm), "zh")
    assert "bubblewrap 容器：4 项独立迹象全部与宿主机一致，即共用宿主机的内核（内核版本相同 6.18；" in text
    assert "4 项独立迹象中 4 项与宿主机不同，即运行自己的内核（内核版本不同：宿主机 6.18，里面 6.1；" in text
    assert "进程在宿主机 /proc 中不可见（宿主机 —，里面 pid 1）" in text
    assert "倍" not in text
    assert "all 4 independent signs agree with the host: it shares the host's kernel" in explain((box, vm), "en")


def test_the_same_release_in_a_machine_is_not_the_same_kernel(measured, signs):
    mixed = (signs(True)[0], *signs(False)[1:])
    vm = measured("qemu_kvm", "virtual_machine", (1.0,), metric="kernel_identity", unit="signs", signs=mixed)
    assert "4 项独立迹象中 3 项与宿主机不同，即运行自己的内核" in explain((vm,), "zh")


def test_signs_that_contradict_each_other_decide_nothing(measured, signs):
    mixed = (*signs(True)[:2], *signs(False)[2:])
    box = measured("unshare", "container", (2.0,), metric="kernel_identity", unit="signs", signs=mixed)
    assert "不能断定" in explain((box,), "zh")


def test_visibility_counts_how_often(measured):
    vm = measured("qemu_tcg", "virtual_machine", (0.0, 0.0), metric="visibility", unit="processes")
    assert "2 次中 0 次能在宿主机 /proc 中看到里面的进程" in explain((vm,), "zh")


def test_records_of_members_that_are_gone_can_still_be_read(measured):
    text = explain((measured("rkt", "container", (1.0,), metric="pulls", unit="s"),), "zh")
    assert "rkt：1 s（n=1）" in text


def test_a_host_that_is_a_virtual_machine_says_so(measured):
    from kb.records import HostFingerprint

    guest = HostFingerprint("env3", (("cpu", "C"), ("cpus", "1"), ("kernel", "6"), ("virtualization", "kvm")))
    assert "本机自身是虚拟机（kvm）" in explain((measured("process", "process", (1.0,), host=guest),), "zh")


def test_a_caveat_is_split_at_its_mark():
    assert (caveat("甲 / a / b", "zh"), caveat("甲 / a / b", "en"), caveat("only", "en")) == ("甲", "a / b", "only")


def test_a_rate_is_compared_the_other_way_round_and_with_the_slowest_container(measured):
    run = (
        measured("unshare", "container", (9000.0, 9100.0, 9200.0), metric="creation_rate", unit="/min"),
        measured("crun", "container", (600.0, 600.0, 600.0), metric="creation_rate", unit="/min"),
        measured("qemu_tcg", "virtual_machine", (30.0, 30.0, 30.0), metric="creation_rate", unit="/min"),
    )
    assert "crun（OCI）容器的数值约是 QEMU/TCG 软件模拟的虚拟机的 20 倍" in explain(run, "zh")


@pytest.mark.parametrize(
    ("samples", "words"),
    [
        ((0.98, 1.01, 1.04), "与普通进程没有可测的差别（±5%）（n=3）"),
        ((7.0, 7.1, 7.2), "所用处理器时间是普通进程的 7.1 倍（n=3，范围 7–7.2）"),
    ],
)
def test_processor_time_is_put_against_a_process_with_its_uncertainty(measured, samples, words):
    one = measured("bubblewrap", "container", samples, metric="cpu_ratio", unit="x")
    assert words in explain((one,), "zh")
    assert "0.98" not in explain((one,), "en")


def test_another_userland_on_the_same_kernel(measured):
    signs = (
        Sign("os_release", "Debian 12", "kb", False),
        Sign("root_folder", "21", "6", False),
        Sign("boot_id", "aa", "aa", True),
    )
    box = measured("bubblewrap", "container", (2.0,), metric="userland", unit="signs", signs=signs)
    assert "程序与文件不是宿主机的，而内核是宿主机的（系统名不同：宿主机 Debian 12，里面 kb；" in explain((box,), "zh")
    assert "not the host's, while the kernel is the host's (name of the system differs" in explain((box,), "en")
    own = measured("qemu_tcg", "virtual_machine", (2.0,), metric="userland", signs=(*signs[:2], Sign("boot_id", "aa", "bb", False)))
    assert "内核也是自己的" in explain((own,), "zh")


def test_denied_attempts_are_never_called_secure(measured):
    signs = (Sign("mount", "", "succeeded", True), Sign("kernel_log", "", "denied", False), Sign("network", "", "denied", False))
    box = measured("unshare", "container", (2.0,), metric="isolation", unit="attempts", signs=signs)
    zh, en = explain((box,), "zh"), explain((box,), "en")
    assert "本次 3 项尝试中 2 项被拒绝（读内核日志、有通往网络的路由）；成功的：挂载 tmpfs。只说明这些尝试被拒绝，不等于安全证明" in zh
    assert "2 of 3 attempts were denied" in en and "proves no security" in en
    assert "secure" not in en.replace("security", "") and "安全的" not in zh


def test_what_signals_do(measured):
    run = (
        measured("process", "process", (1.0,) * 3, metric="signals", unit="ended"),
        measured("crun", "container", (0.0,) * 3, metric="signals", unit="ended"),
        measured("unshare", "container", (0.0, 1.0, 0.0), metric="signals", unit="ended"),
    )
    lines = explain(run, "zh").splitlines()
    assert lines[1].endswith("3 次都被 SIGTERM 结束")
    assert "3 次都不理会 SIGTERM" in lines[2] and "docker stop" in lines[2]
    assert lines[3].endswith("3 次中 1 次被 SIGTERM 结束")
    assert "ignored SIGTERM all 3 times" in explain(run, "en")


def test_stopping_is_not_compared(measured):
    run = (
        measured("crun", "container", (10.0, 11.0, 12.0), metric="stop_time"),
        measured("qemu_tcg", "virtual_machine", (2.0, 2.1, 2.2), metric="stop_time"),
    )
    assert "倍" not in explain(run, "zh")
