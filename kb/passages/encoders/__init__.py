"""Encoders give a text a vector, so that texts that mean alike lie near each other: the shipped one, or any of sentence-transformers.

`chosen` picks by the setting. The vectors of different encoders are never compared: each has its own name.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from kb.errors import ModelUnavailable
from kb.language.script import simplified
from kb.records import Sentence

if TYPE_CHECKING:
    from numpy import float32
    from numpy.typing import NDArray

    from kb.passages.encoders.static import Pieces

_log = logging.getLogger(__name__)
SHIPPED = "static"
_FORM = 1  # of what is encoded of a sentence; a change makes other vectors, which need another name


class Encoder(Protocol):
    @property
    def name(self) -> str:
        """Changes whenever the same text would get another vector."""
        ...

    def encode(self, texts: Sequence[str]) -> NDArray[float32]:
        """A row a text, of length 1; all zeros for a text that it knows nothing of."""
        ...


@runtime_checkable
class Interacting(Protocol):
    """An encoder that also compares texts piece by piece."""

    def pieces(self, texts: Sequence[str]) -> list[Pieces]: ...

    def matched(self, asked: Pieces, texts: Sequence[Pieces]) -> NDArray[float32]: ...


@dataclass(frozen=True, slots=True)
class Chosen:
    """`problem`: why it is the shipped one although another was asked for (zh, en)."""

    encoder: Encoder
    problem: tuple[str, str] | None = None


def chosen(setting: str) -> Chosen:
    """The encoder of a setting: `static` is the shipped one, any other the name or the folder of a sentence-transformers model."""
    from kb.passages.encoders.static import StaticEncoder

    if setting == SHIPPED:
        return Chosen(StaticEncoder())
    from kb.passages.encoders.hub import HubEncoder

    try:
        return Chosen(HubEncoder(setting))
    except ModelUnavailable as error:
        zh, en = error.message
        return Chosen(
            StaticEncoder(),
            (f"{zh}改用自带的向量模型。{error.hint[0]}", f"{en} The shipped model is used instead. {error.hint[1]}"),
        )


class SentenceEmbedding:
    """What the store and the search ask for; the encoder is loaded when it is first needed.

    Vectors go to the store as 16-bit floats, little-endian.
    """

    def __init__(self, setting: str = SHIPPED) -> None:
        self._setting = setting
        self._lock = threading.Lock()
        self._chosen: Chosen | None = None

    @property
    def choice(self) -> Chosen:
        with self._lock:
            if self._chosen is None:
                self._chosen = chosen(self._setting)
                if self._chosen.problem is not None:
                    _log.warning("%s / %s", *self._chosen.problem)
            return self._chosen

    @property
    def name(self) -> str:
        return f"{self.choice.encoder.name}/{_FORM}"

    def encode(self, title: str, sentences: Sequence[Sentence]) -> list[bytes]:
        """`title`: of the article that all of them stand in."""
        vectors = self.choice.encoder.encode([_surrounded(title, sentence) for sentence in sentences])
        return [row.astype("<f2").tobytes() for row in vectors]

    def pieces(self, titled: Iterable[tuple[str, Sentence]]) -> list[Pieces] | None:
        """Of what is encoded of each sentence, with the title of its article; `None` where the encoder knows no pieces."""
        encoder = self.choice.encoder
        if not isinstance(encoder, Interacting):
            return None
        return encoder.pieces([_surrounded(title, sentence) for title, sentence in titled])

    def matched(self, text: str, sentences: Sequence[Pieces]) -> NDArray[float32] | None:
        """How well the pieces of each sentence match those of a question, in [0, 1]; `None` where the encoder knows no pieces."""
        encoder = self.choice.encoder
        return encoder.matched(encoder.pieces([simplified(text)])[0], sentences) if isinstance(encoder, Interacting) else None

    def query(self, text: str) -> NDArray[float32]:
        vector: NDArray[float32] = self.choice.encoder.encode([simplified(text)])[0]
        return vector


def _surrounded(title: str, sentence: Sentence) -> str:
    """A sentence alone often does not say what it speaks of: its heading and its article do."""
    return simplified(f"{title} {(sentence.heading or '').replace(' / ', ' ')} {sentence.text}")
