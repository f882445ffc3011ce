"""A backend and a metric that follow a script, and an image that is started by nobody."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kb.errors import ProbeError, ProbeTimeout
from kb.probe import Prober
from kb.probe.ports import Image, Limits, Payload, Plan, Reason, Sample
from kb.records import HostFingerprint, Measurement, Sign

HOST = HostFingerprint("env1", (("cpu", "Test CPU"), ("cpus", "2"), ("kernel", "6.18"), ("virtualization", "none")))


class FakeInstance:
    command = ("fake", "start")
    pids = (1,)
    output = "what the console said"

    def __init__(self, outcome: float | Exception) -> None:
        self._outcome = outcome

    def until(self, word: str, cancelled: Callable[[], bool] | None = None) -> tuple[float, str]:
        if isinstance(self._outcome, Exception):
            raise self._outcome
        return self._outcome, ""

    def ended(self, cancelled: Callable[[], bool] | None = None) -> float | None:
        return 0.25


class FakeBackend:
    """Each start takes the next outcome of `script`: seconds to READY, or what is raised. `log` sees every start of every backend."""

    OPT_IN = False
    CAVEATS = ("假的 / fake",)
    LIMITS = Limits(ready_s=5, exit_s=1, address_space=2**29)

    def __init__(self, name: str, log: list[str], script: list[float | Exception] | None = None, *, concept: str = "container") -> None:
        self.CONCEPT = concept
        self.LABEL = (f"{name} 假后端", f"fake {name}")
        self.name, self.log, self.script = name, log, script or []
        self.obstacle: Reason | None = None
        self.open = 0

    def unavailable(self, image: Image) -> Reason | None:
        return self.obstacle

    def refused(self, output: str) -> Reason:
        return Reason((f"没有启动：{output}", f"did not start: {output}"), ("修好它。", "Mend it."))

    @contextmanager
    def start(self, payload: Payload, limits: Limits) -> Iterator[FakeInstance]:
        self.log.append(self.name)
        self.open += 1
        try:
            yield FakeInstance(self.script.pop(0) if self.script else 0.001)
        finally:
            self.open -= 1


class FakeMetric:
    LABEL = ("时间", "time")
    MEANING = ("怎样测的", "how it was measured")
    UNIT = "ms"

    def __init__(self, plan: Plan) -> None:
        self.PLAN = plan

    def sample(self, backend: FakeBackend, image: Image, cancelled: Callable[[], bool] | None) -> Sample:
        with backend.start(Payload("ready", image), backend.LIMITS) as instance:
            seconds, _ = instance.until("READY", cancelled)
        return Sample(seconds * 1000, instance.command, instance.ended())


class Lab:
    """A prober over fakes; `prober()` can be asked again to see what a second process would see."""

    def __init__(self, folder: Path, plan: Plan) -> None:
        self.folder, self.log = folder, []
        self.metrics = {"time": FakeMetric(plan)}
        self.backends: dict[str, FakeBackend] = {}
        self.initramfs = folder / "initramfs.gz"
        self.initramfs.write_bytes(b"image")
        self.serve_error: Exception | None = None

    def add(
        self, name: str, script: list[float | Exception] | None = None, *, concept: str = "container", smoke: bool = True
    ) -> FakeBackend:
        """`smoke` puts the outcome of the first start, the smoke run, before the script."""
        self.backends[name] = FakeBackend(name, self.log, [0.001, *(script or [])] if smoke else script, concept=concept)
        return self.backends[name]

    @contextmanager
    def serve(self) -> Iterator[Image]:
        if self.serve_error is not None:
            raise self.serve_error
        yield Image(self.folder, self.initramfs, self.folder, self.folder / "running")

    def prober(self, opt_in: frozenset[str] = frozenset()) -> Prober:
        return Prober(
            self.folder / "work", None, self.folder, backends=self.backends, metrics=self.metrics, serve=self.serve, opt_in=opt_in
        )


@pytest.fixture
def lab(tmp_path: Path) -> Lab:
    return Lab(tmp_path, Plan(runs=4, runs_vm=2, warmup=1, least=3, least_vm=2, spread=0.5))


@pytest.fixture
def late() -> ProbeTimeout:
    return ProbeTimeout(("没有等到。", "It did not come."))


@pytest.fixture
def broken() -> ProbeError:
    return ProbeError(("坏了。", "It broke."))


@pytest.fixture
def image(tmp_path: Path) -> Image:
    """For programs that need nothing but to be started."""
    return Image(tmp_path, tmp_path / "none", tmp_path, tmp_path / "running")


@pytest.fixture
def measured() -> Callable[..., Measurement]:
    def make(backend: str, concept: str, samples: tuple[float, ...], **changes: object) -> Measurement:
        values: dict[str, object] = {
            "id": f"{backend}-1",
            "run_id": "run1",
            "concept": concept,
            "metric": "start_time",
            "unit": "ms",
            "samples": samples,
            "backend": backend,
            "host": HOST,
            "command": (backend,),
            "measured_at": "2026-03-05T07:08:09+00:00",
            **changes,
        }
        return Measurement(**values)  # type: ignore[arg-type]

    return make


@pytest.fixture
def signs() -> Callable[[bool], tuple[Sign, ...]]:
    def make(same: bool) -> tuple[Sign, ...]:
        inside = "6.18" if same else "6.1"
        return (
            Sign("kernel_release", "6.18", inside, same),
            Sign("boot_id", "aaaa", "aaaa" if same else "bbbb", same),
            Sign("uptime", "100.00–101.00 s", "100.50 s" if same else "1.20 s", same),
            Sign("process_visible", "pid 42" if same else "—", "pid 1", same),
        )

    return make
