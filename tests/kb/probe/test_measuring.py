from __future__ import annotations

import json
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from kb.errors import BackendUnavailable, BadInput, HostChanged, NotFound, ProbeBusy, ProbeCancelled, ProbeError
from kb.probe import measuring, sampling
from kb.probe.ports import Plan, Reason, Sample
from kb.probe.progress import ProbeEvent
from kb.probe.safety import HostState


def test_samples_are_interleaved_round_robin_and_the_warm_up_is_left_out(lab):
    lab.add("a", [9.0, 0.001, 0.002, 0.003, 0.004])
    lab.add("b", [9.0, 0.011, 0.012, 0.013, 0.014])
    lab.add("vm", [9.0, 2.0, 3.0], concept="virtual_machine")
    prober = lab.prober()
    prober.backends()
    lab.log.clear()
    a, b, vm = prober.run("time")
    assert lab.log == ["a", "b", "vm"] + ["a", "b", "a", "b", "vm"] * 2
    assert a.samples == pytest.approx((1, 2, 3, 4))
    assert b.samples == pytest.approx((11, 12, 13, 14))
    assert vm.samples == pytest.approx((2000, 3000))
    assert (a.warmup, a.failures, a.cpu_seconds) == (1, 0, (0.25,) * 4)
    assert {a.run_id, b.run_id, vm.run_id} == {a.run_id}
    assert len({a.id, b.id, vm.id}) == 3


def test_the_baseline_comes_first_and_machines_last(lab):
    lab.add("a_vm", concept="virtual_machine")
    lab.add("b_container")
    lab.add("c_process", concept="process")
    assert [info.name for info in lab.prober().backends()] == ["c_process", "b_container", "a_vm"]


def test_asked_number_of_runs_holds_for_machines_too(lab):
    lab.add("vm", concept="virtual_machine")
    (vm,) = lab.prober().run("time", runs=7)
    assert len(vm.samples) == 7


def test_a_failure_is_counted_gives_no_sample_and_is_told(lab, broken):
    lab.add("a", [0.001, 0.001, broken, 0.001, 0.001])
    events: list[ProbeEvent] = []
    (a,) = lab.prober().run("time", emit=events.append)
    assert (len(a.samples), a.failures) == (3, 1)
    assert not a.valid  # 1 of 4 is more than a fifth
    assert [event.stage for event in events if event.stage == "failed"] == ["failed"]
    assert any("坏了" in caveat and "It broke" in caveat for caveat in a.caveats)


def test_a_backend_that_fails_twice_in_a_row_is_given_up_and_the_others_go_on(lab, late):
    lab.add("a")
    lab.add("bad", [0.001, late, late])
    a, bad = lab.prober().run("time")
    assert len(a.samples) == 4
    assert (bad.samples, bad.failures, bad.valid) == ((), 2, False)
    assert lab.log.count("bad") == 4  # smoke, warm-up, two failures


def test_a_failed_warm_up_is_tried_once_more(lab, late):
    lab.add("a", [late, 0.001, 0.002, 0.002, 0.002, 0.002])
    events: list[ProbeEvent] = []
    (a,) = lab.prober().run("time", emit=events.append)
    assert [event.number for event in events if event.stage in ("failed", "sample")] == [None, 1, 2, 3, 4]
    assert a.samples == pytest.approx((2, 2, 2, 2))
    assert a.failures == 1


def test_nothing_measured_at_all_is_an_error_that_names_each_reason(lab, late):
    lab.add("a", [late, late])
    with pytest.raises(ProbeError) as raised:
        lab.prober().run("time")
    assert "a：没有等到" in raised.value.message[0]


def test_backends_that_do_not_work_are_left_out_and_named_beside_their_kind(lab):
    lab.add("box")
    lab.add("tcg", concept="virtual_machine")
    lab.add("kvm", concept="virtual_machine").obstacle = Reason(("没有设备。", "No device."), ("装上。", "Add it."))
    events: list[ProbeEvent] = []
    box, tcg = lab.prober().run("time", emit=events.append)
    assert "kvm 假后端未测：没有设备。 / fake kvm not measured: No device." in tcg.caveats
    assert not any("未测" in caveat for caveat in box.caveats)
    assert [event.backend for event in events if event.stage == "unavailable"] == ["kvm"]
    assert "kvm" not in lab.log


