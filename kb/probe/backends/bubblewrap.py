"""A container by bubblewrap: all namespaces, no capability, a read-only root, no network."""

from __future__ import annotations

from contextlib import AbstractContextManager

from kb.probe.backends import _namespaces
from kb.probe.host import tool
from kb.probe.ports import Image, Limits, Payload, Reason
from kb.probe.safety import Running, running

CONCEPT = "container"
OPT_IN = False
LABEL = ("bubblewrap 容器", "bubblewrap container")
LIMITS = Limits(ready_s=5, exit_s=2, address_space=512 * 2**20)
CAVEATS = _namespaces.CAVEATS
refused = _namespaces.refused


def unavailable(image: Image) -> Reason | None:
    return _namespaces.forbidden("bwrap", "bubblewrap")


def start(payload: Payload, limits: Limits) -> AbstractContextManager[Running]:
    command = (
        tool("bwrap") or "bwrap",
        *("--unshare-all", "--die-with-parent", "--new-session", "--clearenv", "--cap-drop", "ALL", "--hostname", "probe"),
        # Without this bubblewrap puts an init of its own before the payload and its processor time cannot be waited for.
        "--as-pid-1",
        *("--ro-bind", str(payload.image.rootfs), "/", "--proc", "/proc", "--dev", "/dev"),
        *("--size", str(64 * 2**20), "--tmpfs", "/tmp"),
        *("/bin/sh", "/probe.sh", *payload.words),
    )
    return running(command, limits, payload.image, no_new_privileges=False, gate=payload.gate)
