"""`python -m tests.gold.verdicts`: fits the weights by which yes-or-no questions are answered (kb/qa/data/verdict_weights.tsv) on the dev half.

Two logistic regressions with a penalty on the squares of the weights: which of the sentences found answers a question, and whether a
sentence that answers says no. A question's sentences answer where they stand where its evidence stands; sentences elsewhere that state
all its facts are left out. Questions that no article answers give sentences that do not. Prints a cross-validation in which an article's
questions lie wholly in one fold: how often verdict and sentence are right, and what is answered, by the limit (`kb.qa.deciding.verdicts.ANSWERS`).
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from kb.app import KnowledgeBase
from kb.config import ROOT
from kb.qa.asking.understanding import understand
from kb.qa.deciding.propositions import Proposition
from kb.qa.deciding.traits import WEIGHTS, of_evidence, of_verdict
from kb.qa.deciding.verdicts import pairs
from kb.qa.telling.extracts import weighed
from tests.gold import logistic
from tests.gold.__main__ import knowledge_base, questions
from tests.gold.scoring import Json, mean, same_place, states

PENALTIES = {"evidence": 40.0, "verdict": 8.0}
UNANSWERED = 6  # times a question counts that nothing answers: they are few
FOLDS = 8
LIMITS = (0.04, 0.06, 0.07, 0.08, 0.1, 0.15, 0.2, 0.3)


@dataclass(frozen=True, slots=True)
class Row:
    """A sentence beside a question: its traits for both models, whether it lies where the evidence lies, whether it states all the same."""

    evidence: dict[str, float]
    verdict: dict[str, float]
    gold: bool
    states: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """`no`: whether the verdict is; `None` for a question that nothing answers."""

    id: str
    article: str
    no: bool | None
    rows: tuple[Row, ...]


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


def rows(base: KnowledgeBase, split: str) -> list[Asked]:
    answerable, unanswerable = questions()
    found = []
    for question in [*answerable, *unanswerable]:
        if question["split"] != split or ("evidence" in question and question["type"] != "yesno"):
            continue
        asked = _asked(base, question)
        if asked is not None:
            found.append(asked)
    return found


def _asked(base: KnowledgeBase, question: Json) -> Asked | None:
    sources = base.sources()
    understood = understand(question["question"], sources, tuple(question.get("context", ())))
    if "evidence" not in question and understood.kind != "yes_no":
        return None
    terms, ranked, _, _ = weighed(understood, sources)
    if not ranked:
        return None
    beside = [pair for pair, _ in pairs(Proposition(understood, ranked, terms, sources), ranked)]
    quotes = [item["quote"] for item in question.get("evidence", ())]
    told = tuple(
        Row(
            of_evidence(pair, terms),
            of_verdict(pair),
            gold := any(same_place(pair.item.sentence.text, quote) for quote in quotes),
            gold or (bool(quotes) and all(states(fact, pair.item.sentence.text) for fact in question["must"])),
        )
        for pair in beside
    )
    article = question["evidence"][0]["article"] if quotes else question["id"]
    return Asked(question["id"], article, question["verdict"] == "no" if quotes else None, told)


def _table(traits: Sequence[dict[str, float]], names: Sequence[str]) -> NDArray[np.float64]:
    return np.array([[row[name] for name in names] for row in traits], dtype=float)


def _with_bias(table: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.hstack([np.ones((len(table), 1)), table])


def fit(traits: Sequence[dict[str, float]], right: Sequence[bool], penalty: float) -> Fitted:
    names = tuple(traits[0])
    table = _table(traits, names)
    middle, spread = table.mean(axis=0), table.std(axis=0) + 1e-6
    table = _with_bias((table - middle) / spread)
    return Fitted(names, middle, spread, logistic.fitted(table, np.array(right, dtype=float), penalty))


def both(data: Sequence[Asked]) -> dict[str, Fitted]:
    judged = [row for asked in data for row in asked.rows * (UNANSWERED if asked.no is None else 1) if row.gold or not row.states]
    telling = [(row, bool(asked.no)) for asked in data for row in asked.rows if row.gold]
    return {
        "evidence": fit([row.evidence for row in judged], [row.gold for row in judged], PENALTIES["evidence"]),
        "verdict": fit([row.verdict for row, _ in telling], [no for _, no in telling], PENALTIES["verdict"]),
    }


@dataclass(frozen=True, slots=True)
class Judged:
    """What held-out weights make of a question: how likely its best sentence answers, whether it does, whether the verdict is right."""

    asked: Asked
    likely: float
    answers: bool
    right: bool


def held_out(data: Sequence[Asked]) -> list[Judged]:
    articles = sorted({asked.article for asked in data})
    fold = {article: number % FOLDS for number, article in enumerate(articles)}
    judged = []
    for number in range(FOLDS):
        fitted = both([asked for asked in data if fold[asked.article] != number])
        for asked in data:
            if fold[asked.article] == number:
                likely = fitted["evidence"].likelihoods([row.evidence for row in asked.rows])
                best = int(likely.argmax())
                no = fitted["verdict"].likelihoods([asked.rows[best].verdict])[0] >= 0.5
                judged.append(Judged(asked, float(likely[best]), asked.rows[best].states, bool(no) == asked.no))
    return judged


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
        lines = [f"{model}\t{name}\t{weight:.4f}" for model, fitted in both(data).items() for name, weight in fitted.plain().items()]
        head = "# model\ttrait\tweight in the logarithm of the odds; written by python -m tests.gold.verdicts --write"
        with resources.as_file(resources.files("kb.qa").joinpath(WEIGHTS)) as path:
            path.write_text("\n".join([head, *lines]) + "\n", encoding="utf-8")
        print(f"{WEIGHTS}: {len(lines)} weights")


if __name__ == "__main__":
    main()
