"""Numbers with units, whose they are and what they measure: 虚拟机启动需要数分钟 is 启动速度 of 虚拟机, 2–9 分钟."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.clauses import Clause, clauses_of, is_reported
from ingest.concepts import Reading
from ingest.topics import Topic
from kb.domain import Domain
from kb.language.numerals import Number, find_numbers
from kb.language.units import dimension_of
from kb.records import Quantity

_HINTS = {
    "time": (
        ("创建", "创建速度"),
        ("启动", "启动速度"),
        ("开机", "启动速度"),
        ("就绪", "启动速度"),
        ("停止", "停止速度"),
        ("迁移", "迁移"),
    ),
    "size": (
        ("内存", "资源占用"),
        ("磁盘", "磁盘占用"),
        ("存储", "磁盘占用"),
        ("空间", "磁盘占用"),
        ("大小", "体积"),
        ("镜像", "体积"),
        ("体积", "体积"),
    ),
    "rate": (("创建", "创建速度"), ("启动", "创建速度")),
}
_DEFAULT = {"time": "时间", "size": "体积", "rate": "创建速度", "ratio": "比例", "flops": "性能", "iops": "磁盘性能", "length": "长度"}
_AGAINST = re.compile(r"(?:比|较|相对于?|相比于?|相当于|超过|不到|低于|高于)(?:传统的?|普通的?)?$")  # 比物理机慢约 2.3%: of who is slower
_GRAIN = re.compile(
    r"\s?的?(?:内存)?(?:随机|顺序|连续)?(?:读|写|页|块|扇区|大页|记录)"
)  # 4 KB 随机读: how something is measured or cut, not its size
_PORT = re.compile(r"端口(?:号)?(?:一般|通常|默认)?(?:是|为|：|:|使用|用)?\s?(?P<port>\d{1,5})(?![\d.])")


def find_quantities(readings: Sequence[Reading], domain: Domain, kinds: dict[str, str]) -> tuple[Quantity, ...]:
    properties = frozenset(id_ for id_, kind in kinds.items() if kind == "property")
    topic = Topic()
    found: list[Quantity] = []
    for reading in readings:
        topic.enter_sentence(reading, properties)
        if reading.piece.is_heading:
            continue
        clauses = clauses_of(reading)
        for number, clause in enumerate(clauses):
            subjects = topic.enter_clause(clauses, number, properties)
            found.extend(_in_clause(reading, clause, subjects, domain, properties))
    return tuple(found)


def _in_clause(
    reading: Reading, clause: Clause, subjects: tuple[str, ...], domain: Domain, properties: frozenset[str]
) -> Iterator[Quantity]:
    text = reading.text[clause.start : clause.end]
    for port in _PORT.finditer(text):
        owner = _subject(clause, clause.start + port.start(), properties) or next(iter(subjects), None)
        if owner is not None:
            span, value = reading.piece.mapped.original(clause.start, clause.end), float(port["port"])
            yield Quantity(
                reading.piece.sentence.id, span, owner, "端口", port["port"], value, value, "", found_by="numerals", confidence=0.7
            )
    for number in find_numbers(text):
        dimension = dimension_of(number.unit)
        counted = _counted(clause, clause.start + number.end)
        if dimension is None and (counted is None or not _counts_something(number, text)):
            continue
        if dimension == "size" and _GRAIN.match(text, number.end):
            continue
        labelled = next(iter(subjects), None) if reading.piece.label else None
        subject = labelled or _subject(clause, clause.start + number.start, properties) or next(iter(subjects), None)
        if subject is None:
            continue
        aspect = _aspect(reading, text, counted, dimension, domain)
        yield Quantity(
            reading.piece.sentence.id,
            reading.piece.mapped.original(clause.start, clause.end),
            subject,
            aspect,
            text[number.start : number.end].strip(),
            number.low,
            number.high,
            number.unit,
            approximate=number.approximate,
            found_by="numerals",
            confidence=(0.7 if dimension else 0.5) * (0.4 if is_reported(text) else 1.0),
        )


def _counts_something(number: Number, text: str) -> bool:
    """一个 and 一种 are articles, no counts; a count is followed by what is counted."""
    if number.low == number.high and number.low == 1:
        return False
    return bool(re.match(r"\s?[\u3400-\u9fffA-Za-z]", text[number.end :])) and number.unit not in "种次条步类行"


def _counted(clause: Clause, place: int) -> str | None:
    """The thing that stands right behind a number, as the text names it."""
    after = next((match for match in clause.matches if match.start >= place), None)
    return clause.sentence[after.start : after.end] if after and after.start - place <= 4 else None


def _subject(clause: Clause, place: int, properties: frozenset[str]) -> str | None:
    """The nearest mention before the number, else the one right behind it."""
    before = [m for m in clause.matches if m.end <= place and m.concept_id not in properties]
    if before and _AGAINST.search(clause.sentence[clause.start : before[-1].start]):
        before = before[:-1]
        if not before:
            return None
    if before:
        return before[-1].concept_id if place - before[-1].end <= 12 else before[0].concept_id
    after = next((m for m in clause.matches if m.start >= place and m.concept_id not in properties), None)
    return after.concept_id if after and after.start - place <= 10 else None


def _aspect(reading: Reading, text: str, counted: str | None, dimension: str | None, domain: Domain) -> str:
    if dimension is None:
        return f"{counted}数量"
    around = f"{text} {reading.piece.sentence.heading or ''} {reading.text}"
    for stretch in (text, around):
        for word, aspect in _HINTS.get(dimension, ()):
            if word in stretch:
                return aspect
    for aspect_row in domain.aspects.values():
        fits = dimension == "ratio" or dimension_of(aspect_row.unit or "") in (dimension, None)
        if fits and any(name in text for name in (*aspect_row.names, *aspect_row.reversed_names)):
            return aspect_row.id
    return _DEFAULT[dimension]
