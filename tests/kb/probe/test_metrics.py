"""Each metric against real programs that behave well or badly, without a container."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

from kb.errors import BackendUnavailable, ProbeError
from kb.probe import safety
from kb.probe.backends import process
from kb.probe.images import build, served
from kb.probe.metrics import (
    _many,
    _stopping,
    _work,
    creation_rate,
    density,
    isolation,
    memory_allocation,
    signals,
    start_cpu,
    stop_time,
    userland,
)
from kb.probe.ports import Image, Limits, Payload, Sample
from tests.kb.probe import pressure

if (_missing := safety.missing_tools()) is not None:
    pytest.skip(_missing.text[1], allow_module_level=True)


@pytest.fixture(scope="module")
def image(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Image]:
    folder = tmp_path_factory.mktemp("image")
    try:
        rootfs, initramfs = build(folder)
    except BackendUnavailable as error:
        pytest.skip(str(error))
    with served(rootfs, initramfs, folder / "running") as image:
        yield image


class Shell:
    """A backend whose payload is a script of ours, as a plain process."""

    CONCEPT = "container"
    OPT_IN = False
    LABEL = ("假后端", "fake")
    LIMITS = Limits(ready_s=60, exit_s=60, address_space=2**29)  # a busy machine is no failure
    CAVEATS = ()

    def __init__(self, script: str, concept: str = "container") -> None:
        self.script, self.CONCEPT = script, concept
        self.families: list[tuple[int, ...]] = []

    def start(self, payload: Payload, limits: Limits) -> AbstractContextManager[safety.Running]:
        return self._start(payload, limits)

    @contextmanager
    def _start(self, payload: Payload, limits: Limits) -> Iterator[safety.Running]:
        command = ("/bin/sh", "-c", self.script, "/probe.sh", *payload.words)
        with safety.running(command, limits, payload.image, gate=payload.gate) as instance:
            self.families.append(instance.pids)
            yield instance

    def all_gone(self) -> bool:
        pids = [pid for family in self.families for pid in family]
        return safety.gone_after(safety.ticks_of(pids), 60)


class TestStopping:
    def test_what_handles_the_signal_ends_at_once(self, image: Image):
        def gently() -> bool:
            found.append(stop_time.sample(Shell("trap 'exit 0' TERM; echo READY; while :; do sleep 0.01; done"), image, None))
            return found[-1].caveats == ()

        found: list[Sample] = []
        pressure.eventually(gently, lambda: found[-1])
        assert found[-1].value > 0

    def test_what_ignores_it_is_killed_after_the_grace_and_that_is_said(self, image: Image):
        backend = Shell("trap '' TERM; echo READY; while :; do sleep 1; done")
        found = stop_time.sample(backend, image, None)
        assert found.value >= 2000
        assert "SIGKILL" in found.caveats[0] and "宽限期" in found.caveats[0]
        assert backend.all_gone()

    def test_a_machine_is_said_to_be_unplugged(self, image: Image):
        found = stop_time.sample(Shell("echo READY; exec sleep 60", "virtual_machine"), image, None)
        assert "拔电源" in found.caveats[0] and "pulling the plug" in found.caveats[0]

    def test_what_ended_before_is_no_quick_stop(self, image: Image):
        with pytest.raises(ProbeError, match="ended before"):
            stop_time.sample(Shell("echo READY"), image, None)

    def test_the_time_includes_the_signal_itself(self, image: Image, monkeypatch: pytest.MonkeyPatch):
        """What the signal ends may be gone before the sender runs again; its end must not be missed."""

        def slowly(pid: int, number: object) -> None:
            os.kill(pid, 15)
            time.sleep(0.2)

        monkeypatch.setattr(_stopping, "send", slowly)
        assert stop_time.sample(Shell("echo READY; exec sleep 60"), image, None).value >= 200

    def test_signals_tell_a_program_that_ends_from_one_that_does_not(self, image: Image):
        ends = Shell("echo READY; exec sleep 60")
        pressure.eventually(lambda: signals.sample(ends, image, None).value == 1, lambda: "not ended within a second")
        assert signals.sample(Shell("trap '' TERM; echo READY; while :; do sleep 1; done"), image, None).value == 0


class TestIsolation:
    def test_is_never_tried_on_the_host(self, image: Image, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setattr(process, "start", lambda *_: pytest.fail("started"))
        assert "process" not in isolation.PLAN.kinds
        with pytest.raises(BackendUnavailable):
            isolation.sample(process, image, None)

    @pytest.mark.parametrize("option", ["", "own"])
    def test_the_payload_refuses_among_the_mounts_of_the_host(self, image: Image, option: str):
        """The guard inside, for the day when a backend does not do what it promises."""
        words = isolation.guard() if option else ""
        with process.start(Payload("attempts", image, words), process.LIMITS) as instance:
            assert instance.until("GUARD")[1] == ("refused" if option else "unknown")
            instance.ended()
            assert "ATTEMPT" not in instance.output

    def test_a_container_without_own_mounts_is_an_error(self, image: Image):
        class Broken:
            CONCEPT, LIMITS, start = "container", process.LIMITS, staticmethod(process.start)

        with pytest.raises(ProbeError, match="the host's own"):
            isolation.sample(Broken(), image, None)

    def test_counts_what_was_denied(self, image: Image):
        lines = "".join(f"echo ATTEMPT {name} {int(name == 'mount')};" for name in isolation.ATTEMPTS)
        found = isolation.sample(Shell(f"echo GUARD passed; echo FIRST 1; {lines}"), image, None)
        assert found.value == len(isolation.ATTEMPTS)
        assert [sign.name for sign in found.signs if sign.same] == ["mount"]
        assert {sign.inside_value for sign in found.signs} == {"denied", "succeeded"}

    def test_the_host_s_first_process_is_recognised(self, image: Image):
        lines = "".join(f"echo ATTEMPT {name} 0;" for name in isolation.ATTEMPTS)
        began = Path("/proc/1/stat").read_text().rpartition(") ")[2].split()[19]
        boot = Path("/proc/sys/kernel/random/boot_id").read_text().strip()
        found = isolation.sample(Shell(f"echo GUARD passed; echo FIRST {began} {boot}; {lines}"), image, None)
        assert [sign.name for sign in found.signs if sign.same] == ["host_processes"]
        elsewhere = isolation.sample(Shell(f"echo GUARD passed; echo FIRST {began} another-boot; {lines}"), image, None)
        assert not [sign.name for sign in elsewhere.signs if sign.same]

    def test_a_result_that_is_missing_or_twice_is_no_result(self, image: Image):
        lines = "echo ATTEMPT mount 0;" * len(isolation.ATTEMPTS)
        with pytest.raises(ProbeError, match="incomplete"):
            isolation.sample(Shell(f"echo GUARD passed; echo FIRST 1; {lines}"), image, None)


class TestMany:
    def test_all_start_at_one_moment_and_are_gone_afterwards(self, image: Image):
        backend = Shell("echo READY; sleep 60")
        with _many.together(backend, image, None) as crowd:
            assert len(crowd.instances) == 20
            assert all(safety.start_ticks(instance.pids[0]) is not None for instance in crowd.instances)
            assert crowd.seconds > 0
        assert backend.all_gone()
        assert list(image.records.iterdir()) == []

    def test_one_that_fails_ends_all(self, image: Image):
        marker = image.scratch / "once"
        script = f"if mkdir {marker} 2>&-; then echo broken; exit 1; fi; echo READY; sleep 60"
        backend, threads = Shell(script), threading.active_count()
        with pytest.raises(ProbeError):
            with _many.together(backend, image, None):
                pytest.fail("came up")
        assert backend.all_gone()
        assert threading.active_count() == threads

    def test_one_that_cannot_even_be_started_ends_all(self, image: Image):
        class Refuses(Shell):
            def start(self, payload: Payload, limits: Limits) -> AbstractContextManager[safety.Running]:
                if threading.current_thread().name.endswith("_3"):
                    raise ProbeError(("不行。", "No."))
                return self._start(payload, limits)

        backend = Refuses("echo READY; sleep 60")
        with pytest.raises(ProbeError):
            with _many.together(backend, image, None):
                pytest.fail("came up")
        assert backend.all_gone()

    def test_a_cancel_ends_all(self, image: Image):
        backend = Shell("sleep 60")
        with pytest.raises(ProbeError):
            with _many.together(backend, image, lambda: True):
                pytest.fail("came up")
        assert backend.all_gone()

    def test_machines_are_few_and_need_memory(self, image: Image, monkeypatch: pytest.MonkeyPatch):
        backend = Shell("echo READY; sleep 60", "virtual_machine")
        assert _many.number(backend) == 3
        monkeypatch.setattr(_many, "free_memory", lambda: 2**30)
        with pytest.raises(ProbeError, match="memory"):
            density.sample(backend, image, None)
        assert backend.families == []

    def test_the_rate_is_counted_by_the_minute(self, image: Image):
        found = creation_rate.sample(Shell("sleep 0.5; echo READY; sleep 60", "virtual_machine"), image, None)
        assert 0 < found.value <= 3 * 60 / 0.5

    def test_memory_that_others_move_more_is_not_quoted(self, image: Image, monkeypatch: pytest.MonkeyPatch):
        backend = Shell("echo READY; sleep 60", "virtual_machine")
        disturbed, calm = [8000 * 2**20, 7970 * 2**20, 8100 * 2**20], [8000 * 2**20, 7970 * 2**20, 8000 * 2**20]
        free = iter(disturbed * 3 + disturbed * 2 + calm)
        monkeypatch.setattr(density, "_still", lambda: next(free))
        with pytest.raises(ProbeError, match="100 MiB"):
            density.sample(backend, image, None)
        # The others calm down at the third try.
        assert density.sample(backend, image, None).value == pytest.approx(10)

    def test_a_burst_of_others_is_waited_out_but_not_for_ever(self, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setattr(time, "sleep", lambda _: None)
        free = iter([5 * 2**30, 4 * 2**30, 3 * 2**30] + [2 * 2**30 + small for small in (0, 4096, 0, 8192, 0, 99)])
        monkeypatch.setattr(density, "free_memory", lambda: next(free))
        assert density._still() == 2 * 2**30
        restless = iter(range(0, 2**40, 2**30))
        monkeypatch.setattr(density, "free_memory", lambda: next(restless))
        assert density._still() > 0


class TestWork:
    def test_twice_the_work_takes_twice_the_time(self, image: Image):
        once = f'sh={image.rootfs}/bin/sh; if [ "$1" = ready ]; then echo READY; exit; fi; $sh {image.rootfs}/probe.sh integer'
        twice = Shell(once + f"; $sh {image.rootfs}/probe.sh integer")
        twice.script = twice.script.replace("probe.sh integer", "probe.sh integer | { while read -r x; do :; done; }", 1)
        found: list[Sample] = []

        def about_twice() -> bool:
            found.append(_work.ratio("integer", twice, image, None))
            return 1.3 < found[-1].value < 3.5

        pressure.eventually(about_twice, lambda: found[-1])
        assert found[-1].cpu_seconds is not None and found[-1].cpu_seconds > 0

    def test_a_machine_is_read_between_its_two_lines(self, image: Image):
        before = "n=0; while [ $n -lt 1000000 ]; do n=$((n + 1)); done"
        script = f'{before}; exec {image.rootfs}/bin/sh {image.rootfs}/probe.sh "$@"'
        found: list[Sample] = []

        def without_it() -> bool:
            found.append(_work.ratio("integer", Shell(script, "virtual_machine"), image, None))
            return 0.2 < found[-1].value < 4

        # What it did before READY, almost seven times the work, is not in the figure.
        pressure.eventually(without_it, lambda: found[-1])

    def test_no_processor_time_is_no_ratio(self, image: Image, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setattr(safety.Running, "ended", lambda *_: None)
        with pytest.raises(ProbeError, match="cannot be told"):
            _work.ratio("integer", Shell("echo READY; echo DONE"), image, None)


def test_a_process_has_the_userland_of_the_host(image: Image):
    found = userland.sample(process, image, None)
    assert found.value == 0
    assert all(sign.same for sign in found.signs), found.signs


@pytest.mark.parametrize("task", ["ready", "wait", "stay", "handle", "integer", "hash", "float", "calls", "signs"])
def test_the_payload_complains_of_nothing(image: Image, task: str):
    with process.start(Payload(task, image), process.LIMITS) as instance:  # type: ignore[arg-type]
        instance.until("TOKEN" if task == "signs" else "READY")
        if task in ("integer", "hash", "float", "calls"):
            instance.until("DONE")
        assert "not found" not in instance.output and "can't" not in instance.output


def test_processes_are_counted_by_their_number_and_beginning():
    family = {os.getpid(): 1, 2**22 + 5: None}
    assert safety.gone_after(family, 0)
    assert not safety.gone_after(safety.ticks_of((os.getpid(),)), 0.01)


def test_a_signal_that_is_not_delivered_is_told():
    import signal

    with pytest.raises(ProbeError, match="not delivered"):
        safety.send(2**22 + 5, signal.SIGTERM)


def test_without_namespaces_the_first_process_is_the_program(image: Image):
    starter: Callable[..., AbstractContextManager[safety.Running]] = safety.running
    with starter(("/bin/sh", "-c", "sleep 60 & echo READY; wait"), process.LIMITS, image) as instance:
        instance.until("READY")
        assert safety.innermost(instance.pids) == instance.pids[0]


def test_the_processor_time_of_a_start_counts_what_it_did(image: Image):
    idle = start_cpu.sample(Shell("echo READY; sleep 0.3"), image, None)
    busy = start_cpu.sample(Shell("n=0; while [ $n -lt 300000 ]; do n=$((n + 1)); done; echo READY"), image, None)
    assert 0 < idle.value < busy.value
    assert busy.cpu_seconds == pytest.approx(busy.value / 1000)


def test_a_start_that_does_not_tell_its_processor_time_gives_no_figure(image: Image):
    never_ends = Shell("echo READY; sleep 600")
    never_ends.LIMITS = Limits(ready_s=60, exit_s=0.05, address_space=2**29)
    with pytest.raises(BackendUnavailable, match="cannot be told"):
        start_cpu.sample(never_ends, image, None)


SMAPS = """7f0000000000-7f0040000000 rw-p 00000000 00:00 0
Size:            1048576 kB
KernelPageSize:        4 kB
Rss:              131072 kB
Pss:              131072 kB
7f0050000000-7f0050001000 rw-p 00000000 00:00 0
Size:                  4 kB
Rss:                   4 kB
"""


@pytest.mark.parametrize(("smaps", "share"), [(SMAPS, 0.125), (SMAPS.replace("1048576", "1048580"), None), ("", None)])
def test_the_memory_of_a_guest_is_found_by_its_size(smaps: str, share: float | None):
    assert memory_allocation.resident(smaps, 1024 * 1024) == share


def test_a_program_without_such_a_mapping_is_no_machine(image: Image):
    with pytest.raises(ProbeError, match="cannot be told"):
        memory_allocation.sample(Shell("echo READY; sleep 60", "virtual_machine"), image, None)
