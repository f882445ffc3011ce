from __future__ import annotations

import os
import platform
from pathlib import Path

import pytest

from kb.errors import BadInput, ProbeError
from kb.probe import guest_kernel


@pytest.fixture
def places(tmp_path: Path) -> dict[str, Path]:
    boot, fetched = tmp_path / "boot", tmp_path / "guest"
    boot.mkdir()
    fetched.mkdir()
    return {"boot": boot, "kernel_dir": fetched, "configured": tmp_path / "my-kernel"}


def test_the_configured_kernel_is_taken_before_all_others(places):
    for path in (places["configured"], places["boot"] / "vmlinuz-6.1", places["kernel_dir"] / "vmlinuz"):
        path.write_text("x")
    assert guest_kernel.find(places["configured"], places["kernel_dir"], boot=places["boot"]) == places["configured"]


def test_a_configured_kernel_that_cannot_be_read_is_an_error_and_no_other_is_taken(places):
    (places["boot"] / "vmlinuz-6.1").write_text("x")
    with pytest.raises(BadInput) as raised:
        guest_kernel.find(places["configured"], places["kernel_dir"], boot=places["boot"])
    assert str(places["configured"]) in raised.value.message[0]


def test_the_newest_installed_kernel_comes_before_a_fetched_one(places):
    for name in ("vmlinuz-6.1.0-9-amd64", "vmlinuz-6.1.0-56-amd64", "vmlinuz-5.10.0-99-amd64"):
        (places["boot"] / name).write_text("x")
    (places["kernel_dir"] / "vmlinuz").write_text("x")
    assert guest_kernel.find(None, places["kernel_dir"], boot=places["boot"]) == places["boot"] / "vmlinuz-6.1.0-56-amd64"


@pytest.mark.skipif(os.geteuid() == 0, reason="root can read every file")
def test_an_unreadable_installed_kernel_is_passed_over(places):
    (places["boot"] / "vmlinuz-6.1").write_text("x")
    (places["boot"] / "vmlinuz-6.1").chmod(0)
    assert guest_kernel.find(None, places["kernel_dir"], boot=places["boot"]) is None


def test_the_fetched_kernel_is_the_last_choice(places):
    assert guest_kernel.find(None, places["kernel_dir"], boot=places["boot"]) is None
    (places["kernel_dir"] / "vmlinuz").write_text("x")
    assert guest_kernel.find(None, places["kernel_dir"], boot=places["boot"]) == places["kernel_dir"] / "vmlinuz"


def test_versions_are_ordered_by_number():
    names = ["vmlinuz-6.1.0-9", "vmlinuz-6.1.0-56", "vmlinuz-6.12.3", "vmlinuz-5.19"]
    ordered = ["vmlinuz-5.19", "vmlinuz-6.1.0-9", "vmlinuz-6.1.0-56", "vmlinuz-6.12.3"]
    assert sorted(names, key=guest_kernel.version_key) == ordered


def test_the_release_is_read_from_the_image(tmp_path: Path):
    header = bytearray(0x400)
    header[0x202:0x206] = b"HdrS"
    header[0x20E:0x210] = (0x100).to_bytes(2, "little")
    header[0x300:0x330] = b"6.1.0-56-cloud-amd64 (builder) #1 SMP".ljust(0x30, b"\0")
    (tmp_path / "vmlinuz").write_bytes(header)
    assert guest_kernel.release(tmp_path / "vmlinuz") == "6.1.0-56-cloud-amd64"


@pytest.mark.parametrize("content", [b"", b"\x7fELF", b"x" * 0x400])
def test_what_is_no_kernel_image_has_no_release(tmp_path: Path, content: bytes):
    (tmp_path / "vmlinuz").write_bytes(content)
    assert guest_kernel.release(tmp_path / "vmlinuz") is None
    assert guest_kernel.release(tmp_path / "none") is None


@pytest.mark.skipif(platform.machine() != "x86_64", reason="kernels are fetched on x86-64 only")
class TestFetching:
    """apt-cache, apt-get and dpkg are played by three scripts; the rest is real."""

    @pytest.fixture
    def scripts(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        folder = tmp_path / "scripts"
        folder.mkdir()
        self.script(
            folder,
            "apt-cache",
            'case "$4 $3" in *cloud*) for v in 9 56 56-unsigned; do echo "linux-image-6.1.0-$v-cloud-amd64 - Linux"; done ;; esac',
        )
        self.script(folder, "apt-get", 'test "$1" = download && test -w . && echo deb > "$3.deb"')
        self.script(
            folder,
            "dpkg",
            'n=${2%.deb}; mkdir -p "$3/boot" "$3/lib"; echo "image of $n" > "$3/boot/vmlinuz-x"; echo big > "$3/lib/modules"',
        )
        monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")
        monkeypatch.setenv("TMPDIR", str(tmp_path))
        monkeypatch.setattr("tempfile.tempdir", None)
        return folder

    def script(self, folder: Path, name: str, text: str) -> None:
        (folder / name).write_text(f"#!/bin/sh\n{text}\n")
        (folder / name).chmod(0o755)

    def test_keeps_the_newest_kernel_and_nothing_else(self, scripts: Path, tmp_path: Path):
        kept = guest_kernel.fetch(tmp_path / "guest")
        assert kept.read_text() == "image of linux-image-6.1.0-56-cloud-amd64\n"
        assert [path.name for path in (tmp_path / "guest").iterdir()] == ["vmlinuz"]
        assert {path.name for path in tmp_path.iterdir()} == {"scripts", "guest"}

    def test_says_why_a_download_failed(self, scripts: Path, tmp_path: Path):
        self.script(scripts, "apt-get", "echo 'E: no route to the mirror' >&2; exit 100")
        with pytest.raises(ProbeError) as raised:
            guest_kernel.fetch(tmp_path / "guest")
        assert "E: no route to the mirror" in raised.value.message[1]
        assert "KB_GUEST_KERNEL" in raised.value.hint[1]

    def test_says_that_the_package_lists_are_empty(self, scripts: Path, tmp_path: Path):
        self.script(scripts, "apt-cache", "exit 0")
        with pytest.raises(ProbeError) as raised:
            guest_kernel.fetch(tmp_path / "guest")
        assert "apt-get update" in raised.value.hint[0]


def test_as_a_program_it_prints_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    (tmp_path / "kernel").write_text("x")
    monkeypatch.setenv("KB_GUEST_KERNEL", str(tmp_path / "kernel"))
    assert guest_kernel.main([str(tmp_path / "guest")]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 1
    assert "已有" in lines[0] and "already there" in lines[0] and str(tmp_path / "kernel") in lines[0]


def test_as_a_program_it_fails_with_the_remedy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    monkeypatch.setenv("KB_GUEST_KERNEL", str(tmp_path / "missing"))
    assert guest_kernel.main([str(tmp_path)]) == 1
    assert "KB_GUEST_KERNEL" in capsys.readouterr().err
    assert guest_kernel.main([]) == 2
