"""A container by gVisor's runtime runsc, rootless: its programs are served by a kernel written in Go that runs as a process."""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path

from kb.probe.backends import _namespaces, _oci
from kb.probe.host import tool
from kb.probe.ports import Image, Limits, Payload, Reason
from kb.probe.safety import Running

CONCEPT = "container"
OPT_IN = False
LABEL = ("gVisor（runsc）容器", "gVisor (runsc) container")
# The memory of what runs inside is one file that is never written to a disk, and its size is reserved at once.
LIMITS = Limits(ready_s=5, exit_s=2, address_space=4 * 2**30, file_size=4 * 2**30)
CAVEATS = (
    *_namespaces.CAVEATS,
    "gVisor 用自己的用户态内核处理系统调用，里面看到的内核不是宿主机的"
    " / gVisor serves system calls by a kernel of its own in user space: the kernel seen inside is not the host's",
)
refused = _namespaces.refused


def unavailable(image: Image) -> Reason | None:
    return _namespaces.forbidden("runsc", "runsc")


def start(payload: Payload, limits: Limits) -> AbstractContextManager[Running]:
    return _oci.start(payload, limits, _command, tells_cpu=False)  # its sandbox leaves the family of the runtime


def _command(states: Path, bundle: Path, name: str) -> tuple[str, ...]:
    return (
        *_oci.HIDE_CONTROL_GROUPS,
        *(tool("runsc") or "runsc", "--root", str(states), "--rootless", "--network=none", "--ignore-cgroups"),
        *("run", "--bundle", str(bundle), name),
    )
