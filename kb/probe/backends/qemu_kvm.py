"""A virtual machine by QEMU with KVM, the processor's own virtualization; counted as there only once it has booted."""

from __future__ import annotations

import os
import stat
from contextlib import AbstractContextManager

from kb.probe.backends import _qemu
from kb.probe.host import UNPRIVILEGED, cpu_flags, kvm_module
from kb.probe.ports import Image, Limits, Payload, Reason
from kb.probe.safety import Running

CONCEPT = "virtual_machine"
OPT_IN = False
LABEL = ("QEMU/KVM 虚拟机", "virtual machine under QEMU/KVM")
LIMITS = Limits(ready_s=8, exit_s=5, address_space=3 * 2**30)
CAVEATS = (
    f"最小的虚拟机：busybox initramfs，{_qemu.MEMORY_MIB} MiB 内存，一个处理器"
    f" / a minimal machine: busybox initramfs, {_qemu.MEMORY_MIB} MiB of memory, one processor",
)
_DEVICE = "/dev/kvm"


def unavailable(image: Image) -> Reason | None:
    if (reason := _qemu.forbidden(image)) is not None:
        return reason
    if not os.path.exists(_DEVICE):
        return Reason(
            ("没有 /dev/kvm。", "There is no /dev/kvm."),
            (
                "在 BIOS 中打开硬件虚拟化；云主机需支持嵌套虚拟化。",
                "Enable hardware virtualization in the BIOS; a cloud machine must offer nested virtualization.",
            ),
        )
    if not _may_open():
        return Reason(
            (
                f"测量所用的普通用户不能读写 /dev/kvm{_odd_module()[0]}。",
                f"The ordinary user that measures may not open /dev/kvm{_odd_module()[1]}.",
            ),
            (
                "以属于 kvm 组的普通用户运行：sudo usermod -aG kvm $USER",
                "Run as an ordinary user in the group kvm: sudo usermod -aG kvm $USER",
            ),
        )
    return None


def refused(output: str) -> Reason:
    tail = _qemu.complaint(output)
    odd = _odd_module()
    return Reason(
        (
            f"有 /dev/kvm，但虚拟机在 {LIMITS.ready_s:g} 秒内没有启动{odd[0]}：{tail or '没有输出'}",
            f"/dev/kvm is there, but no machine came up in {LIMITS.ready_s:g} s{odd[1]}: {tail or 'no output'}",
        ),
        (
            "换到有硬件虚拟化的主机；这里可用 qemu_tcg（软件模拟）。",
            "Use a host with hardware virtualization; qemu_tcg (software emulation) may work here.",
        ),
    )


def start(payload: Payload, limits: Limits) -> AbstractContextManager[Running]:
    return _qemu.start(payload, limits, "kvm")


def _may_open() -> bool:
    """Whether the user that the probe runs as may read and write the device."""
    if os.geteuid() != 0:
        return os.access(_DEVICE, os.R_OK | os.W_OK)
    status = os.stat(_DEVICE)
    wanted = stat.S_IROTH | stat.S_IWOTH if status.st_uid != UNPRIVILEGED else stat.S_IRUSR | stat.S_IWUSR
    return status.st_mode & wanted == wanted


def _odd_module() -> tuple[str, str]:
    """Without vmx or svm the device is another implementation, which boots kernels made for it only."""
    if {"vmx", "svm"} & cpu_flags():
        return "", ""
    module = kvm_module() or "?"
    return f"（处理器没有 vmx/svm，内核模块是 {module}）", f" (the processor has neither vmx nor svm; kernel module {module})"
