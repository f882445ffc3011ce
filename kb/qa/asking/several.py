"""Several questions in one text: between question marks, between commas, for two sides (优缺点), or asked again of another thing (容器呢？)."""

from __future__ import annotations

import re

from kb.language.regex import regex
from kb.language.vocabulary import plain
from kb.qa.asking.compared import compared
from kb.qa.asking.followups import completed
from kb.qa.asking.terms import has_han, named_in
from kb.qa.asking.understanding import asks_how_to_tell
from kb.qa.sources import Sources
from kb.records import Question

MOST = 4
_QUESTION = regex(r"[^?？]+[?？]")
_ASKS = regex(r"什么|怎么|如何|哪[个些种里家]|多少|多[久大长快]|几[个种]|为什么|为何|吗$|区别|不同|谁")
_SHORTEST = 5  # characters; less is no question of its own
# 优缺点 are two lists; KVM 是什么，Xen 呢
_BOTH_SIDES = regex(
    r"(?P<of>(?:(?![各分]别?有?)[^?？,，]){1,40}?的?)(?:都?有(?:什么|哪些|啥))?(?:优缺点|利弊|(?:优点|好处|优势)(?:和|与|跟|、|以?及)(?:缺点|坏处|劣势|不足))(?:是什么|有?哪些|都?有(?:什么|哪些|啥)|是啥|分别是什么)?[啊呀呢吧]?[?？。]?"
)
_PROS_AND_CONS = regex(
    r"(?:what are )?(?:the )?(?:pros and cons|advantages and disadvantages|strengths and weaknesses|benefits and drawbacks) of (?P<of>[^?]{2,60}?)\s*\?*",
    re.I,
)
_CLAUSE = regex(r"\s*[,，;；]\s*")
_ASKS_BY_ITSELF = regex(
    r"什么|啥|怎么|如何|哪|多少|多[久大长快高重]|(?<![的这那好])几[个种台块]|为什么|为何|谁|[吗么]$|区别|有何|何[种处异时]|(?:比较|对比|比)一下"
    r"|能不能|是不是|有没有|会不会|要不要|(?P<word>[\u4e00-\u9fff])不(?P=word)"
)
# Nginx 算哪种: one of what was compared
_WHICH_OF_THEM = regex(r"(?P<what>[^,，]{1,16}?)\s*(?:算是?|属于|是)(?:哪|何)一?[种类个边方派](?:的|呢|啊)?")
# 顺便说说两家…: what the clause before spoke of
_BY_THE_WAY = regex(r"^(?:顺便|另外|还有|以及|此外|再|也|并)?(?:请|麻烦)?(?:再|也)?(?:说说|讲讲|说一?下|讲一?下|问问?一?下|谈谈)?(?=.{2})")
_BARE = regex(
    r"^(?:那么?|主要的?|具体|到底|究竟)?(?:区别|差别|差异|不同|差在|异同|哪一?[个种]|谁|各自|分别|怎么选|如何选|[应]?该(?:选|用)|(?:是)?(?:什么|啥)关系)"
)
_AGAIN = regex(r"(?:那么?)?(?P<what>[^,，?？]{1,16}?)呢[?？]?")
_SUPPOSES = regex(
    r"^(?:我们?)?(?:只|就|光)?(?:想(?!知道|问|了解|请教)|打算)(?!.*(?:什么|哪|怎么|如何|为何))|^(?:如果|假如|要是|若|当|既然|虽然|尽管|不管|不论|无论|因为|由于|除了|在|对于|关于|从|(?:若|要|单|光)?(?:论(?!什么|哪)|[说谈讲提]到(?!什么|哪|谁)|就(?=.*(?:来[说看讲]|而言)$)(?!什么|哪|谁)))|(?:的时候|时|后|的话)$"
)
_SAID_OF_ANY = regex(r"(?:什么|谁|哪[个些里]|怎么|多少|多[久大]).{0,4}[都也]|没什么|不怎么|有什么就")
_JOINS = regex(r"(?:它|其)?(?:和|与|跟|同)")
_PAIR = 2
_TELL_APART = regex(
    r"(?P<asked>[^?？]{6,}?)[?？,，]\s*(?:请|麻烦)?(?:从|就|把)?(?P<listed>[^?？,，]{2,30}?)(?:这?[两几三]?(?:个?方面|点|项)|上)?(?:请|要)?(?:分别|分开|各自?)(?:讲|说|谈|答|回答|比|比较|列)[^?？,，]{0,4}[?？。]?"
)
_LISTING = regex(r"\s*(?:以及|还有|[、和与跟及])\s*")
_LONGEST_SIDE = 24  # characters of a later clause that names nothing


