"""A container by the OCI runtime crun, rootless: what Docker and Podman do without their daemons, images and storage."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kb.probe.backends import _namespaces
from kb.probe.host import tool
from kb.probe.ports import Image, Limits, Payload, Reason
from kb.probe.safety import Running, running

CONCEPT = "container"
OPT_IN = False
LABEL = ("crun（OCI）容器", "crun (OCI) container")
LIMITS = Limits(ready_s=5, exit_s=2, address_space=512 * 2**20)
CAVEATS = (
    *_namespaces.CAVEATS,
    "crun 的数值含外层 unshare 的准备 / figures of crun include the outer unshare that prepares it",
)
refused = _namespaces.refused

# The outer namespaces make the host's control groups invisible, which crun refuses to use without root or in hybrid mode,
# and end the container together with crun.
_OUTER = ("--user", "--map-root-user", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc")
_HIDE_CONTROL_GROUPS = ("/bin/sh", "-c", 'mount -t tmpfs tmpfs /sys/fs/cgroup && exec "$@"', "probe")


def unavailable(image: Image) -> Reason | None:
    return _namespaces.forbidden("crun", "crun")


@contextmanager
def start(payload: Payload, limits: Limits) -> Iterator[Running]:
    name = f"kb-{uuid.uuid4().hex[:12]}"
    bundle = payload.image.scratch / name
    bundle.mkdir(mode=0o755)
    (bundle / "config.json").write_text(json.dumps(bundle_config(payload.image.rootfs, payload.words)), encoding="utf-8")
    command = (
        *(tool("unshare") or "unshare", *_OUTER, *_HIDE_CONTROL_GROUPS),
        *(tool("crun") or "crun", "--root", str(payload.image.scratch / "state"), "--cgroup-manager", "disabled"),
        *("run", "--bundle", str(bundle), name),
    )
    with running(command, limits, payload.image, no_new_privileges=False, gate=payload.gate) as instance:
        yield instance


def bundle_config(rootfs: Path, words: tuple[str, ...]) -> dict[str, object]:
    """The OCI runtime configuration: every namespace, a read-only root, no capability."""
    user = [{"containerID": 0, "hostID": 0, "size": 1}]
    return {
        "ociVersion": "1.0.2",
        "process": {
            "user": {"uid": 0, "gid": 0},
            "args": ["/bin/sh", "/probe.sh", *words],
            "env": ["PATH=/bin"],
            "cwd": "/",
            "noNewPrivileges": True,
            "capabilities": {"bounding": [], "effective": [], "permitted": []},
        },
        "root": {"path": str(rootfs), "readonly": True},
        "hostname": "probe",
        "mounts": [
            {"destination": "/proc", "type": "proc", "source": "proc"},
            {"destination": "/dev", "type": "tmpfs", "source": "tmpfs", "options": ["nosuid", "mode=755", "size=65536k"]},
        ],
        "linux": {
            "uidMappings": user,
            "gidMappings": user,
            "namespaces": [{"type": kind} for kind in ("pid", "network", "ipc", "uts", "mount", "user")],
        },
    }
