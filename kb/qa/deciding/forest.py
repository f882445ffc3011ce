"""Decision trees that were fitted beforehand: the mean of what their leaves hold."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tree:
    """Node by node: the place of the trait it looks at (-1 in a leaf), the limit up to which `left` follows, else `right`; what a leaf holds."""

    trait: tuple[int, ...]
    limit: tuple[float, ...]
    left: tuple[int, ...]
    right: tuple[int, ...]
    share: tuple[float, ...]

    def of(self, values: Sequence[float]) -> float:
        node = 0
        while self.trait[node] >= 0:
            node = self.left[node] if values[self.trait[node]] <= self.limit[node] else self.right[node]
        return self.share[node]


@dataclass(frozen=True, slots=True)
class Forest:
    traits: tuple[str, ...]
    trees: tuple[Tree, ...]

    @classmethod
    def read(cls, text: str) -> Forest:
        """:raises ValueError: not what `written` writes."""
        table = json.loads(text)
        return cls(tuple(table["traits"]), tuple(Tree(*(tuple(row) for row in rows)) for rows in table["trees"]))

    def written(self) -> str:
        rows = [[tree.trait, tree.limit, tree.left, tree.right, tree.share] for tree in self.trees]
        return json.dumps({"traits": self.traits, "trees": rows}, separators=(",", ":")).replace("]],", "]],\n") + "\n"

    def share(self, traits: Mapping[str, float]) -> float:
        """In [0, 1]. :raises KeyError: a trait is lacking."""
        values = [traits[name] for name in self.traits]
        return sum(tree.of(values) for tree in self.trees) / len(self.trees)
