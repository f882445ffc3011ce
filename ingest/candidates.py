"""What might be a term: runs of nouns and Latin names, and what an article sets apart as a term of its own.

An article sets a term apart by a heading, a label (「阶 - …」), quotation marks, a name in another language in parentheses
(「命名空间（Namespace）」), or a definition (「X 是一种…」, 「称为 X」, 「所谓 X」). Every run of words inside a longer run is a candidate too; how
well each does as a term is for `termhood` to say.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import NamedTuple
from weakref import WeakKeyDictionary

from ingest.segment import Piece
from kb.language.normalize import fold, is_han
from kb.language.regex import regex
from kb.language.units import known_units
from kb.language.vocabulary import stopwords
from kb.language.words import Tokenizer

LONGEST = 5  # words of a candidate
WEAK = "weak"  # the tag of words that are no term by themselves
_LATIN = regex(
    r"(?<![A-Za-z0-9])(?:[A-Za-z][A-Za-z0-9]*(?:[._#-]+[A-Za-z0-9]+|(?<=[A-Z])/[A-Z0-9]+(?![A-Za-z]))*(?:\+\+|#)?|\d+(?:[.-]\d+)*-?[A-Za-z][A-Za-z0-9]*)(?![A-Za-z0-9])"
)
_LETTER = regex(r"[A-Za-z]")
_HAN = regex(r"[\u3400-\u9fff\uf900-\ufaff]")
_PATH = regex(r"(?<![A-Za-z0-9.])(?:[A-Za-z]:\\|https?://|~?/|\.{1,2}/)[A-Za-z0-9_./\\~-]{2,}")
_VERSION = regex(r"[vV]?\d+(?:\.[0-9xX]+)*[A-Za-z]?|[A-Z]?[a-z]?\d[a-z]{2}")
_AMOUNT = regex(r"\d+(?:\.\d+)?(?P<unit>[A-Za-z]+)")
_QUOTED = regex(r"[“「『\"《]([^”」』\"》，。！？；\n]{2,16})[”」』\"》]")
_PARENTHESISED = regex(r"(?<=[\u3400-\u9fffA-Za-z0-9”\"])\s?[（(]([^（()）。！？；]{1,60})[）)]")
_GLOSS = regex(
    r"(?:英文(?:名|全称|简称)?(?:是|为)?|英语|简称|缩写(?:为)?|全称|即|又称|也称|亦称|又名|也叫|或)?[:：为\s]*(?P<names>\S.*?)\s*(?:的缩写|的简称)?$"
)
_SAID_OTHERWISE = regex(r"^(?:简称|即|又称|也称|亦称|又名|也叫|俗称|缩写为?|全称)")
_NAMING = r"(?:称为|称作|叫做|叫作|称之为|被称为|记作|命名为|术语|所谓的?|什么是|即所谓)"
_NAMED_SOMEWHERE = regex(_NAMING)
_NAMED = regex(_NAMING + r"[“「\"]?\s?$")
_DEFINES = regex(
    r"\s?[”」\"]?\s?(?:[（(][^（()）]{1,60}[）)])?\s?(?:就|也)?(?:是(?:指|一种|一类|一个|一款|一套|一门|一项|一组|由|用于|用来)|指的是|指(?!标|令|针|定|示|数|向)|用于|用来|代表)"
)
_DEFINED_WHOLE = regex(
    r"^(?:所谓|什么是)?[“「\"]?(?P<name>[\u3400-\u9fffA-Za-z][\u3400-\u9fffA-Za-z0-9 .-]{1,11}?)[”」\"]?(?:（[A-Za-z][A-Za-z0-9 .-]{1,30}）|\([A-Za-z][A-Za-z0-9 .-]{1,30}\))?"
    r"(?:就)?是(?:指|一种|一类|一款|一套|一门|一项)"
)
_NO_NAME = regex(
    r"[的了着过在把被对从和与或而但这那它其此每各些不]|(?:一般|通常|往往|主要|其实|本身|本质上|简单来说|实际上|常常|也|就|都)$|^(?:一|我|你|他|也|还|就|都|最|如果|因为|所以|本|该|同|某|上|下|前|后|首|另|其中|目的|结果|原因|重点|关键|核心|优点|缺点|问题|方法|区别|好处|前者|后者)"
)
DEFINED_WHOLE = "defined_whole"  # the sign of a name that a definition opens with, whatever words it is made of
_LABEL_END = regex(r"\s?(?:[（(][^（()）]{1,60}[）)])?\s?(?:[:：]|\s[-–—]\s|——|$)")
_MARKS_OF_LISTS = " 0123456789.、-*"
_BEFORE_LABEL = regex(r"[\s0-9.、*-]*")
_EDGES = frozenset(("", *'，,。；;：:“"'))
_POINTING = frozenset("它他她我你另这那每某各该此一两几个条张篇更最很较太不没就也都其")
_GLUED_BEFORE = frozenset("以对从是在有将和与把被让才就都也")
_GLUED_BEHIND = frozenset("中等里是和与用")
_TIMES_BEHIND = frozenset("后前时")  # 调优后
# no name that the dictionary lacks begins or ends with one: 只会, 先问, 低约, 编译成
_OPENS_GUESSED, _CLOSES_GUESSED = frozenset("只还便又再即仅会先"), frozenset("约会成为")
_HAPPENS_IN = regex(r"(?P<place>.{2,})[中上里](?P<deed>[\u3400-\u9fff]{2})")
_COMPARES = regex(r"比[^,，。;；]{1,24}$")
_DEGREES = frozenset("更 更加 较 最 很 极 太 越".split())
_SEEN_FROM = frozenset("上 来 看 来看 来说 而言 到 出发 角度 方面 层面 上来 上看 入手".split())
_COMPLEMENTS = frozenset("于出到在给成为")
_PHRASE_MARKS = frozenset("不没是有到于之其此这就也能会了着过的等们么吗很更最较与和及或")
_SAID = regex(r"^越.越|得(?:了|[快慢多少高低好大小久早晚远])$|(?:来说|说来|下来|起来|出来|下去|过来|过去|一下|一点|有所)$")
_MEASURES = frozenset("个种条台张类款套项组些段份层块批次位名")
_BEFORE_VERBS = frozenset(
    "可以 能 能够 会 要 需要 应 应该 应当 必须 来 去 不 不能 无法 并 请 如何 怎么 怎样 用于 用来 以 开始 继续 想 再 先 便 便于 从而 为了 帮助 允许 尝试 打算 直接 自动 手动 重新 频繁 快速".split()
)
_AS_SUBJECT = frozenset(
    "是 为 有 会 可以 能 能够 将 被 不 没有 需要 具有 必须 应该 支持 提供 使用 包括 包含 称为 用于 不会 可 都 也 就 指 由 在".split()
)
_SUFFIXES = frozenset(
    "器率度层库表码法树机端性集键值页包类组链池栈堆列行量式卡盘板线程态图锁流区域段帧点边名号项证件型体网核数据站台卷符者谱簇槽位桶令"
)
_PREFIXES = frozenset("可非反超多双单全半伪微元子父主从副预自软硬强弱新旧冷热高低前后左右上下内外最根")


class Token(NamedTuple):
    """A word of a sentence; `kind`: `n` may end a term, `m` may stand inside one, `x` neither."""

    text: str
    start: int
    end: int
    kind: str
    tag: str


@dataclass(slots=True)
class Candidate:
    """`places`: (sentence number, start, end); `alone`: how many of them lie in no longer run; `signs`: how the article sets it apart;
    `beside`: how often what kind of word stands before (`after_…`) and behind it (`before_…`)."""

    key: str
    name: str
    tokens: tuple[Token, ...]
    places: list[tuple[int, int, int]] = field(default_factory=list)
    alone: int = 0
    signs: set[str] = field(default_factory=set)
    beside: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Gloss:
    """`names` are said to be other names of the candidates that end where `place` (sentence number, offset) lies."""

    place: tuple[int, int]
    names: tuple[str, ...]


def tokens_of(text: str, tokenizer: Tokenizer) -> list[Token]:
    """jieba's words, each Latin name in one piece; blanks are left out. Paths, addresses, units and glue words are parts of no term."""
    known = _KINDS.setdefault(tokenizer, {})
    found: list[Token] = []
    names: Iterator[re.Match[str]] = iter(())
    if _LETTER.search(text):
        paths = [match.span() for match in _PATH.finditer(text)]
        names = (m for m in _LATIN.finditer(text) if not any(start < m.end() and m.start() < end for start, end in paths))
    english = not _HAN.search(text)  # in an English sentence only a capital tells a name
    name = next(names, None)
    end = 0
    for word in tokenizer.texts(text):
        start, end = end, end + len(word)
        while name is not None and name.end() <= start:
            name = next(names, None)
        if name is None or end <= name.start() or _HAN.search(word):
            parts = known.get(word)
            if parts is None:
                if len(known) >= _MOST_KNOWN:
                    known.clear()
                parts = known[word] = tuple(_parts_of(word, tokenizer))
            for part, offset, kind, tag in parts:
                found.append(Token(part, start + offset, start + offset + len(part), kind, tag))
        elif not found or found[-1].start != name.start():
            found.append(Token(name.group(), name.start(), name.end(), _latin_kind(name.group(), english), "eng"))
    return found


