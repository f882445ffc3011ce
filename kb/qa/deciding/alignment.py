"""The words of a question laid beside those of a clause, in order: what stands in the place of what was asked (war for jar, 16 for 32)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from kb.language.normalize import fold, is_han
from kb.language.regex import regex
from kb.language.vocabulary import in_chinese, plain, stem, synonyms, written_opposites
from kb.qa.deciding.pairing import Pair
from kb.qa.finding.characters import EMPTY
from kb.qa.finding.index import Index
from kb.qa.sources import Sources

_SAYS_NOTHING = frozenset("可以 能够 其实 到底 通常 一般 就是 这样 那种 这种 一个 一种 那个 这个 自己 它们 进行 可能 是否".split())
_DENIES = regex(
    r"不|没|没有|无|未|别|并不|并非|不再|不会|不能|不用|不需要|无需|无法|不必|不可|不是|没法|禁止|拒绝|防止|避免|难以|很难|几乎不|很少|不得"
    r"|not|no|never|without|don't|doesn't|cannot|isn't|aren't"
)
_ENDING = regex(r"[吗么吧呢]|[不没]$")
_NUMBER = regex(r"\d+(?:\.\d+)?|[两二三四五六七八九十百千万几数]+")
_LATIN = regex(r"[a-z][a-z0-9.+-]*")
_PARTS = regex(r"[a-z0-9.]+|[^a-z0-9.]+")
_ENGLISH = regex(r"[a-z][a-z0-9.+'-]*|\d+(?:\.\d+)?")
_RAREST, _LEAST = 5.0, 0.3  # what a word weighs: its rarity in nats, within these
_KIN = 0.6  # how near two concepts are that may stand for each other
_SAME_PART, _OPPOSED, _ONE_CHARACTER = 0.8, 0.7, 0.5  # worth of words that are alike, against 1 for the same
_SYNONYM, _BOTH_DENY = 0.9, 0.5
_UNASKED = 0.06  # taken from the worth of a clause for each of its words: the shorter one that says it wins
_CLAUSES = 14
_SHORTEST = 2  # characters of a name, and of what stands before it in a longer one
_OPENING, _ENDING_WORDS = 2, 3  # words of a clause before the first and behind the last that were met, among which its contrary is sought


@dataclass(eq=False, slots=True)
class Token:
    """`weight`: rarity, within limits; `content`: whether it means anything by itself; `near`: concept → how near, of a name."""

    text: str
    weight: float
    content: bool
    concept: str | None = None
    near: Mapping[str, float] = field(default_factory=dict)
    others: frozenset[str] = frozenset()  # what may stand for it

    @property
    def denies(self) -> bool:
        return self.concept is None and bool(_DENIES.fullmatch(self.text))

    @property
    def number(self) -> bool:
        return bool(_NUMBER.fullmatch(self.text))

    @property
    def latin(self) -> bool:
        return self.concept is None and bool(_LATIN.fullmatch(self.text))

    @property
    def word(self) -> bool:
        return self.content and self.concept is None and not self.latin and not self.number


@dataclass(frozen=True, slots=True)
class Met:
    """Places of a word of the question and of one of the clause, how alike they are in [0, 1], whether one opposes the other."""

    asked: int
    said: int
    alike: float
    opposed: bool


def tokens(text: str, sources: Sources, index: Index, *, english: bool = False) -> tuple[Token, ...]:
    found: list[Token] = []
    place = 0
    for match in sorted(index.named(text, sources) if not english else sources.lexicon.find(text), key=lambda match: match.start):
        if match.start < place:
            continue
        found += _plain(text[place : match.start], sources, index, english=english)
        start, concept = _head(text[match.start : match.end], match.concept_id, sources)
        found += _plain(text[match.start : match.start + start], sources, index, english=english)
        name = text[match.start + start : match.end]
        found.append(Token(name, _weight(fold(name), index), True, concept, sources.family(concept), frozenset((name,))))
        place = match.end
    return (*found, *_plain(text[place:], sources, index, english=english))


def _head(name: str, concept: str, sources: Sources) -> tuple[int, str]:
    """Where the longest name begins that ends a longer one, and its concept: 标准 of 开放标准, which 私有标准 is not; else the name itself."""
    for start in range(_SHORTEST, len(name) - _SHORTEST + 1):
        inner = next((match for match in sources.lexicon.find(name[start:]) if match.start == 0 and match.end == len(name) - start), None)
        if inner is not None:
            return start, inner.concept_id
    return 0, concept


def _plain(text: str, sources: Sources, index: Index, *, english: bool) -> list[Token]:
    words = _ENGLISH.findall(text) if english else [part for word in sources.tokenizer.texts(text) for part in _PARTS.findall(word)]
    found = []
    for word in words:
        if not any(character.isalnum() for character in word):
            continue
        content = not _DENIES.fullmatch(word) and word not in _SAYS_NOTHING and not all(character in EMPTY for character in word)
        others = frozenset((word, *(in_chinese(word) if english else synonyms(word))))
        if english and len(others) == 1 and not word[0].isdigit():
            content = False
        found.append(Token(word, _weight(word, index) if content else _LEAST, content, others=others))
    return found


def _weight(word: str, index: Index) -> float:
    return max(_LEAST, min(_RAREST, index.rarity(word)))


def likeness(one: Token, other: Token) -> tuple[float, bool]:
    """How alike two words are, in [0, 1], and whether they oppose each other (then they are alike in what they speak of)."""
    if one.denies or other.denies:
        return (_BOTH_DENY if one.denies and other.denies else 0.0), False
    if one.concept and other.concept:
        near = 1.0 if one.concept == other.concept else max(one.near.get(other.concept, 0.0), other.near.get(one.concept, 0.0))
        return (near if near >= _KIN else 0.0), False
    if one.text == other.text:
        return 1.0, False
    if one.number or other.number:
        return 0.0, False
    if other.text in one.others or one.text in other.others:
        return _SYNONYM, False
    if any(len(word) > 1 and word in other.text for word in one.others) or any(len(word) > 1 and word in one.text for word in other.others):
        return _SAME_PART, False
    if any(written_opposites(word, other.text) for word in one.others):
        return _OPPOSED, True
    if stem(one.text) == stem(other.text):
        return _SYNONYM, False
    if one.content and other.content and is_han(one.text[0]) and is_han(other.text[0]) and (set(one.text) & set(other.text)) - EMPTY:
        return (_ONE_CHARACTER if max(len(one.text), len(other.text)) > 1 else 0.0), False
    return 0.0, False


def aligned(asked: Sequence[Token], said: Sequence[Token]) -> tuple[float, tuple[Met, ...]]:
    """The heaviest pairs of words that stand in the same order on both sides, and their worth."""
    alike = {
        (i, j): (found[0] * min(one.weight, _RAREST), *found)
        for i, one in enumerate(asked)
        for j, other in enumerate(said)
        if (found := likeness(one, other))[0] > 0
    }
    best = [[0.0] * (len(said) + 1) for _ in range(len(asked) + 1)]
    for i in range(len(asked) - 1, -1, -1):
        for j in range(len(said) - 1, -1, -1):
            best[i][j] = max(best[i + 1][j], best[i][j + 1])
            if (i, j) in alike:
                best[i][j] = max(best[i][j], alike[i, j][0] + best[i + 1][j + 1])
    met: list[Met] = []
    i = j = 0
    while i < len(asked) and j < len(said):
        if (i, j) in alike and best[i][j] == alike[i, j][0] + best[i + 1][j + 1]:
            met.append(Met(i, j, *alike[i, j][1:]))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return best[0][0], tuple(met)


class Alignment:
    """A question laid beside the clause, or the two clauses in a row, that say most of it."""

    def __init__(self, asked: Sequence[Token], pair: Pair) -> None:
        self.asked = asked
        spans = [(place, place + 1) for place in range(len(pair.clauses))] + [(place, place + 2) for place in range(len(pair.clauses) - 1)]
        best: tuple[float, tuple[Token, ...], tuple[Met, ...]] | None = None
        for start, end in spans[:_CLAUSES]:
            said = tokens("，".join(pair.clauses[start:end]), pair.asked.sources, pair.index)
            worth, met = aligned(asked, said)
            worth -= _UNASKED * sum(token.content for token in said)
            if best is None or worth > best[0]:
                best = worth, said, met
        self.said, self.met = (best[1], best[2]) if best else ((), ())

    @cached_property
    def gaps(self) -> list[tuple[list[Token], list[Token]]]:
        """Words of the question that were not met beside those of the clause that stand in their place; the last pair stands behind all."""
        ends = [(-1, -1), *((one.asked, one.said) for one in self.met), (len(self.asked), len(self.said))]
        found = [
            ([one for one in self.asked[i + 1 : next_i] if _telling(one)], [one for one in self.said[j + 1 : next_j] if _telling(one)])
            for (i, j), (next_i, next_j) in zip(ends, ends[1:], strict=False)
        ]
        found[0] = found[0][0], found[0][1][-_OPENING:]
        found[-1] = found[-1][0], found[-1][1][:_ENDING_WORDS]
        return found


def _telling(token: Token) -> bool:
    return token.content or token.number


def asked_tokens(pair: Pair) -> tuple[Token, ...]:
    """The words of a question without the particle that makes it one."""
    if pair.asked.question.language == "en":
        return tokens(plain(pair.asked.question.resolved).lower(), pair.asked.sources, pair.index, english=True)
    return tokens(_ENDING.sub("", pair.core), pair.asked.sources, pair.index)


def of_alignment(pair: Pair) -> dict[str, float]:
    """Traits that speak for no (above 0) where the clause puts something else in the place of what was asked."""
    asked = asked_tokens(pair)
    laid = Alignment(asked, pair)
    total = sum(token.weight for token in asked if token.content) or 1.0
    met_asked, met_said = {one.asked for one in laid.met}, {one.said for one in laid.met}
    share = sum(asked[one.asked].weight * one.alike for one in laid.met if asked[one.asked].content) / total
    first, last = (laid.met[0].said, laid.met[-1].said) if laid.met else (0, 0)
    near = range(max(0, first - 2), min(len(laid.said), last + 4))
    opposed = sum(one.opposed for one in laid.met)
    denials = sum(token.denies for place, token in enumerate(asked) if place not in met_asked)
    said_denials = sum(laid.said[place].denies for place in near if place not in met_said)
    odd = 1.0 if (denials + said_denials + opposed) % 2 else -1.0
    gaps = laid.gaps
    opposed += sum(likeness(one, other)[1] for mine, theirs in gaps for one in mine for other in theirs if one.content and other.content)
    number = any(any(one.number for one in mine) and any(one.number for one in theirs) for mine, theirs in gaps)
    latin = any(any(one.latin for one in mine) and any(one.latin or one.concept for one in theirs) for mine, theirs in gaps)
    concepts = [any(one.concept for one in mine) and any(one.concept for one in theirs) for mine, theirs in gaps]
    words = [any(one.word for one in mine) for mine, _ in gaps]
    in_their_place = sum(found and any(one.word for one in theirs) for found, (_, theirs) in zip(words, gaps, strict=True))
    named = pair.index.concepts.get(pair.item.sentence.id, set())
    kin = [max((token.near.get(id_, 0.0) for id_ in named), default=0.0) for token in asked if token.concept]
    return {
        "laid share": share,
        "laid opposites": float(opposed),
        "laid odd": odd,
        "laid odd share": odd * share,
        "denials asked": float(denials % 2),
        "denials said": float(said_denials % 2),
        "another number": float(number),
        "another number share": number * share,
        "another name": float(latin),
        "another thing": float(any(concepts)),
        "another thing share": any(concepts) * share,
        "another subject": float(concepts[0]),
        "another object": float(concepts[-1]),
        "another word": min(2.0, float(in_their_place)),
        "words not met": min(3.0, float(sum(words))),
        "things not named": float(sum(near < _KIN for near in kin)),
        "thing elsewhere": float(
            any(
                token.concept
                and place not in met_asked
                and any(token.near.get(other.concept or "", 0.0) >= _SAME_PART for other in laid.said)
                for place, token in enumerate(asked)
            )
        ),
    }
