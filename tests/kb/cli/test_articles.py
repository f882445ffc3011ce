from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import CONTAINERS

Run = Callable[..., Any]
CONTAINER = "容器不共享宿主机的内核。Zephyrix是一种新的容器引擎。"


def test_an_empty_start_has_the_vocabulary_only(run: Run, tmp_path: Path) -> None:
    ran = run("init", "--empty", "--json", db=tmp_path / "new.db")
    assert ran.status == 0 and ran.json["articles"] == []
    assert ran.json["counts"]["article"] == 0 and ran.json["counts"]["concept"] > 600
    asked = run("ask", "容器是什么？", "--json", db=tmp_path / "new.db")
    assert asked.json["abstained"] is True and "kb init" in asked.err


def test_articles_are_added_listed_compared_and_removed(run: Run, own_db: Path, tmp_path: Path) -> None:
    path = tmp_path / "新的容器.txt"
    path.write_text(CONTAINER, encoding="utf-8")
    added = run("ingest", path, "--json", db=own_db)
    assert added.status == 0
    (report,) = added.json
    assert (report["outcome"], report["title"], report["contradictions"]) == ("added", "新的容器", 1)
    assert report["new_concepts"] == ["Zephyrix"]

    again = run("ingest", path, db=own_db)
    assert "未变  新的容器" in again.out

    listed = run("articles", "--json", db=own_db)
    assert {row["title"] for row in listed.json} == {"容器和虚拟机", "Docker简介", "新的容器"}

    diff = run("diff", "新的容器", "--json", db=own_db)
    assert diff.json["article"] == report["article_id"]
    assert [claim["subject"] for claim in diff.json["only_here"]] == ["Zephyrix"]
    (contradiction,) = diff.json["contradicts"]
    assert contradiction["kind"] == "denial" and set(contradiction["quotes"]) == {"容器共享宿主机的内核", "容器不共享宿主机的内核"}

    removed = run("remove", report["article_id"], "--json", db=own_db)
    assert removed.json["removed"] == report["article_id"] and removed.json["rows"]["article"] == 1
    assert len(run("articles", "--json", db=own_db).json) == 2


def test_a_near_duplicate_is_named_and_counts_once(run: Run, own_db: Path, tmp_path: Path) -> None:
    before = run("show", "容器", db=own_db).out
    path = tmp_path / "抄本.txt"
    path.write_text(CONTAINERS.replace("\n", "\n\n"), encoding="utf-8")
    said = run("ingest", path, db=own_db).out
    assert "新增  抄本" in said and "与《容器和虚拟机》" in said and "内容相近" in said
    assert run("show", "容器", db=own_db).out == before
    rows = {row["title"]: row for row in run("articles", "--json", db=own_db).json}
    assert [twin["title"] for twin in rows["容器和虚拟机"]["twins"]] == ["抄本"]
    assert rows["Docker简介"]["twins"] == []
    diff = run("diff", "抄本", "--json", db=own_db).json
    assert diff["only_here"] == [] and diff["claims"] > 0 and len(diff["twins"]) == 1
    exported = json.loads(run("export", db=own_db).out)
    assert sum(len(article["twins"]) for article in exported["articles"]) == 2
    assert all(len(relation["evidence"]) == len(set(relation["evidence"])) for relation in exported["relations"])
    run("remove", "容器和虚拟机", db=own_db)
    assert all(row["twins"] == [] for row in run("articles", "--json", db=own_db).json)
    assert sorted(run("show", "容器", db=own_db).out.splitlines()) == sorted(before.splitlines())


def test_a_knowledge_base_is_brought_to_another_machine(run: Run, own_db: Path, tmp_path: Path) -> None:
    file, other = tmp_path / "kb.json", tmp_path / "other.db"
    assert run("export", "--format", "json", "--out", file, db=own_db).status == 0
    brought = run("import", file, "--json", db=other)
    assert brought.status == 0 and [report["outcome"] for report in brought.json["articles"]] == ["added", "added"]
    again = run("import", file, db=other)
    assert again.out.count("未变") == 2 and "采用 0 条" in again.out
    broken = run("import", own_db, db=other)
    assert broken.status == 2 and own_db.name in broken.err
    missing = run("import", tmp_path / "none.json", db=other)
    assert missing.status == 1 and "none.json" in missing.err


def test_reading_shows_and_stores_nothing(run: Run, own_db: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("欢迎分享，转载请注明出处。容器共享宿主机的内核。", encoding="utf-8")
    ran = run("read", path, "--json", db=own_db)
    assert ran.json["text"] == "容器共享宿主机的内核。"
    assert [dropped["reason"] for dropped in ran.json["dropped"]] == ["boilerplate"]
    assert [claim["relation"] for claim in ran.json["claims"]] == ["shares"]
    assert run("read", path, db=own_db).out == "容器共享宿主机的内核。\n"
    assert len(run("articles", "--json", db=own_db).json) == 2


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.exe", b"x", "不认识"),
        ("a.txt", b"", "空文件"),
        ("a.txt", b"\x00\x01", "二进制"),
        ("a.pdf", b"no pdf", "PDF"),
        ("a.jsonl", b"{", "第 1 行"),
    ],
)
def test_a_bad_file_ends_with_two_lines_and_status_2(name: str, data: bytes, said: str, run: Run, own_db: Path, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(data)
    ran = run("ingest", tmp_path / name, db=own_db)
    assert (ran.status, ran.out) == (2, "")
    what, remedy = ran.err.rstrip().split("\n")
    assert what.startswith("kb: ") and said in what and name in what
    assert remedy.startswith("    ") and remedy.strip()


def test_what_is_not_there_ends_with_status_1_and_what_there_is(run: Run, own_db: Path, tmp_path: Path) -> None:
    missing = run("ingest", tmp_path / "none.txt", db=own_db)
    assert missing.status == 1 and "none.txt" in missing.err
    for command in ("remove", "diff"):
        ran = run(command, "没有这篇", db=own_db)
        assert ran.status == 1 and "没有这篇" in ran.err and "docker-jian-jie" in ran.err
