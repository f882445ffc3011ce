"""A machine whose programs are not ours: what it is started with, when it counts as up, and what it is not asked for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from kb.errors import BadInput, ProbeError, ProbeTimeout
from kb.probe import safety
from kb.probe.backends import _qemu, qemu_distribution
from kb.probe.metrics import footprint
from kb.probe.ports import Disk, Image, Limits
from tests.kb.probe.conftest import FakeMetric, Lab

LIMITS = Limits(ready_s=60, exit_s=0.05, address_space=2**29, output=4096)


@pytest.fixture
def disk(tmp_path: Path) -> Disk:
    image = tmp_path / "disk.img"
    image.write_bytes(b"\0" * 2**20)
    return Disk(image)


@pytest.fixture
def able(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(qemu_distribution._qemu, "cannot_run", lambda: None)
    monkeypatch.setattr(qemu_distribution, "open_to_all", lambda path: True)


class TestWhatForbidsIt:
    def test_no_image_is_named(self, able: None, image: Image):
        reason = qemu_distribution.unavailable(image)
        assert reason is not None and "KB_GUEST_DISK" in reason.remedy[0] and "KB_GUEST_DISK" in reason.remedy[1]

    def test_a_file_that_is_not_there_or_not_readable_is_named(self, able: None, image: Image, disk: Disk, monkeypatch: pytest.MonkeyPatch):
        assert qemu_distribution.unavailable(replace(image, disk=disk)) is None
        missing = replace(disk, initrd=disk.image.with_name("initrd.img"))
        reason = qemu_distribution.unavailable(replace(image, disk=missing))
        assert reason is not None and "initrd.img" in reason.text[1]
        monkeypatch.setattr(qemu_distribution, "open_to_all", lambda path: False)
        reason = qemu_distribution.unavailable(replace(image, disk=disk))
        assert reason is not None and "disk.img" in reason.text[0]

    def test_without_qemu_it_says_what_the_other_machines_say(self, image: Image, disk: Disk, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setattr("kb.probe.backends._qemu.tool", lambda name: None)
        assert qemu_distribution.unavailable(replace(image, disk=disk)) == _qemu.cannot_run() is not None


class TestItsCommand:
    def test_the_image_is_never_written_to_and_its_format_is_not_guessed(self, disk: Disk):
        words = qemu_distribution.command(disk)
        assert "-snapshot" in words and f"file={disk.image},if=virtio,format=raw" in words
        assert "-kernel" not in words and "-netdev" not in words and "none" not in words
        disk.image.write_bytes(b"QFI\xfb" + b"\0" * 100)
        assert f"file={disk.image},if=virtio,format=qcow2" in qemu_distribution.command(disk)

    def test_a_comma_in_a_path_is_no_option(self, tmp_path: Path):
        assert any("a,,readonly=off" in word for word in qemu_distribution.command(Disk(tmp_path / "a,readonly=off")))

    def test_a_kernel_of_its_own_is_told_root_and_console(self, disk: Disk):
        words = qemu_distribution.command(replace(disk, kernel=Path("/k"), initrd=Path("/i"), root="LABEL=root"))
        line = words[words.index("-append") + 1]
        assert "root=LABEL=root" in line and "console=ttyS0" in line and "tsc_early_khz=" in line
        assert words[words.index("-initrd") + 1] == "/i"


class TestWhenItIsUp:
    @contextmanager
    def console(self, script: str, image: Image) -> Iterator[safety.Running]:
        with safety.running(("/bin/sh", "-c", script), LIMITS, image, spoken={"READY": "login:"}) as instance:
            yield instance

    def test_a_prompt_without_an_end_of_line_counts(self, image: Image):
        with self.console("printf 'Debian GNU/Linux 12 ttyS0\\n\\nbox login: '; sleep 60", image) as instance:
            seconds, rest = instance.until("READY")
        assert seconds > 0 and rest == ""

    def test_however_much_it_said_before(self, image: Image):
        script = "n=0; while [ $n -lt 3000 ]; do echo [    0.$n] a line of the kernel; n=$((n + 1)); done; printf 'box login: '; sleep 60"
        with self.console(script, image) as instance:
            assert instance.until("READY")[0] > 0
            assert len(instance.output) <= 2 * LIMITS.output

    def test_a_console_that_ends_without_it_is_an_error(self, image: Image):
        with self.console("echo Kernel panic - not syncing: VFS", image) as instance, pytest.raises(ProbeError, match="VFS"):
            instance.until("READY")

    def test_one_that_hangs_is_told_with_its_last_words(self, image: Image):
        hasty = replace(LIMITS, ready_s=1.0)
        with (
            safety.running(("/bin/sh", "-c", "echo Marking TSC unstable; sleep 60"), hasty, image, spoken={"READY": "login:"}) as instance,
            pytest.raises(ProbeTimeout, match="TSC unstable"),
        ):
            instance.until("READY")


def test_its_size_is_what_its_files_take_and_not_what_they_promise(image: Image, disk: Disk):
    with disk.image.open("r+b") as file:
        file.truncate(2**30)
    found = footprint.sample(qemu_distribution, replace(image, disk=disk), None)
    assert 0 < found.value < 100 and "不能与容器的相比" in found.caveats[0]


class TestTakingPart:
    """Only where it is named, and only for what can be seen from outside."""

    @pytest.fixture
    def slow(self, lab: Lab) -> Lab:
        lab.add("box")
        whole = lab.add("whole", concept="virtual_machine")
        whole.SLOW, whole.ONLY = 900.0, frozenset(("time",))
        lab.metrics["signs"] = FakeMetric(lab.metrics["time"].PLAN)
        return lab

    def test_it_is_left_out_unless_named(self, slow: Lab):
        prober = slow.prober()
        assert [one.backend for one in prober.run("time")] == ["box"]
        assert [one.backend for one in prober.run("time", backends=("box", "whole"))] == ["box", "whole"]

    def test_the_list_of_backends_does_not_start_it(self, slow: Lab):
        found = {info.name: info.availability for info in slow.prober().backends()}
        assert "whole" not in slow.log
        assert not found["whole"].ok and "kb probe run start_time --backend whole" in found["whole"].remedy[1]

    def test_but_remembers_that_it_worked(self, slow: Lab):
        prober = slow.prober()
        prober.run("time", backends=("whole",), runs=1)
        assert {info.name: info.availability.ok for info in prober.backends()}["whole"]

    def test_it_is_not_asked_for_what_only_our_payload_tells(self, slow: Lab):
        with pytest.raises(BadInput):
            slow.prober().run("signs", backends=("whole",))
        assert [one.backend for one in slow.prober().run("signs")] == ["box"]
