"""The aspects that a text names, as rows of aspects.toml, and which of them are named in reverse (启动时间 is 启动速度 reversed)."""

from __future__ import annotations

import re
from functools import lru_cache

from kb.domain import Aspect, Domain


def named_aspects(text: str, domain: Domain) -> list[tuple[int, int, str, bool]]:
    rows = tuple(domain.aspects.values())
    return [(m.start(), m.end(), *_aspect_names(rows)[m.group()]) for m in _aspect_pattern(rows).finditer(text)]


def joined_aspects(found: list[tuple[int, int, str, bool]], text: str, *, last: bool) -> list[tuple[str, bool]]:
    """The last (or first) aspect named, with those that 和, 、 or 以及其他 join to it."""
    order = found[::-1] if last else found
    chosen = [order[0]]
    for item in order[1:]:
        left, right = (item, chosen[-1]) if last else (chosen[-1], item)
        if not re.fullmatch(r"(?:速度|时间|能力)?(?:[和与及、或]|以及){1,2}(?:其他|其它)?", text[left[1] : right[0]]):
            break
        chosen.append(item)
    return list(dict.fromkeys((aspect, flipped) for _, _, aspect, flipped in chosen))


def aspect_named(text: str, domain: Domain) -> tuple[str, bool] | None:
    """The aspect that a text names last, and whether in reverse (启动时间 is 启动速度 reversed)."""
    named = named_aspects(text, domain)
    return (named[-1][2], named[-1][3]) if named else None


@lru_cache(maxsize=4)
def _aspect_names(aspects: tuple[Aspect, ...]) -> dict[str, tuple[str, bool]]:
    named: dict[str, tuple[str, bool]] = {}
    for aspect in aspects:
        for name in aspect.names:
            named.setdefault(name, (aspect.id, False))
        for name in aspect.reversed_names:
            named.setdefault(name, (aspect.id, True))
    return named


@lru_cache(maxsize=4)
def _aspect_pattern(aspects: tuple[Aspect, ...]) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(name) for name in sorted(_aspect_names(aspects), key=len, reverse=True)))
