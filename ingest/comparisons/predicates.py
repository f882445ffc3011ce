"""Words that state a direction (快, 更轻): rows of data/predicates.tsv."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class Predicate:
    word: str
    sign: int
    implied: str
    default: str


@cache
def words() -> dict[str, Predicate]:
    text = resources.files("ingest").joinpath("data/predicates.tsv").read_text(encoding="utf-8")
    rows = ([*line.split("\t"), "", ""][:4] for line in text.splitlines() if line and not line.startswith("#"))
    return {word: Predicate(word, 1 if sign == "+" else -1, implied, default) for word, sign, implied, default in rows}


@cache
def predicate_pattern() -> re.Pattern[str]:
    return re.compile("|".join(re.escape(word) for word in sorted(words(), key=len, reverse=True)))
