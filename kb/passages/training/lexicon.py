"""The pieces a text is cut into: the most frequent words of jieba, and every character for what is in none of them.

A piece is the longest one that fits; no segmenter is needed where the encoder is used.
"""

from __future__ import annotations

import string
from collections import Counter
from collections.abc import Iterable

from tokenizers import Regex, Tokenizer
from tokenizers.models import WordPiece
from tokenizers.normalizers import NFKC, Lowercase, Replace, Sequence
from tokenizers.pre_tokenizers import WhitespaceSplit

from kb.language.normalize import is_han

UNKNOWN = "[UNK]"
_LONGEST = 8  # characters of a word of Han characters; longer ones are phrases
_LONGEST_LATIN = 20
_FEWEST, _FEWEST_CHARACTER = 3, 2  # occurrences
_LONGEST_RUN = 400  # characters without a blank or a mark; what is longer becomes one unknown piece


def build(counts: Counter[str], names: Iterable[str], *, size: int) -> Tokenizer:
    """`counts`: words of the texts in lower case; `names` (of the domain's concepts) are pieces however rare they are."""
    pieces = dict.fromkeys((UNKNOWN, *string.ascii_lowercase, *string.digits))
    characters: Counter[str] = Counter()
    for word, count in counts.items():
        for character in word:
            characters[character] += count
    pieces.update(dict.fromkeys(sorted(c for c, n in characters.items() if n >= _FEWEST_CHARACTER and is_han(c))))
    pieces.update(dict.fromkeys(name for name in names if _fits(name) and all(c in pieces for c in name)))
    for word, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        if len(pieces) >= size or count < _FEWEST:
            break
        if _fits(word):
            pieces[word] = None
    model = WordPiece({piece: number for number, piece in enumerate(pieces)}, unk_token=UNKNOWN, max_input_chars_per_word=_LONGEST_RUN)
    model.continuing_subword_prefix = ""
    tokenizer = Tokenizer(model)
    # one strange character would make the whole run that it stands in unknown
    known = "".join(sorted(piece for piece in pieces if len(piece) == 1))
    tokenizer.normalizer = Sequence([NFKC(), Lowercase(), Replace(Regex(f"[^{known}]+"), " ")])
    tokenizer.pre_tokenizer = WhitespaceSplit()
    return tokenizer


def _fits(word: str) -> bool:
    if len(word) < 2:
        return False
    if all(map(is_han, word)):
        return len(word) <= _LONGEST
    return len(word) <= _LONGEST_LATIN and word.isascii() and word.isalnum()
