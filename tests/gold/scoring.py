"""Scores answers against the questions of this folder: facts, verdicts, abstention and evidence.

An answer is a mapping as `kb.presenting.answer_json` makes it. Everything here is a pure function of answers, questions and article texts,
so that the scorer itself can be tested with answers made by hand.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Any

READ = 1_000  # characters of an answer that are read
ENOUGH = 6  # characters that two quotes must have in common to be about the same place

Json = dict[str, Any]

_CITATION = re.compile(r"\[\d{1,3}\]|［\d{1,3}］")
_BETWEEN_DIGITS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_HAN = "\u2e80-\u9fff\uf900-\ufaff"
_AROUND_HAN = re.compile(rf"\s*([{_HAN}，。、；：！？「」『』（）《》“”,;:!?()])\s*")
_MARKUP = re.compile(r"[`*_]{1,3}(?=\S)|(?<=\S)[`*]{1,3}")
_CONTENT = re.compile(rf"[0-9a-z{_HAN}]")


@lru_cache(maxsize=8192)
def normalise(text: str) -> str:
    """The form that patterns are written for.

    Compatibility forms folded (， becomes ,), lower case, no citation marks, no markup, no thousands separators; white space stays, as one
    blank, only where neither neighbour is a Han character or punctuation.
    """
    text = _CITATION.sub("", unicodedata.normalize("NFKC", text))
    text = _MARKUP.sub("", text).casefold().replace("’", "'")
    text = _BETWEEN_DIGITS.sub("", text)
    text = re.sub(r"\s+", " ", text).strip()
    return _AROUND_HAN.sub(r"\1", text)


@lru_cache(maxsize=8192)
def compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE | re.DOTALL)


def states(fact: Iterable[str], text: str) -> bool:
    """Whether a text states a fact: one of its patterns is found, with the blanks or without any."""
    spaced = normalise(text)
    squeezed = spaced.replace(" ", "")
    return any(compiled(pattern).search(form) for pattern in fact for form in (spaced, squeezed))


def content(text: str) -> str:
    """Only letters, digits and Han characters, for comparing quotes."""
    return "".join(_CONTENT.findall(normalise(text)))


@lru_cache(maxsize=65536)
def same_place(one: str, other: str) -> bool:
    """Whether two quotes share a stretch that is at least half of the shorter one."""
    a, b = content(one), content(other)
    shorter = min(len(a), len(b))
    if shorter < ENOUGH:
        return bool(a) and a == b
    if a in b or b in a:
        return True
    block = SequenceMatcher(None, a, b, autojunk=False).find_longest_match()
    return block.size >= max(ENOUGH, shorter / 2)


@dataclass(frozen=True, slots=True)
class Row:
    """One answered question. `verdict_right` is `None` where the question asks for no verdict; `hit_rank` counts from 1."""

    id: str
    split: str
    type: str
    lang: str
    style: str
    abstained: bool
    facts: tuple[bool, ...]
    forbidden: tuple[str, ...]
    verdict_right: bool | None
    quotes: int
    quotes_exact: int
    hit_rank: int | None
    length: int

    @property
    def fact_share(self) -> float:
        return sum(self.facts) / len(self.facts)

    @property
    def correct(self) -> bool:
        return not self.abstained and all(self.facts) and not self.forbidden and self.verdict_right is not False


@dataclass(frozen=True, slots=True)
class Refusal:
    """One question that the corpus does not answer."""

    id: str
    split: str
    lang: str
    domain: str
    abstained: bool


def abstained(answer: Mapping[str, Any] | None) -> bool:
    """A missing or an empty answer counts as a refusal."""
    return answer is None or bool(answer.get("abstained")) or not str(answer.get("answer") or "").strip()


def score_question(question: Json, answer: Mapping[str, Any] | None, articles: Mapping[str, str]) -> Row:
    """`articles` maps the article ids that the answer's evidence names to their texts."""
    refused = abstained(answer)
    text = "" if refused or answer is None else _read(str(answer["answer"]), question["question"])
    evidence = [] if refused or answer is None else list(answer.get("evidence") or [])
    wanted = question.get("verdict")
    given = None if refused or answer is None else answer.get("verdict")
    return Row(
        id=question["id"],
        split=question["split"],
        type=question["type"],
        lang=question["lang"],
        style=question["style"],
        abstained=refused,
        facts=tuple(states(fact, text) for fact in question["must"]),
        forbidden=tuple(pattern for pattern in question.get("must_not", ()) if text and states((pattern,), text)),
        verdict_right=None if wanted is None else given == wanted,
        quotes=len(evidence),
        quotes_exact=sum(_exact(item, articles) for item in evidence),
        hit_rank=first_hit(question, [str(item.get("quote") or "") for item in evidence]),
        length=len(text),
    )


def score_refusal(question: Json, answer: Mapping[str, Any] | None) -> Refusal:
    """A question without an answer record is no refusal: nothing was said."""
    return Refusal(question["id"], question["split"], question["lang"], question["domain"], answer is not None and abstained(answer))


def first_hit(question: Json, quotes: Sequence[str]) -> int | None:
    """The rank of the first quote that lies where the gold evidence lies, or that states every fact by itself."""
    for rank, quote in enumerate(quotes, start=1):
        if any(same_place(quote, item["quote"]) for item in question["evidence"]) or all(states(fact, quote) for fact in question["must"]):
            return rank
    return None


def _read(answer: str, question: str) -> str:
    """What is read of an answer: its beginning, without an echo of the question, which would state facts for free."""
    stem = question.rstrip("？?！!。. ")
    for echo in (question, stem):
        if len(content(echo)) >= ENOUGH:
            answer = answer.replace(echo, " ")
    return answer[:READ]


def _exact(item: Mapping[str, Any], articles: Mapping[str, str]) -> bool:
    quote = str(item.get("quote") or "")
    return bool(quote.strip()) and quote in articles.get(str(item.get("article")), "")


# ---------------------------------------------------------------- figures


def mean(values: Iterable[float | bool]) -> float | None:
    collected = [float(value) for value in values]
    return sum(collected) / len(collected) if collected else None


def figures(rows: Sequence[Row], refusals: Sequence[Refusal] = ()) -> dict[str, float | None]:
    """Shares between 0 and 1, `None` where there is nothing to count; `chars` is a mean length."""
    quotes = sum(row.quotes for row in rows)
    return {
        "n": float(len(rows)),
        "facts": mean(row.fact_share for row in rows),
        "correct": mean(row.correct for row in rows),
        "wrong": mean(bool(row.forbidden) for row in rows),
        "verdict": mean(row.verdict_right for row in rows if row.verdict_right is not None),
        "false_abstention": mean(row.abstained for row in rows),
        "abstention": mean(refusal.abstained for refusal in refusals),
        "evidence_precision": sum(row.quotes_exact for row in rows) / quotes if quotes else None,
        "evidence_hit": mean(row.hit_rank is not None for row in rows),
        "evidence_hit_1": mean(row.hit_rank is not None and row.hit_rank <= 1 for row in rows),
        "evidence_hit_3": mean(row.hit_rank is not None and row.hit_rank <= 3 for row in rows),
        "chars": mean(row.length for row in rows if not row.abstained),
    }


def grouped(rows: Sequence[Row], key: Callable[[Row], str]) -> dict[str, dict[str, float | None]]:
    return {name: figures([row for row in rows if key(row) == name]) for name in sorted({key(row) for row in rows})}
