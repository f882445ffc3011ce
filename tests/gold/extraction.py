"""Compares what reading makes of labelled sentences with their labels: relations, comparisons and quantities.

`sentences.jsonl` holds a sentence a line. `article` and `start`/`end` (characters of the article's file) place a sentence of our own corpus;
`file`, `record`, `paragraph` and `start`/`end` (characters of that paragraph) one of the training texts, whose words are not kept here:
only their SHA-256. `relations`, `comparisons` and `quantities` were labelled by reading; a sentence without any states nothing to extract.
`predicate_alt` and `subject_alt` name what is as good. Dates, self-equations (an abbreviation and its long form) and aspects that
`aspects.toml` does not know are not labelled.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from tests.gold.labels import rows_of
from tests.gold.scoring import Json, content

if TYPE_CHECKING:
    from kb.app import KnowledgeBase

PARTS = ("relations", "comparisons", "quantities")
# `related`: relations where a neighbouring type is as good; `agreed`: those by what both readers state (recall) and what either states
# (precision); `second_reader`: what the other reader's labels score by the same measure
FIGURES = ("relations", "related", "agreed", "second_reader", "comparisons", "quantities")
# types that a text often leaves undecided: what provides something may contain it, what runs on something needs it
RELATED = (
    frozenset(("is_a", "instance_of", "equals")),
    frozenset(("has_part", "packages", "provides")),
    frozenset(("part_of", "runs_on", "located_between")),
    frozenset(("has_part", "hosts")),
    frozenset(("uses", "depends_on", "requires", "runs_on")),
    frozenset(("uses", "shares", "connects_to")),
    frozenset(("manages", "provides", "connects_to")),
    frozenset(("virtualizes", "provides")),
    frozenset(("provides", "enables", "suited_for", "has_property", "uses")),
)

_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_SWAPPED = {"a_more": "b_more", "b_more": "a_more", "equal": "equal"}
_SHORTEST = 2  # characters of a name that may stand for a longer one (虚拟机 for Linux 虚拟机)


@cache
def labelled() -> tuple[Json, ...]:
    return tuple(rows_of("sentences.jsonl"))


@cache
def second_reader() -> dict[str, list[Json]]:
    """SHA-256 of a sentence → the relations that a second reader stated, who saw neither the labels nor what the program reads."""
    return {row["sha256"]: row["relations"] for row in rows_of("second.jsonl")}


def training_texts(folder: Path, rows: Sequence[Json]) -> dict[int, str]:
    """The sentences that `rows` place in the training files, by their index in `rows`; those whose hash is not the recorded one are missing."""
    wanted: dict[str, dict[int, list[int]]] = {}
    for index, row in enumerate(rows):
        if row["file"]:
            wanted.setdefault(row["file"], {}).setdefault(row["record"], []).append(index)
    found: dict[int, str] = {}
    for name, records in wanted.items():
        path = folder / name
        if not path.is_file():
            continue
        last = max(records)
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for number, line in enumerate(lines):
                if number > last:
                    break
                for index in records.get(number, ()):
                    row = rows[index]
                    text = json.loads(line)["paras"][row["paragraph"]][row["start"] : row["end"]]
                    if sha256(text) == row["sha256"]:
                        found[index] = text
    return found


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass
class Tally:
    """Labels found of labels given, and things read that a label names of things read."""

    gold: int = 0
    found: int = 0
    read: int = 0
    right: int = 0

    def add(
        self, gold: Sequence[Json], read: Sequence[Json], same: Callable[[Json, Json], bool], right: Sequence[Json] | None = None
    ) -> None:
        """`right`: the labels that bear out what was read, where they are more than those to be found."""
        self.gold += len(gold)
        self.found += sum(any(same(wanted, given) for given in read) for wanted in gold)
        self.read += len(read)
        self.right += sum(any(same(wanted, given) for wanted in (gold if right is None else right)) for given in read)

    def shares(self) -> dict[str, float]:
        shares = {}
        if self.gold:
            shares["recall"] = self.found / self.gold
        if self.read:
            shares["precision"] = self.right / self.read
        return shares


@dataclass
class Extraction:
    tallies: dict[str, Tally] = field(default_factory=lambda: {part: Tally() for part in FIGURES})
    details: list[Json] = field(default_factory=list)

    def add(self, row: Json, text: str, read: Json, same: Same) -> None:
        for part in PARTS:
            self.tallies[part].add(row[part], read[part], getattr(same, part))
        self.tallies["related"].add(row["relations"], read["relations"], same.related)
        self._by_two_readers(row["relations"], second_reader().get(row["sha256"]), read["relations"], same.related)
        missing = {part: [w for w in row[part] if not any(getattr(same, part)(w, g) for g in read[part])] for part in PARTS}
        unlisted = {part: [g for g in read[part] if not any(getattr(same, part)(w, g) for w in row[part])] for part in PARTS}
        self.details.append(
            {"article": row["article"], "file": row["file"], "start": row["start"], "text": text, "missing": missing, "unlisted": unlisted}
        )

    def _by_two_readers(self, first: list[Json], second: list[Json] | None, read: list[Json], same: Callable[[Json, Json], bool]) -> None:
        if second is None:
            return
        both = [one for one in first if any(same(one, other) or same(other, one) for other in second)]
        self.tallies["agreed"].add(both, read, same, right=[*first, *second])
        self.tallies["second_reader"].add(first, [label for label in second if label["sure"]], same)

    def values(self, prefix: str) -> dict[str, float]:
        return {f"{prefix}.{part}.{name}": share for part, tally in self.tallies.items() for name, share in tally.shares().items()}


class Same:
    """When something read is what a label says. Names are the same where they are one concept's, or where one contains the other."""

    def __init__(self, base: KnowledgeBase) -> None:
        self.lexicon = base.lexicon
        self.relation_types = base.domain.relations
        self.aspects = {
            name.casefold(): aspect.id for aspect in base.domain.aspects.values() for name in (*aspect.names, aspect.zh, aspect.id)
        }
        self._ids: dict[str, str] = {}

    def name(self, one: str, other: str) -> bool:
        a, b = content(one), content(other)
        if a == b or self._id(one) == self._id(other):
            return True
        shorter, longer = sorted((a, b), key=len)
        return len(shorter) >= _SHORTEST and shorter in longer

    def _id(self, name: str) -> str:
        if name not in self._ids:
            concept = self.lexicon.named(name)
            self._ids[name] = concept.id if concept else content(name)
        return self._ids[name]

    def relations(self, wanted: Json, given: Json) -> bool:
        return self._says(wanted, given, {wanted["predicate"], *wanted.get("predicate_alt", ())})

    def related(self, wanted: Json, given: Json) -> bool:
        """The same two ends and a type that is near the label's."""
        named = {wanted["predicate"], *wanted.get("predicate_alt", ())}
        return self._says(wanted, given, named.union(*(group for group in RELATED if group & named)))

    def _says(self, wanted: Json, given: Json, predicates: set[str]) -> bool:
        if wanted["polarity"] != given["polarity"]:
            return False
        ends = (given["subject"], given["object"])
        if given["predicate"] in predicates and self._ends(wanted, *ends):
            return True
        inverses = {self.relation_types[predicate].inverse for predicate in predicates}
        turned = given["predicate"] in inverses or (
            given["predicate"] in predicates and any(self.relation_types[predicate].symmetric for predicate in predicates)
        )
        return turned and self._ends(wanted, *reversed(ends))

    def _ends(self, wanted: Json, subject: str, object_: str) -> bool:
        return self.name(wanted["subject"], subject) and self.name(wanted["object"], object_)

    def comparisons(self, wanted: Json, given: Json) -> bool:
        if self._aspect(wanted["dimension"]) != self._aspect(given["dimension"]):
            return False
        if wanted["direction"] == given["direction"] and self.name(wanted["a"], given["a"]) and self.name(wanted["b"], given["b"]):
            return True
        swapped = _SWAPPED[wanted["direction"]] == given["direction"]
        return swapped and self.name(wanted["a"], given["b"]) and self.name(wanted["b"], given["a"])

    def _aspect(self, name: str) -> str:
        return self.aspects.get(name.casefold(), name)

    def quantities(self, wanted: Json, given: Json) -> bool:
        """The same figures of the same thing; what it is called is left open."""
        if not any(self.name(subject, given["subject"]) for subject in (wanted["subject"], *wanted.get("subject_alt", ()))):
            return False
        a, b = (_NUMBER.findall(row["value_text"]) for row in (wanted, given))
        return a == b if a or b else content(wanted["value_text"]) in content(given["value_text"])


