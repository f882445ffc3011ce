from __future__ import annotations

import gzip
import os
import stat
import sys
from pathlib import Path

import pytest

from kb.errors import BackendUnavailable
from kb.probe import images


@pytest.fixture
def built(tmp_path: Path) -> tuple[Path, Path]:
    try:
        return images.build(tmp_path / "work")
    except BackendUnavailable as error:
        pytest.skip(str(error))


def members(archive: bytes) -> dict[str, tuple[int, bytes, int]]:
    """Name → (mode, content, inode) of a cpio archive, read by its documented layout."""
    found, at = {}, 0
    while True:
        assert archive[at : at + 6] == b"070701"
        fields = [int(archive[at + 6 + 8 * i : at + 14 + 8 * i], 16) for i in range(13)]
        name = archive[at + 110 : at + 110 + fields[11] - 1].decode()
        at += (110 + fields[11] + 3) & ~3
        content = archive[at : at + fields[6]]
        at += (fields[6] + 3) & ~3
        if name == "TRAILER!!!":
            return found
        found[name] = (fields[1], content, fields[0])


def test_folder_and_initramfs_hold_the_same(built):
    rootfs, initramfs = built
    packed = members(gzip.decompress(initramfs.read_bytes()))
    for path in rootfs.rglob("*"):
        mode, content, _ = packed[str(path.relative_to(rootfs))]
        if path.is_symlink():
            assert (stat.S_IFMT(mode), content.decode()) == (stat.S_IFLNK, os.readlink(path))
        elif path.is_file():
            assert (mode, content) == (path.stat().st_mode, path.read_bytes())
    assert packed["dev/console"][0] == stat.S_IFCHR | 0o600
    assert len({inode for _, _, inode in packed.values()}) == len(packed)


def test_everyone_may_read_what_was_built(built):
    rootfs, initramfs = built
    assert all(path.stat().st_mode & stat.S_IROTH for path in (rootfs, initramfs, *rootfs.rglob("*")))
    assert all((rootfs / name).stat().st_mode & 0o111 == 0o111 for name in ("init", "probe.sh", "bin/busybox", "bin/sh"))


def test_building_again_gives_the_same_folder_untouched(built, tmp_path: Path):
    before = built[1].stat()
    assert images.build(tmp_path / "work") == built
    assert built[1].stat().st_mtime_ns == before.st_mtime_ns
    assert len(list((tmp_path / "work").iterdir())) == 1


@pytest.mark.parametrize("content", [b"", b"#!/bin/sh\n", b"\x7fELF\x01"])
def test_what_is_no_static_program_is_told(tmp_path: Path, content: bytes):
    (tmp_path / "program").write_bytes(content)
    assert images.needs_libraries(tmp_path / "program")


@pytest.mark.skipif(not Path("/bin/ls").is_file() or sys.platform != "linux", reason="needs the /bin/ls of a usual Linux")
def test_a_program_with_shared_libraries_is_told():
    assert images.needs_libraries(Path("/bin/ls"))


def test_only_what_every_user_can_reach_is_open_to_all(tmp_path: Path):
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    (closed / "file").write_text("x")
    assert not images.open_to_all(closed)
    assert not images.open_to_all(closed / "file")
    assert images.open_to_all(Path("/bin/sh"))


@pytest.mark.skipif(os.geteuid() != 0, reason="only root serves files to another user")
def test_a_closed_folder_is_copied_aside_and_removed_afterwards(built, tmp_path: Path):
    kernel = tmp_path / "vmlinuz"
    kernel.write_bytes(b"kernel")
    kernel.chmod(0o600)
    tmp_path.chmod(0o700)
    with images.served(*built, tmp_path / "running", kernel=kernel) as image:
        assert image.kernel is not None
        for path in (image.rootfs, image.initramfs, image.kernel, image.rootfs / "bin" / "busybox"):
            assert images.open_to_all(path)
        assert image.kernel.read_bytes() == b"kernel"
        assert image.scratch.stat().st_uid != 0
        scratch = image.scratch.parent
    assert not scratch.exists()


def test_scratch_folders_of_dead_processes_are_removed(built, tmp_path: Path):
    with images.served(*built, tmp_path / "running") as image:
        alive = image.scratch.parent
        dead = alive.with_name(f"kb-probe-{2**22 + 1}-test")
        dead.mkdir()
        images.sweep_scratch()
        assert alive.exists()
        assert not dead.exists()
