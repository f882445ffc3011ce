"""What a backend and a metric must offer, and the small records they exchange with the measuring loop.

Backends and metrics are modules (one file, one member), so their ports are protocols with module-level names.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

from kb.records import Sign

Text = tuple[str, str]  # (zh, en)
Task = Literal["ready", "signs", "wait", "stay", "handle", "integer", "hash", "float", "calls", "attempts"]
Cancelled = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something cannot be done here, and what would mend it."""

    text: Text
    remedy: Text


@dataclass(frozen=True, slots=True)
class Availability:
    """`reason` and `remedy` are empty pairs where `ok`. `checked_at` is ISO 8601 in UTC."""

    ok: bool
    reason: Text = ("", "")
    remedy: Text = ("", "")
    checked_at: str = ""


@dataclass(frozen=True, slots=True)
class BackendInfo:
    name: str
    label: Text
    concept: str
    availability: Availability


@dataclass(frozen=True, slots=True)
class MetricInfo:
    name: str
    label: Text
    unit: str


@dataclass(frozen=True, slots=True)
class Disk:
    """A whole distribution that the operator has named. Without a kernel it boots by itself; `root` is what that kernel is told.

    `ready` is the text on the serial console that tells that it is up.
    """

    image: Path
    kernel: Path | None = None
    initrd: Path | None = None
    root: str = "/dev/vda"
    ready: str = "login:"


@dataclass(frozen=True, slots=True)
class Image:
    """What is started: the same small userland as a folder and as an initramfs. `scratch` is writable for the started process.

    `records` holds one note per running process, so that a later start can remove what a crash left behind. `kernel` is the image as it
    was delivered, and `unpacked_kernel` what is in it, where a machine can start that.
    """

    rootfs: Path
    initramfs: Path
    scratch: Path
    records: Path
    kernel: Path | None = None
    kernel_problem: Reason | None = None
    unpacked_kernel: Path | None = None
    disk: Disk | None = None


@dataclass(frozen=True, slots=True)
class Payload:
    """`ready`: print READY and end. `signs`: print READY and what is seen inside, then stay. `wait`: print READY, then stay.

    `stay`: as `wait`, but as one process without a handler for SIGTERM; `handle`: with one that ends at once.
    `integer`, `hash`, `float`, `calls`: print READY, do a fixed piece of work, print DONE. `attempts`: try what a container should be denied.
    `option` is one word made by a metric, never by a person. `gate` is called when all is ready to be released, just before
    the clock starts, and may wait there for others. `memory_mib` is what a machine is given, 0 for the backend's usual amount.
    """

    task: Task
    image: Image
    option: str = ""
    gate: Callable[[], object] | None = None
    memory_mib: int = 0

    @property
    def words(self) -> tuple[str, ...]:
        """The arguments of the payload script."""
        return (self.task, self.option) if self.option else (self.task,)


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds, bytes and counts. `ready_s` from start to the awaited line, `exit_s` from there to the end of a task that ends."""

    ready_s: float
    exit_s: float
    address_space: int
    file_size: int = 64 * 2**20
    cpu_s: int = 120
    processes: int = 256  # of the unprivileged user on the whole machine, where others may measure as well
    output: int = 64 * 1024
    nice: int = 0  # only for what works for long and is not timed by the clock


class Instance(Protocol):
    """A started process, container or machine. `command` is what was started, without the wrappers that limit it."""

    @property
    def command(self) -> tuple[str, ...]: ...
    @property
    def pids(self) -> tuple[int, ...]:
        """Host processes of this instance, the first one first."""

    @property
    def output(self) -> str:
        """What was printed so far, cleaned, of limited length."""

    def until(self, word: str, cancelled: Cancelled | None = None) -> tuple[float, str]:
        """Seconds from start to the first line that begins with `word`, and the rest of that line.

        :raises ProbeTimeout: it did not come in `Limits.ready_s`. :raises ProbeError: the instance ended before.
        :raises ProbeCancelled:
        """

    def ended(self, cancelled: Cancelled | None = None) -> float | None:
        """CPU seconds of the whole instance once it has ended by itself; `None` where it did not in `Limits.exit_s`, or cannot be told."""


class Backend(Protocol):
    """Three names more are for backends that are not like the others: `ONLY`, the metrics that it can be asked for (one whose payload is
    not ours); `SLOW`, the seconds that a run with it may take: it takes part only where it is named; and `conditions()`, caveats that
    have to be asked for, such as a storage driver.
    """

    CONCEPT: str
    OPT_IN: bool  # used only where the operator has named it: it needs the rights of the caller, or changes a daemon's store
    LABEL: Text
    LIMITS: Limits
    CAVEATS: tuple[str, ...]  # "中文 / English", kept with every measurement

    def unavailable(self, image: Image) -> Reason | None:
        """What forbids a start and can be told without one. `None` promises nothing: only a smoke run proves."""

    def refused(self, output: str) -> Reason:
        """A failed smoke run in words; `output` is the end of what was printed."""

    def start(self, payload: Payload, limits: Limits) -> AbstractContextManager[Instance]:
        """Start it; everything that was started is gone when the context ends, however it ends."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One try. `value` is in the metric's unit; `cpu_seconds` is `None` where it could not be told."""

    value: float
    command: tuple[str, ...] = ()
    cpu_seconds: float | None = None
    signs: tuple[Sign, ...] = ()
    caveats: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """How often to try: `runs` for what starts quickly, `runs_vm` for virtual machines; `warmup` tries before them are not kept.

    A result is valid from `least` samples (`least_vm`) on, with interquartile range under `spread` × median (`None`: any).
    It may be quoted for `days`; `None`: until the host's fingerprint changes. `kinds` are the concepts of the backends that it can be
    asked of. `clocked`: a busy machine makes the figures a rough guide only.
    """

    runs: int
    runs_vm: int
    warmup: int
    least: int
    least_vm: int
    spread: float | None = None
    kinds: frozenset[str] = frozenset(("process", "container", "virtual_machine"))
    clocked: bool = True
    days: float | None = 7.0


class Metric(Protocol):
    LABEL: Text
    MEANING: Text  # how it was measured, as part of a sentence
    UNIT: str
    PLAN: Plan

    def sample(self, backend: Backend, image: Image, cancelled: Cancelled | None) -> Sample: ...


def words(reason: Reason, language: str) -> str:
    index = 0 if language == "zh" else 1
    return " ".join(part for part in (reason.text[index], reason.remedy[index]) if part)


def last_lines(output: str, characters: int = 300) -> str:
    """The end of an output on one line, for messages."""
    return " ⏎ ".join(_filled(output.splitlines()))[-characters:]


def _filled(lines: Sequence[str]) -> list[str]:
    return [line.strip() for line in lines if line.strip()]
