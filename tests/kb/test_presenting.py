from __future__ import annotations

import json
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from kb import presenting
from kb.domain import load_domain
from kb.qa.wording import because, worded
from kb.records import (
    Answer,
    Article,
    Candidate,
    Cell,
    Claim,
    Comparison,
    Disagreement,
    Evidence,
    Explanation,
    Fact,
    GraphPath,
    HostFingerprint,
    Measurement,
    PathStep,
    Quantity,
    Question,
    SaveReport,
    Sentence,
    Sign,
    Sought,
    Table,
    TableRow,
    Twin,
)

TEXT = "容器共享宿主机的内核。虚拟机启动需要数分钟。"


class Store:
    def sentence(self, sentence_id: str) -> Sentence | None:
        return Sentence("a#0", "a", (0, 11), TEXT[:11]) if sentence_id == "a#0" else None

    def quote(self, sentence_id: str, span: tuple[int, int]) -> str:
        return TEXT[span[0] : span[1]] if sentence_id.startswith("a#") else ""


class Base:
    """What `presenting` asks of a knowledge base: names, the vocabulary, quotes."""

    store = Store()
    domain = load_domain(Path(__file__).parents[2] / "corpus" / "domain")

    def name(self, concept: str, language: str = "zh") -> str:
        return {"container": "容器", "host_kernel": "宿主机内核", "virtual_machine": "虚拟机"}.get(concept, concept)


BASE = Base()
QUESTION = Question("容器和内核？", "容器和内核？", "relation", ("container", "host_kernel"))
EVIDENCE = Evidence(1, "a#0", "a", "标题", (0, 11), TEXT[:11], TEXT[:11])
MEASUREMENT = Measurement(
    id="m1",
    run_id="r1",
    concept="container",
    metric="start_time",
    unit="ms",
    samples=(4.0, 1.0, 3.0, 2.0),
    backend="bubblewrap",
    host=HostFingerprint("h1", (("cpu", "X"),)),
    command=("bwrap", "sh"),
    measured_at="2026-11-24T10:00:00+00:00",
    failures=1,
    signs=(Sign("boot_id", "x", "x", True),),
    caveats=("小 / small",),
)


def test_an_answer_has_the_published_fields() -> None:
    step = PathStep("container", "shares", "host_kernel", True, ("a#0",), (1,))
    table = Table(("容器",), (TableRow("启动", (Cell("1 ms", "measured", (), "m1"),), "快"),))
    answer = Answer(
        QUESTION,
        "answered",
        "共享[1]。",
        "yes",
        table,
        (GraphPath(("container", "host_kernel"), (step,)),),
        (EVIDENCE,),
        (MEASUREMENT,),
        explain=Explanation(
            (Sought("container", 1.23456),),
            (
                Candidate("a#0", "a", (0, 11), EVIDENCE.text, 1.5, 0.75, 1),
                Candidate("a#1", "a", (11, 14), "别的。", 0.5, 0.25, None, because("same")),
            ),
            (because("best", covered=0.25),),
        ),
    )
    row = presenting.answer_json(answer, BASE, id="q1")  # type: ignore[arg-type]
    assert row == {
        "id": "q1",
        "question": "容器和内核？",
        "kind": "relation",
        "status": "answered",
        "abstained": False,
        "answer": "共享[1]。",
        "verdict": "yes",
        "concepts": ["容器", "宿主机内核"],
        "evidence": [
            {
                "n": 1,
                "quote": "容器共享宿主机的内核。",
                "article": "a",
                "start": 0,
                "end": 11,
                "text": "容器共享宿主机的内核。",
                "title": "标题",
            }
        ],
        "table": {
            "columns": ["容器"],
            "rows": [
                {"aspect": "启动", "verdict": "快", "cells": [{"text": "1 ms", "kind": "measured", "citations": [], "measurement": "m1"}]}
            ],
        },
        "paths": [presenting.path_json(answer.paths[0], BASE)],  # type: ignore[arg-type]
        "measurements": [presenting.measurement_json(MEASUREMENT)],
        "disagreements": [],
        "nearby": [],
        "probes": [],
        "not_measured": None,
    }
    assert json.loads(json.dumps(row)) == row
    found = presenting.answer_json(answer, BASE, explain=True)["explain"]  # type: ignore[arg-type]
    assert json.loads(json.dumps(found)) == found
    same = {"key": "same", "values": {}, "zh": worded(because("same"), "zh"), "en": worded(because("same"), "en")}
    assert found["sought"] == [{"term": "容器", "weight": 1.235, "missing": False}]
    assert [(row["n"], row["score"], row["coverage"], row["start"], row["end"], row["why"]) for row in found["candidates"]] == [
        (1, 1.5, 0.75, 0, 11, None),
        (None, 0.5, 0.25, 11, 14, same),
    ]
    assert [(reason["key"], reason["values"]) for reason in found["reasons"]] == [("best", {"covered": 0.25})]


@pytest.mark.parametrize("status", ["no_evidence", "unknown_concept"])
def test_not_answering_is_abstaining(status: str) -> None:
    row = presenting.answer_json(Answer(QUESTION, status, "不知道。"), BASE)  # type: ignore[arg-type]
    assert row["abstained"] is True and row["status"] == status and row["table"] is None


