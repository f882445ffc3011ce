"""Starts one program under limits and leaves nothing of it behind.

Never as root, no shell text made from input, no network of its own making, a deadline for everything; what a crash of ours
left running is removed at the next start. Namespaces and machines are the backends' business.
"""

from __future__ import annotations

import json
import os
import selectors
import signal
import stat
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kb.errors import BackendUnavailable, HostChanged, ProbeCancelled, ProbeError, ProbeTimeout
from kb.language.regex import regex
from kb.probe.host import UNPRIVILEGED, read, tool
from kb.probe.ports import Cancelled, Image, Limits, Reason, last_lines

ENVIRONMENT = {"PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C", "HOME": "/"}
# The limited shell says that it is ready and waits for a line before it becomes the program: the clock starts there, so that
# neither the wrappers nor the size of this Python process is measured.
_GATE = ("/bin/sh", "-c", 'echo GO && read -r go && exec "$@"', "probe")
_GATE_LIMIT_S = 10.0
_TICK_S = 0.05
_POLL_S = 0.001
Gate = Callable[[], object]
_ESCAPES = regex(rb"\x1b(?:\[[0-?]*[ -/]*[@-~]|[@-Z\\-_])")
_REMOVES = regex(r"(?:docker|podman) rm --force kb-[0-9a-f]{12}")
_OTHERS_MOUNT = ("/run/", "/var/lib/", "/media/", "/mnt/", "/snap/", "/home/", "/proc/sys/fs/binfmt_misc")
_ENDS_WITHIN_S = 2.0
_CONTROLS = regex(rb"[\x00-\x09\x0b-\x1f\x7f]")


def missing_tools() -> Reason | None:
    absent = [name for name in ("prlimit", "setpriv") if tool(name) is None]
    if not absent:
        return None
    names = ", ".join(absent)
    return Reason(
        (f"缺少 {names}，无法在限制之下启动程序。", f"{names} missing: nothing can be started under limits."),
        ("安装 util-linux（仅支持 Linux）。", "Install util-linux (Linux only)."),
    )


def clean(output: bytes) -> str:
    """Printable text: terminal escapes and control characters removed, line ends kept."""
    return _CONTROLS.sub(b"", _ESCAPES.sub(b"", output)).decode("utf-8", "replace")


@contextmanager
def running(
    command: tuple[str, ...],
    limits: Limits,
    image: Image,
    *,
    no_new_privileges: bool = True,
    gate: Gate | None = None,
    tells_cpu: bool = True,
    own_rights: dict[str, str] | None = None,
    elsewhere: Callable[[], tuple[int, ...]] | None = None,
    undo: tuple[str, ...] = (),
    spoken: Mapping[str, str] | None = None,
) -> Iterator[Running]:
    """Start `command` and time it; when the context ends every process of it is dead and reaped.

    `no_new_privileges=False` is for programs that set it themselves after entering their namespaces; `gate` is `Payload.gate`.
    `tells_cpu=False` is for programs whose payload runs elsewhere, where its processor time is not to be waited for.
    `own_rights` is the environment of a client that must run as the caller, who has allowed it; `elsewhere` are its processes that
    are no descendants of the client, which removes them itself. `spoken` says of a payload that is not ours what it prints for a word.
    """
    process = subprocess.Popen(
        _limited(command, limits, no_new_privileges=no_new_privileges),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd="/",
        env=ENVIRONMENT if own_rights is None else own_rights,
        start_new_session=True,
        close_fds=True,
        **(_unprivileged() if own_rights is None else {}),
    )
    note = _write_note(image.records, process.pid, undo)
    instance = Running(process, command, limits, tells_cpu=tells_cpu, elsewhere=elsewhere, spoken=spoken)
    try:
        instance.release(gate)
        yield instance
    finally:
        instance.remove()
        note.unlink(missing_ok=True)


def _unprivileged() -> dict[str, Any]:
    return {"user": UNPRIVILEGED, "group": UNPRIVILEGED, "extra_groups": []} if os.geteuid() == 0 else {}


