"""Every verdict, on statements and measurements made by hand; and that a verdict never claims more than was measured."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from kb.court import judge, rulings_at
from kb.records import Claim, Comparison, Quantity, Sign

FAST, SLOW = (4.0, 5.0, 6.0), (2100.0, 2134.0, 2300.0)


def start(court: Any, *, run: str = "run1", days_ago: float = 1, container: tuple[float, ...] = FAST, **more: object) -> None:
    court.records(
        court.measured("process", "start_time", 0.9, run=run, days_ago=days_ago, **more),
        court.measured("bubblewrap", "start_time", *container, run=run, days_ago=days_ago, **more),
        court.measured("qemu_tcg", "start_time", *SLOW, run=run, days_ago=days_ago, **more),
    )


# ---------------------------------------------------------------- comparisons


def test_a_direction_that_all_samples_bear_out_is_confirmed(court: Any, faster: Comparison) -> None:
    said = court.says("容器比虚拟机启动更快。", faster)
    start(court)
    ruling = court.ruling()
    assert (ruling.test, ruling.verdict, ruling.statement) == ("container_starts_faster", "confirmed", said)
    assert (ruling.sentence_id, ruling.span) == ("a#0", (0, 11))
    assert ruling.measurements == ("run1-start_time-bubblewrap", "run1-start_time-qemu_tcg")
    assert "容器 5 ms" in ruling.explanation[0] and "虚拟机 2.13 s" in ruling.explanation[0] and "约 400 倍" in ruling.explanation[0]
    assert "containers took 5 ms" in ruling.explanation[1]
    assert ("最小的环境", "a minimal userland") in ruling.conditions


def test_the_other_way_round_is_the_same_statement(court: Any, faster: Comparison) -> None:
    court.says("虚拟机启动更慢。", replace(faster, a="virtual_machine", b="container", direction="b_more"))
    start(court)
    assert court.ruling().verdict == "confirmed"


def test_a_direction_that_all_samples_oppose_is_contradicted(court: Any, faster: Comparison) -> None:
    court.says("容器比虚拟机启动更慢。", replace(faster, direction="b_more"))
    start(court)
    assert court.ruling().verdict == "contradicted"


def test_what_is_usual_is_not_overturned_by_one_machine(court: Any, faster: Comparison) -> None:
    court.says("容器通常比虚拟机启动更慢。", replace(faster, direction="b_more", hedge="通常"))
    start(court)
    ruling = court.ruling()
    assert ruling.verdict == "partly"
    assert "通常情况" in ruling.explanation[0]
    assert ("原文的限定：「通常」", "The text's own hedge: “通常”") in ruling.qualifiers


def test_samples_that_overlap_decide_nothing(court: Any, faster: Comparison) -> None:
    court.says("容器比虚拟机启动更快。", faster)
    start(court, container=(4.0, 5.0, 2200.0))
    assert court.ruling().verdict == "partly"


def test_equal_is_contradicted_by_samples_that_lie_apart(court: Any, faster: Comparison) -> None:
    court.says("容器与虚拟机启动一样快。", replace(faster, direction="equal"))
    start(court)
    assert court.ruling().verdict == "contradicted"


def test_a_difference_smaller_than_stated_counts_in_part(court: Any, faster: Comparison) -> None:
    court.says("容器启动快几个数量级。", replace(faster, amount="数量级"))
    start(court, container=(500.0, 500.0, 500.0))
    ruling = court.ruling()
    assert ruling.verdict == "partly"
    assert "没有原文说的那么大" in ruling.explanation[0]


def test_backends_of_different_runs_are_not_compared(court: Any, faster: Comparison) -> None:
    court.says("容器比虚拟机启动更快。", faster)
    court.records(court.measured("bubblewrap", "start_time", *FAST, run="one"), court.measured("qemu_tcg", "start_time", *SLOW, run="two"))
    assert court.ruling().verdict == "unmeasured"


# ---------------------------------------------------------------- what may not decide


def test_nothing_measured_is_unmeasured_and_has_no_figure(court: Any, faster: Comparison) -> None:
    court.says("容器比虚拟机启动更快。", faster)
    ruling = court.ruling()
    assert (ruling.verdict, ruling.figures, ruling.measurements, ruling.measured_at) == ("unmeasured", (), (), None)
    assert "容器、虚拟机" in ruling.explanation[0]


def test_another_hosts_figures_never_count(court: Any, faster: Comparison) -> None:
    court.says("容器比虚拟机启动更快。", faster)
    start(court, host=court.elsewhere)
    assert court.ruling().verdict == "unmeasured"


def test_invalid_figures_never_count(court: Any, faster: Comparison) -> None:
    court.says("容器比虚拟机启动更快。", faster)
    start(court, valid=False)
    assert court.ruling().verdict == "unmeasured"


def test_an_old_measurement_is_expired_and_shows_its_figures(court: Any, faster: Comparison) -> None:
    court.says("容器比虚拟机启动更快。", faster)
    start(court, days_ago=31, fresh_until="2026-10-31T12:00:00+00:00")
    ruling = court.ruling()
    assert ruling.verdict == "expired"
    assert "2026-10-24" in ruling.explanation[0] and "2026-10-31" in ruling.explanation[0]
    assert {figure.backend for figure in ruling.figures} == {"bubblewrap", "qemu_tcg"}


def test_the_newest_fresh_run_decides(court: Any, faster: Comparison) -> None:
    court.says("容器比虚拟机启动更快。", faster)
    start(court, run="old", days_ago=40)
    start(court, run="new", days_ago=2)
    start(court, run="newest", days_ago=1)
    start(court, run="stale", days_ago=0, fresh_until="2026-11-24T11:59:59+00:00")
    assert court.ruling().measurements[0].startswith("newest-")


def test_what_holds_until_the_host_changes_does_not_expire(court: Any, shares: Claim) -> None:
    court.says("容器共享宿主机内核。", shares, "container")
    court.records(court.kernel("bubblewrap", True, True, True, True, days_ago=900))
    assert court.ruling().verdict == "confirmed"


# ---------------------------------------------------------------- kernels


def test_a_shared_kernel_is_confirmed_by_all_signs(court: Any, shares: Claim) -> None:
    court.says("容器共享宿主机的内核。", shares, "container")
    court.records(court.kernel("bubblewrap", True, True, True, True), court.kernel("qemu_tcg", False, False, False, False))
    ruling = court.ruling()
    assert (ruling.verdict, [figure.backend for figure in ruling.figures]) == ("confirmed", ["bubblewrap"])
    assert ruling.figures[0].text[0] == "4 项迹象中 4 项与宿主机相同"


def test_a_denial_of_what_is_measured_is_contradicted(court: Any, shares: Claim) -> None:
    court.says("容器不共享宿主机的内核。", replace(shares, holds=False), "container")
    court.records(court.kernel("bubblewrap", True, True, True, True))
    assert court.ruling().verdict == "contradicted"


def test_a_claim_that_does_not_name_its_subject_is_never_contradicted(court: Any, shares: Claim) -> None:
    court.says("并不共享内核。", replace(shares, holds=False))
    court.records(court.kernel("bubblewrap", True, True, True, True))
    assert court.rulings() == ()


def test_a_claim_that_names_the_other_side_only_is_left_out(court: Any, shares: Claim) -> None:
    court.says("主要原因是所有容器共享宿主机内核。", replace(shares, subject="virtual_machine"), "container")
    court.records(court.kernel("qemu_tcg", False, False, False, False))
    assert court.rulings() == ()


def test_the_same_release_does_not_make_the_same_kernel(court: Any, shares: Claim) -> None:
    court.says("虚拟机不共享宿主机的内核。", replace(shares, subject="virtual_machine", holds=False), "virtual_machine")
    court.records(court.kernel("qemu_tcg", True, False, False, False))
    assert court.ruling().verdict == "confirmed"


def test_signs_that_disagree_decide_nothing(court: Any, shares: Claim) -> None:
    court.says("容器共享宿主机的内核。", shares, "container")
    court.records(court.kernel("bubblewrap", True, False, True, True))
    assert court.ruling().verdict == "partly"


def test_gvisor_does_not_speak_for_containers(court: Any, shares: Claim) -> None:
    court.says("容器共享宿主机的内核。", shares, "container")
    court.records(court.kernel("runsc", False, False, False, True))
    assert court.ruling().verdict == "unmeasured"


def test_stand_ins_for_docker_count_in_part_and_docker_itself_in_full(court: Any, shares: Claim) -> None:
    court.says("Docker 容器共享宿主机的内核。", replace(shares, subject="docker_container"), "docker_container")
    court.records(court.kernel("bubblewrap", True, True, True, True))
    ruling = court.ruling()
    assert ruling.verdict == "partly"
    assert "没有测 Docker 本身" in ruling.explanation[0]
    court.records(court.kernel("docker", True, True, True, True, run="older", days_ago=9))
    assert court.ruling().verdict == "confirmed"


def test_what_is_said_of_docker_is_not_decided_by_any_container(court: Any) -> None:
    """Rows that speak for containers and for Docker alike."""
    signs = (Sign("host_processes", "", "denied", False),)
    court.records(court.measured("bubblewrap", "isolation", 9.0, unit="attempts", signs=signs))
    court.says("容器隔离进程。", Claim("", (0, 0), "container", "isolates", "process"), "container")
    court.says("Docker 容器隔离进程。", Claim("", (0, 0), "docker_container", "isolates", "process"), "docker_container")
    confirmed, partly = court.rulings()
    assert (confirmed.verdict, partly.verdict) == ("confirmed", "partly")
    assert "没有测 Docker 本身" in partly.explanation[0]
    assert confirmed.figures[0].text[0] == "1 项尝试中 1 项被拒绝"


def test_a_condition_of_the_text_is_not_taken_as_met(court: Any, shares: Claim) -> None:
    court.says("在同一平台上，容器共享宿主机的内核。", replace(shares, condition="在同一平台上"), "container")
    court.records(court.kernel("bubblewrap", True, True, True, True))
    assert court.ruling().verdict == "partly"


@pytest.mark.parametrize("change", [{"analogy": True}, {"scope": "not_all", "holds": False}])
def test_figures_of_speech_and_denied_universals_are_not_tried(court: Any, shares: Claim, change: dict[str, Any]) -> None:
    court.says("容器就像共享地基的房子。", replace(shares, **change), "container")
    assert court.rulings() == ()


# ---------------------------------------------------------------- figures


def test_minutes_against_a_minimal_machine_count_in_part_with_the_reason(court: Any, minutes: Quantity) -> None:
    court.says("虚拟机启动需要数分钟。", minutes)
    start(court)
    ruling = court.ruling()
    assert (ruling.test, ruling.verdict) == ("machine_start_time", "partly")
    assert "2.13 s" in ruling.explanation[0] and "QEMU/TCG" in ruling.explanation[0] and "完整" in ruling.explanation[0]
    assert "whole operating system" in ruling.explanation[1]


def test_a_whole_system_speaks_for_minutes_before_a_minimal_one(court: Any, minutes: Quantity) -> None:
    court.says("虚拟机启动需要数分钟。", minutes)
    start(court, run="later")
    court.records(court.measured("qemu_distribution", "start_time", 31_000.0, 32_000.0, 33_000.0, days_ago=2))
    ruling = court.ruling()
    assert [figure.backend for figure in ruling.figures] == ["qemu_distribution"]
    assert ruling.verdict == "partly"  # software emulation says nothing about others
    assert "软件模拟" in ruling.explanation[0] and "只测了最小的虚拟机" not in ruling.explanation[0]


def test_a_range_that_holds_the_median_is_confirmed(court: Any, minutes: Quantity) -> None:
    court.says("容器在数毫秒内启动。", replace(minutes, subject="container", value_text="数毫秒内", low=0.0, high=9.0, unit="毫秒"))
    start(court)
    assert court.ruling().verdict == "confirmed"


def test_an_upper_bound_is_not_widened(court: Any, minutes: Quantity) -> None:
    court.says("容器在数毫秒内启动。", replace(minutes, subject="container", value_text="数毫秒内", low=0.0, high=9.0, unit="毫秒"))
    start(court, container=(10.0, 11.0, 12.0))
    assert court.ruling().verdict == "contradicted"


def test_samples_partly_within_count_in_part(court: Any, minutes: Quantity) -> None:
    court.says("容器在数毫秒内启动。", replace(minutes, subject="container", value_text="数毫秒内", low=0.0, high=9.0, unit="毫秒"))
    start(court, container=(8.0, 11.0, 12.0))
    assert court.ruling().verdict == "partly"


def test_where_nothing_is_compared_the_newest_of_every_backend_counts(court: Any, minutes: Quantity) -> None:
    court.says("容器在数毫秒内启动。", replace(minutes, subject="container", value_text="数毫秒内", low=0.0, high=9.0, unit="毫秒"))
    court.records(
        court.measured("unshare", "start_time", 50.0, 51.0, 52.0, run="old", days_ago=3),
        court.measured("unshare", "start_time", 2.0, 2.1, 2.2, run="before", days_ago=2),
        court.measured("podman", "start_time", 260.0, 265.0, 270.0, run="last", days_ago=1),
        court.measured("crun", "start_time", 90.0, 91.0, 92.0, run="long ago", days_ago=30, fresh_until=(court.now).isoformat()),
    )
    ruling = court.ruling()
    assert ruling.verdict == "partly"
    assert {figure.backend for figure in ruling.figures} == {"unshare", "podman", "crun"}
    assert "2.1–265 ms" in ruling.explanation[0]
    assert len({condition[0][:10] for condition in ruling.conditions if "cpu" not in condition[0] and condition[0][:4] == "2026"}) == 3


def test_an_old_figure_does_not_stand_beside_fresh_ones(court: Any, minutes: Quantity) -> None:
    court.says("容器在数毫秒内启动。", replace(minutes, subject="container", value_text="数毫秒内", low=0.0, high=9.0, unit="毫秒"))
    over = "2026-11-01T00:00:00+00:00"
    court.records(
        court.measured("unshare", "start_time", 2.0, 2.1, 2.2, run="last"),
        court.measured("crun", "start_time", 90.0, 91.0, 92.0, run="long ago", days_ago=30, fresh_until=over),
    )
    assert court.ruling().verdict == "confirmed"


def test_what_is_said_of_low_level_runtimes_is_not_decided_by_podman(court: Any, minutes: Quantity) -> None:
    tens = replace(minutes, subject="container", value_text="只需几十毫秒", low=20.0, high=90.0, unit="毫秒")
    court.says("底层容器运行时启动一个容器只需几十毫秒。", tens)
    court.records(
        court.measured("crun", "start_time", 11.0, 11.2, 12.0, run="one"),
        court.measured("podman", "start_time", 260.0, 265.0, 270.0, run="two"),
    )
    ruling = court.ruling()
    assert (ruling.test, ruling.verdict) == ("runtime_start_time", "confirmed")


def test_a_size_is_no_start_time(court: Any, minutes: Quantity) -> None:
    court.says("虚拟机 2 GB。", replace(minutes, unit="GB"))
    assert court.rulings() == ()


def test_a_saying_that_is_reported_is_marked(court: Any, minutes: Quantity) -> None:
    court.says("常见的说法是虚拟机启动需要数分钟。", minutes)
    (qualifier,) = court.ruling().qualifiers
    assert "转述" in qualifier[0]


def test_firecrackers_figure_cannot_be_tested_with_another_monitor(court: Any, minutes: Quantity) -> None:
    court.says("Firecracker 不超过 125 毫秒。", replace(minutes, subject="firecracker", low=0.0, high=125.0, unit="毫秒"))
    start(court)
    ruling = court.ruling()
    assert (ruling.verdict, ruling.figures) == ("untestable", ())


def test_a_figure_in_quotation_marks_is_somebody_elses(court: Any, minutes: Quantity) -> None:
    court.says("「虚拟机启动要数分钟」只符合磁盘很慢的情形。", minutes)
    (qualifier,) = court.ruling().qualifiers
    assert "转述" in qualifier[0]


def test_a_quoted_saying_is_neither_confirmed_nor_contradicted_in_full(court: Any, minutes: Quantity) -> None:
    saying = replace(minutes, subject="container", value_text="数毫秒内", low=0.0, high=9.0, unit="毫秒")
    court.says("「容器在数毫秒内启动」只适合最好的情形。", saying)
    start(court, container=(10.0, 11.0, 12.0))
    ruling = court.ruling()
    assert ruling.verdict == "partly"
    assert "引述一种说法" in ruling.explanation[0]


def test_several_figures_of_one_quote_are_nobodys(court: Any, minutes: Quantity) -> None:
    """Which of 「crun 和 runc 约 17 毫秒和 33 毫秒」 is whose cannot be told."""
    first = court.says(
        "平均约 17 毫秒和 33 毫秒。", replace(minutes, subject="crun", value_text="17 毫秒", low=17.0, high=17.0, unit="毫秒")
    )
    court.also(first, value_text="33 毫秒", low=33.0, high=33.0)
    court.records(court.measured("crun", "start_time", 17.0, 18.0, 19.0))
    assert court.rulings() == ()


def test_one_particular_image_is_no_business_of_a_minimal_one(court: Any, minutes: Quantity) -> None:
    size = replace(minutes, subject="image", aspect="体积", value_text="几十 MB", low=20.0, high=90.0, unit="MB")
    court.says("Debian 的精简镜像有几十 MB。", size)
    court.says("镜像有几十 MB。", size)
    court.records(court.measured("bubblewrap", "footprint", 1.9, unit="MiB"))
    assert [(r.test, r.verdict, bool(r.figures)) for r in court.rulings()] == [
        ("named_image_size", "untestable", False),
        ("image_size", "partly", True),
    ]


def test_the_grace_of_docker_stop_is_a_setting(court: Any, minutes: Quantity) -> None:
    ten = replace(minutes, subject="docker", aspect="停止速度", value_text="10 秒", low=10.0, high=10.0, unit="秒")
    court.says("docker stop 先发送 SIGTERM，默认等待 10 秒。", ten)
    court.says("1 号进程不处理 SIGTERM 时要等满 10 秒。", ten)
    court.records(court.measured("docker", "stop_time", 2010.0, 2011.0, 2012.0))
    court.records(court.measured("docker", "signals", 0.0, 0.0, 0.0, unit="ended"))
    ignored, grace = court.rulings()
    assert (grace.test, grace.verdict) == ("docker_stop_wait", "untestable")
    assert (ignored.test, ignored.verdict) == ("first_process_ignores", "partly")
    assert "3 次中 0 次被 SIGTERM 结束" in ignored.figures[0].text[0]


# ---------------------------------------------------------------- emulation, isolation, need


def test_another_monitors_machine_is_confirmed_in_part_only(court: Any) -> None:
    own = Claim("", (0, 0), "virtual_machine", "has_part", "kernel")
    court.says("虚拟机拥有自己的内核。", own, "virtual_machine", "kernel")
    court.says("bhyve 的虚拟机拥有自己的内核。", own, "virtual_machine", "kernel", "bhyve")
    court.records(court.kernel("qemu_tcg", False, False, False, False))
    general, particular = court.rulings()
    assert (general.verdict, particular.verdict) == ("confirmed", "partly")
    assert "另一种虚拟机监控器" in particular.explanation[0]


def test_a_question_states_nothing(court: Any, shares: Claim) -> None:
    court.says("容器为什么共享宿主机内核", shares, "container")
    court.records(court.kernel("bubblewrap", True, True, True, True))
    assert court.rulings() == ()


def test_what_cannot_work_here_is_untestable_and_what_is_not_installed_says_the_remedy(court: Any, faster: Comparison) -> None:
    court.says("TCG 比 KVM 慢几十倍。", replace(faster, a="tcg", b="kvm", aspect="运行速度", direction="b_more"))
    court.says("crun 比 runc 启动更快。", replace(faster, a="crun", b="runc"))
    court.records(court.measured("crun", "start_time", 9.0, 9.1, 9.2))
    assert [r.verdict for r in court.rulings()] == ["unmeasured", "unmeasured"]
    obstacles = {"qemu_kvm": ("没有 /dev/kvm。", "There is no /dev/kvm."), "runc": ("没有安装 runc。", "runc is not installed.")}
    runc, kvm = court.rulings(obstacles=obstacles)
    assert (runc.verdict, kvm.verdict) == ("unmeasured", "untestable")
    assert "runc（没有安装 runc）" in runc.explanation[0] and "runc (runc is not installed)" in runc.explanation[1]
    assert kvm.explanation == ("没有 /dev/kvm。", "There is no /dev/kvm.")


def test_emulation_says_nothing_about_kvm(court: Any, faster: Comparison) -> None:
    court.says("TCG 比 KVM 慢几十倍。", replace(faster, a="tcg", b="kvm", aspect="运行速度", direction="b_more"))
    court.records(court.measured("qemu_tcg", "cpu_ratio", 1.1, 1.2, 1.1, unit="x"))
    ruling = court.ruling()
    assert (ruling.verdict, ruling.figures) == ("untestable", ())
    assert "说明不了 KVM" in ruling.explanation[0]


def test_a_machines_speed_is_not_decided_by_emulation(court: Any, faster: Comparison) -> None:
    court.says("物理机比虚拟机性能更好。", replace(faster, a="physical_machine", aspect="性能"))
    court.records(court.measured("qemu_tcg", "cpu_ratio", 7.0, 7.1, 7.2, unit="x"), court.measured("process", "cpu_ratio", 1.0, unit="x"))
    assert court.ruling().verdict == "untestable"


def test_denied_attempts_do_not_rank_isolation(court: Any, faster: Comparison) -> None:
    court.says("虚拟机的隔离性比容器更强。", replace(faster, a="virtual_machine", b="container", aspect="隔离性"))
    ruling = court.ruling()
    assert ruling.verdict == "untestable"
    assert "不等于「安全」" in ruling.explanation[0]


def test_a_start_without_it_contradicts_a_need(court: Any) -> None:
    court.says("容器需要 hypervisor。", Claim("", (0, 0), "container", "requires", "hypervisor"), "container", "hypervisor")
    court.says("容器不需要 hypervisor。", Claim("", (0, 0), "container", "requires", "hypervisor", holds=False), "container")
    start(court)
    assert [ruling.verdict for ruling in court.rulings()] == ["contradicted", "confirmed"]


def test_a_process_seen_each_time_is_a_process_of_the_host(court: Any) -> None:
    court.says("容器是一组进程。", Claim("", (0, 0), "container", "is_a", "process"), "container")
    court.records(court.measured("bubblewrap", "visibility", 1.0, 1.0, unit="processes"))
    assert court.ruling().verdict == "confirmed"
    court.records(court.measured("bubblewrap", "visibility", 1.0, 0.0, unit="processes", run="later", days_ago=0))
    assert court.ruling().verdict == "partly"


@pytest.mark.parametrize(("ratio", "verdict"), [(1.01, "confirmed"), (1.4, "contradicted")])
def test_near_native_is_a_band_of_five_per_cent(court: Any, ratio: float, verdict: str) -> None:
    court.says("容器的计算性能接近原生。", Claim("", (0, 0), "container", "has_property", "performance"), "container")
    court.records(court.measured("bubblewrap", "cpu_ratio", ratio, ratio, ratio, unit="x"))
    assert court.ruling().verdict == verdict


# ---------------------------------------------------------------- for answers


def test_only_the_sentences_asked_for_are_judged(court: Any, faster: Comparison, minutes: Quantity) -> None:
    court.says("容器比虚拟机启动更快。", faster)
    court.says("虚拟机启动需要数分钟。", minutes)
    start(court)
    everything = court.rulings()
    asked = judge(court.store, court.rules, env_id="here", now=court.now, sentence_ids=["a#1"])
    assert asked == (everything[1],)
    assert judge(court.store, court.rules, env_id="here", now=court.now, sentence_ids=[]) == ()


def test_a_quote_finds_the_rulings_that_it_touches(court: Any, faster: Comparison) -> None:
    court.says("容器比虚拟机启动更快。", faster)
    rulings = court.rulings()
    assert rulings_at(rulings, "a#0", (10, 20)) == rulings
    assert rulings_at(rulings, "a#0", (11, 20)) == ()
    assert rulings_at(rulings, "a#1", (0, 20)) == ()
