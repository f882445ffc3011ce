"""Sentences of CoNLL-U files (plain or gzip). Reads words, heads, relations and parts of speech; nothing else of the format."""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kb.errors import BadInput


@dataclass(frozen=True, slots=True)
class Tree:
    """A sentence; `heads[i]` is the index of word i's head, the root's head is itself."""

    words: tuple[str, ...]
    heads: tuple[int, ...]
    deprels: tuple[str, ...]
    upos: tuple[str, ...]

    @property
    def text(self) -> str:
        return "".join(self.words)


def read_trees(path: Path) -> list[Tree]:
    """All sentences of a file. :raises BadInput: a line that is no CoNLL-U; names file and line."""
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        return [_tree(rows) for rows in _sentences(lines, path.name)]


def _sentences(lines: Iterable[str], name: str) -> Iterator[list[list[str]]]:
    rows: list[list[str]] = []
    for number, line in enumerate(lines, start=1):
        line = line.rstrip("\n")
        if not line:
            if rows:
                yield rows
            rows = []
        elif not line.startswith("#"):
            cells = line.split("\t")
            if len(cells) != 10 or (cells[0].isdigit() and not cells[6].isdigit()):
                raise BadInput(
                    (f"{name} 第 {number} 行不是 CoNLL-U。", f"{name}, line {number}: no CoNLL-U."),
                    ("每行十列，第七列是中心词的编号。", "A row has ten cells; the seventh is the number of the head."),
                )
            if cells[0].isdigit():  # 3-4 and 3.1 are no words of the tree
                rows.append(cells)
    if rows:
        yield rows


def _tree(rows: list[list[str]]) -> Tree:
    return Tree(
        words=tuple(row[1] for row in rows),
        heads=tuple(int(row[6]) - 1 if row[6] != "0" else index for index, row in enumerate(rows)),
        deprels=tuple("root" if row[6] == "0" else row[7] for row in rows),
        upos=tuple(row[3] for row in rows),
    )
