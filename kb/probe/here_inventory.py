"""Which containers and virtual machines run now, as far as the files of this machine tell. No daemon is asked, nothing is started."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from kb.language.regex import regex
from kb.probe.host import read

# Names of control groups in which engines put their containers: what precedes the container's own name or number.
_GROUPS = (
    (regex(r"/docker[-/]([0-9a-f]{12,64})"), "docker"),
    (regex(r"/libpod-([0-9a-f]{12,64})"), "podman"),
    (regex(r"/cri-containerd-([0-9a-f]{12,64})"), "containerd"),
    (regex(r"/crio-([0-9a-f]{12,64})"), "cri-o"),
    (regex(r"/kubepods[^:]*/(?:pod[^/]+/)?([0-9a-f]{64})"), "kubernetes"),
    (regex(r"/lxc(?:\.payload\.|/)([\w.-]+)"), "lxc"),
    (regex(r"/machine-([\w.\\-]+)\.scope"), "systemd-nspawn"),
)
_MACHINES = {
    "qemu-system": "qemu",
    "qemu-kvm": "qemu",
    "firecracker": "firecracker",
    "cloud-hypervisor": "cloud-hypervisor",
    "VBoxHeadless": "virtualbox",
    "VirtualBoxVM": "virtualbox",
    "vmware-vmx": "vmware",
}
_HEX = regex(r"[0-9a-f]{12,64}")
_RUNTIMES = ("crun", "runc", "youki")
_SHOWN = 12  # characters of a number by which engines show their containers
_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Running:
    """`kind` is a concept id. `engine` started it; `seen_in` is where it was seen; `since` is ISO 8601 in UTC, `None` where untold."""

    kind: str
    name: str
    engine: str
    seen_in: str
    pid: int | None = None
    since: str | None = None


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A place that may hold more, and why it could not be read."""

    place: str
    reason: str


@dataclass(slots=True)
class _Findings:
    root: Path
    found: dict[tuple[str, str], Running] = field(default_factory=dict)
    unreadable: list[Unreadable] = field(default_factory=list)

    def add(self, key: str, item: Running) -> None:
        """What two places tell of one instance is one item: the process first, a name from elsewhere instead of a number."""
        known = self.found.get((item.kind, key))
        if known is None:
            self.found[item.kind, key] = item
        elif _HEX.fullmatch(known.name) and not _HEX.fullmatch(item.name):
            self.found[item.kind, key] = replace(known, name=item.name)

    def listed(self, folder: str) -> list[Path]:
        """What a folder holds; nothing where there is none, and a note where it may not be read."""
        try:
            return sorted((self.root / folder).iterdir())
        except (FileNotFoundError, NotADirectoryError):
            return []
        except OSError as error:
            self.unreadable.append(Unreadable(f"/{folder}", error.strerror or type(error).__name__))
            return []

    def text(self, path: Path) -> str:
        try:
            return path.read_text(encoding="utf-8", errors="replace")
        except OSError as error:
            self.unreadable.append(Unreadable(f"/{path.relative_to(self.root)}", error.strerror or type(error).__name__))
            return ""


def inventory(root: Path = Path("/")) -> tuple[tuple[Running, ...], tuple[Unreadable, ...]]:
    findings = _Findings(root)
    for look in (_processes, _docker, _runtimes, _containerd, _podman, _libvirt):
        look(findings)
    return tuple(findings.found.values()), tuple(findings.unreadable)


def _processes(findings: _Findings) -> None:
    """Machines are processes of the host; containers show in the control group, or at least the process namespace, of theirs."""
    own = _link(findings.root / "proc/self/ns/pid")
    closed = 0
    for folder in findings.listed("proc"):
        if not folder.name.isdigit():
            continue
        pid, since = int(folder.name), _since(findings.root, folder)
        words = read(folder / "cmdline", "").split("\0")
        if (engine := _machine(words[0])) is not None:
            name = _machine_name(words) or f"pid {pid}"
            findings.add(name, Running("virtual_machine", name, engine, f"/proc/{pid}/cmdline", pid, since))
            continue
        if _in_group(findings, folder, pid, since):
            continue
        namespace = _link(folder / "ns/pid")
        if namespace is None:
            closed += _forbidden(folder / "ns/pid")
        elif own is not None and namespace != own:
            name = read(folder / "comm", "?")
            if name in _RUNTIMES:  # its container has a namespace of its own below
                continue
            findings.add(namespace, Running("container", name, "namespace", f"/proc/{pid}/ns/pid", pid, since))
    if closed:
        findings.unreadable.append(Unreadable("/proc/*/ns", f"Permission denied ({closed} ×)"))


def _in_group(findings: _Findings, folder: Path, pid: int, since: str | None) -> bool:
    groups = read(folder / "cgroup", "")
    for pattern, engine in _GROUPS:
        if (match := pattern.search(groups)) is not None:
            number = match.group(1)
            findings.add(
                number[:_SHOWN],
                Running("container", number[:_SHOWN] if _HEX.fullmatch(number) else number, engine, f"/proc/{pid}/cgroup", pid, since),
            )
            return True
    return False


