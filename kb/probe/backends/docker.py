"""A container by a Docker daemon that runs already: what people mean by "docker run", with its client, daemon, shim and storage."""

from __future__ import annotations

import hashlib
import io
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager

from kb.errors import BackendUnavailable
from kb.probe.backends import _engine, _namespaces
from kb.probe.ports import Image, Limits, Payload, Reason
from kb.probe.safety import Running

CONCEPT = "container"
OPT_IN = True
LABEL = ("Docker 容器", "Docker container")
LIMITS = Limits(ready_s=5, exit_s=3, address_space=4 * 2**30)
CAVEATS = (
    *_namespaces.CAVEATS,
    "含 Docker 客户端、守护进程与存储驱动的时间 / includes Docker's client, daemon and storage driver",
)


def unavailable(image: Image) -> Reason | None:
    return _engine.forbidden("docker", "docker.io")


def conditions() -> tuple[str, ...]:
    """The storage driver decides most of a start: one that copies images takes seconds for a large one."""
    driver = _engine.told("docker", "{{.Driver}}")
    return (f"存储驱动 {driver} / storage driver {driver}",) if driver else ()


def refused(output: str) -> Reason:
    return _engine.refused("docker", output)


@contextmanager
def start(payload: Payload, limits: Limits) -> Iterator[Running]:
    name = _imported(payload.image)
    bounds = ("--pids-limit", "64", "--memory", "256m")
    with _engine.start("docker", payload, limits, bounds, (name,)) as instance:
        yield instance


def _imported(image: Image) -> str:
    """The name of our userland in the daemon's store, put there (2 MB) the first time. Nothing is fetched from anywhere."""
    name = f"kb-probe:{hashlib.sha256(image.initramfs.read_bytes()).hexdigest()[:12]}"
    try:
        _engine.ask("docker", ("image", "inspect", "--format", "{{.Id}}", name))
    except BackendUnavailable:
        archive = io.BytesIO()
        with tarfile.open(fileobj=archive, mode="w") as tar:
            tar.add(image.rootfs, arcname=".")
        _engine.ask("docker", ("import", "-", name), archive.getvalue())
    return name
