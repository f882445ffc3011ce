from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kb.registry import family


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A family of its own, outside the project."""
    folder = tmp_path / "zoo_of_test"
    folder.mkdir()
    (folder / "__init__.py").write_text('"""Animals."""\n')
    for name in ("tiger", "ant", "_shared", "json_"):
        (folder / f"{name}.py").write_text(f'NAME = "{name}"\n')
    (folder / "notes.txt").write_text("no member")
    monkeypatch.syspath_prepend(tmp_path)
    yield "zoo_of_test"
    family.cache_clear()
    for name in [name for name in sys.modules if name.split(".")[0] == "zoo_of_test"]:
        del sys.modules[name]


def test_every_public_module_is_a_member_sorted_by_name(package: str) -> None:
    members = family(package)
    assert list(members) == ["ant", "json_", "tiger"]
    assert members["tiger"].NAME == "tiger"
    assert "zoo_of_test._shared" not in sys.modules


def test_a_new_file_is_a_new_member(package: str, tmp_path: Path) -> None:
    (tmp_path / "zoo_of_test" / "bee.py").write_text('NAME = "bee"\n')
    assert "bee" in family(package)


def test_a_family_is_read_once(package: str) -> None:
    assert family(package) is family(package)


def test_an_unknown_family_raises() -> None:
    with pytest.raises(ModuleNotFoundError):
        family("kb.no_such_family")


@pytest.mark.parametrize(
    ("package", "some"),
    [
        ("kb.qa.kinds", {"comparison", "yes_no", "definition"}),
        ("kb.graph.exports", {"json_", "csv_", "turtle"}),
        ("ingest.formats", {"text", "markdown", "pdf"}),
        ("kb.passages.rankers", {"bm25", "vectors"}),
    ],
)
def test_the_families_of_the_project_have_their_members(package: str, some: set[str]) -> None:
    assert some <= set(family(package))
