"""`python -m tests.gold.verdicts`: fits by what yes-or-no questions are answered (kb/qa/data/verdict_weights.tsv, verdict_trees.json).

Which of the sentences found are likely to answer a question is told by a logistic regression with a penalty on the squares of its weights;
whether the likeliest of them say yes, no or neither, by boosted trees. It is fitted on the dev half, on `closed.jsonl`, and on a quarter of
`stated.jsonl` (not the one that `tests.gold.stated` asks), each field in a store of its own. A question's sentences answer where they stand where
its evidence stands; sentences elsewhere that state all its facts are left out. Questions that nothing answers give sentences that do not.
Questions of `questions.json` count half: the rules whose readings are traits were written with them in view, which the others were not.
Prints a cross-validation in which what stands in one article, or is of one field, lies wholly in one fold: how many questions get the right verdict
and how many the wrong one, and how many get one that nothing answers, by the limit (`kb.qa.deciding.weighing.DECIDES`).
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from kb.app import KnowledgeBase
from kb.config import ROOT
from kb.qa.asking.understanding import understand
from kb.qa.deciding.propositions import Proposition
from kb.qa.deciding.ruling import rule
from kb.qa.deciding.traits import TREES, WEIGHTS, of_closer_look, of_evidence, of_verdict
from kb.qa.deciding.verdicts import pairs
from kb.qa.deciding.weighing import HEARD, verdict_of
from kb.qa.forest import Forest
from kb.qa.kinds.yes_no import preferring
from kb.qa.telling.extracts import weighed
from tests.gold.__main__ import knowledge_base, questions
from tests.gold.fitting import FOLDS, OWN, Fitted, fit, folded, gathered, grown, rows_from, write
from tests.gold.labels import rows_of
from tests.gold.scoring import Json, mean, same_place, states
from tests.gold.stated import EVERY, base_of, stated

UNANSWERED, NEAR = 5.0, 1.5  # times a question counts that nothing answers: they are few; the same of those on statements
SEEN = 0.5  # of a question that the rules were written with in view
LIMITS = (0.2, 0.25, 0.3, 0.35, 0.4, 0.5)
CLOSED, FITTED = "closed.jsonl", 2  # of every `EVERY` statements, which are fitted on


@dataclass(frozen=True, slots=True)
class Row:
    """A sentence beside a question: its traits at both looks, whether it lies where the evidence lies, whether it states all the same."""

    evidence: dict[str, float]
    verdict: dict[str, float]
    gold: bool
    states: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """`no`: whether the verdict is; `None` for a question that nothing answers. `counts`: how often it counts. `source`: what was asked."""

    article: str
    no: bool | None
    rows: tuple[Row, ...]
    counts: float
    source: str


@dataclass(frozen=True, slots=True)
class Both:
    first: Fitted
    closer: Forest


def closed() -> list[Json]:
    """Yes-or-no questions by people who did not know the program: `article`, `question`, `verdict` and its `quote`, or null and what it is `near`."""
    return rows_of(CLOSED)


def rows() -> list[Asked]:
    """What is fitted on."""
    return gathered(partial(rows_from, own=_of_articles, statements=_of_statements), (OWN, *stated()))


def _of_articles() -> Iterator[Asked | None]:
    answerable, unanswerable = questions()
    with knowledge_base(ROOT / "corpus" / "articles") as base:
        for question in [*answerable, *unanswerable]:
            if question["split"] == "dev" and ("evidence" not in question or question["type"] == "yesno"):
                quotes = [item["quote"] for item in question.get("evidence", ())]
                article = question["evidence"][0]["article"] if quotes else question["id"]
                yield _asked(base, question, quotes, article, SEEN * (1.0 if quotes else UNANSWERED), OWN)
        for question in closed():
            quotes = [question["quote"]] if question["verdict"] else []
            yield _asked(base, question, quotes, question["article"], 1.0 if quotes else UNANSWERED, CLOSED)


def _of_statements(field: str) -> Iterator[Asked | None]:
    told = stated()[field]
    with base_of(told) as base:
        for row in told[FITTED::EVERY]:
            for verdict in ("yes", "no"):
                for text in row[verdict]:
                    yield _asked(base, {"question": text, "verdict": verdict}, [row["statement"]], field, 1.0, "stated")
            yield _asked(base, {"question": row["near"]}, [], field, NEAR, "stated")


def _asked(base: KnowledgeBase, question: Json, quotes: Sequence[str], article: str, counts: float, source: str) -> Asked | None:
    sources = base.sources()
    understood = understand(question["question"], sources, tuple(question.get("context", ())))
    if not quotes and understood.kind != "yes_no":
        return None
    terms, ranked, _, _ = weighed(understood, sources, preferring(understood, sources))
    if not ranked:
        return None
    ruled = rule(understood, ranked, terms, sources).decision
    told = []
    for pair, _ in pairs(Proposition(understood, ranked, terms, sources), ranked):
        text = pair.item.sentence.text
        gold = any(same_place(text, quote) for quote in quotes)
        states_all = gold or (bool(quotes) and "must" in question and all(states(fact, text) for fact in question["must"]))
        told.append(Row(of_evidence(pair, terms), of_verdict(pair, terms, ruled), gold, states_all))
    return Asked(article, question["verdict"] == "no" if quotes else None, tuple(told), counts, source)


def both(data: Sequence[Asked]) -> Both:
    judged = [(row, asked) for asked in data for row in asked.rows if row.gold or not row.states]
    first = fit([row.evidence for row, _ in judged], [row.gold for row, _ in judged], [asked.counts for _, asked in judged])
    looked = [(row, traits, asked) for asked in data for row, traits in heard(first, asked) if row.gold or not row.states]
    says = [0 if not row.gold else 2 if asked.no else 1 for row, _, asked in looked]  # neither, yes, no
    return Both(first, grown([traits for _, traits, _ in looked], says, [asked.counts for _, _, asked in looked]))


def heard(first: Fitted, asked: Asked) -> list[tuple[Row, dict[str, float]]]:
    """The likeliest sentences at a first look, with their traits at a closer one, as `kb.qa.deciding.weighing.judge` has them."""
    likely = first.likelihoods([row.evidence for row in asked.rows])
    places = [int(place) for place in np.argsort(-likely)[:HEARD]]
    return [(row := asked.rows[place], of_closer_look(row.evidence, float(likely[place]), row.verdict)) for place in places]


@dataclass(frozen=True, slots=True)
class Judged:
    """What held-out weights make of a question: how likely its verdict is right, and whether it is."""

    asked: Asked
    worth: float
    right: bool


def held_out(data: Sequence[Asked]) -> list[Judged]:
    fold = folded(asked.article for asked in data if asked.source != OWN)
    judged = []
    for number in range(FOLDS):
        fitted = both([asked for asked in data if fold.get(asked.article) != number])
        judged += [judge(fitted, asked) for asked in data if asked.source != OWN and fold[asked.article] == number]
    return judged


def judge(fitted: Both, asked: Asked) -> Judged:
    shares = [fitted.closer.shares(traits) for _, traits in heard(fitted.first, asked)]
    yes, no = verdict_of([(yes, no) for _, yes, no in shares])
    return Judged(asked, max(yes, no), (no >= yes) == asked.no)


def table(judged: Iterable[Judged]) -> Iterator[str]:
    judged = list(judged)
    answerable = [one for one in judged if one.asked.no is not None]
    others = [one for one in judged if one.asked.no is None]
    yield f"{len(answerable)} questions, {len(others)} that nothing answers"
    yield "limit     right     wrong  where nothing answers"
    for limit in LIMITS:
        right, wrong = (mean(one.worth >= limit and one.right is found for one in answerable) or 0.0 for found in (True, False))
        yield f"{limit:5.2f} {right:9.3f} {wrong:9.3f} {mean(one.worth >= limit for one in others) or 0.0:22.3f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="write the weights")
    options = parser.parse_args()
    data = rows()
    judged = held_out(data)
    for source in (CLOSED, "stated"):
        print(f"{source}:", *table(one for one in judged if one.asked.source == source), sep="\n")
    if options.write:
        fitted = both(data)
        write(WEIGHTS, fitted.first.written("that a sentence answers; written by python -m tests.gold.verdicts --write"))
        write(TREES, fitted.closer.written())


if __name__ == "__main__":
    main()
