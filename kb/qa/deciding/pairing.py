"""A yes-or-no question beside one of the sentences found for it: what every trait of the two is told from, looked up once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property

from kb.language.normalize import fold
from kb.language.regex import regex
from kb.language.vocabulary import plain
from kb.qa.deciding.clauses import clauses_of
from kb.qa.deciding.propositions import Proposition
from kb.qa.finding.characters import share, telling
from kb.qa.finding.index import index_of
from kb.qa.finding.retrieval import Scored
from kb.records import Verdict

# asks whether the rest is so, and denies nothing: …，对吧; …是真的吗
_TAG = regex(
    r"[,，]?\s*(?:这话|这说法|这种说法|这样说)?(?:对|是|没错|是真|真|对不对|是不是|行|成立|是这样|是这么回事|有这回事|没|right|correct)(?:的|对)?(?:吗|吧|么|不对|不是|没有?)?[?？。]*$",
    re.I,
)
_NAMED = 0.3  # worth of the thing's own name for a clause to be the one that says what is asked


class Pair:
    def __init__(
        self, asked: Proposition, item: Scored, readings: Sequence[tuple[Verdict, float, str]], ranked: Sequence[Scored], rank: int
    ) -> None:
        """`readings`: what clauses of the sentence say to the question, each with its worth; `rank`: the place of `item` in `ranked`, from 0."""
        self.asked, self.item, self.index, self.rank = asked, item, index_of(asked.sources), rank
        self.score_above = max(other.score for other in ranked) - item.score
        self.coverage_above = max(other.coverage for other in ranked) - item.coverage
        self.near_above = max(other.near for other in ranked) - item.near
        self.text = self.index.folded[item.sentence.id]
        self.clauses = self.index.clauses(item.sentence) or (self.text,)
        self.worth = {verdict: max((worth for found, worth, _ in readings if found == verdict), default=0.0) for verdict in ("yes", "no")}
        self.own, self.rest = telling(fold(plain(asked.question.resolved)), asked.names)
        read = {clause: worth for _, worth, clause in sorted(readings, key=lambda reading: reading[1])}
        self.clause = max(
            self.clauses,
            key=lambda clause: share(self.rest, clause, self.index) + _NAMED * share(self.own, clause, self.index) + read.get(clause, 0.0),
        )

    @cached_property
    def core(self) -> str:
        """The question without its tag and mark; folded where it is Chinese."""
        text = plain(self.asked.question.resolved)
        return _TAG.sub("", (text.lower() if self.asked.question.language == "en" else fold(text)).rstrip("?？。 "))

    @cached_property
    def owned(self) -> tuple[tuple[str, float], ...]:
        """Clauses, each with how surely it speaks of the thing asked about."""
        return tuple(clauses_of(self.asked, self.item.sentence))
