"""Zip files of articles: their members as name and bytes, refused where unpacking them would do harm.

Nothing is written to disk, so a member's path is only ever a name; one that climbs out (`../`) is refused all the same, for it shows that the
file was made to do so.
"""

from __future__ import annotations

import io
import lzma
import zipfile
import zlib
from collections.abc import Container, Iterator
from pathlib import PurePosixPath

from kb.errors import BadInput, TooLarge, UnreadableText

SUFFIX = ".zip"
MOST_MEMBERS = 2_000
_MOST_TIMES_LIMIT = 20  # unpacked, all members together, in multiples of the limit for one file
_MOST_RATIO = 200  # text packs to a tenth; a bomb to a thousandth
_SMALL = 1_000_000  # bytes; below it a high ratio does no harm


def members(data: bytes, name: str, *, max_bytes: int, readable: Container[str]) -> Iterator[tuple[str, bytes]]:
    """Members whose suffix is `readable`, by path; what a system adds by itself (`__MACOSX/`, hidden files) is passed over.

    All entries are checked before the first is unpacked.

    :raises UnreadableText: no zip file, damaged or encrypted. :raises TooLarge: too many entries, or too much in them.
    :raises BadInput: a path that leaves the folder, or a zip inside the zip.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise _damaged(name, error) from error
    with archive:
        entries = [(path_of(entry), entry) for entry in archive.infolist() if not entry.is_dir()]
        entries = [(path, entry) for path, entry in entries if not _is_clutter(path)]
        _check(entries, name, max_bytes)
        for path, entry in sorted(entries, key=lambda pair: pair[0]):
            if PurePosixPath(path).suffix.lower() in readable:
                yield path, _unpack(archive, entry, f"{name}/{path}", max_bytes)


def path_of(entry: zipfile.ZipInfo) -> str:
    """The path as its author wrote it: without the UTF-8 flag, Chinese systems write GB18030, which zipfile reads as code page 437."""
    path = entry.filename
    if not entry.flag_bits & 0x800 and not path.isascii():
        try:
            path = path.encode("cp437").decode("gb18030")
        except (UnicodeEncodeError, UnicodeDecodeError):
            pass  # then the name stays as it is: it is only shown
    return path.replace("\\", "/")


def _is_clutter(path: str) -> bool:
    return any(part == "__MACOSX" or (part.startswith(".") and part != "..") for part in path.split("/"))


def _check(entries: list[tuple[str, zipfile.ZipInfo]], name: str, max_bytes: int) -> None:
    if len(entries) > MOST_MEMBERS:
        raise TooLarge(
            (
                f"{name} 里有 {len(entries):,} 个文件，最多 {MOST_MEMBERS:,} 个。",
                f"{name} holds {len(entries):,} files; the limit is {MOST_MEMBERS:,}.",
            ),
            ("请分成几个压缩包。", "Split it into several archives."),
        )
    whole = 0
    for path, entry in entries:
        if path.startswith("/") or ".." in path.split("/") or path[1:2] == ":":
            raise BadInput(
                (f"{name} 里有越出文件夹的路径：{path}", f"{name} holds a path that leaves the folder: {path}"),
                ("请重新打包，路径里不要有“..”或绝对路径。", "Pack it again without '..' or absolute paths."),
            )
        if PurePosixPath(path).suffix.lower() == SUFFIX:
            raise BadInput(
                (f"{name} 里还有压缩包：{path}", f"{name} holds another archive: {path}"),
                ("请先解开里面的压缩包。", "Unpack the inner one first."),
            )
        if entry.flag_bits & 0x1:
            raise UnreadableText(
                (f"{name} 里的 {path} 有密码。", f"{name}: {path} is encrypted."),
                ("请去掉密码再打包。", "Pack it again without a password."),
            )
        whole += entry.file_size
        if entry.file_size > _SMALL and entry.file_size > _MOST_RATIO * max(1, entry.compress_size):
            raise TooLarge(
                (
                    f"{name} 里的 {path} 解开后是压缩时的 {entry.file_size // max(1, entry.compress_size):,} 倍，像是压缩炸弹。",
                    f"{name}: {path} unpacks to {entry.file_size // max(1, entry.compress_size):,} times its size, as a zip bomb does.",
                ),
                ("请直接加入文件本身。", "Add the file itself instead."),
            )
    if whole > _MOST_TIMES_LIMIT * max_bytes:
        raise TooLarge(
            (
                f"{name} 解开后有 {whole:,} 字节，最多 {_MOST_TIMES_LIMIT * max_bytes:,} 字节。",
                f"{name} unpacks to {whole:,} bytes; the limit is {_MOST_TIMES_LIMIT * max_bytes:,}.",
            ),
            ("请分成几个压缩包，或调大 KB_MAX_UPLOAD_BYTES。", "Split it into several archives, or raise KB_MAX_UPLOAD_BYTES."),
        )


def _unpack(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, place: str, max_bytes: int) -> bytes:
    """The sizes in the entry are what the file says of itself, so reading stops at the limit whatever they were."""
    try:
        with archive.open(entry) as file:
            data = file.read(max_bytes + 1)
    except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, OSError, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        raise _damaged(place, error) from error
    if len(data) > max_bytes:
        raise TooLarge(
            (f"{place} 超过 {max_bytes:,} 字节。", f"{place} has more than {max_bytes:,} bytes."),
            ("请拆成几个文件，或调大 KB_MAX_UPLOAD_BYTES。", "Split it, or raise KB_MAX_UPLOAD_BYTES."),
        )
    return data


def _damaged(name: str, error: Exception) -> UnreadableText:
    return UnreadableText(
        (f"读不了压缩包 {name}：{error}", f"Cannot read the archive {name}: {error}"),
        ("文件可能已损坏，请重新打包。", "It may be damaged; pack it again."),
    )
