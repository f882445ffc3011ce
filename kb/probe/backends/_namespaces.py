"""What forbids namespaces to ordinary users, for all backends that need them."""

from __future__ import annotations

import platform

from kb.probe.host import read, tool
from kb.probe.ports import Reason, last_lines

CAVEATS = ("最小的 busybox 环境，没有应用 / a minimal busybox userland without an application",)
_APPARMOR = "/proc/sys/kernel/apparmor_restrict_unprivileged_userns"
_DEBIAN = "/proc/sys/kernel/unprivileged_userns_clone"
# What the kernel's refusal reads like in the words of unshare, crun and bubblewrap.
_REFUSED = ("not permitted", "ermission denied", "No permissions to create new namespace")
_MOST = "/proc/sys/user/max_user_namespaces"


def forbidden(program: str, package: str) -> Reason | None:
    """What can be told without a start: no Linux, no program, or namespaces switched off."""
    if platform.system() != "Linux":
        return Reason(
            ("本机不是 Linux，没有命名空间。", "This is not Linux: there are no namespaces."),
            ("在 Linux 主机上运行。", "Run it on a Linux host."),
        )
    if tool(program) is None:
        return Reason(
            (f"没有安装 {program}。", f"{program} is not installed."),
            (f"安装：sudo apt-get install {package}", f"Install it: sudo apt-get install {package}"),
        )
    if read(_DEBIAN, "1") == "0":
        return Reason(
            ("内核禁止非特权用户建立用户命名空间。", "The kernel forbids user namespaces to ordinary users."),
            ("运行：sudo sysctl kernel.unprivileged_userns_clone=1", "Run: sudo sysctl kernel.unprivileged_userns_clone=1"),
        )
    if read(_MOST, "1") == "0":
        return Reason(
            ("用户命名空间的上限被设为 0。", "The limit of user namespaces is set to 0."),
            ("运行：sudo sysctl user.max_user_namespaces=10000", "Run: sudo sysctl user.max_user_namespaces=10000"),
        )
    return None


def refused(output: str) -> Reason:
    """A start that failed, in words: AppArmor (Ubuntu since 23.10), the system call filter of an outer container, or what was printed."""
    tail = last_lines(output)
    if read(_APPARMOR, "0") == "1":
        return Reason(
            (f"本机 AppArmor 禁止非特权用户命名空间（{tail}）。", f"AppArmor forbids unprivileged user namespaces here ({tail})."),
            (
                "为该程序添加 AppArmor 规则，或运行：sudo sysctl kernel.apparmor_restrict_unprivileged_userns=0",
                "Add an AppArmor profile for the program, or run: sudo sysctl kernel.apparmor_restrict_unprivileged_userns=0",
            ),
        )
    if any(words in tail for words in _REFUSED):
        return Reason(
            (f"不允许建立命名空间（{tail}）。", f"Namespaces are refused ({tail})."),
            (
                "如果本机自身是 Docker 容器，其 seccomp 规则会拒绝；请在宿主机上运行。",
                "If this machine is itself a Docker container, its seccomp filter refuses them; run on the host.",
            ),
        )
    return Reason(
        (f"试运行失败：{tail or '没有输出'}", f"The trial start failed: {tail or 'no output'}"),
        ("修复上述错误后再试。", "Mend the error above and try again."),
    )
