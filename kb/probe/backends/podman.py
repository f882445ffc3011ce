"""A container by Podman, which needs no daemon: its client, the monitor conmon and an OCI runtime."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from kb.probe.backends import _engine, _namespaces
from kb.probe.host import tool
from kb.probe.ports import Image, Limits, Payload, Reason
from kb.probe.safety import Running

CONCEPT = "container"
OPT_IN = True
LABEL = ("Podman 容器", "Podman container")
LIMITS = Limits(ready_s=5, exit_s=3, address_space=4 * 2**30)
CAVEATS = (
    *_namespaces.CAVEATS,
    "含 Podman 客户端与 conmon 的时间 / includes Podman's client and conmon",
)


def unavailable(image: Image) -> Reason | None:
    return _engine.forbidden("podman", "podman")


def conditions() -> tuple[str, ...]:
    runtime = "runc" if _runtime() else _engine.told("podman", "{{.Host.OCIRuntime.Name}}")
    return (f"Podman 用的运行时是 {runtime} / the runtime that Podman uses is {runtime}",) if runtime else ()


def refused(output: str) -> Reason:
    return _engine.refused("podman", output)


@contextmanager
def start(payload: Payload, limits: Limits) -> Iterator[Running]:
    # Named limits, for without them Podman asks for the highest there are and is denied in many places.
    bounds = ("--ulimit", "nofile=1024:1024", "--ulimit", "nproc=1024:1024")
    with _engine.start("podman", payload, limits, bounds, ("--rootfs", str(payload.image.rootfs)), first=_runtime()) as instance:
        yield instance


def _runtime() -> tuple[str, ...]:
    """Podman's usual runtime, crun, refuses hosts with both generations of control groups, where runc does not."""
    runc = tool("runc") if os.path.ismount("/sys/fs/cgroup/unified") else None
    return ("--runtime", runc) if runc else ()
