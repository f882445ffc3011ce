"""Whatever a person types, uploads or sends, no word of it reaches a command line or the environment of what is started."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import pytest

from ingest.pipeline import Tools, ingest_text
from kb.app import KnowledgeBase
from kb.config import Settings
from kb.probe import Prober
from kb.registry import family
from web import create_app

MARK = "ZqUserText"
HOSTILE = f"$(touch /tmp/{MARK}); `{MARK}` '{MARK}' --{MARK} \n{MARK}"


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    """The words of every command and its environment."""
    seen: list[tuple[str, ...]] = []
    real = subprocess.Popen.__init__

    def watched(self: Any, args: Any, *rest: Any, **options: Any) -> None:
        environment = options.get("env") or {}
        seen.append((*((args,) if isinstance(args, str) else map(str, args)), *(f"{key}={value}" for key, value in environment.items())))
        real(self, args, *rest, **options)

    monkeypatch.setattr(subprocess.Popen, "__init__", watched)
    return seen


@pytest.fixture
def base(tmp_path: Path) -> Any:
    base = KnowledgeBase.open(Settings(db=tmp_path / "kb.db", host="127.0.0.1", probe_when_busy=True, probe_per_minute=99))
    backends: Any = {name: module for name, module in family("kb.probe.backends").items() if name in ("process", "unshare")}
    base.__dict__["prober"] = Prober(tmp_path / "probe", None, tmp_path / "guest", backends=backends)
    yield base
    base.close()


def test_user_text_is_in_no_command(base: KnowledgeBase, started: list[tuple[str, ...]]) -> None:
    ingest_text(
        f"容器 {HOSTILE}",
        f"容器启动需要{HOSTILE}几毫秒。\n容器共享宿主机的内核。",
        base.store,
        Tools(base.lexicon, base.tokenizer, base.domain),
        max_bytes=10**6,
    )
    base.refresh()
    client = create_app(base).test_client()
    asked = client.post("/api/v1/ask", json={"question": f"容器启动要多久？{HOSTILE}", "context": [HOSTILE]}).json
    assert asked is not None and "error" not in asked
    client.post("/api/v1/ask", json={"question": f"现在运行着哪些容器? {HOSTILE}"})
    refused = [
        client.post(f"/api/v1/probes/{MARK};id/runs", json={}),
        client.post("/api/v1/probes/start_time/runs", json={"runs": HOSTILE}),
        client.post("/api/v1/probes/start_time/runs", json={"runs": 10**9}),
    ]
    assert [answer.status_code for answer in refused] == [404, 400, 400]
    bad = client.post("/api/v1/probes/start_time/runs", json={"backends": [HOSTILE]}).json
    good = client.post(
        f"/api/v1/probes/start_time/runs?{MARK}={MARK}", json={"runs": 1, "extra": HOSTILE}, headers={"User-Agent": MARK}
    ).json
    assert bad is not None and good is not None
    states = []
    for job in (bad["job"], good["job"]):
        client.get(f"/api/v1/jobs/{job}/events").get_data()
        states.append(client.get(f"/api/v1/jobs/{job}").json)
    assert states[0]["state"] == "failed" and states[0]["hint"]
    if states[1]["state"] == "failed":
        pytest.skip(states[1]["error"])
    assert any("/probe.sh" in word for words in started for word in words)
    assert [words for words in started if any(MARK in word for word in words)] == []