def test_a_named_backend_that_does_not_work_is_an_error_with_its_remedy(lab):
    lab.add("a")
    lab.add("kvm").obstacle = Reason(("没有设备。", "No device."), ("装上。", "Add it."))
    with pytest.raises(BackendUnavailable) as raised:
        lab.prober().run("time", backends=("a", "kvm"))
    assert raised.value.message == ("kvm 不可用：没有设备。", "kvm is unavailable: No device.")
    assert raised.value.hint == ("装上。", "Add it.")


def test_no_backend_that_works_is_said_with_every_reason(lab, late):
    lab.add("a", [late], smoke=False)
    with pytest.raises(BackendUnavailable) as raised:
        lab.prober().run("time")
    assert raised.value.message[0] == "无法实测：a：没有启动：what the console said"


@pytest.mark.parametrize(("metric", "backends", "known"), [("speed", None, "time"), ("time", ("a", "nonsense"), "a")])
def test_unknown_names_are_answered_with_the_known_ones(lab, metric, backends, known):
    lab.add("a")
    with pytest.raises(NotFound) as raised:
        lab.prober().run(metric, backends=backends)
    assert raised.value.hint == (f"可用的有：{known}。", f"Known: {known}.")
    assert lab.log == []


@pytest.mark.parametrize("wrong", [{"runs": 0}, {"runs": 51}, {"backends": ()}])
def test_useless_arguments_are_refused_before_anything_starts(lab, wrong):
    lab.add("a")
    with pytest.raises(BadInput):
        lab.prober().run("time", **wrong)
    assert lab.log == []


def test_only_one_run_at_a_time_also_from_another_prober(lab):
    lab.add("a")
    first, second = lab.prober(), lab.prober()
    refused: list[type[Exception]] = []

    def again(event: ProbeEvent) -> None:
        if event.stage == "sample":
            for prober in (first, second):
                with pytest.raises(ProbeBusy) as raised:
                    prober.run("time")
                refused.append(raised.type)

    first.run("time", emit=again)
    assert refused == [ProbeBusy] * 8
    assert second.run("time")[0].samples


def test_looking_at_the_backends_during_a_run_starts_nothing(lab):
    lab.add("a")
    prober = lab.prober()
    seen = []

    def look(event: ProbeEvent) -> None:
        if event.stage == "warmup":
            lab.add("new")
            seen.extend(lab.prober().backends())

    prober.run("time", emit=look)
    assert [(info.name, info.availability.ok) for info in seen] == [("a", True), ("new", False)]
    assert "new" not in lab.log


def test_cancelling_stops_between_samples_and_frees_the_lock(lab):
    backend = lab.add("a")
    prober = lab.prober()
    with pytest.raises(ProbeCancelled):
        prober.run("time", cancelled=lambda: len(lab.log) >= 3)
    assert (lab.log, backend.open) == (["a"] * 3, 0)
    assert prober.run("time")[0].samples


def test_a_cancel_during_a_sample_is_no_failure(lab):
    lab.add("a", [0.001, ProbeCancelled(("取消", "cancelled"))])
    with pytest.raises(ProbeCancelled):
        lab.prober().run("time")


def test_events_speak_both_languages_and_go_on_the_wire(lab):
    lab.add("a", [9.0, 0.0015])
    events: list[ProbeEvent] = []
    lab.prober().run("time", runs=1, emit=events.append)
    assert [event.stage for event in events] == ["checking", "warmup", "sample", "done"]
    sample = events[2]
    assert str(sample) == "a 第 1/1 次：1.5 ms / a 1/1: 1.5 ms"
    assert (sample.number, sample.total, sample.value, sample.unit) == (1, 1, pytest.approx(1.5), "ms")
    assert json.loads(json.dumps(sample.as_dict()))["backend"] == "a"


@pytest.mark.parametrize(
    ("seconds", "valid"),
    [([1, 1, 1, 1], True), ([1, 1.1, 1.2, 1.3], True), ([1, 1, 9, 9], False), ([1, 2, 9, 30], False)],
)
def test_scattered_samples_are_kept_but_not_valid(lab, seconds, valid):
    lab.add("a", [1.0, *seconds])
    (a,) = lab.prober().run("time")
    assert len(a.samples) == 4
    assert a.valid is valid or any("繁忙" in caveat for caveat in a.caveats)


