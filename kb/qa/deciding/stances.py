"""What a clause says to a yes-or-no question: whether it speaks of the thing, how much of what is asked it says, and if it asserts or denies it."""

from __future__ import annotations

import re

from kb.language.cues import negated
from kb.language.normalize import fold, is_han
from kb.language.regex import regex
from kb.language.vocabulary import opposed, opposites
from kb.qa.deciding import bearing
from kb.qa.deciding.denying import negated_in, subject_denied, taken_away
from kb.qa.deciding.naming import place_of
from kb.qa.deciding.propositions import ALL, LATIN_NAME, NUMBER, Proposition
from kb.qa.deciding.quantifying import (
    BOTH,
    EXCLUSIVE,
    MANY_ASKED,
    ONLY,
    ONLY_ASKED,
    counted_otherwise,
    exclusive_of_another,
    opens,
    quantified,
    said_of_every,
)
from kb.qa.deciding.refuting import NOT_ALL, QUANTIFIED, REFUTES, REPORTED, refuted_behind, refutes_what_is_asked, some_not
from kb.qa.deciding.sameness import said_same
from kb.qa.finding.index import index_of
from kb.qa.finding.retrieval import Scored
from kb.records import Sentence, Verdict

_MAY_BE = regex(r"(?:可以|可能|能)是")  # what may be the other may be turned round
_NOT_WITHOUT = regex(r"(?:没有|缺少|不具备|离开).{1,24}(?:(?:就|则|便)(?:没有|没法)|(?:就|则|便)?(?:不能|无法|不会|不可))")
_ALIKE_SAYS = 0.4  # of what is asked to be the same or not, what a clause must name that says which
_ONLY_SO = 0.6
_OPPOSITE_SAYS = 0.6  # of what is asked, what a clause must say that says the opposite of the rest
_NEED = regex(r"需要|依赖|离不开|必须|要求|[不没]用")
_TOLD_APART = regex(r"比(?!如)|相比|不同于|区别|不同(?!的)|(?<=是)不同|而不是|之间|而(?!且)|相对")
_STILL = regex(r"还|仍|依然|现在|目前|\bstill\b|\bnow\b|\byet\b")
_PAST = regex(r"早期|曾经?(?!任)|最初|以前|过去|当时|起初|原先|一度")
_GONE = regex(r"已?被.{1,16}(?:取代|替代|代替|移除)|不再|停止维护|已经?停|去掉了|取消了|废弃|淘汰")
_COMPARES = regex(r"比(?![如较例])")
_REFUTED_SAYS = 0.34  # of what is asked, what a clause must say that calls something untrue
_IS = regex(r"是|属于|归入|归为|算作?|称为")
_IS_NOT = regex(r"(?:不|并非|非|没有?)(?:再|都|就|真|仅仅|完全|一定)?(?:是|属于|归|算|等于|称|叫|成为)|并非|不同|区别|而非|谈不上|不再")
_SPEAKS_ON = regex(
    r"它|其(?!他|它|中)|此|[这该](?=[也就不与和是])|[二两前后]者|但|而|与|和|跟|同|不同于"
)  # leaves the thing to what stands before
_SAYS_NOT = regex(r"(?:不|并非|非|没有?)(?:再|都|就|真|能|完全|一定)?(?:是|属于|算|等于|称|叫|成为)|并非|而非|谈不上")
_JOINTS = frozenset("、和与及或")
_AROUND = regex(
    r"(?:[(（][^)）]*[)）]|技术|本身|实例|也|都|就|并|其实|其|大?多数?|通常|一般|往往|多半|主要|可以|可能|能)*$"
)  # 虚拟机(VM)本身也: what may stand between a subject and 是
_LEFT_TO_WHAT_IS_BEFORE = regex(
    r"(?:[而但即则故]|所以|因此|因而|于是|不过|然而|那么|总之|换句话说|严格来?说|本质上|实际上|事实上|确实|当然)*"
    r"(?:它们?|其(?!他|它|中)|[前后两二]者|[这那该此本][^的是]{0,8})?"
)
_ENDS_THERE = regex(r"$|[,，。;；(（]|的?一[种类]|之一|本身")
_MERELY_NOT = regex(r"(?:并?不是|并非|不属于|不等于)")
_TURNS = regex(r"^(?:而|但是?|不过|然而)+")  # sets it against the clause before, and not what is in it
_COPULA = regex(r"(?<![不非])(?:就|也|都)?是")
_ITSELF = regex(r"自己|本身|自身|亲自|直接")
_QUOTED = regex(r"「[^」]+」|“[^”]+”")
_MUCH = 5  # characters
_A_SAYING = 10  # characters, quotation marks included; fewer are a name
_SERVES = regex(r"作为|充当|当作|用作")
_SERVES_NOT = regex(r"(?:不|无法|没法)[^,，]{0,4}(?:作为|充当|当作?|担任|代替|取代|替代|视为|看作|用作)")
_YEAR = regex(r"(?<!\d)(?:19|20)\d\d(?=年)")
_ALL_SAID = 0.8  # of what is asked of every one, what a clause must say that says it of all
_WITHOUT_IT = 0.5  # of what is asked, what a clause must say that leaves the very thing to another clause
_NO_SORT = frozenset("的了和与及或在对把被将为是有个种些各该此其")
_SPOKEN_OF = 0.3  # how well a sentence must meet the name of a thing to speak of it
_MORE = regex(r"更|较|比(?!如|较)|优于|高于|低于|不如|快于|慢于")
_MANY_SAID = regex(r"同时|一些|许多|大量|成[百千]|数[十百千]|[2-9两三四五六七八九十百千][\d十百千]*\s?[个台种条份块]|和|、|以及|各")
ANOTHER, EXCEPTION, GONE = "says it of another", "exception or exclusive statement", "no longer so"
_ASIDE = 0.6  # worth of what is asserted in a clause that denies something else


