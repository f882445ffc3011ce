"""`python -m tests.gold.answering`: fits how likely chosen sentences answer a question (kb/qa/data/answering_weights.tsv).

Fitted on the dev halves of `fresh.jsonl` and `questions.json`, asked of our articles, and on `told.jsonl`: statements with questions they answer
and one near them that nothing answers, each field in a store of its own. Questions of yes or no are left out. A choice of sentences is right where
one of them lies where the evidence lies. Prints a cross-validation in which an article's questions lie wholly in one fold: how many of the
questions that have an answer are answered, how many by the right sentence, and how many get an answer that nothing answers, by the limits
(`kb.qa.finding.judging.LIKELY` and `LIKELIER`) and by the rules alone.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from unittest.mock import patch

from kb.app import KnowledgeBase
from kb.config import ROOT
from kb.qa.finding import answering
from kb.qa.finding.judging import LIKELIER, LIKELY
from tests.gold.__main__ import knowledge_base, questions
from tests.gold.fitting import FOLDS, OWN, Fitted, fit, folded, gathered, rows_from, write
from tests.gold.fresh import FRESH, fresh
from tests.gold.labels import by_field
from tests.gold.scoring import Json, mean, same_place
from tests.gold.stated import base_of

TOLD = "told.jsonl"
NOT_FOUND = 0.5  # times a question counts whose answer is not among the sentences chosen: the fault may lie there
UNANSWERED = 0.7  # the same of one that nothing answers, of our articles: most of what is asked has an answer
STATED, NEAR = 0.3, 1.5  # the same of one on statements, and of one near them
LIMITS = ((0.28, 0.5), (LIKELY, LIKELIER), (0.38, 0.6), (0.43, 0.65), (0.48, 0.7))  # where no rule speaks against it, and where one does


@dataclass(frozen=True, slots=True)
class Asked:
    """`right`: whether a sentence chosen for it lies where its evidence lies; `None` for a question that nothing answers. `by_rule`: what the rules say."""

    source: str
    article: str
    traits: dict[str, float]
    right: bool | None
    by_rule: bool

    @property
    def counts(self) -> float:
        worth = 1.0 if self.right else NOT_FOUND
        if self.source == TOLD:
            return STATED * (NEAR if self.right is None else worth)
        return UNANSWERED if self.right is None else worth


def told() -> dict[str, list[Json]]:
    """Field → `statement`, the `questions` it answers, and one `near` it that no statement of the field does."""
    return by_field(TOLD)


def rows() -> list[Asked]:
    return gathered(partial(rows_from, own=_of_articles, statements=_of_statements), (OWN, *told()))


def _of_articles() -> Iterator[Asked | None]:
    answerable, unanswerable = questions()
    with knowledge_base(ROOT / "corpus" / "articles") as base:
        for question in fresh("dev"):
            yield _asked(base, question, [question["quote"]] if "quote" in question else [], FRESH, question["article"])
        for question in [*answerable, *unanswerable]:
            if question["split"] == "dev":
                quotes = [item["quote"] for item in question.get("evidence", ())]
                yield _asked(base, question, quotes, OWN, question["evidence"][0]["article"] if quotes else question["id"])


def _of_statements(field: str) -> Iterator[Asked | None]:
    rows = told()[field]
    with base_of(rows) as base:
        for row in rows:
            for text in row["questions"]:
                yield _asked(base, {"question": text}, [row["statement"]], TOLD, field)
            if "near" in row:
                yield _asked(base, {"question": row["near"]}, [], TOLD, field)


def _asked(base: KnowledgeBase, question: Json, quotes: Sequence[str], source: str, article: str) -> Asked | None:
    """By what was last judged, which the answer is told from; `None` for yes or no, and where nothing was chosen at all."""
    cases: list[answering.Case] = []

    def judged(case: answering.Case) -> float:
        cases.append(case)
        return 1.0 if case.reason is None else 0.0  # as the rules say

    with patch.object(answering, "likelihood", judged):
        answer = base.ask(question["question"], context=tuple(question.get("context", ())))
    cases = [case for case in cases if case.question.kind == answer.question.kind]
    if answer.question.kind == "yes_no" or not cases:
        return None
    texts = [item.sentence.text for item in cases[-1].chosen]
    right = any(same_place(text, quote) for text in texts for quote in quotes) if quotes else None
    return Asked(source, article, answering.traits(cases[-1]), right, cases[-1].reason is None)


def fitted(data: Sequence[Asked]) -> Fitted:
    return fit([asked.traits for asked in data], [bool(asked.right) for asked in data], [asked.counts for asked in data])


def held_out(data: Sequence[Asked]) -> list[tuple[Asked, float]]:
    """Each with how likely it is answered, by weights that saw nothing of its article."""
    fold = folded(asked.article for asked in data)
    judged = []
    for number in range(FOLDS):
        weights = fitted([asked for asked in data if fold[asked.article] != number])
        rest = [asked for asked in data if fold[asked.article] == number]
        judged += zip(rest, map(float, weights.likelihoods([asked.traits for asked in rest])), strict=True)
    return judged


def table(judged: Iterable[tuple[Asked, float]]) -> Iterator[str]:
    judged = list(judged)
    near = sum(asked.right is None for asked, _ in judged)
    yield f"{len(judged) - near} questions, {near} that nothing answers"
    yield "limits     answered     right  where nothing answers"
    by_rule = ("rules    ", [(asked, asked.by_rule) for asked, _ in judged])
    by_limit = [
        (f"{least:.2f} {more:.2f}", [(asked, likely >= (least if asked.by_rule else more)) for asked, likely in judged])
        for least, more in LIMITS
    ]
    for name, told in (by_rule, *by_limit):
        shares = (
            mean(so for asked, so in told if asked.right is not None),
            mean(so and bool(asked.right) for asked, so in told if asked.right is not None),
            mean(so for asked, so in told if asked.right is None),
        )
        yield "{} {:9.3f} {:9.3f} {:22.3f}".format(name, *(share or 0.0 for share in shares))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="write the weights")
    options = parser.parse_args()
    data = rows()
    judged = held_out(data)
    for source in (FRESH, OWN, TOLD):
        print(f"{source}:", *table(one for one in judged if one[0].source == source), sep="\n")
    if options.write:
        what = "that chosen sentences answer; written by python -m tests.gold.answering --write"
        write(answering.WEIGHTS, fitted(data).written(what))


if __name__ == "__main__":
    main()