def _parts_of(word: str, tokenizer: Tokenizer) -> Iterator[tuple[str, int, str, str]]:
    """The word, where it begins (in itself), its kind and its tag; of a word that jieba only guessed (是域, 层中) and that has a function
    word glued to it, both; nothing of a blank."""
    if word.isspace():
        return
    start, end = 0, len(word)
    if end >= 2 and _HAN.search(word) and not tokenizer.is_word(word):
        if word[0] in _GLUED_BEFORE:
            yield word[0], 0, *_find_kind(word[0], tokenizer)
            start = 1
        if end - start >= 2 and (word[-1] in _GLUED_BEHIND or (end > 2 and word[-1] in _TIMES_BEHIND)):
            yield word[start : end - 1], start, *_find_kind(word[start : end - 1], tokenizer)
            start = end - 1
    yield word[start:], start, *_find_kind(word[start:], tokenizer)


def _latin_kind(word: str, english: bool) -> str:
    if (word.lower() in stopwords() and not word.isupper()) or word in known_units() or (english and word.islower()):
        return "x"
    amount = _AMOUNT.fullmatch(word)
    if amount is not None and amount["unit"] in known_units():
        return "x"  # 0.2ms
    return "m" if _VERSION.fullmatch(word) else "n"


# word → what `_parts_of` says of it; with the tokenizer, which is made anew when the vocabulary changes, what it said of words goes too
_MOST_KNOWN = 50_000  # words; some ten megabytes
_KINDS: WeakKeyDictionary[Tokenizer, dict[str, tuple[tuple[str, int, str, str], ...]]] = WeakKeyDictionary()


