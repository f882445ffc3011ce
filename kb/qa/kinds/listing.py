"""「服务器按提供的服务分哪几类?」「有哪些工具能管理大规模容器?」「Name the technologies for creating OS containers.」 Things of a kind, parts, advantages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from kb.language.normalize import fold
from kb.language.regex import regex
from kb.language.vocabulary import plain
from kb.qa.asking import layers
from kb.qa.asking.denied import as_denied, as_said
from kb.qa.asking.terms import Term, plainly, terms_of
from kb.qa.comparing.parallels import opens
from kb.qa.finding.index import Index, index_of
from kb.qa.finding.judging import unanswerable
from kb.qa.finding.retrieval import Scored, met
from kb.qa.sources import Sources
from kb.qa.telling.definitions import names_of
from kb.qa.telling.drafting import Draft
from kb.qa.telling.enumerations import announced_list, enumerated, items_told, name_of, of_another_whole
from kb.qa.telling.extracts import about, told, weighed, with_continuation
from kb.qa.telling.instances import headed_examples, instances, kind_asked
from kb.qa.telling.lists import Item, numbered_run, series
from kb.qa.wording import because, introduced, quoted, say
from kb.records import Answer, Question, Sentence

CUES = regex(
    r"由(?:什么|哪)[^?？,，]{0,6}[组构]成|(?:包括|包含)些?(?:什么|啥)|哪些|哪[几一二两三四五六七八九十\d]*(?:几|[两三四五六七八九十\d])\s?(?:大|个|种|类|项|条|点|部分|方面|步|层)?|有哪|(?:几|多少)[种类]|列举|列出|列一下|都有什么"
    r"|有(?:什么|哪些|啥)(?:好|别的)?(?:招|办法|方法|手段|途径|法子)|(?:drawbacks|limitations) of"
    r"|(?:里面?|里头|内部)(?:都|还)?(?:装|放|有)着?些?什么(?:东西|内容)?[?？]?$|有什么(?:优|缺|特|好处|坏处|劣势|优势|用途|功能|组件|部分|种类)|(?:好处|坏处|优点|缺点|优势|劣势|特点|不足)(?:(?:是|有)(?:什么|哪)|[?？。]?$)|都缺|"
    r"举.{0,2}例|举几个|都.{1,8}(?:些什么|了什么)[?？]?$|which (?:\w+ ){0,2}\w+s (?:can|do|does|are) |"
    r"分(?:为|成)?(?:什么|哪)|名单|^name |^list |which .{0,30}(?:are|kinds|types|tools)|"
    r"what (?:are|kinds|types|tools)|(?:(?:dis)?advantages?|benefits?|drawbacks?|limitations?|weakness(?:es)?|strengths?|pros|cons|examples?) of"
)
_SURELY = regex(
    r"举.{0,3}例|几[个种项条点类层][,，]?.{0,4}(?:分别|都|各)(?:有|是|叫)?(?:啥|什么|哪)|哪[几些][^,，?？]{0,6}[?？]?$|哪几[个种项条]"
    r"|除了?[^,，?？]{1,16}[,，]?[^,，?？]{0,6}还[^?？]{0,14}?(?:哪[些种个家几]|什么)(?![^?？]{0,4}(?:区别|不同|差))"
    r"|[几两三四五六七八九十\d](?:大|个|种|条|点|项|类|层|样)[^,，?？的]{0,6}(?:分别|各自?|都)(?:是|有|叫)(?:什么|哪)|[几三四五六七八九\d]层(?:是|有|叫)(?:什么|哪)|哪俩|(?:能|可以|请|帮)[^,，?？]{0,4}?[列举](?:出|举)?几[个条种项][^,，?？]{2,}|[几哪](?:几|[两三四五六七八九十\d])?样"
)  # 做选择前该问哪几个问题 lists, though it speaks of choosing
_LIST = regex(r"、|等|例如|比如|包括|分为|,.{1,12},.{1,12}(?:和|与|,)|和.{1,12}等")
_LISTS_ITSELF = regex(r"[^,，。、]+、[^,，。]*(?:、|和|与|以及|等)")
_AMOUNT = regex(r"(?:多久|多少|多大|多长|多快|几(?:秒|分钟|毫秒|个?[GM]))[?？]?$")
_BOTH = regex(r"既[^。;；]{2,30}[,，]?也|不仅[^。;；]{2,30}还")  # names one and another
_AS_GOOD = 0.95  # of the best sentence's score
_TELLING = 2.0  # weight of a word that is surely asked about
_COUNTS_KINDS = regex(r"[两三四五六七八九十几\d]+\s?[种类项层]|分为|分成|包括以下|有以下")
_MOST_ITEMS = 10
_HEADING_SAYS = 0.6  # of the question
_SHORT = 16  # characters
_SAYS_WHICH = regex(
    r"(?P<what>优点|缺点|优势|好处|代价|不足|特点|局限|方法|办法|途径|原因|用途)(?:之一)?(?:还|主要|通常)?(?:是|有|在于|包括|[:：])"
)
# 举个例子 says what is wanted, not of what
_EXAMPLES = regex(
    r"(?:请|能|可以)(?:给我|帮我)?(?:列|举)(?:出|举)?几[个条种项]|(?<!什)[吗么嘛](?=[?？]?$)|[,，]?(?:请|能|可以)?(?:举|给|说)出?(?:一?个|几个|一?些)?(?:例子?|实例|示例)(?:吗|说明)?"
    r"|^(?:请|能|可以)?(?:举|给|说)出?(?:一?个|几个|一?些)|的?(?:例子|实例|示例)[?？]?$"
)
_BESIDE = regex(
    r"除了?(?P<known>[^,，?？]{1,16}?)(?:之外|以外|外)?(?:[,，]|(?=还))(?:还有?)?|的?(?:内部|里面|里头|当中)(?=[都是]?[由有包])"
)  # what is known already, not what is asked of
_MADE_OF = regex(r"由(?:什么|哪)[^,，?？]{0,8}?(?P<verb>[\u4e00-\u9fff]{2})(?:而成|而来|成|来)?的?[?？]?$")  # 由哪两个项目合并来的
_WITHIN = regex(
    r"(?:的?(?:里面?|里头|内部))(?:都|还|会|要|一般|通常)*(?:装|放|有|含|是)(?:着|了|有|的)?些?(?:什么|哪[些几][个种样]?)(?:东西|内容)?(?=[?？,，。]|$)"
)  # 里面都装着什么: whatever it contains
_CONTENTS = regex(f"{_WITHIN.pattern}|包[含括](?:着|了)?(?:什么|哪)|(?:什么|哪)[^,，?？]{{0,6}}[组构]成")
_SAYS_CONTENTS = regex(r"包[含括]|[组构]成|含有|部分|内容|组件|部件")
_HOLDS_WITHIN = 0.6  # more worth for a sentence that says what is in the thing, where that is asked
_BRACKETS = regex(r"(?:文章?|原文)?(?:里面?|中|内)?的?(?:那[句段个]话?)?的?括号(?:里面?|中|内)?的?(?:内容)?")
_IN_BRACKETS = regex(r"[(（][^()（）]*(?:[,，、/]|或|和|与)[^()（）]*[)）]")
_LISTS_KNOWN = 0.6  # more worth for a list that holds what the question names as known, or that goes through layers
_SORTS = regex(r"类|种|分|kinds|types")
_BY_EXAMPLES = regex(r"(?:比如|例如|诸如|譬如|如)\s*[^,，。、/]{1,20}(?:[、/][^,，。、/]{1,20}){1,}")  # 比如 Windows/macOS/Linux
_SORTED = regex(r"分为|分成|包括|种类|类型|[两三四五六七八九几\d][类种]")
_GOOD = regex(r"优点|优势|好处|长处|强项|advantages?\b(?<!disadvantages)(?<!disadvantage)|benefits?|strengths?")
_BAD = regex(r"缺点|劣势|不足|坏处|短处|弊端|局限|代价|disadvantages?|drawbacks?|weaknesses|limitations?")
_PRAISES = regex(r"方便|简单|快(?!照)|灵活|高效|轻(?!视)|易于|容易|节省|便宜|安全|可靠|稳定|提高|提升|避免|省去|省下")
_BLAMES = regex(r"慢|复杂|困难|难以|昂贵|更贵|不支持|不能|无法|受限|限制了|消耗|不稳定|风险|较弱|更弱|较差|更差")
_TRAITS, _ANYTHING = regex(r"特点|特性|特征"), regex("")
_DIFFERENCES = regex(r"区别|差别|差异|不同")
_TOO_LITTLE = frozenset({"part", "coverage"})  # reasons
_COUNT = regex(r"(?<![第是\d每])[两二三四五六七八九十\d]+\s?(?:大|个|种|类|项|条|点|样)")
_CONTRARY = 0.3  # worth of a sentence on the opposite of what is asked
_NAMES_ONE = 40  # characters; a longer sentence explains itself
_FEW = 3  # sentences
_HEADS_A_LIST = ("优势", "优点", "缺点", "特点", "劣势", "用途", "不足", "作用")


def fits(text: str, concepts: tuple[str, ...]) -> float:
    if _SURELY.search(text):
        return 0.87
    if not CUES.search(text):
        return 0.0
    if _AMOUNT.search(text):
        return 0.5  # 几种说法分别是多久
    return 0.86 if re.search(r"哪|(?:几|多少)[种类]|什么|which|what|name|list", text) else 0.8


def answer(question: Question, sources: Sources) -> Answer:
    beside = _BESIDE.search(question.resolved)
    known = fold((beside["known"] or "").strip()) if beside else ""
    lists_known = _in_a_list(known) if known else None
    bracketed = _BRACKETS.search(plainly(question)) is not None
    upwards = layers.ASKED.search(plainly(question)) is not None
    asked = _BESIDE.sub("", _BRACKETS.sub("", _EXAMPLES.sub("", question.resolved)))
    rewritten = question.language == "zh" and _WITHIN.search(plain(asked)) is not None
    asked = _WITHIN.sub("包含什么", plain(asked)) if rewritten else asked
    question = replace(question, resolved=layers.named(asked or question.resolved, sources))
    terms = terms_of(question, sources)
    listed = _under_a_heading(question, terms, sources)
    if listed is not None:
        return listed
    sorts = _SORTS.search(plainly(question)) is not None

    contrary = _contrary(plainly(question))

    examples = _examples(question, sources)
    verb = _MADE_OF.search(plainly(question))
    made = re.compile(rf"由[^,，。;；]{{1,60}}{verb['verb']}") if verb else None
    within = _contains(question, sources) if _CONTENTS.search(plainly(question)) else None
    asked_for = frozenset(word for term in terms for word in (term.label, *term.words))

    denied = as_denied(question, sources)
    weighs = denied or as_said(question, sources)

    def prefer(sentence: Sentence) -> float:
        return _worth(sentence) * (weighs(index_of(sources).folded[sentence.id]) if weighs is not None else 1.0)

    def _worth(sentence: Sentence) -> float:
        if contrary is not None and contrary[1].search(sentence.text) and not contrary[0].search(sentence.text):
            return _CONTRARY
        if of_another_whole(sentence, terms, sources):
            return _CONTRARY
        told = 0.4 if _says_which(sentence.text, asked_for) else 0.0
        told += 0.5 if made is not None and made.search(sentence.text) else 0.0
        told += 0.35 if examples[sentence.id] > 1 else 0.0
        told += _HOLDS_WITHIN if within is not None and within.search(index_of(sources).folded[sentence.id]) else 0.0
        told += _LISTS_KNOWN if lists_known is not None and lists_known.search(index_of(sources).folded[sentence.id]) else 0.0
        told += _LISTS_KNOWN if bracketed and _IN_BRACKETS.search(sentence.text) else 0.0
        told += _LISTS_KNOWN if upwards and layers.GONE_THROUGH.search(sentence.text) else 0.0
        told += 0.35 if sorts and _BY_EXAMPLES.search(sentence.text) else 0.0
        return _prefer(sentence) + told + (0.35 if sorts and _SORTED.search(sentence.text) else 0.0)

    terms, ranked, chosen, reason = weighed(question, sources, about(question, sources, prefer), most=3)
    draft = Draft(question, sources)
    draft.consider(terms, ranked)
    if upwards and reason is not None and reason.key == "part" and layers.GONE_THROUGH.search(chosen[0].sentence.text):
        chosen, reason = chosen[:1], None  # it goes through the layers, though it says neither 三层 nor 层
    if reason is not None and reason.key in _TOO_LITTLE and (uncounted := _COUNT.sub("", question.resolved)) != question.resolved:
        return answer(replace(question, resolved=uncounted), sources)  # 列出五种服务器, where the article does not count them
    if denied is not None and not any(denied(index_of(sources).folded[item.sentence.id]) > 1 for item in chosen):
        return draft.refused(terms, reason or because("nothing"))
    announced = announced_list(question, terms, ranked, sources)
    if announced is not None and _DIFFERENCES.search(announced[0].text) and not _DIFFERENCES.search(plainly(question)):
        announced = None
    if announced is not None and upwards and not _holds(announced, layers.SPOKEN_OF):
        announced = None
    if announced is not None and any(_called_otherwise(word, question, announced[0], chosen) for word in (_GOOD, _BAD)):
        announced = None
    if announced is not None and within is not None and not _SAYS_CONTENTS.search(announced[0].text):
        announced = None
    if announced is not None and bracketed and not _holds(announced, _IN_BRACKETS):
        announced = None
    if announced is not None and known and not _holds(announced, re.compile(re.escape(known))):
        announced = None
    if announced is not None:
        lead, items = announced
        draft.note("announced", lead=lead.text[:50], items=str(len(items)))
        return draft.done(enumerated(lead, items, draft))
    kind = kind_asked(terms) if unanswerable(question, terms) is None else None
    headed = headed_examples(kind, index_of(sources)) if kind is not None else None
    if headed is not None:
        return draft.done(enumerated(*headed, draft))
    of_a_kind = instances(kind, terms, sources) if kind is not None else ()
    told_by = lists_known or (_IN_BRACKETS if bracketed else None)
    if told_by is not None and not any(told_by.search(fold(one.text)) for one in of_a_kind):
        of_a_kind = () if any(told_by.search(fold(item.sentence.text)) for item in chosen) else of_a_kind
    if of_a_kind:
        everywhere = tuple(1.0 for _ in terms)
        return draft.done(introduced(question) + told([Scored(one, everywhere, 1.0, 1.0) for one in of_a_kind], terms, draft))
    if rewritten and not any(within is not None and within.search(fold(item.sentence.text)) for item in chosen):
        return draft.refused(terms, reason or because("nothing"))
    if reason is not None or _names_alone(terms, chosen):
        told_of = _valued(question, ranked, terms, sources)
        if told_of:
            return draft.done(introduced(question) + told(told_of, terms, draft))
        if reason is not None:
            return draft.refused(terms, reason)
    if contrary is not None:
        chosen = tuple(item for item in chosen if contrary[0].search(item.sentence.text) or not contrary[1].search(item.sentence.text))
    if not chosen:
        return draft.refused(terms, reason)
    chosen = _without_repeating(chosen, terms)
    opening = introduced(question)
    items = _numbered(chosen, terms, index_of(sources))
    if items:
        return draft.done(opening + items_told(items, draft))
    chosen = _elaborated(with_continuation(question, terms, chosen, sources), index_of(sources))
    return draft.done(opening + told(chosen, terms, draft))


def _called_otherwise(word: re.Pattern[str], question: Question, lead: Sentence, chosen: Sequence[Scored]) -> bool:
    """Whether a list of 限制 would stand before a sentence that says outright what the 缺点 is that was asked for."""
    return bool(word.search(plainly(question))) and not word.search(lead.text) and any(word.search(item.sentence.text) for item in chosen)


def _names_alone(terms: Sequence[Term], chosen: Sequence[Scored]) -> bool:
    """Whether none of the chosen sentences says any word of what is asked of the thing."""
    rest = [number for number, term in enumerate(terms) if not (term.salient and term.concepts)]
    return bool(rest) and not any(item.covered[number] for item in chosen for number in rest)


def _holds(announced: tuple[Sentence, tuple[Item, ...]], wanted: re.Pattern[str]) -> bool:
    """Whether a list or what leads to it holds what it must, folded: layers, or what the question names as known; else it lists something else."""
    lead, items = announced
    return any(wanted.search(fold(text)) for text in (lead.text, *(item.text for item in items)))


def _contains(question: Question, sources: Sources) -> re.Pattern[str] | None:
    """What says of the first thing asked about what is in it: 每个虚拟机包括…, 集群由…组成."""
    things = [id_ for id_ in question.concepts if id_ in sources.lexicon]
    if not things:
        return None
    names = "|".join(re.escape(name) for name in names_of(things[0], sources))
    return re.compile(
        rf"(?:{names})(?:里面?|内部?|中)?[^,;。:、]{{0,6}}?(?:(?<!不)包括|(?<!不)包含|含有|装有|内含|由[^,;。]{{2,40}}[组构]成|都?有自己的)"
    )


def _in_a_list(known: str) -> re.Pattern[str]:
    """What is known already, as one of several things that folded text lists: 除了 VMware, others stand beside it."""
    name = re.escape(known)
    return re.compile(rf"(?:[、,/(]|和|与|及|或){name}(?=[、,/)等和与及或])|{name}(?:[、/]|和|与|及|等)")


def _says_which(text: str, asked_for: frozenset[str]) -> bool:
    """Whether a sentence says which are the 优点 or 方法 of something, and that is what is asked for."""
    return any(match["what"] in asked_for for match in _SAYS_WHICH.finditer(text))


def _without_repeating(chosen: tuple[Scored, ...], terms: Sequence[Term]) -> tuple[Scored, ...]:
    """Where the best sentence lists several things itself, no other that lists nothing, is not nearly as good and says no more of what is asked."""
    best = chosen[0]
    if not _LISTS_ITSELF.search(best.sentence.text):
        return chosen

    def adds(one: Scored) -> bool:
        more = any(term.weight >= _TELLING and new > old for term, new, old in zip(terms, one.covered, best.covered, strict=True))
        return more or one.score >= _AS_GOOD * best.score or _LISTS_ITSELF.search(one.sentence.text) is not None

    return (best, *filter(adds, chosen[1:]))


def _valued(question: Question, ranked: Sequence[Scored], terms: Sequence[Term], sources: Sources) -> tuple[Scored, ...]:
    """Where nothing is called an advantage of the thing: the sentences that begin with it and praise it (…很方便); likewise what blames it.
    Where nothing is called a 特点 of it: what begins with it, whatever it says."""
    good, bad = bool(_GOOD.search(plainly(question))), bool(_BAD.search(plainly(question)))
    named = [term for term in terms if term.concepts and term.salient]
    traits = bool(_TRAITS.search(plainly(question)))
    if (good == bad and not traits) or not named or unanswerable(question, terms):
        return ()
    index, values = index_of(sources), _ANYTHING if traits else _PRAISES if good else _BLAMES
    things = tuple(named[0].names)
    found = (item for item in ranked if any(opens(clause, things) for clause in index.clauses(item.sentence)[:1]))
    return tuple(item for item in found if values.search(item.sentence.text))[:_FEW]


def _numbered(chosen: Sequence[Scored], terms: Sequence[Term], index: Index) -> tuple[Item, ...]:
    """The numbered list that the best sentence belongs to, where a second of the chosen does as well, or the first item names what is listed.

    「1 敏捷:容器最大的优点是… 2 标准化:…」 lists advantages in every item, though only one of them says so.
    """
    asked = [word for term in terms if not term.concepts for word in term.words if word in _HEADS_A_LIST]
    items = numbered_run(chosen[0].sentence, index)
    ids = {sentence.id for item in items for sentence in item.sentences}
    named = bool(items) and any(word in index.folded[items[0].sentences[0].id] for word in asked)
    return items if asked and (named or sum(item.sentence.id in ids for item in chosen) > 1) else ()


def _contrary(text: str) -> tuple[re.Pattern[str], re.Pattern[str]] | None:
    """Words for what is asked and for its opposite, where only one of them is asked for: 缺点 against 优点."""
    good, bad = bool(_GOOD.search(text)), bool(_BAD.search(text))
    return None if good == bad else (_GOOD, _BAD) if good else (_BAD, _GOOD)


def _elaborated(chosen: tuple[Scored, ...], index: Index) -> tuple[Scored, ...]:
    """「microVM 的缺点是功能少。Firecracker 不支持…」: behind a short sentence that names one such, what the same paragraph says of it."""
    first = chosen[0]
    if (
        len(chosen) > _FEW
        or len(first.sentence.text) > _NAMES_ONE
        or not _SAYS_WHICH.search(first.sentence.text)
        or "、" in first.sentence.text  # it lists them itself
        or series(first.sentence, index)
    ):
        return chosen
    more: list[Scored] = []
    after = index.after(first.sentence)
    while after is not None and len(more) < _FEW and index.places[after.id].line == index.places[first.sentence.id].line:
        if _GOOD.search(after.text) or _BAD.search(after.text):
            break
        more.append(Scored(after, first.covered, first.coverage, first.score))
        after = index.after(after)
    return (first, *more) if more else chosen


def _examples(question: Question, sources: Sources) -> Counter[str]:
    """Sentence id → how many kinds or examples of the thing asked about it states."""
    near = [id_ for id_, worth in sources.family(question.concepts[0]).items() if worth >= 0.7] if question.concepts else []
    stated = {
        (claim.sentence_id, claim.subject)
        for id_ in near
        for claim in sources.stated.of_object(id_)
        if claim.relation in ("is_a", "instance_of") and claim.holds and not claim.analogy
    }
    return Counter(sentence_id for sentence_id, _ in stated)


def _prefer(sentence: Sentence) -> float:
    marks = len(re.findall(r"、|,|，", sentence.text))
    return (1.35 if _LIST.search(sentence.text) or _BOTH.search(sentence.text) else 1.0) + min(0.15, 0.03 * marks)


def _under_a_heading(question: Question, terms: tuple[Term, ...], sources: Sources) -> Answer | None:
    """「Docker的优势有哪几条」: the lines under the heading Docker的优势, where an article has one."""
    if unanswerable(question, terms):
        return None
    index = index_of(sources)
    wanted = {id_ for term in terms for id_, near in term.concepts if near == 1.0}
    asked = [word for word in _HEADS_A_LIST if any(word in term.words for term in terms)]
    sorts = _SORTS.search(plainly(question)) is not None
    if not wanted or not (asked or sorts):
        return None
    contrary = _contrary(plainly(question))
    groups: dict[tuple[str, str], list[Sentence]] = {}
    for id_, sentence in index.sentences.items():
        heading = sentence.heading or ""
        last = heading.rsplit(" / ", 1)[-1]
        if not wanted & index.heading_concepts.get(id_, frozenset()) or (contrary is not None and contrary[1].search(last)):
            continue  # lines under 优点和缺点 are of both
        if heading.endswith(tuple(asked)) and len(sentence.text) <= 30 if asked else _leads(last, wanted, sources):
            groups.setdefault((sentence.article_id, heading), []).append(sentence)
    total = sum(term.weight for term in terms) or 1.0
    fitting = [lines for lines in groups.values() if sum(t.weight * met(t, lines[0], index) for t in terms) / total >= _HEADING_SAYS]
    lines = max(fitting, key=len, default=[])
    if len({index.places[sentence.id].line for sentence in lines}) < 2:
        return None  # running text lists nothing line by line
    draft = Draft(question, sources)
    ordered = sorted(lines, key=lambda sentence: sentence.position)
    shown, language = ordered[:_MOST_ITEMS], question.language
    joint = say("comma", language)
    if all(len(sentence.text) <= _SHORT for sentence in shown):
        # lines of a few characters prove nothing one by one: the stretch that lists them is the quote
        n = draft.cite(shown[0], (shown[0].span[0], shown[-1].span[1]))
        text = joint.join(quoted(name_of(sentence), language) for sentence in shown) + f"[{n}]"
    else:
        text = joint.join(f"{quoted(name_of(sentence), language)}[{draft.cite(sentence)}]" for sentence in shown)
    heading = quoted((ordered[0].heading or "").rsplit(" / ", 1)[-1], language)
    return draft.done(f"{heading}{say('colon', language)}{text}{say('end', language)}")


def _leads(lead: str, wanted: set[str], sources: Sources) -> bool:
    """Whether 「内核提供八种命名空间」 counts kinds of the very thing asked about."""
    counted = _COUNTS_KINDS.search(lead)
    return counted is not None and bool(wanted & {match.concept_id for match in sources.lexicon.find(lead[counted.start() :])})
