"""Noun phrases: determiners, adjectives and nouns before the head; of, prepositions, relative clauses and participles behind it, before it in Chinese."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kb.language.translating import embedding, prepositions, statements
from kb.language.translating import verbs as verbal
from kb.language.translating.heads import bare, core
from kb.language.translating.inflecting import Form
from kb.language.translating.tables import grammar
from kb.language.translating.tokens import Piece, Pieces, Reading, glued, keep
from kb.language.translating.vocabulary import UNITS, adjectives, verbs

_REDUCED: tuple[Form, ...] = ("participle", "ing")  # containers running on a host
_BETWEEN = (
    "区别",
    "差异",
    "不同",
    "关系",
    "共同点",
    "联系",
    "连接",
    "通信",
    "对比",
    "比较",
    "边界",
    "界限",
    "选择",
    "权衡",
    "冲突",
    "竞争",
)
_NEAR = {"of": 0.0, "between": 0.05, "to": 0.1, "over": 0.2}  # what a preposition costs that belongs to a noun


def noun_phrases(r: Reading, i: int) -> Pieces:
    return r.once(("noun phrase", i), lambda: _noun_phrases(r, i), {})


def _noun_phrases(r: Reading, i: int) -> Pieces:
    found: Pieces = {}
    waiting = [(end, piece, 0.0) for end, piece in (*bare(r, i).items(), *_gerunds(r, i))]
    while waiting:
        end, piece, again = waiting.pop()
        if keep(found, end, piece) and end < r.size:  # the next thing rather belongs to the last one: 0.1
            waiting += [(last, whole._replace(cost=whole.cost + again), 0.1) for last, whole in _extended(r, end, piece)]
    return found


def _gerunds(r: Reading, i: int) -> Iterator[tuple[int, Piece]]:
    for end, piece in verbal.verb_phrases(r, i, "ing", None).items():
        yield end, Piece(piece.cost + 0.5, piece.chinese, "deed")
    if r.word(i) in ("whether", "what", "how", "why", "where", "when", "which", "who"):
        for end, piece in embedding.embedded(r, i).items():
            yield end, Piece(piece.cost + 0.4, piece.chinese, "clause")


def _extended(r: Reading, i: int, head: Piece) -> Iterator[tuple[int, Piece]]:
    """The phrase with one more thing behind its head."""
    word = r.word(i)
    cost = head.cost
    if word == "of":
        for end, whole in noun_phrases(r, i + 1).items():
            if head.chinese in UNITS or head.chinese.lstrip("0123456789.两三四五六七八九十百千") in UNITS:
                yield end, Piece(cost + whole.cost + 0.05, head.chinese + whole.chinese, whole.mark)
            elif head.chinese:
                yield end, Piece(cost + whole.cost + 0.05, f"{whole.chinese}的{head.chinese}", head.mark)
    elif word == "'s":
        for end, own in core(r, i + 1).items():
            yield end, Piece(cost + own.cost, f"{head.chinese}的{own.chinese}", own.mark)
    elif word in ("and", "or", ",", "&", "plus", "/"):
        yield from _joined(r, i, head)
    elif r.words(i, i + 3) == "as well as":
        for end, other in noun_phrases(r, i + 3).items():
            yield end, Piece(cost + other.cost + 0.1, f"{head.chinese}和{other.chinese}", "several")
    elif word in ("that", "which", "who", "where", "whose"):
        for end, piece in _relative(r, i + 1).items():
            yield end, Piece(cost + piece.cost + 0.4, f"{piece.chinese}的{head.chinese}", head.mark)
    if head.mark == "pronoun":
        return
    if word in grammar("where"):
        where = grammar("where")[word]
        yield i + 1, Piece(cost + 0.5, f"{where}的{head.chinese}", head.mark)
    for end, piece in prepositions.prepositional(r, i, attribute=True):
        deed = any(verb.form == "base" for verb in verbs().get(r.word(i + 1), ()))
        near = piece.mark != "between" or head.chinese.endswith(_BETWEEN)
        far = _NEAR.get(piece.mark, 0.5) if near and not deed else 0.5
        yield end, Piece(cost + piece.cost + far, f"{piece.chinese}的{head.chinese}", head.mark)
    for middle, meant in r.entries(i, adjectives()):
        if meant.preposition:
            for end, piece in noun_phrases(r, middle).items():
                chinese = meant.chinese.replace("{o}", piece.chinese)
                yield end, Piece(cost + piece.cost + 0.3, f"{chinese}的{head.chinese}", head.mark)
    for form in _REDUCED:
        for end, piece in verbal.verb_phrases(r, i, form, None).items():
            yield end, Piece(cost + piece.cost + 0.7, f"{piece.chinese}的{head.chinese}", head.mark)
    if word == "to":
        for end, piece in verbal.verb_phrases(r, i + 1, "base", None).items():
            yield end, Piece(cost + piece.cost + 0.9, f"{piece.chinese}的{head.chinese}", head.mark)
    if word not in ("that", "which"):
        for end, piece in _with_a_gap(r, i).items():
            yield end, Piece(cost + piece.cost + 0.8, f"{piece.chinese}的{head.chinese}", head.mark)


def _joined(r: Reading, i: int, first: Piece) -> Iterator[tuple[int, Piece]]:
    comma = r.word(i) == ","
    second = i + 1 + (comma and r.word(i + 1) in ("and", "or"))
    conjunction = r.word(second - 1)
    sign = "、" if comma and second == i + 1 or conjunction == "/" else "或" if conjunction == "or" else "和"
    for end, other in noun_phrases(r, second).items():
        if other.mark == first.mark or "deed" not in (other.mark, first.mark):
            lone = 0.6 if sign == "、" and not re.search("[和或]", other.chinese) else 0
            yield end, Piece(first.cost + other.cost + 0.2 + lone, f"{first.chinese}{sign}{other.chinese}", "several")


def _relative(r: Reading, i: int) -> Pieces:
    found = dict(statements.predicates(r, i, None))
    for end, piece in _with_a_gap(r, i).items():
        keep(found, end, piece)
    return found


def _with_a_gap(r: Reading, i: int) -> Pieces:
    """A clause that lacks what its head names: containers need, of the memory that containers need."""
    return r.once(("gap", i), lambda: _clauses_with_a_gap(r, i), {})


def _clauses_with_a_gap(r: Reading, i: int) -> Pieces:
    found: Pieces = {}
    for middle, subject in bare(r, i).items():
        for end, piece in statements.predicates(r, middle, "").items():
            keep(found, end, Piece(subject.cost + piece.cost, glued(subject.chinese, piece.chinese)))
    return found
