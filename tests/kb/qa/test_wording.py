from __future__ import annotations

import ast
import string
import tomllib
from importlib import resources

import pytest

from kb.config import ROOT
from kb.qa.wording import because, grounds, introduced, say, spaced, worded
from kb.records import Question


def rows(name: str) -> dict[str, dict[str, str]]:
    return tomllib.loads(resources.files("kb.qa").joinpath(f"data/{name}.toml").read_text(encoding="utf-8"))


ROWS, REASONS, GROUNDS = rows("wording"), rows("reasons"), rows("grounds")


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
    assert say(key, "en", **values) and (say(key, "zh", **values) or key.startswith("says"))


@pytest.mark.parametrize("key", REASONS)
def test_every_reason_stands_in_both_languages_with_the_same_places(key: str) -> None:
    row = REASONS[key]
    assert set(row) == {"zh", "en"} and places(row["zh"]) == places(row["en"])


def test_every_reason_that_is_given_has_its_words_and_their_values() -> None:
    assert {key: places(row["zh"]) for key, row in REASONS.items()} == given_reasons()


def given_grounds() -> set[str]:
    """What the code that decides gives as `why`: second of the triples it returns, fifth of a `Decision`, and the names it has for them."""
    found: set[str] = set()
    for path in (ROOT / "kb" / "qa" / "deciding").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Decision" and len(node.args) > 4:
                found |= texts(node.args[4])
            elif isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) in ("why", "(ANOTHER, EXCEPTION, GONE)", "ANOTHER_AMOUNT"):
                found |= texts(node.value)
            elif (
                isinstance(node, ast.Tuple)
                and len(node.elts) == 3
                and (texts(node.elts[0]) & {"yes", "no"} or ast.unparse(node.elts[0]) == "verdict")
            ):
                found |= texts(node.elts[1])
    return found


def texts(node: ast.expr) -> set[str]:
    """The texts that an expression may be; of an f-string what stands in front."""
    if isinstance(node, ast.JoinedStr):
        return texts(node.values[0]) if isinstance(node.values[0], ast.Constant) else texts(node.values[0].value)  # type: ignore[attr-defined]
    if isinstance(node, ast.IfExp):
        return texts(node.body) | texts(node.orelse)
    if isinstance(node, ast.Tuple):
        return set().union(*map(texts, node.elts))
    return {node.value} if isinstance(node, ast.Constant) and isinstance(node.value, str) else set()


def test_every_ground_of_a_verdict_has_its_words_in_both_languages() -> None:
    given = given_grounds()
    assert {"asserted", "denied", "rather than", "no longer so", "weighed"} <= given
    assert {why.partition(":")[0] for why in given} == set(GROUNDS)
    assert all(set(row) == {"zh", "en"} and all(row.values()) for row in GROUNDS.values())


def test_grounds_are_said_in_words_of_the_readers_language() -> None:
    assert grounds("claim: container shares host_kernel, said", "zh") == GROUNDS["claim"]["zh"]
    assert grounds("denied (0.93)", "en") == GROUNDS["denied"]["en"]
    assert worded(because("decided_no", clause="不共享", how="denied", worth=1.16), "zh").endswith("（把握 100%）")


def test_english_answers_say_in_english_what_kind_of_words_follow() -> None:
    openings = {kind: introduced(Question("?", "?", kind, (), language="en")) for kind in ("definition", "cause", "how", "open")}
    assert len(set(openings.values())) == 4 and not introduced(Question("？", "？", "cause", ()))


def test_figures_of_a_reason_are_short() -> None:
    assert worded(because("best", covered=0.2512), "en") == "the best sentence covers 0.25"


def test_other_languages_get_english() -> None:
    assert say("yes", "en") == say("yes", "fr") != say("yes", "zh")


def test_a_missing_value_or_wording_raises() -> None:
    with pytest.raises(KeyError):
        say("no such wording", "zh")
    with pytest.raises(KeyError):
        say("nearby", "zh")


def test_latin_and_han_are_set_apart() -> None:
    assert spaced("Docker和Podman的主要区别：") == "Docker 和 Podman 的主要区别："
    assert spaced("容器占优：体积") == "容器占优：体积"
