"""The court: a verdict on every statement that a row of the tests speaks for, and the caution that keeps it from claiming too much."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime

from kb.court.evidence import Archive, Evidence, Missing
from kb.court.finding import Finding, find
from kb.court.records import Rules, Ruling, Text
from kb.court.statements import Matter, statements_of
from kb.court.wording import conditions_of, figures_of, fill, is_quoted, join, places, qualifiers_of, sentence_for
from kb.records import Claim, Comparison, Span
from kb.store import Reader

_DECIDED = ("confirmed", "contradicted")
_SHORT: Text = ("方向相符，但差别没有原文说的那么大。", "The direction agrees; the difference is smaller than the text says.")
_CONDITIONAL: Text = (
    "原文带有条件，本机不一定满足，所以只算部分。",
    "The text sets a condition that this machine may not meet, so this counts in part only.",
)
_HEDGED: Text = (
    "原文说的是通常情况，一台机器上的反例推翻不了它，所以只算部分。",
    "The text speaks of the usual case; one machine's counterexample does not overturn it, so this counts in part only.",
)

_SAYING: Text = (
    "原文是在引述一种说法来评论它，这里只对照了其中的数字，所以只算部分。",
    "The text quotes a saying to discuss it; only its figure was held against the measurement, so this counts in part only.",
)


def judge(
    reader: Reader,
    rules: Rules,
    *,
    env_id: str,
    now: datetime,
    article_id: str | None = None,
    sentence_ids: Collection[str] | None = None,
    obstacles: Mapping[str, Text] | None = None,
) -> tuple[Ruling, ...]:
    """In the order of the tests, then of the statements. Only valid measurements of the host `env_id` count.

    `obstacles` say of backends why they do not work on it. `now` with its time zone. `sentence_ids`: only what these sentences state, such as those that an answer quotes.
    """
    archive = Archive(reader, env_id, now, obstacles or {})
    found = [
        ruling
        for matter in statements_of(reader, rules, article_id=article_id, sentence_ids=sentence_ids)
        if (ruling := _ruling(matter, rules, archive)) is not None
    ]
    order = {trial.id: number for number, trial in enumerate(rules.trials)}
    return tuple(sorted(found, key=lambda ruling: order[ruling.test]))


def rulings_at(rulings: Iterable[Ruling], sentence_id: str, span: Span) -> tuple[Ruling, ...]:
    """Those on statements that a quote (a stretch of the original) contains or touches."""
    return tuple(
        ruling for ruling in rulings if ruling.sentence_id == sentence_id and ruling.span[0] < span[1] and span[0] < ruling.span[1]
    )


def _ruling(matter: Matter, rules: Rules, archive: Archive) -> Ruling | None:
    if matter.trial.judge == "never":
        return _without_evidence(matter, rules, Missing("untestable"))
    evidence = archive.evidence(matter.trial, matter.statement, rules)
    if isinstance(evidence, Missing):
        return _without_evidence(matter, rules, evidence)
    finding = find(matter.trial, matter.statement, evidence, rules)
    if finding is None or _misread(matter, finding):
        return None
    if evidence.expired:
        return _worded(matter, rules, evidence, Finding("expired"), ())
    return _worded(matter, rules, evidence, finding, tuple(_cautions(matter, rules, evidence, finding)))


def _misread(matter: Matter, finding: Finding) -> bool:
    """A claim that does not name its subject is more likely read wrongly than wrong: it is never called contradicted."""
    return finding.verdict == "contradicted" and isinstance(matter.statement, Claim) and not matter.outspoken


def _cautions(matter: Matter, rules: Rules, evidence: Evidence, finding: Finding) -> Iterator[Text]:
    """Why a clear finding counts in part only; nothing where it counts in full."""
    trial, statement = matter.trial, matter.statement
    if finding.short:
        yield _SHORT
    if finding.verdict not in _DECIDED:
        return
    if finding.verdict in trial.limited and trial.limit is not None:
        yield trial.limit
    yield from (family.reason for family in evidence.in_part if family.reason is not None)
    yield from (
        family.others_reason
        for side in trial.sides
        if (family := rules.families[side]).others & matter.named and family.others_reason is not None
    )
    if isinstance(statement, Claim) and statement.condition:
        yield _CONDITIONAL
    if is_quoted(statement, matter.sentence.text):
        yield _SAYING
    if isinstance(statement, Claim | Comparison) and statement.hedge and finding.verdict == "contradicted":
        yield _HEDGED


def _worded(matter: Matter, rules: Rules, evidence: Evidence, finding: Finding, cautions: tuple[Text, ...]) -> Ruling:
    trial, statement = matter.trial, matter.statement
    values = places(statement, trial, rules, evidence=evidence, ratio=finding.ratio, reason=None)
    opening = None if finding.short else sentence_for(trial, finding.verdict, rules)
    note = None if finding.verdict == "expired" else trial.note
    return Ruling(
        test=trial.id,
        label=trial.label,
        kind=trial.kind,
        verdict="partly" if cautions else finding.verdict,
        statement=statement,
        metric=trial.metric,
        explanation=fill(join((opening, *cautions, note)), values),
        measurements=tuple(measurement.id for measurement in evidence.measurements),
        figures=figures_of(evidence, rules),
        conditions=conditions_of(evidence),
        qualifiers=tuple(qualifiers_of(statement, matter.sentence, rules)),
        measured_at=evidence.measurements[0].measured_at,
    )


def _without_evidence(matter: Matter, rules: Rules, missing: Missing) -> Ruling:
    trial, statement = matter.trial, matter.statement
    values = places(statement, trial, rules, evidence=None, ratio=None, reason=missing.reason)
    return Ruling(
        test=trial.id,
        label=trial.label,
        kind=trial.kind,
        verdict=missing.verdict,
        statement=statement,
        metric=trial.metric,
        explanation=fill(sentence_for(trial, missing.verdict, rules), values),
        qualifiers=tuple(qualifiers_of(statement, matter.sentence, rules)),
    )
