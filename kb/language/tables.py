"""Reads the tables of words in data/."""

from __future__ import annotations

from importlib import resources


def lines(name: str) -> list[str]:
    """Of a file in data/, without comments and empty ones."""
    text = resources.files("kb.language").joinpath(f"data/{name}").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
