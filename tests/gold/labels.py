"""Reads the label files of this folder that hold a row a line."""

from __future__ import annotations

import json
from pathlib import Path

from tests.gold.scoring import Json

HERE = Path(__file__).resolve().parent


def rows_of(name: str) -> list[Json]:
    """Of a `.jsonl` file beside this one."""
    return [json.loads(line) for line in (HERE / name).read_text(encoding="utf-8").splitlines()]


def by_field(name: str) -> dict[str, list[Json]]:
    """The same, by their `field`."""
    fields: dict[str, list[Json]] = {}
    for row in rows_of(name):
        fields.setdefault(row["field"], []).append(row)
    return fields