def _find_kind(word: str, tokenizer: Tokenizer) -> tuple[str, str]:
    tag = tokenizer.usual_tag(word)
    if word in general_words():
        return "x", tag
    if word in _PREFIXES or word in _SUFFIXES:  # 元 of 元数据 and 点 of 挂载点, which the dictionary takes for a numeral
        return ("n" if word in _SUFFIXES else "m"), tag
    if (
        (not any(map(is_han, word)) if tag else not all(map(is_han, word)))
        or tag in ("m", "r")
        or word[0] in "其每各"
        or (word[0] in _POINTING and (len(word) != 2 or tag[:1] not in ("n", "v", "j")))
        or "的" in word
    ):
        return "x", tag
    if len(word) >= 3 and word[-1] in _COMPLEMENTS and (tag[:1] in ("v", "") or tokenizer.usual_tag(word[:-1])[:1] == "v"):
        return "x", tag  # 依赖于, 模拟出
    if word in action_words():
        return "v", "v"
    if word in noun_words():
        return "n", "n"
    if tag == "" and len(word) < 4 and (word[0] in _OPENS_GUESSED or word[-1] in _CLOSES_GUESSED):
        return "x", tag
    clause = _HAPPENS_IN.fullmatch(word)
    if clause and tokenizer.is_word(clause["place"]) and tokenizer.usual_tag(clause["deed"])[:1] == "v":
        return "x", tag  # 环境中运行, which jieba's dictionary takes for a name
    if len(word) == 1:
        return ("m" if tag[:1] in ("n", "b", "a") else "x"), tag
    if len(word) > 2 and word[-1] in _TIMES_BEHIND and tokenizer.usual_tag(word[:-1])[:1] == "v":
        return "x", tag  # 启动时
    if word in weak_words():
        return ("m" if tag[:1] in ("a", "b", "d") else "n"), WEAK
    if (
        tag in ("l", "i", "")
        and len(word) > 2
        and (_SAID.search(word) or (tag and "个" in word[1:-1]) or (tag and not _PHRASE_MARKS.isdisjoint(word)))
    ):
        return "x", tag  # jieba's dictionary holds phrases too, and guesses some: 并不需要, 记下来, 丢得少
    if (
        len(word) == 4
        and tag[:1] in ("n", "l")
        and tokenizer.usual_tag(word[:2])[:1] == "v"
        and (word[2:] in weak_words() or word[2:] in general_words())
    ):
        return "x", tag  # 解决问题, 采取措施
    if tag[:1] in ("n", "j", "l") or tag in ("vn", "an", "", "q"):
        return "n", tag
    return ("v" if tag[:1] == "v" else "m" if tag[:1] in ("a", "b", "d", "s", "f") else "x"), tag  # 同步任务, 窗口函数, 上游配置


