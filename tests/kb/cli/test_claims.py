"""The command `kb claims`."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from typer.testing import CliRunner, Result

from kb.app import KnowledgeBase
from kb.cli import app
from kb.errors import BadInput, NotFound
from kb.probe.host import fingerprint
from kb.records import Measurement

TEXT = "容器比虚拟机启动更快。虚拟机启动需要数分钟。虚拟机的隔离性比容器更强。"
Run = Callable[..., Result]


@pytest.fixture
def run(empty_base: KnowledgeBase) -> Run:
    """`kb claims` on a knowledge base of one article and one run of this host."""
    from ingest.pipeline import Tools, ingest_text

    base = empty_base
    ingest_text("启动", TEXT, base.store, Tools(base.lexicon, base.tokenizer, base.domain), max_bytes=1000)
    ingest_text("别的", "容器共享宿主机的内核。", base.store, Tools(base.lexicon, base.tokenizer, base.domain), max_bytes=1000)
    now = datetime.now(UTC).isoformat(timespec="seconds")
    base.store.add_measurements(
        Measurement(backend, "here", concept, "start_time", "ms", samples, backend, fingerprint(), (backend,), now)
        for backend, concept, samples in (("bubblewrap", "container", (4.0, 5.0)), ("qemu_tcg", "virtual_machine", (2100.0, 2134.0)))
    )

    def call(*arguments: str) -> Result:
        return CliRunner().invoke(app, ["--db", str(base.settings.db), "claims", *arguments])

    return call


def test_groups_with_verdict_quote_place_and_figures(run: Run) -> None:
    done = run()
    assert done.exit_code == 0
    assert "容器比虚拟机启动更快\n  证实：" in done.stdout
    assert "「容器比虚拟机启动更快」" in done.stdout
    assert "bubblewrap 容器：中位数 4.5 ms（n=2，4–5 ms）" in done.stdout
    assert "证实 1" in done.stderr


def test_disagree_leaves_what_is_borne_out_and_what_is_not_tested(run: Run) -> None:
    out = run("--disagree").stdout
    assert "部分：" in out and "数分钟" in out
    assert "证实" not in out and "未测" not in out and "不可测" not in out


def test_json_of_one_verdict(run: Run) -> None:
    found = json.loads(run("--verdict", "本机不可测", "--json").stdout)
    assert [row["test"] for row in found["rulings"]] == ["isolation_strength"]
    assert found["counts"]["untestable"] == 1


def test_an_article_by_its_title(run: Run) -> None:
    found = json.loads(run("--article", "别的", "--json").stdout)
    assert [row["test"] for row in found["rulings"]] == ["container_shares_kernel"]


@pytest.mark.parametrize(("arguments", "error"), [(("--verdict", "rumour"), BadInput), (("--article", "nothing"), NotFound)])
def test_what_is_not_there_is_an_error_of_ours(run: Run, arguments: tuple[str, ...], error: type[Exception]) -> None:
    assert isinstance(run(*arguments).exception, error)
