from __future__ import annotations

import string
import tomllib
from importlib import resources

import pytest

from kb.qa.wording import say

ROWS: dict[str, dict[str, str]] = tomllib.loads(resources.files("kb.qa").joinpath("data/wording.toml").read_text(encoding="utf-8"))


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("key", ROWS)
def test_every_wording_stands_in_both_languages_with_the_same_places(key: str) -> None:
    row = ROWS[key]
    assert set(row) == {"zh", "en"}
    assert places(row["zh"]) == places(row["en"])
    values = {name: "甲" for name in places(row["zh"])}
    assert say(key, "zh", **values) and say(key, "en", **values)


def test_other_languages_get_english() -> None:
    assert say("yes", "en") == say("yes", "fr") != say("yes", "zh")


def test_a_missing_value_or_wording_raises() -> None:
    with pytest.raises(KeyError):
        say("no such wording", "zh")
    with pytest.raises(KeyError):
        say("nearby", "zh")
