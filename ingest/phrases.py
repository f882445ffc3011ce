"""Noun phrases that no concept names, as ends of claims: 网络管理器, 对称密钥加密算法, HANA 大型实例服务器.

What a text says of a thing is worth keeping also where neither the vocabulary knows the thing nor discovery took it for a term. A phrase is
read off the parts of speech of a parse; where it holds mentions, it stands for them (网络管理器 is no 网络). It becomes a `phrase` concept.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from ingest.candidates import general_words, suffixes
from ingest.concepts import Reading
from ingest.parses import Parse, Word
from kb.language.lexicon import Match
from kb.language.normalize import fold, is_han
from kb.language.parser import Arc
from kb.language.regex import regex
from kb.records import Claim, Concept

PREFIX = "lit:"  # ids of phrases
LONGEST = 16  # characters of a phrase in Chinese
_LETTER = regex(r"[^\W_]")
_NOMINAL = frozenset(("NOUN", "PROPN", "X"))
_AT = frozenset("在 于 到".split())
_WHERE = frozenset("里 中 上 内 之上 之中 里面 当中 上面 中的 里的".split())
_INSIDE = ("nmod", "compound", "amod", "flat", "appos")  # how a word that is no noun hangs in a noun phrase
_CARRIERS = frozenset(("技术", "本身", "自身"))
_POINTING = frozenset(
    "不同 其他 其它 所有 各种 相关 以下 上述 多个 具体 特定 某些 某个 相应 相同 普通 新 旧 常见 主流 常用 典型 主要 一般 更多 更 很多 许多 大量 几个 多种".split()
)
_DEEDS = frozenset(
    "使用 运用 采用 利用 借助 通过 提供 支持 包含 包括 需要 调用 实现 连接 现有".split()
)  # begin no name before one: 使用 GORM
_PARTICLES = frozenset("的地得之等们了着过所")
_MAKES_NOUNS = frozenset(("NOUN", "PROPN", "X", "VERB"))
_COUNTERS = frozenset("台个块核层种条次套项颗张份根位组类款")
_NUMERAL = regex(r"[\d零一二两三四五六七八九十百千万几数多每各单]\s?$")
_COUNT = regex(r"(?:[每各单同]|[零一二两三四五六七八九十百千万几数多]+)[台个块层种条次套项颗张份根位组类款]")
_TAILS = frozenset("之类 之一 等等 本身".split())
# words that point, count or link, whatever the parser takes them for: a phrase ends at them
_BREAKS = frozenset(
    "时 时候 后 前 中 上 下 里 内 外 间 之间 其中 以及 等 等等 之后 之前 以后 以前 情况下 过程中 实际上 事实上 下图 上图 一 个 种 一个 一种 一些 一定 "
    "从下到上 从上到下 自下而上 自上而下 从内到外 彼此 彼此之间 互相 相互 "
    "这 那 这个 那个 这些 那些 这种 该 此 其 它 他 我 你 您 我们 你们 他们 它们 自己 大家 什么 哪些 如何 怎么 后续 多次 两个 三个 一步 上一步 下一步 "
    "一部分 部分 大部分 多数 大多数 此目 此时 同时 当前 目前 首先 最后 下面 上面 如下 以下 以上 前者 后者 两者 一系列 因此 现在 如今 请 请参阅 参阅 参见 详见".split()
)
# words that name nothing by themselves
_EMPTY = frozenset(
    "情况 方面 目的 原因 结果 问题 方式 过程 东西 事情 内容 例子 示例 文章 本文 本章 本节 有人 人们 时间 地方 位置 意思 区别 主意 回事 一回事 其他人 别人 步骤 "
    "上层 底层 下层 中层 顶层 中间层 最上层 最底层 层面 层级 层次 一方面 另一方面 本地 "
    "特点 优点 缺点 优势 好处 作用 关键 重点 目标 办法 做法 差异 影响 意义 程度 代价".split()
)


def phrase(text: str) -> Concept:
    return Concept(f"{PREFIX}{fold(text)}", text, kind="phrase")


def is_phrase(id_: str) -> bool:
    return id_.startswith(PREFIX)


def with_phrases(readings: Sequence[Reading], parses: Mapping[int, Parse]) -> tuple[tuple[Reading, ...], dict[str, Concept]]:
    """The readings with the noun phrases of the parsed sentences among their mentions, and the phrases by id."""
    phrases: dict[str, Concept] = {}
    wide = []
    for index, reading in enumerate(readings):
        parse = parses.get(index)
        found = _phrases(reading, parse) if parse is not None else []
        phrases |= {id_: phrase(" ".join(reading.text[start:end].split())) for start, end, id_ in found}
        wide.append(_with(reading, [Match(start, end, id_) for start, end, id_ in found]) if found else reading)
    return tuple(wide), phrases


def within_phrases(readings: Sequence[Reading], wide: Sequence[Reading]) -> Callable[[Claim], frozenset[str]]:
    """What the phrases say against a claim read without them: an end that is named only inside a longer noun."""
    inside: dict[str, dict[str, str]] = {}
    for reading, other in zip(readings, wide, strict=True):
        if reading is not other:
            inside[reading.piece.sentence.id] = _covered(reading, other)

    def traits(claim: Claim) -> frozenset[str]:
        places = inside.get(claim.sentence_id, {})
        ends = (("subject", places.get(claim.subject)), ("object", places.get(claim.object)))
        return frozenset(f"{name} {place} a phrase" for name, place in ends if place)

    return traits


def _covered(reading: Reading, wide: Reading) -> dict[str, str]:
    """Concept → where its mentions stand in phrases, for those that stand nowhere else."""
    found: dict[str, str] = {}
    for match in reading.matches:
        holder = next((m for m in wide.matches if m.start <= match.start and match.end <= m.end), match)
        place = "" if holder == match else "heads" if holder.end == match.end else "modifies in"
        found[match.concept_id] = min(found.get(match.concept_id, place), place)
    return found


def _with(reading: Reading, new: Sequence[Match]) -> Reading:
    kept = [m for m in reading.matches if not any(one.start < m.end and m.start < one.end for one in new)]
    return replace(reading, matches=tuple(sorted((*kept, *new), key=lambda match: match.start)), cut={})


def _phrases(reading: Reading, parse: Parse) -> list[tuple[int, int, str]]:
    found = []
    run: list[int] = []
    for index in range(len(parse.words) + 1):
        joined = index < len(parse.words) and _is_nominal(parse, index)
        if joined and (not run or _adjoin(reading.text, parse, index)):
            run.append(index)
            continue
        if (kept := _trimmed(reading.text, parse, run)) is not None:
            start, end = parse.words[kept[0]].start, parse.words[kept[-1]].end
            found.append((start, end, f"{PREFIX}{fold(' '.join(reading.text[start:end].split()))}"))
        run = [index] if joined else []
    return found


def _is_nominal(parse: Parse, index: int) -> bool:
    word, arc = parse.words[index], parse.arcs[index]
    if word.concept is not None:
        return True
    if word.text in _BREAKS or "是" in word.text or _LETTER.search(word.text) is None:
        return False
    if arc.upos in _NOMINAL or _is_suffix(parse, index) or (index + 1 < len(parse.words) and _is_suffix(parse, index + 1)):
        return True
    if index and parse.words[index - 1].text in _AT and index + 1 < len(parse.words) and parse.words[index + 1].text in _WHERE:
        return True
    if _is_nominalised(parse, index):
        return True
    following = index + 1 < len(parse.words) and arc.head > index
    return following and arc.deprel.split(":")[0] in _INSIDE and arc.upos in ("ADJ", "VERB")


def _is_nominalised(parse: Parse, index: int) -> bool:
    """打印机 维护: a verb that is what another is about, with no object of its own and a noun right before it."""
    arc = parse.arcs[index]
    if index == 0 or arc.upos != "VERB" or len(parse.words[index].text) < 2 or parse.words[index - 1].end != parse.words[index].start:
        return False
    if arc.deprel.split(":")[0] not in ("obj", "nmod", "compound", "obl") or arc.head > index:
        return False
    return parse.arcs[index - 1].upos in _NOMINAL and not any(child > index for child in parse.children[index])


def _is_suffix(parse: Parse, index: int) -> bool:
    """全 连接 层: a last syllable that makes a noun of what stands before it; the treebank's tagger knows more of them (电极 片)."""
    word = parse.words[index]
    if index == 0 or word.concept is not None or parse.words[index - 1].end != word.start:
        return False
    if word.text in suffixes():
        return True
    return (
        parse.arcs[index].upos == "PART"
        and len(word.text) == 1
        and is_han(word.text)
        and word.text not in _PARTICLES
        and parse.arcs[index - 1].upos in _MAKES_NOUNS
    )


