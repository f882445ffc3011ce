"""The measuring loop: which backends can be used, one run at a time, samples interleaved round robin, everything kept."""

from __future__ import annotations

import fcntl
import time
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeVar, cast

from kb.errors import (
    BackendUnavailable,
    BadInput,
    HostChanged,
    NotFound,
    ProbeBusy,
    ProbeError,
)
from kb.probe.availability import Memory, is_slow, now, obstacle, smoke, stated
from kb.probe.here import HereReport, report
from kb.probe.host import busy, fingerprint, free_memory, read
from kb.probe.images import build, served, sweep_scratch
from kb.probe.ports import Availability, Backend, BackendInfo, Cancelled, Disk, Image, Metric, MetricInfo, Plan, Reason
from kb.probe.progress import Emit, Progress
from kb.probe.safety import HostState, check_host, sweep
from kb.probe.sampling import Part, Series, collect, collect_together
from kb.probe.summary import steady
from kb.probe.unpacking import unpacked
from kb.records import Measurement
from kb.registry import family

_Member = TypeVar("_Member")
Serve = Callable[[], AbstractContextManager[Image]]

MOST_RUNS = 50
# What a person who asks for "a measurement" wants to know; the quick ones first.
FULL_SET = ("kernel_identity", "visibility", "userland", "memory", "footprint", "start_time")
_ORDER = {"process": 0, "container": 1, "virtual_machine": 2}  # the baseline first, what is slow last
_BUDGET_S = 60.0
_BUDGET_ASKED_S = 900.0  # where the person asked for a number of runs
_NEEDED_MEMORY = 512 * 2**20
_FAILED_SHARE = 0.2
_BUSY: Availability = Availability(
    False,
    ("正在进行另一次测量，暂时无法检查。", "Another measurement runs; it cannot be checked now."),
    ("稍后再看。", "Look again later."),
)


