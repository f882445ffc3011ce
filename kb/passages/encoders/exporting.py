"""`python -m kb.passages.encoders.exporting --out DIR`: the shipped encoder as a model that `SentenceTransformer(DIR)` loads.

Numbers are then 32-bit, so the folder is four times as large; the vectors are the same.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from kb.passages.encoders.static import MODEL, StaticEncoder


def export(encoder: StaticEncoder, out: Path) -> None:
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Normalize, StaticEmbedding

    SentenceTransformer(modules=[StaticEmbedding(encoder.tokenizer, embedding_weights=encoder.weights()), Normalize()], device="cpu").save(
        str(out)
    )


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m kb.passages.encoders.exporting", description=__doc__)
    parser.add_argument("--out", type=Path, required=True, help="folder to write")
    parser.add_argument("--model", type=Path, default=MODEL, help="folder of the encoder (default: the shipped one)")
    given = parser.parse_args(arguments)
    export(StaticEncoder(given.model), given.out)


if __name__ == "__main__":
    main()
