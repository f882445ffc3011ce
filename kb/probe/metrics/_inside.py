"""Looks at one thing from both sides: what a payload sees inside, and what the host sees of it."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from kb.errors import ProbeError
from kb.probe.host import read, uptime_s
from kb.probe.ports import Backend, Cancelled, Image, Instance, Payload
from kb.probe.safety import used_cpu_seconds, with_argument
from kb.records import Sign

_UPTIME_TOLERANCE_S = 0.05  # both clocks are printed to a hundredth of a second
_SHORTEST_TOKEN = 8  # a shorter one would be found among the arguments of strangers
_WORDS = ("RELEASE", "BOOT_ID", "UPTIME", "USERLAND", "ROOT", "TOKEN")


@dataclass(frozen=True, slots=True)
class Look:
    """A running instance and what its payload said; `before` and `after` are the host's uptime in seconds around that.

    `ready_s` are the seconds from the start to the first line; `ready_cpu_s` the processor time used until then, told of machines only.
    """

    instance: Instance
    seen: Mapping[str, str]
    before: float
    after: float
    ready_s: float
    ready_cpu_s: float | None


@contextmanager
def look(backend: Backend, image: Image, cancelled: Cancelled | None) -> Iterator[Look]:
    """Start a payload that tells what it sees and stays, so that several metrics can look at the very same instance."""
    before = uptime_s()
    with backend.start(Payload("signs", image), backend.LIMITS) as instance:
        ready_s, _ = instance.until("READY", cancelled)
        ready_cpu_s = used_cpu_seconds(instance.pids) if backend.CONCEPT == "virtual_machine" else None
        seen = {word: instance.until(word, cancelled)[1] for word in _WORDS}
        yield Look(instance, seen, before, uptime_s(), ready_s, ready_cpu_s)


def kernel_signs(look: Look) -> tuple[Sign, ...]:
    """Four independent signs of whose kernel runs inside.

    Inode numbers of namespaces are no sign: another kernel gives its first namespaces the same fixed numbers.
    :raises ProbeError: fewer could be read.
    """
    seen = look.seen
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
            f"{look.before:.2f}–{look.after:.2f} s",
            f"{uptime:.2f} s",
            look.before - _UPTIME_TOLERANCE_S <= uptime <= look.after + _UPTIME_TOLERANCE_S,
        ),
        visible_sign(look),
    )


def visible_sign(look: Look) -> Sign:
    token, _, inside_pid = look.seen["TOKEN"].partition(" ")
    # The token was made inside, so that no command line on the host holds it but the payload's own.
    visible = [pid for pid in with_argument(token) if pid in look.instance.pids] if len(token) >= _SHORTEST_TOKEN else []
    return Sign("process_visible", f"pid {visible[0]}" if visible else "—", f"pid {inside_pid}", bool(visible))


def userland_signs(look: Look) -> tuple[Sign, ...]:
    """Two signs of whose programs and files are inside: the name that the system gives itself, and the names in its root folder."""
    own = _pretty_name()
    root, inside = sorted(os.listdir("/")), sorted(name.lstrip("/") for name in look.seen["ROOT"].split())
    name = look.seen["USERLAND"].strip('"')
    return (
        Sign("os_release", own, name, own == name),
        # A shell's `/*` leaves hidden names out.
        Sign("root_folder", f"{len(root)}", f"{len(inside)}", [name for name in root if not name.startswith(".")] == inside),
    )


def _pretty_name() -> str:
    for line in read("/etc/os-release", "").splitlines():
        if line.startswith("PRETTY_NAME="):
            return line.removeprefix("PRETTY_NAME=").strip('"')
    return "none"
