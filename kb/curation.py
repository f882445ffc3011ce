"""The vocabulary as people have decided it to be: the published one with their decisions carried out, one after another.

A decision names a concept by the name it had then. Nothing here is read from articles, so that what was decided holds whatever is read,
read again or removed later.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from kb.domain import Domain
from kb.errors import BadInput
from kb.language.lexicon import Lexicon
from kb.language.normalize import fold
from kb.records import Concept, Decision

MOST_CHARS = 60  # of a name
_ACCEPTED = "technology"  # the kind of an accepted concept


def curated(domain: Domain, decisions: Iterable[Decision]) -> Domain:
    concepts = {concept.id: concept for concept in domain.concepts}
    rejected: set[str] = set()
    for decision in decisions:
        rejected.discard(fold(decision.target or decision.name))
        _ACTIONS[decision.action](decision, concepts, rejected)
    return replace(domain, concepts=tuple(concepts.values()), rejected=frozenset(rejected))


def others_of(decision: Decision, lexicon: Lexicon) -> tuple[str, ...]:
    """Other names that articles gave the concept; none for one of the vocabulary, which brings its own, and where it is to be none."""
    concept = lexicon.named(decision.name)
    if concept is None or concept.kind != "discovered" or decision.action not in ("accept", "rename", "merge"):
        return ()
    names = dict.fromkeys(name for name in (concept.name, concept.name_en, *concept.aliases) if name)
    return tuple(name for name in names if fold(name) != fold(decision.name))


def check(decision: Decision, lexicon: Lexicon) -> None:
    """:raises BadInput: no such concept, or nothing to do."""
    for name in (name for name in (decision.name, decision.target) if name):
        if not 0 < len(name.strip()) <= MOST_CHARS or not name.isprintable():
            raise BadInput(
                (f"“{name[:MOST_CHARS]}”不能作概念的名称。", f"{name[:MOST_CHARS]!r} cannot be the name of a concept."),
                (f"名称是一行 1–{MOST_CHARS} 个字符。", f"A name is 1–{MOST_CHARS} characters on one line."),
            )
    concept = lexicon.named(decision.name)
    if concept is None and decision.action != "reject":
        raise BadInput(
            (f"没有叫“{decision.name}”的概念。", f"There is no concept called {decision.name!r}."),
            ("kb concepts 列出发现的概念。", "kb concepts lists what was discovered."),
        )
    if decision.action == "accept" and concept is not None and concept.kind != "discovered":
        raise BadInput(
            (f"“{decision.name}”已经在词表里。", f"{decision.name!r} is in the vocabulary already."),
            ("只有从文章中发现的概念需要接受。", "Only concepts discovered in articles need accepting."),
        )
    if decision.action in ("rename", "merge") and not (decision.target or "").strip():
        raise BadInput(
            ("请给出新的名称。", "The other name is missing."),
            ("例如：kb concepts rename 旧名 新名", "For example: kb concepts rename OLD NEW"),
        )
    if decision.action == "rename" and lexicon.named(decision.target or "") not in (None, concept):
        raise BadInput(
            (f"已经有叫“{decision.target}”的概念。", f"There is a concept called {decision.target!r} already."),
            ("若两者是同一个概念，请合并：kb concepts merge。", "If the two are the same, merge them: kb concepts merge."),
        )
    if decision.action == "merge":
        other = lexicon.named(decision.target or "")
        if other is None or other is concept:
            raise BadInput(
                (f"“{decision.name}”不能并入“{decision.target}”。", f"{decision.name!r} cannot be merged into {decision.target!r}."),
                ("并入的须是另一个已有的概念。", "Name another concept that is there."),
            )
    if decision.action == "split" and concept is not None and fold(concept.name) == fold(decision.name):
        raise BadInput(
            (f"“{decision.name}”是概念的名称，不是它的别名。", f"{decision.name!r} is the concept's name, not another name of it."),
            ("请给出要分出来的别名。", "Give the alias that shall become a concept of its own."),
        )


def _named(name: str, concepts: dict[str, Concept]) -> Concept | None:
    key = fold(name)
    of_name = (c for c in concepts.values() if fold(c.name) == key)
    of_alias = (c for c in concepts.values() if any(fold(n) == key for n in (c.name_en or "", *c.aliases)))
    return next(of_name, None) or next(of_alias, None)


def _new(decision: Decision) -> Concept:
    english = next((name for name in decision.others if name.isascii()), None)
    return Concept(fold(decision.name), decision.name, tuple(n for n in decision.others if n != english), _ACCEPTED, name_en=english)


def _accept(decision: Decision, concepts: dict[str, Concept], rejected: set[str]) -> None:
    if _named(decision.name, concepts) is None:
        concepts[fold(decision.name)] = _new(decision)


def _rename(decision: Decision, concepts: dict[str, Concept], rejected: set[str]) -> None:
    old = _named(decision.name, concepts) or _new(decision)
    new = decision.target or decision.name
    others = dict.fromkeys((old.name, *old.aliases))
    concepts[old.id] = replace(old, name=new, aliases=tuple(name for name in others if fold(name) != fold(new)))


def _merge(decision: Decision, concepts: dict[str, Concept], rejected: set[str]) -> None:
    target = decision.target or decision.name
    into = _named(target, concepts) or Concept(fold(target), target, kind=_ACCEPTED)
    gone = _named(decision.name, concepts) or _new(decision)
    if gone.id == into.id:
        return
    concepts.pop(gone.id, None)
    names = (*into.aliases, gone.name, *((gone.name_en,) if gone.name_en else ()), *gone.aliases)
    concepts[into.id] = replace(into, aliases=tuple(dict.fromkeys(names)))


def _split(decision: Decision, concepts: dict[str, Concept], rejected: set[str]) -> None:
    key = fold(decision.name)
    whole = _named(decision.name, concepts)
    if whole is not None and fold(whole.name) != key:
        english = whole.name_en if whole.name_en and fold(whole.name_en) != key else None
        concepts[whole.id] = replace(whole, aliases=tuple(name for name in whole.aliases if fold(name) != key), name_en=english)
    concepts.setdefault(key, Concept(key, decision.name, kind=whole.kind if whole else _ACCEPTED))


def _reject(decision: Decision, concepts: dict[str, Concept], rejected: set[str]) -> None:
    concept = _named(decision.name, concepts)
    if concept is not None and fold(concept.name) == fold(decision.name):
        del concepts[concept.id]
    rejected.add(fold(decision.name))


_ACTIONS: dict[str, Callable[[Decision, dict[str, Concept], set[str]], None]] = {
    "accept": _accept,
    "rename": _rename,
    "merge": _merge,
    "split": _split,
    "reject": _reject,
}
