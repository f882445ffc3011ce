"""`python -m kb.passages.training --texts DIR [--out DIR]`: trains the shipped encoder and writes it with its model card.

The weight of the vectors in search is chosen on the dev documents; the card reports the test documents. One thread, one seed: the same
texts give the same model. About six minutes of one processor, and three more to score it.
"""

from __future__ import annotations

import argparse
import hashlib
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from importlib.metadata import version
from pathlib import Path

import torch

from kb.config import Settings
from kb.domain import Domain, load_domain
from kb.language.lexicon import names_of
from kb.language.words import Tokenizer
from kb.passages.encoders.static import MODEL, StaticEncoder, save
from kb.passages.rankers import vectors
from kb.passages.training import lexicon, pairs
from kb.passages.training.contrastive import Recipe, train
from kb.passages.training.retrieval import Figures, Trial, figures, rank, trials
from kb.passages.training.texts import Asked, Section, read_questions, read_sections

RECIPE = Recipe(repeats={"questions": 4, "names": 4, "asked": 8})
WEIGHTS = (0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m kb.passages.training", description=__doc__)
    parser.add_argument("--texts", type=Path, required=True, help="folder of the training texts")
    parser.add_argument("--out", type=Path, default=MODEL, help="folder for the model (default: the shipped one's)")
    parser.add_argument("--epochs", type=int, default=RECIPE.epochs)
    parser.add_argument(
        "--only-score", action="store_true", help="train nothing: score the model that lies in --out, and write its card anew"
    )
    given = parser.parse_args(arguments)
    torch.set_num_threads(1)
    sections, asked = list(read_sections(given.texts)), list(read_questions(given.texts))
    domain = load_domain(Settings().domain)
    words = Tokenizer(names_of(domain.concepts))
    if not given.only_score:
        learn(sections, asked, list(pairs.asked_pairs()), domain, words, replace(RECIPE, epochs=given.epochs), given.out)
    card = report(StaticEncoder(given.out), sections, asked, words)
    (given.out / "README.md").write_text(card, encoding="utf-8")
    print(card)


def learn(
    sections: Sequence[Section],
    asked: Sequence[Asked],
    written: Sequence[pairs.Pair],
    domain: Domain,
    words: Tokenizer,
    recipe: Recipe,
    out: Path,
) -> None:
    """Train on what is not held out, and on the questions `written` for it, and write the model to `out`."""
    own = [section for section in sections if section.part == "train"]
    questions = [item for item in asked if item.part == "train"]
    counts = count(own, questions, written, words)
    names = (name.lower() for concept in domain.concepts for name in (concept.name, concept.name_en, *concept.aliases) if name)
    tokenizer = lexicon.build(counts, names, size=recipe.size)
    rng = random.Random(recipe.seed)
    sources = {
        "headings": list(pairs.heading_pairs(own)),
        "cloze": list(pairs.cloze_pairs(own, rng)),
        "neighbours": list(pairs.neighbour_pairs(own, rng)),
        "questions": list(pairs.question_pairs(questions)),
        "names": pairs.name_pairs(domain, counts),
        "asked": written,
    }
    print(
        f"{tokenizer.get_vocab_size():,} pieces; pairs:", ", ".join(f"{name} {len(found):,}" for name, found in sources.items()), flush=True
    )
    weights = train(tokenizer, sources, recipe)
    digest = hashlib.sha256(weights.tobytes() + tokenizer.to_str().encode()).hexdigest()[:8]
    save(out, tokenizer, weights, name=f"static-{recipe.dimensions}-{digest}")


def count(sections: Sequence[Section], asked: Sequence[Asked], written: Sequence[pairs.Pair], words: Tokenizer) -> Counter[str]:
    """Words of the texts, lower case."""
    counts: Counter[str] = Counter()
    texts = [f"{section.name}\n{section.body}" for section in sections]
    paragraphs = dict.fromkeys(item.paragraph for item in asked)
    questions = (item.question for item in asked)
    for text in (*texts, *paragraphs, *questions, *dict.fromkeys(text for pair in written for text in pair)):
        counts.update(word.text.lower() for word in words.words(text))
    return counts


# ---------------------------------------------------------------- the card


def report(encoder: StaticEncoder, sections: Sequence[Section], asked: Sequence[Asked], words: Tokenizer) -> str:
    parts = {
        part: trials((s for s in sections if s.part == part), (item for item in asked if item.part == part)) for part in ("dev", "test")
    }
    tables = {
        "dev": "\n".join(line for trial in parts["dev"] for line in _weights(trial, encoder, words)),
        "test": "\n".join(_row(trial, *figures(trial, rank(trial, encoder, words), vectors.WEIGHT)) for trial in parts["test"]),
    }
    size = sum(path.stat().st_size for path in encoder.folder.iterdir() if path.suffix != ".md")
    return (
        Path(__file__)
        .with_name("model_card.md")
        .read_text(encoding="utf-8")
        .format(
            date=date.today().isoformat(),
            name=encoder.name,
            pieces=f"{len(encoder.weights()):,}",
            megabytes=f"{size / 1e6:.1f}",
            recipe=RECIPE,
            asked=f"{sum(1 for _ in pairs.asked_pairs()):,}",
            torch=version("torch"),
            weight=vectors.WEIGHT,
            weights=" | ".join(map(str, WEIGHTS)),
            rule="|---" * (len(WEIGHTS) + 2) + "|",
            **tables,
        )
    )


def _weights(trial: Trial, encoder: StaticEncoder, words: Tokenizer) -> list[str]:
    rankings = rank(trial, encoder, words)
    mrr = [figures(trial, rankings, weight)[2].mrr for weight in WEIGHTS]
    return [f"| {trial.name} | {figures(trial, rankings, 1.0)[0].mrr:.3f} | " + " | ".join(f"{value:.3f}" for value in mrr) + " |"]


def _row(trial: Trial, words: Figures, meaning: Figures, both: Figures) -> str:
    cells = " | ".join(f"{found.hits(1):.3f} / {found.hits(10):.3f} / {found.mrr:.3f}" for found in (words, meaning, both))
    gained, low, high = both.gain(words)
    return f"| {trial.name} | {len(trial.queries):,} / {len(trial.passages):,} | {cells} | {gained:+.3f} [{low:+.3f}, {high:+.3f}] |"


if __name__ == "__main__":
    main()