class Prober:
    """What can be measured on this machine, and the measuring of it. `backends`, `metrics` and `serve` replace the real ones in tests."""

    def __init__(
        self,
        work_dir: Path,
        guest_kernel: Path | None,
        kernel_dir: Path,
        *,
        backends: Mapping[str, Backend] | None = None,
        metrics: Mapping[str, Metric] | None = None,
        serve: Serve | None = None,
        opt_in: frozenset[str] = frozenset(),
        disk: Disk | None = None,
    ) -> None:
        """`opt_in` names the backends that the operator allows although they run with the caller's own rights (docker, podman)."""
        # What is started runs in /, where relative paths would name something else.
        self._work_dir = work_dir.absolute()
        self._guest_kernel = guest_kernel.absolute() if guest_kernel is not None else None
        self._kernel_dir = kernel_dir.absolute()
        members = backends if backends is not None else cast(Mapping[str, Backend], family("kb.probe.backends"))
        self._backends = dict(sorted(members.items(), key=lambda item: (_ORDER.get(item[1].CONCEPT, len(_ORDER)), item[0])))
        self._metrics = metrics if metrics is not None else cast(Mapping[str, Metric], family("kb.probe.metrics"))
        self._serve = serve or self._served
        self._opt_in = opt_in
        self._disk = disk
        self._memory = Memory(self._work_dir / "availability.json")
        sweep(self._work_dir / "running")
        sweep_scratch()

    def backends(self) -> tuple[BackendInfo, ...]:
        """Every backend and whether it works here; the first call of a day starts each of them once, which may take some seconds."""
        with ExitStack() as stack:
            try:
                image = stack.enter_context(self._serve())
            except BackendUnavailable as error:
                missing = Availability(False, error.message, error.hint, now().isoformat())
                return tuple(_info(name, backend, missing) for name, backend in self._backends.items())
            locked = False
            found: list[BackendInfo] = []
            for name, backend in self._backends.items():
                state = self._known(name, backend, image)
                if state is None and is_slow(backend):
                    state = _not_tried(name)
                if state is None and not locked:
                    try:
                        stack.enter_context(self._alone())
                        locked = True
                    except ProbeBusy:
                        state = _BUSY
                found.append(_info(name, backend, state or self._tried(name, backend, image)))
            return tuple(found)

    def obstacles(self) -> dict[str, Reason]:
        """What keeps backends from working here, as far as it is known without starting anything."""
        try:
            with self._serve() as image:
                states = {name: self._known(name, backend, image) for name, backend in self._backends.items()}
        except BackendUnavailable as error:
            return dict.fromkeys(self._backends, Reason(error.message, error.hint))
        return {name: Reason(state.reason, state.remedy) for name, state in states.items() if state is not None and not state.ok}

    def here(self) -> HereReport:
        """What this machine is and what runs on it, read and not measured; nothing is started."""
        known, tried = None, False
        backend = self._backends.get("qemu_kvm")
        if backend is not None:
            with suppress(BackendUnavailable), self._serve() as image:
                known, tried = self._known("qemu_kvm", backend, image), self._obstacle("qemu_kvm", backend, image) is None
        return report(known, tried=tried)

    def metrics(self) -> tuple[MetricInfo, ...]:
        """Those of the full set first, for they tell most."""
        order = {name: number for number, name in enumerate(FULL_SET)}
        names = sorted(self._metrics, key=lambda name: order.get(name, len(order)))
        return tuple(MetricInfo(name, self._metrics[name].LABEL, self._metrics[name].UNIT) for name in names)

    def run(
        self,
        metric: str,
        *,
        backends: Sequence[str] | None = None,
        runs: int | None = None,
        emit: Emit | None = None,
        cancelled: Cancelled | None = None,
        budget_s: float | None = None,
    ) -> tuple[Measurement, ...]:
        """Measure `metric` with each backend that works here, or with those named; `emit` hears a `ProbeEvent` at every step.

        A backend that came up and then failed gives a measurement without samples and with its reason among the caveats.

        `budget_s` is the longest time it may take, by default a minute, longer where `runs` asks for many; what was sampled until then is kept.

        :raises NotFound: no such metric or backend. :raises BadInput: `runs` out of range, or no backend named.
        :raises BackendUnavailable: a named backend does not work here, or none does. :raises ProbeBusy: one runs already.
        :raises ProbeCancelled: nothing of the run is kept then. :raises ProbeError: every try failed.
        """
        member = _named(metric, self._metrics, ("指标", "metric"))
        chosen = _of_kinds(self._chosen(backends), metric, member, asked=backends is not None)
        if runs is not None and not 1 <= runs <= MOST_RUNS:
            raise BadInput((f"次数 {runs} 不在 1–{MOST_RUNS} 之间。", f"{runs} runs is not within 1–{MOST_RUNS}."))
        progress = Progress(metric, member.UNIT, emit)
        with self._alone(), self._serve() as image, self._unchanged_host(image):
            usable, unusable = self._sorted(chosen, image, progress, cancelled, asked=backends is not None)
            busy_before = busy()
            series = [Series(name, backend, _runs(member, backend, runs)) for name, backend in usable.items()]
            slowest = max((getattr(backend, "SLOW", 0.0) for backend in usable.values()), default=0.0)
            deadline = time.monotonic() + max(budget_s or (_BUDGET_ASKED_S if runs else _BUDGET_S), slowest)
            spent = collect(Part.of(metric, member, series, emit), image, cancelled, deadline)
            kernel = _kernel_caveat(image)
        if not any(one.samples for one in series):
            raise _nothing(series)
        run = _Run(metric, member, uuid.uuid4().hex, now().isoformat(), busy_before or busy(), spent, kernel, unusable)
        progress.done()
        return tuple(run.measurement(one) for one in series)

    def run_set(
        self,
        metrics: Sequence[str] = FULL_SET,
        *,
        backends: Sequence[str] | None = None,
        emit: Emit | None = None,
        cancelled: Cancelled | None = None,
    ) -> tuple[Measurement, ...]:
        """Measure several metrics at once, each with the fewest samples that can be valid; those that only look share one start.

        A smoke run that was just made serves as warm-up; else a first start of each backend does, looked at only for what does not go
        by the clock. A metric that gave nothing is left out.
        :raises ProbeError: as `run`.
        """
        members = {name: _named(name, self._metrics, ("指标", "metric")) for name in metrics}
        chosen = self._chosen(backends)
        run_id = uuid.uuid4().hex
        with self._alone(), self._serve() as image, self._unchanged_host(image):
            smoked: set[str] = set()
            usable, unusable = self._sorted(chosen, image, Progress("set", "", emit), cancelled, asked=backends is not None, smoked=smoked)
            busy_before = busy()
            deadline = time.monotonic() + _BUDGET_S
            parts = {name: Part.of(name, member, _fewest(name, member, usable), emit) for name, member in members.items()}
            spent = collect_together(tuple(parts.values()), usable, image, cancelled, deadline, smoked)
            kernel = _kernel_caveat(image)
        was_busy, measured_at = busy_before or busy(), now().isoformat()
        found: list[Measurement] = []
        for name, part in parts.items():
            run = _Run(name, part.metric, run_id, measured_at, was_busy, spent, kernel, unusable)
            if any(one.samples for one in part.series):
                found += [run.measurement(one) for one in part.series]
            part.progress.done()
        if not found:
            raise _nothing([one for part in parts.values() for one in part.series])
        return tuple(found)

    def _chosen(self, names: Sequence[str] | None) -> dict[str, Backend]:
        if names is None:
            return {name: backend for name, backend in self._backends.items() if not is_slow(backend)}
        if not names:
            raise BadInput(
                ("没有指定后端。", "No backend is named."),
                (f"可用的有：{'、'.join(self._backends)}。", f"Known: {', '.join(self._backends)}."),
            )
        return {name: _named(name, self._backends, ("后端", "backend")) for name in names}

    def _sorted(
        self,
        chosen: Mapping[str, Backend],
        image: Image,
        progress: Progress,
        cancelled: Cancelled | None,
        *,
        asked: bool,
        smoked: set[str] | None = None,
    ) -> tuple[dict[str, Backend], dict[str, BackendInfo]]:
        """Backends that work and those that do not. One that was `asked` for by name is tried again if it is remembered as broken.

        Those that came up for it just now are added to `smoked`.
        """
        usable: dict[str, Backend] = {}
        unusable: dict[str, BackendInfo] = {}
        absent: set[str] = set()  # one of several ways to start a container that is just not here: no caveat of those that are
        for name, backend in chosen.items():
            state = self._known(name, backend, image)
            if state is None or (asked and not state.ok and self._obstacle(name, backend, image) is None):
                progress.checking(name)
                state = self._tried(name, backend, image, cancelled)
                if state.ok and smoked is not None:
                    smoked.add(name)
            if state.ok:
                usable[name] = backend
                continue
            unusable[name] = _info(name, backend, state)
            if backend.CONCEPT != "virtual_machine" and self._obstacle(name, backend, image) is not None:
                absent.add(name)
            progress.unavailable(name, state.reason)
            if asked:
                raise BackendUnavailable((f"{name} 不可用：{state.reason[0]}", f"{name} is unavailable: {state.reason[1]}"), state.remedy)
        if not usable:
            zh = "；".join(f"{name}：{info.availability.reason[0]}" for name, info in unusable.items())
            en = "; ".join(f"{name}: {info.availability.reason[1]}" for name, info in unusable.items())
            remedies = [info.availability.remedy for info in unusable.values()]
            raise BackendUnavailable((f"无法实测：{zh}", f"Nothing can be measured: {en}"), remedies[0] if remedies else ("", ""))
        return usable, {name: info for name, info in unusable.items() if name not in absent}

    def _known(self, name: str, backend: Backend, image: Image) -> Availability | None:
        """What can be told without starting anything; `None` where only a start can tell."""
        reason = self._obstacle(name, backend, image)
        return stated(reason) if reason is not None else self._memory.recall(name, image)

    def _obstacle(self, name: str, backend: Backend, image: Image) -> Reason | None:
        if backend.OPT_IN and name not in self._opt_in:
            return _not_opted_in(name)
        return obstacle(backend, image)

    def _tried(self, name: str, backend: Backend, image: Image, cancelled: Cancelled | None = None) -> Availability:
        state = stated(smoke(backend, image, cancelled))
        self._memory.keep(name, image, state)
        return state

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """One measurement at a time on this work folder, also between processes."""
        try:
            self._work_dir.mkdir(parents=True, exist_ok=True)
            lock = (self._work_dir / "lock").open("w")
        except OSError as error:
            raise ProbeError(
                (f"无法写入 {self._work_dir}：{error}", f"{self._work_dir} cannot be written: {error}"),
                ("请检查该目录的权限。", "Check the permissions of that folder."),
            ) from error
        with lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise ProbeBusy(
                    ("正在进行另一次测量。", "Another measurement is running."),
                    ("等它结束（通常不到一分钟）后再试。", "Try again when it has ended, usually within a minute."),
                ) from error
            yield

    @contextmanager
    def _unchanged_host(self, image: Image) -> Iterator[None]:
        """:raises ProbeBusy: too little memory to begin. :raises ProbeError: the host is not as it was before; nothing is measured
        from then on until a person has looked and removed the note of it.
        """
        note = self._work_dir / "halted"
        if note.exists():
            raise BackendUnavailable(
                (
                    f"上次测量之后宿主机与之前不同，已停用实测：{read(note, '?')}",
                    f"Measuring is off since a run changed the host: {read(note, '?')}",
                ),
                (f"确认宿主机正常后删除 {note}。", f"Make sure that the host is well, then remove {note}."),
            )
        if free_memory() < _NEEDED_MEMORY:
            raise ProbeBusy(
                ("可用内存不足 512 MiB。", "Less than 512 MiB of memory is free."),
                ("关闭一些程序后再试。", "Close some programs first."),
            )
        before = HostState.now()
        try:
            yield
        finally:
            try:
                check_host(before, (image.scratch, image.rootfs))
            except HostChanged as error:
                note.write_text(" / ".join(error.message), encoding="utf-8")
                raise

    @contextmanager
    def _served(self) -> Iterator[Image]:
        # Here and not above: `python -m kb.probe.guest_kernel` imports this package first and would then run that module twice.
        from kb.probe.guest_kernel import find

        kernel, problem = None, None
        try:
            kernel = find(self._guest_kernel, self._kernel_dir)
            if kernel is None:
                problem = _no_kernel(self._kernel_dir)
        except BadInput as error:
            problem = Reason(error.message, error.hint)
        rootfs, initramfs = build(self._work_dir)
        inside = unpacked(kernel, self._work_dir) if kernel is not None else None
        with served(rootfs, initramfs, self._work_dir / "running", kernel=kernel, kernel_problem=problem, unpacked_kernel=inside) as image:
            yield replace(image, disk=self._disk)


