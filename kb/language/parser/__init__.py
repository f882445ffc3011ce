"""Dependency arcs of Chinese sentences, from a spaCy model of our own (see model/README.md; trained by training.py).

Parsing takes a quarter of the time of reading, four times what jieba takes to cut the whole text into words: ask only for sentences that are
worth it. spaCy is imported with the first sentence.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from kb.errors import NotFound

if TYPE_CHECKING:
    from kb.language.parser.inference import Inference

MODEL = Path(__file__).with_name("model")
_BATCH = 1500  # words; more at once are slower, their tables leave the processor's cache


@dataclass(frozen=True, slots=True)
class Arc:
    """Word `index` hangs on word `head` (itself at the root, whose `deprel` is `root`); labels are those of Universal Dependencies."""

    index: int
    head: int
    deprel: str
    upos: str


class Parser:
    def __init__(self, folder: Path = MODEL) -> None:
        """:raises NotFound: no model there."""
        if not (folder / "config.cfg").is_file():
            raise NotFound(
                (f"{folder} 里没有句法模型。", f"There is no parser model in {folder}."),
                (
                    "阅读仍会进行，只用模式；模型可用 python -m kb.language.parser.training 重新训练。",
                    "Reading goes on with patterns alone; python -m kb.language.parser.training makes the model.",
                ),
            )
        self._folder = folder
        self._inference: Inference | None = None

    @classmethod
    def load(cls, folder: Path = MODEL) -> Parser | None:
        """`None` where there is no model: reading goes on without."""
        try:
            return cls(folder)
        except NotFound:
            return None

    def parse(self, words: Sequence[str], names: Iterable[int] = ()) -> tuple[Arc, ...]:
        """One arc a word, in order; `names` are the indices of words known to name a thing."""
        return self.parse_all([(words, names)])[0]

    def parse_all(self, sentences: Iterable[tuple[Sequence[str], Iterable[int]]]) -> list[tuple[Arc, ...]]:
        """As `parse`, of many sentences, which is about three times faster."""
        if self._inference is None:
            self._inference = _model(self._folder)
        found: list[tuple[Arc, ...]] = []
        batch: list[tuple[Sequence[str], frozenset[int]]] = []
        words = 0
        for sentence, names in sentences:
            batch.append((sentence, frozenset(names)))
            words += len(sentence)
            if words >= _BATCH:
                found += self._inference.arcs(batch)
                batch, words = [], 0
        return found + self._inference.arcs(batch)


@lru_cache(maxsize=1)
def _model(folder: Path) -> Inference:
    """Read once for all parsers of a process: a second or so, and a hundred megabytes."""
    from spacy.util import load_model_from_path
    from thinc.api import use_ops

    from kb.language.parser.inference import Inference  # registers the language, too

    with use_ops("numpy", use_blis=True):  # as fast as one thread of numpy's own BLAS, whose threads would take three times the processor
        return Inference(load_model_from_path(folder, exclude=["tokenizer"]))