def fills(asked: Proposition, clause: str, sentence: Sentence, said: float) -> bool:
    """What asserts must name the very thing asked for, in the clause or, not denied there, elsewhere in the sentence."""
    if asked.identity and _turned_round(asked, clause):
        return False
    if any(other != own and other in clause and own not in clause for own, head in asked.sorts for other in _sorts_of(head, clause)):
        return False
    if not asked.filler or any(place_of(clause, name) >= 0 for name in asked.filler):
        return True
    return said >= _WITHOUT_IT and any(place_of(fold(sentence.text), name) >= 0 for name in asked.filler)


def denies_it(asked: Proposition, clause: str) -> bool:
    """What denies names the place or means asked about in the same clause."""
    return not asked.filler or asked.filler == asked.last or any(place_of(clause, name) >= 0 for name in asked.filler)


def denied_elsewhere(asked: Proposition, clause: str, sentence: Sentence) -> bool:
    """通过套接字通信，无端口通信: another clause denies the very thing, which this one leaves out."""
    if any(place_of(clause, name) >= 0 for name in asked.filler):
        return False
    others = index_of(asked.sources).clauses(sentence)
    return any(negated_in(other, [name]) for other in others for name in asked.filler if place_of(other, name) >= 0)


def latin_named(asked: Proposition, item: Scored) -> bool:
    """A denial about something else than the Windows asked for tells nothing of Windows."""
    return all(item.covered[number] >= _SPOKEN_OF for number in asked.latin_numbers)


def _turned_round(asked: Proposition, clause: str) -> bool:
    """「所有主机都是服务器吗」 and 「服务器也是主机」."""
    copula = clause.find("是")
    whole = min((place for name in asked.identity if (place := place_of(clause, name)) >= 0), default=-1)
    own = max((place for name in asked.names if (place := place_of(clause, name)) >= 0), default=-1)
    return 0 <= whole < copula < own and not _MAY_BE.search(clause[:own])


def _sorts_of(head: str, clause: str) -> list[str]:
    """写操作 and 读操作 of 操作."""
    return [match for match in re.findall(rf"[\u4e00-\u9fff]{re.escape(head)}", clause) if match[0] not in _NO_SORT]


def names_all(asked: Proposition, item: Scored) -> bool:
    """What asserts speaks of every thing that the question names, and of several where several are asked for."""
    if MANY_ASKED.search(asked.text) and not (MANY_ASKED.search(item.sentence.text) or _MANY_SAID.search(item.sentence.text)):
        return False
    return all(item.covered[number] >= _SPOKEN_OF for number in asked.required)


