"""Whether a backend works here: decided by really starting it, and remembered for a day as long as nothing that matters has changed."""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import cast

from kb.errors import ProbeCancelled, ProbeError, ProbeTimeout
from kb.probe.host import fingerprint, read
from kb.probe.ports import Availability, Backend, Cancelled, Image, Payload, Reason
from kb.probe.safety import missing_tools
from kb.registry import family

_KEPT_FOR = timedelta(hours=24)
_SMOKE_S = 15.0
# Settings of the kernel that let namespaces start or not; they can change without anything else changing.
_SWITCHES = (
    "/proc/sys/kernel/apparmor_restrict_unprivileged_userns",
    "/proc/sys/kernel/unprivileged_userns_clone",
    "/proc/sys/user/max_user_namespaces",
)


def now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


def obstacle(backend: Backend, image: Image) -> Reason | None:
    """What forbids a start and can be told without one; never remembered, so that mending it shows at once."""
    return missing_tools() or backend.unavailable(image)


def smoke(backend: Backend, image: Image, cancelled: Cancelled | None = None) -> Reason | None:
    """Start the backend once; `None`: it came up. A slow one gets a second try with its full time.

    :raises ProbeCancelled:
    """
    first = backend.LIMITS if is_slow(backend) else replace(backend.LIMITS, ready_s=min(backend.LIMITS.ready_s, _SMOKE_S))
    for limits in dict.fromkeys((first, backend.LIMITS)):
        try:
            with backend.start(Payload("ready", image), limits) as instance:
                try:
                    instance.until("READY", cancelled)
                    return None
                except ProbeCancelled:
                    raise
                except ProbeTimeout:
                    reason = backend.refused(instance.output)
                except ProbeError:
                    return backend.refused(instance.output)
        except ProbeTimeout as error:
            reason = Reason(error.message, error.hint)
    return reason


def is_slow(backend: Backend) -> bool:
    """It is started only where a person names it."""
    return getattr(backend, "SLOW", None) is not None


def slow_backends() -> frozenset[str]:
    """Names of those that are started only where a person names them: their figures are of another kind than the others'."""
    return frozenset(name for name, backend in family("kb.probe.backends").items() if is_slow(cast(Backend, backend)))


class Memory:
    """Results of smoke runs in one JSON file. A file that cannot be read or written only costs another smoke run."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def recall(self, name: str, image: Image) -> Availability | None:
        row = self._rows().get(name)
        try:
            if row is None or row["key"] != _key(image):
                return None
            state = Availability(bool(row["ok"]), _pair(row["reason"]), _pair(row["remedy"]), str(row["checked_at"]))
            age = now() - datetime.fromisoformat(state.checked_at)
        except (KeyError, TypeError, ValueError):
            return None
        return state if timedelta(0) <= age < _KEPT_FOR else None

    def keep(self, name: str, image: Image, state: Availability) -> None:
        rows = {**self._rows(), name: {"key": _key(image), **asdict(state)}}
        fresh = self._path.with_suffix(".new")
        with suppress(OSError):
            fresh.write_text(json.dumps(rows, ensure_ascii=False, indent=1), encoding="utf-8")
            fresh.replace(self._path)

    def _rows(self) -> dict[str, dict[str, object]]:
        try:
            rows = json.loads(self._path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return rows if isinstance(rows, dict) else {}


def stated(reason: Reason | None) -> Availability:
    checked_at = now().isoformat()
    if reason is None:
        return Availability(True, checked_at=checked_at)
    return Availability(False, reason.text, reason.remedy, checked_at)


def _key(image: Image) -> str:
    """Of the host, of what is started on it, and of the kernel's switches."""
    kernel = ""
    if image.kernel is not None:
        with suppress(OSError):
            kernel = f"{image.kernel.stat().st_size} {image.unpacked_kernel is not None}"
    parts = (fingerprint().env_id, str(image.initramfs.stat().st_size), kernel, *(read(path, "") for path in _SWITCHES))
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:16]


def _pair(value: object) -> tuple[str, str]:
    if not isinstance(value, list) or len(value) != 2:
        raise ValueError(f"{value!r} is no pair of texts")
    return str(value[0]), str(value[1])
