"""Words put together of known ones."""

from __future__ import annotations

from functools import cache

from kb.language.translating.tables import grammar
from kb.language.translating.vocabulary import adjectives, nouns, verbs


@cache
def made_up(written: str) -> str | None:
    """Chinese of a word that is put together of known ones: per-pod, memory-heavy, recreate, Debian-based. None where a part is unknown."""
    word = written.lower()
    for ending, template in grammar("ending").items():
        if word.endswith(ending) and (stem := _simple(written[: -len(ending)])) is not None:
            return template.replace("{o}", stem)
    if "-" in word:
        head, _, rest = written.partition("-")
        first = grammar("prefix").get(head.lower()) or grammar("number").get(head.lower()) or _simple(head)
        second = _simple(rest) or (made_up(rest) if rest else None)
        return first + second if first and second else None
    for prefix, chinese in grammar("prefix").items():
        rest = word.removeprefix(prefix)
        if rest != word and len(rest) > 3 and (rest in verbs() or rest in adjectives()) and (stem := _simple(rest)) is not None:
            return chinese + stem
    return None


def _simple(written: str) -> str | None:
    word = written.lower()
    if word in nouns():
        return nouns()[word][0]
    if word in adjectives():
        return adjectives()[word].chinese
    if word in verbs() and "{" not in verbs()[word][0].chinese:
        return verbs()[word][0].chinese
    return written if written != word or word.isdigit() else None