def is_another_number(asked: Proposition, clause: str) -> bool:
    """Whether a clause says of the thing that it is of another number than the one asked: Type 1, where Type 2 was asked."""
    found = asked.renumbered.search(clause) if asked.renumbered else None
    copula = _IS.search(clause[: found.start()]) if found else None
    return bool(found and copula and not any(name in clause for name in asked.identity) and not negated(clause[: copula.start()][-2:]))


def stance_of(asked: Proposition, clause: str, opposite: bool, sentence: Sentence, said: float) -> tuple[Verdict, str, float] | None:
    """Whether a clause asserts or denies, the reason, and how much surer than a bare assertion; `None` where it says nothing of it."""
    if NOT_ALL.search(clause) and QUANTIFIED.search(clause):
        named = not asked.last or any(place_of(clause, name) >= 0 for name in asked.last)
        return ("no", "denied of some", 1.1) if named and some_not(asked, clause) else None
    if REFUTES.search(clause):
        if asked.is_what and not any(place_of(clause, name) >= 0 for name in asked.names):
            return None
        if said < _REFUTED_SAYS or _another_statement(asked, clause) or (_COMPARES.search(clause) and not _COMPARES.search(asked.text)):
            return None
        return ("no", "refuted", 1.15) if refutes_what_is_asked(asked, clause) else None
    if refuted_behind(clause, sentence, asked.sources):
        return "no", "refuted", 1.15
    if REPORTED.search(clause) or _only_quoted(asked, clause):
        return None
    if was_so(asked, clause):
        return None
    if _STILL.search(asked.text) and _gone(asked, clause, fold(sentence.text)):
        return ("yes" if asked.denied else "no"), GONE, 1.1
    if bearing.names_a_topic(clause) or bearing.normative_aside(asked, clause):
        return None
    if not bearing.under_its_own(asked, clause, index_of(asked.sources).clauses(sentence), asked.condition_names):
        return None
    if bearing.leaves_open(clause) or bearing.disputed(clause):
        return ("no", "disputed", 1.0) if bearing.firmly_asked(asked) and bearing.disputed(fold(sentence.text)) else None
    if asked.same is not None:
        alike = said_same(clause)
        if alike is None or said < _ALIKE_SAYS:
            return None
        return ("yes" if alike == asked.same else "no"), "alike" if alike else "told apart", 1.1
    otherwise = counted_otherwise(asked, clause)
    if said >= 0.5 and (quantified(asked, clause) or otherwise) or (otherwise and EXCLUSIVE.search(clause) and opens(asked, clause)):
        return "no", EXCEPTION, 1.1
    if ONLY.search(asked.text) and BOTH.search(clause) and not EXCLUSIVE.search(clause):
        return ("yes" if asked.denied else "no"), EXCEPTION, 1.0
    if exclusive_of_another(asked, clause, said):
        return ("yes" if asked.denied else "no"), EXCEPTION, 1.05
    if ALL.search(asked.text) and said >= _ALL_SAID and said_of_every(asked, clause) and not negated(clause):
        return ("no" if asked.denied else "yes"), "asserted of all", 1.25
    if (asked.needs or _NEED.search(asked.text)) and _NOT_WITHOUT.search(clause):
        return ("no" if asked.denied else "yes"), "impossible without", 1.05
    if asked.quality is not None:
        ahead = clause[: clause.find("比")] if _COMPARED_WITH.search(clause) else clause
        if ahead is not clause and not any(place_of(ahead, name) >= 0 for name in asked.names):
            return None  # of two other things the one is more so
        so = _of_the_degree_asked(asked.quality, clause)
        if so is None:
            return None
        return ("yes" if so != asked.denied else "no"), "asserted" if so else "opposite", 1.0
    if asked.identity:
        told = _identity(asked, clause)
        if told is not None:
            return told
    if asked.is_what and not _SAYS_NOT.search(clause) and not says_what_it_is(asked, clause):
        return None
    if taken_away(asked, clause):
        return ("yes" if asked.denied else "no"), GONE, 1.05
    opposite = (opposite or opposed(asked.said_text, clause)) != _other_side_more(asked, clause)
    names = [name for _, names, against in asked.terms for name in (*names, *against)]
    names = [name for name in names if name not in asked.given]
    needed = (asked.needs or _NEED.search(asked.text)) and _NOT_WITHOUT.search(clause)
    denies = not needed and (negated_in(clause, names, close=asked.denied) or subject_denied(asked, clause, names))
    if denies and (not _denies_that_it_is(asked, clause) or bearing.only_unneeded(asked, clause) or _only_tells_apart(asked, clause)):
        return None
    if not bearing.roles_kept(asked, clause) or (denies and not bearing.denies_what_is_asked(asked, clause)):
        return None
    if not denies and asked.predicate and asked.predicate[-2:] in clause and asked.predicate[:-2] not in clause:
        return None  # 自由软件 says nothing for 商业软件
    denied = denies != opposite
    if not denies and (bearing.only_supposed(asked, clause) or bearing.of_another_sort(asked, clause)):
        return None
    if not denies and bearing.done_by_another(asked, clause):
        return ("no", ANOTHER, 0.9) if _ITSELF.search(asked.text) and not asked.denied else None
    if not denied and not asked.denied and names_another(asked, clause):
        return "no", ANOTHER, 0.9
    verdict: Verdict = "no" if denied != asked.denied else "yes"
    if verdict == "yes" and not (bearing.firm_enough(asked, clause) and bearing.of_any(asked, fold(sentence.text))):
        return None
    aside = not denied and not opposite and negated(clause)  # 释放的内存不会归还: what is asked stands beside what is denied
    surely = (
        _ASIDE if aside and not asked.denied else 0.85 if asked.copula and "是" not in clause and not denied else 1.05 if denied else 1.0
    )
    if asked.focus is not None and asked.focus[1] == "number" and not NUMBER.search(clause):
        surely *= 0.6
    if opposite and said < _OPPOSITE_SAYS:
        surely *= 0.6  # 自己的寄存器 says nothing against 共用内存
    surely *= 1.1 if any(word in clause for word in asked.modal) else 1.0
    if not denied and bearing.ONLY_SAID.search(clause) and not ONLY_ASKED.search(asked.text):
        surely *= _ONLY_SO  # 只看到一个进程 says nothing for other processes
    return verdict, "opposite" if opposite else "denied" if denied else "asserted", surely


