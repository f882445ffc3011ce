from __future__ import annotations

import gzip
import lzma
import struct

import pytest

from kb.probe.unpacking import unpacked


def elf(*notes: tuple[bytes, int]) -> bytes:
    """A program file with one header, of the notes, and some bulk."""
    section = b"".join(struct.pack("<III", len(owner), 4, kind) + owner + b"\0" * (-len(owner) % 4) + b"\1\2\3\4" for owner, kind in notes)
    header = b"\x7fELF\x02" + b"\0" * 27 + struct.pack("<Q", 64) + b"\0" * 14 + struct.pack("<HH", 56, 1) + b"\0" * 6
    program = struct.pack("<IIQQQQQQ", 4, 0, 120, 0, 0, len(section), len(section), 4)
    return header + program + section + b"kernel" * 5000


def image(packed: bytes, *, version: int = 0x20F, magic: bytes = b"HdrS") -> bytes:
    """One sector of boot code, one of setup, 32 bytes of unpacking code, then what is packed."""
    head = bytearray(1024)
    head[0x1F1] = 1
    head[0x202:0x206] = magic
    head[0x206:0x208] = version.to_bytes(2, "little")
    head[0x248:0x250] = struct.pack("<II", 32, len(packed))
    return bytes(head) + b"u" * 32 + packed + b"after it"


KERNEL = elf((b"GNU\0", 1), (b"Xen\0", 6), (b"Xen\0", 18))


@pytest.mark.parametrize("pack", [gzip.compress, lambda data: lzma.compress(data) + len(data).to_bytes(4, "little")])
def test_the_kernel_of_an_image_is_made_once_and_readable_by_all(tmp_path, pack):
    path = tmp_path / "vmlinuz"
    path.write_bytes(image(pack(KERNEL)))
    found = unpacked(path, tmp_path / "work")
    assert found is not None
    assert found.read_bytes() == KERNEL
    assert found.stat().st_mode & 0o777 == 0o644
    made = found.stat().st_mtime_ns
    assert unpacked(path, tmp_path / "work") == found
    assert found.stat().st_mtime_ns == made


def test_that_of_an_older_image_makes_room(tmp_path):
    path = tmp_path / "vmlinuz"
    path.write_bytes(image(gzip.compress(KERNEL)))
    unpacked(path, tmp_path / "work")
    path.write_bytes(image(gzip.compress(KERNEL + b"newer")))
    found = unpacked(path, tmp_path / "work")
    assert list((tmp_path / "work").iterdir()) == [found]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"no image at all",
        image(gzip.compress(KERNEL), magic=b"Nope"),
        image(gzip.compress(KERNEL), version=0x207),
        image(b"unknown packing"),
        image(gzip.compress(KERNEL)[:-40]),
        image(b"\x28\xb5\x2f\xfd damaged"),
        image(gzip.compress(b"no program")),
        image(gzip.compress(elf((b"GNU\0", 18), (b"Xen\0", 6)))),
    ],
    ids=["empty", "text", "no header", "old protocol", "unknown", "cut off", "damaged", "no program", "no way in"],
)
def test_what_cannot_be_started_unpacked_is_started_as_it_is(tmp_path, content):
    path = tmp_path / "vmlinuz"
    path.write_bytes(content)
    assert unpacked(path, tmp_path / "work") is None


def test_a_folder_that_cannot_be_written_costs_only_time(tmp_path):
    path = tmp_path / "vmlinuz"
    path.write_bytes(image(gzip.compress(KERNEL)))
    (tmp_path / "work").write_bytes(b"a file is in the way")
    assert unpacked(path, tmp_path / "work") is None