def apart(text: str, sources: Sources) -> tuple[str, ...]:
    """The questions that a text asks, in order and each whole; the text itself where it asks but one."""
    each = _respects_apart(text, sources)
    if each:
        return each[:MOST]
    parts: list[str] = []
    for question in _between_marks(_UNMARKED.sub("？", text.strip())):
        if parts and _BARE.search(question) and not _names_a_thing(question, sources):
            question = f"{_subject(parts[0], sources)}{question}"  # …不是一个东西吧？区别是什么
        again = _AGAIN.fullmatch(question)
        if again and parts and has_han(question):
            parts.extend(whole for part in tuple(parts) if (whole := completed(question, (part,), sources)) is not None)
        else:
            parts.extend(_both_sides(question, sources) or _clauses(question, sources) or (question,))
    found = tuple(dict.fromkeys(parts))[:MOST]
    return found if len(found) > 1 else (text,)


def each_by_itself(text: str, sources: Sources) -> tuple[str, ...]:
    """「A 和 B 各自起什么作用」 once for each of the things; empty where it is asked of no such things each."""
    asked = plain(text)
    things = compared(_as_question(text, sources), sources)
    each = _EACH.match(asked, things[-1].end) if len(things) > 1 else None
    if each is None or _DIFFER.search(asked):
        return ()
    return tuple(f"{asked[: things[0].start]}{thing.label}{each['of']}{asked[each.end() :]}" for thing in things)


_UNMARKED = regex(r"(?<=[\u4e00-\u9fff])(?<=吗|呢)\s+(?=[\u4e00-\u9fffA-Za-z])")  # 是一回事吗 什么关系
_EACH = regex(r"[,，]?\s*(?:[两二三四]者|它们|[两三四]个)?(?:各自?|分别|各有?各)(?:都)?(?P<of>的?)")
_DIFFER = regex(r"区别|不同|差别|差异|优劣|利弊|相比|对比")


def _respects_apart(text: str, sources: Sources) -> tuple[str, ...]:
    """「A 比 B 高多少？计算和随机读请分别讲」: the question once for each of the respects listed behind it."""
    match = _TELL_APART.fullmatch(text.strip())
    things = compared(_as_question(match["asked"], sources), sources) if match else ()
    if match is None or not things:
        return ()
    asked, place = plain(match["asked"]), things[-1].end
    listed = [part.strip() for part in _LISTING.split(match["listed"]) if part.strip()]
    return tuple(f"{asked[:place]}{'的' if has_han(one) else ' '}{one}{asked[place:]}？" for one in listed) if len(listed) > 1 else ()


def _between_marks(text: str) -> tuple[str, ...]:
    """A rest without a question mark belongs to the one before it, unless it asks itself."""
    *parts, rest = [part.strip() for part in (*_QUESTION.findall(text), _QUESTION.sub("", text))]
    asked = [
        part
        for part in (*parts, *((rest,) if _ASKS.search(rest) else ()))
        if len(part) >= _SHORTEST or _AGAIN.fullmatch(part) or _BARE.match(part)
    ]
    return (text,) if len(asked) < 2 or (rest and rest not in asked) or len(asked[0]) < _SHORTEST else tuple(asked)


