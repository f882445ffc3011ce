"""Which statements of the articles a row of the tests speaks for. It reads them; it judges nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from kb.court.records import Rules, Statement, Trial
from kb.language.units import dimension_of
from kb.records import Claim, Comparison, Mention, Quantity, Sentence
from kb.store import Reader


@dataclass(frozen=True, slots=True)
class Matter:
    """A statement and the row that tries it. `outspoken`: the quote itself names the subject, which was not read from the context.

    `named` are the concepts that the quote names.
    """

    trial: Trial
    statement: Statement
    sentence: Sentence
    outspoken: bool
    named: frozenset[str] = frozenset()


def statements_of(
    reader: Reader, rules: Rules, *, article_id: str | None = None, sentence_ids: Collection[str] | None = None
) -> Iterator[Matter]:
    """Each statement with the first row that speaks for it; figures of speech, denied universals (并非所有), questions, and figures of
    which it cannot be told whose they are, are left out.
    """
    found = reader.sentences(article_id=article_id, ids=None if sentence_ids is None else tuple(sentence_ids))
    sentences = {sentence.id: sentence for sentence in found}
    statements = tuple(_statements(reader, article_id, sentence_ids))
    unclear = _unclear(statements)
    for statement in statements:
        quote = reader.quote(statement.sentence_id, statement.span)
        if _key(statement) in unclear or any(word in quote for word in rules.asking_words):
            continue
        sentence = sentences.get(statement.sentence_id)
        trial = next((row for row in rules.trials if _speaks(row, statement, sentence.text, quote)), None) if sentence else None
        if trial is None or sentence is None:
            continue
        mentions = reader.mentions(sentence_id=sentence.id)
        named = _named(statement, mentions)
        around = named or frozenset(mention.concept_id for mention in mentions)
        if not _doubtful(statement, trial, rules, around if trial.judge == "never" else named):
            yield Matter(trial, statement, sentence, bool(named & trial.subjects), named)


def _key(statement: Statement) -> tuple[str, int, int, str, str] | None:
    if not isinstance(statement, Quantity):
        return None
    return statement.sentence_id, *statement.span, statement.subject, statement.aspect


def _unclear(statements: Iterable[Statement]) -> frozenset[tuple[str, int, int, str, str]]:
    """Quotes that give one subject several figures of one aspect (「crun 和 runc 平均约 17 毫秒和 33 毫秒」): some are another's."""
    figures: dict[tuple[str, int, int, str, str], set[str]] = {}
    for statement in statements:
        key = _key(statement)
        if key is not None and isinstance(statement, Quantity):
            figures.setdefault(key, set()).add(statement.value_text)
    return frozenset(key for key, values in figures.items() if len(values) > 1)


def _statements(reader: Reader, article_id: str | None, sentence_ids: Collection[str] | None) -> Iterator[Statement]:
    for sentence_id in (None,) if sentence_ids is None else sentence_ids:
        yield from reader.claims(article_id=article_id, sentence_id=sentence_id)
        yield from reader.comparisons(article_id=article_id, sentence_id=sentence_id)
        yield from reader.quantities(article_id=article_id, sentence_id=sentence_id)


def _speaks(trial: Trial, statement: Statement, text: str, quote: str) -> bool:
    if not _about(trial, statement) or (trial.quoted and not any(word in quote for word in trial.quoted)):
        return False
    folded = text.casefold()
    if trial.words and not any(word.casefold() in folded for word in trial.words):
        return False
    return not any(word.casefold() in folded for word in trial.without)


def _about(trial: Trial, statement: Statement) -> bool:
    if isinstance(statement, Claim):
        return (
            trial.kind == "claim"
            and statement.relation in trial.relations
            and statement.subject in trial.subjects
            and (not trial.objects or statement.object in trial.objects)
            and not statement.analogy
            and statement.scope is None
            and (trial.holds is None or trial.holds == statement.holds)
        )
    if statement.aspect not in trial.aspects:
        return False
    if isinstance(statement, Quantity):
        return trial.kind == "quantity" and statement.subject in trial.subjects and _fits(trial, statement.unit)
    return trial.kind == "comparison" and (is_turned(trial, statement) or _in_order(trial, statement))


def _fits(trial: Trial, unit: str) -> bool:
    if trial.units and unit not in trial.units:
        return False
    return trial.unit is None or dimension_of(trial.unit) == dimension_of(unit)


def _in_order(trial: Trial, comparison: Comparison) -> bool:
    return comparison.a in trial.subjects and (not trial.objects or comparison.b in trial.objects)


def is_turned(trial: Trial, comparison: Comparison) -> bool:
    """The comparison names the row's second side first."""
    return comparison.b in trial.subjects and (not trial.objects or comparison.a in trial.objects) and not _in_order(trial, comparison)


def _doubtful(statement: Statement, trial: Trial, rules: Rules, named: frozenset[str]) -> bool:
    """The quote names another family than the one it was read to be about: most likely misread, so nothing is said of it."""
    if isinstance(statement, Comparison) or named & trial.subjects:
        return False
    own = {family.concept for family in rules.families.values() if statement.subject in family.members}
    if not own and trial.judge != "never":
        return False
    rivals = {member for family in rules.families.values() if family.concept not in own for member in family.members}
    return bool((named - trial.objects) & rivals)


def _named(statement: Statement, mentions: Iterable[Mention]) -> frozenset[str]:
    """Concepts that the quote itself names."""
    start, stop = statement.span
    return frozenset(mention.concept_id for mention in mentions if start <= mention.span[0] and mention.span[1] <= stop)
