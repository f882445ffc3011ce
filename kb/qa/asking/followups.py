"""Follow-ups that say only what changes: 「那启动时间呢？」「内存的呢？」「跟 runc 比呢？」「缺点呢？」, made whole from the question before."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from kb.language.lexicon import Match
from kb.language.regex import regex
from kb.language.vocabulary import plain
from kb.qa.asking.ellipsis import filled
from kb.qa.asking.pursuits import asks_more
from kb.qa.asking.subjects import acting_in, known_in, things_of
from kb.qa.asking.terms import has_han, named_in
from kb.qa.asking.understanding import find_aspect
from kb.qa.sources import Sources

Pursue = Callable[[str, Sequence[str]], str | None]
_LONGEST = 16  # characters of what changes
_FRAGMENT = regex(
    r"^(?:那么?|还有|再说|至于)?(?:在)?(?P<what>[^,，。?？!！]{1,16}?)(?P<respect>方面|上|这一块|这块)?(?:的话|的)?呢?[?？]?$"
)
_ENGLISH = regex(r"^(?:(?:and|but|so|what about|how about|and what about)\s+)+(?P<what>[^?.,]{2,40}?)[?.]?$", re.I)
_AGAINST = regex(
    r"^(?:那么?|要是|如果|换成)*(?:(?:跟|和|与|同)\s*(?P<what>[^,，?？]{1,16}?)\s*(?:相?比|比较|对比)(?:起来|一下)?|(?:比起|相比于?|对比|比)\s*(?P<other>[^,，?？]{1,16}?))"
    r"(?:(?:又|会)?(?:怎么?样|如何)|呢|啊)*[?？]?$"
)
_AGAINST_EN = regex(
    r"^(?:(?:and|but|so|what about|how about)\s+)*(?:(?:when )?compared (?:with|to)|versus|vs\.?|against|relative to)\s+(?P<what>[^?.,]{2,40}?)[?.]?$",
    re.I,
)
_ASKS = regex(
    r"什么|啥|怎么|如何|为什么|哪|谁|几|多少|多[大久长快]|吗|是否|能|会|\b(?:which|what|how|why|who|when|does|is|are|can)\b", re.I
)
_PRONOUN = regex(r"它(?!们)|\bit\b", re.I)
_FORMER, _LATTER = regex(r"前者|\bthe former\b", re.I), regex(r"后者|\bthe latter\b", re.I)
_OF_TWO = regex(r"哪一?个|谁|\bwhich(?: one| of them)?\b|\bthey\b|它们|[两二]者", re.I)
# 安全方面呢，还是它好吗？ after which of two is better
_STILL_IT = regex(
    r"^(?:那么?)?(?P<what>[^,，?？]{2,10}?)(?:这?方面|上)?呢?[,，]?(?:也|又)?(?:还是|也是|仍然?是?|依然是?|是不是)它(?:更|最|也|还)?(?:好|强|优|占优|胜出|合适|快|高|省)(?:吗|么|吧)?[?？]?$"
)
_LISTED = regex(r"^(?:它的?|其)?(?P<what>优点|缺点|优势|劣势|好处|坏处|长处|短处|特点|用途|作用|类型|种类|组成|局限|限制|例子|步骤)$")


def conversation(context: Sequence[str], sources: Sources, pursue: Pursue = lambda text, before: None) -> tuple[str, ...]:
    """Earlier questions, each made whole from those before it: a fragment completed, a pronoun replaced by what it stands for.

    `pursue` makes those whole that ask on from an answer; it gives `None` for any other.
    """
    whole: list[str] = []
    for one in context:
        made = None
        if whole:
            made = whole[-1] if asks_more(one, whole[-1]) else pursue(one, whole) or completed(one, whole, sources)
        whole.append(made or named_for(one, whole, sources))
    return tuple(whole)


def named_for(text: str, before: Sequence[str], sources: Sources) -> str:
    """它能替代虚拟机吗 as Docker能替代虚拟机吗, where the question before has one subject."""
    if not before or not _PRONOUN.search(text):
        return text
    things = things_of(before[-1], sources)
    return _PRONOUN.sub(things[0][2], text, count=1) if len(things) == 1 else text


def completed(text: str, context: Sequence[str], sources: Sources) -> str | None:
    """The whole question that a fragment stands for; `None` where the text is none, or nothing before it can complete it."""
    named = [one for one in map(plain, reversed(context)) if named_in(one, sources)]
    earlier = next(
        (one for one in named if things_of(one, sources)), next(iter(named), None)
    )  # 隔离呢 names no thing, what is before it may
    if earlier is None:
        return None
    asked = plain(text.strip())
    things = things_of(earlier, sources)
    still = _STILL_IT.match(asked)
    if still and len(things) > 1:
        return _changed(still["what"], earlier, things, sources)
    pointed = _pointed(text, context, sources) or _of_two(asked, named, sources)
    if pointed is not None:
        return pointed
    against = _AGAINST.match(asked) or _AGAINST_EN.match(asked)
    if against:
        return _against(against.groupdict().get("other") or against["what"], earlier, sources)
    whole = filled(asked, earlier, sources) if has_han(asked) else None
    if whole is not None:
        return whole
    match = (_FRAGMENT if has_han(asked) else _ENGLISH).match(asked)
    if match is None or len(match["what"]) > _LONGEST * (1 if has_han(asked) else 2):
        return None
    what = re.sub(r"^(?:(?:the|its|their|an?)\s+|(?:它们?|他们|两者|二者|其)的?)", "", match["what"].strip(), flags=re.I)
    if _ASKS.search(what) or (has_han(asked) and not re.search(r"呢|方面|^那|^还有", asked)):
        return None
    listed = _LISTED.match(what)
    if listed:
        return f"{things[0][2]}有哪些{listed['what']}？" if things else None
    return _changed(what, earlier, things, sources)


def _pointed(text: str, context: Sequence[str], sources: Sources) -> str | None:
    """前者一定是后者吗, with the names of the two that the question before names."""
    if not _FORMER.search(text) and not _LATTER.search(text):
        return None
    for one in reversed(context):
        names = list(dict.fromkeys(plain(one)[match.start : match.end] for match in acting_in(plain(one), sources)))
        if len(names) > 1:
            return _LATTER.sub(names[1], _FORMER.sub(names[0], text))
    return None


def _of_two(asked: str, named: Sequence[str], sources: Sources) -> str | None:
    """哪个更快 after a question on the one and a question on the other: of the two."""
    if not _OF_TWO.search(asked) or acting_in(asked, sources):
        return None
    last = things_of(named[0], sources)
    if len(last) != 1:
        return None
    own = last[0][2]
    known = {match.concept_id for match in known_in(own, sources)}
    for one in named[1:]:
        others = things_of(one, sources)
        if len(others) == 1 and not known & {match.concept_id for match in known_in(others[0][2], sources)}:
            other = others[0][2]
            return f"{other}和{own}，{asked}" if has_han(asked) else f"{asked.rstrip('?')}, {other} or {own}?"
    return None


_ARTICLE = regex(r"^(?:an?|the)\s+", re.I)


def _against(what: str, earlier: str, sources: Sources) -> str | None:
    """「跟 runc 比呢？」 after a question on one thing or two: the first of them, compared with the new one in the same respect."""
    things = things_of(earlier, sources)
    own = named_in(what, sources)
    if not things or not own:
        return None
    if len(things) > 1:
        before = earlier[: things[1][0]]
        return before + (_ARTICLE.sub("", what) if re.search(r"\b(?:an?|the)\s*$", before, re.I) else what) + earlier[things[1][1] :]
    aspect = find_aspect(earlier, sources)
    if not has_han(earlier):
        respect = f" in {sources.domain.aspects[aspect].en}" if aspect else ""
        return f"How does {things[0][2]} differ from {what}{respect}?"
    respect = f"在{sources.domain.aspects[aspect].zh}方面" if aspect else ""
    return f"{things[0][2]}和{what}{respect}有什么区别？"


def _changed(what: str, earlier: str, things: Sequence[tuple[int, int, str]], sources: Sources) -> str | None:
    own = [match for match in named_in(what, sources) if match.concept_id in sources.lexicon]
    kinds = {sources.lexicon.concept(match.concept_id).kind for match in own}
    whole = bool(own) and own[0].start <= 1 and own[-1].end >= len(what) - 1
    respect = "property" in kinds or _aspect(what, sources)
    zh = has_han(earlier)
    if whole and "property" not in kinds:
        like = _of_kind(earlier, kinds, sources)
        if like is not None:  # 处理器超额比例 → 内存超额比例, 容器启动要多久 → 虚拟机启动要多久
            return earlier[: like.start] + what + earlier[like.end :]
    if respect and len(things) > 1:
        joint = "和" if zh else " and "
        names = joint.join(name for _, _, name in things)
        return f"{names}在{what}方面有什么区别？" if zh else f"How do {names} differ in {what}?"
    return None


def _aspect(what: str, sources: Sources) -> bool:
    return any(
        what.lower() == aspect.en
        or what in (*aspect.names, *aspect.reversed_names, *aspect.more, *aspect.less)
        or (len(what) > 1 and any(name.startswith(what) for name in aspect.names))
        for aspect in sources.domain.aspects.values()
    )


def _of_kind(earlier: str, kinds: set[str], sources: Sources) -> Match | None:
    """The one concept of the earlier question that is of the new one's kind; `None` where there is none, or several."""
    alike = [match for match in known_in(earlier, sources) if sources.lexicon.concept(match.concept_id).kind in kinds]
    return alike[0] if len(alike) == 1 else None
