"""What is fitted on traits: weights as `kb.qa.weights` reads them, boosted trees as `kb.qa.forest` does."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from importlib import resources
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from kb.qa.forest import Forest, Tree
from tests.gold import logistic

Row = TypeVar("Row")
OWN = "articles"  # the source that is not a field of statements
FOLDS = 4
_PENALTY = 20.0  # on the squares of the weights
_ROUNDS, _LEVELS, _LEAST, _STEP = 150, 3, 10, 0.1  # trees of each class, their levels, rows in a leaf, worth of a tree
_TRAITS, _DRAWN = 0.1, 0.7  # shares that a branch and a tree look at


@dataclass(frozen=True, slots=True)
class Fitted:
    """Standardised: a weight is worth one deviation of its trait."""

    names: tuple[str, ...]
    middle: NDArray[np.float64]
    spread: NDArray[np.float64]
    weights: NDArray[np.float64]

    def likelihoods(self, traits: Sequence[dict[str, float]]) -> NDArray[np.float64]:
        table = (_table(traits, self.names) - self.middle) / self.spread
        return logistic.probabilities(_with_bias(table), self.weights)

    def written(self, what: str) -> str:
        """As it is kept; `what`: in the logarithm of the odds of what they weigh."""
        head = f"# trait\tweight in the logarithm of the odds {what}"
        return "\n".join([head, *(f"{name}\t{weight:.4f}" for name, weight in self.plain().items())]) + "\n"

    def plain(self) -> dict[str, float]:
        """Trait → weight for the traits as they are."""
        slopes = self.weights[1:] / self.spread
        return {"bias": float(self.weights[0] - slopes @ self.middle)} | dict(zip(self.names, map(float, slopes), strict=True))


def _table(traits: Sequence[dict[str, float]], names: Sequence[str]) -> NDArray[np.float64]:
    return np.array([[row[name] for name in names] for row in traits], dtype=float)


def _with_bias(table: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.hstack([np.ones((len(table), 1)), table])


def fit(traits: Sequence[dict[str, float]], right: Sequence[bool], counts: Sequence[float]) -> Fitted:
    """`counts`: how often each row counts."""
    names = tuple(traits[0])
    table = _table(traits, names)
    middle, spread = table.mean(axis=0), table.std(axis=0) + 1e-6
    table = _with_bias((table - middle) / spread)
    return Fitted(names, middle, spread, logistic.fitted(table, np.array(right, dtype=float), _PENALTY, np.array(counts)))


def grown(traits: Sequence[dict[str, float]], classes: Sequence[int], counts: Sequence[float]) -> Forest:
    """`classes` from 0, of three or more; `counts`: how often each row counts."""
    from sklearn.ensemble import GradientBoostingClassifier

    names = tuple(traits[0])
    table = _table(traits, names).astype(np.float32)
    forest = GradientBoostingClassifier(
        n_estimators=_ROUNDS,
        max_depth=_LEVELS,
        min_samples_leaf=_LEAST,
        learning_rate=_STEP,
        max_features=_TRAITS,
        subsample=_DRAWN,
        random_state=0,
    )
    forest.fit(table, np.array(classes), sample_weight=np.array(counts))
    trees = [tuple(_tree(one.tree_) for one in forest.estimators_[:, number]) for number in range(forest.estimators_.shape[1])]
    first = [float(value) for value in table[0]]
    whole = forest.decision_function(table[:1])[0]
    start = [float(f"{odds - sum(tree.of(first) for tree in own):.4f}") for odds, own in zip(whole, trees, strict=True)]
    return Forest(names, tuple(start), tuple(trees))


def _tree(found: Any) -> Tree:
    leaf = found.children_left < 0
    return Tree(
        tuple(int(trait) for trait in np.where(leaf, -1, found.feature)),
        tuple(0.0 if end else float(f"{limit:.6g}") for end, limit in zip(leaf, found.threshold, strict=True)),
        tuple(int(max(0, node)) for node in found.children_left),
        tuple(int(max(0, node)) for node in found.children_right),
        tuple(float(f"{_STEP * value:.4g}") if end else 0.0 for end, value in zip(leaf, found.value[:, 0, 0], strict=True)),
    )


def rows_from(source: str, own: Callable[[], Iterable[Row | None]], statements: Callable[[str], Iterable[Row | None]]) -> list[Row]:
    """Of our own articles, or of the statements of a field."""
    return [asked for asked in (own() if source == OWN else statements(source)) if asked is not None]


def folded(articles: Iterable[str]) -> dict[str, int]:
    """Article → one of `FOLDS`, in which all of its questions lie."""
    return {article: number % FOLDS for number, article in enumerate(sorted(set(articles)))}


def gathered(rows_from: Callable[[str], Iterable[Row]], sources: Iterable[str]) -> list[Row]:
    """What all sources give, each read in a process of its own."""
    with ProcessPoolExecutor() as pool:
        return [asked for found in pool.map(rows_from, sources) for asked in found]


def write(name: str, text: str) -> None:
    """Into a file of `kb/qa`."""
    with resources.as_file(resources.files("kb.qa").joinpath(name)) as path:
        path.write_text(text, encoding="utf-8")
    print(f"{name}: {len(text) // 1024} KiB")