def test_too_few_samples_are_not_valid(lab):
    lab.add("a")
    (a,) = lab.prober().run("time", runs=2)
    assert (len(a.samples), a.valid) == (2, False)


def test_no_image_makes_every_backend_unavailable_with_its_remedy(lab):
    lab.add("a")
    lab.serve_error = BackendUnavailable(("没有 busybox。", "There is no busybox."), ("安装。", "Install it."))
    (info,) = lab.prober().backends()
    assert (info.availability.ok, info.availability.reason[0], info.availability.remedy[0]) == (False, "没有 busybox。", "安装。")
    with pytest.raises(BackendUnavailable):
        lab.prober().run("time")


class TestAvailabilityIsRemembered:
    def test_for_a_day_over_processes(self, lab):
        lab.add("a")
        assert lab.prober().backends()[0].availability.ok
        assert lab.prober().backends()[0].availability.ok
        assert lab.log == ["a"]

    def test_also_when_it_failed(self, lab, late):
        lab.add("a", [late], smoke=False)
        assert not lab.prober().backends()[0].availability.ok
        assert lab.prober().backends()[0].availability.reason[1] == "did not start: what the console said"
        assert lab.log == ["a"]

    def test_but_a_backend_asked_for_by_name_is_tried_again(self, lab, late):
        lab.add("a", [late], smoke=False)
        lab.prober().backends()
        assert lab.prober().run("time", backends=("a",))[0].samples
        assert lab.prober().backends()[0].availability.ok

    def test_but_not_longer_than_a_day(self, lab):
        lab.add("a")
        lab.prober().backends()
        file = lab.folder / "work" / "availability.json"
        rows = json.loads(file.read_text())
        rows["a"]["checked_at"] = (datetime.now(UTC) - timedelta(hours=25)).isoformat()
        file.write_text(json.dumps(rows))
        lab.prober().backends()
        assert lab.log == ["a", "a"]

    def test_but_not_when_what_is_started_has_changed(self, lab):
        lab.add("a")
        lab.prober().backends()
        lab.initramfs.write_bytes(b"another image")
        lab.prober().backends()
        assert lab.log == ["a", "a"]

    @pytest.mark.parametrize("garbage", ["", "[]", '{"a": 3}', '{"a": {"key": "x"}}', "\x00"])
    def test_but_a_damaged_file_only_costs_a_start(self, lab, garbage):
        lab.add("a")
        lab.prober().backends()
        (lab.folder / "work" / "availability.json").write_text(garbage)
        assert lab.prober().backends()[0].availability.ok
        assert lab.log == ["a", "a"]

    def test_but_an_obstacle_shows_at_once(self, lab):
        backend = lab.add("a")
        assert lab.prober().backends()[0].availability.ok
        backend.obstacle = Reason(("卸载了。", "It is gone."), ("装上。", "Add it."))
        assert not lab.prober().backends()[0].availability.ok


def test_a_slow_backend_gets_a_second_smoke_run_with_its_full_time(lab, late):
    backend = lab.add("a", [late, 0.001], smoke=False)
    backend.LIMITS = replace(backend.LIMITS, ready_s=40)
    assert lab.prober().backends()[0].availability.ok
    assert lab.log == ["a", "a"]


def test_metrics_are_listed_with_their_unit(lab):
    lab.metrics["other"] = type(lab.metrics["time"])(Plan(1, 1, 0, 1, 1))
    assert [(info.name, info.unit) for info in lab.prober().metrics()] == [("time", "ms"), ("other", "ms")]


class TestOptIn:
    def test_what_needs_the_callers_rights_is_not_started_by_itself(self, lab):
        lab.add("docker").OPT_IN = True
        lab.add("box")
        docker = next(info for info in lab.prober().backends() if info.name == "docker")
        assert not docker.availability.ok
        assert "KB_PROBE_OPT_IN=docker" in docker.availability.remedy[0]
        (box,) = lab.prober().run("time")
        assert "docker" not in lab.log
        assert not any("docker" in caveat for caveat in box.caveats)
        with pytest.raises(BackendUnavailable):
            lab.prober().run("time", backends=("docker",))
        assert "docker" not in lab.log

    def test_the_operator_can_allow_it(self, lab):
        lab.add("docker").OPT_IN = True
        assert lab.prober(opt_in=frozenset(("docker",))).run("time")[0].backend == "docker"


