"""Two numbers of one aspect compare their subjects."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kb.language.units import in_base_unit
from kb.records import Comparison, Quantity

NO_ASPECTS = frozenset(("比例", "时间", "体积"))  # what a number measures when nothing tells


def across(before: Sequence[Quantity], numbers: Sequence[Quantity]) -> Iterator[Comparison]:
    """虚拟机启动要几分钟。容器启动要几秒。 Numbers of one aspect that two sentences in a row give for two things."""
    for earlier in before:
        for later in numbers:
            if earlier.aspect not in NO_ASPECTS - {"体积"}:
                yield from (replace(comparison, confidence=0.65) for comparison in by_numbers([earlier, later]))


def by_numbers(quantities: Sequence[Quantity]) -> Iterator[Comparison]:
    """虚拟机要数分钟,容器只要数毫秒: the later, smaller time is the faster start."""
    for index, first in enumerate(quantities):
        for second in quantities[index + 1 :]:
            if first.aspect != second.aspect or first.subject == second.subject:
                continue
            one, two = in_base_unit(first.low, first.high, first.unit), in_base_unit(second.low, second.high, second.unit)
            if one is None or two is None or one[0] != two[0] or one[0] not in ("time", "size"):
                continue
            if one[1] > two[2] or two[1] > one[2]:
                first_larger = one[1] > two[2]
                more = first_larger if one[0] == "size" else not first_larger
                together = first.sentence_id == second.sentence_id
                span = (min(first.span[0], second.span[0]), max(first.span[1], second.span[1])) if together else first.span
                yield Comparison(
                    first.sentence_id,
                    span,
                    first.subject,
                    second.subject,
                    first.aspect,
                    "a_more" if more else "b_more",
                    found_by="numbers",
                    confidence=0.75,
                )
