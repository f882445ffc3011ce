"""A virtual machine with a whole distribution from a disk image that the operator names: what people mean by "starting a machine".

Its programs are not ours: it is told to be up by what its serial console says, and only what can be seen from outside is measured.
The image is opened read-only; what the guest writes goes to a temporary file that ends with it.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path

from kb.probe.backends import _qemu
from kb.probe.host import tool, tsc_khz
from kb.probe.images import open_to_all
from kb.probe.ports import Disk, Image, Limits, Payload, Reason
from kb.probe.safety import Running, running

CONCEPT = "virtual_machine"
OPT_IN = False
LABEL = ("装好整个发行版的 QEMU/TCG 虚拟机", "QEMU/TCG machine with a whole distribution")
LIMITS = Limits(ready_s=240, exit_s=0.1, address_space=4 * 2**30, file_size=4 * 2**30, cpu_s=600)
CAVEATS = (
    "软件模拟（QEMU/TCG），不代表 KVM 等硬件虚拟化的速度 / software emulation (QEMU/TCG); says nothing about the speed of KVM or other hardware virtualization",
    "到串口控制台出现约定的文字为止，含引导程序、内核与服务的启动 / until the agreed text on the serial console: boot loader, kernel and services included",
)
ONLY = frozenset(("start_time", "stop_time", "footprint", "memory_allocation"))
SLOW = 1800.0
_MEMORY_MIB = 512
_QCOW2 = b"QFI\xfb"


def unavailable(image: Image) -> Reason | None:
    if (reason := _qemu.cannot_run()) is not None:
        return reason
    if image.disk is None:
        return Reason(
            ("没有指定装好发行版的磁盘映像。", "No disk image of a distribution is named."),
            ("用 KB_GUEST_DISK 指定一个 raw 或 qcow2 映像；它只被读取。", "Name a raw or qcow2 image in KB_GUEST_DISK; it is only read."),
        )
    for path in files(image):
        if not path.is_file() or not open_to_all(path):
            return Reason(
                (f"测量所用的普通用户读不到 {path.name}。", f"The ordinary user that measures cannot read {path.name}."),
                (
                    "检查 KB_GUEST_DISK… 的路径，并让所有人可读（chmod a+r）。",
                    "Check the paths in KB_GUEST_DISK… and let everyone read them (chmod a+r).",
                ),
            )
    return None


def refused(output: str) -> Reason:
    tail = _qemu.complaint(output)
    return Reason(
        (f"发行版没有启动成功：{tail or '没有输出'}", f"The distribution did not come up: {tail or 'no output'}"),
        (
            "确认映像把控制台接到串口（console=ttyS0），并用 KB_GUEST_DISK_READY 指定启动完成时的文字。",
            "Let the image use a serial console (console=ttyS0), and name in KB_GUEST_DISK_READY what it says when it is up.",
        ),
    )


def files(image: Image) -> tuple[Path, ...]:
    """What such a machine needs on the host's disk."""
    disk = image.disk
    return () if disk is None else tuple(path for path in (disk.image, disk.kernel, disk.initrd) if path is not None)


def start(payload: Payload, limits: Limits) -> AbstractContextManager[Running]:
    disk = payload.image.disk
    assert disk is not None, "unavailable() says so"
    return running(command(disk, payload.memory_mib), limits, payload.image, gate=payload.gate, spoken={"READY": disk.ready})


def command(disk: Disk, memory_mib: int = 0) -> tuple[str, ...]:
    return (
        tool("qemu-system-x86_64") or "qemu-system-x86_64",
        *("-M", "q35,accel=tcg", "-m", str(memory_mib or _MEMORY_MIB), "-nodefaults", "-no-user-config", "-nographic", "-no-reboot"),
        *("-serial", "stdio", "-snapshot", "-sandbox", _qemu.SANDBOX),
        *("-drive", f"file={str(disk.image).replace(',', ',,')},if=virtio,format={_format(disk.image)}"),
        *_kernel(disk),
    )


def _kernel(disk: Disk) -> tuple[str, ...]:
    if disk.kernel is None:
        return ()
    line = f"console=ttyS0 root={disk.root} rw quiet tsc=reliable no_timer_check tsc_early_khz={tsc_khz() or 2_000_000}"
    return ("-kernel", str(disk.kernel), *(("-initrd", str(disk.initrd)) if disk.initrd else ()), "-append", line)


def _format(image: Path) -> str:
    """Told by us and never guessed by QEMU, which a guest could mislead by what it writes."""
    try:
        with image.open("rb") as file:
            return "qcow2" if file.read(4) == _QCOW2 else "raw"
    except OSError:
        return "raw"