@dataclass(frozen=True, slots=True)
class _Run:
    """What all measurements of one run have in common."""

    metric: str
    member: Metric
    id: str
    measured_at: str
    busy: bool
    out_of_time: bool
    kernel: str | None
    unusable: Mapping[str, BackendInfo]

    def measurement(self, one: Series) -> Measurement:
        return Measurement(
            id=uuid.uuid4().hex,
            run_id=self.id,
            concept=one.backend.CONCEPT,
            metric=self.metric,
            unit=self.member.UNIT,
            samples=tuple(one.samples),
            backend=one.name,
            host=fingerprint(),
            command=one.command,
            measured_at=self.measured_at,
            failures=one.failures,
            warmup=self.member.PLAN.warmup,
            cpu_seconds=tuple(one.cpu_seconds),
            signs=one.signs,
            caveats=tuple(self._caveats(one)),
            valid=self._valid(one),
            fresh_until=self._fresh_until(),
        )

    def _fresh_until(self) -> str | None:
        days = self.member.PLAN.days
        return (datetime.fromisoformat(self.measured_at) + timedelta(days=days)).isoformat() if days is not None else None

    def _caveats(self, one: Series) -> Iterator[str]:
        """Last what went wrong, which is the reason where there is no sample."""
        yield from one.backend.CAVEATS
        yield from getattr(one.backend, "conditions", tuple)()
        if self.kernel and one.backend.CONCEPT == "virtual_machine" and not is_slow(one.backend):  # which brings a kernel of its own
            yield self.kernel
        yield from one.caveats
        if self.busy and _spoilt_by_others(self.member.PLAN):
            yield "测量时机器繁忙，数值仅供参考 / the machine was busy; figures are a rough guide only"
        for info in self.unusable.values():
            if info.concept == one.backend.CONCEPT:
                zh, en = info.availability.reason
                yield _caveat(f"{info.label[0]}未测：{zh}", f"{info.label[1]} not measured: {en}")
        if self.out_of_time and len(one.samples) < one.total:
            yield "到时间上限，次数少于计划 / stopped at the time limit, fewer runs than planned"
        if one.problem is not None:
            zh, en = one.problem.message
            yield _caveat(f"失败 {one.failures} 次，最后一次：{zh}", f"{one.failures} failed, the last one: {en}")

    def _valid(self, one: Series) -> bool:
        plan = self.member.PLAN
        least = plan.least_vm if one.backend.CONCEPT == "virtual_machine" else plan.least
        if one.failures > _FAILED_SHARE * (one.failures + len(one.samples)) or (self.busy and _spoilt_by_others(plan)):
            return False
        return steady(one.samples, least=least, spread=plan.spread)


