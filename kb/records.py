"""Every record that flows through the system; read this first.

Spans are half-open `(start, end)` in characters of the **original** article text, exactly as the user gave it:
`article.text[start:end]` is the quote. Records are frozen and hold tuples; what cannot be known is `None`, never `0` or `""`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

Span = tuple[int, int]
Direction = Literal["a_more", "b_more", "equal"]
Status = Literal["answered", "no_evidence", "unknown_concept"]
Verdict = Literal["yes", "no"]
EvidenceKind = Literal["article", "graph", "measured"]  # 文章说 / 图谱推出 / 本机测得
Language = Literal["zh", "en"]


# ---------------------------------------------------------------- the source and its citable pieces


@dataclass(frozen=True, slots=True)
class Article:
    """`id` never changes while the article lives; `origin` says where it came from (a path, `upload:NAME`, `paste:TITLE`).

    `set_apart`: what the file set apart by more than words (bold, a term of a definition list), which its text no longer shows.
    """

    id: str
    title: str
    text: str
    origin: str
    licence: str | None = None
    author: str | None = None
    date: str | None = None  # ISO 8601 day the article states for itself
    set_apart: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sentence:
    """A citable piece. `text` is cleaned (masks repaired, noise gone); the original is `article.text[span]`.

    `segment` counts the answers the article was glued from (0-based); `position` orders sentences within the article.
    """

    id: str  # "{article_id}#{position}"
    article_id: str
    span: Span
    text: str
    heading: str | None = None
    segment: int = 0
    position: int = 0


@dataclass(frozen=True, slots=True)
class Dropped:
    """A stretch of the original that cleaning left out or replaced, and why (`reason` is a key of the reasons catalogue)."""

    article_id: str
    span: Span
    reason: str


@dataclass(frozen=True, slots=True)
class Twin:
    """Another article that holds nearly the same text, seen from one of the two.

    `shared`: how much of the shorter stands in the other, 0 to 1. `original`: what both say counts once, as this other article's.
    """

    article_id: str
    title: str
    shared: float
    original: bool


@dataclass(frozen=True, slots=True)
class Likeness:
    """`sketch`: the shingles by which others find the article. `copied`: (sentence of a copy, the same sentence of its original)."""

    sketch: tuple[int, ...] = ()
    twins: tuple[Twin, ...] = ()
    copied: tuple[tuple[str, str], ...] = ()


# ---------------------------------------------------------------- what is talked about, and what is said


@dataclass(frozen=True, slots=True)
class Concept:
    """A node of the graph. `kind`: technology, product, component, resource, property, role, organisation, …

    Two kinds are not from the domain vocabulary: `discovered` (a term found in an article) and `phrase` (a literal that
    stands as the object of a claim, such as 独立桌面); both live only as long as something mentions them.
    `cues` are words that speak for this sense where an alias belongs to several concepts; empty for the usual sense.
    `score`, of a discovered one: how well it does as a term, in [0, 1]; read from the store, that of the article where it does best.
    """

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    kind: str = "technology"
    gloss: str | None = None
    name_en: str | None = None
    cues: tuple[str, ...] = ()
    score: float | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided of a concept, by its name then. `target`: of a renaming the new name, of a merging the concept it became part of.

    `others`: the other names that articles had given it, if it was a discovered one; they stay its names. Filled in when it is stored.
    """

    action: Literal["accept", "rename", "merge", "split", "reject"]
    name: str
    target: str | None = None
    decided_at: str = ""  # ISO 8601, UTC; given when it is stored
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
    sentence_id: str
    span: Span
    concept_id: str
    found_by: str


@dataclass(frozen=True, slots=True)
class Claim:
    """One sentence says (`holds`) or denies (`not holds`) that `subject` stands in `relation` to `object` (concept ids).

    `scope="not_all"` marks a denied universal (并非所有主机都是服务器): it denies "every", not the relation itself.
    `hedge` is the hedging word as it stands (通常, 可以看成); `analogy` marks a figurative statement (就像集装箱).
    """

    sentence_id: str
    span: Span
    subject: str
    relation: str
    object: str
    holds: bool = True
    hedge: str | None = None
    condition: str | None = None
    scope: Literal["not_all"] | None = None
    analogy: bool = False
    found_by: str = ""
    confidence: float = 0.5