def _docker(findings: _Findings) -> None:
    for folder in findings.listed("var/lib/docker/containers"):
        row = _json(findings.text(folder / "config.v2.json"))
        state = row.get("State")
        if isinstance(state, dict) and state.get("Running"):
            name = str(row.get("Name", "")).lstrip("/") or folder.name[:_SHOWN]
            findings.add(folder.name[:_SHOWN], Running("container", name[:_LONGEST_NAME], "docker", _shown(findings, folder)))


def _runtimes(findings: _Findings) -> None:
    """State folders of OCI runtimes: one folder a container, which a container that was killed leaves behind."""
    users = [f"run/user/{folder.name}" for folder in findings.listed("run/user")]
    for engine, file in (("crun", "status"), ("runc", "state.json"), ("youki", "state.json")):
        for place in ("run", *users):
            for folder in findings.listed(f"{place}/{engine}"):
                row = _json(findings.text(folder / file)) if folder.is_dir() else {}
                pid = row.get("pid", row.get("init_process_pid"))
                if isinstance(pid, int) and (findings.root / "proc" / str(pid)).exists():
                    since = _since(findings.root, findings.root / "proc" / str(pid))
                    item = Running("container", folder.name[:_LONGEST_NAME], engine, _shown(findings, folder), pid, since)
                    _forget_namespace_of(findings, pid)
                    findings.add(folder.name[:_SHOWN], item)


def _containerd(findings: _Findings) -> None:
    for space in findings.listed("run/containerd/io.containerd.runtime.v2.task"):
        for folder in findings.listed(f"run/containerd/io.containerd.runtime.v2.task/{space.name}"):
            engine = "docker" if space.name == "moby" else "containerd"
            number = folder.name[:_SHOWN] if _HEX.fullmatch(folder.name) else folder.name[:_LONGEST_NAME]
            findings.add(folder.name[:_SHOWN], Running("container", number, engine, _shown(findings, folder)))


def _podman(findings: _Findings) -> None:
    """Podman's list of containers knows their names; whether one runs is told by its processes."""
    for place in ("overlay", "vfs"):
        path = findings.root / f"var/lib/containers/storage/{place}-containers/containers.json"
        if not path.exists():
            continue
        for row in _rows(findings.text(path)):
            number, names = str(row.get("id", "")), row.get("names")
            if ("container", number[:_SHOWN]) in findings.found and isinstance(names, list) and names:
                item = findings.found["container", number[:_SHOWN]]
                findings.add(number[:_SHOWN], replace(item, name=str(names[0])[:_LONGEST_NAME]))


def _libvirt(findings: _Findings) -> None:
    for path in findings.listed("run/libvirt/qemu"):
        if path.suffix == ".xml":
            findings.add(path.stem, Running("virtual_machine", path.stem[:_LONGEST_NAME], "libvirt", _shown(findings, path)))


def _forget_namespace_of(findings: _Findings, pid: int) -> None:
    """What a runtime names is not named a second time by its process namespace alone."""
    namespace = _link(findings.root / "proc" / str(pid) / "ns/pid")
    if namespace is not None:
        findings.found.pop(("container", namespace), None)


def _machine(program: str) -> str | None:
    name = program.rsplit("/", 1)[-1]
    return next((engine for start, engine in _MACHINES.items() if name.startswith(start)), None)


def _machine_name(words: list[str]) -> str | None:
    """The value of `-name`, as `guest=web,debug-threads=on` or simply `web`; of Firecracker `--id`."""
    for option, value in zip(words, words[1:], strict=False):
        if option in ("-name", "--name", "--id", "--comment"):
            first = value.split(",")[0]
            return first.removeprefix("guest=")[:_LONGEST_NAME] or None
    return None


def _since(root: Path, process: Path) -> str | None:
    """When a process began: clock ticks after boot."""
    fields = read(process / "stat", "").rpartition(") ")[2].split()
    boot = re.search(r"^btime (\d+)", read(root / "proc/stat", ""), re.MULTILINE)
    if len(fields) < 20 or boot is None:
        return None
    seconds = int(boot.group(1)) + int(fields[19]) // os.sysconf("SC_CLK_TCK")
    return datetime.fromtimestamp(seconds, UTC).isoformat()


def _link(path: Path) -> str | None:
    try:
        return os.readlink(path)
    except OSError:
        return None


def _forbidden(path: Path) -> bool:
    """Not readable for us, other than not there any more."""
    try:
        os.readlink(path)
    except PermissionError:
        return True
    except OSError:
        pass
    return False


def _shown(findings: _Findings, path: Path) -> str:
    return f"/{path.relative_to(findings.root)}"


def _json(text: str) -> dict[str, object]:
    try:
        row = json.loads(text) if text else {}
    except ValueError:
        return {}
    return row if isinstance(row, dict) else {}


def _rows(text: str) -> Iterator[dict[str, object]]:
    try:
        rows = json.loads(text) if text else []
    except ValueError:
        return
    yield from (row for row in (rows if isinstance(rows, list) else []) if isinstance(row, dict))
