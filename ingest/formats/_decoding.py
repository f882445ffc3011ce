"""Bytes to text: UTF-8, UTF-16, GB18030 or Big5, whichever gives text of common characters; binary is refused."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources

from kb.errors import UnreadableText
from kb.language.regex import regex
from kb.language.script import simplified

_REMEDY = ("请另存为 UTF-8 编码的文本再试。", "Save it as text in UTF-8 and try again.")
_MARKED = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_LEGACY = ("gb18030", "big5hkscs")  # HKSCS holds all of Big5
_LOOKED_AT = 4000  # characters
_COMMON_ENOUGH = 0.5
_DAMAGE = 0.002  # of the characters of a UTF-8 text may be broken (a file cut off, a bad copy): they show as U+FFFD
_DECLARED = regex(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*(?P<name>[A-Za-z0-9_-]{2,20})", re.I)


def decode(data: bytes, name: str) -> str:
    """:raises UnreadableText: binary data, or no encoding that fits."""
    text = _decoded(data, name)
    head = text[:_LOOKED_AT]
    strange = sum(1 for character in head if ord(character) < 32 and character not in "\n\r\t\f") + head.count("\ufffd")
    if strange > max(4, len(head) // 50):
        raise UnreadableText((f"{name} 的内容不是可读的文字。", f"{name} does not hold readable text."), _REMEDY)
    return text


def _decoded(data: bytes, name: str) -> str:
    for mark, encoding in _MARKED:
        if data.startswith(mark):
            return _strictly(data, encoding) or data.decode(encoding, "replace")
    if b"\x00" in data[:_LOOKED_AT]:
        text = _best(data, ("utf-16-le", "utf-16-be"))
        if text is None:
            raise UnreadableText((f"{name} 是二进制文件，不是文本。", f"{name} is a binary file, not text."), _REMEDY)
        return text
    plain = data.decode("utf-8", "replace")
    if plain.count("\ufffd") <= len(plain) * _DAMAGE:
        return plain
    # a page's own word on its encoding counts only where the text is common that way
    text = _best(data, (*_declared(data), *_LEGACY, "utf-16-le", "utf-16-be")) or _guessed(data)
    if text is None:
        raise UnreadableText((f"认不出 {name} 的编码。", f"The encoding of {name} could not be told."), _REMEDY)
    return text


def _strictly(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _declared(data: bytes) -> tuple[str, ...]:
    found = _DECLARED.search(data[:_LOOKED_AT])
    return (found["name"].decode("ascii"),) if found else ()


def _best(data: bytes, encodings: tuple[str, ...]) -> str | None:
    """The text of the most common characters; `None` where none has enough of them."""
    texts = [text for encoding in encodings if (text := _strictly(data, encoding)) is not None]
    shares = [_common_share(text[:_LOOKED_AT]) for text in texts]
    return texts[shares.index(max(shares))] if shares and max(shares) >= _COMMON_ENOUGH else None


def _common_share(text: str) -> float:
    """How much of what is not ASCII is common: characters of everyday words, and Chinese punctuation."""
    foreign = [character for character in simplified(text) if ord(character) > 127]
    known = sum(character in _common() for character in foreign)
    control = sum(character < " " and character not in "\n\r\t\f" for character in text)
    return known / (len(foreign) + control) if foreign or control else 1.0


@cache
def _common() -> frozenset[str]:
    text = resources.files("ingest").joinpath("data/common_characters.txt").read_text(encoding="utf-8")
    han = "".join(line for line in text.splitlines() if not line.startswith("#"))
    return frozenset(han) | frozenset("，。、；：？！“”‘’（）《》【】—…·　「」『』％～－")


def _guessed(data: bytes) -> str | None:
    from charset_normalizer import from_bytes

    best = from_bytes(data, cp_isolation=["gb18030", "big5", "big5hkscs", "utf_16", "utf_16_le", "utf_16_be", "utf_8"]).best()
    return str(best) if best else None
