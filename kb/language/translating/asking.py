"""Whole English questions in Chinese: clauses in front and behind, statements before, several questions in one; and whether enough was understood."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kb.language.regex import regex
from kb.language.translating import embedding, nouns, prepositions, statements, verbs
from kb.language.translating.asked import circumstances
from kb.language.translating.frames import questions
from kb.language.translating.tables import rows
from kb.language.translating.tokens import Names, Piece, Pieces, Reading, keep
from kb.language.translating.vocabulary import adverbs, conjunctions

_LONGEST = 40  # words; longer ones are no single question
_DEAREST, _FOR_ANY, _PER_WORD = 3.0, 0.8, 0.2  # cost of a reading that is still believed: at most; for any, and per word
_TAG = regex(
    r",\s*(?:right|correct|yes|no|is(?:n't| not)? (?:it|that)(?: so)?|do(?:n't|es|esn't)? (?:it|they)|are(?:n't)? they|true|huh)\s*\?*\s*$",
    re.I,
)
_OPENING = regex(
    r"^(?:(?:hi|hello|hey|ok|okay|well|so|and|but|then|also|now|please|just curious|quick question|excuse me|in short|btw)\b[,:!]?\s+)+"
    r"|^(?:(?:can|could|would|will) you (?:please |kindly )?(?=(?:tell|explain|describe|list|name|give|compare|summari[sz]e)\b))"
    r"|^(?:i (?:want|would like|'d like|need|wonder|am wondering|was wondering) (?:to (?:know|understand|learn) )?(?=(?:what|which|who|how|why|when|where|whether|if)\b))"
    r"|^(?:do you know |(?:please )?tell me |any idea )(?=(?:what|which|who|how|why|when|where|whether|if)\b)"
    r"|^(?:according to the (?:article|text|page|docs?|documentation)|in the (?:article|text)),?\s+",
    re.I,
)
_CLOSING = regex(
    r"[,\s]+(?:please|thanks|thank you|(?:according to|(?:mentioned |named )?in) the (?:article|text)"
    r"|really|exactly|anyway|though|then|in practice|in general)\s*$",
    re.I,
)


def translated(text: str, names: Names) -> str | None:
    """The question in Chinese; None where no frame fits or too little of it was understood."""
    asked = _bare(text)
    if len(asked.split()) > _LONGEST or not asked:
        return None
    r = Reading(asked, names)
    found = _whole(r)
    if found is None or found.cost > _DEAREST or found.cost > _FOR_ANY + _PER_WORD * r.size:
        return None
    chinese = _polished(found.chinese)
    return None if "{" in chinese else f"{chinese}？"


def _bare(text: str) -> str:
    """Without greetings, thanks, and a tag behind a statement."""
    asked = text.strip().rstrip("?.! ")
    asked = _OPENING.sub("", asked)
    asked = _OPENING.sub("", asked)
    return _CLOSING.sub("", asked).strip().rstrip("?.! ")


def _whole(r: Reading) -> Piece | None:
    found: Pieces = {}
    for end, piece in _sentences(r, 0):
        keep(found, end, piece)
    best = found.get(r.size)
    if best is None:  # a statement that is asked: containers share the kernel, right?
        tagged = _tag(r)
        stated = statements.clauses(r, 0).get(tagged)
        best = Piece(stated.cost + 0.3, f"{stated.chinese}吗") if stated is not None else None
    return best


def _tag(r: Reading) -> int:
    """Where the statement ends before right, isn't it."""
    for place in range(r.size - 1, 0, -1):
        if r.word(place) == ",":
            return place if r.size - place < 5 else r.size
    return r.size


def _sentences(r: Reading, i: int) -> Iterator[tuple[int, Piece]]:
    for end, piece in questions(r, i).items():
        yield from _behind(r, end, piece)
    for end, piece in embedding.embedded(r, i).items():  # (tell me) what it isolates
        yield end, piece._replace(cost=piece.cost + 0.4)
    for hanging, template in r.entries(i, conjunctions()):  # if …, what …
        for middle, clause in _hanging(r, hanging).items():
            comma = middle + (r.word(middle) in (",", "then"))
            for end, piece in questions(r, comma).items():
                lead = template.replace("{c}", clause.chinese)
                for last, whole in _behind(r, end, piece):
                    yield last, Piece(clause.cost + whole.cost + 0.2, f"{lead}，{whole.chinese}")
    for middle, adverb in r.entries(i, adverbs()):  # by default, what …
        comma = middle + (r.word(middle) == ",")
        for end, piece in questions(r, comma).items():
            for last, whole in _behind(r, end, piece):
                yield last, Piece(whole.cost + 0.1, f"{adverb}{whole.chinese}")
    for middle, place in prepositions.prepositional(r, i, attribute=False):  # in Linux, what …
        comma = middle + (r.word(middle) == ",")
        for end, piece in questions(r, comma).items():
            for last, whole in _behind(r, end, piece):
                yield last, Piece(place.cost + whole.cost + 0.2, f"{place.chinese}，{whole.chinese}")
    for middle, statement in statements.clauses(r, i).items():  # I need X. VM or container?
        if r.word(middle) in (".", ",", ";", ":", "—", "–", "-", "so", "but", "and"):
            for end, piece in questions(r, middle + 1 + (r.word(middle + 1) in ("so", "but", "and"))).items():
                yield end, Piece(statement.cost + piece.cost + 0.3, f"{statement.chinese}，{piece.chinese}")
    for middle, topic in nouns.noun_phrases(r, i).items():  # QCOW2: what is it good for
        if r.word(middle) in (":", "—", "–", "-", ","):
            for end, piece in questions(r, middle + 1).items():
                yield end, Piece(topic.cost + piece.cost + 0.4, f"{topic.chinese}，{piece.chinese}")


def _hanging(r: Reading, i: int) -> Pieces:
    found = dict(statements.clauses(r, i))
    for end, piece in verbs.verb_phrases(r, i, "ing", None).items():
        keep(found, end, piece)
    return found


def _behind(r: Reading, i: int, piece: Piece) -> Iterator[tuple[int, Piece]]:
    """The question, with a clause or another question behind it."""
    yield i, piece
    if i >= r.size:
        return
    comma = i + (r.word(i) == ",")
    for hanging, template in r.entries(comma, conjunctions()):
        for end, clause in _hanging(r, hanging).items():
            yield end, Piece(piece.cost + clause.cost + 0.3, f"{template.replace('{c}', clause.chinese)}，{piece.chinese}")
    for end, place in prepositions.prepositional(r, comma, attribute=False):
        yield end, Piece(piece.cost + place.cost + 0.55, f"{place.chinese}，{piece.chinese}")
    more = comma + (r.word(comma) in ("and", "or", "but", "?"))
    if more > i:
        for end, other in questions(r, more).items():
            yield end, Piece(piece.cost + other.cost + 0.3, f"{piece.chinese}，{other.chinese}")
        for asked, _ in circumstances(r, more):
            yield asked.end, Piece(piece.cost + asked.cost + 0.1, f"{piece.chinese}，{asked.chinese}")


@cache
def _polish() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(awkward), re.sub(r"\$(\d)", r"\\\1", better)) for awkward, better in rows("english_polish.tsv"))


def _polished(chinese: str) -> str:
    for awkward, better in _polish():
        chinese = awkward.sub(better, chinese)
    return chinese
