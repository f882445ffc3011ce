"""`python -m tests.gold.readers`: relations of the labelled sentences as the patterns alone, the parser alone and both find them, by half."""

from __future__ import annotations

from collections.abc import Iterator

from kb.config import ROOT
from kb.records import Article
from tests.gold.__main__ import SPLITS, TRAINING, knowledge_base
from tests.gold.extraction import Same, Tally, labelled, training_texts
from tests.gold.scoring import Json

READERS = ("patterns", "parser", "both")


def relations(split: str) -> Iterator[tuple[str, Json, dict[str, list[Json]]]]:
    """Where a labelled sentence comes from (own, other), its row, and what each reader finds in it."""
    from ingest.claims import candidates, is_likely
    from ingest.pipeline import Tools, load_articles, read_sentences
    from ingest.weighing import AGREED

    chosen = [row for row in labelled() if row["split"] == split]
    with knowledge_base() as base:
        tools = Tools(base.lexicon, base.tokenizer, base.domain)
        names = {concept.id: concept.name for concept in base.lexicon.concepts()}

        def found(article: Article) -> list[tuple[tuple[int, int], str, Json]]:
            read = read_sentences(article, tools)
            claims, phrases = candidates(read.readings, tools.tokenizer, tools.domain, read.kinds, tools.parser)
            spans = {reading.piece.sentence.id: reading.piece.sentence.span for reading in read.readings}
            own = names | {concept.id: concept.name for concept in (*read.proposed, *phrases)}
            made = []
            for claim, traits in claims:
                given: Json = {
                    "subject": own.get(claim.subject, claim.subject),
                    "predicate": claim.relation,
                    "object": own.get(claim.object, claim.object),
                    "polarity": "affirmed" if claim.holds else "negated",
                }
                by_syntax = claim.found_by.startswith("syntax")
                readers = ("parser",) if by_syntax else (("patterns", "parser") if AGREED in traits else ("patterns",))
                made += [(spans[claim.sentence_id], reader, given) for reader in readers]
                if is_likely(traits):
                    made.append((spans[claim.sentence_id], "both", given))
            return made

        by_article: dict[str, list[Json]] = {}
        for row in chosen:
            if row["article"]:
                by_article.setdefault(row["article"], []).append(row)
        for name, labels in by_article.items():
            (article,) = load_articles(ROOT / "corpus" / "articles" / f"{name}.md", max_bytes=10**7)
            claims = found(article)
            for row in labels:
                start = article.text.find(row["text"])
                if start < 0:
                    continue
                end = start + len(row["text"])
                inside = [c for c in claims if min(c[0][1], end) - max(c[0][0], start) > (c[0][1] - c[0][0]) / 2]
                yield "own", row, {reader: [given for _, by, given in inside if by == reader] for reader in READERS}
        for index, text in training_texts(TRAINING, chosen).items():
            claims = found(Article(f"labelled-{index}", "", text, "labelled"))
            yield "other", chosen[index], {reader: [given for _, by, given in claims if by == reader] for reader in READERS}


def main() -> None:
    with knowledge_base() as base:
        same = Same(base)
    print(f"{'half':<6} {'texts':<6} {'reader':<9} {'labels':>6} {'recall':>7} {'precision':>9}")
    for split in SPLITS:
        tallies = {(source, reader): Tally() for source in ("own", "other") for reader in READERS}
        for source, row, readers in relations(split):
            for reader, given in readers.items():
                tallies[source, reader].add(row["relations"], given, same.relations)
        for (source, reader), tally in tallies.items():
            shares = tally.shares()
            if shares:
                print(f"{split:<6} {source:<6} {reader:<9} {tally.gold:6d} {shares['recall']:7.1%} {shares.get('precision', 0):9.1%}")


if __name__ == "__main__":
    main()
