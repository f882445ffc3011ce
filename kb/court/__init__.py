"""The claim court: what the articles say, put to the test by what this very machine measured. It measures nothing itself."""

from __future__ import annotations

from kb.court.grouping import Group, Part, counted, grouped, verdict_named
from kb.court.judging import judge, rulings_at
from kb.court.records import VERDICTS, Figure, Rules, Ruling, RulingVerdict
from kb.court.rules import load_rules, read_rules

__all__ = [
    "VERDICTS",
    "Figure",
    "Group",
    "Part",
    "Rules",
    "Ruling",
    "RulingVerdict",
    "counted",
    "grouped",
    "judge",
    "load_rules",
    "read_rules",
    "rulings_at",
    "verdict_named",
]