@dataclass(frozen=True, slots=True)
class Comparison:
    """`a` against `b` on `aspect` (id of aspects.toml, or a free noun). `direction` speaks of the aspect as named:
    `a_more` on 启动速度 means a starts faster. `amount` is the wording of the difference (慢得多, 数量级), if any."""

    sentence_id: str
    span: Span
    a: str
    b: str
    aspect: str
    direction: Direction
    amount: str | None = None
    hedge: str | None = None
    found_by: str = ""
    confidence: float = 0.5


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit. `low`/`high` are in `unit` as the text gives it (`None`: open end); 数分钟 is 2–9 minutes, approximate."""

    sentence_id: str
    span: Span
    subject: str
    aspect: str
    value_text: str
    low: float | None
    high: float | None
    unit: str
    approximate: bool = False
    found_by: str = ""
    confidence: float = 0.5


@dataclass(frozen=True, slots=True)
class Extract:
    """All that reading makes of one article; `Store.save` writes it in one transaction."""

    article: Article
    cleaned: str  # the cleaned text, a blank line between the answers the article was glued from
    segments: tuple[str, ...]
    sentences: tuple[Sentence, ...]
    dropped: tuple[Dropped, ...]
    concepts: tuple[Concept, ...]  # only those that the vocabulary lacks: `discovered` and `phrase`
    mentions: tuple[Mention, ...]
    claims: tuple[Claim, ...]
    comparisons: tuple[Comparison, ...]
    quantities: tuple[Quantity, ...]


@dataclass(frozen=True, slots=True)
class SaveReport:
    """What saving one article did, for the person who added it."""

    article_id: str
    title: str
    outcome: Literal["added", "replaced", "unchanged"]
    sentences: int
    mentions: int
    claims: int
    comparisons: int
    quantities: int
    new_concepts: tuple[str, ...]  # names
    contradictions: int
    twins: tuple[Twin, ...] = ()


@dataclass(frozen=True, slots=True)
class Fact:
    """What all claims on one (subject, relation, object) say together; a view derived from claims, it owns nothing."""

    subject: str
    relation: str
    object: str
    said: tuple[Claim, ...]
    denied: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Claims, comparisons or quantities on one topic that cannot all be true; `topic` is readable text."""

    topic: str
    concepts: tuple[str, ...]
    aspect: str | None
    sides: tuple[tuple[str, Span], ...]  # (sentence id, span) of each statement, at least two
    kind: Literal["denial", "quantity", "comparison"]


# ---------------------------------------------------------------- what this machine measured


@dataclass(frozen=True, slots=True)
class HostFingerprint:
    """`env_id` changes when anything that moves a measurement changes; `facts` are (name, value), sorted by name."""

    env_id: str
    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Sign:
    """One independent sign of which kernel (or userland) runs inside: seen on the host, seen inside, and whether they agree."""

    name: str
    host_value: str
    inside_value: str
    same: bool


@dataclass(frozen=True, slots=True)
class Measurement:
    """Raw samples of one metric for one backend on one host; summaries are derived, never stored instead.

    `samples` are in `unit`, in order, warm-up left out; failed attempts are counted in `failures` and give no sample.
    Two measurements may be compared only when their `run_id` is equal (one interleaved run).
    `measured_at` and `fresh_until` are ISO 8601 in UTC; without the latter it holds for as long as the host's fingerprint stays.
    `concept` is the concept id that the backend stands for.
    """

    id: str
    run_id: str
    concept: str
    metric: str
    unit: str
    samples: tuple[float, ...]
    backend: str
    host: HostFingerprint
    command: tuple[str, ...]
    measured_at: str
    failures: int = 0
    warmup: int = 0
    cpu_seconds: tuple[float, ...] = ()
    signs: tuple[Sign, ...] = ()
    caveats: tuple[str, ...] = ()
    valid: bool = True
    fresh_until: str | None = None

    def expired(self, now: datetime) -> bool:
        """Whether it is too old at `now` (with its time zone) to be quoted as what this host does."""
        return self.fresh_until is not None and now > datetime.fromisoformat(self.fresh_until)


# ---------------------------------------------------------------- what was seen of this machine a moment ago


@dataclass(frozen=True, slots=True)
class Instance:
    """This machine, or a container or virtual machine that runs on it now. Never stored: it may be gone when the answer is read.

    `concept` is what it is an instance of, `None` where that could not be told; `since` is ISO 8601 in UTC.
    """

    id: str
    name: str
    concept: str | None
    engine: str | None = None
    since: str | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """An edge of an answer's picture from an instance to another instance or to a concept."""

    source: str
    relation: str
    target: str


