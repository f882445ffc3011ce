"""`python -m tests.gold.verdicts`: fits by what yes-or-no questions are answered (kb/qa/data/verdict_weights.tsv, verdict_trees.json) on the dev half.

Which of the sentences found answers a question is told by a logistic regression with a penalty on the squares of its weights, whether a
sentence that answers says no by trees (extremely randomised, of a few levels). A question's sentences answer where they stand where its
evidence stands; sentences elsewhere that state all its facts are left out. Questions that no article answers give sentences that do not.
Questions of `questions.json` count half: the rules whose readings are traits were written with them in view, which `closed.jsonl` was not.
Prints a cross-validation over the latter in which an article's questions lie wholly in one fold: how often verdict and sentence are right,
and what is answered, by the limit (`kb.qa.deciding.weighing.ANSWERS`).
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kb.app import KnowledgeBase
from kb.config import ROOT
from kb.qa.asking.understanding import understand
from kb.qa.deciding.forest import Forest, Tree
from kb.qa.deciding.propositions import Proposition
from kb.qa.deciding.traits import TREES, WEIGHTS, of_evidence, of_verdict
from kb.qa.deciding.verdicts import pairs
from kb.qa.deciding.weighing import HEARD
from kb.qa.telling.extracts import weighed
from tests.gold import logistic
from tests.gold.__main__ import knowledge_base, questions
from tests.gold.labels import rows_of
from tests.gold.scoring import Json, mean, same_place, states

PENALTY = 20.0
UNANSWERED = 5.0  # times a question counts that nothing answers: they are few
SEEN = 0.5  # of a question that the rules were written with in view
FOLDS = 8
TREES_GROWN, LEVELS = 60, 7
LIMITS = (0.0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4)
CLOSED = "closed.jsonl"


@dataclass(frozen=True, slots=True)
class Row:
    """A sentence beside a question: its traits for both models, whether it lies where the evidence lies, whether it states all the same."""

    evidence: dict[str, float]
    verdict: dict[str, float]
    gold: bool
    states: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """`no`: whether the verdict is; `None` for a question that nothing answers. `seen`: the rules were written with it in view."""

    id: str
    article: str
    no: bool | None
    rows: tuple[Row, ...]
    seen: bool


@dataclass(frozen=True, slots=True)
class Fitted:
    """Standardised: a weight is worth one deviation of its trait."""

    names: tuple[str, ...]
    middle: NDArray[np.float64]
    spread: NDArray[np.float64]
    weights: NDArray[np.float64]

    def likelihoods(self, traits: Sequence[dict[str, float]]) -> NDArray[np.float64]:
        table = (_table(traits, self.names) - self.middle) / self.spread
        return logistic.probabilities(_with_bias(table), self.weights)

    def plain(self) -> dict[str, float]:
        """Trait → weight for the traits as they are."""
        slopes = self.weights[1:] / self.spread
        return {"bias": float(self.weights[0] - slopes @ self.middle)} | dict(zip(self.names, map(float, slopes), strict=True))


@dataclass(frozen=True, slots=True)
class Both:
    evidence: Fitted
    verdict: Forest


def closed() -> list[Json]:
    """Yes-or-no questions by people who did not know the program: `article`, `question`, `verdict` and its `quote`, or null and what it is `near`."""
    return rows_of(CLOSED)


def rows(base: KnowledgeBase, split: str) -> list[Asked]:
    answerable, unanswerable = questions()
    found = [
        _asked(base, question, [item["quote"] for item in question.get("evidence", ())], seen=True)
        for question in [*answerable, *unanswerable]
        if question["split"] == split and ("evidence" not in question or question["type"] == "yesno")
    ]
    if split == "dev":
        found += [_asked(base, question, [question["quote"]] if question["verdict"] else [], seen=False) for question in closed()]
    return [asked for asked in found if asked is not None]


def _asked(base: KnowledgeBase, question: Json, quotes: Sequence[str], *, seen: bool) -> Asked | None:
    sources = base.sources()
    understood = understand(question["question"], sources, tuple(question.get("context", ())))
    if not quotes and understood.kind != "yes_no":
        return None
    terms, ranked, _, _ = weighed(understood, sources)
    if not ranked:
        return None
    told = []
    for pair, _ in pairs(Proposition(understood, ranked, terms, sources), ranked):
        text = pair.item.sentence.text
        gold = any(same_place(text, quote) for quote in quotes)
        states_all = gold or (bool(quotes) and "must" in question and all(states(fact, text) for fact in question["must"]))
        told.append(Row(of_evidence(pair, terms), of_verdict(pair, terms), gold, states_all))
    article = question["article"] if "article" in question else question["evidence"][0]["article"] if quotes else question["id"]
    return Asked(question["id"], article, question["verdict"] == "no" if quotes else None, tuple(told), seen)


def _table(traits: Sequence[dict[str, float]], names: Sequence[str]) -> NDArray[np.float64]:
    return np.array([[row[name] for name in names] for row in traits], dtype=float)


def _with_bias(table: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.hstack([np.ones((len(table), 1)), table])


def fit(traits: Sequence[dict[str, float]], right: Sequence[bool], counts: Sequence[float]) -> Fitted:
    """`counts`: how often each row counts."""
    names = tuple(traits[0])
    table = _table(traits, names)
    middle, spread = table.mean(axis=0), table.std(axis=0) + 1e-6
    table = _with_bias((table - middle) / spread)
    return Fitted(names, middle, spread, logistic.fitted(table, np.array(right, dtype=float), PENALTY, np.array(counts)))


def grown(traits: Sequence[dict[str, float]], right: Sequence[bool], counts: Sequence[float]) -> Forest:
    from sklearn.ensemble import ExtraTreesClassifier

    names = tuple(traits[0])
    forest = ExtraTreesClassifier(TREES_GROWN, max_depth=LEVELS, min_samples_leaf=4, max_features=0.3, random_state=0)
    forest.fit(_table(traits, names).astype(np.float32), np.array(right), sample_weight=np.array(counts))
    return Forest(names, tuple(_tree(one.tree_) for one in forest.estimators_))


def _tree(found: Any) -> Tree:
    shares = found.value[:, 0, 1] / found.value[:, 0, :].sum(axis=1)
    leaf = found.children_left < 0
    return Tree(
        tuple(int(trait) for trait in np.where(leaf, -1, found.feature)),
        tuple(0.0 if end else float(f"{limit:.6g}") for end, limit in zip(leaf, found.threshold, strict=True)),
        tuple(int(max(0, node)) for node in found.children_left),
        tuple(int(max(0, node)) for node in found.children_right),
        tuple(round(float(share), 4) if end else 0.0 for end, share in zip(leaf, shares, strict=True)),
    )


def both(data: Sequence[Asked]) -> Both:
    judged = [(row, _counts(asked)) for asked in data for row in asked.rows if row.gold or not row.states]
    telling = [(row, bool(asked.no), _counts(asked)) for asked in data for row in asked.rows if row.gold]
    return Both(
        fit([row.evidence for row, _ in judged], [row.gold for row, _ in judged], [count for _, count in judged]),
        grown([row.verdict for row, _, _ in telling], [no for _, no, _ in telling], [count for _, _, count in telling]),
    )


def _counts(asked: Asked) -> float:
    return (SEEN if asked.seen else 1.0) * (UNANSWERED if asked.no is None else 1.0)


@dataclass(frozen=True, slots=True)
class Judged:
    """What held-out weights make of a question: how likely its best sentence answers, whether it does, whether the verdict is right."""

    asked: Asked
    likely: float
    answers: bool
    right: bool


def held_out(data: Sequence[Asked]) -> list[Judged]:
    articles = sorted({asked.article for asked in data if not asked.seen})
    fold = {article: number % FOLDS for number, article in enumerate(articles)}
    judged = []
    for number in range(FOLDS):
        fitted = both([asked for asked in data if fold.get(asked.article) != number])
        judged += [judge(fitted, asked) for asked in data if not asked.seen and fold[asked.article] == number]
    return judged


def judge(fitted: Both, asked: Asked) -> Judged:
    """By the likeliest sentences, as `kb.qa.deciding.weighing.weigh` does."""
    likely = fitted.evidence.likelihoods([row.evidence for row in asked.rows])
    first = [int(place) for place in np.argsort(-likely)[:HEARD]]
    weights = [float(likely[place]) ** 2 for place in first]
    no = sum(weight * fitted.verdict.share(asked.rows[place].verdict) for weight, place in zip(weights, first, strict=True)) / sum(weights)
    return Judged(asked, float(likely[first[0]]), asked.rows[first[0]].states, (no >= 0.5) == asked.no)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="write the weights")
    options = parser.parse_args()
    with knowledge_base(ROOT / "corpus" / "articles") as base:
        data = rows(base, "dev")
    judged = held_out(data)
    answerable = [one for one in judged if one.asked.no is not None]
    others = [one for one in judged if one.asked.no is None]
    print(f"{len(answerable)} questions, {len(others)} that nothing answers")
    print("limit  answered  verdict right  and by its sentence  wrongly answered")
    for limit in LIMITS:
        kept = [one for one in answerable if one.likely >= limit]
        shares = [len(kept), sum(one.right for one in kept), sum(one.right and one.answers for one in kept)]
        wrongly = mean(one.likely >= limit for one in others) or 0.0
        print(
            f"{limit:5.2f} {shares[0] / len(answerable):9.3f} {shares[1] / len(answerable):14.3f} {shares[2] / len(answerable):20.3f} {wrongly:17.3f}"
        )
    if options.write:
        fitted = both(data)
        lines = [f"{name}\t{weight:.4f}" for name, weight in fitted.evidence.plain().items()]
        head = "# trait\tweight in the logarithm of the odds that a sentence answers; written by python -m tests.gold.verdicts --write"
        _write(WEIGHTS, "\n".join([head, *lines]) + "\n")
        _write(TREES, fitted.verdict.written())


def _write(name: str, text: str) -> None:
    with resources.as_file(resources.files("kb.qa").joinpath(name)) as path:
        path.write_text(text, encoding="utf-8")
    print(f"{name}: {len(text) // 1024} KiB")


if __name__ == "__main__":
    main()