def _both_sides(question: str, sources: Sources) -> tuple[str, ...]:
    """Advantages and drawbacks of one thing; those of several are compared instead."""
    sides = _PROS_AND_CONS.fullmatch(question)
    if sides is not None:
        return f"What are the advantages of {sides['of']}?", f"What are the disadvantages of {sides['of']}?"
    sides = _BOTH_SIDES.fullmatch(question)
    if sides is None or compared(_as_question(sides["of"], sources), sources):
        return ()
    return f"{sides['of']}优点有哪些？", f"{sides['of']}缺点有哪些？"


def _clauses(question: str, sources: Sources) -> tuple[str, ...]:
    """「KVM 是什么，和 QEMU 什么关系」: clauses of which each asks, those behind the first with its subject where they name none of their own."""
    if not has_han(question):
        return ()
    clauses = [clause for clause in _CLAUSE.split(question.rstrip("?？。 ")) if clause and not asks_how_to_tell(clause)]
    if len(clauses) < 2 or not all(map(_asks, clauses)) or _AGAIN.fullmatch(clauses[0]):
        return ()
    subject = _subject(clauses[0], sources)
    if not subject:
        return ()
    whole = [f"{clauses[0]}？"]
    things = compared(_as_question(clauses[0], sources), sources)
    for clause in clauses[1:]:
        again = _AGAIN.fullmatch(clause)
        which = _WHICH_OF_THEM.fullmatch(clause)
        if which and len(things) == _PAIR and _names_a_thing(which["what"], sources):
            whole.append(f"{which['what']}是{things[0].label}还是{things[1].label}？")
            continue
        joins = _JOINS.match(clause)
        if again:
            whole.extend(made for part in tuple(whole) if (made := completed(f"{clause}？", (part,), sources)) is not None)
        elif joins and named_in(clause, sources):
            whole.append(f"{subject}和{clause[joins.end() :]}？")
        elif things and _BARE.search(clause):
            whole.append(f"{subject}{clause}？")  # 哪个暴露给攻击者的部分更小: of those compared
        elif _names_a_thing(clause, sources) or len(clause) > _LONGEST_SIDE:
            whole.append(f"{clause}？")
        else:
            whole.append(f"{subject}{_without_pronoun(clause)}？")
    return tuple(whole)


def _asks(clause: str) -> bool:
    plainly = plain(clause)
    asks = _ASKS_BY_ITSELF.search(plainly) is not None or _AGAIN.fullmatch(clause) is not None
    return asks and not _SUPPOSES.search(plainly) and not _SAID_OF_ANY.search(plainly)


def _subject(clause: str, sources: Sources) -> str:
    """What the first clause asks about, as it is written there: all that it compares, else the first thing that it names."""
    things = compared(_as_question(clause, sources), sources)
    text = plain(clause)
    if things:
        return text[things[0].start : things[-1].end]
    named = [match for match in named_in(text, sources) if _is_thing(match.concept_id, sources)]
    return text[named[0].start : named[0].end] if named else ""


def _names_a_thing(clause: str, sources: Sources) -> bool:
    return any(_is_thing(match.concept_id, sources) for match in named_in(plain(clause), sources))


def _is_thing(concept_id: str, sources: Sources) -> bool:
    return concept_id in sources.lexicon and sources.lexicon.concept(concept_id).kind not in ("property", "practice", "phrase", "resource")


def _without_pronoun(clause: str) -> str:
    return re.sub(r"^(?:它[们俩]?|其|[这那]?[两二](?:者|个|家|种|样)|[这那]俩|他们)", "", _BY_THE_WAY.sub("", clause))


def _as_question(text: str, sources: Sources) -> Question:
    return Question(text, plain(text), "", tuple(match.concept_id for match in named_in(plain(text), sources)))