def _spoilt_by_others(plan: Plan) -> bool:
    return plan.clocked and plan.spread is not None


def _caveat(zh: str, en: str) -> str:
    """Both halves with the mark that parts them; what a console printed may hold the same mark."""
    return f"{zh.replace(' / ', '/')} / {en.replace(' / ', '/')}"


def _runs(metric: Metric, backend: Backend, asked: int | None) -> int:
    if asked is not None:
        return asked
    return metric.PLAN.runs_vm if backend.CONCEPT == "virtual_machine" else metric.PLAN.runs


def _fewest(name: str, metric: Metric, usable: Mapping[str, Backend]) -> list[Series]:
    plan = metric.PLAN
    return [
        Series(backend_name, backend, plan.least_vm if backend.CONCEPT == "virtual_machine" else plan.least)
        for backend_name, backend in usable.items()
        if _may_ask(backend, name, metric)
    ]


def _not_opted_in(name: str) -> Reason:
    return Reason(
        (f"{name} 以本用户的权限工作，默认不使用。", f"{name} works with this user's own rights and is not used by default."),
        (f"如果愿意，请设置 KB_PROBE_OPT_IN={name}。", f"If you want it, set KB_PROBE_OPT_IN={name}."),
    )


def _no_kernel(kernel_dir: Path) -> Reason:
    return Reason(
        ("没有可读的虚拟机内核。", "There is no readable guest kernel."),
        (
            f"运行 python -m kb.probe.guest_kernel {kernel_dir}，或用 KB_GUEST_KERNEL 指定 vmlinuz。",
            f"Run python -m kb.probe.guest_kernel {kernel_dir}, or name a vmlinuz in KB_GUEST_KERNEL.",
        ),
    )


