"""Questions that leave out what the one before named: its subject (分别是什么端口, 有什么条件), its object (容器支持吗), its predicate
(什么时候 after 谁开发的, 快多少 after 哪个快), or the head of a compound (容器的呢 after 虚拟机镜像有多大).
"""

from __future__ import annotations

import re

from kb.language.lexicon import Match
from kb.language.regex import regex
from kb.qa.asking.subjects import acting_in, known_in, things_of
from kb.qa.sources import Sources

_LONGEST = 24  # characters
_END = r"(?:呢|啊|呀|吧|的)*[?？。!！]*$"
_ASKING = r"什么时候|何时|哪一?年|什么地方|哪里|哪儿|哪家公司|哪个(?:公司|团队|组织|大学|国家)|谁|多长时间|多久|多少|多大|多快|为什么|为何|怎么做?|如何"
# what may stand before what is asked
_ADVERBS = r"(?:那么?|又|还|也|都|各自?|分别|具体|一般|通常|大概|大约|默认|主要|最早|首次|究竟|到底|现在|目前|总共|一共)*"
_BARE = regex(rf"^{_ADVERBS}(?:是|在|有)?(?P<asks>{_ASKING}){_END}")
_ASKED = regex(rf"{_ASKING}")
_WAYS = ("怎么", "如何", "怎样")
_WHY = ("为什么", "为何")
_OF_AN_EVENT = regex(r"什么时候|何时|哪一?年|什么地方|哪里|哪儿|哪家公司|哪个.*|谁")
_AN_AMOUNT = regex(rf"^{_ADVERBS}(?P<how>[快慢大小多少高低强弱长短轻重贵省])(?P<much>了?多少|几倍|多少倍){_END}")
_OPENS = regex(
    rf"^{_ADVERBS}(?:(?P<asks>为什么|为何|为啥|怎么|如何|怎样|什么时候|何时|什么|哪|谁|几|多)"
    r"|(?P<states>是不是|是否|能不能|会不会|要不要|有没有|需不需要|可不可以|可以|需要|能够|能|会(?!话)|要(?!是)|是|有|支持|适合|属于|由|被|在哪|用(?:的是)?(?=什么|哪|几|多少)|占|起源|来自|叫|举))"
)
_FREE = regex(r"用(?!的)|选")  # what is to be used or chosen asks of no one thing
_WANTED = regex(r"(?:什么|哪[个些种几]?|几[个条种项]?|多少[个条种项]?)\s*$")
_LACKS_OBJECT = regex(
    r"(?:也|都|能|会|可以|是否|是不是|还|不|能不能|会不会)*(?P<verb>支持|需要|依赖|使用|提供|具备|实现)(?:吗|么|不|呢)*[?？]*$"
)
_LACKS_PREDICATE = regex(r"(?:也|都)?(?:能|会|可以|行|是|有|需要|支持|一样)(?:吗|么|呢)*[?？]*$")
_SO = regex(r"(?:那么?)?(?:为什么|怎么)(?:会)?(?:这么|那么|如此)")
_BEFORE_AMOUNT = regex(r"(?:一般|通常|大概|大约)*(?:需?要|有|是|得|占)?(?:多长时间|多久|多大|多快|多少|几)[^,，]*$")
_CONNECTS = regex(r"^(?:那么?|又)")
_EXAMPLE = regex(r"举[^,，]{0,4}例子?(?:说明)?(?:吧|呗|看看)*$")
_REMEDY = regex(
    rf"^{_ADVERBS}(?:该|要|应该|能|得)?(?P<how>(?:怎么|如何|怎样)(?:办|解决|避免|应对|防止|预防|补救))(?:呢|啊|才好|掉)*[?？。!！]*$"
)
# what a question asks of some trouble, and what is left is the trouble
_ASKS_OF_TROUBLE = regex(
    r"^(?:为什么|为何)|[,，]?(?:这|那)?(?:就|又|可能)?(?:会|将)?(?:怎么样|怎样|如何|(?:有|带来|造成|出|出现|发生)(?:些?什么|哪些)[^,，]{0,4}|(?:后果|结果|原因)是什么|(?:是)?(?:为什么|什么原因|怎么回事)|吗|么)$"
)
_OF_NAME = regex(rf"^(?:那么?)?(?P<what>[^,，。?？的]{{1,10}})的{_END}")


def filled(asked: str, earlier: str, sources: Sources) -> str | None:
    """The whole question; `None` where `asked` leaves nothing out that `earlier` names. Both are plain Chinese."""
    if len(asked) > _LONGEST:
        return None
    stem = earlier.rstrip("?？。!！")
    return (
        _remedied(asked, stem)
        or _asked_anew(asked, stem)
        or _by_how_much(asked, stem)
        or _without_object(asked, stem, sources)
        or _of_another(asked, stem, sources)
        or _without_subject(asked, earlier, sources)
    )


