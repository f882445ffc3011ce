"""A gate may let too much through, never too little: what it keeps out cannot match."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.clauses import JOINT, LIST, SLOT
from ingest.gates import Gate, needed
from kb.config import ROOT
from kb.domain import load_domain

ROWS = [pattern.lstrip("~") for row in load_domain(ROOT / "corpus" / "domain").relations.values() for pattern in row.patterns]
PLACES = {"": LIST, "1": SLOT, "2": rf"{SLOT}(?:{JOINT}{SLOT})+"}
PATTERNS = [re.sub(r"\{([SO])([12]?)\}", lambda m: f"(?P<{m[1]}>{PLACES[m[2]]})", row).replace("{M}", SLOT) for row in dict.fromkeys(ROWS)]
CHARACTERS = "".join(sorted({character for pattern in PATTERNS for character in pattern if "\u3400" <= character <= "\u9fff"}))


@pytest.mark.parametrize(
    ("pattern", "characters"),
    [
        ("是一种", "是"),
        ("(?:例如|比如)X?", "例比"),
        ("(?:例如|X?)", None),
        ("a*", None),
        ("a+", "a"),
        ("(?:a{2})?b", "b"),
        ("[与和]", "与和"),
        ("[^与和]", None),
        ("(?<!不)是", "是"),
        ("(?!不).", None),
        ("(?=是).", "是"),
        ("(?i)page", None),
        ("(?i:page)", None),
    ],
)
def test_what_every_match_holds(pattern: str, characters: str | None) -> None:
    found = needed(pattern)
    if characters is None:
        assert found is None
    else:
        assert found is not None and found <= set(characters)


GATE = Gate(PATTERNS)
COMPILED = [re.compile(pattern) for pattern in PATTERNS]


@given(st.text(alphabet=CHARACTERS + "\ue000\ue001\ue002，、的（）", max_size=40))
def test_no_pattern_that_matches_is_kept_out(text: str) -> None:
    matching = [number for number, pattern in enumerate(COMPILED) if pattern.search(text)]
    assert set(matching) <= set(GATE.open(text))


def test_most_patterns_are_kept_out_of_a_plain_clause() -> None:
    assert len(GATE.open("\ue000比\ue001快")) < len(PATTERNS) / 4


def test_patterns_come_in_their_order() -> None:
    opened = list(GATE.open("".join(PATTERNS)))
    assert opened == sorted(opened) and len(opened) == len(PATTERNS)
