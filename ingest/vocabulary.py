"""What reading needs of the published vocabulary, worked out once for all articles."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from kb.domain import Domain
from kb.language.lexicon import Lexicon


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """`kinds`: concept id → kind; what names an aspect (性能, 抽象层) counts as a property: it is compared in, and does not act."""

    lexicon: Lexicon
    kinds: dict[str, str]


@dataclass(frozen=True, slots=True, eq=False)
class _Same:
    """A domain as the key of a cache: to compare a thousand concepts would take as long as to read a short article."""

    domain: Domain

    def __hash__(self) -> int:
        return id(self.domain)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.domain is self.domain


def vocabulary_of(domain: Domain) -> Vocabulary:
    """The published vocabulary only: what an article is read as must not depend on which articles were read before."""
    return _vocabulary_of(_Same(domain))


@lru_cache(maxsize=4)
def _vocabulary_of(same: _Same) -> Vocabulary:
    domain = same.domain
    aspects = {name for aspect in domain.aspects.values() for name in (*aspect.names, *aspect.reversed_names)}
    kinds = {concept.id: "property" if concept.name in aspects else concept.kind for concept in domain.concepts}
    return Vocabulary(Lexicon(domain.concepts), kinds)
