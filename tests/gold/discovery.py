"""Compares the new concepts found in articles never seen with labels made by reading them.

`concepts.jsonl` holds an article a line: the training file, the numbers of its records, the SHA-256 of the text put together from them
(`article_text`), and spans in that text; the words themselves are not kept here. Each item of `concepts` lists the spans of one concept's
names; `allowed` are spans of what may pass for a concept: found or not, it counts neither way. Concepts of the vocabulary are left out.

`python -m tests.gold.discovery` prints recall and precision by article; `--fit` fits the weights of termhood to the dev half.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ingest.candidates import Token, find_candidates, tokens_of
from ingest.clean import clean
from ingest.discovery import discover
from ingest.segment import Piece, segment
from ingest.termhood import SORTS, features, sort_of
from kb.config import ROOT
from kb.domain import load_domain
from kb.language.lexicon import Lexicon
from kb.language.normalize import fold
from kb.language.words import Tokenizer
from kb.records import Concept
from tests.gold.labels import rows_of
from tests.gold.scoring import Json

TRAINING = ROOT.parent / "shared" / "data" / "training"


@dataclass(frozen=True, slots=True)
class Labelled:
    """An article with its labels: folded names of each concept, and of what counts neither way."""

    split: str
    text: str
    concepts: tuple[frozenset[str], ...]
    allowed: frozenset[str]


@dataclass(frozen=True, slots=True)
class Found:
    """What was found of an article: `missing` and `wrong` are names."""

    labelled: int
    right: int
    wrong: tuple[str, ...]
    missing: tuple[str, ...]


@cache
def rows() -> tuple[Json, ...]:
    return tuple(rows_of("concepts.jsonl"))


def article_text(records: Sequence[Json]) -> str:
    """The sections of an article, each under its heading."""
    lines: list[str] = []
    for record in records:
        lines += [f"# {record['headings'][-1] if record['headings'] else record['title']}", *record["paras"]]
    return "\n".join(lines)


def labelled(folder: Path = TRAINING) -> tuple[Labelled, ...]:
    """The labelled articles whose text is beside us and is the recorded one."""
    wanted = {number for row in rows() for number in row["records"]}
    path = folder / "tech_sections.jsonl.gz"
    if not path.is_file():
        return ()
    records: dict[int, Json] = {}
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            if number in wanted:
                records[number] = json.loads(line)
            if number > max(wanted):
                break
    return tuple(_labelled(row, records) for row in rows() if _is_recorded(row, records))


def _is_recorded(row: Json, records: dict[int, Json]) -> bool:
    text = article_text([records[number] for number in row["records"]])
    return hashlib.sha256(text.encode()).hexdigest() == row["sha256"]


def _labelled(row: Json, records: dict[int, Json]) -> Labelled:
    text = article_text([records[number] for number in row["records"]])
    concepts = tuple(frozenset(fold(text[start:end]) for start, end in spans) for spans in row["concepts"])
    return Labelled(row["split"], text, concepts, frozenset(fold(text[start:end]) for start, end in row["allowed"]))


class Reader:
    """The vocabulary and the words that discovery works with."""

    def __init__(self) -> None:
        self.lexicon = Lexicon(load_domain(ROOT / "corpus" / "domain").concepts)
        self.tokenizer = Tokenizer(self.lexicon.names())

    def pieces(self, text: str) -> tuple[Piece, ...]:
        return segment("labelled", clean(text, self.lexicon.names()))

    def discover(self, text: str) -> tuple[Concept, ...]:
        pieces = self.pieces(text)
        return discover(pieces, self.tokens(pieces), self.lexicon, self.tokenizer)

    def tokens(self, pieces: Sequence[Piece]) -> list[list[Token]]:
        return [tokens_of(piece.mapped.text, self.tokenizer) for piece in pieces]

    def unknown(self, item: Labelled) -> list[frozenset[str]]:
        """The labelled concepts of which the vocabulary knows no name."""
        return [names for names in item.concepts if not any(self.lexicon.named(name) for name in names)]

    def compare(self, item: Labelled) -> Found:
        gold = self.unknown(item)
        known = {name for names in item.concepts for name in names}
        found = self.discover(item.text)
        names = [{fold(name) for name in (concept.name, concept.name_en, *concept.aliases) if name} for concept in found]
        every = set().union(*names) if names else set()
        right = sum(bool(wanted & every) for wanted in gold)
        wrong = [c.name for c, own in zip(found, names, strict=True) if not own & known and not own & item.allowed]
        return Found(len(gold), right, tuple(wrong), tuple(min(wanted, key=len) for wanted in gold if not wanted & every))


def shares(found: Sequence[Found]) -> dict[str, float]:
    right, labels = sum(f.right for f in found), sum(f.labelled for f in found)
    read = right + sum(len(f.wrong) for f in found)
    return {"recall": right / labels, "precision": right / read} if labels and read else {}


def fit(reader: Reader, items: Sequence[Labelled]) -> Iterator[tuple[str, list[float]]]:
    """Weights of the signs for each sort: a logistic regression on the candidates of the articles; what is merely allowed is left out."""
    from sklearn.linear_model import LogisticRegression

    signs: list[dict[str, float]] = []
    terms: list[bool] = []
    for item in items:
        pieces = reader.pieces(item.text)
        candidates, _ = find_candidates(pieces, reader.tokens(pieces))
        for key, values in features(candidates, reader.tokenizer, reader.lexicon).items():
            if key not in item.allowed and reader.lexicon.named(candidates[key].name) is None:
                signs.append(values)
                terms.append(any(key in names for names in item.concepts))
    names = list(dict.fromkeys(name for values in signs for name in values))
    spread = [
        [values.get(name, 0.0) if sort_of(values) == sort else 0.0 for sort in SORTS for name in names]
        + [float(sort_of(values) == sort) for sort in SORTS]
        for values in signs
    ]
    model = LogisticRegression(C=0.1, max_iter=3000).fit(spread, terms)
    weights = [float(weight) for weight in model.coef_[0]]
    yield "bias", [float(model.intercept_[0]) + weight for weight in weights[-len(SORTS) :]]
    for number, name in enumerate(names):
        yield name, [weights[number + len(names) * sort] for sort in range(len(SORTS))]


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.gold.discovery", description=__doc__)
    parser.add_argument("--fit", action="store_true", help="print the weights fitted to the dev half, as data/termhood.tsv keeps them")
    parser.add_argument("--details", action="store_true", help="name what is wrong and missing in the dev half")
    chosen = parser.parse_args(arguments)
    reader, items = Reader(), labelled()
    if chosen.fit:
        print("# sign", *SORTS, "(written by python -m tests.gold.discovery --fit)", sep="\t")
        for name, weights in fit(reader, [item for item in items if item.split == "dev"]):
            print(name, *(f"{weight:.3f}" for weight in weights), sep="\t")
        return 0
    for split in ("dev", "test"):
        found = [reader.compare(item) for item in items if item.split == split]
        print(split, {name: round(share, 3) for name, share in shares(found).items()})
        for one in found:
            print(f"  {one.right}/{one.labelled}, {len(one.wrong)} wrong")
            if chosen.details and split == "dev":
                print("    wrong:", " ".join(one.wrong), "\n    missing:", " ".join(one.missing))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