def _limited(command: tuple[str, ...], limits: Limits, *, no_new_privileges: bool) -> tuple[str, ...]:
    prlimit, setpriv = tool("prlimit"), tool("setpriv")
    if prlimit is None or setpriv is None:
        reason = missing_tools()
        assert reason is not None
        raise BackendUnavailable(reason.text, reason.remedy)
    bounds = [f"--as={limits.address_space}", f"--fsize={limits.file_size}", f"--cpu={limits.cpu_s}", "--core=0"]
    if os.geteuid() == 0:
        # Counted per user over the whole machine: an ordinary user's desktop may already be over any small number.
        bounds.append(f"--nproc={limits.processes}")
    privileges = ("--no-new-privs",) if no_new_privileges else ()
    niceness = (nice, "-n", str(limits.nice)) if limits.nice and (nice := tool("nice")) else ()
    return (*niceness, prlimit, *bounds, "--", setpriv, "--pdeathsig", "KILL", *privileges, "--", *_GATE, *command)


class Running:
    """A started program; an `Instance`. Reads both outputs without ever blocking longer than a twentieth of a second."""

    def __init__(
        self,
        process: subprocess.Popen[bytes],
        command: tuple[str, ...],
        limits: Limits,
        *,
        tells_cpu: bool = True,
        elsewhere: Callable[[], tuple[int, ...]] | None = None,
        spoken: Mapping[str, str] | None = None,
    ) -> None:
        self.command = command
        self._process = process
        self._limits = limits
        self._tells_cpu = tells_cpu
        self._elsewhere = elsewhere
        self._spoken = {word: text.encode() for word, text in (spoken or {}).items()}
        self._selector = selectors.DefaultSelector()
        self._text: dict[str, bytearray] = {"out": bytearray(), "err": bytearray()}
        self._read_to = 0  # offset in `out` of the first line that `until` has not looked at
        self._started = self._seen = 0.0
        self._gate_cpu_s: float | None = None
        self._cpu_s: float | None = None
        for pipe, name in ((process.stdout, "out"), (process.stderr, "err")):
            assert pipe is not None
            os.set_blocking(pipe.fileno(), False)
            self._selector.register(pipe, selectors.EVENT_READ, name)

    @property
    def pids(self) -> tuple[int, ...]:
        return (*tree(self._process.pid), *(self._elsewhere() if self._elsewhere is not None else ()))

    @property
    def output(self) -> str:
        """What was printed so far, standard error last, at most twice `Limits.output` bytes."""
        return clean(bytes(self._text["out"]) + b"\n" + bytes(self._text["err"]))

    def release(self, gate: Gate | None = None) -> None:
        """Wait until the limited shell is ready, and then at the `gate`; start the clock and let the shell become the program."""
        self._await("GO", time.monotonic() + _GATE_LIMIT_S, _GATE_LIMIT_S, None)
        del self._text["out"][: self._read_to]
        self._read_to = 0
        self._gate_cpu_s = _cpu_seconds(self._process.pid)
        assert self._process.stdin is not None
        if gate is not None:
            gate()
        self._started = time.monotonic()
        with suppress(BrokenPipeError):
            self._process.stdin.write(b"\n")
            self._process.stdin.close()

    def until(self, word: str, cancelled: Cancelled | None = None) -> tuple[float, str]:
        rest = self._await(word, self._started + self._limits.ready_s, self._limits.ready_s, cancelled)
        return self._seen - self._started, rest

    def ended(self, cancelled: Cancelled | None = None) -> float | None:
        deadline = time.monotonic() + self._limits.exit_s
        while time.monotonic() < deadline:
            _check(cancelled)
            if self._reap():
                return self._cpu_s if self._tells_cpu else None
            self._pump(0.002)
        return None

    def remove(self) -> None:
        """Kill the whole session and every descendant, then reap; nothing outlives this."""
        family = ticks_of(tree(self._process.pid))
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)
        deadline = time.monotonic() + 5
        while not self._reap() and time.monotonic() < deadline:
            time.sleep(0.002)
        for pid, ticks in family.items():
            _kill_if_same(pid, ticks)
        self._selector.close()
        for pipe in (self._process.stdin, self._process.stdout, self._process.stderr):
            with suppress(OSError):
                assert pipe is not None
                pipe.close()

    def _await(self, word: str, deadline: float, limit_s: float, cancelled: Cancelled | None) -> str:
        while True:
            rest = self._next_line_with(word)
            if rest is not None:
                return rest
            _check(cancelled)
            left = deadline - time.monotonic()
            if left <= 0:
                raise self._late(word, limit_s)
            self._pump(min(left, _TICK_S))
            if not self._selector.get_map() and self._next_line_with(word, keep=True) is None:
                raise self._ended_early(word)

    def _pump(self, timeout_s: float) -> None:
        """Read what is there, and note when."""
        if not self._selector.get_map():
            time.sleep(min(timeout_s, 0.002))
            return
        for key, _ in self._selector.select(timeout_s):
            chunk = os.read(key.fd, 65536)
            self._seen = time.monotonic()
            if not chunk:
                self._selector.unregister(key.fileobj)
                continue
            kept = self._text[key.data]
            if self._spoken:  # a whole system says much before it is up: the end is what matters
                kept += chunk
                over = max(0, len(kept) - self._limits.output)
                del kept[:over]
                self._read_to = max(0, self._read_to - over)
            else:
                kept += chunk[: max(0, self._limits.output - len(kept))]

    def _next_line_with(self, word: str, *, keep: bool = False) -> str | None:
        """The rest of the first complete line from `_read_to` on that begins with `word`; lines before it are passed over."""
        if word in self._spoken:
            return self._said(self._spoken[word], keep=keep)
        out, position = self._text["out"], self._read_to
        while (end := out.find(b"\n", position)) >= 0:
            line = clean(bytes(out[position:end])).strip()
            position = end + 1
            if line == word or line.startswith(word + " "):
                if not keep:
                    self._read_to = position
                return line[len(word) :].strip()
        return None

    def _said(self, text: bytes, *, keep: bool) -> str | None:
        """As `_next_line_with`, for a text anywhere, also in a line that is not complete: a prompt waits for an answer."""
        found = self._text["out"].find(text, self._read_to)
        if found < 0:
            return None
        if not keep:
            self._read_to = found + len(text)
        return ""

    def _reap(self) -> bool:
        if self._process.returncode is not None:
            return True
        pid, status, usage = os.wait4(self._process.pid, os.WNOHANG)
        if pid == 0:
            return False
        # Told to Popen by hand, for it did not wait itself.
        self._process.returncode = os.waitstatus_to_exitcode(status)
        if self._gate_cpu_s is not None:
            self._cpu_s = max(0.0, usage.ru_utime + usage.ru_stime - self._gate_cpu_s)
        return True

    def _late(self, word: str, limit_s: float) -> ProbeTimeout:
        tail = last_lines(self.output)
        return ProbeTimeout(
            (
                f"{self.command[0]} 在 {limit_s:g} 秒内没有输出 {word}；最后的输出：{tail or '无'}",
                f"{self.command[0]} did not print {word} within {limit_s:g} s; last output: {tail or 'none'}",
            ),
            ("稍后在机器空闲时再试。", "Try again when the machine is idle."),
        )

    def _ended_early(self, word: str) -> ProbeError:
        tail = last_lines(self.output)
        return ProbeError(
            (
                f"{self.command[0]} 在输出 {word} 之前就结束了：{tail or '没有输出'}",
                f"{self.command[0]} ended before it printed {word}: {tail or 'no output'}",
            )
        )


