"""What the runtimes of the Open Container Initiative share: the bundle that they are given, and the namespaces around them."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from kb.probe.host import tool
from kb.probe.ports import Limits, Payload
from kb.probe.safety import Running, running

# The outer namespaces end the container together with its runtime.
_OUTER = ("--user", "--map-root-user", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc")
# They also make the host's control groups invisible, which some refuse to use without root or in hybrid mode.
HIDE_CONTROL_GROUPS = ("/bin/sh", "-c", 'mount -t tmpfs tmpfs /sys/fs/cgroup && exec "$@"', "probe")


@contextmanager
def start(
    payload: Payload, limits: Limits, runtime: Callable[[Path, Path, str], tuple[str, ...]], *, tells_cpu: bool = True
) -> Iterator[Running]:
    """`runtime` makes the command of folder of states, bundle and name."""
    name = f"kb-{uuid.uuid4().hex[:12]}"
    bundle = payload.image.scratch / name
    bundle.mkdir(mode=0o755)
    (bundle / "config.json").write_text(json.dumps(bundle_config(payload.image.rootfs, payload.words)), encoding="utf-8")
    command = (tool("unshare") or "unshare", *_OUTER, *runtime(payload.image.scratch / "state", bundle, name))
    with running(command, limits, payload.image, no_new_privileges=False, gate=payload.gate, tells_cpu=tells_cpu) as instance:
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
