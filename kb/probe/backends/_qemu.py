"""What the two QEMU backends share: the smallest x86 machine, our initramfs as its whole disk, a serial line as its only device."""

from __future__ import annotations

import platform
from contextlib import AbstractContextManager

from kb.probe.host import tool, tsc_khz
from kb.probe.ports import Image, Limits, Payload, Reason, last_lines
from kb.probe.safety import Running, running

MEMORY_MIB = 128
_WRONG = ("kernel panic", "error", "fail", "denied")  # the gravest first: a guest that panics has complained of less before
SANDBOX = "on,obsolete=deny,elevateprivileges=deny,spawn=deny,resourcecontrol=deny"


def forbidden(image: Image) -> Reason | None:
    if (reason := cannot_run()) is not None:
        return reason
    if image.kernel_problem is not None:
        return image.kernel_problem
    if image.kernel is None:
        return Reason(
            ("没有虚拟机内核。", "There is no guest kernel."), ("用 KB_GUEST_KERNEL 指定 vmlinuz。", "Name a vmlinuz in KB_GUEST_KERNEL.")
        )
    return None


def cannot_run() -> Reason | None:
    if platform.machine() != "x86_64" or platform.system() != "Linux":
        return Reason(
            ("虚拟机探针目前只支持 x86-64 的 Linux。", "The virtual machine probe knows only Linux on x86-64 so far."),
            ("在这样的主机上运行。", "Run it on such a host."),
        )
    if tool("qemu-system-x86_64") is None:
        return Reason(
            ("没有安装 QEMU。", "QEMU is not installed."),
            (
                "安装：sudo apt-get install --no-install-recommends qemu-system-x86",
                "Install: sudo apt-get install --no-install-recommends qemu-system-x86",
            ),
        )
    return None


def start(payload: Payload, limits: Limits, accelerator: str) -> AbstractContextManager[Running]:
    return running(command(payload, accelerator), limits, payload.image, gate=payload.gate)


def complaint(output: str) -> str:
    """The line in which the guest or QEMU says what went wrong, else the end of the console; never the dumps that may follow."""
    lines = output.splitlines()
    for word in _WRONG:
        for line in lines:
            if word in line.lower():
                return line.strip()[:200]
    return last_lines(output)


def command(payload: Payload, accelerator: str) -> tuple[str, ...]:
    return (
        tool("qemu-system-x86_64") or "qemu-system-x86_64",
        *(
            "-M",
            f"microvm,accel={accelerator},rtc=on",
            "-m",
            str(payload.memory_mib or MEMORY_MIB),
            "-nodefaults",
            "-no-user-config",
            "-nographic",
        ),
        *("-serial", "stdio", "-no-reboot", "-sandbox", SANDBOX),
        *("-kernel", str(payload.image.unpacked_kernel or payload.image.kernel), "-initrd", str(payload.image.initramfs)),
        *("-append", kernel_line(payload, accelerator)),
    )


def kernel_line(payload: Payload, accelerator: str) -> str:
    words = ["console=ttyS0", "quiet", "panic=1", "rdinit=/init", "reboot=t", "random.trust_cpu=on"]
    # Self-tests of ciphers, and of a random number generator for them, that nothing here uses: a third of the whole boot under emulation.
    words += ["cryptomgr.notests", "initcall_blacklist=jent_mod_init"]
    if accelerator == "tcg":
        # An emulated timer cannot be calibrated on a busy machine: without the frequency most boots hang there for good.
        words += ["tsc=reliable", "no_timer_check", f"tsc_early_khz={tsc_khz() or 2_000_000}"]
    if payload.option:
        words.append(f"option={payload.option}")
    return " ".join([*words, f"probe={payload.task}"])
