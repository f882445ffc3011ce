"""The contract of the two families: adding a file there is enough, and this is what the file must hold."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from kb.errors import BackendUnavailable
from kb.probe.ports import Disk, Image, Limits, Payload, Plan
from kb.registry import family

BACKENDS = family("kb.probe.backends")
METRICS = family("kb.probe.metrics")
KINDS = {"process", "container", "virtual_machine"}


def in_both_languages(text: tuple[str, str]) -> bool:
    return bool(re.search(r"[\u4e00-\u9fff]", text[0])) and not re.search(r"[\u4e00-\u9fff]", text[1]) and bool(text[1].strip())


def test_the_required_members_are_there():
    assert {"process", "unshare", "bubblewrap", "qemu_tcg", "qemu_kvm"} <= set(BACKENDS)
    assert {"start_time", "kernel_identity"} <= set(METRICS)


@pytest.mark.parametrize("name", BACKENDS)
class TestBackend:
    def test_says_what_it_is(self, name: str):
        backend = BACKENDS[name]
        assert backend.CONCEPT in KINDS
        assert in_both_languages(backend.LABEL)
        assert all(in_both_languages(tuple(caveat.split(" / "))) for caveat in backend.CAVEATS)

    def test_has_bounds(self, name: str):
        limits = BACKENDS[name].LIMITS
        assert isinstance(limits, Limits)
        assert BACKENDS[name].OPT_IN is (name in ("docker", "podman"))
        slow = getattr(BACKENDS[name], "SLOW", None)
        assert 0 < limits.ready_s <= (slow or (40 if BACKENDS[name].CONCEPT == "virtual_machine" else 5))
        assert 0 < limits.exit_s <= 10
        assert limits.address_space <= 4 * 2**30
        assert limits.output <= 64 * 1024

    def test_gives_reason_and_remedy_without_an_image(self, name: str, image: Image):
        reason = BACKENDS[name].unavailable(image)
        if BACKENDS[name].CONCEPT == "virtual_machine":
            assert reason is not None  # there is no kernel
        if reason is not None:
            assert in_both_languages(reason.text) and in_both_languages(reason.remedy)

    @pytest.mark.parametrize("output", ["", "bwrap: setting up uid map: Permission denied", "Unable to calibrate against PIT"])
    def test_says_why_a_start_failed(self, name: str, output: str):
        reason = BACKENDS[name].refused(output)
        assert in_both_languages(reason.text) and in_both_languages(reason.remedy)
        assert output in reason.text[1]

    def test_starts_a_constant_command(self, name: str, image: Image, monkeypatch: pytest.MonkeyPatch):
        """The same words each time but for names of our own files: nothing that a person typed can get there."""
        seen = [self.command(name, image, monkeypatch) for _ in range(2)]
        fixed = [[re.sub(r"kb-[0-9a-f]{12}", "ID", word) for word in command] for command in seen]
        assert fixed[0] == fixed[1]
        assert fixed[0][0].startswith("/")

    def command(self, name: str, image: Image, monkeypatch: pytest.MonkeyPatch) -> tuple[str, ...]:
        class Stop(Exception):
            pass

        def refuse(command: tuple[str, ...], *_: object, **__: object) -> None:
            raise Stop(command)

        backend = BACKENDS[name]
        if backend.CONCEPT == "virtual_machine" or name not in ("process", "unshare"):
            monkeypatch.setattr("kb.probe.host.shutil.which", lambda program, path: f"/usr/bin/{program}")
        monkeypatch.setattr("kb.probe.backends._engine.ask", lambda *_: "")
        image.initramfs.write_bytes(b"image")
        monkeypatch.setattr("kb.probe.safety.subprocess.Popen", refuse)
        image = replace(image, disk=Disk(image.rootfs / "disk.img", image.rootfs / "vmlinuz"))
        with pytest.raises(Stop) as raised, backend.start(Payload("ready", image), backend.LIMITS):
            pass
        full: tuple[str, ...] = raised.value.args[0]
        return full[full.index("probe") + 1 :]


@pytest.mark.parametrize("name", METRICS)
class TestMetric:
    def test_says_what_it_is(self, name: str):
        metric = METRICS[name]
        assert in_both_languages(metric.LABEL) and in_both_languages(metric.MEANING)
        assert metric.UNIT and metric.UNIT.isascii()
        assert callable(metric.sample)

    def test_has_a_plan_that_can_become_valid(self, name: str):
        plan = METRICS[name].PLAN
        assert isinstance(plan, Plan)
        assert 1 <= plan.least <= plan.runs and 1 <= plan.least_vm <= plan.runs_vm
        assert plan.warmup in (0, 1)


def test_machines_of_a_slow_emulator_know_their_clock(image: Image):
    """Without the frequency most boots hang while they calibrate an emulated timer."""
    line = BACKENDS["qemu_tcg"]._qemu.kernel_line(Payload("ready", image), "tcg")
    assert re.search(r"\btsc_early_khz=[1-9][0-9]{5,7}\b", line)
    assert "probe=ready" in line.split()


def test_a_failed_machine_is_told_by_its_error_and_not_by_its_registers():
    reason = BACKENDS["qemu_kvm"].refused("KVM internal error. Suberror: 1\nextra data[0]: 0x0\nEAX=00000000 EBX=00000000\n")
    assert "KVM internal error. Suberror: 1" in reason.text[1]
    assert "EAX" not in reason.text[1]


def test_the_footprint_of_a_machine_needs_a_kernel(image: Image, tmp_path: Path):
    with pytest.raises(BackendUnavailable):
        METRICS["footprint"].sample(BACKENDS["qemu_tcg"], image, None)
    (tmp_path / "file").write_bytes(b"x" * 2**20)
    (tmp_path / "link").symlink_to("file")
    assert METRICS["footprint"].sample(BACKENDS["process"], image, None).value == 1.0
