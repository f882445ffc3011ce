"""Words of Chinese text: jieba with the domain's words, in a tokenizer of our own, and the result as a spaCy `Doc`.

`jieba.add_word` would change every user of jieba in the process; the tokenizer here is private to its owner.
"""

from __future__ import annotations

import logging
import math
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from kb.language.cutting import Cutter
from kb.language.dictionary import Frequencies, dictionary
from kb.language.normalize import is_han
from kb.language.regex import regex

if TYPE_CHECKING:
    from spacy.tokens import Doc

_LATIN = regex(r"[a-z0-9][a-z0-9.+-]+")
_FUNCTION = frozenset(
    "的了着过和与及或是在有把被将对从到给让用以为就都也还又再才只很太更最比这那它他我你个种台些里上中下内不没要能会可吗呢吧啊"
)
_KEPT = ("应用于", "适用于", "运行于", "作用于")  # verbs that begin like a name of the vocabulary
_FREQUENCY = 20_000  # with less, jieba's own computed frequency loses for 后端, 物理机, 用户空间


class Word(NamedTuple):
    text: str
    start: int
    end: int
    tag: str = ""  # jieba's part of speech, only from `tagged`


def _latin_parts(word: str) -> list[str]:
    """The Latin pieces of a mixed word: ibm of ibm测试."""
    return [] if word.isascii() or not _LATIN.search(word) else _LATIN.findall(word)


class Tokenizer:
    """Cuts text into words; the same tokenizer must index and query."""

    name = "jieba"

    def __init__(self, vocabulary: Iterable[str] = ()) -> None:
        import jieba

        jieba.setLogLevel(logging.WARNING)
        self._tagger: Any = None
        self._vocab: Any = None
        # Latin names are one word anyway, and would cut others (stage into s, tag, e)
        self._known = frozenset(word for word in vocabulary if 2 <= len(word) <= 12 and any(map(is_han, word)))
        self._frequencies = Frequencies(dict.fromkeys(self._known, _FREQUENCY) | dict.fromkeys(_KEPT, 3 * _FREQUENCY))
        self._cutter = Cutter(self._frequencies.of, self._frequencies.total)
        self._jieba: Any = jieba.Tokenizer()
        self._jieba.FREQ, self._jieba.total, self._jieba.initialized = self._frequencies.known, self._frequencies.total, True
        self._jieba.user_word_tag_tab = dict.fromkeys(self._known, "n") | dict.fromkeys(_KEPT, "v")

    def words(self, text: str) -> list[Word]:
        words: list[Word] = []
        start = 0
        for word in self.texts(text):
            end = start + len(word)
            words.append(Word(word, start, end))
            start = end
        return words

    def texts(self, text: str) -> list[str]:
        """The words alone; together they are the text."""
        words: list[str] = []
        for word in self._cutter.cut(text):
            cut = self._name_inside(word) if len(word) >= 4 else 0
            if cut:
                words += word[:cut], word[cut:]
            else:
                words.append(word)
        return words

    def _name_inside(self, word: str) -> int:
        """jieba's own dictionary holds phrases such as 分配资源 and 共享资源; where the name at their end begins, a word of its own. 0: nowhere."""
        if word not in self._known:
            for cut in range(2, len(word) - 1):
                if word[cut:] in self._known and word[:cut] in self._frequencies.of(word):
                    return cut
        return 0

    def is_word(self, word: str) -> bool:
        """Whether the dictionary holds it as one word."""
        return bool(self._frequency(word))

    def _frequency(self, word: str) -> int:
        return self._frequencies.of(word[:1]).get(word, 0)

    def pieces(self, word: str) -> list[str]:
        """The dictionary's words in a stretch that was guessed to be one."""
        self._frequencies.of(word)  # jieba looks only at what is there
        return [str(piece) for piece in self._jieba.lcut(word, HMM=False)]

    def rarity(self, word: str) -> float:
        """How rare a word is in Chinese at large, in nats (的 3, 看到 8, 端口 13); as rare as can be where the dictionary lacks it."""
        return math.log(self._frequencies.total / (self._frequency(word) or 1))

    def may_be_name(self, text: str) -> bool:
        """A misspelt name falls to pieces (at least one single character), and holds no function word."""
        if any(character in _FUNCTION for character in text):
            return False
        return any(len(piece) == 1 for piece in self.pieces(text))

    def usual_tag(self, word: str) -> str:
        """The tag that the dictionary gives a word, whatever it is in its sentence; empty where the dictionary lacks it."""
        tag = dictionary().tag(word) or ""
        return "n" if word in self._known and not tag.startswith("v") else tag

    def _load_tags(self) -> None:
        if self._tagger is None:
            import jieba.posseg

            self._tagger = jieba.posseg.POSTokenizer(self._jieba)

    def tagged(self, text: str) -> list[Word]:
        """Words with jieba's part-of-speech tags (n…, v…, a…, d, p, c, m, q, r, x, …); about four times slower than `words`."""
        self._load_tags()
        self._frequencies.of(text)
        words: list[Word] = []
        place = 0
        for pair in self._tagger.cut(text):
            words.append(Word(pair.word, place, place + len(pair.word), pair.flag))
            place += len(pair.word)
        return words

    def terms(self, text: str) -> list[str]:
        """Words for the full-text index: lower case, finer pieces of long words added, white space and punctuation left out."""
        words = [word.lower() for word in self._finer(text) if any(character.isalnum() for character in word)]
        return [piece for word in words for piece in (word, *_latin_parts(word))]

    def _finer(self, text: str) -> Iterator[str]:
        """As jieba's `cut_for_search`: before a long word the words of two and of three characters in it."""
        get = self._frequencies.of(text).get
        for word in self._cutter.cut(text):
            for size in range(2, min(len(word), 4)):
                yield from (part for start in range(len(word) - size + 1) if get(part := word[start : start + size]))
            yield word

    def doc(self, text: str) -> Doc:
        """The words as a spaCy `Doc` with jieba's tags in `token.tag_`; `doc.text == text`, so offsets agree."""
        from spacy.tokens import Doc
        from spacy.vocab import Vocab

        if self._vocab is None:
            self._vocab = Vocab()
        words = self.tagged(text)
        doc = Doc(self._vocab, words=[word.text for word in words], spaces=[False] * len(words))
        for token, word in zip(doc, words, strict=True):
            token.tag_ = word.tag
        return doc