def test_a_metric_is_asked_only_of_the_kinds_it_fits(lab):
    lab.metrics["time"].PLAN = Plan(1, 1, 0, 1, 1, kinds=frozenset(("container",)))
    lab.add("host", concept="process")
    lab.add("box")
    assert [one.backend for one in lab.prober().run("time")] == ["box"]
    with pytest.raises(BadInput, match="not asked of the fake host"):
        lab.prober().run("time", backends=("box", "host"))
    assert "host" not in lab.log


class TestASet:
    class Looks:
        """A metric that looks at an instance which it has not started."""

        LABEL, MEANING, UNIT = ("看", "look"), ("看", "by looking"), "x"

        def __init__(self, plan: Plan, error: Exception | None = None) -> None:
            self.PLAN, self.error = plan, error

        def sample(self, *_: object) -> Sample:
            raise AssertionError("started for itself")

        def observe(self, look: object) -> Sample:
            if self.error is not None:
                raise self.error
            return Sample(7.0)

    @pytest.fixture
    def set_of(self, lab, monkeypatch):
        @contextmanager
        def look(backend, image, cancelled):
            with backend.start(None, backend.LIMITS) as instance:
                instance.until("TOKEN")
                yield instance

        monkeypatch.setattr(sampling, "look", look)
        lab.metrics["a"] = self.Looks(Plan(5, 3, 0, 1, 1))
        lab.metrics["b"] = self.Looks(Plan(5, 3, 0, 3, 2))
        return lab

    def test_metrics_that_look_share_their_starts_and_the_first_of_them_is_the_warm_up(self, set_of):
        set_of.add("box")
        set_of.add("vm", concept="virtual_machine")
        prober = set_of.prober()
        prober.backends()
        set_of.log.clear()
        found = prober.run_set(("a", "b", "time"))
        # One look each, which gives all of `a` and the first of `b`; then in turn, in each round a look before a start for the clock.
        assert set_of.log == ["box", "vm"] + ["box"] + ["box", "box", "vm"] + ["box", "box", "vm", "vm"]
        assert [(one.metric, one.backend, len(one.samples)) for one in found] == [
            ("a", "box", 1),
            ("a", "vm", 1),
            ("b", "box", 3),
            ("b", "vm", 2),
            ("time", "box", 3),
            ("time", "vm", 2),
        ]
        assert len({one.run_id for one in found}) == 1

    def test_a_smoke_run_just_made_is_the_warm_up(self, set_of):
        set_of.add("box")
        set_of.prober().run_set(("b", "time"))
        assert set_of.log == ["box"] + ["box"] * 6

    def test_what_goes_by_the_clock_can_look_too_but_not_at_a_first_start(self, set_of):
        set_of.metrics["time"].observe = lambda look: Sample(1.0)
        set_of.metrics["time"].OBSERVED = frozenset(("virtual_machine",))
        set_of.add("box")
        set_of.add("vm", concept="virtual_machine")
        prober = set_of.prober()
        prober.backends()
        set_of.log.clear()
        found = {(one.metric, one.backend): one for one in prober.run_set(("b", "time"))}
        assert set_of.log.count("vm") == 3
        assert set_of.log.count("box") == 6
        assert (found["time", "vm"].samples, len(found["time", "box"].samples)) == ((1.0, 1.0), 3)

    def test_without_anything_to_look_at_there_is_a_warm_up_of_its_own(self, set_of):
        set_of.add("box")
        set_of.prober().backends()
        set_of.log.clear()
        assert len(set_of.prober().run_set(("time",))[0].samples) == 3
        assert set_of.log == ["box"] * 4

    def test_one_that_cannot_look_leaves_the_others_alone(self, set_of, broken):
        set_of.metrics["a"].error = broken
        set_of.add("box")
        events: list[ProbeEvent] = []
        found = set_of.prober().run_set(("a", "b"), emit=events.append)
        assert [one.metric for one in found] == ["b"]
        assert [event.metric for event in events if event.stage == "failed"] == ["a"]

    def test_a_start_that_fails_is_a_failure_of_all_that_wanted_to_look(self, set_of, late):
        set_of.add("box")
        set_of.add("bad", [late, late])
        found = {(one.metric, one.backend): one for one in set_of.prober().run_set(("a", "b"))}
        assert found["b", "bad"].failures == 2
        assert found["a", "bad"].failures == 1
        assert found["b", "box"].samples == (7.0,) * 3

    def test_nothing_at_all_is_an_error(self, set_of, late):
        set_of.add("bad", [late] * 9)
        with pytest.raises(ProbeError, match="It did not come"):
            set_of.prober().run_set(("b",))

    def test_it_can_be_cancelled(self, set_of):
        box = set_of.add("box")
        with pytest.raises(ProbeCancelled):
            set_of.prober().run_set(("a", "b"), cancelled=lambda: len(set_of.log) >= 2)
        assert box.open == 0
        assert set_of.prober().run_set(("a", "b"))

    def test_the_full_set_names_real_metrics(self):
        from kb.registry import family

        assert set(measuring.FULL_SET) <= set(family("kb.probe.metrics"))