def _kernel_caveat(image: Image) -> str | None:
    from kb.probe.guest_kernel import release

    name = (release(image.kernel) if image.kernel is not None else None) or "?"
    if image.kernel is None:
        return None
    if image.unpacked_kernel is None:
        return _caveat(f"虚拟机内核 {name}", f"guest kernel {name}")
    size = f"{image.unpacked_kernel.stat().st_size / 2**20:.0f} MiB"
    return _caveat(
        f"虚拟机内核 {name}，事先解压（{size}，QEMU 把这个文件映射进内存）",
        f"guest kernel {name}, unpacked beforehand ({size}, a file that QEMU maps into its memory)",
    )


def _nothing(series: Sequence[Series]) -> ProbeError:
    problems = [(one.name, one.problem) for one in series if one.problem is not None]
    zh = "；".join(f"{name}：{error.message[0]}" for name, error in problems)
    en = "; ".join(f"{name}: {error.message[1]}" for name, error in problems)
    hint = problems[0][1].hint if problems else ("", "")
    return ProbeError((f"没有测到任何数值：{zh}", f"Nothing was measured: {en}"), hint)


def _named(name: str, members: Mapping[str, _Member], kind: tuple[str, str]) -> _Member:
    if name not in members:
        raise NotFound(
            (f"没有名为“{name}”的{kind[0]}。", f"There is no {kind[1]} {name!r}."),
            (f"可用的有：{'、'.join(members)}。", f"Known: {', '.join(members)}."),
        )
    return members[name]


def _may_ask(backend: Backend, name: str, metric: Metric) -> bool:
    only = getattr(backend, "ONLY", None)
    return backend.CONCEPT in metric.PLAN.kinds and (only is None or name in only)


def _not_tried(name: str) -> Availability:
    return Availability(
        False,
        ("还没有试过：启动一次要几十秒。", "Not tried yet: one start takes tens of seconds."),
        (f"运行：kb probe run start_time --backend {name} --runs 3", f"Run: kb probe run start_time --backend {name} --runs 3"),
    )


def _of_kinds(chosen: dict[str, Backend], name: str, metric: Metric, *, asked: bool) -> dict[str, Backend]:
    """Those that the metric can be asked of. :raises BadInput: one was named that it cannot."""
    other = [backend.LABEL for backend in chosen.values() if not _may_ask(backend, name, metric)]
    if other and asked:
        raise BadInput(
            (f"“{metric.LABEL[0]}”不适用于“{other[0][0]}”。", f"{metric.LABEL[1].capitalize()}: not asked of the {other[0][1]}."),
            ("请选择别的后端。", "Choose another backend."),
        )
    return {own: backend for own, backend in chosen.items() if _may_ask(backend, name, metric)}


def _info(name: str, backend: Backend, state: Availability) -> BackendInfo:
    return BackendInfo(name, backend.LABEL, backend.CONCEPT, state)