def suffixes() -> frozenset[str]:
    """Single characters that end a noun."""
    return _SUFFIXES


@cache
def general_words() -> frozenset[str]:
    """Words of no field: they are no part of a term."""
    return _words_of("general_words.txt")


@cache
def weak_words() -> frozenset[str]:
    """Words of no field that may stand in a term beside another word."""
    return _words_of("weak_words.txt")


@cache
def action_words() -> frozenset[str]:
    """Verbs that the dictionary does not tag as such."""
    return _words_of("action_words.txt")


@cache
def noun_words() -> frozenset[str]:
    """Nouns that the dictionary does not tag as such."""
    return _words_of("noun_words.txt")


def _words_of(name: str) -> frozenset[str]:
    text = resources.files("ingest").joinpath(f"data/{name}").read_text(encoding="utf-8")
    return frozenset(word for line in text.splitlines() if not line.startswith("#") for word in line.split())


def find_candidates(pieces: Sequence[Piece], tokens: Sequence[Sequence[Token]]) -> tuple[dict[str, Candidate], list[Gloss]]:
    """Candidates by folded name, and what the article says to be other names of some; `tokens`: those of each piece."""
    found: dict[str, Candidate] = {}
    glosses: list[Gloss] = []
    by_end: dict[tuple[int, int], list[Candidate]] = defaultdict(list)
    by_place: dict[tuple[int, int, int], Candidate] = {}
    for number, piece in enumerate(pieces):
        text = piece.mapped.text
        words = tokens[number]
        setting = _Setting.of(piece)
        ahead = [_before(word) for word in (None, *words)]
        behind = [_behind(word) for word in (*words, None)]
        for first, last in _runs(text, words):
            for start, stop in _parts(words, first, last):
                if stop < len(words) and words[stop].text in _COMPLEMENTS:
                    continue  # 等价于: what stands before it is a verb here
                if start and words[start - 1].text in _DEGREES and words[start].text[0] in "多少高低大小":
                    continue  # 更多内存 is memory, where 多租户 is a term
                if words[start].text == "从" and stop < len(words) and words[stop].text in _SEEN_FROM:
                    continue  # 从架构上来说
                if words[stop - 1].tag[:1] == "a" and stop - start > 1 and _COMPARES.search(text, 0, words[start].start):
                    continue  # 比运行 Web 服务器麻烦: the quality that is compared
                place = (number, words[start].start, words[stop - 1].end)
                name = text[place[1] : place[2]]
                if " " in name:
                    name = " ".join(name.split())
                key = fold(name)
                candidate = found.get(key)
                if candidate is None:
                    candidate = found[key] = Candidate(key, name, tuple(words[start:stop]))
                candidate.places.append(place)
                candidate.alone += (start, stop) == (first, last)
                by_place[place] = candidate
                by_end[number, place[2]].append(candidate)
                _note_signs(candidate, setting, place[1], place[2])
                beside = candidate.beside
                beside[ahead[start]] = beside.get(ahead[start], 0) + 1
                beside[behind[stop]] = beside.get(behind[stop], 0) + 1
        _note_definition(found, by_end, number, piece, words)
        for match in _QUOTED.finditer(text):
            if (quoted := by_place.get((number, *match.span(1)))) is not None:
                quoted.signs.add("quoted")
        for match in _PARENTHESISED.finditer(text):
            names = gloss_names(match[1])
            ended = by_end.get((number, match.start() - (text[match.start() - 1] in '”"')), ())
            if names and ended:
                glosses.append(Gloss((number, ended[0].places[-1][2]), names))
                for candidate in ended:
                    candidate.signs.add("glossed")
    return found, glosses