def tree(pid: int) -> tuple[int, ...]:
    """A process and all its living descendants, the process first."""
    children: dict[int, list[int]] = {}
    for entry in _processes():
        parent = _parent(entry)
        if parent is not None:
            children.setdefault(parent, []).append(entry)
    found, pending = [pid], [pid]
    while pending:
        for child in children.get(pending.pop(), ()):
            found.append(child)
            pending.append(child)
    return tuple(found)


def innermost(pids: Sequence[int]) -> int:
    """Of an instance's processes the one that is number 1 in the deepest process namespace; without any namespace, the first."""
    depths = {pid: _numbers(pid) for pid in pids}
    firsts = [pid for pid, numbers in depths.items() if len(numbers) > len(depths[pids[0]]) and numbers[-1] == "1"]
    return max(firsts, key=lambda pid: len(depths[pid])) if firsts else pids[0]


def is_payload(pid: int) -> bool:
    """Whether a process is the payload script or the sleep that it has become."""
    words = _arguments(pid).split(b"\0")
    return any(word.endswith(b"/probe.sh") for word in words) or b"sleep" in words[0]


def ticks_of(pids: Iterable[int]) -> dict[int, int | None]:
    return {pid: start_ticks(pid) for pid in pids}


def gone_after(family: Mapping[int, int | None], limit_s: float, cancelled: Cancelled | None = None) -> bool:
    """Whether every process of `family` (of `ticks_of`) ends within the limit, reaped or not."""
    began = time.monotonic()
    while any(ticks is not None and start_ticks(pid) == ticks for pid, ticks in family.items()):
        _check(cancelled)
        if time.monotonic() - began > limit_s:
            return False
        time.sleep(_POLL_S)
    return True