def test_a_busy_machine_spoils_only_what_goes_by_the_clock(lab, monkeypatch):
    lab.add("box")
    monkeypatch.setattr(measuring, "busy", lambda: True)
    assert not lab.prober().run("time")[0].valid
    lab.metrics["time"].PLAN = replace(lab.metrics["time"].PLAN, clocked=False)
    (box,) = lab.prober().run("time")
    assert box.valid
    assert not any("繁忙" in caveat for caveat in box.caveats)


class TestAHostThatWasChanged:
    @pytest.fixture
    def harmed(self, lab, monkeypatch):
        """A run after which the host has another name."""
        before, after = HostState.now(), replace(HostState.now(), hostname="probe")
        states = iter([before, after])
        monkeypatch.setattr(HostState, "now", classmethod(lambda cls: next(states, after)))
        lab.add("a")
        with pytest.raises(HostChanged, match="hostname"):
            lab.prober().run("time")
        return lab

    def test_is_not_measured_again_also_by_another_process(self, harmed):
        harmed.log.clear()
        for _ in range(2):
            with pytest.raises(BackendUnavailable, match="Measuring is off"):
                harmed.prober().run("time")
        assert harmed.log == []

    def test_until_a_person_has_looked(self, harmed):
        (harmed.folder / "work" / "halted").unlink()
        assert harmed.prober().run("time")[0].samples


class TestTheTimeOfAWholeRun:
    def test_what_is_under_way_when_it_is_over_is_no_failure(self, lab, monkeypatch):
        class Slow(lab.metrics["time"].__class__):
            def sample(self, backend, image, cancelled):
                if lab.log.count("a") >= 4:  # smoke, warm-up and two samples
                    clock.append(1e9)
                    cancelled()
                return super().sample(backend, image, cancelled)

        clock = [0.0]
        monkeypatch.setattr(measuring.time, "monotonic", lambda: clock[-1])
        lab.metrics["time"] = Slow(lab.metrics["time"].PLAN)
        lab.add("a")
        (a,) = lab.prober().run("time", budget_s=5)
        assert (len(a.samples), a.failures) == (2, 0)
        assert any("到时间上限" in caveat for caveat in a.caveats)


@pytest.mark.parametrize(("days", "until"), [(7.0, 7), (None, None)])
def test_a_record_says_how_long_it_may_be_quoted(lab, days, until):
    lab.metrics["time"].PLAN = replace(lab.metrics["time"].PLAN, days=days)
    lab.add("box")
    (found,) = lab.prober().run("time")
    made = datetime.fromisoformat(found.measured_at)
    assert found.fresh_until == (None if until is None else (made + timedelta(days=until)).isoformat())
    assert not found.expired(made + timedelta(days=6))
    assert found.expired(made + timedelta(days=8)) is (until is not None)


def test_obstacles_are_told_without_starting_anything(lab):
    lab.add("works")
    lab.add("refused", [BackendUnavailable(("坏", "bad"))], smoke=False).obstacle = None
    lab.add("absent").obstacle = Reason(("没有安装。", "Not installed."), ("安装它。", "Install it."))
    prober = lab.prober()
    assert set(prober.obstacles()) == {"absent"} and lab.log == []
    prober.backends()
    assert prober.obstacles()["absent"].remedy == ("安装它。", "Install it.")
    lab.serve_error = BackendUnavailable(("没有 busybox。", "There is no busybox."), ("安装。", "Install it."))
    assert {reason.text[1] for reason in prober.obstacles().values()} == {"There is no busybox."}
