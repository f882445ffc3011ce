"""The kernel inside a compressed kernel image: an emulated processor would spend a third of a boot on unpacking it, every time anew.

Only where the machine can start what comes out. The image as it was delivered stays what is counted as the size of a machine.
"""

from __future__ import annotations

import hashlib
import lzma
import os
import subprocess
import zlib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from kb.probe.host import tool

_LIMIT_S = 30.0
_MOST = 256 * 2**20
_LENGTH_FIELD = 4  # all formats but gzip are followed by the length of what they hold
_NOTES = 4  # kind of program header
_ENTRY_NOTE = (b"Xen\0", 18)  # owner and type of the note that says where a kernel may be entered without its first stage


def unpacked(image: Path, folder: Path) -> Path | None:
    """The kernel of an x86 image as a file in `folder`, made once; `None` where it is of an unknown kind or cannot be started."""
    try:
        content = image.read_bytes()
        path = folder / f"vmlinux-{hashlib.sha256(content).hexdigest()[:16]}"
        if path.is_file():
            return path
        kernel = _kernel_in(content)
        if kernel is None or not _can_be_entered(kernel):
            return None
        folder.mkdir(parents=True, exist_ok=True)
        fresh = path.with_suffix(f".{os.getpid()}")
        fresh.write_bytes(kernel)
        fresh.chmod(0o644)
        for other in folder.glob("vmlinux-*"):
            if other not in (fresh, path):
                other.unlink(missing_ok=True)
        fresh.replace(path)
    except OSError:
        return None
    return path


def _kernel_in(image: bytes) -> bytes | None:
    """By the image's own header (Linux boot protocol 2.08): sectors of the first stage, then offset and length of what is packed."""
    if image[0x202:0x206] != b"HdrS" or int.from_bytes(image[0x206:0x208], "little") < 0x208:
        return None
    start = ((image[0x1F1] or 4) + 1) * 512 + int.from_bytes(image[0x248:0x24C], "little")
    packed = image[start : start + int.from_bytes(image[0x24C:0x250], "little")]
    for magic, unpack in _FORMATS.items():
        if packed.startswith(magic):
            with suppress(zlib.error, lzma.LZMAError, OSError, subprocess.SubprocessError):
                return unpack(packed)
    return None


def _gzip(packed: bytes) -> bytes:
    return _whole(zlib.decompressobj(zlib.MAX_WBITS | 16), packed)


def _xz(packed: bytes) -> bytes:
    return _whole(lzma.LZMADecompressor(), packed)


def _whole(unpacker: Any, packed: bytes) -> bytes:
    """What is left out after the end is the length field. :raises zlib.error: it has no end, or is too long to be a kernel."""
    content: bytes = unpacker.decompress(packed, _MOST)
    if not unpacker.eof:
        raise zlib.error("cut off")
    return content


def _by_program(name: str) -> Callable[[bytes], bytes]:
    def unpack(packed: bytes) -> bytes:
        done = subprocess.run((tool(name) or name, "-dc"), input=packed[:-_LENGTH_FIELD], capture_output=True, timeout=_LIMIT_S, check=True)
        return done.stdout

    return unpack


_FORMATS: dict[bytes, Callable[[bytes], bytes]] = {
    b"\x1f\x8b": _gzip,
    b"\xfd7zXZ\0": _xz,
    b"\x28\xb5\x2f\xfd": _by_program("zstd"),
    b"\x02\x21\x4c\x18": _by_program("lz4"),
}


def _can_be_entered(kernel: bytes) -> bool:
    """Whether a 64-bit ELF file carries the note that QEMU looks for."""
    if kernel[:5] != b"\x7fELF\x02":
        return False
    table, size, count = (int.from_bytes(kernel[a:b], "little") for a, b in ((32, 40), (54, 56), (56, 58)))
    for at in range(table, table + size * count, size):
        if int.from_bytes(kernel[at : at + 4], "little") == _NOTES:
            offset, length = (int.from_bytes(kernel[a : a + 8], "little") for a in (at + 8, at + 32))
            if _ENTRY_NOTE in _notes(kernel[offset : offset + length]):
                return True
    return False


def _notes(section: bytes) -> set[tuple[bytes, int]]:
    """Owner and type of each: three lengths of four bytes, then the owner and the content, each padded to four bytes."""
    found, at = set(), 0
    while at + 12 <= len(section):
        owner, content, kind = (int.from_bytes(section[at + n : at + n + 4], "little") for n in (0, 4, 8))
        found.add((section[at + 12 : at + 12 + owner], kind))
        at += 12 + (owner + 3) // 4 * 4 + (content + 3) // 4 * 4
    return found
