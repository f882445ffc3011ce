from __future__ import annotations

import pytest

from kb.language.translating.inflecting import as_adverb, compared, plural, verb_forms


@pytest.mark.parametrize(
    ("noun", "many"),
    [("library", "libraries"), ("process", "processes"), ("key", "keys"), ("hard disk", "hard disks"), ("person", "people")],
)
def test_plurals(noun: str, many: str) -> None:
    assert plural(noun) == many


@pytest.mark.parametrize(
    ("base", "forms"),
    [
        ("share", {"share", "shares", "shared", "sharing"}),
        ("carry", {"carry", "carries", "carried", "carrying"}),
        ("run", {"run", "runs", "ran", "running"}),
        ("write", {"write", "writes", "wrote", "written", "writing"}),
        ("take up", {"take up", "takes up", "took up", "taken up", "taking up"}),
    ],
)
def test_verb_forms(base: str, forms: set[str]) -> None:
    assert {form for form, _ in verb_forms(base)} == forms


@pytest.mark.parametrize(
    ("adjective", "forms"),
    [("big", ("bigger", "biggest")), ("easy", ("easier", "easiest")), ("good", ("better", "best")), ("simple", ("simpler", "simplest"))],
)
def test_short_adjectives_are_compared_in_one_word(adjective: str, forms: tuple[str, str]) -> None:
    assert compared(adjective) == forms


def test_long_adjectives_are_not() -> None:
    assert compared("expensive") is None


@pytest.mark.parametrize(
    ("adjective", "adverb"), [("quick", "quickly"), ("easy", "easily"), ("simple", "simply"), ("automatic", "automatically")]
)
def test_adverbs(adjective: str, adverb: str) -> None:
    assert as_adverb(adjective) == adverb
