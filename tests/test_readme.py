"""What both READMEs say can be checked against the tree: folders and files of the map, figures, commands, and that they say the same."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.pipeline import Tools, ingest_path
from kb.app import KnowledgeBase
from kb.cli import app
from kb.cli.asking import show_answer
from kb.config import ROOT, Settings

READMES = ("README.md", "README.zh-CN.md")
_CODE = re.compile(r"```\w*\n(.*?)```", re.DOTALL)


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def map_of(name: str) -> list[tuple[str, str]]:
    """(path, what is said of it) of each line of the map."""
    block = next(block for block in _CODE.findall(text(name)) if "records.py" in block)
    found: list[tuple[str, str]] = []
    parent = ""
    for line in block.splitlines():
        if line.startswith("   "):  # goes on with the line above
            found[-1] = (found[-1][0], f"{found[-1][1]} {line.strip()}")
            continue
        path, _, said = line.strip().partition(" ")
        if not line.startswith(" "):
            parent = path
        found.append((path if path == parent else parent + path, said))
    return found


@pytest.mark.parametrize("name", READMES)
def test_the_map_names_what_is_there(name: str) -> None:
    entries = map_of(name)
    assert len(entries) > 10
    for path, said in entries:
        assert (ROOT / path).exists(), path
        for folder in re.findall(r"\b([a-z]+/)(?![a-z{])", said):
            assert (ROOT / path / folder).is_dir() or (ROOT / "kb" / folder).is_dir(), f"{path}: {folder}"


def test_every_folder_of_the_code_is_on_the_map() -> None:
    there = {f"kb/{path.name}/" for path in (ROOT / "kb").iterdir() if (path / "__init__.py").is_file()} - {"kb/cli/"}
    for name in READMES:
        assert there <= {path for path, _ in map_of(name)}


@pytest.mark.parametrize("name", READMES)
def test_its_figures_are_those_of_the_data(name: str) -> None:
    questions = json.loads((ROOT / "tests/gold/questions.json").read_text(encoding="utf-8"))
    sentences = (ROOT / "tests/gold/sentences.jsonl").read_text(encoding="utf-8").splitlines()
    for count in (len(questions["questions"]), len(questions["unanswerable"]), len(sentences)):
        assert re.search(rf"\b{count}\b|{count} 个", text(name)), count


@pytest.fixture(scope="module")
def one_article(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KnowledgeBase]:
    """What the article says that the example quotes."""
    base = KnowledgeBase.open(Settings(db=tmp_path_factory.mktemp("readme") / "kb.db"))
    path = ROOT / "corpus" / "articles" / "virtual-machine.md"
    ingest_path(path, base.store, Tools(base.lexicon, base.tokenizer, base.domain), max_bytes=10**6)
    base.refresh()
    yield base
    base.close()


@pytest.mark.parametrize("name", READMES)
def test_its_example_is_what_is_answered(name: str, one_article: KnowledgeBase, capsys: pytest.CaptureFixture[str]) -> None:
    block = next(block for block in _CODE.findall(text(name)) if block.startswith("$ kb ask"))
    command, _, shown = block.partition("\n")
    show_answer(one_article.ask(command.removeprefix("$ kb ask ").strip('"')), one_article)
    assert "".join(capsys.readouterr().out.split()) == "".join(shown.split())


@pytest.mark.parametrize("name", READMES)
def test_the_commands_it_names_exist(name: str) -> None:
    known = {command.name or command.callback.__name__ for command in app.registered_commands if command.callback}
    known |= {group.name for group in app.registered_groups if group.name}
    named = set(re.findall(r"(?:^|; )kb ([a-z]+)\b", "\n".join(_CODE.findall(text(name))), re.MULTILINE))
    assert named and named <= known
    targets = set(re.findall(r"^([a-z-]+):", text("Makefile"), re.MULTILINE))
    assert set(re.findall(r"(?:^|`)make ([a-z]+)", text(name), re.MULTILINE)) <= targets


def test_both_say_the_same() -> None:
    english, chinese = (text(name) for name in READMES)
    for pattern in (r"^## ", r"^\| ", r"```"):
        assert len(re.findall(pattern, english, re.MULTILINE)) == len(re.findall(pattern, chinese, re.MULTILINE)), pattern
    for pattern in (
        r"\bKB_[A-Z_]+",
        r"(?:^|`)make [a-z]+",
        r"\bkb [a-z]+ ",
        r"\]\((?!README)([^)]+)\)",
        r"python -m [\w.]+",
        r"(?<![\w.])\d{2,}\b",
    ):
        assert set(re.findall(pattern, english, re.MULTILINE)) == set(re.findall(pattern, chinese, re.MULTILINE)), pattern


def test_the_parts_it_names_are_dependencies() -> None:
    project = tomllib.loads(text("pyproject.toml"))["project"]
    declared = " ".join(
        [*project["dependencies"], *(part for parts in project["optional-dependencies"].values() for part in parts)]
    ).lower()
    rows = re.findall(r"^\| ([^|]+) \|", text("README.md").partition("## What stands behind it")[2], re.MULTILINE)[1:]
    named = {
        part
        for row in rows
        for part in re.findall(r"[a-z][\w-]+", re.sub(r"\(.*?\)", "", row).lower())
        if part not in ("sigma", "graphology")
    }
    assert len(named) > 15
    assert [part for part in named if not re.search(rf"\b{part}", declared) and part != "torch"] == []


def test_the_map_has_no_path_of_a_machine() -> None:
    for name in READMES:
        assert not re.search(r"/(?:home|root|work|tmp)/", text(name)), name
        assert Path(ROOT / name).stat().st_size < 20_000
