from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

Run = Callable[..., Any]


def test_discovered_concepts_are_listed_and_decided_on(run: Run, own_db: Path, tmp_path: Path) -> None:
    path = tmp_path / "引擎.txt"
    path.write_text("Zephyrix是一种新的容器引擎。Zephyrix 支持容器。", encoding="utf-8")
    run("ingest", path, db=own_db)
    listed = run("concepts", "--json", db=own_db)
    found = {row["name"]: row["status"] for row in listed.json["concepts"]}
    assert found["Zephyrix"] == "discovered"

    accepted = run("concepts", "accept", "Zephyrix", "--json", db=own_db)
    assert accepted.status == 0 and accepted.json["articles_read_again"] == 1
    after = run("concepts", "--all", "--json", db=own_db)
    assert {row["name"]: row["status"] for row in after.json["concepts"]}["Zephyrix"] == "curated"
    assert [row["action"] for row in after.json["decisions"]] == ["accept"]
    assert "接受  Zephyrix" in run("concepts", db=own_db).out

    wrong = run("concepts", "merge", "Zephyrix", "没有这个", db=own_db)
    assert wrong.status == 2 and "没有这个" in wrong.err
    assert "已撤回" in run("concepts", "undo", db=own_db).out


def test_disagreements_between_sources_are_listed_with_both_sides(run: Run, own_db: Path, tmp_path: Path) -> None:
    path = tmp_path / "新的容器.txt"
    path.write_text("容器不共享宿主机的内核。", encoding="utf-8")
    run("ingest", path, db=own_db)
    ran = run("claims", "--disagree", "--article", "新的容器", "--json", db=own_db)
    (found,) = ran.json["disagreements"]
    assert found["kind"] == "denial"
    assert {side["quote"] for side in found["sides"]} == {"容器共享宿主机的内核", "容器不共享宿主机的内核"}
    assert "≠ 容器共享宿主机内核" in run("claims", "--disagree", db=own_db).out.replace(" ", "").replace("≠", "≠ ")
    assert "disagreements" not in run("claims", "--json", db=own_db).json
