"""Real processes: everything started here must be gone afterwards."""

from __future__ import annotations

import json
import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from kb.errors import HostChanged, ProbeCancelled, ProbeError, ProbeTimeout
from kb.probe import safety
from kb.probe.host import UNPRIVILEGED
from kb.probe.ports import Image, Limits

LIMITS = Limits(ready_s=60, exit_s=60, address_space=2**29)  # a busy machine is no failure
IMPATIENT = Limits(ready_s=2, exit_s=0.2, address_space=2**29, output=1000)

if (_missing := safety.missing_tools()) is not None:
    pytest.skip(_missing.text[1], allow_module_level=True)


def shell(script: str) -> tuple[str, ...]:
    return ("/bin/sh", "-c", script)


def gone(pid: int) -> bool:
    """Within half a minute; a zombie that nobody has reaped yet is dead too."""
    for _ in range(3000):
        if safety.start_ticks(pid) is None:
            return True
        time.sleep(0.01)
    return False


def test_time_runs_from_the_start_of_the_program_to_its_line(image: Image):
    with safety.running(shell("sleep 0.2; echo READY 1 2"), LIMITS, image) as instance:
        seconds, rest = instance.until("READY")
    assert seconds >= 0.2
    assert rest == "1 2"
    assert instance.command == shell("sleep 0.2; echo READY 1 2")


def test_lines_are_read_in_order_and_others_passed_over(image: Image):
    with safety.running(shell("echo noise; echo A 1; echo READYISH; echo B 2; echo A 3"), LIMITS, image) as instance:
        assert [instance.until(word)[1] for word in ("A", "B", "A")] == ["1", "2", "3"]


def test_a_program_that_outlives_its_deadline_is_killed_with_its_children(image: Image):
    with pytest.raises(ProbeTimeout) as raised:
        with safety.running(shell("sleep 61 & sleep 62 & echo started; wait"), IMPATIENT, image) as instance:
            try:
                instance.until("READY")
            finally:
                family = instance.pids
    assert len(family) == 3
    assert all(gone(pid) for pid in family)
    assert "started" in raised.value.message[0]


def test_a_program_that_ignores_the_terminal_and_its_session_is_killed(image: Image):
    with safety.running(shell("trap '' TERM HUP INT; setsid sleep 63 & echo READY; wait"), LIMITS, image) as instance:
        instance.until("READY")
        time.sleep(0.1)
        family = instance.pids
    assert len(family) >= 2
    assert all(gone(pid) for pid in family)


def test_a_zombie_counts_as_ended_and_is_not_left(image: Image):
    """The program that took the shell's place never asks for its child."""
    with safety.running(shell("sleep 0.05 & echo CHILD $!; echo READY; exec sleep 60"), LIMITS, image) as instance:
        child = int(instance.until("CHILD")[1])
        instance.until("READY")
        deadline = time.monotonic() + 60
        while safety.start_ticks(child) is not None and time.monotonic() < deadline:
            time.sleep(0.01)
        assert Path(f"/proc/{child}").exists() and safety.gone_after({child: 1}, 0)
    assert gone(child)


def test_an_error_inside_the_context_leaves_nothing_behind(image: Image):
    with pytest.raises(ZeroDivisionError):
        with safety.running(shell("echo READY; sleep 64"), LIMITS, image) as instance:
            instance.until("READY")
            family = instance.pids
            raise ZeroDivisionError
    assert all(gone(pid) for pid in family)
    assert list(image.records.iterdir()) == []


def test_a_program_that_ends_early_is_reported_with_what_it_said(image: Image):
    with pytest.raises(ProbeError) as raised:
        with safety.running(shell("echo cannot do that >&2; exit 3"), LIMITS, image) as instance:
            instance.until("READY")
    assert not isinstance(raised.value, ProbeTimeout)
    assert "cannot do that" in raised.value.message[1]


def test_a_program_that_does_not_exist_is_reported(image: Image):
    with pytest.raises(ProbeError):
        with safety.running(("/nonexistent/program",), LIMITS, image) as instance:
            instance.until("READY")


def test_cancelling_ends_the_wait(image: Image):
    with pytest.raises(ProbeCancelled):
        with safety.running(shell("sleep 65"), LIMITS, image) as instance:
            family = instance.pids
            instance.until("READY", lambda: True)
    assert all(gone(pid) for pid in family)


