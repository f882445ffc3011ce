"""In what respect things are compared, among the words of a question: neither the frame it is set in (Xen 里), nor the word for what they are
(三种模式), nor what only asks what each of them is for (分工, 出发点).
"""

from __future__ import annotations

from collections.abc import Sequence

from kb.language.dictionary import dictionary
from kb.language.normalize import fold
from kb.language.regex import regex
from kb.language.vocabulary import plain
from kb.qa.asking.compared import Thing, asked_beside
from kb.qa.asking.terms import Term, named_in
from kb.qa.sources import Sources
from kb.records import Question

_WITHIN = regex(r"\s*(?:里面?|中|内|当中|下面?|这边)?(?:的|,|，)?\s*")
_CLASS = regex(r"\s*(?:(?:这|那)?[两二三四五几俩仨]?(?:种|个|类|款|套|家)|这[类种些])(?P<word>[^,，。?？的在有是之各分哪怎谁如]{1,8})")
# what a question counts or says it wants to know; none of it is a respect
_NO_RESPECT = frozenset(
    "两者 二者 三者 四者 双方 两种 三种 两类 两个 两家 类 搞懂 弄懂 弄清 搞清 区分 异同 分别 怎么 更好 更优 说到底 归根结底 总的来说".split()
)
_SUFFIX = regex(
    r"\s*(?![在的有之从就是各分和与跟里中上])(?P<word>(?:(?![哪谁什怎如几多更比好快慢])[\u4e00-\u9fff]){2,4}?)(?=$|[,，?？\s]|的?(?:区别|差别|不同|差异|异同|对比|比较|优|缺|特|有|在|之间|各|分别|差|到底|究竟|哪|怎么))"
)
# in what they differ stands before such a word (资源分配方式); by itself it names it too (用什么办法)
_MANNER = frozenset("方式 方法 办法 手段 做法 情况 特点 表现 状况 能力".split())
_BUILT = frozenset("架构 结构 组成 构成 构造 原理 本质 层次".split())
_FOR = frozenset("分工 职责 角色 定位 出发点 用途 作用 功能 目标 目的 思路 理念 立场 任务 位置 负责".split())


def wanted_beside(things: Sequence[Thing], question: Question, terms: Sequence[Term], sources: Sources) -> tuple[Term, ...]:
    """The terms that say in what respect to compare."""
    rest = asked_beside(things, question, terms)
    if not things or not rest:
        return rest
    text = plain(question.resolved)
    frame = {
        fold(text[match.start : match.end])
        for match in named_in(text, sources)
        if match.end <= things[0].start and _WITHIN.fullmatch(text, match.end, things[0].start) and match.end < things[0].start
    }
    behind = _SUFFIX.match(text, things[-1].end)
    sort = _CLASS.match(text, things[-1].end) or (behind if behind and not _is_respect(behind["word"], sources) else None)
    word = fold(sort["word"]) if sort else ""
    respects = tuple(
        term
        for term in rest
        if term.label not in _NO_RESPECT
        and not any(name in frame or (word and name in word) for name in term.names)
        and not any(name in fold(thing.label) for name in term.names[:1] for thing in things)
    )
    return tuple(term for term in respects if term.label not in _MANNER) or respects


def _is_respect(word: str, sources: Sources) -> bool:
    """Whether what stands behind the things is something of them (打补丁, 备份, 镜像) and no sort that they are of (技术, 方案)."""
    tag = dictionary().tag(word)
    return (tag is not None and tag.startswith(("v", "l"))) or any(
        match.start == 0 and match.end == len(word) for match in named_in(word, sources)
    )


def with_respects_only(terms: Sequence[Term]) -> tuple[Term, ...]:
    """Without the words that name neither a thing nor a respect."""
    return tuple(term for term in terms if term.label not in _NO_RESPECT) or tuple(terms)


def asks_how_it_is_built(term: Term) -> bool:
    return term.label in _BUILT


def asks_what_it_is_for(term: Term) -> bool:
    return term.label in _FOR