def _only_quoted(asked: Proposition, clause: str) -> bool:
    """「一台服务器能运行几十台虚拟机」没有说明内存大小: what is asked stands in a saying, and the clause speaks of that saying."""
    quoted = _QUOTED.search(clause)
    said = quoted.group() if quoted else ""
    return len(said) >= _A_SAYING and all(any(name in said for name in names) for names in (asked.names, asked.last) if names)


def _another_statement(asked: Proposition, clause: str) -> bool:
    """「漏洞绝不会危及宿主机」的说法不成立: what is refuted is quoted, and says much that was not asked."""
    quoted = _QUOTED.search(clause)
    if quoted is None:
        return False
    statement = quoted.group()
    for name in sorted((*asked.names, *asked.all_names), key=len, reverse=True):
        statement = statement.replace(name, "")
    return len({character for character in statement if is_han(character)} - set(asked.text)) >= _MUCH


def _gone(asked: Proposition, clause: str, text: str) -> bool:
    """Whether what is asked of, or the thing itself, is said to be no more: 不再直接调用 X says nothing of what X has made."""
    if any(place_of(clause, name) >= 0 for name in asked.last):
        return bool(_GONE.search(text))
    return bool(_GONE.search(clause)) and any(place_of(clause, name) >= 0 for name in asked.names)


_COMPARED_WITH = regex(r"比(?!如|较|例|重)[^,，]{1,24}更?")
_SAYS_HOW = r"(?:更加?|很|较为?|最|比较|足?够|绝对|十分|非常|相当|太|不|是|都|也|并|那么|这么|得|算)"


def _of_the_degree_asked(degree: str, clause: str) -> bool | None:
    """「隔离强吗」: whether a clause says 强 or 弱; `None` where it says neither."""
    for word in sorted((degree, *opposites(degree)), key=len, reverse=True):
        place = clause.find(word)
        if place >= 0 and len(word) > 1 and not re.search(rf"{_SAYS_HOW}{word}(?:的|了|些|得多)?$", clause):
            continue  # 容器安全讨论的是…, 内存安全的语言: a noun says of nothing that it is so
        if place >= 0:
            return (word == degree) != negated(clause[max(0, place - 3) : place])
    return None


def was_so(asked: Proposition, text: str) -> bool:
    """早期使用 LXC, where it is asked whether it still is so."""
    return bool(_STILL.search(asked.text) and _PAST.search(text) and not _PAST.search(asked.text))