def read_own(base: KnowledgeBase, rows: Iterable[Json]) -> Iterator[tuple[Json, str, Json]]:
    """Each labelled sentence of our own articles with what is stored of it."""
    from kb.presenting import claim_json, comparison_json, quantity_json

    ids = {Path(summary.origin).stem: summary.id for summary in base.store.articles()}
    for row in rows:
        article = base.store.article(ids[row["article"]])
        start = article.text.find(row["text"]) if article else -1
        if article is None or start < 0:
            continue
        stored = base.store.sentences(article_id=article.id)
        inside = {s.id for s in stored if min(s.span[1], start + len(row["text"])) - max(s.span[0], start) > (s.span[1] - s.span[0]) / 2}
        yield (
            row,
            row["text"],
            {
                "relations": [_relation(claim_json(c, base)) for c in base.store.claims(article_id=article.id) if c.sentence_id in inside],
                "comparisons": [comparison_json(c, base) for c in base.store.comparisons(article_id=article.id) if c.sentence_id in inside],
                "quantities": [quantity_json(q, base) for q in base.store.quantities(article_id=article.id) if q.sentence_id in inside],
            },
        )


def _relation(claim: Json) -> Json:
    return {**claim, "predicate": claim["relation"]}


def read_foreign(base: KnowledgeBase, rows: Sequence[Json], texts: dict[int, str]) -> Iterator[tuple[Json, str, Json]]:
    """Each labelled training sentence with what reading makes of it alone; nothing is stored."""
    from ingest.pipeline import Tools, read_article
    from kb.records import Article

    tools = Tools(lexicon=base.lexicon, tokenizer=base.tokenizer, domain=base.domain)
    for index, text in texts.items():
        extract = read_article(Article(f"labelled-{index}", "", text, "labelled"), tools)
        names = {concept.id: concept.name for concept in (*base.lexicon.concepts(), *extract.concepts)}
        yield (
            rows[index],
            text,
            {
                "relations": [
                    {
                        "subject": names.get(c.subject, c.subject),
                        "predicate": c.relation,
                        "object": names.get(c.object, c.object),
                        "polarity": "affirmed" if c.holds else "negated",
                    }
                    for c in extract.claims
                ],
                "comparisons": [
                    {"a": names.get(c.a, c.a), "b": names.get(c.b, c.b), "dimension": c.aspect, "direction": c.direction}
                    for c in extract.comparisons
                ],
                "quantities": [
                    {"subject": names.get(q.subject, q.subject), "attribute": q.aspect, "value_text": q.value_text}
                    for q in extract.quantities
                ],
            },
        )
