"""A container made by hand: util-linux `unshare` with a user namespace and all the others."""

from __future__ import annotations

from contextlib import AbstractContextManager

from kb.probe.backends import _namespaces
from kb.probe.host import tool
from kb.probe.ports import Image, Limits, Payload, Reason
from kb.probe.safety import Running, running

CONCEPT = "container"
OPT_IN = False
LABEL = ("unshare 容器", "unshare container")
LIMITS = Limits(ready_s=5, exit_s=2, address_space=512 * 2**20)
CAVEATS = _namespaces.CAVEATS
refused = _namespaces.refused


def unavailable(image: Image) -> Reason | None:
    return _namespaces.forbidden("unshare", "util-linux")


def start(payload: Payload, limits: Limits) -> AbstractContextManager[Running]:
    command = (
        tool("unshare") or "unshare",
        *("--user", "--map-root-user", "--pid", "--mount", "--uts", "--ipc", "--net", "--cgroup", "--fork", "--kill-child"),
        f"--root={payload.image.rootfs}",
        "--mount-proc",
        *("/bin/sh", "/probe.sh", *payload.words),
    )
    return running(command, limits, payload.image, no_new_privileges=False, gate=payload.gate)
