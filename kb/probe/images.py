"""The userland that every backend starts: busybox, its applet names and one payload script, as a folder and as an initramfs."""

from __future__ import annotations

import gzip
import hashlib
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kb.errors import BackendUnavailable
from kb.probe.host import UNPRIVILEGED, tool
from kb.probe.ports import Image, Reason

APPLETS = (
    *("sh", "cat", "mount", "poweroff", "reboot", "sleep", "uname", "sha256sum"),
    *("awk", "dmesg", "hostname", "mknod", "readlink", "rm", "true", "umount", "unshare"),
)
OS_RELEASE = 'ID=kb-probe\nPRETTY_NAME="kb probe userland (busybox)"\n'
# What is timed uses words of the shell only, for an applet costs a fork; and no device, for not every backend has one.
PAYLOAD = """#!/bin/sh
# The one program that is started in every process, container and virtual machine of the probe.
PATH=${0%/*}/bin
case $1 in
ready) echo READY ;;
wait) echo READY; sleep 600 ;;
stay) echo READY; exec sleep 600 ;;
handle) trap 'kill $!; exit 0' TERM; sleep 600 & echo READY; wait ;;
integer)
    echo READY
    n=0; while [ $n -lt 150000 ]; do n=$((n + 1)); done
    echo DONE
    if [ "$2" = stay ]; then sleep 600; fi ;;
hash)
    echo READY
    b=${0%/*}/bin/busybox
    sha256sum $b $b $b $b $b $b $b $b $b $b $b $b $b $b $b $b
    echo DONE
    if [ "$2" = stay ]; then sleep 600; fi ;;
float)
    echo READY
    ${0%/*}/bin/awk 'BEGIN { x = 0.5; while (n++ < 400000) x = x * 0.999 + 0.3 / (x + 1.5); print "FLOAT", x }'
    echo DONE
    if [ "$2" = stay ]; then sleep 600; fi ;;
calls)
    echo READY
    n=0; while [ $n -lt 40000 ]; do n=$((n + 1)); : < /; done
    echo DONE
    if [ "$2" = stay ]; then sleep 600; fi ;;
signs)
    echo READY
    read -r release < /proc/sys/kernel/osrelease; echo "RELEASE ${release:-$(uname -r)}"
    read -r boot_id < /proc/sys/kernel/random/boot_id; echo "BOOT_ID ${boot_id:-none}"
    read -r uptime rest < /proc/uptime; echo "UPTIME $uptime"
    name=none
    if [ -r /etc/os-release ]; then
        while read -r line; do case $line in PRETTY_NAME=*) name=${line#PRETTY_NAME=} ;; esac; done < /etc/os-release
    fi
    echo "USERLAND $name"
    set -- /*; echo "ROOT $*"
    read -r token < /proc/sys/kernel/random/uuid
    token=kb-${token:-$uptime-$RANDOM$RANDOM$RANDOM$RANDOM}
    exec "${0%/*}/bin/sh" "$0" hold "$token" ;;
hold) echo "TOKEN $2 $$"; sleep 600 ;;
attempts)
    # Never among the host's own mounts: $2 names the host's mount namespace and boot. Each attempt, should it succeed, changes nothing
    # or what it made is removed again.
    read -r boot_id < /proc/sys/kernel/random/boot_id
    mounts=$(readlink /proc/self/ns/mnt); mounts=${mounts#*:[}; mounts=${mounts%]}
    if [ -z "$2" ] || [ -z "$mounts" ]; then echo "GUARD unknown"; exit; fi
    if [ "$mounts-$boot_id" = "$2" ]; then echo "GUARD refused"; exit; fi
    echo "GUARD passed"
    read -r line < /proc/1/stat; set -- ${line##*) }; echo "FIRST ${20} $boot_id"
    attempt() { if eval "$2"; then echo "ATTEMPT $1 1"; else echo "ATTEMPT $1 0"; fi; }
    attempt kernel_log 'dmesg | { read -r line; }'
    attempt write_root '(echo x > /kb-attempt) && rm /kb-attempt'
    attempt mount 'mount -t tmpfs none /tmp && umount /tmp'
    attempt set_hostname 'hostname "$(hostname)"'
    attempt make_device 'mknod /tmp/kb-attempt b 7 0 && rm /tmp/kb-attempt'
    attempt kernel_setting '(read -r value < /proc/sys/kernel/panic && echo "$value" > /proc/sys/kernel/panic)'
    attempt user_namespace 'unshare -U true'
    attempt network '{ read -r line; read -r line; } < /proc/net/route'
    echo END ;;
esac
"""
INIT = """#!/bin/sh
/bin/mount -t proc proc /proc
read -r line < /proc/cmdline
task=ready
for word in $line; do
    case $word in probe=*) task=${word#probe=} ;; option=*) option=${word#option=} ;; esac
done
/bin/sh /probe.sh "$task" $option
/bin/reboot -f
"""
_TEMPORARY = Path("/var/tmp")
_FOLDERS = ("bin", "dev", "etc", "proc", "sys", "tmp")
_ELF_INTERPRETER = 3  # program header PT_INTERP: present in programs that need shared libraries


