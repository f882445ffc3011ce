from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kb.registry import family

Run = Callable[..., Any]


@pytest.mark.parametrize("name", [name.rstrip("_") for name in family("kb.graph.exports")])
def test_every_format_can_be_written(name: str, run: Run, filled_db: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    ran = run("export", "--format", name, "--out", out, db=filled_db)
    assert (ran.status, ran.out) == (0, "") and str(out) in ran.err
    assert "shares" in out.read_text(encoding="utf-8").lower()


def test_json_goes_to_standard_output_by_default(run: Run, filled_db: Path) -> None:
    ran = run("export", db=filled_db)
    assert ran.err == "" and set(json.loads(ran.out)) >= {
        "articles",
        "concepts",
        "relations",
        "comparisons",
        "quantities",
        "contradictions",
    }


def test_an_unknown_format_is_refused_with_the_known_ones(run: Run, filled_db: Path) -> None:
    ran = run("export", "--format", "pptx", db=filled_db)
    assert (ran.status, ran.out) == (2, "") and "pptx" in ran.err and "graphml" in ran.err


def test_show_tells_what_is_said_with_quotes(run: Run, filled_db: Path) -> None:
    ran = run("show", "VM", db=filled_db)
    assert ran.out.startswith("虚拟机 / virtual machine")
    assert "虚拟机不共享宿主机内核(1 处)「虚拟机不共享宿主机的内核」" in ran.out.replace("（", "(").replace("）", ")")
    shown = run("show", "VM", "--json", db=filled_db)
    assert shown.status == 0 and shown.json["concept"]["id"] == "virtual_machine"


def test_an_unknown_concept_ends_with_status_1_and_a_near_one(run: Run, filled_db: Path) -> None:
    ran = run("show", "虚似机", db=filled_db)
    assert ran.status == 1 and "虚似机" in ran.err and "虚拟机" in ran.err


def test_a_path_is_drawn_with_its_quotes(run: Run, filled_db: Path) -> None:
    ran = run("path", "容器", "虚拟机", db=filled_db)
    assert ran.out.splitlines()[0] == "容器 —共享→ 宿主机内核 ←共享✗— 虚拟机"
    assert "「虚拟机不共享宿主机的内核。」" in ran.out
    (path, *_) = run("path", "容器", "虚拟机", "--json", db=filled_db).json
    assert [step["polarity"] for step in path["steps"]] == ["affirmed", "negated"]


def test_no_path_is_an_answer_too(run: Run, filled_db: Path) -> None:
    ran = run("path", "容器", "Mesos", db=filled_db)
    assert ran.status == 0 and "没有连接" in ran.out
