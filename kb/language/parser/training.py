"""Trains the parser from CoNLL-U files: `python -m kb.language.parser.training --ud DIR --out DIR`.

Every file whose name does not begin with `gsdsimp_dev` is trained on, in both kinds of tokens (as in the treebank, and `.jiebatok`,
where the words are jieba's). The first half of gsdsimp_dev's sentences chooses the checkpoint, the second is only for the scores.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy
from spacy import util
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example
from thinc.api import Adam, Config, fix_random_seed, use_ops

from kb.language.parser.features import make_doc
from kb.language.parser.treebank import Tree, read_trees

SEED = 1
HELD_OUT = "gsdsimp_dev"
JIEBA = ".jiebatok"
EPOCHS = 12
DROPOUT = 0.3
CHECK_EVERY = 200  # updates
FIRST_BATCH, LAST_BATCH, GROWTH = 300, 1000, 1.002  # words
LONGEST = 120  # words; longer sentences make training slow and are lists or verse


@dataclass(frozen=True, slots=True)
class Scores:
    """Shares of all words, punctuation included; `_plain`: without it."""

    sentences: int
    words: int
    uas: float
    las: float
    upos: float
    uas_plain: float
    las_plain: float


@dataclass(frozen=True, slots=True)
class Data:
    train: tuple[Tree, ...]
    choose: tuple[Tree, ...]  # jieba's words
    test: tuple[Tree, ...]  # jieba's words
    test_treebank: tuple[Tree, ...]


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--ud", type=Path, required=True, help="folder of CoNLL-U files")
    arguments.add_argument("--out", type=Path, required=True, help="folder for the model")
    arguments.add_argument("--epochs", type=int, default=EPOCHS)
    arguments.add_argument("--dropout", type=float, default=DROPOUT)
    arguments.add_argument("--set", nargs="*", default=[], metavar="KEY=VALUE", help="changes of pipeline.cfg, values as JSON")
    given = arguments.parse_args()
    changes = {key: json.loads(value) for key, value in (pair.split("=", 1) for pair in given.set)}
    data = load(given.ud)
    print(f"{len(data.train)} sentences to train on, {len(data.choose)} to choose by, {len(data.test)} to test")
    nlp = train(data, epochs=given.epochs, dropout=given.dropout, changes=changes)
    nlp.to_disk(given.out, exclude=["tokenizer"])
    figures = {"jieba's words": score(nlp, data.test), "the treebank's words": score(nlp, data.test_treebank)}
    (given.out / "README.md").write_text(card(figures, sentences=len(data.train), seconds=round(time.process_time())), encoding="utf-8")
    print(*map(row, figures, figures.values()), sep="\n")


def card(figures: dict[str, Scores], *, sentences: int, seconds: int) -> str:
    """The model card: what was trained on what, and how well it does."""
    return (
        Path(__file__)
        .with_name("model_card.md")
        .read_text(encoding="utf-8")
        .format(
            date=date.today().isoformat(),
            spacy=version("spacy"),
            seconds=f"{seconds:,}",
            seed=SEED,
            sentences=f"{sentences:,}",
            rows="\n".join(map(row, figures, figures.values())),
        )
    )


def row(name: str, scores: Scores) -> str:
    shares = " | ".join(f"{share:.3f}" for share in (scores.uas, scores.las, scores.upos))
    return f"| {name} | {scores.sentences:,} | {scores.words:,} | {shares} | {scores.uas_plain:.3f} / {scores.las_plain:.3f} |"


# ---------------------------------------------------------------- data


def load(folder: Path) -> Data:
    """:raises BadInput: a file that is no CoNLL-U."""
    train: list[Tree] = []
    held: dict[bool, list[Tree]] = {False: [], True: []}
    for path in sorted(folder.glob("*.conllu*")):
        trees = read_trees(path)
        if path.name.startswith(HELD_OUT):
            held[JIEBA in path.name] += trees
        else:
            train += [tree for tree in trees if len(tree.words) <= LONGEST]
    half = len(held[False]) // 2
    first = {tree.text for tree in held[False][:half]}
    return Data(
        train=tuple(train),
        choose=tuple(tree for tree in held[True] if tree.text in first),
        test=tuple(tree for tree in held[True] if tree.text not in first),
        test_treebank=tuple(held[False][half:]),
    )


def example(nlp: Language, tree: Tree) -> Example:
    predicted = make_doc(nlp.vocab, tree.words)
    words = [token.text for token in predicted]
    reference = Doc(
        nlp.vocab,
        words=words,
        spaces=[False] * len(words),
        pos=list(tree.upos),
        morphs=[""] * len(words),
        heads=list(tree.heads),
        deps=["ROOT" if deprel == "root" else deprel for deprel in tree.deprels],
    )
    return Example(predicted, reference)


# ---------------------------------------------------------------- training


def train(data: Data, *, epochs: int = EPOCHS, dropout: float = DROPOUT, changes: dict[str, Any] | None = None) -> Language:
    """The model of the checkpoint with the best LAS on `data.choose`, its weights averaged over the updates."""
    fix_random_seed(SEED)
    config = Config().from_disk(Path(__file__).with_name("pipeline.cfg"), overrides=changes or {})
    with use_ops("numpy", use_blis=False):  # numpy's own BLAS takes half the time of blis
        nlp = util.load_model_from_config(config, auto_fill=True)
    examples = [example(nlp, tree) for tree in data.train]
    nlp.initialize(lambda: examples)
    optimizer = Adam(0.001, use_averages=True)
    shuffler = random.Random(SEED)
    updates, best, chosen = 0, -1.0, b""
    words = float(FIRST_BATCH)
    start = time.process_time()
    for epoch in range(epochs):
        order = list(examples)
        shuffler.shuffle(order)
        while order:
            batch = list(_take(order, words))
            words = min(words * GROWTH, LAST_BATCH)
            losses: dict[str, float] = {}
            nlp.update([Example(fresh(e.predicted), e.reference) for e in batch], sgd=optimizer, drop=dropout, losses=losses)
            updates += 1
            if updates % CHECK_EVERY and not (not order and epoch == epochs - 1):
                continue
            with nlp.use_params(optimizer.averages):
                scores = score(nlp, data.choose)
                if scores.las > best:
                    best, chosen = scores.las, nlp.to_bytes(exclude=["tokenizer"])
            seconds = time.process_time() - start
            print(
                f"epoch {epoch + 1}, {updates} updates, {seconds:.0f} s: UAS {scores.uas:.4f} LAS {scores.las:.4f} UPOS {scores.upos:.4f}",
                flush=True,
            )
    nlp.from_bytes(chosen, exclude=["tokenizer"])
    return nlp


def fresh(doc: Doc) -> Doc:
    """Updating leaves predictions in a doc, so every update gets a copy."""
    return Doc(
        doc.vocab,
        words=[token.text for token in doc],
        spaces=[False] * len(doc),
        tags=[token.tag_ for token in doc],
        sent_starts=[token.i == 0 for token in doc],
    )


def _take(order: list[Example], words: float) -> Iterator[Example]:
    taken = 0
    while order and taken < words:
        taken += len(order[-1].reference)
        yield order.pop()


# ---------------------------------------------------------------- scores


def score(nlp: Language, trees: Sequence[Tree]) -> Scores:
    docs = list(nlp.pipe([make_doc(nlp.vocab, tree.words) for tree in trees], batch_size=64))
    rows: list[tuple[bool, bool, bool, bool]] = []
    for tree, doc in zip(trees, docs, strict=True):
        for token, head, deprel, upos in zip(doc, tree.heads, tree.deprels, tree.upos, strict=True):
            attached = token.head.i == head
            rows.append((attached, attached and token.dep_.lower() == deprel, token.pos_ == upos, deprel != "punct"))
    table = numpy.asarray(rows, dtype=float)
    uas, las, upos_share, plain = table.mean(axis=0)
    return Scores(len(docs), len(rows), uas, las, upos_share, *(table[:, :2] * table[:, 3:]).sum(axis=0) / (plain * len(rows)))


if __name__ == "__main__":
    main()
