"""The sentences that answers are made of (data/wording.toml) and the reasons for them (data/reasons.toml), in Chinese and English."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources

from kb.records import Reason


def say(key: str, language: str, **values: str) -> str:
    """:raises KeyError: no such wording, or a place in it that no value fills."""
    return _catalogue("wording")[key]["zh" if language == "zh" else "en"].format_map(values)


def because(key: str, **values: str | float) -> Reason:
    """A reason of data/reasons.toml."""
    return Reason(key, tuple(values.items()))


def worded(reason: Reason, language: str) -> str:
    """:raises KeyError: no such reason, or a place in its words that no value fills."""
    values = {name: f"{value:.2f}" if isinstance(value, float) else value for name, value in reason.values}
    return _catalogue("reasons")[reason.key]["zh" if language == "zh" else "en"].format_map(values)


@cache
def _catalogue(name: str) -> dict[str, dict[str, str]]:
    text = resources.files("kb.qa").joinpath(f"data/{name}.toml").read_text(encoding="utf-8")
    catalogue: dict[str, dict[str, str]] = tomllib.loads(text)
    return catalogue
