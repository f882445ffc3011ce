"""Clauses with their mentions as single characters, so that grammar can be written as short regular expressions.

In `slots` each mention is one character of the Unicode private use area (U+E000 + its number); everything else is as in the sentence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from ingest.concepts import Reading
from ingest.phrases import is_phrase
from kb.language.lexicon import Match
from kb.language.regex import regex
from kb.language.sentences import split_clauses

FIRST = 0xE000
SLOT = r"[\ue000-\uf8ff]"
JOINT = r"\s?(?:[、,，/ ]|以及|和|与|及|或者|或|还有)\s?(?:其|各种|必要的|相关的|一些|所有的|它的|其他)?"
LIST = rf"{SLOT}(?:{JOINT}{SLOT})*"
# spaces between Chinese and Latin words, or beside a mention, say nothing and would get in the way of patterns
_IDLE_SPACE = regex(r" (?:(?<=[\u3400-\u9fff\uf900-\ufaff\ue000-\uf8ff].)|(?=[\u3400-\u9fff\uf900-\ufaff\ue000-\uf8ff]))")
# marks that set a name apart say nothing of what is said of it
_QUOTED = regex('[“‘「《『`"] ?[\ue000-\uf8ff] ?[”’」》』`"]')
_QUOTES = frozenset('“‘「《『`"')
_ENDS_CLAUSE = frozenset("，,。;；:： ")
_PREDICATES = regex(r"有(?!状)|分[为成]|包[括含]|技术")
_JOINING = regex(r"[\s、和与及以或等还有]*")


@dataclass(slots=True, eq=False)
class Clause:
    """`text[start:end]` of the sentence; `places[i]`: where `slots[i]` begins in the sentence (one more at the end)."""

    start: int
    end: int
    slots: str
    places: tuple[int, ...]
    matches: tuple[Match, ...]
    sentence: str
    characters: frozenset[str] = field(init=False)  # those of `slots`, by which most patterns can be told not to match (gates.py)

    def __post_init__(self) -> None:
        self.characters = frozenset(self.slots)

    def text(self, start: int = 0, end: int | None = None) -> str:
        """The words between two indices of `slots`."""
        return self.sentence[self.places[start] : self.places[len(self.slots) if end is None else end]]

    def without_brackets(self) -> Clause:
        """The same clause with what stands in brackets taken out of `slots`."""
        if "(" not in self.slots and "（" not in self.slots:
            return self
        keep = [True] * len(self.slots)
        for match in re.finditer(r"[(（][^()（）]*[)）]", self.slots):
            keep[match.start() : match.end()] = [False] * (match.end() - match.start())
        if all(keep):
            return self
        slots = "".join(character for character, kept in zip(self.slots, keep, strict=True) if kept)
        places = tuple(place for place, kept in zip(self.places, [*keep, True], strict=True) if kept)
        return Clause(self.start, self.end, slots, places, self.matches, self.sentence)

    def with_subject(self, id_: str, length: int) -> Clause:
        """The same clause with the first `length` characters of `slots` (它, or none at all) read as a mention of the concept."""
        slot = chr(FIRST + len(self.matches))
        matches = (*self.matches, Match(self.start, self.start, id_))
        return Clause(self.start, self.end, slot + self.slots[length:], (self.places[0], *self.places[length:]), matches, self.sentence)

    def concept(self, slot: str) -> str:
        return self.matches[ord(slot) - FIRST].concept_id

    def concepts(self, slots: str) -> tuple[str, ...]:
        """Concepts of all slots in a stretch, in order, each once."""
        return tuple(dict.fromkeys(self.concept(character) for character in slots if is_slot(character)))

    def place(self, index: int) -> int:
        """Index into `slots` → character of the sentence."""
        return self.places[index]


def is_reported(text: str) -> bool:
    """Whether a clause stands inside 「…」 or quotes one: what it says is somebody's wording, often about to be doubted."""
    return bool(re.search(r"「[^」]{5,}", text)) or ("」" in text and "「" not in text)


def is_slot(character: str) -> bool:
    return "\ue000" <= character <= "\uf8ff"


def clauses_of(reading: Reading, *, verbs: frozenset[str] = frozenset(), whole: bool = False) -> tuple[Clause, ...]:
    """The clauses of a sentence after its label, if it has one; commas inside a list of mentions do not split.

    Mentions whose text is one of `verbs` stay words (隔离 is what is done, not a thing). `whole`: the sentence as one clause.
    """
    text = reading.text
    matches = reading.matches
    if verbs:
        matches = tuple(m for m in matches if text[m.start : m.end] not in verbs or _is_named(text, m))
    key = (len(matches) == len(reading.matches) or matches, whole)  # every reader asks for the same clauses, but for a verb now and then
    found = reading.cut.get(key)
    if found is None:
        found = reading.cut[key] = _cut(text, reading.piece.body, matches, whole)
    return found


def _is_named(text: str, match: Match) -> bool:
    """虚拟化有两种形式, 隔离性: a verb that stands as a noun."""
    behind = text[match.end : match.end + 2]
    if behind.startswith("性"):
        return True
    return (
        not is_phrase(match.concept_id)
        and (match.start == 0 or text[match.start - 1] in _ENDS_CLAUSE)
        and _PREDICATES.match(behind) is not None
    )


def _cut(text: str, body: int, matches: tuple[Match, ...], whole: bool) -> tuple[Clause, ...]:
    if whole:
        return (_clause(text, body, len(text.rstrip("。.!！?？;； ")), matches),)
    spans = [(start + body, end + body) for start, end in split_clauses(text[body:])]
    return tuple(_clause(text, start, end, matches) for start, end in _joined(text, spans, matches))


def _joined(text: str, spans: Sequence[tuple[int, int]], matches: Sequence[Match]) -> list[tuple[int, int]]:
    """Join what a comma split inside a list: a clause that is nothing but mentions belongs to the one before it."""
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if joined and _is_list(text, start, end, [match for match in matches if match.start < end and start < match.end]):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _is_list(text: str, start: int, end: int, matches: Sequence[Match]) -> bool:
    """Whether a clause holds mentions and nothing else but what joins them."""
    if not any(start <= match.start for match in matches):
        return False
    place = start
    for match in matches:
        if not _JOINING.fullmatch(text, place, max(place, match.start)):
            return False
        place = match.end
    return _JOINING.fullmatch(text, min(place, end), end) is not None


def _clause(text: str, start: int, end: int, matches: Sequence[Match]) -> Clause:
    inside = tuple(match for match in matches if start <= match.start and match.end <= end)
    pieces: list[str] = []
    places: list[int] = []
    index = start
    for number, match in enumerate(inside):
        pieces += text[index : match.start], chr(FIRST + number)
        places += range(index, match.start)
        places.append(match.start)
        index = match.end
    pieces.append(text[index:end])
    places += range(index, end)
    slots = "".join(pieces)
    if inside and not _QUOTES.isdisjoint(slots):
        for quoted in reversed([*_QUOTED.finditer(slots)]):
            del places[quoted.end() - 1], places[quoted.start()]
            slots = slots[: quoted.start()] + quoted.group()[1:-1] + slots[quoted.end() :]
    if " " in slots:
        for space in reversed([match.start() for match in _IDLE_SPACE.finditer(slots)]):
            del places[space]
        slots = _IDLE_SPACE.sub("", slots)
    return Clause(start, end, slots, (*places, end), inside, text)
