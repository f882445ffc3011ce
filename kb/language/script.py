"""Traditional characters as simplified ones, character for character, so that offsets stay as they are."""

from __future__ import annotations

from functools import cache
from typing import Any


@cache
def _converter() -> Any:
    import opencc

    return opencc.OpenCC("t2s")


def simplified(text: str) -> str:
    """`text` in simplified characters, of the same length; what has no simplified form stays."""
    converted = str(_converter().convert(text))
    if len(converted) == len(text):
        return converted
    pieces = (str(_converter().convert(character)) for character in text)
    return "".join(new if len(new) == 1 else old for old, new in zip(text, pieces, strict=True))
