"""The command line as a person uses it, run in this process: arguments in; status, output and messages out."""

from __future__ import annotations

import json
import sqlite3
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from kb.app import KnowledgeBase
from kb.cli import main


@dataclass(frozen=True, slots=True)
class Ran:
    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Run = Callable[..., Ran]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """`run("ask", "…", db=path)`; messages in Chinese."""
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")

    def command(*arguments: object, db: Path | None = None) -> Ran:
        named = ["--db", str(db)] if db is not None else []
        monkeypatch.setattr(sys, "argv", ["kb", *named, *map(str, arguments)])
        capsys.readouterr()
        try:
            main()
            status = 0
        except SystemExit as stop:
            status = stop.code if isinstance(stop.code, int) else 0 if stop.code is None else 1
        said = capsys.readouterr()
        return Ran(status, said.out, said.err)

    return command


@pytest.fixture(scope="session")
def filled_db(filled_base: KnowledgeBase) -> Path:
    """For commands that only read."""
    return filled_base.settings.db


@pytest.fixture
def own_db(filled_db: Path, tmp_path: Path) -> Path:
    """A copy, for commands that change something."""
    source, target = sqlite3.connect(filled_db), sqlite3.connect(tmp_path / "own.db")
    source.backup(target)
    source.close()
    target.close()
    return tmp_path / "own.db"
