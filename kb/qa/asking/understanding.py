"""From the words of a question to a `Question`: language, concepts, aspect, what an earlier question supplies, and the kind."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from kb.language.normalize import fold
from kb.language.regex import regex
from kb.language.script import simplified
from kb.language.translating.vocabulary import nouns
from kb.language.typos import Speller, plainly_spelt
from kb.language.vocabulary import aspect_words, english_words, in_chinese, plain, stopwords, synonyms
from kb.qa.asking.compared import compared
from kb.qa.asking.terms import has_han, named_in
from kb.qa.asking.unmeant import without_excluded
from kb.qa.deciding.propositions import asks_yes_or_no, declared
from kb.qa.sources import Sources
from kb.records import Language, Question
from kb.registry import family

_POINTS_BACK = regex(
    r"它|他们|她|两者|二者|前者|后者|这个|那个|这两|这俩|这种|那种|其|^那|^还有|呢[?？。]?$|\b(?:it|they|them|its|their|this|that|these|those|former|latter|both)\b|^(?:and|what about|how about)\b",
    re.I,
)
_ASKS = regex(r"什么|啥|怎么|如何|为什么|哪|谁|(?<!好)几(?!乎)|多少|多[大久长快]|吗|是否|区别|不同|[?？]")
# 面试怎么答, 该怎么跟老板解释: how what is asked should be told
_HOW_TO_TELL = regex(
    r"[^,，]{0,8}?(?:怎么|如何|该?怎样)(?:跟|向|给|和|对)?[^,，]{0,4}?(?:回答|答|解释|讲|说|表达|概括|总结)(?:才|比较)?(?:好|清楚|明白)?(?:呢|啊|呀)?"
)
# …，能列几条么: how much should be told, not of what
_SOME_OF_IT = regex(
    r"(?P<what>.{4,})[,，]\s*(?:请|麻烦)?(?:能不能|能否|能|可以)?(?:给我|帮我)?(?:列|举|说|讲)(?:出|举|上)?[几两三](?:条|个|点|样|种)(?:例子)?(?:吗|么|嘛|来|吧|呗|看看)?[?？。]?"
)
_RESPECT = regex(r"(?:方面|这[一个]?[点块项]|角度|来说|来讲|而言|上|看)$")  # 监控这一块，…: in what things are compared
_ENGLISH_ENDING = regex(r"..(?:ly|ing|ed|tion|ment|able|ness|ful)$")  # an ordinary word rather than a misspelt name
# what stands around a question and asks nothing: 请问, 给我外婆解释一下, 一句话
_POLITE = regex(
    r"^(?:你好|您好|嗨|哈喽|请教一?下?|请问一?下?(?:大佬|大神|各位|大家|老师)?们?|问一?下|麻烦问?一?下?|打扰一?下?|劳驾|求助|求教|想请教一?下?|我?想(?:问|知道|了解)一?下?|(?:帮我|帮忙)(?:(?:看|查|问|解释|说|讲)一?下)?|(?:能|可)不?(?:能|可以)?(?:告诉|跟)我(?:说说|讲讲)?"
    r"|(?:please|pls|plz)\b)[,，:：!！\s]*"
    r"|^(?:解释|介绍|说明)一?下[,，:：\s]*(?=.{2})"
    r"|^(?:给|跟|向|为|对)(?!容器|虚拟机|镜像)[^,，]{1,6}?(?:解释|讲|介绍|说|科普)(?:一下|一讲|讲|清楚)?[,，]?(?=.{4})"
    r"|[,，\s]*(?:一句话(?:说|讲|解释|概括)?(?:清楚)?|用?大白话(?:说|讲)?|说人话|谢谢[了啦]?|(?:小白|新手|萌新)?(?:求教|求解答?|求助)(?:[,，\s]*谢谢[了啦]?)?|呗|多谢|拜托了?|急|在线等"
    r"|thanks|thank you|thx|please|pls)[!！。.~～]*$",
    re.I,
)
_MOST_POLITE = 4
# 能不能麻烦您告诉我镜像是什么, 给我讲讲 KVM 是什么吗: what is asked is what shall be told, not whether it can be
_REQUEST = regex(
    r"(?:[^,，]{0,8}[,，])?\s*(?P<may>能不能|可不可以|能否|可否|可以|能)?(?:请|麻烦|劳烦)?[您你]?"
    r"(?:告诉我们?|(?:跟|给|帮|为|替)我们?(?:说说|讲讲|说|讲|解释|介绍|科普|分析|(?=对比|比较)))(?:一下|下)?[,，:：]?\s*"
    r"(?P<what>.{2,}?)(?P<please>[,，]?\s*(?:好吗|好不好|可以吗|行吗|吗))?(?:[,，]?\s*谢谢[^,，]{0,4})?[?？。!！]*"
)
# trap-and-emulate 的过程能讲讲么
_REQUEST_BEHIND = regex(
    r"(?P<what>.{2,}?)[,，]?\s*(?:[您你])?(?P<may>能不能|可不可以|能否|可否|可以|能|请|麻烦|帮忙)?(?:给|跟|帮|为|替)?(?:我们?|大家)?(?:再)?"
    r"(?:讲讲|说说|聊聊|(?:讲|说|介绍|解释|科普|讲解)一?下|(?(may)(?:介绍|解释|科普|讲解)|(?!)))"
    r"(?:好吗|好不好|可以吗|行吗|吗|么|嘛|不|吧|呗|呀)?[?？。!！]*"
)
_REQUEST_IN_FRONT = regex(
    r"(?:请|麻烦)?(?:[您你])?(?:给我|帮我|跟我)?(?:介绍|讲讲|说说|科普|解释|讲解|聊聊)(?:一下|下)?(?P<what>[^,，?？]{2,}?)(?:吧|呗|好吗|行吗)[?？。!！]*"
)
_THIS_THING = regex(r"^(?:那么?|请问)?(?:这|那)(?:个|种)?(?:玩意儿?|东西|家伙|货|工具|软件|文件)")
_NAMES_OF_THEM = regex(r"[,，]\s*(?:分别|各自?|都)(?:是|叫|有)?(?:做)?(?:什么|哪些|哪几[个种项])?(?:名字?|名称)?[?？。!！]*$")
_COURSE = regex(r"(?:过程|流程|步骤|原理|机制|用法|做法)$")
_ONE = regex(r"它(?!们)|\b(?:it|its)\b", re.I)
_POSSESSIVE = regex(r"(?<=[a-z])['’]s(?= [a-z])", re.I)  # the host's kernel
_SHORT = 12  # characters
# and a VM? what about its memory? — whatever was asked before, of something else
_ASKS_THE_SAME = regex(
    r"(?:and|but|or|what about|how about|and what about)\s+(?:(?!who|what|which|why|how|when|where|is |are |do|can )[^?]){1,30}\?*"
)


def understand(text: str, sources: Sources, context: tuple[str, ...] = (), language: Language | None = None) -> Question:
    """The kind whose `fits` is highest wins; ties go to the kind that comes first by name.

    `language`: of the answer, where it is not that of the text (an English question asked in Chinese words).
    """
    words: Language = "zh" if has_han(text) else "en"
    language = language or words
    asked = text
    text = corrected(to_the_point(_POSSESSIVE.sub("", simplified(text)), sources), sources)
    concepts = find_concepts(text, sources)
    aspect = find_aspect(text, sources)
    resolved = text
    if context and (not concepts or _POINTS_BACK.search(text)):
        supplied = _from_context(text, context, sources, concepts)
        if supplied:
            names = ("、" if words == "zh" else ", ").join(sources.name(id_, words) for id_ in supplied)
            resolved = f"{text} ({names})"
            concepts = (*supplied, *(id_ for id_ in concepts if id_ not in supplied))
        if aspect is None and not find_concepts(text, sources):
            aspect = None
        elif aspect is None and supplied and len(fold(text)) <= 10:
            aspect = find_aspect(context[-1], sources)
            if aspect is not None:
                resolved = f"{resolved} {sources.domain.aspects[aspect].zh}"
    if words == "zh" and asks_yes_or_no(plain(text)):
        resolved = declared(resolved)
    question = Question(asked, resolved, "", concepts, find_relation(text, sources), aspect, context, language)
    return replace(question, kind=kind_of(question, sources))


def requested(text: str) -> str:
    """What a request to be told something asks for; any other text as it is."""
    plainly = simplified(text).strip()
    match = _REQUEST.fullmatch(plainly)
    if match and (match["may"] or match["please"]):
        return match["what"]
    match = _REQUEST_BEHIND.fullmatch(plainly) or _REQUEST_IN_FRONT.fullmatch(plainly)
    if match is None:
        return text
    what = match["what"].strip(",， ")
    return what if _ASKS.search(plain(what)) else f"{what}是{'怎样的' if _COURSE.search(what) else '什么'}？"


def to_the_point(text: str, sources: Sources) -> str:
    plainly = without_excluded(text)
    for _ in range(_MOST_POLITE):  # 你好，请问…，能不能麻烦您告诉我…
        plainly = _POLITE.sub("", plainly)
    return _asking_clauses(plainly or text, sources)


def _asking_clauses(text: str, sources: Sources) -> str:
    """Without the clauses that name no concept where another clause asks about one (给我外婆解释一下, 老师布置作业)."""
    clauses = [clause for clause in re.split(r"[,，:：。;；]\s*", text) if clause.strip()]
    if len(clauses) < 2 or not has_han(text):
        return text
    clauses = [clause for clause in clauses if not asks_how_to_tell(clause)] or clauses
    pointed = _pointing(clauses, sources)
    if pointed is not None:
        return pointed
    named = [bool(find_concepts(clause, sources)) for clause in clauses]
    asking = [bool(_ASKS.search(clause) or _RESPECT.search(clause) or asks_yes_or_no(plain(clause).lower())) for clause in clauses]
    if not any(name and ask for name, ask in zip(named, asking, strict=True)):
        return text
    return "，".join(clause for clause, name, ask in zip(clauses, named, asking, strict=True) if name or ask)


def _pointing(clauses: list[str], sources: Sources) -> str | None:
    """.war 文件究竟是什么格式 for 同事丢给我一个 .war 文件，这玩意究竟是什么格式: what the last clause points to, where one thing stands before."""
    points = _THIS_THING.match(clauses[-1])
    before = plain("，".join(clauses[:-1]))
    named = [match for match in named_in(before, sources) if not _is_property(match.concept_id, sources)]
    if points is None or len({match.concept_id for match in named}) != 1 or any(map(_ASKS.search, clauses[:-1])):
        return None
    return before[named[0].start : named[0].end] + clauses[-1][points.end() :]


def at_once(text: str) -> str:
    """Without a clause that only asks for the names of what is counted (一共几种，分别叫什么名字): a list gives them; nor one that only says
    how much to tell (能列几条么)."""
    some = _SOME_OF_IT.fullmatch(text.strip())
    if some is not None and _ASKS.search(asked := plain(some["what"])) and not re.search(r"为什么|为何", asked):  # reasons are listed
        return f"{some['what']}？"
    plainly = plain(text.strip())
    names = _NAMES_OF_THEM.search(plainly)
    return f"{plainly[: names.start()]}？" if names and re.search(r"(?:几|多少)[种类]", plainly[: names.start()]) else text


def asks_how_to_tell(clause: str) -> bool:
    """面试怎么答 asks nothing of the thing itself."""
    return _HOW_TO_TELL.fullmatch(clause.strip("?？。 ")) is not None


def corrected(text: str, sources: Sources) -> str:
    """The question with misspelt names of things put right."""
    speller = sources.graph.graph.get("speller")
    if not isinstance(speller, Speller):
        concepts = [concept for concept in sources.lexicon.concepts() if sources.known_in_articles(concept.id)]
        speller = sources.graph.graph["speller"] = Speller(name for c in concepts for name in (c.name, c.name_en or "", *c.aliases))
    taken = [(match.start, match.end) for match in sources.lexicon.find(text)]
    parts = sources.tokenizer.words(text)
    for before, word in pairwise(parts):  # 启动|快: a word of ordinary questions behind a whole word is no piece of a name
        if len(word.text) == 1 and len(before.text) > 1 and synonyms(word.text) and sources.tokenizer.is_word(before.text):
            taken.append((word.start, word.end))
    edges = {place for word in parts for place in (word.start, word.end)}
    within = {
        place
        for word in parts
        if sources.tokenizer.is_word(word.text) or word.text in stopwords()
        for place in range(word.start + 1, word.end)
    }
    fixed, _ = speller.corrected(text, taken, lambda word: _is_word(word, sources), edges, within)
    return fixed


def spelt(text: str, sources: Sources) -> str:
    """An English question with its ordinary words put right, so that the kind of question is heard (diffrence); names are put right later."""
    if has_han(text):
        return text
    return plainly_spelt(text, lambda word: _is_word(word, sources) or bool(sources.lexicon.find(word)), english_words())


def _is_word(word: str, sources: Sources) -> bool:
    """A word of the articles or of the language, or one that does not look like a misspelt name."""
    if word.isascii():
        if _ENGLISH_ENDING.search(word):
            return True
        return sources.frequency(word) > 0 or bool(in_chinese(word)) or word in stopwords() or word in nouns()
    return sources.frequency(word) > 0 or sources.tokenizer.is_word(word) or not sources.tokenizer.may_be_name(word)


def kind_of(question: Question, sources: Sources) -> str:
    things = tuple(id_ for id_ in question.concepts if not _is_property(id_, sources))
    own = [id_ for id_ in find_concepts(question.text, sources) if not _is_property(id_, sources)]
    asked = plain(question.text) if has_han(question.text) else question.text.lower()
    kinds = family("kb.qa.kinds")
    scores = {name: module.fits(asked, things) for name, module in kinds.items()}
    best = max(scores, key=lambda name: scores[name])
    if (
        question.context
        and not own
        and question.aspect
        and scores[best] < 0.7
        and kinds["comparison"].fits(plain(question.context[-1]).lower(), things) > 0.8
    ):
        return "comparison"  # 「隔离方面呢?」 after a comparison compares on
    short = scores[best] <= 0.4 and len(fold(question.text)) <= _SHORT
    if question.context and (short or _ASKS_THE_SAME.fullmatch(asked)):
        # 「那虚拟机呢?」 asks what the question before it asked
        before = plain(question.context[-1]) if question.language == "zh" else question.context[-1].lower()
        scores = {name: module.fits(before, things) for name, module in kinds.items()}
        best = max(scores, key=lambda name: scores[name])
    return best


def find_concepts(text: str, sources: Sources) -> tuple[str, ...]:
    """Concept ids in order of mention; misspelt names by their nearest spelling or sound."""
    return tuple(dict.fromkeys(match.concept_id for match in named_in(plain(text), sources)))


def find_aspect(text: str, sources: Sources) -> str | None:
    """The aspect named (longest name first), else one whose predicate stands in the question."""
    asked = plain(text)
    if not has_han(text):
        named = [aspect for aspect in sources.domain.aspects.values() if re.search(rf"\b{re.escape(aspect.en)}\b", text, re.I)]
        if named:
            return max(named, key=lambda aspect: len(aspect.en)).id
        asked = " ".join((*aspect_words(text), *(word for part in re.findall(r"[a-z]+", text.lower()) for word in in_chinese(part))))
    best: tuple[int, str] | None = None
    for aspect in sources.domain.aspects.values():
        for name in (*aspect.names, *aspect.reversed_names, *aspect.more, *aspect.less):
            if name in asked and (best is None or len(name) > best[0]):
                best = (len(name), aspect.id)
    return best[1] if best else None


def find_relation(text: str, sources: Sources) -> str | None:
    asked = plain(text)
    best: tuple[int, str] | None = None
    for relation in sources.domain.relations.values():
        for cue in (*relation.cues, *relation.verbs):
            if cue in asked and (best is None or len(cue) > best[0]):
                best = (len(cue), relation.id)
    return best[1] if best else None


def _from_context(text: str, context: tuple[str, ...], sources: Sources, own: tuple[str, ...]) -> tuple[str, ...]:
    """Concepts of the nearest earlier question that has any that can act."""
    for earlier in reversed(context):
        found = tuple(id_ for id_ in find_concepts(earlier, sources) if not _is_property(id_, sources))
        if not found:
            continue
        if _ONE.search(text) and not compared(Question(earlier, plain(earlier), "", found), sources):
            found = found[:1]  # 它 is what the earlier question is about, not what it brings in beside
        acting = tuple(id_ for id_ in own if not _is_property(id_, sources))
        if acting and not re.search(r"它|相比|区别|比|compare|than|its?\b", text):
            return ()  # 「那虚拟机呢?」 replaces what was asked about
        return tuple(id_ for id_ in found if id_ not in own)
    return ()


def _is_property(concept_id: str, sources: Sources) -> bool:
    return concept_id in sources.lexicon and sources.lexicon.concept(concept_id).kind == "property"