def _asked_anew(asked: str, stem: str) -> str | None:
    """什么时候 after Xen 是谁开发的: the same is asked, but when."""
    bare = _BARE.match(asked)
    if bare is None or bare["asks"] in _WHY:
        return None
    before = _ASKED.search(stem)
    if before is None or _OF_AN_EVENT.fullmatch(before.group()) is None:
        return None
    return f"{stem[: before.start()]}{bare['asks']}{stem[before.end() :]}？"


def _remedied(asked: str, stem: str) -> str | None:
    """怎么解决 after 虚拟机跨越两个节点会怎样: what helps against what was asked about."""
    match = _REMEDY.match(asked)
    trouble = _ASKS_OF_TROUBLE.sub("", stem).rstrip(",， ") if match else ""
    return f"{trouble}，{match['how']}？" if match and len(trouble) > 1 else None


def _by_how_much(asked: str, stem: str) -> str | None:
    """快多少 after 容器比虚拟机启动快吗."""
    match = _AN_AMOUNT.match(asked)
    if match is None or match["how"] not in stem:
        return None
    stem = re.sub(r"^(?:为什么|为何)|(?:吗|么|对吗|是吗)$", "", stem)
    return f"{stem}，{match['how']}{match['much']}？"


def _of_another(asked: str, stem: str, sources: Sources) -> str | None:
    """容器的呢 after 虚拟机镜像有多大: of another thing's part; 容器能吗: whether the same is true of another thing."""
    of = _OF_NAME.match(asked)
    if of is not None:
        for match in known_in(stem, sources):
            surface = stem[match.start : match.end]
            heads = (of["what"] + surface[cut:] for cut in range(2, len(surface) - 1))
            name = next((head for head in heads if _whole(head, sources)), None)
            if name is not None:
                return f"{stem[: match.start]}{name}{stem[match.end :]}？"
    own = acting_in(asked, sources)
    things = things_of(stem, sources)
    if len(own) == 1 and things and own[0].start <= 2 and _LACKS_PREDICATE.fullmatch(asked, own[0].end):
        start, end, _ = things[0]
        if re.search(r"(?:吗|(?<!什)么)$|是否|能不能|会不会|是不是", stem):
            return f"{stem[:start]}{asked[own[0].start : own[0].end]}{stem[end:]}？"
    return None


def _whole(name: str, sources: Sources) -> bool:
    return any(match.start == 0 and match.end == len(name) for match in sources.lexicon.find(name))


def _without_object(asked: str, stem: str, sources: Sources) -> str | None:
    """容器支持吗 after a question on 热迁移."""
    own = known_in(asked, sources)
    if not own or own[0].start > 2:
        return None
    lacks = _LACKS_OBJECT.fullmatch(asked, own[0].end)
    topic = next((match for match in known_in(stem, sources) if match.concept_id != own[0].concept_id), None)
    if lacks is None or topic is None:
        return None
    return f"{asked[: lacks.end('verb')]}{stem[topic.start : topic.end]}吗？"


def _without_subject(asked: str, earlier: str, sources: Sources) -> str | None:
    """分别是什么端口 after FTP 用几条连接: what it asks is asked of what was spoken of; of both, where two were compared."""
    opens = _OPENS.match(asked)
    if opens is None or re.search(r"[它其他她]|这(?!么)|那[个种些]|[前后两二]者", asked):
        return None
    bare = _BARE.match(asked)
    own = [match for match in known_in(asked, sources) if not _is_wanted(match, asked)]
    if (bare and _OF_AN_EVENT.fullmatch(bare["asks"])) or (own and opens["asks"] in _WAYS):
        return None
    if any(not _property(match, sources) for match in own) and (opens["states"] is None or _FREE.search(asked) or own[0].start < 1):
        return None
    so = _SO.match(asked)
    names = _BEFORE_AMOUNT.sub("", earlier) if so and _BEFORE_AMOUNT.search(earlier) else _subject(earlier, sources)
    if names is None or (own and any(asked[m.start : m.end] in names for m in own)):
        return None
    rest = _EXAMPLE.sub("有哪些例子", _CONNECTS.sub("", asked)).rstrip("?？")
    return f"{names}{rest}？"


def _subject(earlier: str, sources: Sources) -> str | None:
    things = things_of(earlier, sources)
    if things:
        return "和".join(name for _, _, name in things)
    named = [match for match in known_in(earlier, sources) if not _property(match, sources)]
    return earlier[named[0].start : named[0].end] if named else None


def _is_wanted(match: Match, asked: str) -> bool:
    """Whether a name is of what is wanted and not of what it is wanted of: 什么端口, 几条连接."""
    return _WANTED.search(asked, 0, match.start) is not None


def _property(match: Match, sources: Sources) -> bool:
    return sources.lexicon.concept(match.concept_id).kind == "property"
