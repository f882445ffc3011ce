"""How many bytes of files one instance needs, for the very same programs inside."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from kb.errors import BackendUnavailable
from kb.probe.ports import Backend, Cancelled, Image, Plan, Sample

LABEL = ("镜像大小", "size of the image")
MEANING = (
    "同样的 busybox 用户空间：进程和容器只需文件目录，虚拟机需要内核加压缩的 initramfs",
    "the same busybox userland: a folder of files for processes and containers, kernel plus compressed initramfs for machines",
)
UNIT = "MiB"
_WHOLE = (
    "整个发行版的磁盘映像实际占用的空间，不是同样的用户空间，不能与容器的相比"
    " / what the disk image of a whole distribution really takes: another userland, no comparison with a container's"
)
PLAN = Plan(runs=1, runs_vm=1, warmup=0, least=1, least_vm=1, days=None)


def sample(backend: Backend, image: Image, cancelled: Cancelled | None) -> Sample:
    files = getattr(backend, "files", None)
    if files is not None:
        return Sample(_allocated(files(image)), caveats=(_WHOLE,))
    if backend.CONCEPT != "virtual_machine":
        return Sample(_mebibytes(*image.rootfs.rglob("*")))
    if image.kernel is None:
        raise BackendUnavailable(("没有虚拟机内核。", "There is no guest kernel."))
    kernel, initramfs = _mebibytes(image.kernel), _mebibytes(image.initramfs)
    parts = f"{kernel:.1f} MiB + {initramfs:.1f} MiB"
    return Sample(kernel + initramfs, caveats=(f"内核 + initramfs：{parts} / kernel + initramfs: {parts}",))


def _allocated(paths: Iterable[Path]) -> float:
    """What they really take: an image of 10 GB that is mostly empty takes little."""
    return sum(path.stat().st_blocks * 512 for path in paths) / 2**20


def _mebibytes(*paths: Path) -> float:
    return sum(path.lstat().st_size for path in paths if path.is_file() and not path.is_symlink()) / 2**20
