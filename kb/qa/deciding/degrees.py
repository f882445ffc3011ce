"""Which of two things a sentence finds more so: 「A 比 B 更快」「与 B 相比，A 更慢」「A 低于 B」. Directions of words are data of antonyms.tsv."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from kb.language.normalize import fold
from kb.language.regex import regex
from kb.language.tables import lines
from kb.language.vocabulary import opposites

Side = Literal["a", "b"]
_DEGREE = "快慢大小强弱高低好差多少轻重难易贵长短早晚"
_ASKED = regex(
    rf"比.{{1,20}}?(?:更|还|要)?(?P<word>安全|简单|容易|复杂|方便|便宜|成熟|灵活|稳定|迅速|[{_DEGREE}])(?:得多|很多|一些|些|多了)?(?:吗|么|吧|不|嘛)?[?？]?$"
)
_ASKED_VERB = regex(r"比.{1,14}?(?:更|还)(?P<word>[^?？吗么吧嘛]{1,6})(?:吗|么|吧|嘛)?[?？]?$")
_OF_SOMETHING = regex(rf"(?P<word>安全|简单|容易|复杂|方便|便宜|成熟|灵活|稳定|[{_DEGREE}])的?.")  # 用更少的磁盘 is less of it
_ENGLISH = {
    "faster": "快", "quicker": "快", "slower": "慢", "bigger": "大", "larger": "大", "smaller": "小", "stronger": "强", "weaker": "弱",
    "safer": "安全", "better": "好", "worse": "差", "lighter": "轻", "heavier": "重", "higher": "高", "lower": "低", "more": "多", "less": "少",
}  # fmt: skip
_ASKED_ENGLISH = regex(rf"\b(?P<word>{'|'.join(_ENGLISH)})\b.*\bthan\b", re.I)
_STATED = regex(
    rf"(?:更加?|较|最|比.{{1,16}}?)(?:[^,，;；]{{0,6}}?)(?P<word>安全|简单|容易|复杂|方便|便宜|成熟|灵活|稳定|[{_DEGREE}])|(?P<over>[高低快慢强弱大小优])于|(?P<under>不如)"
)
_AGAINST = regex(
    r"(?:与|和|跟|同|相比于?|相对于?|比起?|较)(?P<what>[^,，]*?)(?:相比|比较|比起来|来说|来讲|而言)|^(?:相比|相较|相对)于?(?P<that>[^,，]*)$|(?:相比|相较)于?(?P<other>[^,，]*)$"
)
_BELOW = regex(r"[高低快慢强弱大小优]于|不如")
_CLAUSE = regex(r"[,，;；。]")


@dataclass(frozen=True, slots=True)
class Degree:
    """`word` as asked; `verb` where nothing but 更 and a verb was said (更消耗资源)."""

    word: str
    verb: bool = False


def asked_degree(text: str) -> Degree | None:
    """What the question finds the first thing to be more so than the second."""
    match = _ASKED.search(text)
    if match:
        return Degree(match["word"])
    english = _ASKED_ENGLISH.search(text)
    if english:
        return Degree(_ENGLISH[english["word"].lower()])
    verb = _ASKED_VERB.search(text)
    if verb is None:
        return None
    amount = _OF_SOMETHING.match(verb["word"])
    return Degree(amount["word"]) if amount else Degree(verb["word"], verb=True)


def speaks_of(clause: str, degree: Degree) -> bool:
    """Whether a clause holds the word of the degree asked, one like it, the opposite of one of them, or what measures it."""
    alike = {degree.word, *(b for a, b in _ALIKE if a == degree.word), *(a for a, b in _ALIKE if b == degree.word)}
    return any(word in clause for own in alike for word in (own, *opposites(own))) or any(
        re.search(quantity, clause) for quantity, _, _ in _measured().get(degree.word, ())
    )


def more_so(text: str, degree: Degree, first: Sequence[str], second: Sequence[str], aspect: Iterable[str] = ()) -> Side | None:
    """Which of the two a sentence finds more so; `aspect`: words of which one must stand in the clause, if there are any."""
    subject: Side | None = None
    against: Side | None = None
    wanted = tuple(aspect)
    for clause in _CLAUSE.split(fold(text)):
        rest, other = _without_the_other(clause, first, second)
        against = other or against
        subject = _first_named(rest, first, second) or subject
        direction = _direction(rest if other else clause, degree)
        if direction == 0:
            continue
        if wanted and not any(word in clause for word in wanted) and not _measured_direction(rest, degree.word):
            continue
        below = _BELOW.search(rest)
        if below and _of_a_third(rest[below.end() :], first, second):
            continue
        against = (_first_named(rest[below.end() :], first, second) if below else None) or against
        if below and subject == against:
            subject = None
        who = subject or ("b" if against == "a" else "a" if against == "b" else None)
        if who is None:
            continue
        return who if direction > 0 else ("b" if who == "a" else "a")
    return None


def against_another(text: str, first: Sequence[str], second: Sequence[str]) -> bool:
    """Whether a sentence finds something better or worse than neither of the two (优于 C): it tells nothing of A against B."""
    return any(
        (below := _BELOW.search(clause)) is not None and _of_a_third(clause[below.end() :], first, second)
        for clause in _CLAUSE.split(fold(text))
    )


def _of_a_third(behind: str, first: Sequence[str], second: Sequence[str]) -> bool:
    """Whether what stands behind 优于 is neither of the two, nor a word that points back to one of them."""
    return bool(behind) and _first_named(behind, first, second) is None and _POINTS.match(behind) is None


_POINTS = regex(r"[它其此该前后]|对方|两者|[这那]")


def _without_the_other(clause: str, first: Sequence[str], second: Sequence[str]) -> tuple[str, Side | None]:
    """A clause without 与 B 相比 or 比 B, and whom that named."""
    match = _AGAINST.search(clause)
    named = match and next((part for part in match.groups() if part), "")
    if match and named:
        return clause[: match.start()] + clause[match.end() :], _first_named(named, first, second)
    place = clause.find("比")
    other = _first_named(clause[place:], first, second) if place >= 0 and not clause.startswith("比如", place) else None
    if other:  # what stands behind 比 is no subject, even where the clause leaves its own to the one before
        name = max((name for name in (first if other == "a" else second) if name in clause[place:]), key=len)
        return clause[:place] + "更" + clause[place:].replace(name, "", 1), other
    return clause, None


def _first_named(text: str, first: Sequence[str], second: Sequence[str]) -> Side | None:
    def place(names: Sequence[str]) -> float:  # of two names at one place the longer one is meant
        return min((found - len(name) / 100 for name in names if (found := text.find(name)) >= 0), default=float("inf"))

    a, b = place(first), place(second)
    return None if a == b else "a" if a < b else "b"


def _direction(clause: str, degree: Degree) -> int:
    """1 where the clause says the subject is more so, -1 less so, 0 nothing of it."""
    return _stated_direction(clause, degree) or _measured_direction(clause, degree.word)


def _measured_direction(clause: str, word: str) -> int:
    """Where another quantity says it: what has the lower costs is 便宜, what has the lower latency 快."""
    for quantity, more, less in _measured().get(word, ()):
        match = re.search(rf"(?:{quantity})[^,，]{{0,16}}?(?:更|较|比.{{1,16}}?)(?P<how>{more}|{less})", clause)
        if match:
            return 1 if re.fullmatch(more, match["how"]) else -1
    return 0


@cache
def _measured() -> dict[str, list[tuple[str, str, str]]]:
    """Word → the quantities that measure it, what of them is more so, what less; each an alternation."""
    table: dict[str, list[tuple[str, str, str]]] = {}
    for line in lines("degrees.tsv", "kb.qa"):
        word, quantity, more, less = (part.replace("/", "|") for part in line.split("\t"))
        table.setdefault(word, []).append((quantity, more, less))
    return table


def _stated_direction(clause: str, degree: Degree) -> int:
    if degree.verb:
        if not any(word in clause for word in (degree.word, degree.word[:2])) or not re.search(r"更|较|多|少|省|低|高", clause):
            return 0
        return -1 if re.search(r"[少低省](?![^,，]{0,2}了)|节省|不", clause) else 1
    match = _STATED.search(clause)
    if match is None:
        return 0
    said = match["word"] or ("差" if match["under"] else {"优": "好"}.get(match["over"] or "", match["over"] or ""))
    if said == degree.word or (said, degree.word) in _ALIKE or (degree.word, said) in _ALIKE:
        return -1 if re.search(r"不(?:会|一定)?(?:比|更)|没有", clause[: match.end()]) else 1
    return -1 if any(word in (said, f"更{said}") or (said, word) in _ALIKE for word in opposites(degree.word)) else 0


_ALIKE = frozenset(
    {
        ("好", "强"),
        ("好", "高"),
        ("强", "高"),
        ("差", "弱"),
        ("差", "低"),
        ("弱", "低"),
        ("大", "多"),
        ("小", "少"),
        ("快", "迅速"),
        ("容易", "简单"),
        ("复杂", "难"),
    }
)
