from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
KEYS = {
    "id",
    "question",
    "kind",
    "status",
    "abstained",
    "answer",
    "verdict",
    "concepts",
    "evidence",
    "table",
    "paths",
    "measurements",
    "disagreements",
    "nearby",
    "probes",
    "not_measured",
}


def test_an_answer_as_json_has_the_published_keys(run: Run, filled_db: Path) -> None:
    ran = run("ask", "虚拟机共享宿主机的内核吗？", "--json", db=filled_db)
    assert (ran.status, ran.err) == (0, "")
    assert set(ran.json) >= KEYS
    assert (ran.json["kind"], ran.json["verdict"], ran.json["abstained"]) == ("yes_no", "no", False)
    (evidence,) = ran.json["evidence"]
    assert set(evidence) >= {"n", "quote", "article", "start", "end"}
    assert evidence["quote"] == "虚拟机不共享宿主机的内核。" and evidence["end"] - evidence["start"] == len(evidence["quote"])


def test_an_answer_in_words_names_its_sources(run: Run, filled_db: Path) -> None:
    ran = run("ask", "容器和虚拟机有什么区别？", "--explain", db=filled_db)
    assert ran.status == 0
    assert "容器占优" in ran.out and "[1] 「" in ran.out and "图谱推出" in ran.out and "容器 —共享→ 宿主机内核" in ran.out
    assert "问题类型: comparison" in ran.out and "概念: 容器、虚拟机" in ran.out and "个方面可比" in ran.out


def test_candidates_are_explained_as_a_table_and_as_rows(run: Run, filled_db: Path) -> None:
    asked = "虚拟机共享宿主机的内核吗？"
    shown = run("ask", asked, "--explain", db=filled_db).out
    assert "│ 得分" in shown and "│ [1]" in shown and "为什么没有采用" in shown and "判断为“否”，因为" in shown
    found = run("ask", asked, "--explain", "--json", db=filled_db).json["explain"]
    assert [candidate["n"] for candidate in found["candidates"] if candidate["n"]] == [1]
    assert found["reasons"][0]["key"] == "decided_no" and found["reasons"][0]["values"]["clause"]


def test_a_file_of_questions_gives_a_line_a_question(run: Run, filled_db: Path, tmp_path: Path) -> None:
    questions = [
        {"id": "q1", "question": "容器是什么？"},
        {"id": 2, "question": "它启动快吗？", "context": ["容器是什么？"]},
        {"question": "苏打水是什么？"},
    ]
    path = tmp_path / "questions.jsonl"
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in questions) + "\n\n", encoding="utf-8")
    ran = run("ask", "--batch", path, db=filled_db)
    rows = [json.loads(line) for line in ran.out.splitlines()]
    assert ran.status == 0
    assert [row["id"] for row in rows] == ["q1", "2", ""]
    assert [row["abstained"] for row in rows] == [False, False, True]
    assert rows[1]["concepts"][0] == "容器"


@pytest.mark.parametrize(
    "line", ["{", '["a"]', '{"id": "1"}', '{"question": 3}', '{"question": "x", "context": [1]}', '{"question": "x", "context": 3}']
)
def test_a_bad_line_of_questions_is_named_before_anything_is_answered(line: str, run: Run, filled_db: Path, tmp_path: Path) -> None:
    path = tmp_path / "questions.jsonl"
    path.write_text('{"id": "1", "question": "容器是什么？"}\n' + line, encoding="utf-8")
    ran = run("ask", "--batch", path, db=filled_db)
    assert (ran.status, ran.out) == (2, "")
    assert "第 2 行不是问题" in ran.err and str(path) in ran.err


def test_a_file_that_is_not_there_is_named(run: Run, filled_db: Path, tmp_path: Path) -> None:
    ran = run("ask", "--batch", tmp_path / "none.jsonl", db=filled_db)
    assert ran.status == 2 and "none.jsonl" in ran.err


@pytest.mark.parametrize("arguments", [["ask"], ["ask", "x", "--batch", "y"], ["ask", "？？"]])
def test_no_question_or_two_are_refused_with_an_example(arguments: list[str], run: Run, filled_db: Path) -> None:
    ran = run(*arguments, db=filled_db)
    assert ran.status == 2 and ran.out == "" and "例如" in ran.err


def test_compare_gives_a_table(run: Run, filled_db: Path) -> None:
    ran = run("compare", "容器", "虚拟机", "--json", db=filled_db)
    assert ran.status == 0 and ran.json["table"]["columns"] == ["容器", "虚拟机"]
    unknown = run("compare", "容器", "没有这个", db=filled_db)
    assert unknown.status == 1 and "没有这个" in unknown.err


def test_messages_are_in_the_language_of_the_terminal(run: Run, filled_db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")
    assert "Give a question" in run("ask", db=filled_db).err
