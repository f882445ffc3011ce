"""「docker是啥?」「主机是指什么?」「用大白话讲讲什么叫服务器」「What does the Docker daemon do?」 What something is, and what it does."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kb.language.normalize import fold
from kb.language.regex import regex
from kb.qa.asking.objects import asks_done_to
from kb.qa.asking.terms import named_in, plainly
from kb.qa.asking.unmeant import excluded
from kb.qa.finding.index import Index, index_of
from kb.qa.finding.retrieval import Scored
from kb.qa.kinds.choice import IDENTITY
from kb.qa.sources import Sources
from kb.qa.telling.definitions import begins_longer, defined_within, defines, is_figure, names_of, opens_with, stating
from kb.qa.telling.drafting import Draft
from kb.qa.telling.extracts import extract, told
from kb.qa.telling.identity import which_of_two
from kb.qa.telling.labelled import behind_the_label
from kb.qa.telling.lists import label_of
from kb.qa.wording import because, introduced
from kb.records import Answer, Question, Sentence

CUES = regex(
    r"是个?什么(?!时候|地方|原因|关系|公司|人)|什么是|是指什么|(?:是指|指的是)[?？]?$|指什么|指的是|什么叫|叫什么|定义|什么意思|什么概念|什么东西|能够?做些?什么[?？]?$|做什么的|做什么用|是做什么|"
    r"有什么用|什么作用|作用是|的(?:作用|用途|功能|职责|定义|含义)[?？]?$|讲讲|介绍一下|解释一下|是什么$|what(?:'s| is| are| does| do) |define|"
    r"meaning of|explain"
)
_ROLE = regex(r"做些?什么|作用|用途|有什么用|what does|what do|what .{0,20} for")
_CAN_DO = regex(r"能够?做些?什么[?？]?$")  # of what is only mentioned, nothing is said that it can do
_DOES = regex(r"负责|用于|用来|管理|提供|分配|可以|进行")
_ITS_USE = regex(
    r"(?:则|就|只|还|也|主要|通常|一般|本身)*(?:的[^,，。]{0,6}(?:作用|用途|目的|职责|任务|功能)|用于|用来|适合|负责|使|让|把|将|为(?!了|止)|以便|避免|允许|帮助|能|可以|提供"
    r"|规定|决定|限制|隔离|管理|保存|控制|实现|描述|记录|启动|监视|调度|分配|转发|运行(?!于|在)|创建|构建)"
)
_FOR = regex(r"用来|用于|作用(?:是|在于)|用途(?:是|有)")
_USES_HEAD = regex(r".{0,12}?(?:用途|用处|作用|应用|(?:适用|使用|应用)场[景合])")
_PARTS = regex(r"由[^,，。;；]+[组构]成|[两三四五六七八九十几]\s?[种类个][^,，。;；]{0,8}[:：。]|以下|分为")
_WANTED = regex(r"的?(?:主要)?(?:作用|用途|功能|职责|定义|含义|意思)(?:是什么|是)?|能够?做些?什么(?=[?？]?$)")
# ESXi 的内核叫什么名字 asks for a name, not what the thing is
_ASKS_NAME = regex(r"的[^,，?？的]{1,12}(?:又|还|都)?(?:叫|称为?)(?:做|作)?什么|(?:名字|名称|叫法)(?:是|叫)什么")
_NAMES = regex(r"叫(?!用|停)|称(?:为|作|之)|名为|名称|名字|简称|又称")
_WITHIN = 1.35  # worth of a sentence that says what the thing is, though not in its first clause
_OF_ANOTHER_SENSE = 0.3  # worth of a sentence that names what the question says that it does not mean
_SAYS = regex(r"是指|指的是|一般是指|是一种|是一个|是一台")


def fits(text: str, concepts: tuple[str, ...]) -> float:
    if IDENTITY.search(text):
        return 0.75
    if asks_done_to(text):
        return 0.0
    if not CUES.search(text):
        return 0.35 if concepts and len(fold(text)) <= 6 else 0.0
    return 0.7 if len(concepts) <= 1 else 0.5


def _opens(text: str, names: tuple[str, ...]) -> float:
    """A definition that begins with the very name is worth more than one that comes to it."""
    return 0.2 if any(opens_with(text, name) for name in names) else 0.0


_CALLS = ("称为", "称作", "叫", "叫做", "即", "名为", "简称", "指", "虚拟成", "抽象成", "形成一个", "组成一个", "构成一个")
_EXPLAINS = "(?:比如|例如|也就是|就是|即(?!使|可|便)|指的?是?)"  # behind a name, what it stands for
_OF_A_LONGER_NAME = 0.7  # worth of a sentence that begins with another name, which only begins like that asked for (计算机网络)
_FEW = 3  # sentences; what more of them name is no passing mention


def _told_of(subject: str, names: tuple[str, ...], sources: Sources) -> bool:
    """Whether any sentence tells something of a thing: begins a clause with it, or says something with it as the subject."""
    index = index_of(sources)
    mentioned = index.by_concept.get(subject, [])
    if not mentioned or len(mentioned) > _FEW or not sources.known_in_articles(subject):
        return True
    about = (id_ for id_ in mentioned if id_ in index.sentences)
    return any(
        subject in index.carried.get(id_, ())
        or subject in index.heading_concepts.get(id_, ())
        or subject in index.title_concepts.get(id_, ())
        or any(opens_with(clause, name) for clause in index.clauses(index.sentences[id_]) for name in names)
        or defined_within(index.folded[id_], names)
        or any(re.search(rf"{re.escape(name)}[^。;；]{{0,16}}[,，(:]{_EXPLAINS}", index.folded[id_]) for name in names)
        or any(f"{calls}{name}" in index.folded[id_] for calls in _CALLS for name in names)
        for id_ in about
    )


def _under_its_uses(sentence: Sentence, subject: str | None, index: Index) -> bool:
    """Under 「用途」 in an article on the thing, or 「虚拟机的用途」 in any."""
    last = (sentence.heading or "").rsplit(" / ", 1)[-1]
    about = index.titled.get(sentence.article_id, frozenset()) | index.heading_concepts.get(sentence.id, frozenset())
    return _USES_HEAD.fullmatch(last) is not None and subject in about and subject in index.concepts.get(sentence.id, set())


def _says_its_use(clauses: Sequence[str], names: tuple[str, ...]) -> bool:
    """Whether a clause that begins with the thing says what it is for or does."""
    return any(_ITS_USE.match(clause[len(name) :]) for clause in clauses for name in names if opens_with(clause, name))


def _defined(subject: str | None, names: tuple[str, ...], sources: Sources) -> bool:
    index = index_of(sources)
    return subject is not None and any(defines(index.folded[id_], names) for id_ in index.by_concept.get(subject, ()))


_OF_A_NAME = regex(r"的(?:名称|名字|叫法)")  # says what is called so, not what it is

# OVA 文件是什么: what sort of thing it is says the answer, and seldom in this word
_SORT_BEHIND_A_NAME = regex(
    r"(?<=[A-Za-z0-9])\s*(?:这[种个类])?(?:文件|软件|工具|技术|命令|项目|平台|系统|功能|组件|程序|模块|机制|协议|格式|产品|概念|术语)(?=\s*(?:到底|究竟)?(?:是|指|有什么用))"
)


def _asked_of(text: str) -> str:
    """Without the words that only say what is wanted of the thing (的作用, 的定义): a sentence that tells it seldom names them."""
    return _SORT_BEHIND_A_NAME.sub("", _WANTED.sub("", text) or text)


def answer(question: Question, sources: Sources) -> Answer:
    of_two = which_of_two(question, sources)
    if of_two is not None:
        return of_two
    things = [id_ for id_ in question.concepts if id_ in sources.lexicon]
    subject = things[0] if things else None
    role = bool(_ROLE.search(plainly(question)))
    names = names_of(subject, sources) if subject else ()
    stated = stating(subject, sources) if subject else frozenset()
    near = set(sources.family(subject)) if subject else set()
    index = index_of(sources)

    naming = _ASKS_NAME.search(plainly(question)) is not None and len(things) > 1

    meant_not = {id_ for what in excluded(plainly(question)) for id_ in (match.concept_id for match in named_in(what, sources))}

    def prefer(sentence: Sentence) -> float:
        if meant_not & index.concepts.get(sentence.id, set()):
            return _OF_ANOTHER_SENSE
        if naming:
            return 1.5 if _NAMES.search(sentence.text) else 0.8
        spoken = bool(index.carried.get(sentence.id, set()) & near)
        if role:
            worth = 1.2 if spoken else 0.75
            worth += 0.25 if _DOES.search(sentence.text) else 0.0
            worth += 0.6 if _under_its_uses(sentence, subject, index) else 0.0
            worth += 0.2 if _FOR.search(sentence.text) else 0.0
            worth += 0.3 if _says_its_use(index.clauses(sentence), names) else 0.0
            worth -= 0.4 if _PARTS.search(sentence.text) else 0.0
            return worth + (0.45 if subject and defines(index.folded[sentence.id], names) else 0.0)
        if subject and defines(index.folded[sentence.id], names) and not is_figure(sentence.text):
            if begins_longer(index.folded[sentence.id], names, sources):
                return _OF_A_LONGER_NAME
            return (
                1.45
                + _opens(index.folded[sentence.id], names)
                + (0.1 if 24 <= len(sentence.text) <= 150 else 0.0)
                + (0.15 if sentence.id in stated else 0.0)
                - (0.2 if _OF_A_NAME.search(sentence.text) else 0.0)
            )
        if subject and defined_within(index.folded[sentence.id], names) and not is_figure(sentence.text):
            return _WITHIN
        return 1.1 if _SAYS.search(sentence.text) else 0.95 if spoken else 0.75

    labelled = behind_the_label(question.resolved, sources) if not (role or naming) else ()
    if labelled and fold(label_of(labelled) or "") in names[:1] and (stated or _defined(subject, names, sources)):
        labelled = ()  # 「容器：…」 may tell anything of what is defined elsewhere
    if labelled:
        draft = Draft(question, sources)
        scored = [Scored(sentence, (), 1.0, 1.0) for sentence in labelled]
        draft.consider((), scored)
        return draft.done(introduced(question) + told(scored, (), draft))
    if subject and (not role or _CAN_DO.search(plainly(question))) and not _told_of(subject, names, sources):
        return Draft(question, sources).refused((), because("mentioned", what=sources.name(subject, question.language)))
    question = replace(question, resolved=_asked_of(question.resolved))

    def what_it_is_first(chosen: Sequence[Scored]) -> tuple[Scored, ...]:
        first = [item for item in chosen if defines(index.folded[item.sentence.id], names)][:1]
        return (*first, *(item for item in chosen if item not in first))

    return extract(
        question,
        sources,
        prefer,
        most=1 if naming else 3,
        chars=300,
        keep=0.62,
        continued=not naming,
        listed=not role,
        arranged=what_it_is_first if role and names else None,
    )