def build(folder: Path) -> tuple[Path, Path]:
    """Rootfs folder and initramfs file under `folder`, made once for each busybox and payload; everyone may read them.

    :raises BackendUnavailable: there is no static busybox.
    """
    busybox = find_busybox()
    content = busybox.read_bytes()
    stamp = hashlib.sha256(content + repr((PAYLOAD, INIT, OS_RELEASE, APPLETS, _FOLDERS, "dev/null")).encode()).hexdigest()[:16]
    image = folder / f"image-{stamp}"
    if not image.is_dir():
        folder.mkdir(parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(prefix="image-new-", dir=folder))
        fresh.chmod(0o755)
        _write_rootfs(fresh / "rootfs", content)
        (fresh / "initramfs.gz").write_bytes(gzip.compress(_archive(fresh / "rootfs"), 9, mtime=0))
        (fresh / "initramfs.gz").chmod(0o644)
        try:
            fresh.rename(image)
        except OSError:  # another process was faster with the very same content
            shutil.rmtree(fresh)
    return image / "rootfs", image / "initramfs.gz"


def find_busybox() -> Path:
    """:raises BackendUnavailable: none, or only one that needs shared libraries."""
    found = tool("busybox")
    if found is not None and not needs_libraries(Path(found)):
        return Path(found)
    what = (
        ("本机的 busybox 不是静态编译的。", "The busybox of this machine needs shared libraries.")
        if found
        else ("没有 busybox。", "There is no busybox.")
    )
    raise BackendUnavailable(
        what, ("安装 busybox-static：sudo apt-get install busybox-static", "Install it: sudo apt-get install busybox-static")
    )


def needs_libraries(program: Path) -> bool:
    """Whether a 64-bit ELF program names a dynamic loader; `True` also for what is no such program."""
    with program.open("rb") as file:
        header = file.read(64)
        if header[:5] != b"\x7fELF\x02":
            return True
        offset, size, count = (int.from_bytes(header[a:b], "little") for a, b in ((32, 40), (54, 56), (56, 58)))
        file.seek(offset)
        table = file.read(size * count)
    return any(int.from_bytes(table[at : at + 4], "little") == _ELF_INTERPRETER for at in range(0, size * count, size))