def _identity(asked: Proposition, clause: str) -> tuple[Verdict, str, float] | None:
    """「X 是 Y 吗」: a clause that sets the two against each other tells them apart; one without 是 does not make them one."""
    clause = _TURNS.sub("", clause)
    if not _SAYS_NOT.search(clause) and says_what_it_is(asked, clause):
        return None  # 一种为多人访问而设计的计算机 sets nothing against it
    whole = min((place for name in asked.identity if (place := place_of(clause, name)) >= 0), default=-1)
    if whole < 0 or not (any(place_of(clause, name) >= 0 for name in asked.names) or _SPEAKS_ON.match(clause)):
        return None  # 不同 hypervisor 的磁盘格式不同
    copula = _COPULA.search(clause[:whole])
    if _TOLD_APART.search(clause[copula.end() :] if copula and any(name in clause[: copula.start()] for name in asked.names) else clause):
        return ("yes" if asked.denied else "no"), "told apart", 0.95
    return None


def says_what_it_is(asked: Proposition, clause: str) -> bool:
    """「X 是(一种) Y」, Y at the end: 把容器放进轻量虚拟机 and 是一种用轻量虚拟机运行容器的项目 name both, and call neither the other."""
    for name in asked.is_what:
        for found in re.finditer(re.escape(name), clause):
            link = _IS.search(clause[: found.start()])
            if link is not None and _ENDS_THERE.match(clause, found.end()) and is_the_subject(asked, clause[: link.start()]):
                return True
    return False


def is_the_subject(asked: Proposition, before: str) -> bool:
    """Whether what stands ahead of 是 is the thing asked about, or leaves it to what stands before (也, 它, 该项目); 英文 and 前身 are other things."""
    before = _AROUND.sub("", before)
    listed = any(before[found.end() :][:1] in _JOINTS for name in asked.names for found in re.finditer(re.escape(name), before))
    left = _LEFT_TO_WHAT_IS_BEFORE.fullmatch(before) is not None and not index_of(asked.sources).named(before, asked.sources)
    return before.endswith(asked.names) or listed or left


def _denies_that_it_is(asked: Proposition, clause: str) -> bool:
    """What it does not use, need or have says nothing of what it is."""
    if asked.identity and _SERVES.search(asked.text):
        return bool(_IS_NOT.search(clause) or _SERVES_NOT.search(clause)) or not any(place_of(clause, name) >= 0 for name in asked.identity)
    return not asked.predicate or bool(_IS_NOT.search(clause)) or not any(place_of(clause, name) >= 0 for name in asked.identity)


def _only_tells_apart(asked: Proposition, clause: str) -> bool:
    """「Docker 不是虚拟机」 denies nothing of what the one may do in or with the other."""
    if asked.identity or asked.copula or not asked.words or "是" in asked.text:
        return False
    said = any(place_of(clause, name) >= 0 for names in asked.words for name in names)
    return not said and bool(_MERELY_NOT.search(clause)) and not negated(_MERELY_NOT.sub("", clause))


def _other_side_more(asked: Proposition, clause: str) -> bool:
    """Asked whether A is more so than B: the clause compares them the other way round, or finds only B more so."""
    if len(asked.sides) < 2 or not _MORE.search(clause):
        return False
    first, second = (min((place for name in names if (place := clause.find(name)) >= 0), default=-1) for names in asked.sides)
    return second >= 0 and (first < 0 or second < first)


def names_another(asked: Proposition, clause: str) -> bool:
    """用 Rust 编写 where 用 Java 编写 was asked: the clause lacks a name or number of the question and has another in its stead."""
    if asked.focus is None:
        return False
    names, kind = asked.focus
    years = set(_YEAR.findall(asked.text))
    if years and (said := set(_YEAR.findall(clause))) and not years & said:
        return True
    if any(place_of(clause, name) >= 0 for name in names):
        return False
    if kind == "sort":
        found = {match.concept_id for match in index_of(asked.sources).named(clause, asked.sources)} - asked.asked_ids - asked.near
        return bool(found & asked.siblings)
    others = NUMBER.findall(clause) if kind == "number" else LATIN_NAME.findall(clause)
    return any(other not in asked.text for other in others) and not any(match in asked.all_names for match in others)
