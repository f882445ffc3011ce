"""The layer diagram of a comparison as rows of a table: a level a row, a concept a column, each layer with the sentence it stands on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kb.graph.layers import Layer, Stack
from kb.records import Answer, Claim, Evidence

if TYPE_CHECKING:
    from kb.app import KnowledgeBase


@dataclass(frozen=True, slots=True)
class Cell:
    """`claim` is what ties the layer to another, `evidence` its sentence; both `None` for the concept that was asked about."""

    layer: Layer
    claim: Claim | None
    evidence: Evidence | None


@dataclass(frozen=True, slots=True)
class Row:
    name: tuple[str, str]
    cells: tuple[Cell | None, ...]  # one per column; `None` where no article says what stands there


@dataclass(frozen=True, slots=True)
class Diagram:
    """Rows from the top down, as people draw it; `evidence` is what the answer does not list itself, numbered on from there."""

    columns: tuple[str, ...]  # concept ids
    rows: tuple[Row, ...]
    evidence: tuple[Evidence, ...]


def diagram(answer: Answer, base: KnowledgeBase) -> Diagram | None:
    """Drawn only for an answered comparison, and only where each side has a stack of its own."""
    question = answer.question
    if answer.status != "answered" or question.kind != "comparison":
        return None
    stacks = base.stacks(tuple(dict.fromkeys(question.concepts)))
    return _drawn(stacks, answer.evidence, base) if stacks else None


def _drawn(stacks: tuple[Stack, ...], listed: tuple[Evidence, ...], base: KnowledgeBase) -> Diagram:
    numbered = {item.sentence_id: item for item in reversed(listed)}
    added: list[Evidence] = []

    def cell(layer: Layer | None) -> Cell | None:
        if layer is None:
            return None
        if not layer.claims:
            return Cell(layer, None, None)
        claim = next((claim for claim in layer.claims if claim.sentence_id in numbered), layer.claims[0])
        if claim.sentence_id not in numbered:
            added.append(base.evidence(claim.sentence_id, n=len(listed) + len(added) + 1))
            numbered[claim.sentence_id] = added[-1]
        return Cell(layer, claim, numbered[claim.sentence_id])

    filled = {layer.level for stack in stacks for layer in stack.layers if layer.present}
    levels = sorted((row for row in base.domain.layers if row.level in filled), key=lambda row: -row.level)
    rows = tuple(Row((level.zh, level.en), tuple(cell(stack.at(level.level)) for stack in stacks)) for level in levels)
    return Diagram(tuple(stack.concept for stack in stacks), rows, tuple(added))
