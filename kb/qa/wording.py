"""The sentences that answers are made of, in Chinese and English, from data/wording.toml."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources


@cache
def _catalogue() -> dict[str, dict[str, str]]:
    text = resources.files("kb.qa").joinpath("data/wording.toml").read_text(encoding="utf-8")
    catalogue: dict[str, dict[str, str]] = tomllib.loads(text)
    return catalogue


def say(key: str, language: str, **values: str) -> str:
    """:raises KeyError: no such wording, or a place in it that no value fills."""
    return _catalogue()[key]["zh" if language == "zh" else "en"].format_map(values)
