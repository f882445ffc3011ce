"""This machine itself: is it a container, is it a virtual machine, can it use KVM, and what runs on it now.

Only reads; nothing is started and nothing is kept. The two kinds are told apart by separate signs, for a container may run in
a machine, and one file such as `/.dockerenv` proves nothing: an image that was unpacked into a machine still holds it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from kb.language.regex import regex
from kb.probe import host
from kb.probe.here_inventory import Running, Unreadable, inventory
from kb.probe.ports import Availability

Says = Literal["yes", "no", "nothing"]
Detect = Callable[[str], str | None]

# Fixed in the kernel: the namespaces that it begins with. Only a process in later ones is in a container.
_FIRST_NAMESPACES = {"pid": 4026531836, "cgroup": 4026531835}
_CONTAINER_GROUPS = regex(r"docker|libpod|kubepods|containerd|lxc|crio|garden|machine-")
_MACHINE_VENDORS = regex(
    r"qemu|kvm|bochs|vmware|virtualbox|innotek|xen|parallels|bhyve|google compute|openstack|alibaba cloud|amazon ec2|hvm domu"
    r"|microsoft corporation virtual machine|virtual machine",
    re.IGNORECASE,
)
_BARE_METAL = regex(r"\.metal", re.IGNORECASE)
_DMI = ("sys_vendor", "product_name", "bios_vendor")


@dataclass(frozen=True, slots=True)
class Clue:
    """One sign. `weak`: it can be right by chance, and never decides against a strong one."""

    name: str
    value: str
    says: Says
    weak: bool = False


@dataclass(frozen=True, slots=True)
class Kvm:
    """`usable`: a machine has really booted (or has failed to) in the last day, or there is nothing that this user could try; `None`: not
    tried, perhaps for a `reason`. The rest only hints at it.
    """

    usable: bool | None
    device: bool
    access: bool
    flag: str | None  # vmx or svm
    module: str | None
    reason: tuple[str, str] = ("", "")
    remedy: tuple[str, str] = ("", "")
    checked_at: str = ""


@dataclass(frozen=True, slots=True)
class HereReport:
    """`in_container` and `in_machine` are `None` where the signs do not decide. `at` is ISO 8601 in UTC."""

    at: str
    in_container: bool | None
    in_machine: bool | None
    container_clues: tuple[Clue, ...]
    machine_clues: tuple[Clue, ...]
    kvm: Kvm
    running: tuple[Running, ...]
    unreadable: tuple[Unreadable, ...]


def report(kvm: Availability | None = None, *, tried: bool = True, root: Path = Path("/"), detect: Detect | None = None) -> HereReport:
    """`kvm` is what is known of the backend qemu_kvm, `tried` whether by a boot; `root` and `detect` replace the machine in tests."""
    detect = detect or host.detected
    container, machine = tuple(_container_clues(root, detect)), tuple(_machine_clues(root, detect))
    running, unreadable = inventory(root)
    return HereReport(
        at=datetime.now(UTC).replace(microsecond=0).isoformat(),
        in_container=verdict(container),
        in_machine=verdict(machine),
        container_clues=container,
        machine_clues=machine,
        kvm=_kvm(root, kvm, tried=tried),
        running=running,
        unreadable=unreadable,
    )


def verdict(clues: tuple[Clue, ...]) -> bool | None:
    """A strong sign for it decides, then a strong one against it; weak ones decide only where there is no strong one."""
    for weak in (False, True):
        said = {clue.says for clue in clues if clue.weak is weak}
        if "yes" in said:
            return True
        if "no" in said:
            return False
    return None


def _container_clues(root: Path, detect: Detect) -> Iterator[Clue]:
    for kind, first in _FIRST_NAMESPACES.items():
        number = _namespace(root, kind)
        if number is not None:
            yield Clue(f"{kind}_namespace", f"{kind}:[{number}]", "no" if number == first else "yes")
    second = host.read(root / "proc/2/comm", "")
    if second == "kthreadd":
        # Threads of the kernel are seen from its first process namespace only. That alone leaves other namespaces open.
        yield Clue("kernel_threads", second, "no")
    groups = host.read(root / "proc/self/cgroup", "")
    found = _CONTAINER_GROUPS.search(groups)
    if groups:
        yield Clue(
            "control_group",
            found.string[found.start() : found.start() + 40].split("\n")[0] if found else "/",
            "yes" if found else "nothing",
        )
    marker = host.read(root / "run/systemd/container", "")
    if marker:
        yield Clue("run_systemd_container", marker, "yes")
    for path in (".dockerenv", "run/.containerenv"):
        if (root / path).exists():
            yield Clue("marker_file", f"/{path}", "yes", weak=True)
    said = detect("--container")
    if said is not None:
        yield Clue("systemd_detect_virt", said, "no" if said == "none" else "yes", weak=True)


def _machine_clues(root: Path, detect: Detect) -> Iterator[Clue]:
    cpu = host.read(root / "proc/cpuinfo", "")
    if re.search(r"^flags\s*:", cpu, re.MULTILINE):
        flagged = re.search(r"^flags\s*:.*\bhypervisor\b", cpu, re.MULTILINE) is not None
        yield Clue("cpu_hypervisor_flag", "hypervisor" if flagged else "—", "yes" if flagged else "no", weak=not flagged)
    said = detect("--vm")
    if said is not None:
        yield Clue("systemd_detect_virt", said, "no" if said == "none" else "yes", weak=said == "none")
    dmi = " ".join(text for name in _DMI if (text := host.read(root / "sys/class/dmi/id" / name, "")))
    if dmi:
        found = _MACHINE_VENDORS.search(dmi) is not None and _BARE_METAL.search(dmi) is None
        yield Clue("dmi", dmi, "yes" if found else "nothing")
    xen = host.read(root / "sys/hypervisor/type", "")
    if xen:
        yield Clue("sys_hypervisor", xen, "yes")
    release = host.read(root / "proc/sys/kernel/osrelease", "")
    if "microsoft" in release.lower():
        yield Clue("wsl_kernel", release, "yes")


def _namespace(root: Path, kind: str) -> int | None:
    try:
        return int(re.sub(r"\D", "", os.readlink(root / "proc/self/ns" / kind)))
    except (OSError, ValueError):
        return None


def _kvm(root: Path, known: Availability | None, *, tried: bool) -> Kvm:
    device = root / "dev/kvm"
    flags = set(re.findall(r"\b(vmx|svm)\b", host.read(root / "proc/cpuinfo", "")))
    modules = sorted(path.name for path in (root / "sys/module").glob("kvm_*"))
    state = known or Availability(False)
    access = os.access(device, os.R_OK | os.W_OK)
    return Kvm(
        usable=known.ok if known is not None and tried else (None if access else False),
        device=device.exists(),
        access=access,
        flag=min(flags) if flags else None,
        module=modules[0] if modules else None,
        reason=state.reason,
        remedy=state.remedy,
        checked_at=state.checked_at,
    )
