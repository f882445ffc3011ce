"""The forms that English questions take, each read as a Chinese question."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from kb.language.translating import choices, embedding, grading, nouns, prepositions, statements, verbs
from kb.language.translating.asked import circumstances, inverted, things
from kb.language.translating.tables import grammar
from kb.language.translating.tokens import Piece, Pieces, Reading, glued, keep
from kb.language.translating.vocabulary import BE, DO, adjectives

Found = Iterator[tuple[int, Piece]]


def questions(r: Reading, i: int) -> Pieces:
    """Every question that begins here, by where it ends."""
    return r.once(("question", i), lambda: _questions(r, i), {})


def _questions(r: Reading, i: int) -> Pieces:
    found: Pieces = {}
    if i < r.size:
        for frame in _FRAMES:
            for end, piece in frame(r, i):
                keep(found, end, piece)
    return found


def _whether(r: Reading, i: int) -> Found:
    for end, piece in inverted(r, i, None).items():
        alternative = r.word(i) in ("should", "shall") or re.search("是.*或", piece.chinese) and r.word(i) in BE
        if "或" in piece.chinese and alternative:
            yield end, Piece(piece.cost, piece.chinese.replace("或", "还是", 1))
        else:
            yield end, Piece(piece.cost, f"{piece.chinese}吗")
    if r.word(i) in BE:  # is A or B faster
        for middle, pair in choices.pairs(r, i + 1):
            for end, graded in grading.graded(r, middle):
                if pair.mark == "or" and graded.mark == "more":
                    yield end, Piece(pair.cost + graded.cost - 0.3, glued(pair.chinese, "哪个", graded.chinese))


def _what(r: Reading, i: int) -> Found:
    """What is X, what does X do, what keeps X alive, which tools manage X."""
    for asked in things(r, i):
        for end, piece in inverted(r, asked.end, asked.chinese).items():
            yield end, Piece(piece.cost + asked.cost, piece.chinese)
        for end, piece in statements.predicates(r, asked.end, None).items():
            awkward = 0.5 if asked.end == i + 1 and r.word(asked.end) in BE else 0.05  # what is X: X是什么
            yield end, Piece(piece.cost + asked.cost + awkward, glued(asked.chinese, piece.chinese))
        many = asked.chinese.startswith("多少")
        exist = r.word(asked.end) in ("exist", "exists") or r.words(asked.end, asked.end + 2) in ("are there", "is there", "do exist")
        if many and exist:  # how many X are there: X有多少个
            number = re.match("多少个?", asked.chinese)
            told = asked.chinese[number.end() :] + "有" + number.group() if number else ""
            behind = asked.end + 1 + (r.word(asked.end) not in ("exist", "exists"))
            behind += 2 * (r.words(behind, behind + 2) == "in total")
            yield behind, Piece(asked.cost - 0.2, told)
            for end, place in prepositions.prepositional(r, behind, attribute=False):
                yield end, Piece(asked.cost + place.cost - 0.1, glued(place.chinese, told))
        if r.word(asked.end) in BE and r.word(asked.end + 1) == "there":
            yield asked.end + 2, Piece(asked.cost, f"有{asked.chinese}")
            for end, place in prepositions.prepositional(r, asked.end + 2, attribute=False):
                yield end, Piece(asked.cost + place.cost, glued(place.chinese, f"有{asked.chinese}"))


def _set_phrases(r: Reading, i: int) -> Found:
    """What if, what do you call it when, is there a way to, what is the best way to."""
    for start, template in r.entries(i, grammar("way")):
        for end, piece in verbs.verb_phrases(r, start, "base", None).items():
            yield end, Piece(piece.cost - 0.2, template.replace("{o}", piece.chinese))
    if r.words(i, i + 2) == "what if":
        for end, piece in statements.clauses(r, i + 2).items():
            yield end, Piece(piece.cost, f"如果{piece.chinese}，会怎样")
    for words in (
        "what do you call",
        "what do people call",
        "what do we call",
        "what do admins call",
        "what is it called",
        "what is the name for",
    ):
        size = len(words.split())
        if r.words(i, i + size) == words:
            start = i + size + (r.word(i + size) == "it")
            for end, piece in nouns.noun_phrases(r, start).items():
                yield end, Piece(piece.cost, f"{piece.chinese}叫什么")
            if r.word(start) in ("when", "if"):
                for end, piece in statements.clauses(r, start + 1).items():
                    yield end, Piece(piece.cost, f"{piece.chinese}叫什么")


def _when_and_how(r: Reading, i: int) -> Found:
    for asked, place in circumstances(r, i):
        for end, piece in inverted(r, asked.end, None, asked.chinese, place).items():
            yield end, Piece(piece.cost + asked.cost, piece.chinese)
        if r.word(i) == "how" and r.words(i, i + 2) == "how come":
            for end, piece in statements.clauses(r, asked.end).items():
                yield end, Piece(piece.cost, f"为什么{piece.chinese}")
        to = r.word(asked.end) == "to" or r.words(asked.end, asked.end + 2) == "not to"
        if to or r.word(i) == "why":
            negated = r.word(asked.end) == "not"
            for end, piece in verbs.verb_phrases(r, asked.end + to + negated, "base", None).items():
                yield (
                    end,
                    Piece(piece.cost + 0.1, f"{asked.chinese}{'不' * negated}{'要' * (r.word(i) == 'why' and not negated)}{piece.chinese}"),
                )
            if r.word(i) == "why" and asked.end == i + 1:  # why a container
                for end, piece in verbs.verb_phrases(r, i + 1, "ing", None).items():
                    yield end, Piece(piece.cost + 0.4, f"为什么{piece.chinese}")


def _how_adjective(r: Reading, i: int) -> Found:
    """How big is X, how much slower is X than Y, how much faster does X start."""
    if r.word(i) != "how":
        return
    much = r.word(i + 1) == "much"
    for middle, meant in r.entries(i + 1 + much, adjectives()):
        if much != (meant.degree == 1):
            continue
        asked = f"{meant.chinese}多少" if much else f"有多{meant.chinese}"
        if much:
            for end, piece in inverted(r, middle, None, asked, "behind").items():
                yield end, Piece(piece.cost, piece.chinese)
        if r.word(middle) not in BE:
            continue
        for place, subject in nouns.noun_phrases(r, middle + 1).items():
            yield place, Piece(subject.cost, glued(subject.chinese, asked))
            for end, against in prepositions.than(r, place) if r.word(place) == "than" else ():
                yield end, Piece(subject.cost + against.cost, glued(subject.chinese, against.chinese, asked))
            for end, where in prepositions.prepositional(r, place, attribute=False):
                yield end, Piece(subject.cost + where.cost, glued(subject.chinese, where.chinese, asked))


def _how_long(r: Reading, i: int) -> Found:
    """How long does X take to do it, how long does it take."""
    if r.words(i, i + 2) != "how long" or r.word(i + 2) not in DO | {"will", "would", "can", "should", "might"}:
        return
    for middle, subject in nouns.noun_phrases(r, i + 3).items():
        if r.word(middle) != "take":
            continue
        who, cost, start = ("" if subject.chinese == "它" else subject.chinese), subject.cost, middle + 1
        starts = [(start, who, cost)]
        if r.word(start) == "for":
            starts += [(end, piece.chinese, cost + piece.cost) for end, piece in nouns.noun_phrases(r, start + 1).items()]
        for to, doer, so_far in starts:
            if r.word(to) == "to":
                for end, deed in verbs.verb_phrases(r, to + 1, "base", None).items():
                    yield end, Piece(so_far + deed.cost - 0.1, glued(doer, deed.chinese, "需要多久"))


_LISTING = frozenset("list name give enumerate mention show".split())
_TELLING = frozenset("explain describe define tell summarize summarise clarify outline".split())


def _requests(r: Reading, i: int) -> Found:
    word = r.word(i)
    place = i + 1 + (r.word(i + 1) in ("me", "us"))
    place += r.word(place) in ("about", "briefly")
    if word in _LISTING:
        for end, piece in nouns.noun_phrases(r, place).items():
            yield end, Piece(piece.cost + 0.05, f"{piece.chinese}有哪些")
    if word in _TELLING or word in _LISTING:
        for end, piece in embedding.embedded(r, place).items():
            yield end, Piece(piece.cost, piece.chinese)
    if word in _TELLING:
        for end, piece in nouns.noun_phrases(r, place).items():
            yield end, Piece(piece.cost + 0.05, f"{piece.chinese}是{'怎样的' if word in ('describe', 'outline') else '什么'}")
    if word == "compare":
        for end, piece in nouns.noun_phrases(r, place).items():
            yield end, Piece(piece.cost, f"{piece.chinese}有什么区别")
            if r.word(end) in ("with", "to", "and", "against"):
                for last, other in nouns.noun_phrases(r, end + 1).items():
                    yield last, Piece(piece.cost + other.cost, f"{piece.chinese}和{other.chinese}有什么区别")


def short_questions(r: Reading, i: int) -> Found:
    yield from _what(r, i)
    yield from _when_and_how(r, i)
    yield from _how_adjective(r, i)


_FRAMES: tuple[Callable[[Reading, int], Found], ...] = (
    _whether,
    _what,
    _set_phrases,
    _when_and_how,
    _how_adjective,
    _how_long,
    _requests,
    choices.choices,
)
