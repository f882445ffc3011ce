"""A container by the OCI runtime runc, rootless: the runtime that Docker starts its containers with."""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path

from kb.probe.backends import _namespaces, _oci
from kb.probe.host import tool
from kb.probe.ports import Image, Limits, Payload, Reason
from kb.probe.safety import Running

CONCEPT = "container"
OPT_IN = False
LABEL = ("runc（OCI）容器", "runc (OCI) container")
# Its runtime, written in Go, reserves far more address space than it uses.
LIMITS = Limits(ready_s=5, exit_s=2, address_space=4 * 2**30)
CAVEATS = (
    *_namespaces.CAVEATS,
    "runc 的数值含外层 unshare 的准备 / figures of runc include the outer unshare that prepares it",
)
refused = _namespaces.refused


def unavailable(image: Image) -> Reason | None:
    return _namespaces.forbidden("runc", "runc")


def start(payload: Payload, limits: Limits) -> AbstractContextManager[Running]:
    return _oci.start(payload, limits, _command)


def _command(states: Path, bundle: Path, name: str) -> tuple[str, ...]:
    return (tool("runc") or "runc", "--root", str(states), "run", "--bundle", str(bundle), name)
