"""A real server is killed without a chance to clean up, in the middle of a measurement; nothing of it may go on running."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kb.config import ROOT
from kb.probe import Prober, safety

pytestmark = pytest.mark.slow
_PATIENCE_S = 120.0
# metric by which each backend's payload stays for a while, and the word by which the payload is known
CASES = [
    ("bubblewrap", "signals", "sleep"),
    ("unshare", "signals", "sleep"),
    ("crun", "signals", "sleep"),
    ("qemu_tcg", "start_time", "qemu"),
]


@pytest.fixture
def server(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    environment = {
        **os.environ,
        "KB_DB": str(tmp_path / "kb.db"),
        "KB_MEASURE_AT_START": "0",
        "KB_PROBE_WHEN_BUSY": "1",
        "PYTHONPATH": str(ROOT),
    }
    command = (sys.executable, "-m", "kb", "serve", "--port", "0")
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment, cwd=ROOT) as process:
        assert process.stdout is not None
        try:
            yield process, process.stdout.readline().strip().rstrip("/")
        finally:
            process.kill()


def ask(address: str, body: dict[str, Any] | None = None) -> Any:
    data = json.dumps(body).encode() if body is not None else None
    with urllib.request.urlopen(urllib.request.Request(address, data, {"Content-Type": "application/json"}), timeout=60) as response:
        return json.load(response)


@pytest.mark.parametrize(("backend", "metric", "word"), CASES)
def test_nothing_runs_on_after_a_kill(
    server: tuple[subprocess.Popen[str], str], tmp_path: Path, backend: str, metric: str, word: str
) -> None:
    process, address = server
    known = {row["name"]: row for row in ask(f"{address}/api/v1/probes")["backends"]}
    if not known[backend]["available"]:
        pytest.skip(known[backend]["reason"]["en"])
    job = ask(f"{address}/api/v1/probes/{metric}/runs", {"backends": [backend], "runs": 20})["job"]
    family: dict[int, int | None] = {}
    deadline = time.monotonic() + _PATIENCE_S
    while not any(word in words(pid) for pid in family) and time.monotonic() < deadline:
        family = safety.ticks_of(pid for pid in safety.tree(process.pid) if pid != process.pid)
        time.sleep(0.01)
    assert any(word in words(pid) for pid in family), ask(f"{address}/api/v1/jobs/{job}")
    process.kill()
    process.wait()
    assert safety.gone_after(family, _PATIENCE_S), [words(pid) for pid in family]

    scratch = list(Path("/var/tmp").glob(f"kb-probe-{process.pid}-*"))
    Prober(tmp_path / "probe", None, tmp_path / "guest")  # as the next start of a server does
    assert list((tmp_path / "probe" / "running").glob("*")) == []
    assert not any(folder.exists() for folder in scratch)


def words(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
    except OSError:
        return ""
