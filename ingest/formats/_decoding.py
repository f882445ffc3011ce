"""Bytes to text: UTF-8 first, then the encoding that fits best; binary is refused."""

from __future__ import annotations

from kb.errors import UnreadableText

_REMEDY = ("请另存为 UTF-8 编码的文本再试。", "Save it as text in UTF-8 and try again.")


def decode(data: bytes, name: str) -> str:
    """:raises UnreadableText: binary data, or no encoding that fits."""
    if b"\x00" in data[:4096] and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise UnreadableText((f"{name} 是二进制文件，不是文本。", f"{name} is a binary file, not text."), _REMEDY)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        from charset_normalizer import from_bytes

        best = from_bytes(data, cp_isolation=["gb18030", "gbk", "big5", "utf_16", "utf_16_le", "utf_16_be", "utf_8"]).best()
        if best is None:
            raise UnreadableText((f"认不出 {name} 的编码。", f"The encoding of {name} could not be told."), _REMEDY) from None
        text = str(best)
    strange = sum(1 for character in text[:4000] if ord(character) < 32 and character not in "\n\r\t\f") + text[:4000].count("\ufffd")
    if strange > max(4, len(text[:4000]) // 50):
        raise UnreadableText((f"{name} 的内容不是可读的文字。", f"{name} does not hold readable text."), _REMEDY)
    return text