def send(pid: int, number: signal.Signals) -> None:
    """:raises ProbeError: we may not, or it is gone already."""
    try:
        os.kill(pid, number)
    except OSError as error:
        message = f"{number.name} → {pid}: {error}"
        raise ProbeError((f"信号没有送达：{message}", f"The signal was not delivered: {message}")) from error


def used_cpu_seconds(pids: Sequence[int]) -> float:
    """Processor time that living processes and all their threads have used; what ended before is not in it."""
    total = 0
    for pid in pids:
        for thread in Path(f"/proc/{pid}/task").glob("*"):
            text = read(thread / "schedstat", "")
            total += int(text.split()[0]) if text else 0
    return total / 1e9


def with_argument(token: str) -> tuple[int, ...]:
    """Host processes that carry `token` among their arguments, as an administrator would see them."""
    wanted = token.encode()
    return tuple(pid for pid in _processes() if wanted in _arguments(pid))


def start_ticks(pid: int) -> int | None:
    """When a process began, in clock ticks since boot: with the number, this names one process for good. `None`: it is gone."""
    fields = _stat(pid)
    return int(fields[19]) if fields and fields[0] != "Z" else None


def sweep(records: Path) -> int:
    """Kill what a crashed run of ours left; processes whose owner still lives are left alone. Returns how many were killed."""
    killed = 0
    boot = read("/proc/sys/kernel/random/boot_id", "")
    for note in records.glob("*.json") if records.is_dir() else ():
        try:
            left = json.loads(note.read_text(encoding="utf-8"))
            owner_lives = left["boot"] == boot and start_ticks(left["owner"]) == left["owner_ticks"]
            if owner_lives:
                continue
            if left["boot"] == boot and left["ticks"] is not None and start_ticks(left["pid"]) == left["ticks"]:
                killed += _kill_tree(left["pid"])
            killed += _undone(left.get("undo"))
        except (OSError, ValueError, KeyError, TypeError):
            pass  # a note cut short by the crash names nothing to kill
        note.unlink(missing_ok=True)
    return killed


