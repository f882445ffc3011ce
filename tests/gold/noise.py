"""How much of noisy texts cleaning keeps and drops: texts written for this, as forums, pages, slides and feeds give them, in many encodings.

`noisy.json` holds each text with the file it would come as, its encoding, and what was labelled by hand before it was first read: `kept`
has to stand in the cleaned text in one piece, `dropped` must not. Blanks and line ends count for nothing inside of what is dropped; what is
kept has to stand on one line.

`python -m tests.gold.noise` prints both shares; `--details` names what is wrong in the dev half.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ingest.clean import clean
from ingest.files import uploaded
from kb.config import ROOT
from kb.domain import load_domain
from kb.language.lexicon import Lexicon
from tests.gold.scoring import Json

HERE = Path(__file__).resolve().parent
_MOST_BYTES = 1_000_000


@dataclass(frozen=True, slots=True)
class Cleaned:
    """`lost` should have been kept, `left` should have been dropped."""

    kept: int
    dropped: int
    lost: tuple[str, ...]
    left: tuple[str, ...]


@cache
def rows() -> tuple[Json, ...]:
    return tuple(json.loads((HERE / "noisy.json").read_text(encoding="utf-8"))["texts"])


def read(row: Json, names: Sequence[str]) -> Cleaned:
    data = "\n".join(row["text"]).encode(row["encoding"])
    (article,) = uploaded(row["file"], data, max_bytes=_MOST_BYTES)
    text = clean(article.text, names).text.text
    packed = "".join(text.split())
    lost = tuple(quote for quote in row["kept"] if quote not in text)
    left = tuple(quote for quote in row["dropped"] if "".join(quote.split()) in packed)
    return Cleaned(len(row["kept"]), len(row["dropped"]), lost, left)


def shares(found: Iterable[Cleaned]) -> dict[str, float]:
    every = tuple(found)
    kept, dropped = sum(one.kept for one in every), sum(one.dropped for one in every)
    return {
        "kept": 1 - sum(len(one.lost) for one in every) / kept,
        "dropped": 1 - sum(len(one.left) for one in every) / dropped,
    }


def figures() -> dict[str, dict[str, float]]:
    """By half."""
    names = Lexicon(load_domain(ROOT / "corpus" / "domain").concepts).names()
    return {split: shares(read(row, names) for row in rows() if row["split"] == split) for split in ("dev", "test")}


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.gold.noise", description=__doc__)
    parser.add_argument("--details", action="store_true", help="name what was lost and left in the dev half")
    chosen = parser.parse_args(arguments)
    for split, found in figures().items():
        print(split, {name: round(share, 3) for name, share in found.items()})
    names = Lexicon(load_domain(ROOT / "corpus" / "domain").concepts).names()
    for row in rows() if chosen.details else ():
        if row["split"] == "dev":
            one = read(row, names)
            print(f"{row['id']}\n  lost: {' | '.join(one.lost)}\n  left: {' | '.join(one.left)}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
