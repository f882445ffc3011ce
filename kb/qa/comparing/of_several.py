"""Rows for three and more things: what each is, what speaks for and against each, and in what any two of them differ."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

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
        if same is None and not set(row.citations) <= told and not any(alike(row.brief, other.brief) for other in rows if row.brief):
            rows.append(row)
    whole = any(row.cells and all(cell.kind != "none" for cell in row.cells) for row in rows)
    return tuple(rows) if whole else ()


def _placed(pair: tuple[int, int], things: Sequence[Thing], sources: Sources, draft: Draft) -> list[Row]:
    """The rows of two of the things, their cells at their places among all of them."""
    language = draft.question.language
    one, other = (things[number] for number in pair)
    placed: list[Row] = []
    for row in rows_for(one.concept or "", other.concept or "", sources, draft):
        if row.label in (say("what_it_is", language), say("architecture", language)):
            continue
        cells = [_NOTHING] * len(things)
        if row.direction in ("a_more", "b_more") and row.verdict:
            mine, against = (pair[0], other) if row.direction == "a_more" else (pair[1], one)
            against_name, degree = against.named(sources, language), _degree(row, sources, language)
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
                brief=row.brief,
                brief_citations=row.brief_citations,
            )
        )
    return placed


def _degree(row: Row, sources: Sources, language: str) -> str:
    aspect = sources.domain.aspects.get(row.aspect or "")
    if aspect is None:
        return "更高" if language == "zh" else "has more of it"
    return aspect.degree if language == "zh" else aspect.degree_en