def _undone(command: object) -> int:
    """Have an engine remove the container of a dead owner; only this one command is ever run from a note."""
    if not isinstance(command, list) or not _REMOVES.fullmatch(" ".join(map(str, command))):
        return 0
    program, *words = map(str, command)
    try:
        done = subprocess.run((tool(program) or program, *words), capture_output=True, timeout=30, stdin=subprocess.PIPE, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return 0
    return int(done.returncode == 0)


@dataclass(frozen=True, slots=True)
class HostState:
    """What a badly behaved runtime has been seen to change on its host (lxc-start takes /dev/null's mode away).

    `mounts` leaves out the places where engines, desktops and other users mount things of their own at any moment.
    """

    null_mode: int
    hostname: str
    mounts: tuple[str, ...] = ()

    @classmethod
    def now(cls) -> HostState:
        return cls(stat.S_IMODE(os.stat("/dev/null").st_mode), os.uname().nodename, _mounts())


def check_host(before: HostState, folders: Sequence[Path] = ()) -> None:
    """:raises HostChanged: the host is not as it was before the run, or something that was started from `folders` still lives."""
    after = HostState.now()
    if after != before:
        changes = "; ".join(_changes(before, after))
        raise HostChanged(
            (f"测量改变了宿主机：{changes}。", f"The measurement changed the host: {changes}."),
            ("请恢复后再测；该后端不应再使用。", "Restore it before measuring again; do not use that backend."),
        )
    if left := leftovers(folders):
        numbers = ", ".join(map(str, left))
        raise HostChanged(
            (f"测量之后仍有进程没有结束，已强制结束：{numbers}。", f"Processes outlived the measurement and were killed: {numbers}."),
            ("该后端不应再使用。", "Do not use that backend."),
        )


def _changes(before: HostState, after: HostState) -> Iterator[str]:
    """Each that differs; of the mounts only those that came (+) or went (-)."""
    if before.null_mode != after.null_mode:
        yield f"/dev/null {before.null_mode:o} → {after.null_mode:o}"
    if before.hostname != after.hostname:
        yield f"hostname {before.hostname} → {after.hostname}"
    # Counted, for one place may be mounted over several times.
    was, is_now = Counter(before.mounts), Counter(after.mounts)
    yield from (f"+ mount {point}" for point in (is_now - was).elements())
    yield from (f"- mount {point}" for point in (was - is_now).elements())


def leftovers(folders: Sequence[Path]) -> tuple[int, ...]:
    """Processes that name a folder of this run among their arguments and do not end soon; each is killed."""
    family = ticks_of({pid for folder in folders for pid in with_argument(str(folder)) if pid != os.getpid()})
    living = {pid: ticks for pid, ticks in family.items() if ticks is not None and not gone_after({pid: ticks}, _ENDS_WITHIN_S)}
    for pid, ticks in living.items():
        _kill_if_same(pid, ticks)
    return tuple(living)


def _mounts() -> tuple[str, ...]:
    points = (line.split()[4] for line in read("/proc/self/mountinfo", "").splitlines())
    return tuple(sorted(point for point in points if not point.startswith(_OTHERS_MOUNT)))


def _check(cancelled: Cancelled | None) -> None:
    if cancelled is not None and cancelled():
        raise ProbeCancelled(("测量已取消。", "The measurement was cancelled."))


def _write_note(records: Path, pid: int, undo: tuple[str, ...]) -> Path:
    records.mkdir(parents=True, exist_ok=True)
    note = records / f"{pid}.json"
    row = {
        "pid": pid,
        "ticks": start_ticks(pid),
        "owner": os.getpid(),
        "owner_ticks": start_ticks(os.getpid()),
        "boot": read("/proc/sys/kernel/random/boot_id", ""),
        "undo": list(undo),
    }
    note.write_text(json.dumps(row), encoding="utf-8")
    return note


def _kill_tree(pid: int) -> int:
    family = {member: start_ticks(member) for member in tree(pid)}
    for member, ticks in family.items():
        _kill_if_same(member, ticks)
    return len(family)


def _kill_if_same(pid: int, ticks: int | None) -> None:
    if ticks is not None and start_ticks(pid) == ticks:
        with suppress(ProcessLookupError, PermissionError):
            os.kill(pid, signal.SIGKILL)


def _cpu_seconds(pid: int) -> float | None:
    """Processor time that a process has used so far (nanoseconds in /proc/PID/schedstat)."""
    text = read(f"/proc/{pid}/schedstat", "")
    return int(text.split()[0]) / 1e9 if text else None


def _processes() -> list[int]:
    return [int(name) for name in os.listdir("/proc") if name.isdigit()]


def _parent(pid: int) -> int | None:
    fields = _stat(pid)
    return int(fields[1]) if fields else None


def _numbers(pid: int) -> tuple[str, ...]:
    """The numbers of a process in each namespace of processes, the host's first."""
    for line in read(f"/proc/{pid}/status", "").splitlines():
        if line.startswith("NSpid:"):
            return tuple(line.split()[1:])
    return ()


def _stat(pid: int) -> list[str]:
    """The fields of /proc/PID/stat after the command name, which may itself hold spaces and brackets; empty for no such process."""
    return read(f"/proc/{pid}/stat", "").rpartition(") ")[2].split()


def _arguments(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""
