from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from kb.errors import NotFound
from kb.passages.training.texts import QUESTIONS, SECTIONS, part_of, read_questions, read_sections


def write(path: Path, *rows: dict[str, Any]) -> None:
    with gzip.open(path, "wt", encoding="utf-8") as out:
        out.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def section(repo: str, path: str) -> dict[str, Any]:
    return {"repo": repo, "path": path, "title": "容器", "headings": ["容器", "启动"], "paras": ["容器启动很快。", "只要几毫秒。"]}


def test_texts_of_unclear_rights_are_left_out(tmp_path: Path) -> None:
    write(tmp_path / SECTIONS, section("LCTT/TranslateProject", "a.md"), section("openeuler-mirror/docs", "b.md"))
    (found,) = read_sections(tmp_path)
    assert found.repo == "openeuler-mirror/docs"
    assert (found.name, found.body) == ("容器 启动", "容器启动很快。 只要几毫秒。")


def test_one_document_in_two_forks_falls_on_one_side(tmp_path: Path) -> None:
    rows = [section(repo, f"{repo}/{top}/docs/{n}.md") for n in range(60) for repo, top in (("one", "x"), ("other", "y"))]
    write(tmp_path / SECTIONS, *rows)
    parts = [found.part for found in read_sections(tmp_path)]
    assert parts[::2] == parts[1::2] and {"train", "dev", "test"} == set(parts)


def test_questions_on_one_document_fall_on_one_side(tmp_path: Path) -> None:
    rows = [{"title": f"文{n}", "question": f"问{n}{k}", "context": f"段{n}{k}", "answer": "段"} for n in range(40) for k in "ab"]
    write(tmp_path / QUESTIONS[0], *rows)
    write(tmp_path / QUESTIONS[1], {"question": "问", "context": "段落"})
    found = list(read_questions(tmp_path))
    assert [item.part for item in found[:-1:2]] == [item.part for item in found[1:-1:2]]
    assert {item.part for item in found} == {"train", "dev", "test"}
    assert found[-1].answer == ""


def test_held_out_shares_are_as_said() -> None:
    parts = [part_of(f"文档{n}", held=5) for n in range(2_000)]
    assert 400 < parts.count("dev") < 600 and 400 < parts.count("test") < 600


def test_a_missing_file_is_named_with_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(NotFound) as caught:
        list(read_sections(tmp_path))
    assert SECTIONS in caught.value.message[0] and "--texts" in caught.value.hint[1]
