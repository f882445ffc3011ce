"""`python -m tests.gold.weights`: fits the weights of a claim's traits (ingest/data/claim_weights.tsv) on the labelled sentences of the dev half
and on claims made of whole articles that no label is from (judged.jsonl).

A claim is right where a label of its sentence says the same, or where it was judged so. Labelled training sentences are read alone, so that they
say nothing of subjects carried from sentence to sentence: the judged claims do. Logistic regression with a penalty on the squares of the weights; traits seen
fewer than `FEWEST` times get none. Prints how many claims each threshold keeps and how many of them are right, in a ten-fold cross-validation.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections import Counter
from collections.abc import Container, Iterator, Sequence

import numpy as np

from ingest.weighing import WEIGHTS as FILE
from ingest.weighing import Traits, likelihood
from kb.config import ROOT
from kb.records import Article, Claim
from tests.gold.__main__ import TRAINING, knowledge_base
from tests.gold.extraction import Same, labelled, sha256, training_texts
from tests.gold.labels import rows_of
from tests.gold.logistic import fitted
from tests.gold.scoring import Json

FEWEST = 3
PENALTY = 10.0
FOLDS = 10

Row = tuple[frozenset[str], bool, str]  # traits, right, the text it comes from


def rows(split: str) -> Iterator[Row]:
    """A row a claim that either reader makes of a labelled sentence."""
    from ingest.claims import candidates
    from ingest.pipeline import Tools, load_articles, read_sentences

    chosen = [row for row in labelled() if row["split"] == split]
    with knowledge_base() as base:
        tools = Tools(base.lexicon, base.tokenizer, base.domain)
        same = Same(base)
        names = {concept.id: concept.name for concept in base.lexicon.concepts()}

        def claimed(article: Article) -> Iterator[tuple[Claim, Traits, tuple[int, int], dict[str, str]]]:
            read = read_sentences(article, tools)
            found, phrases = candidates(read.readings, tools.tokenizer, tools.domain, read.kinds, tools.parser)
            spans = {reading.piece.sentence.id: reading.piece.sentence.span for reading in read.readings}
            own = names | {concept.id: concept.name for concept in (*read.proposed, *phrases)}
            for claim, traits in found:
                yield claim, traits, spans[claim.sentence_id], own

        by_article: dict[str, list[Json]] = {}
        for row in chosen:
            if row["article"]:
                by_article.setdefault(row["article"], []).append(row)
        for name, labels in by_article.items():
            (article,) = load_articles(ROOT / "corpus" / "articles" / f"{name}.md", max_bytes=10**7)
            spans = [(place, len(row["text"]), row) for row in labels if (place := article.text.find(row["text"])) >= 0]
            for claim, traits, span, own in claimed(article):
                for start, length, row in spans:
                    if min(span[1], start + length) - max(span[0], start) > (span[1] - span[0]) / 2:
                        yield traits, _right(claim, row, same, own), name
        for index, text in training_texts(TRAINING, chosen).items():
            for claim, traits, _, own in claimed(Article(f"labelled-{index}", "", text, "labelled")):
                yield traits, _right(claim, chosen[index], same, own), f"text {index}"


def judged() -> Iterator[Row]:
    """A row a claim of judged.jsonl that reading still makes; none where the training texts are not at hand."""
    from ingest.claims import candidates
    from ingest.pipeline import Tools, read_sentences

    verdicts: dict[str, dict[tuple[str, str, str, str, bool], bool]] = {}
    files = set()
    for row in rows_of("judged.jsonl"):
        key = (row["sha256"], row["subject"], row["relation"], row["object"], row["holds"])
        verdicts.setdefault(f"{row['repo']}/{row['path']}", {})[key] = row["right"]
        files.add(row["file"])
    with knowledge_base() as base:
        tools = Tools(base.lexicon, base.tokenizer, base.domain)
        names = {concept.id: concept.name for concept in base.lexicon.concepts()}
        for path, (title, text) in sorted(_articles(files, verdicts).items()):
            read = read_sentences(Article(path, title, text, "judged"), tools)
            found, phrases = candidates(read.readings, tools.tokenizer, tools.domain, read.kinds, tools.parser)
            hashes = {reading.piece.sentence.id: sha256(reading.text) for reading in read.readings}
            own = names | {concept.id: concept.name for concept in (*read.proposed, *phrases)}
            for claim, traits in found:
                ends = own.get(claim.subject, claim.subject), own.get(claim.object, claim.object)
                right = verdicts[path].get((hashes[claim.sentence_id], ends[0], claim.relation, ends[1], claim.holds))
                if right is not None:
                    yield traits, right, f"article {path}"


def _articles(files: Container[str], wanted: Container[str]) -> dict[str, tuple[str, str]]:
    """Title and text of the training articles that are wanted, put together from their sections as Markdown."""
    parts: dict[str, list[str]] = {}
    titles: dict[str, str] = {}
    for file in sorted(TRAINING.glob("*.jsonl.gz")):
        if file.name not in files:
            continue
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            for line in lines:
                section = json.loads(line)
                path = f"{section['repo']}/{section['path']}"
                if path in wanted:
                    titles.setdefault(path, section["title"] or "")
                    heading = next(reversed(section["headings"]), "")
                    parts.setdefault(path, []).append("\n\n".join((f"## {heading}", *section["paras"])))
    return {path: (titles[path], "\n\n".join((f"# {titles[path]}", *sections))) for path, sections in parts.items()}


def _right(claim: Claim, row: Json, same: Same, names: dict[str, str]) -> bool:
    given = {
        "subject": names.get(claim.subject, claim.subject),
        "predicate": claim.relation,
        "object": names.get(claim.object, claim.object),
        "polarity": "affirmed" if claim.holds else "negated",
    }
    return any(same.relations(wanted, given) for wanted in row["relations"])


def fit(data: Sequence[Row]) -> dict[str, float]:
    """Trait → weight, and `bias`."""
    counts = Counter(trait for traits, _, _ in data for trait in traits)
    names = sorted(trait for trait, count in counts.items() if count >= FEWEST)
    table = np.array([[1.0, *(name in traits for name in names)] for traits, _, _ in data], dtype=float)
    right = np.array([right for _, right, _ in data], dtype=float)
    weights = fitted(table, right, PENALTY)
    return {"bias": float(weights[0])} | dict(zip(names, map(float, weights[1:]), strict=True))


def held_out(data: Sequence[Row]) -> list[float]:
    """The likelihood of each row by weights fitted on the other folds; a text lies wholly in one fold."""
    texts = sorted({text for _, _, text in data})
    fold = {text: number % FOLDS for number, text in enumerate(texts)}
    by_fold = [fit([row for row in data if fold[row[2]] != number]) for number in range(FOLDS)]
    return [likelihood(traits, by_fold[fold[text]]) for traits, _, text in data]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="write ingest/data/claim_weights.tsv")
    parser.add_argument("--check", choices=("test",), help="judge the weights in use on this half instead")
    options = parser.parse_args()
    data = list(rows(options.check or "dev"))
    if not options.check:
        data += judged()
    if options.check:
        odds = [likelihood(traits) for traits, _, _ in data]
    else:
        odds = held_out(data)
    total = sum(right for _, right, _ in data)
    print(f"{len(data)} claims, {total} of them right")
    print("least  kept  right  share of right ones kept  precision")
    for least in (0.0, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.6):
        kept = [right for (_, right, _), odd in zip(data, odds, strict=True) if odd >= least]
        print(f"{least:5.2f} {len(kept):5d} {sum(kept):6d} {sum(kept) / total:25.3f} {sum(kept) / max(1, len(kept)):10.3f}")
    if options.write:
        lines = [f"{name}\t{weight:.3f}" for name, weight in fit(data).items()]
        FILE.write_text(
            "# trait of a claim\tweight in the logarithm of its odds of being right; written by python -m tests.gold.weights --write\n"
            + "\n".join(lines)
            + "\n",
            encoding="utf-8",
        )
        print(f"{FILE.relative_to(ROOT)}: {len(lines)} weights")


if __name__ == "__main__":
    main()
