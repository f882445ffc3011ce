"""Tables as facts: a row of cells between bars is read by its column headers, each cell a fact of its own with its own span.

The things that a table speaks of stand in its first column or over its columns; the other side says in what respect. A table whose things
cannot be told is left to the other readers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ingest.comparisons.aspects import aspect_named
from ingest.comparisons.numbers import by_numbers
from ingest.concepts import Reading
from ingest.phrases import phrase
from ingest.quantities import aspect_of
from kb.domain import Domain
from kb.language import cues
from kb.language.numerals import find_numbers
from kb.language.regex import regex
from kb.language.units import dimension_of, known_units
from kb.records import Claim, Comparison, Concept, Quantity, Span

BAR = " | "
_LEAST = 2  # rows of a table, its header among them
_MOSTLY = 0.6  # share of a cell's characters that a name has to take up, for the cell to be about what it names
_LONGEST = 16  # characters of a cell that is a thing and no sentence
_EMPTY = regex(r"[-–—/\s]*|无数据|不适用|N/?A|n/?a")
_UNIT = regex(r"[（(]\s?(?:单位[:：]?\s?)?(?P<unit>[^（()）]{1,6})\s?[)）]")
_MORE = "高强快好大多重长优贵厚密远新全"
_LESS = "低弱慢差小少轻短劣贱薄疏近旧缺"
_DEGREE = regex(rf"(?:非常|比较|相对|很|较|更|极|最|偏|太)*(?P<word>[{_MORE}{_LESS}]|中等?|一般|普通)(?:等|级|得多)?[。.]?")
# what stands over a column or before a row, beside the nouns of relations.toml
_NAMES = {
    "类型": "is_a", "种类": "is_a", "依赖": "depends_on", "依赖项": "depends_on", "需要": "requires", "要求": "requires", "前提": "requires",
    "平台": "runs_on", "运行平台": "runs_on", "运行位置": "runs_on", "组件": "has_part", "组成部分": "has_part", "包含": "has_part",
    "用途": "suited_for", "适用场景": "suited_for", "场景": "suited_for", "典型用途": "suited_for", "使用场景": "suited_for", "语言": "uses",
    "开发语言": "uses", "编写语言": "uses", "实现语言": "uses", "使用的技术": "uses", "技术": "uses", "功能": "provides", "提供": "provides",
    "特点": "has_property", "优点": "has_property", "缺点": "has_property", "例子": "instance_of", "代表": "instance_of", "典型产品": "instance_of",
}  # fmt: skip
_TURNED = frozenset(("instance_of",))  # the cell is the subject: Docker is an instance of what the row is about


@dataclass(frozen=True, slots=True)
class Facts:
    """What tables say; `rows`: indices of the readings that are rows of a table which was understood."""

    claims: tuple[Claim, ...]
    phrases: tuple[Concept, ...]
    comparisons: tuple[Comparison, ...]
    quantities: tuple[Quantity, ...]
    rows: frozenset[int]


@dataclass(frozen=True, slots=True)
class _Cell:
    """`said`: what the cell says of `thing` in respect of `label`; `span` in characters of the row."""

    row: Reading
    thing: str
    label: str
    said: str
    span: tuple[int, int]

    @property
    def original(self) -> Span:
        return self.row.piece.mapped.original(*self.span)


def read_tables(readings: Sequence[Reading], domain: Domain, kinds: Mapping[str, str]) -> Facts:
    """`kinds`: concept id → kind."""
    properties = frozenset(id_ for id_, kind in kinds.items() if kind == "property")
    relations = {row.heading: row.id for row in domain.relations.values() if row.heading} | _NAMES
    claims: list[Claim] = []
    phrases: dict[str, Concept] = {}
    comparisons: list[Comparison] = []
    quantities: list[Quantity] = []
    rows: set[int] = set()
    for first, last in _runs(readings):
        table = _understood([readings[index] for index in range(first, last)], properties)
        if table:
            rows.update(range(first, last))
        by_label: dict[str, list[_Cell]] = {}
        for cell in table:
            by_label.setdefault(cell.label, []).append(cell)
        for label, cells in by_label.items():
            relation = relations.get(re.sub(r"[（(].*", "", label).strip())
            numbers = [quantity for cell in cells for quantity in _quantities(cell, domain)]
            quantities += numbers
            comparisons += [*by_numbers(numbers), *_by_degrees(cells, domain)]
            for cell in cells if relation and not numbers else ():
                for claim, concept in _claims(cell, str(relation), properties):
                    claims.append(claim)
                    if concept is not None:
                        phrases[concept.id] = concept
    return Facts(tuple(claims), tuple(phrases.values()), tuple(comparisons), tuple(quantities), frozenset(rows))


def _runs(readings: Sequence[Reading]) -> Iterator[tuple[int, int]]:
    """First and last (half-open) of the rows that follow one another."""
    first: int | None = None
    for index in range(len(readings) + 1):
        is_row = index < len(readings) and BAR in readings[index].text
        if is_row and first is None:
            first = index
        elif not is_row and first is not None:
            if index - first >= _LEAST:
                yield first, index
            first = None


def _understood(rows: Sequence[Reading], properties: frozenset[str]) -> list[_Cell]:
    """Cells with what they are about; none where neither the header nor the first column names things."""
    header, *body = [(reading, _cells(reading.text)) for reading in rows]
    width = max(len(cells) for _, cells in body)
    heads = [(header[0], span) for span in header[1]]
    if len(heads) == width:
        heads = heads[1:]  # what stands over the first column names the column
    if len(heads) != width - 1 or width < 2:
        return []
    body = [(reading, cells) for reading, cells in body if len(cells) == width]
    over = [_thing(reading, span, properties) for reading, span in heads]
    beside = [_thing(reading, cells[0], properties) for reading, cells in body]
    across = sum(map(bool, over)) * len(beside) >= sum(map(bool, beside)) * len(over)
    found = []
    for (reading, cells), thing in zip(body, beside, strict=True):
        for (head, head_span), named, span in zip(heads, over, cells[1:], strict=True):
            about, label = (named, _text(reading, cells[0])) if across else (thing, _text(head, head_span))
            said = _text(reading, span)
            if about and label and not _EMPTY.fullmatch(said):
                found.append(_Cell(reading, about, label, said, span))
    return found


def _cells(text: str) -> list[tuple[int, int]]:
    spans, start = [], 0
    for part in text.split(BAR):
        spans.append((start, start + len(part)))
        start += len(part) + len(BAR)
    return spans


def _text(reading: Reading, span: tuple[int, int]) -> str:
    return reading.text[slice(*span)].strip()


def _thing(reading: Reading, span: tuple[int, int], properties: frozenset[str]) -> str | None:
    """The concept that a cell names, and no more than names."""
    inside = [m for m in reading.matches if span[0] <= m.start and m.end <= span[1] and m.concept_id not in properties]
    length = len(_text(reading, span))
    longest = max(inside, key=lambda match: match.end - match.start, default=None)
    return longest.concept_id if longest and longest.end - longest.start >= _MOSTLY * length else None


# ---------------------------------------------------------------- what a cell says


def _quantities(cell: _Cell, domain: Domain) -> Iterator[Quantity]:
    """Numbers of a cell; a bare one takes the unit of its header: 启动时间（毫秒）."""
    unit = _UNIT.search(cell.label)
    text = cell.said
    if unit and unit["unit"] in known_units() and re.fullmatch(r"[约<>≤≥~]?\s?\d[\d.,]*(?:\s?[-–~～]\s?\d[\d.,]*)?", text):
        text += unit["unit"]
    for number in find_numbers(text):
        dimension = dimension_of(number.unit)
        label = re.sub(r"[（(].*", "", cell.label).strip()
        yield Quantity(
            cell.row.piece.sentence.id,
            cell.original,
            cell.thing,
            aspect_of(label + text, cell.row, dimension, domain) if dimension else label,
            text[number.start : number.end].strip(),
            number.low,
            number.high,
            number.unit,
            approximate=number.approximate,
            found_by="table",
            confidence=0.7,
        )


def _degree(said: str) -> int | None:
    """高 is 1, 低 is -1, 中等 is 0; `None` where a cell says more than a degree."""
    match = _DEGREE.fullmatch(said)
    return None if match is None else 1 if match["word"] in _MORE else -1 if match["word"] in _LESS else 0


def _by_degrees(cells: Sequence[_Cell], domain: Domain) -> Iterator[Comparison]:
    """隔离性 | 弱 | 强: the one with less and the one with more of it."""
    named = aspect_named(cells[0].label, domain)
    for index, one in enumerate(cells if named else ()):
        for other in cells[index + 1 :]:
            first, second = _degree(one.said), _degree(other.said)
            if named is None or first is None or second is None or first == second or one.thing == other.thing:
                continue
            aspect, flipped = named
            row = one.row.piece.sentence.id == other.row.piece.sentence.id
            span = (min(one.original[0], other.original[0]), max(one.original[1], other.original[1])) if row else other.original
            yield Comparison(
                other.row.piece.sentence.id,
                span,
                one.thing,
                other.thing,
                aspect,
                "a_more" if (first > second) != flipped else "b_more",
                found_by="table",
                confidence=0.75,
            )


def _claims(cell: _Cell, relation: str, properties: frozenset[str]) -> Iterator[tuple[Claim, Concept | None]]:
    named = [m.concept_id for m in cell.row.matches if cell.span[0] <= m.start and m.end <= cell.span[1]]
    ends: list[tuple[str, Concept | None]] = [
        (id_, None) for id_ in dict.fromkeys(named) if relation == "has_property" or id_ not in properties
    ]
    if not ends and len(cell.said) <= _LONGEST:
        said = phrase(cell.said)
        ends = [(said.id, said)]
    for end, concept in ends:
        subject, object_ = (end, cell.thing) if relation in _TURNED else (cell.thing, end)
        if subject != object_:
            claim = Claim(
                cell.row.piece.sentence.id,
                cell.original,
                subject,
                relation,
                object_,
                holds=not cues.denied(cell.said),
                hedge=cues.hedge_in(cell.said),
                found_by="table",
                confidence=0.6,
            )
            yield claim, concept
