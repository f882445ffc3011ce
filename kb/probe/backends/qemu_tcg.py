"""A virtual machine by QEMU's TCG: a processor emulated in software, which needs no privilege and says nothing about KVM's speed."""

from __future__ import annotations

from contextlib import AbstractContextManager

from kb.probe.backends import _qemu
from kb.probe.ports import Image, Limits, Payload, Reason
from kb.probe.safety import Running

CONCEPT = "virtual_machine"
OPT_IN = False
LABEL = ("QEMU/TCG 软件模拟的虚拟机", "virtual machine under QEMU/TCG software emulation")
LIMITS = Limits(ready_s=40, exit_s=5, address_space=3 * 2**30)
CAVEATS = (
    "软件模拟（QEMU/TCG），不代表 KVM 等硬件虚拟化的速度 / software emulation (QEMU/TCG); says nothing about the speed of KVM or other hardware virtualization",
    f"最小的虚拟机：busybox initramfs，{_qemu.MEMORY_MIB} MiB 内存，一个处理器"
    f" / a minimal machine: busybox initramfs, {_qemu.MEMORY_MIB} MiB of memory, one processor",
)


def unavailable(image: Image) -> Reason | None:
    return _qemu.forbidden(image)


def refused(output: str) -> Reason:
    tail = _qemu.complaint(output)
    return Reason(
        (f"虚拟机没有启动成功：{tail or '没有输出'}", f"The virtual machine did not come up: {tail or 'no output'}"),
        (
            "在机器空闲时再试，或换一个虚拟机内核（KB_GUEST_KERNEL）。",
            "Try again when the machine is idle, or another guest kernel (KB_GUEST_KERNEL).",
        ),
    )


def start(payload: Payload, limits: Limits) -> AbstractContextManager[Running]:
    return _qemu.start(payload, limits, "tcg")