def test_processor_time_is_of_the_program_and_its_children_only(image: Image):
    work = "i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done"
    with safety.running(shell(f"({work}); echo READY"), LIMITS, image) as instance:
        instance.until("READY")
        busy = instance.ended()
    with safety.running(shell("sleep 0.2; echo READY"), LIMITS, image) as instance:
        instance.until("READY")
        idle = instance.ended()
    assert busy is not None and idle is not None
    assert busy > idle >= 0


def test_a_program_that_stays_has_no_processor_time(image: Image):
    with safety.running(shell("echo READY; sleep 66"), replace(LIMITS, exit_s=0.2), image) as instance:
        instance.until("READY")
        assert instance.ended() is None


def test_output_is_capped(image: Image):
    with pytest.raises(ProbeTimeout):
        with safety.running(shell("while :; do echo 0123456789; done"), IMPATIENT, image) as instance:
            instance.until("READY")
    assert 900 < len(instance.output) <= 1001


def test_control_characters_and_terminal_escapes_are_removed():
    assert safety.clean(b"\x1b[31mred\x1b[0m\r\nbell\x07 tab\t\x00end\xff") == "red\nbell tabend\ufffd"


def test_nothing_runs_as_root_and_nothing_is_inherited(image: Image, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SECRET_OF_THE_PARENT", "1")
    script = (
        "echo ID $(id -u) $(id -G); echo DIR $(pwd); echo FILES $(ulimit -f) CORE $(ulimit -c); env; read -r x || echo CLOSED; echo READY"
    )
    with safety.running(shell(script), LIMITS, image) as instance:
        ids = instance.until("ID")[1].split()
        assert instance.until("DIR")[1] == "/"
        instance.until("CLOSED")
        instance.until("READY")
    expected = UNPRIVILEGED if os.geteuid() == 0 else os.geteuid()
    assert ids[0] == str(expected) != "0"
    if os.geteuid() == 0:
        assert ids[1:] == [str(UNPRIVILEGED)]
    assert "SECRET_OF_THE_PARENT" not in instance.output
    assert "CORE 0" in instance.output


def test_limits_of_memory_and_file_size_hold(image: Image):
    small = Limits(ready_s=60, exit_s=60, address_space=64 * 2**20, file_size=4096)
    script = "ulimit -v | { read -r v; echo MEMORY $v; }; ulimit -f | { read -r f; echo BLOCKS $f; }; echo READY"
    with safety.running(shell(script), small, image) as instance:
        assert instance.until("MEMORY")[1] == str(64 * 1024)
        assert instance.until("BLOCKS")[1] in ("8", "4")  # of 512 or 1024 bytes
        instance.until("READY")


class TestLeftovers:
    @contextmanager
    def sleeper(self) -> Iterator[subprocess.Popen[bytes]]:
        process = subprocess.Popen(("sleep", "67"))
        try:
            yield process
        finally:
            process.kill()
            process.wait()

    def note(self, folder: Path, **changes: object) -> Path:
        row = {
            "pid": 1,
            "ticks": 1,
            "owner": os.getpid(),
            "owner_ticks": safety.start_ticks(os.getpid()),
            "boot": Path("/proc/sys/kernel/random/boot_id").read_text().strip(),
        }
        folder.mkdir(exist_ok=True)
        path = folder / f"{changes['pid']}.json"
        path.write_text(json.dumps({**row, **changes}))
        return path

    def test_of_a_dead_owner_are_killed(self, tmp_path: Path):
        with self.sleeper() as process:
            note = self.note(tmp_path / "running", pid=process.pid, ticks=safety.start_ticks(process.pid), owner=2**22 + 1)
            assert safety.sweep(tmp_path / "running") == 1
            assert process.wait(60) == -9
            assert not note.exists()

    def test_of_a_living_owner_are_left_alone(self, tmp_path: Path):
        with self.sleeper() as process:
            note = self.note(tmp_path / "running", pid=process.pid, ticks=safety.start_ticks(process.pid))
            assert safety.sweep(tmp_path / "running") == 0
            assert process.poll() is None
            assert note.exists()

    @pytest.mark.parametrize("changed", [{"ticks": 1}, {"boot": "another boot"}])
    def test_another_process_of_the_same_number_is_left_alone(self, tmp_path: Path, changed: dict[str, object]):
        with self.sleeper() as process:
            row = {"pid": process.pid, "ticks": safety.start_ticks(process.pid), "owner": 2**22 + 1, **changed}
            note = self.note(tmp_path / "running", **row)
            assert safety.sweep(tmp_path / "running") == 0
            assert process.poll() is None
            assert not note.exists()

    @pytest.mark.parametrize("garbage", ["", "{", "[]", "{}"])
    def test_a_note_cut_short_is_thrown_away(self, tmp_path: Path, garbage: str):
        (tmp_path / "5.json").write_text(garbage)
        assert safety.sweep(tmp_path) == 0
        assert list(tmp_path.iterdir()) == []

    def test_a_running_program_has_a_note_that_names_it(self, image: Image):
        with safety.running(shell("echo READY; sleep 68"), LIMITS, image) as instance:
            (note,) = image.records.iterdir()
            row = json.loads(note.read_text())
            assert row["pid"] == instance.pids[0]
            assert row["ticks"] == safety.start_ticks(row["pid"])
        assert list(image.records.iterdir()) == []


def test_a_crash_of_ours_takes_the_program_with_it(image: Image):
    """The parent is killed without a chance to clean up; the kernel then ends what it had started."""
    script = (
        "import sys, time; from pathlib import Path; from kb.probe import safety; from kb.probe.ports import Image, Limits\n"
        "p = Path(sys.argv[1]); image = Image(p, p, p, p / 'running')\n"
        "with safety.running(('/bin/sh', '-c', 'echo READY; sleep 69'), Limits(60, 60, 2**29), image) as i:\n"
        "    i.until('READY'); print(*i.pids, flush=True); time.sleep(60)\n"
    )
    import sys

    with subprocess.Popen((sys.executable, "-c", script, str(image.scratch)), stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        first = int(parent.stdout.readline().split()[0])
        assert safety.start_ticks(first) is not None
        parent.kill()
    assert gone(first)
    safety.sweep(image.records)
    assert list(image.records.iterdir()) == []


def test_a_changed_host_is_noticed():
    safety.check_host(safety.HostState.now())
    with pytest.raises(ProbeError, match="changed the host"):
        safety.check_host(safety.HostState(0o700, os.uname().nodename))


class TestAfterwards:
    """What is looked at when a run is over."""

    def test_a_new_mount_in_a_place_of_the_system_is_noticed(self):
        before = safety.HostState.now()
        assert before.mounts and all(point.startswith("/") for point in before.mounts)
        with pytest.raises(HostChanged, match=rf": \+ mount {before.mounts[-1]}\."):
            safety.check_host(replace(before, mounts=before.mounts[:-1]))
        with pytest.raises(HostChanged, match=rf": - mount {before.mounts[-1]}\."):
            safety.check_host(replace(before, mounts=(*before.mounts, before.mounts[-1])))

    def test_what_still_runs_from_the_folders_of_the_run_is_killed_and_told(self, tmp_path: Path):
        program = tmp_path / "probe.sh"
        program.write_text("#!/bin/sh\nsleep 67\n")
        with subprocess.Popen(("/bin/sh", str(program))) as process:
            while not safety.with_argument(str(program)):  # for a moment after its start a program has no arguments to be seen
                pass
            with pytest.raises(HostChanged, match=str(process.pid)):
                safety.check_host(safety.HostState.now(), (tmp_path,))
            assert process.wait(60) == -9

    def test_a_folder_that_nothing_names_leaves_everything_alone(self, tmp_path: Path):
        safety.check_host(safety.HostState.now(), (tmp_path,))

    def test_only_the_removal_of_a_container_of_ours_is_ever_run_from_a_note(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
        ran: list[tuple[str, ...]] = []

        def run(command: tuple[str, ...], **_: object) -> subprocess.CompletedProcess[bytes]:
            ran.append(command)
            return subprocess.CompletedProcess(command, 0)

        monkeypatch.setattr(subprocess, "run", run)
        monkeypatch.setattr(safety, "tool", lambda name: f"/usr/bin/{name}")
        boot = Path("/proc/sys/kernel/random/boot_id").read_text().strip()
        for number, undo in enumerate(
            (["docker", "rm", "--force", "kb-0123456789ab"], ["docker", "rm", "--force", "other"], ["rm", "-rf", "/"], "x")
        ):
            row = {"pid": 2**22 + number, "ticks": 1, "owner": 2**22 + 1, "owner_ticks": 1, "boot": boot, "undo": undo}
            (tmp_path / f"{number}.json").write_text(json.dumps(row))
        assert safety.sweep(tmp_path) == 1
        assert ran == [("/usr/bin/docker", "rm", "--force", "kb-0123456789ab")]
