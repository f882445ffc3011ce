"""Where sources cannot all be right: direct denials, quantities that do not meet, comparisons that point opposite ways.

Three ways only, each decidable from the records; whether a difference matters is for the reader, who sees both sides.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from kb.domain import Domain
from kb.language.units import in_base_unit
from kb.records import Claim, Comparison, Disagreement, Quantity
from kb.store import Reader

_FAR_APART = 3.0  # ranges count as disjoint when the gap between them is a factor of at least this


def find_disagreements(reader: Reader, domain: Domain, claims: Sequence[Claim] | None = None) -> tuple[Disagreement, ...]:
    """Everything in the store that disagrees, denials first. `claims`: all of them, where they have been read already."""
    return _among(reader, domain, claims, None)


def disagreements_of(article_id: str, reader: Reader, domain: Domain) -> tuple[Disagreement, ...]:
    """Those that an article has a part in, be it by a sentence that counts as its near-duplicate's.

    Reads only what is said of the same things, so that adding an article costs the same however many there are.
    """
    copied = set(reader.copied(article_id).values())
    return tuple(
        found
        for found in _among(reader, domain, None, article_id)
        if any(sentence_id.startswith(f"{article_id}#") or sentence_id in copied for sentence_id, _ in found.sides)
    )


def _among(reader: Reader, domain: Domain, claims: Sequence[Claim] | None, beside: str | None) -> tuple[Disagreement, ...]:
    claims = reader.claims(beside=beside) if claims is None else claims
    quantities, comparisons = reader.quantities(beside=beside), reader.comparisons(beside=beside)
    ids = {id_ for claim in claims for id_ in (claim.subject, claim.object)} | {quantity.subject for quantity in quantities}
    names = reader.names(ids | {id_ for comparison in comparisons for id_ in (comparison.a, comparison.b)})
    return (*_denials(claims, names, domain), *_quantities(quantities, names, domain), *_comparisons(comparisons, names, domain))


def _denials(claims: Iterable[Claim], names: dict[str, str], domain: Domain) -> list[Disagreement]:
    grouped: dict[tuple[str, str, str], list[Claim]] = defaultdict(list)
    for claim in claims:
        # a condition, an analogy or a denied "every" limits what is said, so it contradicts nothing
        if claim.condition is None and not claim.analogy and claim.scope is None:
            grouped[claim.subject, claim.relation, claim.object].append(claim)
    found: list[Disagreement] = []
    for (subject, relation, object_), group in grouped.items():
        said = [claim for claim in group if claim.holds]
        denied = [claim for claim in group if not claim.holds]
        if said and denied and {c.sentence_id for c in said} != {c.sentence_id for c in denied}:
            row = domain.relations.get(relation)
            wording = row.wording if row else "{S} — {O}"
            topic = wording.replace("{S}", names.get(subject, subject)).replace("{O}", names.get(object_, object_))
            found.append(Disagreement(topic, (subject, object_), None, _sides([*said, *denied]), "denial"))
    return found


def _quantities(quantities: Iterable[Quantity], names: dict[str, str], domain: Domain) -> list[Disagreement]:
    grouped: dict[tuple[str, str, str], list[tuple[float, float, Quantity]]] = defaultdict(list)
    for quantity in quantities:
        converted = in_base_unit(quantity.low, quantity.high, quantity.unit)
        if converted is not None:
            dimension, low, high = converted
            grouped[quantity.subject, quantity.aspect, dimension].append((low, high, quantity))
    found: list[Disagreement] = []
    for (subject, aspect, _), group in grouped.items():
        if any(_apart(one, other) for one in group for other in group):
            topic = f"{names.get(subject, subject)} {_aspect_name(aspect, domain)}"
            found.append(Disagreement(topic, (subject,), aspect, _sides([item[2] for item in group]), "quantity"))
    return found


def _apart(one: tuple[float, float, Quantity], other: tuple[float, float, Quantity]) -> bool:
    return one[2].sentence_id != other[2].sentence_id and other[0] > 0 and other[0] > one[1] * _FAR_APART


def _comparisons(comparisons: Iterable[Comparison], names: dict[str, str], domain: Domain) -> list[Disagreement]:
    grouped: dict[tuple[str, str, str], dict[str, list[Comparison]]] = defaultdict(lambda: defaultdict(list))
    flip = {"a_more": "b_more", "b_more": "a_more", "equal": "equal"}
    for comparison in comparisons:
        turned = comparison.a > comparison.b
        a, b = (comparison.b, comparison.a) if turned else (comparison.a, comparison.b)
        grouped[a, b, comparison.aspect][flip[comparison.direction] if turned else comparison.direction].append(comparison)
    found: list[Disagreement] = []
    for (a, b, aspect), sides in grouped.items():
        if len(sides) > 1:
            both = [comparison for side in sides.values() for comparison in side]
            if len({comparison.sentence_id for comparison in both}) > 1:
                topic = f"{names.get(a, a)} / {names.get(b, b)} {_aspect_name(aspect, domain)}"
                found.append(Disagreement(topic, (a, b), aspect, _sides(both), "comparison"))
    return found


def _aspect_name(aspect: str, domain: Domain) -> str:
    return domain.aspects[aspect].zh if aspect in domain.aspects else aspect


def _sides(records: Iterable[Claim | Quantity | Comparison]) -> tuple[tuple[str, tuple[int, int]], ...]:
    return tuple(dict.fromkeys((record.sentence_id, record.span) for record in records))
