"""Words of questions: which say nothing, which stand for one another, how colloquial ones are written, what English ones mean."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kb.language.regex import regex
from kb.language.script import simplified
from kb.language.tables import lines

_CONTRARIES = "contraries.tsv"
_GRADED, _COMPLETED = regex(r"^[更变很太较最挺蛮越]"), regex(r"[于过得些点了]$")


@cache
def stopwords() -> frozenset[str]:
    return frozenset(word for name in ("stopwords.txt", "stopwords_en.txt") for line in lines(name) for word in line.split())


@cache
def _groups() -> dict[str, tuple[str, ...]]:
    groups: dict[str, dict[str, None]] = {}
    for line in lines("synonyms.tsv"):
        members = line.split("|")
        for word in members:
            groups.setdefault(word, {}).update(dict.fromkeys(members))
    return {word: tuple(other for other in members if other != word) for word, members in groups.items()}


def synonyms(word: str) -> tuple[str, ...]:
    """Words that may stand for `word` in an article, without itself."""
    return _groups().get(word, ())


@cache
def _colloquial() -> tuple[re.Pattern[str], dict[str, str]]:
    table = dict(line.split("\t")[:2] for line in lines("colloquial.tsv"))
    return re.compile("|".join(re.escape(word) for word in sorted(table, key=len, reverse=True))), table


def plain(text: str) -> str:
    """A question as articles would put it: 啥 → 什么, 差在哪 → 有什么区别, traditional characters as simplified ones."""
    pattern, table = _colloquial()
    return pattern.sub(lambda match: _apart(table[match.group()], match), simplified(text))


def _apart(word: str, match: re.Match[str]) -> str:
    """`word`, with a blank where it would run into Latin letters beside it: Mac in 苹果电脑macos."""
    before, after = match.string[match.start() - 1 : match.start()], match.string[match.end() : match.end() + 1]
    return f"{' ' * runs_into(before, word[:1])}{word}{' ' * runs_into(word[-1:], after)}"


def runs_into(one: str, other: str) -> bool:
    """Whether two characters, written side by side, would make one Latin word."""
    return (one + other).isascii() and one.isalnum() and other.isalnum()


@cache
def _english() -> dict[str, tuple[str, ...]]:
    return {word: tuple(rest) for line in lines("english.tsv") for word, *rest in [line.split("|")]}


@cache
def english_words() -> tuple[str, ...]:
    """Ordinary words of English questions, in lower case."""
    return tuple(dict.fromkeys((*_english(), *(word for line in lines("stopwords_en.txt") for word in line.split()))))


def in_chinese(word: str) -> tuple[str, ...]:
    """Chinese words under which the evidence for an English word (lower case) is looked up; empty if unknown."""
    table = _english()
    if word in table:
        return table[word]
    for ending in ("ing", "ed", "es", "s", "ly"):
        if word.endswith(ending):
            stem = word[: -len(ending)]
            for candidate in (stem, stem + "e"):
                if candidate in table:
                    return table[candidate]
    return ()


@cache
def _frames(name: str, thing: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    """Rows of a file: how it may be asked, {x} and {y} being what `thing` matches, and what is asked instead."""
    rows = (line.split("\t")[:2] for line in lines(name))
    return tuple(
        (re.compile(asked.replace("{x}", thing.format("x")).replace("{y}", thing.format("y")), re.I), instead) for asked, instead in rows
    )


_ENGLISH_THING = r"(?:(?:an?|the|some) )?(?P<{}>[a-z0-9][^?,;]{{0,40}}?)"
_CHINESE_THING = "(?P<{}>[^,，?？。的]{{1,24}}?)"


def in_chinese_frame(question: str) -> str | None:
    """An English question that asks in so many words what a Chinese one asks, in that one's words around its own name of the thing."""
    asked = question.strip().rstrip("?.! ")
    found = next(
        ((chinese, match) for frame, chinese in _frames("english_frames.tsv", _ENGLISH_THING) if (match := frame.fullmatch(asked))), None
    )
    return found[0].format(**found[1].groupdict()) if found else None


def plainer_frame(question: str) -> Iterator[tuple[str, str]]:
    """A Chinese question in the words that ask the same more plainly, with what it then asks about: 为什么要用容器 as 容器有哪些优点."""
    asked = plain(question).strip().rstrip("?？。!！呢啊呀吧 ")
    for frame, chinese in _frames("chinese_frames.tsv", _CHINESE_THING):
        if match := frame.fullmatch(asked):
            yield chinese.format(x=match["x"].strip()), match["x"].strip()


@cache
def _phrases() -> tuple[tuple[re.Pattern[str], str], ...]:
    rows = (line.split("\t")[:2] for line in lines("english_phrases.tsv"))
    return tuple((re.compile(rf"\b(?:{asked})\b", re.I), chinese) for asked, chinese in rows)


def aspect_words(question: str) -> tuple[str, ...]:
    """Chinese names of the aspects that an English question asks about in more than a word (uses less memory)."""
    return tuple(chinese for asked, chinese in _phrases() if asked.search(question))


Sides = tuple[tuple[str, ...], tuple[str, ...]]


@cache
def _antonyms(name: str = "antonyms.tsv") -> tuple[Sides, ...]:
    rows = (line.split("\t")[:2] for line in lines(name))
    return tuple((tuple(one.split("/")), tuple(other.split("/"))) for one, other in rows)


@cache
def _opposites(*further: str) -> dict[str, tuple[str, ...]]:
    """`further`: files read beside antonyms.tsv."""
    table: dict[str, dict[str, None]] = {}
    for one, other in (*_antonyms(), *(row for name in further for row in _antonyms(name))):
        for side, against in ((one, other), (other, one)):
            for word in side:
                table.setdefault(word, {}).update(dict.fromkeys(against))
    return {word: tuple(against) for word, against in table.items()}


def opposites(word: str) -> tuple[str, ...]:
    """Words that deny `word` where they stand in its place: 收费 for 免费."""
    return _opposites().get(word, ())


def opposed(question: str, text: str) -> bool:
    """Whether `text` holds the opposite of a word of the question and not the word itself: 要钱 against 免费. Short words are too loose."""
    for asked, opposite in _antonyms():
        for one, other in ((asked, opposite), (opposite, asked)):
            if any(len(word) > 1 and word in question for word in one) and any(len(word) > 1 and word in text for word in other):
                asked_apart = _without(question, one)  # 一样 stands in 不一样
                if not any(word in text for word in one) and not any(word in asked_apart for word in other):
                    return True
    return False


def _without(text: str, words: tuple[str, ...]) -> str:
    for word in sorted(words, key=len, reverse=True):
        text = text.replace(word, "·")
    return text


@cache
def _opposing() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(_opposites(_CONTRARIES), key=len, reverse=True))))


def opposing_words(text: str) -> tuple[str, ...]:
    """The words of a text that have an opposite, the longer first where two begin in one place; each once."""
    return tuple(dict.fromkeys(_opposing().findall(text)))


def written_opposites(one: str, other: str) -> bool:
    """Whether two words oppose each other in any of their forms: 更快 and 变慢."""
    table = _opposites(_CONTRARIES)
    return other in table.get(one, ()) or one in table.get(other, ()) or stem(other) in table.get(stem(one), ())


def stem(word: str) -> str:
    """Without what only grades or completes it: 快 of 更快, 变快, 快于, 快些."""
    return _COMPLETED.sub("", _GRADED.sub("", word)) or word
