"""Looks at one thing from both sides: what a payload sees inside, and what the host sees of it."""

from __future__ import annotations

from kb.errors import ProbeError
from kb.probe.host import read, uptime_s
from kb.probe.ports import Backend, Cancelled, Image, Payload
from kb.probe.safety import with_argument
from kb.records import Sign

_UPTIME_TOLERANCE_S = 0.05  # both clocks are printed to a hundredth of a second


def signs(backend: Backend, image: Image, cancelled: Cancelled | None) -> tuple[tuple[Sign, ...], tuple[str, ...]]:
    """Four independent signs of whose kernel runs inside, and the command.

    Inode numbers of namespaces are no sign: another kernel gives its first namespaces the same fixed numbers.
    :raises ProbeError: fewer could be read.
    """
    before = uptime_s()
    with backend.start(Payload("signs", image), backend.LIMITS) as instance:
        seen = {word: instance.until(word, cancelled)[1] for word in ("RELEASE", "BOOT_ID", "UPTIME", "TOKEN")}
        after = uptime_s()
        token, _, inside_pid = seen["TOKEN"].partition(" ")
        # The token was made inside, so that no command line on the host holds it but the payload's own.
        visible = [pid for pid in with_argument(token) if pid in instance.pids] if token else []
    try:
        uptime = float(seen["UPTIME"])
    except ValueError as error:
        message = f"{seen['UPTIME']!r}"
        raise ProbeError((f"读不懂里面的运行时间 {message}。", f"The uptime inside cannot be read: {message}.")) from error
    release, boot_id = read("/proc/sys/kernel/osrelease", "?"), read("/proc/sys/kernel/random/boot_id", "?")
    return (
        Sign("kernel_release", release, seen["RELEASE"], release == seen["RELEASE"]),
        Sign("boot_id", boot_id, seen["BOOT_ID"], boot_id == seen["BOOT_ID"]),
        Sign(
            "uptime",
            f"{before:.2f}–{after:.2f} s",
            f"{uptime:.2f} s",
            before - _UPTIME_TOLERANCE_S <= uptime <= after + _UPTIME_TOLERANCE_S,
        ),
        Sign("process_visible", f"pid {visible[0]}" if visible else "—", f"pid {inside_pid}", bool(visible)),
    ), instance.command
