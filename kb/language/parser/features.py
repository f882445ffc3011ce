"""What the parser sees of a word beside its form: its last character, and its tag in jieba's dictionary.

Both must be the same in training and in use. The dictionary knows 350,000 words, the treebanks 25,000: its tag is what tells
the parser that a word it never saw is a verb.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from spacy.attrs import SUFFIX  # type: ignore[import-not-found]
from spacy.language import BaseDefaults, Language
from spacy.util import registry

from kb.language.dictionary import dictionary

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

NAME_TAG = "n"  # of words that are known to be names of things, in the dictionary or not
_WIDE = str.maketrans(",;:?!()", "，；：？！（）")  # the treebanks write full-width marks
_SHORTEST = 2  # characters of a word's end that may lend the word its tag


def _last_character(text: str) -> str:
    return text[-1:]


class _Defaults(BaseDefaults):
    lex_attr_getters = {**BaseDefaults.lex_attr_getters, SUFFIX: _last_character}


@registry.languages("zh_words")
class ChineseWords(Language):  # type: ignore[no-untyped-call]
    """Chinese that comes in words: spaCy's suffix of three characters is a whole word, the last one tells its kind."""

    lang = "zh_words"
    Defaults = _Defaults


def make_doc(vocab: Vocab, words: Sequence[str], names: frozenset[int] = frozenset()) -> Doc:
    """One sentence as a `Doc` with its features; `names`: indices of words known to name a thing."""
    from spacy.tokens import Doc

    seen = [word_seen(word, index in names) for index, word in enumerate(words)]
    starts: list[bool | int | None] = [index == 0 for index in range(len(words))]
    return Doc(vocab, words=[word for word, _ in seen], spaces=[False] * len(words), tags=[tag for _, tag in seen], sent_starts=starts)


def word_seen(word: str, is_name: bool) -> tuple[str, str]:
    """A word and its tag as the model sees them."""
    return word.translate(_WIDE), NAME_TAG if is_name else dictionary_tag(word)


def dictionary_tag(word: str) -> str:
    """jieba's tag of a word (n, v, vn, d, p, …); of a word it lacks, that of its longest known end. `x`: nothing known."""
    known = dictionary().tag
    if (tag := known(word)) is not None:
        return tag
    if word.isascii():
        return "eng" if any(map(str.isalpha, word)) else "m" if any(map(str.isdigit, word)) else "x"
    ends = (word[start:] for start in range(1, len(word) - _SHORTEST + 1))
    return next((tag for end in ends if (tag := known(end)) is not None), "x")
