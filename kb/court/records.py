"""What the court knows and says: its rules (rows of `corpus/domain/tests.toml`) and its rulings.

A ruling speaks of one statement and one machine. It owns nothing: it is derived from statements and measurements each time.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kb.records import Claim, Comparison, Quantity, Span

Text = tuple[str, str]  # (zh, en)
Statement = Claim | Comparison | Quantity
Kind = Literal["claim", "comparison", "quantity"]
RulingVerdict = Literal["confirmed", "contradicted", "partly", "untestable", "unmeasured", "expired"]
Judge = Literal["order", "signs", "seen", "range", "near", "runs", "never"]

VERDICTS: dict[RulingVerdict, Text] = {
    "confirmed": ("证实", "confirmed"),
    "contradicted": ("不符", "contradicted"),
    "partly": ("部分", "partly"),
    "untestable": ("本机不可测", "untestable here"),
    "unmeasured": ("未测", "not measured"),
    "expired": ("已过期", "expired"),
}


@dataclass(frozen=True, slots=True)
class Family:
    """Concept ids that one kind of backend speaks for. `backends` stand for them fully; `stand_ins` only in part, for `reason`.

    `concept` is the concept that measurements of these backends carry. Without `backends`, every backend of it stands for the family.
    `others` are particular ones that nothing here stands for (bhyve, VMware): what is said of them counts in part, for `others_reason`.
    """

    id: str
    label: Text
    concept: str
    members: frozenset[str]
    backends: frozenset[str] | None = None
    stand_ins: frozenset[str] = frozenset()
    reason: Text | None = None
    others: frozenset[str] = frozenset()
    others_reason: Text | None = None


@dataclass(frozen=True, slots=True)
class Trial:
    """One row: which statements it speaks for, what is measured for them, and how that is judged.

    `sides` are ids of families: what is looked at (first) and what it is held against (second, for `order`).
    `low`, `high` are in the metric's unit; `factor` is the least ratio that counts; `tolerance` widens what a text gives as approximate.
    `limited`: verdicts that count as `partly` only, because of what `limit` says. A measurement decides for `days`, by default for as
    long as its own record says.
    """

    id: str
    label: Text
    kind: Kind
    metric: str
    judge: Judge
    relations: frozenset[str] = frozenset()
    aspects: frozenset[str] = frozenset()
    subjects: frozenset[str] = frozenset()
    objects: frozenset[str] = frozenset()
    words: tuple[str, ...] = ()  # one of them stands in the sentence
    without: tuple[str, ...] = ()  # none of them does
    quoted: tuple[str, ...] = ()  # one of them stands in the quote itself
    units: frozenset[str] = frozenset()  # as a quantity writes them
    unit: str | None = None  # a quantity must be of this unit's dimension
    holds: bool | None = None  # only affirmed, or only denied, statements; `None`: both
    worded: bool = False  # `words` fix what is claimed, whatever polarity was read
    sides: tuple[str, ...] = ()
    more: Literal["larger", "smaller"] = "larger"  # what more of the aspect, or of the property, does to the figure
    same: tuple[str, ...] = ()
    differ: tuple[str, ...] = ()
    expects: str = ""
    low: float | None = None
    high: float | None = None
    factor: float = 1.0
    tolerance: float = 3.0
    days: float | None = None
    limited: frozenset[str] = frozenset()
    limit: Text | None = None
    note: Text | None = None
    sentences: tuple[tuple[str, Text], ...] = ()  # (verdict, explanation) of its own


@dataclass(frozen=True, slots=True)
class Rules:
    """All of `tests.toml`. `sentences` maps `(judge or "*", verdict)` to the explanation used where a row has none of its own."""

    trials: tuple[Trial, ...]
    families: dict[str, Family]
    backends: dict[str, Text]  # names that people read
    amounts: tuple[tuple[str, float], ...]  # wording of a difference -> least ratio
    upper_words: tuple[str, ...]  # 只需, 以内: the figure is an upper bound
    reporting_words: tuple[str, ...]  # the sentence reports what others say
    asking_words: tuple[str, ...]  # the quote asks and states nothing
    sentences: dict[tuple[str, str], Text]


@dataclass(frozen=True, slots=True)
class Figure:
    """What one backend measured, in words (`text`) and in numbers; median and range are in `unit`."""

    measurement_id: str
    backend: str
    concept: str
    label: Text
    text: Text
    unit: str
    n: int
    median: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Ruling:
    """The verdict on one statement, from measurements of one host.

    `conditions` are those of the measurement (host, day, caveats), `qualifiers` those of the statement (hedge, condition).
    """

    test: str  # id of the row
    label: Text
    kind: Kind
    verdict: RulingVerdict
    statement: Statement
    metric: str
    explanation: Text
    measurements: tuple[str, ...] = ()  # ids
    figures: tuple[Figure, ...] = ()
    conditions: tuple[Text, ...] = ()
    qualifiers: tuple[Text, ...] = ()
    measured_at: str | None = None

    @property
    def sentence_id(self) -> str:
        return self.statement.sentence_id

    @property
    def span(self) -> Span:
        return self.statement.span
