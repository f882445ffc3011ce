"""Rows of a table as lines of text: the cells between bars, so that neither a reader nor the reading takes two of them for one phrase."""

from __future__ import annotations

from collections.abc import Iterable

BAR = " | "


def row(cells: Iterable[str]) -> str:
    """Cells on one line; those that hold nothing are left out, a bar inside of one becomes a slash."""
    plain = (" ".join(cell.replace("|", "/").split()) for cell in cells)
    return BAR.join(cell for cell in plain if cell)
