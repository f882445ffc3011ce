from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from pydantic import ValidationError

from kb.config import ROOT, Settings


@pytest.fixture(autouse=True)
def no_settings_around(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("KB_")]:
        monkeypatch.delenv(name)


def test_a_checkout_keeps_everything_inside_itself() -> None:
    settings = Settings()
    assert settings.db == ROOT / ".kb" / "knowledge.db"
    assert settings.domain == ROOT / "corpus" / "domain"
    assert (settings.domain / "concepts.tsv").is_file()


def test_the_page_is_served_to_this_machine_only() -> None:
    assert Settings().host == "127.0.0.1"


@pytest.mark.parametrize(
    ("variable", "value", "field", "expected"),
    [
        ("KB_PORT", "9000", "port", 9000),
        ("KB_DB", "other.db", "db", Path("other.db")),
        ("KB_MAX_QUESTION_CHARS", "80", "max_question_chars", 80),
        ("KB_ALLOW_LIVE_PROBE", "false", "allow_live_probe", False),
        ("KB_GUEST_KERNEL", "vmlinuz", "guest_kernel", Path("vmlinuz")),
    ],
)
def test_each_setting_can_come_from_the_environment(
    variable: str, value: str, field: str, expected: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, value)
    assert getattr(Settings(), field) == expected


def test_what_is_given_wins_over_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KB_PORT", "9000")
    assert Settings(port=9001).port == 9001


@pytest.mark.parametrize(
    ("field", "value"),
    [("port", -1), ("port", 70_000), ("port", "x"), ("max_upload_bytes", 0), ("max_question_chars", 0), ("threads", 1)],
)
def test_a_value_that_cannot_be_is_refused(field: str, value: object) -> None:
    with pytest.raises(ValidationError, match=field):
        Settings(**{field: value})  # type: ignore[arg-type]


def test_settings_do_not_change_later() -> None:
    with pytest.raises(ValidationError):
        Settings().port = 1  # type: ignore[misc]


@pytest.mark.parametrize(
    ("host", "asked", "allowed"),
    [
        ("127.0.0.1", None, True),
        ("::1", None, True),
        ("localhost", None, True),
        ("0.0.0.0", None, False),
        ("192.168.1.5", None, False),
        ("0.0.0.0", True, True),
        ("127.0.0.1", False, False),
    ],
)
def test_live_probes_only_for_this_machine_unless_asked(host: str, asked: bool | None, allowed: bool) -> None:
    assert Settings(host=host, allow_live_probe=asked).live_probe_allowed is allowed


def test_every_setting_is_described() -> None:
    assert all(field.description for field in Settings.model_fields.values())


def test_nothing_is_read_at_import() -> None:
    program = "import kb.config, os; os.environ['KB_PORT'] = '9002'; print(kb.config.Settings().port)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, env={**os.environ, "KB_PORT": "x"}, timeout=60)
    assert (done.stdout.strip(), done.stderr) == ("9002", "")
