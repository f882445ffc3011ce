"""What happens before a command does its work: help, settings, the database named."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
HEAVY = ("spacy", "torch", "flask", "jieba", "networkx", "numpy", "trafilatura", "sentence_transformers")


@pytest.mark.parametrize("arguments", [["--help"], ["ask", "--help"], ["probe", "--help"]])
def test_help_imports_nothing_heavy(arguments: list[str]) -> None:
    program = f"""
import sys
sys.argv = ["kb", *{arguments!r}]
from kb.cli import main
try:
    main()
except SystemExit as stop:
    assert not stop.code, stop.code
heavy = sorted(set({HEAVY!r}) & set(sys.modules))
assert not heavy, heavy
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Usage" in done.stdout


def test_every_command_is_named_in_the_help(run: Run) -> None:
    ran = run("--help")
    assert ran.status == 0
    for command in (
        "ask",
        "compare",
        "init",
        "ingest",
        "read",
        "remove",
        "articles",
        "diff",
        "show",
        "path",
        "export",
        "probe",
        "doctor",
        "serve",
    ):
        assert f" {command} " in ran.out


def test_the_module_can_be_run() -> None:
    done = subprocess.run([sys.executable, "-m", "kb", "--help"], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0 and "Usage" in done.stdout


def test_an_unknown_command_is_wrong_usage(run: Run) -> None:
    ran = run("dance")
    assert ran.status == 2 and "dance" in ran.err


def test_a_database_address_is_refused(run: Run) -> None:
    ran = run("--db", "postgres://x/y", "articles")
    assert (ran.status, ran.out) == (2, "") and "postgres://x/y" in ran.err


def test_a_setting_that_cannot_be_is_named(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("KB_PORT", "many")
    ran = run("articles", db=tmp_path / "x.db")
    assert ran.status == 2 and "port" in ran.err and "KB_PORT" in ran.err


def test_a_database_that_is_none_ends_with_status_1(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "broken.db"
    path.write_bytes(b"no database " * 100)
    ran = run("articles", db=path)
    assert (ran.status, ran.out) == (1, "") and "broken.db" in ran.err and "Traceback" not in ran.err


def test_matrices_are_multiplied_by_one_thread_before_anything_multiplies() -> None:
    """A probe's process may start while another thread multiplies; helpers of the library would be gone then, and waited for without end."""
    program = (
        "import os, sys\nfrom kb.cli import main\nassert 'numpy' not in sys.modules\nsys.argv = ['kb', '--help']\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\nprint(os.environ['OPENBLAS_NUM_THREADS'], file=sys.stderr)"
    )
    for given, expected in ({}, "1"), ({"OPENBLAS_NUM_THREADS": "2"}, "2"):
        environment = {name: value for name, value in os.environ.items() if name != "OPENBLAS_NUM_THREADS"} | given
        done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True)
        assert done.stderr.strip().endswith(expected)