@contextmanager
def served(
    rootfs: Path,
    initramfs: Path,
    records: Path,
    *,
    kernel: Path | None = None,
    kernel_problem: Reason | None = None,
    unpacked_kernel: Path | None = None,
) -> Iterator[Image]:
    """The image where the unprivileged user that runs it can read it: copied aside if our own folder is closed to others."""
    scratch = Path(tempfile.mkdtemp(prefix=f"kb-probe-{os.getpid()}-", dir=_TEMPORARY))
    try:
        scratch.chmod(0o755)
        own = scratch / "own"
        own.mkdir(0o700)
        if os.geteuid() == 0:
            os.chown(own, UNPRIVILEGED, UNPRIVILEGED)
            rootfs, initramfs = _open_copy(rootfs, scratch), _open_copy(initramfs, scratch)
            kernel = _open_copy(kernel, scratch) if kernel else None
            unpacked_kernel = _open_copy(unpacked_kernel, scratch) if unpacked_kernel else None
        yield Image(rootfs, initramfs, own, records, kernel, kernel_problem, unpacked_kernel)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def sweep_scratch() -> None:
    """Remove the scratch folders of processes that are gone."""
    for folder in _TEMPORARY.glob("kb-probe-*-*"):
        owner = folder.name.split("-")[2]
        if owner.isdigit() and not Path(f"/proc/{owner}").exists() and folder.lstat().st_uid == os.geteuid() and not folder.is_symlink():
            shutil.rmtree(folder, ignore_errors=True)


def open_to_all(path: Path) -> bool:
    """Any user can read the file, or list the folder, and walk down to it."""
    path = path.resolve()
    needed = stat.S_IROTH | (stat.S_IXOTH if path.is_dir() else 0)
    walkable = all(parent.stat().st_mode & stat.S_IXOTH for parent in path.parents)
    return walkable and path.stat().st_mode & needed == needed


def _open_copy(path: Path, scratch: Path) -> Path:
    if open_to_all(path):
        return path
    copy = scratch / path.name
    if path.is_dir():
        shutil.copytree(path, copy, symlinks=True)
    else:
        shutil.copyfile(path, copy)
        copy.chmod(0o644)
    return copy


def _write_rootfs(rootfs: Path, busybox: bytes) -> None:
    for name in ("", *_FOLDERS):
        (rootfs / name).mkdir(parents=True, exist_ok=True)
        (rootfs / name).chmod(0o755)
    for name, content in (("bin/busybox", busybox), ("probe.sh", PAYLOAD.encode()), ("init", INIT.encode())):
        (rootfs / name).write_bytes(content)
        (rootfs / name).chmod(0o755)
    # The shell opens it for every background program. An empty file serves where there is no device.
    (rootfs / "dev" / "null").touch(mode=0o444)
    (rootfs / "etc" / "os-release").write_text(OS_RELEASE, encoding="utf-8")
    (rootfs / "etc" / "os-release").chmod(0o644)
    for applet in APPLETS:
        (rootfs / "bin" / applet).symlink_to("busybox")


def _archive(rootfs: Path) -> bytes:
    """The folder as a cpio archive, with the console device that the kernel opens for the first program."""
    members = [(".", stat.S_IFDIR | 0o755, b"", 0)]
    for path in sorted(rootfs.rglob("*")):
        name = str(path.relative_to(rootfs))
        mode = path.lstat().st_mode
        if stat.S_ISLNK(mode):
            members.append((name, stat.S_IFLNK | 0o777, os.readlink(path).encode(), 0))
        else:
            members.append((name, mode, path.read_bytes() if stat.S_ISREG(mode) else b"", 0))
    members.append(("dev/console", stat.S_IFCHR | 0o600, b"", os.makedev(5, 1)))
    members.append(("TRAILER!!!", 0, b"", 0))
    return b"".join(_member(number, *member) for number, member in enumerate(members, start=1))


def _member(number: int, name: str, mode: int, content: bytes, device: int) -> bytes:
    """One entry of the "new ASCII" cpio format: thirteen fields of eight hexadecimal digits, then name and content padded to four bytes."""
    encoded = name.encode() + b"\0"
    # inode, mode, uid, gid, links, time, size, device major/minor, special device major/minor, length of name, checksum
    fields = (number, mode, 0, 0, 1, 0, len(content), 0, 0, os.major(device), os.minor(device), len(encoded), 0)
    header = b"070701" + b"".join(b"%08X" % field for field in fields)
    return _padded(header + encoded) + _padded(content)


def _padded(data: bytes) -> bytes:
    return data + b"\0" * (-len(data) % 4)
