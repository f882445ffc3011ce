from __future__ import annotations

import ast
import string
import tomllib
from importlib import resources

import pytest

from kb.config import ROOT
from kb.qa.wording import because, say, worded


def rows(name: str) -> dict[str, dict[str, str]]:
    return tomllib.loads(resources.files("kb.qa").joinpath(f"data/{name}.toml").read_text(encoding="utf-8"))


ROWS, REASONS = rows("wording"), rows("reasons")


def given_reasons() -> dict[str, set[str]]:
    """because("key", name=…) and note("key", name=…) as they stand in the code."""
    found: dict[str, set[str]] = {}
    for path in (ROOT / "kb" / "qa").rglob("*.py"):
        for call in (node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)):
            name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", None)
            if name not in ("because", "note") or not call.args or call.args[0].__class__ not in (ast.Constant, ast.JoinedStr):
                continue
            key = call.args[0]
            keys = [key.value] if isinstance(key, ast.Constant) else [f"{key.values[0].value}{verdict}" for verdict in ("yes", "no")]  # type: ignore[attr-defined]
            found |= {str(one): {keyword.arg or "" for keyword in call.keywords} for one in keys}
    return found


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("key", ROWS)
def test_every_wording_stands_in_both_languages_with_the_same_places(key: str) -> None:
    row = ROWS[key]
    assert set(row) == {"zh", "en"}
    assert places(row["zh"]) == places(row["en"])
    values = {name: "甲" for name in places(row["zh"])}
    assert say(key, "zh", **values) and say(key, "en", **values)


@pytest.mark.parametrize("key", REASONS)
def test_every_reason_stands_in_both_languages_with_the_same_places(key: str) -> None:
    row = REASONS[key]
    assert set(row) == {"zh", "en"} and places(row["zh"]) == places(row["en"])


def test_every_reason_that_is_given_has_its_words_and_their_values() -> None:
    assert {key: places(row["zh"]) for key, row in REASONS.items()} == given_reasons()


def test_figures_of_a_reason_are_short() -> None:
    assert worded(because("best", covered=0.2512), "en") == "the best sentence covers 0.25"


def test_other_languages_get_english() -> None:
    assert say("yes", "en") == say("yes", "fr") != say("yes", "zh")


def test_a_missing_value_or_wording_raises() -> None:
    with pytest.raises(KeyError):
        say("no such wording", "zh")
    with pytest.raises(KeyError):
        say("nearby", "zh")