def _adjoin(text: str, parse: Parse, index: int) -> bool:
    between = text[parse.words[index - 1].end : parse.words[index].start]
    return not between or between == " "


def _is_degree(parse: Parse, index: int) -> bool:
    """更 多 内存: how much, where 多 租户 is a kind."""
    return (
        index > 0 and parse.words[index].text in ("多", "少", "大", "小", "高", "低") and parse.words[index - 1].text in ("更", "较", "最")
    )


def _is_count(text: str, parse: Parse, index: int) -> bool:
    """两层, 每颗, and the 颗 of 2 颗 CPU: how many there are."""
    word = parse.words[index]
    return _COUNT.fullmatch(word.text) is not None or (word.text in _COUNTERS and _NUMERAL.search(text, 0, word.start) is not None)


def _is_deed(parse: Parse, words: Sequence[int]) -> bool:
    """使用 GORM 连接: what is done with a name that follows, where 支持 向量 机 is a name itself."""
    following = parse.words[words[1]] if len(words) > 1 else None
    return (
        parse.words[words[0]].text in _DEEDS
        and following is not None
        and (following.concept is not None or not any(is_han(character) for character in following.text))
    )


def _may_end(parse: Parse, index: int) -> bool:
    noun = parse.words[index].concept is not None or parse.arcs[index].upos in _NOMINAL
    return noun or _is_suffix(parse, index) or _is_nominalised(parse, index)


