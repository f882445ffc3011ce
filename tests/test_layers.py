"""Imports run one way: a part may import only parts on lines above its own, and itself."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LAYERS = [
    {"kb.records", "kb.errors"},
    {"kb.config", "kb.registry", "kb.domain"},
    {"kb.language", "kb.store"},
    {"kb.graph", "kb.passages", "kb.curation"},
    {"kb.qa", "kb.probe", "kb.court", "ingest"},
    {"kb.app"},
    {"kb.presenting"},
    {"web"},
    {"kb.cli"},
    {"kb.__main__"},
]
PARTS = sorted(part for line in LAYERS for part in line)
FILES = sorted(path for top in ("kb", "ingest", "web") for path in (ROOT / top).rglob("*.py") if "node_modules" not in path.parts)


def part_of(module: str) -> str | None:
    return next((part for part in sorted(PARTS, key=len, reverse=True) if module == part or module.startswith(part + ".")), None)


def level(part: str) -> int:
    return next(index for index, line in enumerate(LAYERS) if part in line)


def imports_of(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, f"{path}: relative import"
            found.update(f"{node.module}.{alias.name}" for alias in node.names)
    return found


def module_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


def forbidden(path: Path) -> list[str]:
    module = module_of(path)
    own = part_of(module)
    if own is None:
        return [] if module == "kb" else [f"{module} belongs to no part"]
    parts = {part for name in imports_of(path) if (part := part_of(name))}
    return [f"{module} imports {part}" for part in sorted(parts - {own}) if level(part) >= level(own)]


@pytest.mark.parametrize("path", FILES, ids=module_of)
def test_imports_only_from_above(path: Path) -> None:
    assert forbidden(path) == []


def test_a_wrong_direction_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(f"{__name__}.ROOT", tmp_path)
    wrong = tmp_path / "kb" / "qa" / "wrong.py"
    wrong.parent.mkdir(parents=True)
    wrong.write_text("def f():\n    from kb.probe import Prober\n    import ingest.pipeline\n")
    assert forbidden(wrong) == ["kb.qa.wrong imports ingest", "kb.qa.wrong imports kb.probe"]


def test_sql_only_in_the_store() -> None:
    speakers = [module_of(path) for path in FILES if any(name.split(".")[0] == "sqlite3" for name in imports_of(path))]
    assert all(name.startswith("kb.store") for name in speakers), speakers
