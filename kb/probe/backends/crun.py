"""A container by the OCI runtime crun, rootless: what Docker and Podman do without their daemons, images and storage."""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path

from kb.probe.backends import _namespaces, _oci
from kb.probe.host import tool
from kb.probe.ports import Image, Limits, Payload, Reason
from kb.probe.safety import Running

CONCEPT = "container"
OPT_IN = False
LABEL = ("crun（OCI）容器", "crun (OCI) container")
LIMITS = Limits(ready_s=5, exit_s=2, address_space=512 * 2**20)
CAVEATS = (
    *_namespaces.CAVEATS,
    "crun 的数值含外层 unshare 的准备 / figures of crun include the outer unshare that prepares it",
)
refused = _namespaces.refused


def unavailable(image: Image) -> Reason | None:
    return _namespaces.forbidden("crun", "crun")


def start(payload: Payload, limits: Limits) -> AbstractContextManager[Running]:
    return _oci.start(payload, limits, _command)


def _command(states: Path, bundle: Path, name: str) -> tuple[str, ...]:
    return (
        *_oci.HIDE_CONTROL_GROUPS,
        *(tool("crun") or "crun", "--root", str(states), "--cgroup-manager", "disabled"),
        *("run", "--bundle", str(bundle), name),
    )
