"""`python -m tests.gold.fresh`: questions of every kind but yes or no that strangers to the program wrote on our own articles (fresh.jsonl).

They have no patterns: a question counts as answered where a quote of the answer lies where its evidence lies. The dev half may be looked at
(`--details`), the test half is there to report.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from kb.app import KnowledgeBase
from kb.config import ROOT
from tests.gold.__main__ import SPLITS, ask, knowledge_base
from tests.gold.labels import rows_of
from tests.gold.scoring import Json, abstained, mean, same_place

FRESH = "fresh.jsonl"


@dataclass(frozen=True, slots=True)
class Row:
    """`hit` is `None` for a question that nothing answers."""

    question: Json
    refused: bool
    hit: bool | None
    answer: str


@cache
def held_out() -> frozenset[str]:
    """The articles of the test half."""
    return frozenset(json.loads(resources.files("tests.gold").joinpath("split.json").read_text(encoding="utf-8"))["test"])


def fresh(split: str) -> list[Json]:
    """`id`, `article`, `type`, `question` and its `quote`; or `near`, the thing that a question is about which no article answers."""
    return [row for row in rows_of(FRESH) if (row["article"] in held_out()) is (split == "test")]


def row_of(question: Json, answer: Json) -> Row:
    quotes = [str(item.get("quote") or "") for item in answer.get("evidence") or ()]
    hit = any(same_place(quote, question["quote"]) for quote in quotes) if "quote" in question else None
    return Row(question, abstained(answer), hit and not abstained(answer), str(answer.get("answer") or ""))


def rows(base: KnowledgeBase, split: str) -> list[Row]:
    return [row_of(question, ask(base, question)) for question in fresh(split)]


def line(name: str, found: Sequence[Row]) -> str:
    answerable, others = [row for row in found if row.hit is not None], [row for row in found if row.hit is None]
    shares = (mean(bool(row.hit) for row in answerable), mean(row.refused for row in answerable), mean(row.refused for row in others))
    return f"{name:14}{len(answerable):6}" + "".join(f"{100 * (share or 0.0):10.1f} %" for share in shares) + f"{len(others):8}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--details", action="store_true", help="print the questions of the dev half that were not answered rightly")
    options = parser.parse_args()
    print(f"{'':14}{'asked':>6}{'answered':>12}{'wrongly ref.':>12}{'refused':>12}{'of':>8}")
    with knowledge_base(ROOT / "corpus" / "articles") as base:
        for split in SPLITS:
            found = rows(base, split)
            print(line(split, found))
            for kind in sorted({row.question["type"] for row in found}):
                print(line(f"  {kind}", [row for row in found if row.question["type"] == kind]))
            for row in found if options.details and split == "dev" else ():
                if row.hit is False or (row.hit is None and not row.refused):
                    print(
                        f"{row.question['question']}\n    wanted: {row.question.get('quote', '(silence)')}\n    said:   {row.answer[:200]!r}"
                    )


if __name__ == "__main__":
    main()
