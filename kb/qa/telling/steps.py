"""Steps and ways: the list that tells in order what happens, sentences that go through it (先…再…, …时，…然后…), a sentence with the command."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kb.language.normalize import fold
from kb.language.regex import regex
from kb.qa.asking.terms import Term, plainly
from kb.qa.finding.index import Index, index_of
from kb.qa.finding.retrieval import Prefer, Scored, met
from kb.qa.sources import Sources
from kb.qa.telling.definitions import defines, names_of
from kb.qa.telling.lists import Item, count_of, listed
from kb.records import Question, Sentence

# asks for a whole course of things rather than for one way
PROCESS = regex(
    r"背后|过程|流程|步骤|经过|顺序|原理|(?:之后|以后|后)[^,，?？]{0,3}(?:会|都|又)?发生|怎么(?:工作|运作|运行|做|实现|完成|处理)|如何(?:工作|运作|实现|处理)"
    r"|是(?:怎么|如何|怎样)[^,，?？]{1,16}的|(?:怎么|如何|怎样)(?:创建|启动|建立|构建|迁移)|\bhow (?:does|do|is|are)\b.*(?:work|\bdone)|\bsteps?\b|\bprocess of\b"
)
_WORKS = regex(
    r"(?:怎么|如何|怎样)(?:工作|运作|实现|进行|做的|完成的)|原理|(?:步骤|过程|流程)(?:是[^,，]{0,4})?[?？]?$|\bhow (?:does|do)\b.*\bwork"
)  # what it is tells as much as what it does
# words that say that a course is asked for, not of what
_ASKS = regex(
    r"的?(?:具体|整个|详细|大致|完整)?的?(?:过程|流程|步骤|顺序|原理)|(?:之后|以后)?(?:都|会|又|都会)?发生了?(?=什么|哪些)|(?:都|会)?(?:依次|先后)?(?:经过|经历)了?(?=哪)|在?的?背后|都?(?:干|做)了(?=些?什么|哪些)"
    r"|[(（](?:流程|过程|步骤)[)）]|(?<=怎么|如何|怎样)(?:工作|运作)"
)
_ORDERED = regex(r"步骤|[两三四五六七八九几\d]\s?步|过程|顺序|流程|阶段|依次|先后")
_WAYS = regex(r"方法|办法|做法|措施|手段|途径|步骤")
_NUMBERED = regex(r"\d+[.、)）]")
_FIRST = regex(r"(?:第一步?|首先|先)[,，:：]?")
IN_ORDER = regex(r"首先|然后|接着|随后|最后|依次|步骤|流程|先[^,，。]{1,30}[,，]?再|第一步|第二步|先[^。]{2,40}[,，](?:再|并|后)")
_THEN = regex(r"[,，][^,，]{0,6}(?:再(?![次也多])|然后|接着)")
_GOES_ON = regex(r"首先|然后|接着|随后|最后|依次|再[^次也多少]|[^,，]{2,20}(?:时|后|以后|之后)[,，]|直到|此后")
_WAY = regex(
    r"通过|使用|利用|采用|借助|可以用|命令|把|将|用[^,，户于来途]{1,16}(?:把|将|来|从|创建|限制|管理|构建|指定|设置)|(?:方法|做法|办法)(?:有|是)"
)
_COMMAND = regex(r"(?<![A-Za-z])[a-z][a-z-]+ (?:[a-z-]+ )*(?:--?[a-z][a-z-]*|run|exec|build|start|create)\b")
_OTHER = regex(r"(?:优点|缺点|优势|好处|代价|特点|局限|用途)(?:是|有|在于)|不能|无法|不会|报告|论文")
_TELLS_WAYS = regex(r"(?:方法|做法|办法|步骤|措施)(?:有|是|如下|包括|为)")
_COMPARES = regex(r"比[^,，]{1,16}更|差别|差距|(?<!可)相比")
_CONDITION = regex(r"[^,，。]{2,24}(?:时|后|以后|之后)[,，]")
_DENIED = regex(r"不能|无法|不会|没有|难以|不")
_BEGINS, _SHORT = 3, 40  # characters
_MOST, _CHARS = 4, 300
_NEXT = 3  # sentences behind a definition, where none of them tells the order
_FARTHEST = 10  # sentences behind a definition
_SAID = 0.78  # of what is asked, by a list of steps with what is above it
_MUST = 0.5
_LED = 0.3  # of what is asked, by the lead with what is above it
_BEFORE = 0.9  # worth of what the sentence before the lead says (以浏览网页为例)
_ABOVE, _IN_TITLE, _IN_ITEMS = 0.8, 0.7, 0.9  # worth of what the heading, the title and the steps say, not the lead
_ANY_ACTION = frozenset("处理 工作 做 进行 实现 完成 运作 之后 以后 发生 步骤 流程 过程".split())
_SAYS_WHAT = 0.5  # worth of a sentence that says what the thing is, where it is asked how it is done
_WITHOUT_ACTION = 0.7  # worth of a sentence that says nothing of the action asked for


def of_what(question: Question) -> Question:
    """The question without the words that only say that steps are wanted."""
    return replace(question, resolved=_ASKS.sub("", question.resolved) or question.resolved)


def steps(question: Question, terms: Sequence[Term], sources: Sources) -> tuple[Sentence, tuple[Item, ...]] | None:
    """The list that answers: of steps where a course is asked for, of ways in any case; its lead, heading, title and items say what is asked."""
    index = index_of(sources)
    asked = count_of(plainly(question))
    process = PROCESS.search(plainly(question)) is not None
    found: list[tuple[float, Sentence, tuple[Item, ...]]] = []
    for lead, items in index.headed(listed):
        ordered = process and _ordered(lead, items, index)
        if not (_WAYS.search(lead.text) or ordered):
            continue
        said = _said(terms, lead, items, index, by_items=ordered or not process)
        if said >= _SAID:
            found.append((said + (0.3 if asked == len(items) else 0.0), lead, items))
    if not found:
        return None
    _, lead, items = max(found, key=lambda entry: entry[0])
    return lead, items


def _ordered(lead: Sentence, items: Sequence[Item], index: Index) -> bool:
    first = items[0].sentences[0]
    above = f"{first.heading or ''} {lead.text}"
    numbered = _NUMBERED.match(index.places[first.id].mark) or _FIRST.match(first.text)
    return bool(_ORDERED.search(above) or (numbered and PROCESS.search(above)))


def _said(terms: Sequence[Term], lead: Sentence, items: Sequence[Item], index: Index, *, by_items: bool) -> float:
    """Of what is asked, by weight; nothing where the lead, its heading and the title say little of it, or nothing says a thing asked about.

    `by_items`: what only the items say counts too. Of ways to do something else, it tells no course."""
    titled = index.titled.get(lead.article_id, frozenset())
    above = index.headings[items[0].sentences[0].id]
    before = index.before(lead)
    if before is not None and (index.places[before.id].line != index.places[lead.id].line or not _ORDERED.match(lead.text)):
        before = None
    total = said = led = 0.0
    for term in terms:
        if term.missing and not term.salient:
            continue  # 敲下: a word that no article knows
        by_lead = max(
            met(term, lead, index),
            _BEFORE * met(term, before, index) if before else 0.0,
            _ABOVE if any(word in above for word in (*term.names, *term.words)) else 0.0,
        )
        by_title = _IN_TITLE if any(near == 1.0 and id_ in titled for id_, near in term.concepts) else 0.0
        own = max(by_lead, by_title, _IN_ITEMS if by_items and by_lead < _IN_ITEMS and _in_items(term, items, index) else 0.0)
        if own < _MUST and term.salient and term.concepts:
            return 0.0
        led += term.weight * max(by_lead, by_title)
        total += term.weight
        said += term.weight * own
    return said / total if total and led >= _LED * total else 0.0


def _in_items(term: Term, items: Sequence[Item], index: Index) -> bool:
    """Whether a step names the very thing or says the very word, no synonym."""
    ids = {id_ for id_, near in term.concepts if near == 1.0}
    word = term.words[:1]
    return any(
        ids & index.concepts.get(sentence.id, set()) or (word and word[0] in index.folded[sentence.id])
        for item in items
        for sentence in item.sentences
    )


def way(question: Question, terms: Sequence[Term], sources: Sources) -> Prefer:
    """A preference for what goes through it in order, names the command or the means, and says the action that is asked for; not for what
    the thing is, or is good for."""
    index = index_of(sources)
    process = PROCESS.search(plainly(question)) is not None
    names = tuple(name for id_ in question.concepts if id_ in sources.lexicon for name in names_of(id_, sources))
    own = set(question.concepts)
    works = _WORKS.search(plainly(question)) is not None
    action = [term for term in terms if not term.concepts and term.label not in _ANY_ACTION]
    weight = sum(term.weight for term in action)
    named = tuple(name for term in terms for name in (*term.names, *term.words[:1]) if len(name) > 1)
    words = tuple(word for term in action for word in term.words)

    def prefer(sentence: Sentence) -> float:
        text, folded = sentence.text, index.folded[sentence.id]
        worth = 1.0
        if IN_ORDER.search(text):
            headed = process and own & index.heading_concepts.get(sentence.id, frozenset())
            worth = 2.0 if headed else 1.6 if process else 1.3
        elif _THEN.search(text):
            worth = 1.3
        elif _TELLS_WAYS.search(text):
            worth = 1.35
        elif _COMMAND.search(text):
            worth = 1.4
        elif _WAY.search(text):
            worth = 1.25
        elif _OTHER.search(text):
            worth = 0.8
        if _COMPARES.search(text):
            worth *= 0.8
        if names and not works and defines(folded, names):
            worth *= _SAYS_WHAT
        if works and folded.startswith(names):
            worth *= 1.3
        opening = _CONDITION.match(text)
        if any(folded.startswith(f"{name}:") for name in named) or (opening and any(name in fold(opening.group()) for name in named)):
            worth *= 1.2
        denied = _DENIED.search(folded)
        if denied and folded[denied.end() :].startswith(words):
            worth *= 0.5
        if weight:
            worth *= _WITHOUT_ACTION + (1 - _WITHOUT_ACTION) * sum(term.weight * met(term, sentence, index) for term in action) / weight
        return worth

    return prefer


def in_order(question: Question, chosen: Sequence[Scored], sources: Sources) -> tuple[Scored, ...]:
    """The sentences that go through it (the best, and those of its section), each with those before and behind it in its paragraph that belong to the course, as they are read."""
    index = index_of(sources)
    first = chosen[0].sentence
    process = PROCESS.search(plainly(question)) is not None
    if (_WORKS.search(plainly(question)) and _defined(first, question, sources)) or (process and _introduced(first, question, sources)):
        best = chosen[0]
        return (best, *(Scored(one, best.covered, best.coverage, best.score) for one in _behind(first, index)))
    if not process or not (IN_ORDER.search(first.text) or _THEN.search(first.text)):
        return tuple(chosen)
    told: dict[str, Scored] = {}
    for item in chosen:
        together = (item.sentence.article_id, item.sentence.heading) == (first.article_id, first.heading)
        ordered = item is chosen[0] or IN_ORDER.search(item.sentence.text)
        if item.sentence.id not in told and together and ordered:
            for one in _course(item.sentence, index):
                if len(told) < _MOST and sum(len(other.sentence.text) for other in told.values()) + len(one.text) <= _CHARS:
                    told.setdefault(one.id, Scored(one, item.covered, item.coverage, item.score))
    return tuple(sorted(told.values(), key=lambda item: item.sentence.position))


def _introduced(sentence: Sentence, question: Question, sources: Sources) -> bool:
    """Whether a sentence only comes to the name of what is asked about (经典方法是陷入再模拟): how it goes stands behind it."""
    text = fold(sentence.text).rstrip("。.;")
    names = (name for id_ in question.concepts if id_ in sources.lexicon for name in names_of(id_, sources))
    return len(sentence.text) <= _SHORT and text.endswith(tuple(names))


def _defined(sentence: Sentence, question: Question, sources: Sources) -> bool:
    return any(
        defines(index_of(sources).folded[sentence.id], names_of(id_, sources)) for id_ in question.concepts if id_ in sources.lexicon
    )


def _behind(sentence: Sentence, index: Index) -> Sequence[Sentence]:
    """What the section goes on to say behind its definition: how it goes, where it tells that in order, else the next sentences."""
    behind: list[Sentence] = []
    after = index.after(sentence)
    while after is not None and after.heading == sentence.heading and len(behind) < _FARTHEST:
        behind.append(after)
        after = index.after(after)
    ordered = [one for each in behind if IN_ORDER.search(each.text) for one in _course(each, index)]
    told: list[Sentence] = []
    for one in dict.fromkeys(ordered) if ordered else behind[:_NEXT]:
        if sum(len(other.text) for other in (sentence, *told, one)) <= _CHARS:
            told.append(one)
    return told


def _course(sentence: Sentence, index: Index) -> Iterator[Sentence]:
    """A sentence that goes through it, what introduces it (最常用的方法是预复制), and what goes on from it in its paragraph."""
    line = index.places[sentence.id].line
    before = index.before(sentence)
    if before is not None and index.places[before.id].line == line and _introduces(before, sentence, index):
        yield before
    yield sentence
    after = index.after(sentence)
    while after is not None and index.places[after.id].line == line and _GOES_ON.search(after.text):
        yield after
        after = index.after(after)


def _introduces(before: Sentence, sentence: Sentence, index: Index) -> bool:
    """Whether a short sentence ends with what the next one begins with (…是预复制。预复制先…)."""
    end = fold(before.text).rstrip("。.;")[-_BEGINS:]
    return len(before.text) <= _SHORT and len(end) == _BEGINS and end[-2:] in index.folded[sentence.id][: len(end) + 4]