def test_a_path_is_drawn_in_the_direction_of_its_claims() -> None:
    steps = (PathStep("container", "shares", "host_kernel", True, ("a#0",)), PathStep("virtual_machine", "shares", "host_kernel", False))
    row = presenting.path_json(GraphPath(("container", "host_kernel", "virtual_machine"), steps), BASE)  # type: ignore[arg-type]
    label = BASE.domain.relations["shares"].zh
    assert row["text"] == f"容器 —{label}→ 宿主机内核 ←{label}✗— 虚拟机"
    assert row["steps"][0]["quotes"] == [{"quote": "容器共享宿主机的内核。", "article": "a", "start": 0, "end": 11}]
    assert [step["polarity"] for step in row["steps"]] == ["affirmed", "negated"]


def test_a_measurement_carries_samples_and_summary() -> None:
    row = presenting.measurement_json(MEASUREMENT)
    assert {name: row[name] for name in ("n", "median", "min", "max", "q1", "q3", "iqr")} == {
        "n": 4,
        "median": 2.5,
        "min": 1.0,
        "max": 4.0,
        "q1": 1.75,
        "q3": 3.25,
        "iqr": 1.5,
    }
    assert row["samples"] == [4.0, 1.0, 3.0, 2.0] and row["failures"] == 1 and row["valid"] is True
    assert row["host"] == {"cpu": "X"} and row["env_id"] == "h1" and row["command"] == ["bwrap", "sh"]
    assert row["signs"] == [{"name": "boot_id", "host_value": "x", "inside_value": "x", "same": True}]


def test_too_few_samples_give_no_spread_and_none_gives_no_median() -> None:
    one = presenting.measurement_json(replace(MEASUREMENT, samples=(7.0,)))
    assert (one["median"], one["iqr"]) == (7.0, None)
    none = presenting.measurement_json(replace(MEASUREMENT, samples=()))
    assert (none["n"], none["median"], none["min"]) == (0, None, None)


def test_facts_comparisons_quantities_and_disagreements_are_quoted() -> None:
    said = Claim("a#0", (0, 10), "container", "shares", "host_kernel", hedge="通常")
    fact = presenting.fact_json(Fact("container", "shares", "host_kernel", (said,), ()), BASE)  # type: ignore[arg-type]
    assert fact["said"][0]["quote"] == "容器共享宿主机的内核" and fact["said"][0]["hedge"] == "通常" and fact["denied"] == []
    comparison = presenting.comparison_json(Comparison("a#0", (0, 2), "container", "virtual_machine", "启动速度", "a_more"), BASE)  # type: ignore[arg-type]
    assert (comparison["a"], comparison["b"], comparison["dimension"], comparison["quote"]) == ("容器", "虚拟机", "启动速度", "容器")
    quantity = presenting.quantity_json(Quantity("a#1", (11, 22), "virtual_machine", "自定", "数分钟", 2, 9, "分钟", True), BASE)  # type: ignore[arg-type]
    assert quantity["attribute"] == "自定" and quantity["quote"] == "虚拟机启动需要数分钟。"
    sides = Disagreement("容器 启动", ("container",), None, (("a#0", (0, 2)), ("gone#1", (0, 2))), "denial")
    assert [claim["quote"] for claim in presenting.disagreement_json(sides, BASE)["claims"]] == ["容器", ""]  # type: ignore[arg-type]


def test_the_article_of_a_sentence_may_have_a_hash_in_its_id() -> None:
    assert presenting.article_of("a#b#12") == "a#b"


def test_articles_and_reports() -> None:
    assert presenting.article_json(Article("a", "题", "文", "paste:题", None, "人", "2026-11-24")) == {
        "id": "a",
        "title": "题",
        "origin": "paste:题",
        "licence": None,
        "author": "人",
        "date": "2026-11-24",
        "text": "文",
        "twins": [],
    }
    report = presenting.report_json(SaveReport("a", "题", "added", 1, 2, 3, 4, 5, ("新",), 0, (Twin("b", "另", 0.9, True),)))
    assert report["twins"] == [{"article": "b", "title": "另", "shared": 0.9, "original": True}]
    assert report["article"] == "a" and report["new_concepts"] == ["新"] and "article_id" not in report


@dataclass
class Event:
    stage: str
    zh: str


def test_an_event_is_a_record_a_mapping_or_text() -> None:
    assert presenting.event_json(Event("done", "完成")) == {"stage": "done", "zh": "完成"}
    assert presenting.event_json({"zh": "完成"}) == {"zh": "完成"}
    assert presenting.event_json("完成") == {"text": "完成"}


@dataclass
class State:
    ok: bool
    reason: tuple[str, str] = ("", "")
    remedy: tuple[str, str] = ("", "")


@dataclass
class Backend:
    name: str
    label: tuple[str, str]
    concept: str
    availability: State


def test_a_backend_says_why_it_cannot() -> None:
    good = presenting.backend_json(Backend("bwrap", ("容器", "container"), "container", State(True)))
    assert (good["available"], good["reason"], good["remedy"]) == (True, None, None)
    bad = presenting.backend_json(Backend("kvm", ("虚拟机", "machine"), "virtual_machine", State(False, ("无", "none"), ("装", "install"))))
    assert bad["reason"] == {"zh": "无", "en": "none"} and bad["remedy"] == {"zh": "装", "en": "install"}
