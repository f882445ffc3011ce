"""The machine that measures: what identifies it, and how busy it is. Reads files and asks for versions; starts nothing to measure."""

from __future__ import annotations

import hashlib
import os
import platform
import shutil
import subprocess
from functools import cache
from pathlib import Path

from kb.records import HostFingerprint

UNPRIVILEGED = 65534  # the user that probes run as where we are root: "nobody"
_VERSIONS = {
    "bubblewrap": ("bwrap", "--version"),
    "crun": ("crun", "--version"),
    "qemu": ("qemu-system-x86_64", "--version"),
    "util-linux": ("unshare", "--version"),
    "busybox": ("busybox",),
}
_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
_CPU_PRESSURE_LIMIT = 80.0
_LOAD_LIMIT = 2.0  # runnable tasks a processor
_SPARE_MEMORY = 2**30


@cache
def fingerprint() -> HostFingerprint:
    """All that moves a measurement and outlives a reboot; asked once per process."""
    facts = {
        "kernel": platform.release(),
        "arch": platform.machine(),
        "cpu": cpu_model() or "unknown",
        "cpus": str(os.cpu_count() or 0),
        # Rounded: the last megabytes vary from boot to boot.
        "memory_gib": f"{_kibibytes('MemTotal') / 2**20:.1f}",
        "virtualization": detected("--vm") or ("hypervisor" if "hypervisor" in cpu_flags() else "none"),
        "container": detected("--container") or "none",
        "kvm": kvm_module() or "none",
        "user": "root" if os.geteuid() == 0 else "non-root",
    }
    facts.update({f"version:{name}": version for name, command in _VERSIONS.items() if (version := _version(command))})
    ordered = tuple(sorted(facts.items()))
    digest = hashlib.sha256(repr(ordered).encode()).hexdigest()
    return HostFingerprint(digest[:16], ordered)


def tool(name: str) -> str | None:
    """Absolute path of a system program, looked for in the system folders only and never in the caller's PATH."""
    return shutil.which(name, path=_PATH)


def cpu_model() -> str | None:
    return _cpuinfo("model name")


def cpu_flags() -> frozenset[str]:
    return frozenset((_cpuinfo("flags") or "").split())


def tsc_khz() -> int | None:
    """Frequency of the time stamp counter as far as /proc/cpuinfo tells; good to some per cent."""
    megahertz = _cpuinfo("cpu MHz")
    return round(float(megahertz) * 1000) if megahertz else None


def kvm_module() -> str | None:
    """`kvm_intel`, `kvm_amd`, or another implementation such as `kvm_pvm`, which boots special kernels only."""
    found = sorted(path.name for path in Path("/sys/module").glob("kvm_*"))
    return found[0] if found else ("kvm" if Path("/sys/module/kvm").is_dir() else None)


def uptime_s() -> float:
    return float(read("/proc/uptime", "0").split()[0])


def free_memory() -> int:
    """Bytes that can be used without swapping."""
    return _kibibytes("MemAvailable") * 1024


def cpu_pressure() -> float | None:
    """Share of the last ten seconds, in per cent, in which some task waited for a processor; `None` where the kernel does not tell."""
    for word in read("/proc/pressure/cpu", "").split():
        if word.startswith("avg10="):
            return float(word.removeprefix("avg10="))
    return None


def busy() -> bool:
    """Too much else runs here for figures of time to be quoted."""
    pressure = cpu_pressure()
    return pressure is not None and pressure > _CPU_PRESSURE_LIMIT


def pressure() -> tuple[str, str] | None:
    """Why this machine should not be burdened with a measurement now (zh, en); `None` where nothing speaks against it."""
    load, processors = os.getloadavg()[0], os.cpu_count() or 1
    if load > _LOAD_LIMIT * processors:
        return f"负载 {load:.1f}，处理器 {processors} 个", f"load {load:.1f} on {processors} processors"
    waiting = cpu_pressure()
    if waiting is not None and waiting > _CPU_PRESSURE_LIMIT:
        return f"最近 10 秒有 {waiting:.0f}% 的时间有任务在等处理器", f"some task waited for a processor {waiting:.0f} % of the last 10 s"
    free = free_memory()
    if free < _SPARE_MEMORY:
        return f"可用内存只有 {free / 2**20:.0f} MiB", f"only {free / 2**20:.0f} MiB of memory are free"
    return None


def read(path: str | Path, missing: str) -> str:
    """A small file of the kernel, stripped; `missing` where it cannot be read."""
    try:
        return Path(path).read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        return missing


def _cpuinfo(name: str) -> str | None:
    for line in read("/proc/cpuinfo", "").splitlines():
        key, _, value = line.partition(":")
        if key.strip() == name:
            return value.strip()
    return None


def _kibibytes(name: str) -> int:
    for line in read("/proc/meminfo", "").splitlines():
        if line.startswith(name + ":"):
            return int(line.split()[1])
    return 0


def detected(kind: str) -> str | None:
    """What systemd-detect-virt says of virtual machines (`--vm`) or of containers; the two are asked apart, for one hides the other."""
    return _first_line(("systemd-detect-virt", kind)) or None


def _version(command: tuple[str, ...]) -> str | None:
    """The first line that a program says of itself, without the words after a comma or a bracket."""
    line = _first_line(command)
    return line.split(" (")[0].split(",")[0] if line else None


def _first_line(command: tuple[str, ...]) -> str | None:
    path = tool(command[0])
    if path is None:
        return None
    try:
        done = subprocess.run(
            (path, *command[1:]),
            capture_output=True,
            text=True,
            errors="replace",
            timeout=5,
            env={"LC_ALL": "C", "PATH": _PATH},
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    lines = (done.stdout or done.stderr).splitlines()
    return lines[0].strip() if lines else None
