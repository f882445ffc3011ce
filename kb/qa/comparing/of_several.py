"""Rows for three and more things: what each is, what speaks for and against each, and in what any two of them differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

from kb.language.normalize import fold
from kb.language.regex import regex
from kb.qa.asking.compared import Thing
from kb.qa.comparing.contrasts import rows_for
from kb.qa.comparing.fact_rows import defined_row, fact_rows
from kb.qa.comparing.rows import Row
from kb.qa.comparing.traits import trait_rows
from kb.qa.finding.retrieval import alike
from kb.qa.sources import Sources
from kb.qa.telling.drafting import Draft
from kb.qa.wording import say, spaced
from kb.records import Cell

_SECOND = regex(r"[^,，;；。是有]{1,14}?\s*[、和与跟及]\s*")
_NOTHING = Cell("—", "none")
_AT_LEAST = 2  # things of which a row must tell


def rows_of_several(things: Sequence[Thing], sources: Sources, draft: Draft) -> tuple[Row, ...]:
    """What all of them are first; a row of two leaves the others' cells empty. None where no row tells of all."""
    ids = [thing.concept for thing in things if thing.concept]
    if len(ids) < len(things):
        return ()
    rows = [
        *defined_row(ids, sources, draft, presented=True),
        *fact_rows(ids, sources, draft),
        *trait_rows(things, sources, draft, least=_AT_LEAST),
    ]
    of_pairs = [row for pair in combinations(range(len(ids)), 2) for row in _placed(pair, things, sources, draft)]
    for row in sorted(of_pairs, key=lambda row: -row.weight):
        same = next((number for number, other in enumerate(rows) if other.label == row.label), None)
        told = {n for other in rows for n in other.citations}
        row = shared_out(row, things)
        if same is None and not set(row.citations) <= told and not any(alike(row.brief, other.brief) for other in rows if row.brief):
            rows.append(row)
    whole = any(row.cells and all(cell.kind != "none" for cell in row.cells) for row in rows)
    return tuple(rows) if whole else ()


def shared_out(row: Row, things: Sequence[Thing]) -> Row:
    """With a cell that says it of two at once in the places of both: 「LXC 容器和 OpenVZ 容器是系统容器」."""
    cells = list(row.cells)
    for number, cell in enumerate(cells):
        if cell.kind == "none":
            said = next((c for c in row.cells if c.kind != "none" and _begins_with_a_pair(c.text, things[number])), None)
            cells[number] = said or cell
    return replace(row, cells=tuple(cells))


def _begins_with_a_pair(text: str, second: Thing) -> bool:
    joint = _SECOND.match(fold(text))
    return joint is not None and any(fold(text)[joint.end() :].startswith(name) for name in second.names)


def _placed(pair: tuple[int, int], things: Sequence[Thing], sources: Sources, draft: Draft) -> list[Row]:
    """The rows of two of the things, their cells at their places among all of them."""
    language = draft.question.language
    one, other = (things[number] for number in pair)
    placed: list[Row] = []
    for row in rows_for(one.concept or "", other.concept or "", sources, draft):
        brief = row.brief
        if row.label in (say("what_it_is", language), say("architecture", language)):
            continue
        cells = [_NOTHING] * len(things)
        if row.direction in ("a_more", "b_more") and row.verdict:
            mine, against = (pair[0], other) if row.direction == "a_more" else (pair[1], one)
            against_name, degree = against.named(sources, language), _degree(row, sources, language)
            if brief and not things[mine].within(fold(brief)):
                brief = f"{things[mine].named(sources, language)}{say('colon', language)}{brief}"  # 隔离比 runc 更强: of what is left out
            cells[mine] = Cell(spaced(say("more_than", language, name=against_name, degree=degree)), "article", row.citations)
        elif row.direction is None and len(row.cells) == len(pair):
            for number, cell in zip(pair, row.cells, strict=True):
                cells[number] = cell
        else:
            continue
        placed.append(
            Row(
                row.label,
                row.text,
                tuple(cells),
                row.citations,
                row.weight,
                row.aspect,
                brief=brief,
                brief_citations=row.brief_citations,
            )
        )
    return placed


def _degree(row: Row, sources: Sources, language: str) -> str:
    aspect = sources.domain.aspects.get(row.aspect or "")
    if aspect is None:
        return "更高" if language == "zh" else "has more of it"
    return aspect.degree if language == "zh" else aspect.degree_en
