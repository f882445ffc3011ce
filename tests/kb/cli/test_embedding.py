from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kb.app import KnowledgeBase
from kb.config import Settings

Run = Callable[..., Any]


@pytest.fixture
def bare_db(own_db: Path) -> Path:
    """As an older version would have left it: without vectors."""
    base = KnowledgeBase.open(Settings(db=own_db))
    base.store.remove_vectors(base.embedding.name)
    base.close()
    return own_db


def doctor(run: Run, db: Path) -> dict[str, Any]:
    return {row["check"]: row for row in run("doctor", "--json", db=db).json}


def test_missing_vectors_are_seen_by_the_doctor_and_made_by_embed(run: Run, bare_db: Path) -> None:
    before = doctor(run, bare_db)["句子向量"]
    assert (before["ok"], before["remedy"]) == (False, "kb embed") and "0 句有" in before["detail"]
    made = run("embed", "--json", db=bare_db).json
    assert made["added"] > 20 and made["model"].startswith("static-256-")
    assert doctor(run, bare_db)["句子向量"]["ok"] is True
    assert "新增 0 句" in run("embed", db=bare_db).out


def test_the_doctor_says_why_another_model_is_not_used(run: Run, own_db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert doctor(run, own_db)["向量模型"]["ok"] is True
    monkeypatch.setenv("KB_EMBEDDING", "no/such-model")
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    found = doctor(run, own_db)["向量模型"]
    assert found["ok"] is False and found["detail"].startswith("static-256-") and "no/such-model" in found["remedy"]
