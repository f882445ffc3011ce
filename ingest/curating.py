"""A person's decision on a concept, carried out: kept in the store, and the articles that name the concept read again."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from ingest.pipeline import Tools, read_again, reader_version
from kb.curation import names_of
from kb.domain import Domain
from kb.language.lexicon import Lexicon
from kb.language.normalize import fold
from kb.language.words import Tokenizer
from kb.records import Decision
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


def decide(base: Base, decision: Decision | None) -> int:
    """How many articles were read again; `None` takes the last decision back.

    An article that names nothing of what was decided stays as it is. Where this is cut short, the articles that are left count as out of
    date and are read again by the next `kb init` or `kb ingest`.

    :raises BadInput: the decision cannot be carried out; nothing is changed.
    """
    concerned = decision or next(reversed(base.store.decisions()), None)
    if concerned is None:
        return 0
    before = reader_version(base.domain)
    base.decide(decision)
    return read_again_where(base, before, names_of(concerned))


def read_again_where(base: Base, before: str, names: Iterable[str]) -> int:
    """Read the articles again that hold one of `names`, if they are as the reader of version `before` read them; how many there were."""
    folded = {fold(name) for name in names}
    tools = Tools(lexicon=base.lexicon, tokenizer=base.tokenizer, domain=base.domain)
    after = reader_version(base.domain)
    again = 0
    for summary in base.store.articles():
        article = base.store.article(summary.id)
        if article is None or summary.reader != before:
            continue
        if any(name in fold(article.text) for name in folded):
            read_again(article, base.store, tools)
            again += 1
        else:
            base.store.mark_read(summary.id, after)
    base.refresh()
    return again
