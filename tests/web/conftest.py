"""A small knowledge base of its own for each test, with a prober that starts nothing."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from ingest.pipeline import Tools, ingest_text
from kb.app import KnowledgeBase
from kb.config import Settings
from kb.errors import ProbeCancelled
from kb.probe import Availability, BackendInfo, MetricInfo
from kb.probe.here import HereReport, report
from kb.probe.ports import Reason
from kb.records import HostFingerprint, Measurement, Sign
from web import articles, create_app

TITLE = "容器与虚拟机"
TEXT = """容器是一种轻量级的虚拟化技术。容器共享宿主机的内核，虚拟机拥有自己的内核。
容器比虚拟机启动更快。虚拟机启动需要数分钟，容器启动只需要几毫秒。
虚拟机的隔离性比容器更强。Hypervisor 是创建和管理虚拟机的软件。
Docker 使用容器打包应用程序。<script>alert(1)</script>也只是文字。
"""
HOST = HostFingerprint("host0001", (("cpu", "test"), ("kernel", "6.1")))


def measurement(
    run: str = "run1", backend: str = "bubblewrap", concept: str = "container", samples: tuple[float, ...] = (6.5, 5.5, 8.0)
) -> Measurement:
    return Measurement(
        id=f"{run}-{backend}",
        run_id=run,
        concept=concept,
        metric="start_time",
        unit="ms",
        samples=samples,
        backend=backend,
        host=HOST,
        command=("bwrap", "/bin/sh"),
        measured_at="2026-11-24T10:00:00+00:00",
        caveats=("最小环境 / smallest userland",),
        signs=(Sign("kernel_release", "6.1", "6.1", True),),
    )


class FakeProber:
    """Measures by waiting for `go`; tells two steps, and listens to a cancellation between them."""

    def __init__(self) -> None:
        self.go = threading.Event()
        self.go.set()

    def backends(self) -> tuple[BackendInfo, ...]:
        broken = Availability(False, ("没有输出。", "No output."), ("改用 qemu_tcg。", "Use qemu_tcg."))
        return (
            BackendInfo("bubblewrap", ("bubblewrap 容器", "bubblewrap container"), "container", Availability(True)),
            BackendInfo("qemu_kvm", ("KVM 虚拟机", "KVM machine"), "virtual_machine", broken),
        )

    def obstacles(self) -> dict[str, Reason]:
        return {"qemu_kvm": Reason(("没有输出。", "No output."), ("改用 qemu_tcg。", "Use qemu_tcg."))}

    def here(self) -> HereReport:
        return report(None)

    def metrics(self) -> tuple[MetricInfo, ...]:
        return (MetricInfo("start_time", ("启动时间", "start time"), "ms"),)

    def run(self, metric, *, backends=None, runs=None, emit=None, cancelled=None, budget_s=None):  # type: ignore[no-untyped-def]
        emit({"zh": "检查", "en": "checking"})
        assert self.go.wait(10)
        if cancelled():
            raise ProbeCancelled(("已取消。", "Cancelled."))
        emit({"zh": "第 1/1 次", "en": "1/1"})
        return (measurement("live", "bubblewrap"),)

    def run_set(self, *, backends=None, emit=None, cancelled=None):  # type: ignore[no-untyped-def]
        size = replace(measurement("set"), id="set-size", metric="footprint", unit="MiB", samples=(1.9,), signs=())
        return (measurement("set"), size)


def opened(folder: Path) -> KnowledgeBase:
    base = KnowledgeBase.open(Settings(db=folder / "kb.db", host="127.0.0.1", max_upload_bytes=100_000, probe_when_busy=True))
    base.__dict__["prober"] = FakeProber()
    ingest_text(TITLE, TEXT, base.store, Tools(base.lexicon, base.tokenizer, base.domain), max_bytes=100_000)
    base.refresh()
    return base


def client_of(base: KnowledgeBase) -> FlaskClient:
    app = create_app(base)
    app.testing = False  # failures become answers, as for a visitor
    return app.test_client(use_cookies=False)


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """However slow this machine is, an upload is answered when it has been read."""
    monkeypatch.setattr(articles, "_PATIENCE_S", 60.0)


@pytest.fixture(scope="session")
def shared_base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KnowledgeBase]:
    """For tests that only look: opening one takes half a second."""
    base = opened(tmp_path_factory.mktemp("shared"))
    yield base
    base.close()


@pytest.fixture(scope="session")
def reader(shared_base: KnowledgeBase) -> FlaskClient:
    return client_of(shared_base)


@pytest.fixture
def base(tmp_path: Path) -> Iterator[KnowledgeBase]:
    """For tests that change something."""
    base = opened(tmp_path)
    yield base
    base.close()


@pytest.fixture
def prober(base: KnowledgeBase) -> FakeProber:
    found: FakeProber = base.__dict__["prober"]
    return found


@pytest.fixture
def recorded(base: KnowledgeBase) -> tuple[Measurement, ...]:
    """A container and a virtual machine of one run, stored."""
    both = (measurement(), measurement(backend="qemu_tcg", concept="virtual_machine", samples=(2000.0, 2100.0, 2500.0)))
    base.store.add_measurements(both)
    return both


@pytest.fixture
def client(base: KnowledgeBase) -> FlaskClient:
    return client_of(base)


@pytest.fixture
def article_id(base: KnowledgeBase) -> str:
    return base.store.articles()[0].id
