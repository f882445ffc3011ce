"""The kernel that virtual machines of the probe boot: find one, or fetch one without installing it.

`python -m kb.probe.guest_kernel DIR` makes sure that there is one and prints one line; it never changes the system's own kernels.
"""

from __future__ import annotations

import os
import platform
import pwd
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from kb.config import Settings
from kb.errors import BadInput, KnowledgeBaseError, ProbeError

# Debian's cloud kernel has serial console and initramfs built in and is the smallest; Ubuntu's generic one serves as well.
_PACKAGES = (r"^linux-image-[0-9].*-cloud-amd64$", r"^linux-image-[0-9].*-generic$")
_DOWNLOAD_LIMIT_S = 300.0


def find(configured: Path | None, kernel_dir: Path, *, boot: Path = Path("/boot")) -> Path | None:
    """The configured kernel, else the newest readable one of `boot`, else the one that was fetched into `kernel_dir`.

    :raises BadInput: a kernel is configured but cannot be read; nothing else is tried then, for it was asked for by name.
    """
    if configured is not None:
        if not _readable(configured):
            raise BadInput(
                (f"设置的虚拟机内核 {configured} 无法读取。", f"The configured guest kernel {configured} cannot be read."),
                ("请修改 KB_GUEST_KERNEL，或取消该设置。", "Correct KB_GUEST_KERNEL, or leave it unset."),
            )
        return configured
    installed = [path for path in boot.glob("vmlinuz-*") if _readable(path)]
    if installed:
        return max(installed, key=lambda path: version_key(path.name))
    fetched = kernel_dir / "vmlinuz"
    return fetched if _readable(fetched) else None


def version_key(name: str) -> tuple[tuple[int, int, str], ...]:
    """Orders 6.1.0-9 before 6.1.0-56, and a release before nothing at all."""
    return tuple((1, int(part), "") if part.isdigit() else (0, 0, part) for part in re.findall(r"\d+|\D+", name))


def fetch(kernel_dir: Path) -> Path:
    """Download the newest kernel package with apt, unpack it aside and keep only its kernel image as `kernel_dir/vmlinuz`.

    :raises ProbeError: no apt, no such package, or the download failed; the hint says what to do.
    """
    if shutil.which("apt-get") is None or shutil.which("dpkg") is None or platform.machine() != "x86_64":
        raise _failed(
            ("这里没有 apt，或处理器不是 x86-64，无法自动取得虚拟机内核。", "There is no apt here, or the processor is not x86-64.")
        )
    package = _newest_package()
    with tempfile.TemporaryDirectory(prefix="kb-kernel-") as name:
        folder = Path(name)
        _open_to_apt(folder)
        _run(("apt-get", "download", "--quiet", package), folder)
        archive = next(folder.glob("*.deb"), None)
        if archive is None:
            raise _failed((f"apt 没有下载到 {package}。", f"apt did not download {package}."))
        _run(("dpkg", "-x", archive.name, "unpacked"), folder)
        image = next((folder / "unpacked" / "boot").glob("vmlinuz-*"), None)
        if image is None:
            raise _failed((f"软件包 {package} 里没有内核映像。", f"Package {package} holds no kernel image."))
        return _keep(image, kernel_dir)


def release(kernel: Path) -> str | None:
    """The version text that an x86 kernel image carries (offset at 0x20E of its header), for people to read."""
    try:
        with kernel.open("rb") as file:
            header = file.read(0x10000)
    except OSError:
        return None
    if header[0x202:0x206] != b"HdrS":
        return None
    start = int.from_bytes(header[0x20E:0x210], "little") + 0x200
    text = header[start : start + 200].split(b"\0")[0].decode("ascii", "replace")
    return text.split(" ")[0] or None


def _newest_package() -> str:
    for pattern in _PACKAGES:
        found = _run(("apt-cache", "search", "--names-only", pattern), Path("/")).splitlines()
        names = [line.split(" ")[0] for line in found if "unsigned" not in line.split(" ")[0] and "dbg" not in line.split(" ")[0]]
        if names:
            return max(names, key=version_key)
    raise _failed(
        ("apt 的软件包列表里没有内核。", "apt's package lists hold no kernel."), ("先运行 apt-get update", "run apt-get update first")
    )


def _open_to_apt(folder: Path) -> None:
    """apt downloads as the user `_apt`; without this it would warn and go on as root."""
    folder.chmod(0o755)
    if os.geteuid() == 0:
        try:
            os.chown(folder, pwd.getpwnam("_apt").pw_uid, -1)
        except KeyError:
            pass


def _keep(image: Path, kernel_dir: Path) -> Path:
    kernel_dir.mkdir(parents=True, exist_ok=True)
    kept, fresh = kernel_dir / "vmlinuz", kernel_dir / "vmlinuz.new"
    shutil.copyfile(image, fresh)
    fresh.chmod(0o644)
    fresh.replace(kept)
    return kept


def _run(command: Sequence[str], folder: Path) -> str:
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=_DOWNLOAD_LIMIT_S, check=True)
    except subprocess.CalledProcessError as error:
        last = (error.stderr.strip().splitlines() or ["?"])[-1]
        raise _failed((f"{command[0]} 失败：{last}", f"{command[0]} failed: {last}")) from error
    except (OSError, subprocess.TimeoutExpired) as error:
        raise _failed((f"{command[0]} 失败：{error}", f"{command[0]} failed: {error}")) from error
    return done.stdout


def _failed(
    message: tuple[str, str], remedy: tuple[str, str] = ("检查网络与软件源", "check the network and the package sources")
) -> ProbeError:
    return ProbeError(
        message,
        (
            f"{remedy[0]}，或用 KB_GUEST_KERNEL 指定一个可读的内核映像（vmlinuz）。",
            f"{remedy[1][0].upper()}{remedy[1][1:]}, or name a readable kernel image (vmlinuz) in KB_GUEST_KERNEL.",
        ),
    )


def _readable(path: Path) -> bool:
    return path.is_file() and os.access(path, os.R_OK)


def main(arguments: Sequence[str]) -> int:
    if len(arguments) != 1:
        print("用法 / usage: python -m kb.probe.guest_kernel DIR", file=sys.stderr)
        return 2
    kernel_dir = Path(arguments[0])
    try:
        kernel = find(Settings().guest_kernel, kernel_dir)
        how = ("已有", "already there") if kernel else ("已下载", "fetched")
        kernel = kernel or fetch(kernel_dir)
    except KnowledgeBaseError as error:
        (problem, remedy), (problem_en, remedy_en) = error.in_language("zh"), error.in_language("en")
        print(f"没有虚拟机内核：{problem}{remedy} / No guest kernel: {problem_en} {remedy_en}", file=sys.stderr)
        return 1
    name = release(kernel) or kernel.name
    print(f"虚拟机探针的内核{how[0]}：{kernel}（{name}） / guest kernel {how[1]}: {kernel} ({name})")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
