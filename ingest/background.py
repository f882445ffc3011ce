"""How candidates fare in technical Chinese at large: counted once over training texts, shipped as a table, read here.

A row is a folded name, the number of sections that use it, in per mille how much of its use lies in no longer run of nouns, and how many
sections set it apart (a label, a heading, a name in another language beside it, quotation marks, a definition). Counts only, no text.

`python -m ingest.background FILE.jsonl.gz…` counts over files of sections (`{"repo", "path", "headings", "paras"}` a line) and writes the
table; `--without NAME` leaves out what has NAME in its repository or path.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path

from ingest.candidates import Candidate, find_candidates, tokens_of
from ingest.clean import clean
from ingest.segment import segment
from kb.language.words import Tokenizer

_LEAST = 4  # sections; rarer names are left out
SECTIONS = 58_000  # of the texts counted
_FILE = "background.tsv.gz"


@dataclass(frozen=True, slots=True)
class Background:
    """Of a name in technical texts: sections that use it, the share of its use that lies in no longer run, sections that set it apart."""

    sections: int
    alone: float
    apart: int


_NONE = Background(0, 0.0, 0)


@cache
def table() -> dict[str, Background]:
    with resources.files("ingest").joinpath(f"data/{_FILE}").open("rb") as file, gzip.open(file, "rt", encoding="utf-8") as lines:
        return dict(_row(line) for line in lines if not line.startswith("#"))


def of(name: str) -> Background:
    """By folded name."""
    return table().get(name, _NONE)


def _row(line: str) -> tuple[str, Background]:
    name, sections, alone, apart = line.rstrip("\n").split("\t")
    return name, Background(int(sections), int(alone) / 1000, int(apart))


def count(texts: Iterable[str], tokenizer: Tokenizer) -> Iterator[tuple[str, Background]]:
    """Names that at least a few of the texts use, most used first."""
    sections: Counter[str] = Counter()
    places: Counter[str] = Counter()
    alone: Counter[str] = Counter()
    apart: Counter[str] = Counter()
    for number, text in enumerate(texts, start=1):
        pieces = segment("section", clean(text))
        for key, candidate in find_candidates(pieces, [tokens_of(piece.mapped.text, tokenizer) for piece in pieces])[0].items():
            sections[key] += 1
            places[key] += len(candidate.places)
            alone[key] += candidate.alone
            apart[key] += _is_set_apart(candidate)
        if number % 5000 == 0:
            for key in [key for key, used in sections.items() if used == 1 and number > 5000]:
                del sections[key], places[key], alone[key], apart[key]
            print(f"{number} sections, {len(sections)} names", file=sys.stderr, flush=True)
    for key, used in sections.most_common():
        if used >= _LEAST:
            yield key, Background(used, alone[key] / places[key], apart[key])


def _is_set_apart(candidate: Candidate) -> bool:
    return bool(candidate.signs & {"label", "whole_heading", "glossed", "quoted", "defined", "named"})


def _texts(files: Sequence[Path], without: Sequence[str], skip: frozenset[str]) -> Iterator[str]:
    for file in files:
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                place = f"{row['repo']}/{row['path']}"
                if place not in skip and not any(name in place for name in without):
                    yield "\n".join([*(f"# {heading}" for heading in row["headings"][-1:]), *row["paras"]])


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m ingest.background", description=__doc__)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--without", action="append", default=[], metavar="NAME")
    parser.add_argument("--without-places", type=Path, metavar="FILE", help="a REPOSITORY/PATH a line: articles kept for measuring")
    parser.add_argument("--out", type=Path, default=Path(str(resources.files("ingest").joinpath(f"data/{_FILE}"))))
    chosen = parser.parse_args(arguments)
    skip = frozenset(chosen.without_places.read_text(encoding="utf-8").splitlines()) if chosen.without_places else frozenset[str]()
    rows = count(_texts(chosen.files, chosen.without, skip), Tokenizer())
    with gzip.GzipFile(chosen.out, "wb", mtime=0) as packed:
        packed.write(b"# name\tsections\talone (per mille)\tsections that set it apart\n")
        for key, row in rows:
            packed.write(f"{key}\t{row.sections}\t{round(1000 * row.alone)}\t{row.apart}\n".encode())
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
