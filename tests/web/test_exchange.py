"""Records of another machine, taken in through the probe page and the REST interface."""

from __future__ import annotations

import io
from typing import Any

import pytest
from flask.testing import FlaskClient

from kb.app import KnowledgeBase
from kb.probe.exchange import dumped
from kb.records import HostFingerprint, Measurement

SAME = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def records() -> str:
    """What a machine called quiet-box exports: one container and one machine of one run."""
    host = HostFingerprint("0123456789abcdef", (("cpu", "other"),))
    made = (
        Measurement("a" * 12 + n, "b" * 12, concept, "start_time", "ms", samples, backend, host, (backend,), "2026-11-20T10:00:00+00:00")
        for n, backend, concept, samples in (
            ("1", "bubblewrap", "container", (3.5, 4.5, 4.0)),
            ("2", "qemu_tcg", "virtual_machine", (1500.0, 1600.0)),
        )
    )
    return dumped(made, "quiet-box")


def sent(client: FlaskClient, text: str | bytes) -> Any:
    data = text.encode() if isinstance(text, str) else text
    return client.post("/probe/measurements", data={"file": (io.BytesIO(data), "mine.jsonl")}, headers=SAME)


def test_records_are_shown_as_the_other_hosts_and_never_as_this_ones(client: FlaskClient, base: KnowledgeBase, records: str) -> None:
    shown = sent(client, records)
    assert shown.status_code == 200 and "导入了 2 组测量。" in shown.text
    shelf = shown.text.partition("主机 quiet-box 测过的")[2]
    assert "4 ms" in shelf and "只供对照" in shelf
    assert base.measure("container", "start_time") is None
    again = sent(client, records)
    assert "导入了 0 组测量。" in again.text and "另有 2 组已经在库里。" in again.text


def test_a_name_for_the_host_can_be_given(client: FlaskClient, records: str) -> None:
    form = {"file": (io.BytesIO(records.encode()), "mine.jsonl"), "name": "lab-7"}
    assert "主机 lab-7 测过的" in client.post("/probe/measurements", data=form, headers=SAME).text


@pytest.mark.parametrize(
    ("spoil", "status", "parts"),
    [
        (lambda text: text.replace('"ms"', '"s"', 1), 400, ("第 2 行的 unit", "没有导入任何内容")),
        (lambda text: text + "{\n", 400, ("第 4 行", "kb probe export")),
        (lambda text: "随便写的", 400, ("第 1 行",)),
        (lambda text: "", 400, ("第 1 行", "文件是空的")),
        (lambda text: text.encode("utf-16"), 415, ("mine.jsonl 不是 UTF-8",)),
        (lambda text: text + " " * 100_000, 413, ("超过 0.1 MB",)),
    ],
)
def test_a_bad_file_is_refused_whole_with_line_and_remedy(
    client: FlaskClient, base: KnowledgeBase, records: str, spoil: Any, status: int, parts: tuple[str, ...]
) -> None:
    answer = sent(client, spoil(records))
    notice = answer.text.partition('role="alert"')[2].partition("</section>")[0]
    assert answer.status_code == status and all(part in notice for part in parts), notice[:500]
    assert base.store.measurements() == ()
    program = client.post("/api/v1/measurements", data=spoil(records), content_type="application/jsonl")
    assert program.status_code == status and program.json["error"] and program.json["hint"]  # type: ignore[index]


def test_no_file_a_bad_name_and_a_foreign_page_are_refused(client: FlaskClient, base: KnowledgeBase, records: str) -> None:
    assert client.post("/probe/measurements", data={"file": (io.BytesIO(b""), "")}, headers=SAME).status_code == 400
    form = {"file": (io.BytesIO(records.encode()), "mine.jsonl"), "name": "../x"}
    assert "不能作主机名" in client.post("/probe/measurements", data=form, headers=SAME).text
    form = {"file": (io.BytesIO(records.encode()), "mine.jsonl")}
    assert client.post("/probe/measurements", data=form, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert base.store.measurements() == ()


def test_the_rest_interface_takes_them_too(client: FlaskClient, base: KnowledgeBase, records: str) -> None:
    first = client.post("/api/v1/measurements?name=lab-7", data=records.encode(), content_type="application/jsonl")
    assert first.status_code == 201 and first.json == {"added": 2, "known": 0}
    form = {"file": (io.BytesIO(records.encode()), "mine.jsonl"), "name": "lab-7"}
    second = client.post("/api/v1/measurements", data=form)
    assert second.status_code == 200 and second.json == {"added": 0, "known": 2}
    assert {m.host.env_id for m in base.store.measurements()} == {"lab-7:0123456789abcdef"}
