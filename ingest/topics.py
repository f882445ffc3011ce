"""Who a clause speaks of: its own leading mention, else what the sentence, the label or the sentence before spoke of."""

from __future__ import annotations

import re

from ingest.clauses import LIST, SLOT, Clause, is_slot
from ingest.concepts import Reading

_PREPOSITION = re.compile(r"(?:在|从|对|对于|将|把|为|给|以|由|向|跟|比|相比于|相对于|相比|像|利用|通过|使用|采用|借助|根据|除了|关于|当|到|针对|有|被|让|使|不像|依赖|依赖于)$")
_LEADING = re.compile(rf"^(?P<before>[^\ue000-\uf8ff]{{0,10}}?)(?P<subject>{LIST})")
_FRAME = re.compile(rf"^[^\ue000-\uf8ff]{{0,3}}(?:对于|对|在|从)(?P<frame>{SLOT})(?:来说|而言|环境来说|方面来看|角度来看)")
_POSSESSIVE = re.compile(rf"(?P<owner>{SLOT})的(?:[^\ue000-\uf8ff,，]{{0,6}})$")


class Topic:
    """The current subject while reading on, within one answer of an article."""

    def __init__(self) -> None:
        self.segment = -1
        self.main: tuple[str, ...] = ()  # what the sentence is about
        self.subjects: tuple[str, ...] = ()  # of the clause just read

    def enter_sentence(self, reading: Reading, properties: frozenset[str]) -> None:
        """`properties`: concept ids that cannot act (轻量化, 性能)."""
        piece = reading.piece
        if piece.sentence.segment != self.segment:
            self.segment, self.main = piece.sentence.segment, ()
        named = [m.concept_id for m in reading.matches if m.end <= piece.body and m.concept_id not in properties] if piece.body else []
        if piece.is_heading:
            named = [match.concept_id for match in reading.matches if match.concept_id not in properties][:1]
        if named:
            self.main = (named[0],)
        self.subjects = self.main

    def enter_clause(self, clause: Clause, *, first: bool, properties: frozenset[str]) -> tuple[str, ...]:
        """The subjects of `clause`; an explicit one becomes the topic where the clause opens its sentence."""
        explicit = tuple(id_ for id_ in leading(clause) if id_ not in properties)
        if explicit:
            self.subjects = explicit
            if first:
                self.main = explicit
        return self.subjects


def leading(clause: Clause) -> tuple[str, ...]:
    """Concepts that stand as the subject at the clause's beginning; of 容器的内核 the last, unless it stands alone."""
    frame = _FRAME.match(clause.slots)
    if frame:
        return clause.concepts(frame["frame"])
    match = _LEADING.match(clause.slots)
    if match is None or _PREPOSITION.search(match["before"].rstrip()) or re.search(r"[一-鿿]{2,}[的了]?(?:可以|能够|会|不|需要)", match["before"]):
        return ()
    end = match.end()
    rest = clause.slots[end:]
    owned = re.match(rf"的[^\ue000-\uf8ff,，]{{0,4}}({SLOT})", rest)
    if owned:
        return clause.concepts(owned[1]) or clause.concepts(match["subject"])
    return clause.concepts(match["subject"])


def head_slots(stretch: str) -> list[int]:
    """Indices of the slots in `stretch` that are no modifiers (not followed by 的 with another slot behind)."""
    heads: list[int] = []
    for index, character in enumerate(stretch):
        if is_slot(character):
            later = any(is_slot(other) for other in stretch[index + 1 :])
            modifies = stretch[index + 1 : index + 2] == "的" or re.match(r"[上中里内]的", stretch[index + 1 : index + 3])
            if not (modifies and later):
                heads.append(index)
    return heads