def _trimmed(text: str, parse: Parse, run: Sequence[int]) -> list[int] | None:
    """The run without what cannot begin or end a phrase; nothing where it is one mention or says nothing."""
    words = list(run)
    while words and (
        _is_count(text, parse, words[0]) or parse.words[words[0]].text in _POINTING or _is_degree(parse, words[0]) or _is_deed(parse, words)
    ):
        del words[0]
    while words and parse.words[words[-1]].text in _TAILS:
        words.pop()
    while words and not _may_end(parse, words[-1]):
        words.pop()
    while len(words) > 1 and parse.words[words[-1]].text in _CARRIERS and parse.words[words[-2]].concept is not None:
        words.pop()  # Docker 技术 is Docker
    if not words or (len(words) == 1 and parse.words[words[0]].concept is not None):
        return None
    name = "".join(parse.words[index].text for index in words)
    if len(words) == 1 and (name in _EMPTY or name in general_words() or (len(name) < 2 and is_han(name))):
        return None
    if name.startswith("的") or sum(map(is_han, name)) > LONGEST:
        return None
    return words


def collapsed(parse: Parse, reading: Reading) -> Parse:
    """The parse with each phrase of the reading as one word, which hangs where its head hung."""
    spans = [(match.start, match.end, match.concept_id) for match in reading.matches if is_phrase(match.concept_id)]
    if not spans:
        return parse
    number: list[int] = []  # old index → new
    words: list[Word] = []
    heads: list[int] = []  # old index of the word whose arc the new word takes
    for index, word in enumerate(parse.words):
        span = next((span for span in spans if span[0] <= word.start and word.end <= span[1]), None)
        if span is not None and words and words[-1].start == span[0]:
            if not span[0] <= parse.words[parse.arcs[index].head].start < span[1] or parse.arcs[index].head == index:
                heads[-1] = index
        elif span is not None:
            words.append(Word(reading.text[span[0] : span[1]], span[0], span[1], span[2]))
            heads.append(index)
        else:
            words.append(word)
            heads.append(index)
        number.append(len(words) - 1)
    arcs = []
    for new, old in enumerate(heads):
        arc = parse.arcs[old]
        upos = "NOUN" if is_phrase(words[new].concept or "") and arc.upos not in _NOMINAL else arc.upos
        arcs.append(Arc(new, number[arc.head], arc.deprel, upos))
    return Parse(tuple(words), tuple(arcs))
