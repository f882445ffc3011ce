"""What a comparison is to tell first: in what one of the things is better, what speaks for and against each, by how much, in which respects.

「A 比 B 好在哪儿」, 「A 和 B 各有什么优劣」, 「A、B、C 三者的对比」 and 「从启动速度、隔离性几方面比较 A 和 B」 ask in other words for what 「A 和 B 有什么区别」
asks for; the words that say so are no respect in which to compare.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kb.language.regex import regex
from kb.language.script import simplified
from kb.language.vocabulary import plain
from kb.qa.asking.compared import Thing
from kb.qa.sources import Sources
from kb.records import Question

_WHERE = r"(?:哪(?:里|儿|些?(?:地方|方面))?|什么(?:地方|方面)?|何处)"
_BETTER = regex(
    rf"(?:到底|究竟)?(?:更)?(?:好|强|优|胜|先进|厉害|优越)(?:在|于){_WHERE}|有(?:什么|哪些|啥)(?:优势|好处|优点|长处)|的?(?:优势|好处|优点|长处)(?:是什么|有哪些|在哪里?儿?)?(?=[?？。]?$)"
)
_WORSE = regex(
    rf"(?:到底|究竟)?(?:更)?(?:差|弱|逊色?|输)(?:在|于){_WHERE}|有(?:什么|哪些|啥)(?:劣势|坏处|缺点|短处|不足)|的?(?:劣势|坏处|缺点|短处|不足)(?:是什么|有哪些|在哪里?儿?)?(?=[?？。]?$)"
)
_FOR_AND_AGAINST = regex(
    r"(?:比)?(?:各有|各自有?|各自的?|分别有?|互有|都?有|的|之间)*(?:些?什么|哪些|何|啥)?的?(?:优劣(?:势)?|优缺点|利弊|长短|好坏|(?:优点|好处|优势|特点)(?:和|与|跟|或者?|、|以?及)(?:缺点|坏处|劣势|不足|毛病|问题)|特[点性征](?![\u4e00-\u9fff]))(?:各?是什么|有?哪些|都?有(?:什么|哪些|啥)|是啥|分别是什么|如何|怎么?样)?"
)
_COMPARE = regex(r"(?:[两二三四]者|[两三四]个|之间)?(?:的)?(?:对比|比较)(?:一下|分析)?(?=[?？。]?$)")
_EXCEPT = regex(r"除(?:了|去|开)?(?P<what>[^,，]{1,20}?)(?:之外|以外|外)[,，]?\s*(?:还|都|又)?(?=有|的|在)?")
_PLAINLY_BETTER = regex(r"(?:哪一?[个种款]|谁|孰)(?:到底|究竟)?(?:更|比较)?(?:好|强|优)(?:一?些|一点)?[呢啊嘛呀吧哪]?[?？]?$")
_AMOUNT = regex(r"(?:差|相差|差距|差别|区别)(?:(?:是|有)?多[少大]|几倍|多远)|[快慢高低大小多少](?:了|出)?(?:多少|几倍|几成)")
_AGAINST = regex(r"(?:相比于?|相对于?|相较于?|比起|对比|比(?!如|较))\s*(?:[\u4e00-\u9fff]{2})?$")
_TOGETHER = regex(r"(?:与|和|跟|同)\s*(?:[\u4e00-\u9fff]{2})?$")
_COMPARED = regex(r"\s*(?:相比|相较|比(?!如|较好)|来说|而言)")
_OF_SEVERAL = regex(rf"(?:和|与|跟|以?及|、|vs\.?).{{1,24}}(?:{_FOR_AND_AGAINST.pattern})", re.I)
_HELD_AGAINST = regex(r"相比|相对|相较|较之|比起|(?:与|和|跟|同)[^,，]{1,16}比(?!如|较)")


@dataclass(frozen=True, slots=True)
class Emphasis:
    """`better`: the number of the thing of which it is asked in what it is better; `respects`: ids of aspects in the order asked."""

    better: int | None = None
    each: bool = False
    amount: bool = False
    respects: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return self.better is not None or self.each


def emphasis_of(question: Question, things: Sequence[Thing], sources: Sources) -> Emphasis:
    """`question` as it was asked; `things` in the text that `bare` leaves of it."""
    text = simplified(question.text)  # plain words would make 区别 of 差在哪儿
    each = _FOR_AND_AGAINST.search(text) is not None
    better: int | None = None
    if len(things) == 2 and not each and (_BETTER.search(text) or _WORSE.search(text)):
        against = _reference(plain(question.resolved), things)
        if against is not None:
            better = against if _WORSE.search(text) else 1 - against
    return Emphasis(better, each, _AMOUNT.search(text) is not None, respects_in(text, things, sources))


def excepted(text: str) -> tuple[str, str]:
    """A question without 「除了…以外」, and what stands between: a difference that is known already and not wanted."""
    match = _EXCEPT.search(text)
    return (text, "") if match is None else (text[: match.start()] + text[match.end() :], match["what"])


def only_asks_which_is_better(text: str) -> bool:
    """Whether a question asks which of the things is better and not in what: all that sets them apart answers it."""
    return _PLAINLY_BETTER.search(text) is not None


def sets_apart(text: str) -> bool:
    """Whether a question asks what speaks for and against several things, or for one of them against another: 「A 和 B 的优缺点」, 「A 相对 B 的优势」."""
    return _OF_SEVERAL.search(text) is not None or (
        _HELD_AGAINST.search(text) is not None and bool(_BETTER.search(text) or _WORSE.search(text))
    )


def bare(text: str) -> str:
    """A question without the words that only say how to tell the differences."""
    left = whole = text.rstrip("?？。 ")
    for words in (_FOR_AND_AGAINST, _BETTER, _WORSE, _COMPARE):
        left = words.sub("", left)
    return text if left == whole else left


def respects_in(text: str, things: Sequence[Thing], sources: Sources) -> tuple[str, ...]:
    """The aspects that a text names, in their order; a name within a longer one, or within that of a thing, names none."""
    free = text
    for thing in things:
        free = free.replace(thing.label, " " * len(thing.label))
    named = [
        (name, aspect.id) for aspect in sources.domain.aspects.values() for name in (*aspect.names, *aspect.reversed_names) if name in free
    ]
    found: dict[str, int] = {}
    for name, id_ in sorted(named, key=lambda one: -len(one[0])):
        place = free.find(name)
        if place >= 0:
            found[id_] = min(place, found.get(id_, place))
            free = free.replace(name, " " * len(name))
    return tuple(sorted(found, key=found.__getitem__))


def _reference(text: str, things: Sequence[Thing]) -> int | None:
    """Which of the two the other is held against: B in A 比 B, 与 B 相比 A, A 和 B 比."""
    for number, thing in enumerate(things):  # Kata 比普通容器: a word may stand before the name
        before, after = text[: thing.start], text[thing.end :]
        if _AGAINST.search(before) or (_TOGETHER.search(before) and _COMPARED.match(after)):
            return number
    return None
