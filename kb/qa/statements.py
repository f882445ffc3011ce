"""What articles state, by what it is stated of: read once for a state of the store, since one question asks for the same again and again.

What an article has from its near-duplicate is left out.
"""

from __future__ import annotations

from collections.abc import Iterable

from kb.records import Claim, Comparison, Quantity
from kb.store import Reader


class Statements:
    """Everything in the order of the store."""

    def __init__(self, reader: Reader, claims: Iterable[Claim] | None = None) -> None:
        """`claims`: all of them, where they have been read already."""
        self.every: tuple[Claim, ...] = tuple(reader.claims() if claims is None else claims)
        self._subjects: dict[str, list[Claim]] = {}
        self._objects: dict[str, list[Claim]] = {}
        self._either: dict[str, list[Claim]] = {}
        for claim in self.every:
            self._subjects.setdefault(claim.subject, []).append(claim)
            self._objects.setdefault(claim.object, []).append(claim)
            for id_ in {claim.subject, claim.object}:
                self._either.setdefault(id_, []).append(claim)
        self._comparisons: dict[str, list[Comparison]] = {}
        for comparison in reader.comparisons():
            for id_ in {comparison.a, comparison.b}:
                self._comparisons.setdefault(id_, []).append(comparison)
        self._quantities: dict[str, list[Quantity]] = {}
        for quantity in reader.quantities():
            self._quantities.setdefault(quantity.subject, []).append(quantity)

    def of_subject(self, concept: str, relation: str | None = None) -> tuple[Claim, ...]:
        return _with(self._subjects, concept, relation)

    def of_object(self, concept: str, relation: str | None = None) -> tuple[Claim, ...]:
        return _with(self._objects, concept, relation)

    def of(self, concept: str, relation: str | None = None) -> tuple[Claim, ...]:
        """With the concept as subject or object."""
        return _with(self._either, concept, relation)

    def comparisons(self, concept: str) -> tuple[Comparison, ...]:
        """With the concept on either side."""
        return tuple(self._comparisons.get(concept, ()))

    def quantities(self, concept: str) -> tuple[Quantity, ...]:
        return tuple(self._quantities.get(concept, ()))


def _with(claims: dict[str, list[Claim]], concept: str, relation: str | None) -> tuple[Claim, ...]:
    return tuple(claim for claim in claims.get(concept, ()) if relation is None or claim.relation == relation)
