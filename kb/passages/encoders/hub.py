"""Any model of sentence-transformers, by its name or the folder it lies in. Loads torch, which takes seconds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy
from numpy.typing import NDArray

from kb.errors import ModelUnavailable

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer


class HubEncoder:
    def __init__(self, name: str) -> None:
        """:raises ModelUnavailable: the library is missing, or no model of that name is there or could be fetched."""
        self.name = name
        self._model = _load(name)

    def encode(self, texts: Sequence[str]) -> NDArray[numpy.float32]:
        vectors = self._model.encode(list(texts), normalize_embeddings=True, show_progress_bar=False, convert_to_numpy=True)
        return numpy.asarray(vectors, dtype=numpy.float32).reshape(len(texts), -1)


def _load(name: str) -> SentenceTransformer:
    try:
        from sentence_transformers import SentenceTransformer
    except ImportError as error:
        raise ModelUnavailable(
            (
                f"没有安装 sentence-transformers，无法加载向量模型“{name}”。",
                f"sentence-transformers is not installed, so {name!r} cannot be loaded.",
            ),
            ("请运行 make install，或 pip install 'kb-prove[models]'。", "Run make install, or pip install 'kb-prove[models]'."),
        ) from error
    try:
        return SentenceTransformer(name, device="cpu")
    except (OSError, ValueError, RuntimeError, KeyError) as error:  # the libraries under it agree on no common error
        first = (str(error).strip() or type(error).__name__).splitlines()[0][:200].rstrip(". ")
        raise ModelUnavailable(
            (f"无法加载向量模型“{name}”：{first}。", f"The embedding model {name!r} cannot be loaded: {first}."),
            (
                "KB_EMBEDDING 应是 static、一个模型的名称，或存放模型的文件夹。",
                "KB_EMBEDDING is static, the name of a model, or a folder that holds one.",
            ),
        ) from error