def _note_definition(
    found: dict[str, Candidate], by_end: dict[tuple[int, int], list[Candidate]], number: int, piece: Piece, words: Sequence[Token]
) -> None:
    """「云梯坞是一种…」 names a thing even where its name falls to pieces that are no words."""
    text = piece.mapped.text
    defined = _DEFINED_WHOLE.match(text[piece.body :])
    if defined is None or _NO_NAME.search(defined["name"].strip()):
        return
    start = piece.body + defined.start("name")
    end = start + len(defined["name"].rstrip())
    part = tuple(word for word in words if start <= word.start and word.end <= end)
    if not part or part[0].start != start or part[-1].end != end:
        part = (Token(text[start:end], start, end, "n", ""),)
    key = fold(text[start:end])
    candidate = found.get(key)
    if candidate is None:
        candidate = found[key] = Candidate(key, text[start:end], part, alone=1)
        candidate.places.append((number, start, end))
    by_end[number, end].append(candidate)
    candidate.signs.add(DEFINED_WHOLE)


def _runs(text: str, tokens: Sequence[Token]) -> Iterable[tuple[int, int]]:
    """First and last (half-open) of the words that stand together, at most a blank beside a Latin name between them."""
    first: int | None = None
    for index, token in enumerate(tokens):
        if first is not None and (token.kind == "x" or not _adjoins(text, tokens[index - 1], token)):
            yield first, index
            first = None
        if first is None and token.kind != "x":
            first = index
    if first is not None:
        yield first, len(tokens)


def _parts(tokens: Sequence[Token], first: int, last: int) -> Iterable[tuple[int, int]]:
    """All stretches of a run that may be a term; a name of several Latin words is never cut."""
    whole = [index for index in range(first, last + 1) if index in (first, last) or not _both_latin(tokens[index - 1], tokens[index])]
    for number, start in enumerate(whole):
        for stop in whole[number + 1 : number + 1 + LONGEST]:
            if stop - start <= LONGEST and tokens[stop - 1].kind != "m" and _may_be_term(tokens[start:stop]):
                yield start, stop


def _both_latin(one: Token, other: Token) -> bool:
    return one.tag == other.tag == "eng"


