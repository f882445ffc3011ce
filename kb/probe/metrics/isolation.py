"""Which harmless attempts to reach beyond itself a payload is denied. "This attempt was denied" is all that it shows; never that a container is secure.

Never on the host itself: the baseline is not asked, and the payload refuses where it finds the host's own mounts.
"""

from __future__ import annotations

import os
import re

from kb.errors import BackendUnavailable, ProbeError
from kb.probe.host import read
from kb.probe.ports import Backend, Cancelled, Image, Payload, Plan, Sample
from kb.records import Sign

LABEL = ("被拒绝的越界尝试", "attempts that were denied")
MEANING = (
    "在里面做 9 项无害的尝试，被拒绝的项数；只说明这些尝试被拒绝，不等于安全证明",
    "nine harmless attempts inside, how many were denied; it shows that these were denied and proves no security",
)
UNIT = "attempts"
PLAN = Plan(runs=1, runs_vm=1, warmup=0, least=1, least_vm=1, kinds=frozenset(("container", "virtual_machine")), days=None)
ATTEMPTS = ("kernel_log", "write_root", "mount", "set_hostname", "make_device", "kernel_setting", "user_namespace", "network")
DENIED, SUCCEEDED = "denied", "succeeded"
_OWN_KERNEL = "虚拟机里成功的尝试只涉及它自己的内核和设备 / what succeeded in the machine concerns its own kernel and devices only"


def sample(backend: Backend, image: Image, cancelled: Cancelled | None) -> Sample:
    if backend.CONCEPT not in PLAN.kinds:
        raise BackendUnavailable(("隔离尝试不在宿主机本身上进行。", "Isolation is never tried on the host itself."))
    with backend.start(Payload("attempts", image, guard()), backend.LIMITS) as instance:
        guarded = instance.until("GUARD", cancelled)[1]
        if guarded == "unknown":
            raise ProbeError(
                ("里面看不出是谁的挂载命名空间，没有尝试。", "Whose mounts are inside cannot be told there: no attempt was made.")
            )
        if guarded != "passed":
            raise ProbeError(("里面看到的是宿主机的挂载，拒绝尝试。", "The mounts inside are the host's own: no attempt was made."))
        first = instance.until("FIRST", cancelled)[1]
        found = dict(_parsed(instance.until("ATTEMPT", cancelled)[1]) for _ in ATTEMPTS)
        command = instance.command
    if set(found) != set(ATTEMPTS):
        raise ProbeError((f"尝试的结果不完整：{found}", f"The results of the attempts are incomplete: {found}"))
    # Process number 1 inside began when the host's own did, after the same boot: it is the host's own. A guest's may begin at the same tick.
    found["host_processes"] = first == _first_began()
    signs = tuple(Sign(name, "", SUCCEEDED if ok else DENIED, ok) for name, ok in found.items())
    caveats = (_OWN_KERNEL,) if backend.CONCEPT == "virtual_machine" else ()
    return Sample(float(sum(not sign.same for sign in signs)), command, signs=signs, caveats=caveats)


def guard() -> str:
    """Mount namespace and boot of the host: the payload refuses to go on where it finds both the same."""
    mounts = re.sub(r"\D", "", os.readlink("/proc/self/ns/mnt"))
    return f"{mounts}-{read('/proc/sys/kernel/random/boot_id', '')}"


def _parsed(line: str) -> tuple[str, bool]:
    name, _, result = line.partition(" ")
    return name, result == "1"


def _first_began() -> str:
    """When the host's first process began (clock ticks after its boot), and which boot that was."""
    return f"{read('/proc/1/stat', '').rpartition(') ')[2].split()[19]} {read('/proc/sys/kernel/random/boot_id', '')}"