@dataclass(frozen=True, slots=True)
class Seen:
    """What detection and inventory told of this machine at a moment (`at`, ISO 8601 in UTC), in words and as instances.

    `point` answers in a sentence or two, `lines` give every sign. `in_container`, `in_machine`, `kvm` are `None` where undecided.
    """

    at: str
    point: str
    lines: tuple[str, ...]
    in_container: bool | None
    in_machine: bool | None
    kvm: bool | None
    instances: tuple[Instance, ...] = ()
    links: tuple[Link, ...] = ()


# ---------------------------------------------------------------- questions and answers


@dataclass(frozen=True, slots=True)
class Question:
    """`text` as asked; `resolved` with follow-up references filled in from `context`. `concepts` are ids in order of mention."""

    text: str
    resolved: str
    kind: str
    concepts: tuple[str, ...] = ()
    relation: str | None = None
    aspect: str | None = None
    context: tuple[str, ...] = ()
    language: Language = "zh"


@dataclass(frozen=True, slots=True)
class Evidence:
    """A numbered source of an answer; `n` is what `[n]` in the text refers to. `quote` is `article.text[span]` exactly."""

    n: int
    sentence_id: str
    article_id: str
    article_title: str
    span: Span
    quote: str
    text: str  # the quote, cleaned, as a person reads it


@dataclass(frozen=True, slots=True)
class Cell:
    """`citations` are evidence numbers; `measurement_id` is set where the cell shows a measurement."""

    text: str
    kind: EvidenceKind | Literal["none"] = "none"
    citations: tuple[int, ...] = ()
    measurement_id: str | None = None


@dataclass(frozen=True, slots=True)
class TableRow:
    aspect: str
    cells: tuple[Cell, ...]  # one per column
    verdict: str | None = None


@dataclass(frozen=True, slots=True)
class Table:
    columns: tuple[str, ...]  # concept names
    rows: tuple[TableRow, ...]


@dataclass(frozen=True, slots=True)
class PathStep:
    """One edge of a path, in the direction the claim states it; `sentence_ids` are the claims' sentences.

    `confidence`: that at least one of the claims is right, were they independent, in [0, 1].
    """

    subject: str
    relation: str
    object: str
    holds: bool
    sentence_ids: tuple[str, ...] = ()
    citations: tuple[int, ...] = ()
    confidence: float = field(default=1.0, compare=False)


@dataclass(frozen=True, slots=True)
class GraphPath:
    """Concept ids along the path and the edges between neighbours (an edge may point either way)."""

    concepts: tuple[str, ...]
    steps: tuple[PathStep, ...]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something was taken or turned down: a key of the catalogue of reasons, with the values that its words name."""

    key: str
    values: tuple[tuple[str, str | float], ...] = ()


@dataclass(frozen=True, slots=True)
class Sought:
    """What sentences were looked for by: a word or a concept's id, how much it weighs, and whether no article says it."""

    label: str
    weight: float
    missing: bool = False


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence considered for an answer. `coverage`: how much of the question it meets, by weight, in [0, 1]; `score`: that with what
    its kind of question prefers, best first. `n`: its evidence number; `None` where it was passed over, and `why` says why."""

    sentence_id: str
    article_id: str
    span: Span
    text: str
    score: float
    coverage: float
    n: int | None = None
    why: Reason | None = None


@dataclass(frozen=True, slots=True)
class Explanation:
    """How an answer was found. `reasons`: what decided it, or why what was found does not answer."""

    sought: tuple[Sought, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """`text` is plain text with `[n]` references, the point first. `nearby` names what is known where the answer is not."""

    question: Question
    status: Status
    text: str
    verdict: Verdict | None = None
    table: Table | None = None
    paths: tuple[GraphPath, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    measurements: tuple[Measurement, ...] = ()
    disagreements: tuple[str, ...] = ()
    nearby: tuple[str, ...] = ()
    probes: tuple[str, ...] = ()  # metrics that 「现在测量」 could measure for this question
    not_measured: str | None = None  # why nothing was measured, in the reader's language
    explain: Explanation = Explanation()
    seen: Seen | None = None  # of this machine itself, at the moment of asking
