"""The claim court: what the articles say, put to the test by what this very machine measured. It measures nothing itself."""

from __future__ import annotations

from kb.court.judging import judge
from kb.court.records import VERDICTS, Figure, Rules, Ruling, RulingVerdict
from kb.court.rules import load_rules, read_rules

__all__ = ["VERDICTS", "Figure", "Rules", "Ruling", "RulingVerdict", "judge", "load_rules", "read_rules"]
