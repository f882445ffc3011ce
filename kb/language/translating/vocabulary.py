"""What English words may be: noun, verb, adjective, adverb, preposition, conjunction, with their Chinese. A word may be several of them."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from kb.language.translating.inflecting import Form, as_adverb, compared, plural, verb_forms
from kb.language.translating.tables import grammar, listed, rows

LONGEST = 6  # words of an entry

BE = frozenset({"is", "are", "was", "were", "am", "'re", "'m", "be", "been", "being"})
DO, HAVE = frozenset({"do", "does", "did"}), frozenset({"have", "has", "had", "'ve"})
UNITS = frozenset("秒 毫秒 微秒 分钟 小时 天 周 月 年 代 倍 次 轮 层 字节 百分比 米 十年 步骤 种类 元 台 核".split())
_FUNCTION = frozenset(
    "and or but if then than to not of that which who whom whose what how why when where as so up down off out there it is are was were be been "
    "do does did have has had can could may might must shall should will would".split()
)


class Verb(NamedTuple):
    base: str
    form: Form
    chinese: str


class Adjective(NamedTuple):
    """`degree`: 0 plain, 1 more, 2 most. `preposition`: the entry ends with one, and an object follows."""

    chinese: str
    degree: int
    preposition: bool


class Preposition(NamedTuple):
    """Templates with `{o}`; `attribute` stands before 的."""

    word: str
    adverbial: str
    attribute: str
    in_front: bool


@cache
def nouns() -> dict[str, tuple[str, bool]]:
    """Written form → Chinese, and whether it is a plural."""
    table: dict[str, tuple[str, bool]] = {}
    for english, chinese in rows("english_nouns.tsv"):
        for noun in listed(english):
            table.setdefault(noun.lower(), (chinese, False))
            table.setdefault(plural(noun.lower()), (chinese, True))
    return table


@cache
def verbs() -> dict[str, tuple[Verb, ...]]:
    table: dict[str, dict[tuple[str, str], Verb]] = {}
    for english, chinese in rows("english_verbs.tsv"):
        for base in listed(english):
            for written, form in verb_forms(base):
                table.setdefault(written, {}).setdefault((base, form), Verb(base, form, chinese))
    return {written: tuple(readings.values()) for written, readings in table.items()}


@cache
def adjectives() -> dict[str, Adjective]:
    table: dict[str, Adjective] = {}
    for english, chinese in rows("english_adjectives.tsv"):
        for adjective in listed(english):
            table.setdefault(adjective, Adjective(chinese, 0, "{o}" in chinese))
            for degree, form in enumerate(compared(adjective) or (), start=1):
                table.setdefault(form, Adjective(chinese, degree, False))
    return table


@cache
def adverbs() -> dict[str, str]:
    table: dict[str, str] = {}
    for english, chinese in rows("english_adverbs.tsv"):
        for adverb in listed(english):
            table.setdefault(adverb, "" if chinese == "-" else chinese)
    for adjective, meant in adjectives().items():
        if meant.degree == 0 and not meant.preposition and adjective.isalpha():
            table.setdefault(as_adverb(adjective), meant.chinese)
    return table


@cache
def prepositions() -> dict[str, Preposition]:
    return {
        word: Preposition(word, adverbial, attribute, place == "front")
        for english, adverbial, attribute, place in rows("english_prepositions.tsv")
        for word in listed(english)
    }


@cache
def conjunctions() -> dict[str, str]:
    table: dict[str, str] = {}
    for english, chinese in rows("english_conjunctions.tsv"):
        for word in listed(english):
            table.setdefault(word, chinese)
    return table


@cache
def _function_words() -> frozenset[str]:
    return frozenset((*_FUNCTION, *grammar("determiner"), *grammar("pronoun"), *grammar("modal"), *prepositions()))


def is_function_word(word: str) -> bool:
    return word in _function_words()


def is_ordinary(word: str) -> bool:
    """A word of the language, whatever else is named so."""
    return is_function_word(word) or word in verbs() or word in nouns() or word in adjectives() or word in adverbs()