def _adjoins(text: str, before: Token, after: Token) -> bool:
    if before.end == after.start:
        return True
    return text[before.end : after.start] == " " and "eng" in (before.tag, after.tag)


def _before(token: Token | None) -> str:
    """What kind of word stands before a candidate."""
    if token is None or not token.text[0].isalnum():
        return "after_edge"
    if token.text == "的":
        return "after_de"
    if token.text[-1] in _MEASURES or token.tag in ("m", "r", "q"):
        return "after_measure"
    if token.text in _BEFORE_VERBS:
        return "after_modal"
    return "after_verb" if token.tag[:1] == "v" else "after_noun" if token.kind == "n" else "after_other"


def _behind(token: Token | None) -> str:
    """What kind of word stands behind a candidate."""
    if token is None or not token.text[0].isalnum():
        return "before_edge"
    if token.text == "的":
        return "before_de"
    if token.text in _AS_SUBJECT:
        return "before_predicate"
    return "before_noun" if token.kind == "n" else "before_verb" if token.tag[:1] == "v" else "before_other"


def _may_be_term(part: Sequence[Token]) -> bool:
    """Of a part that does not end with what only stands inside a term."""
    first, last = part[0], part[-1]
    if len(part) == 1:
        return len(last.text) > 1 and last.tag != WEAK
    if (first.kind == "v" or first.text == "从") and part[1].tag == "eng":
        return False  # 安装 VeraCrypt, 从 AUR
    if all(token.tag == WEAK for token in part):
        return False
    return len(first.text) > 1 or first.text in _PREFIXES or first.tag[:1] in ("n", "a", "b") or first.tag == "eng"


class _Setting(NamedTuple):
    """A sentence, with what tells at once that most of its candidates are not set apart."""

    text: str
    is_heading: bool
    labels_end: int  # behind it no candidate can be a label
    may_name: bool

    @classmethod
    def of(cls, piece: Piece) -> _Setting:
        text = piece.mapped.text
        opening = _BEFORE_LABEL.match(text)
        return cls(text, piece.is_heading, opening.end() if opening else 0, _NAMED_SOMEWHERE.search(text) is not None)


def _note_signs(candidate: Candidate, setting: _Setting, start: int, end: int) -> None:
    text = setting.text
    if setting.is_heading:
        candidate.signs.add("heading")
        if not text[:start].strip() and not text[end:].strip():
            candidate.signs.add("whole_heading")
    elif start <= setting.labels_end and not text[:start].rstrip().strip(_MARKS_OF_LISTS) and _LABEL_END.match(text, end):
        candidate.signs.add("label")
    else:
        before = text[start - 1 : start]
        if before.isspace():
            before = text[:start].rstrip()[-1:]
        if before in _EDGES and _DEFINES.match(text, end):
            candidate.signs.add("defined")
    if setting.may_name and _NAMED.search(text[:start]):
        candidate.signs.add("named")


def gloss_names(inside: str) -> tuple[str, ...]:
    """The other names that a parenthesis gives: (简称 VMM), （Network Security Service，网络安全服务）; none where it is a remark."""
    if _SAID_OTHERWISE.match(inside):
        han_may_stand = True
    elif re.search(r"[，,;；/]", inside):
        han_may_stand = any(_is_latin_name(part) for part in re.split(r"[，,;；/]", inside))
    else:
        han_may_stand = False
    gloss = _GLOSS.match(inside)
    names = [part.strip(" “”\"'") for part in re.split(r"[，,;；/、]", gloss["names"])] if gloss else []
    good = [name for name in names if _is_latin_name(name) or (han_may_stand and 2 <= len(name) <= 12 and all(map(is_han, name)))]
    return tuple(good) if names and len(good) == len(names) else ()


def _is_latin_name(text: str) -> bool:
    text = text.strip()
    return bool(re.fullmatch(r"[A-Za-z][A-Za-z0-9.'+#/-]*(?: [A-Za-z0-9][A-Za-z0-9.'+#/-]*){0,5}", text)) and len(text) >= 2
