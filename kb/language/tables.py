"""Reads tables of words: a file in the data/ of a package, a row a line."""

from __future__ import annotations

from importlib import resources


def lines(name: str, package: str = "kb.language") -> list[str]:
    """Of a file in data/, without comments and empty ones."""
    text = resources.files(package).joinpath(f"data/{name}").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
