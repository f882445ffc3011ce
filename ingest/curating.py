"""A person's decision on a concept, carried out: kept in the store, and the articles that name the concept read again."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Protocol

from ingest.pipeline import Tools, read_each_again, reader_version
from kb.domain import Domain
from kb.language.lexicon import Lexicon
from kb.language.normalize import fold
from kb.language.script import simplified
from kb.language.words import Tokenizer
from kb.records import Article, Decision
from kb.store import Store


class Base(Protocol):
    """What carrying out needs of the knowledge base, which lies above this package."""

    store: Store
    domain: Domain
    tokenizer: Tokenizer

    @property
    def lexicon(self) -> Lexicon: ...
    def decide(self, decision: Decision | None) -> None: ...
    def take_decisions(self, decisions: Iterable[Decision]) -> None: ...
    def refresh(self) -> None: ...


Emit = Callable[[int, int, str], object]  # articles read again, of how many, the title of the next


def decide(base: Base, decision: Decision | None, *, emit: Emit | None = None) -> int:
    """How many articles were read again; `None` takes the last decision back.

    An article that holds no name which now belongs to another concept, or to none, stays as it is. Where this is cut short, the
    articles that are left count as out of date and are read again by the next `kb init`.

    :raises BadInput: the decision cannot be carried out; nothing is changed.
    """
    if decision is None and not base.store.decisions():
        return 0
    before = reader_version(base.domain)
    domain = base.domain
    base.decide(decision)
    return read_again_where(base, before, changed_names(domain, base.domain), emit=emit)


def read_again_where(base: Base, before: str, names: frozenset[str], *, emit: Emit | None = None) -> int:
    """Read the articles again that hold one of the folded `names`, if they are as the reader of version `before` read them; how many."""
    tools = Tools(lexicon=base.lexicon, tokenizer=base.tokenizer, domain=base.domain)
    after = reader_version(base.domain)
    again: list[str] = []
    for summary in base.store.articles():
        article = base.store.article(summary.id)
        if article is None or summary.reader != before:
            continue
        if _holds(article, names):
            again.append(summary.id)
        else:
            base.store.mark_read(summary.id, after)

    def told(number: int, total: int, title: str, outcome: str | None) -> None:
        if emit is not None and outcome is None:
            emit(number - 1, total, title)

    read_each_again(again, base.store, tools, emit=told)
    base.refresh()
    return len(again)


def _holds(article: Article, names: frozenset[str]) -> bool:
    text = fold(simplified(article.text))
    return any(name in text for name in names)


def changed_names(before: Domain, after: Domain) -> frozenset[str]:
    """Folded names that do not belong to the same concepts in both, or are rejected in one of them only."""
    old, new = _owners(before), _owners(after)
    return frozenset(name for name in old.keys() | new.keys() if old.get(name) != new.get(name)) | (before.rejected ^ after.rejected)


def _owners(domain: Domain) -> dict[str, set[str]]:
    owners: dict[str, set[str]] = {}
    for concept in domain.concepts:
        for name in (concept.name, concept.name_en or "", *concept.aliases):
            owners.setdefault(fold(name), set()).add(concept.id)
    owners.pop("", None)
    return owners
