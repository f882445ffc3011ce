"""Whether a clause bears out what was read in it: under the condition asked, of the verb denied, with each thing in its part, as firmly as asked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from kb.language.cues import negated, words
from kb.language.normalize import fold, is_han
from kb.language.regex import regex
from kb.qa.deciding.naming import place_of
from kb.qa.deciding.propositions import ALL, HAVE, WILL, Proposition
from kb.qa.finding.retrieval import Scored

_SPOKEN_OF = 0.5  # how well a sentence must meet one of the words of a condition to speak of it
_OFTEN_ASKED = regex(r"(?<![非正日])常(?=用|见|被|会|要)|经常|普遍|广泛|流行|主流|用得多")
_OFTEN_SAID = regex(r"常|普遍|广泛|流行|主流|多数|大多|通常|一般|往往|默认|总|都|首选|标准")
_WHETHER = regex(r"是否|能否|可否|是不是|会不会|能不能|有无")
_DISPUTED = regex(
    r"(?:存在|有|引起|颇有)(?:很?[大多]的?)?(?:争议|争论|分歧|不同(?:的)?(?:看法|意见|观点))|(?:看法|意见|观点)(?:不一|不同|各异)"
)
_FIRMLY_ASKED = regex(
    r"(?:什么|啥|哪)[^,，?？]{0,8}都|一定|总是|永远|必然|肯定|绝对|百分百|每次|从来|全(?=[占用部都被给吃完光掉])|[吃占]光|占满"
)
_FIRMLY_SAID = regex(r"所有|全部|每|任何|一律|均|都|总是|一定|必然|必须|必定|绝对|始终|永远|只能|\ball\b|\bevery\b|\balways\b|\bmust\b")
ONLY_SAID = regex(r"(?<!不)只(?![要有好是需]|不过)|仅(?!仅)")
_PASSIVE = regex(r"被|由|受")
_PLACED = ("在", "于", "到", "进", "自", "给", "为", "成")
# what may stand between a negation and the verb it denies, and verbs that deny whatever stands behind them
_BETWEEN = regex(
    r"(?:能够?|可以?|可能|会|应当?|应该|须|得|再|直接|单独|完全|总是?|一定|很|太|受|让|使|令|把|将|被|用|在|由|是|自己|其|独立|的|地|任何|所有|这|那|该|种|个|些)+"
)
_GENERIC = regex(r"支持|提供|包含|包括|有|需要?|要求?|依赖|允许|具备|属于|适合|适用|存在|拥有|涉及|影响(?=[^,，]{0,4}$)")
_WITH = regex(r"与|和|跟|同|向|对|从|靠|通过|依靠|借助|凭")
_SHOULD_NOT = regex(r"不(?:应该?当?|要|宜|建议|推荐|提倡)")
_SHOULD = regex(r"应|可以|适合|建议|推荐|提倡|最好|该")
_TOPIC = regex(
    r"(?:所以|因此|而|但是?|不过|并且|同时|例如|比如)?(?:在|从|就|对)[^,，]{1,16}(?:方面|上|里|中|内|下|之间|来看|来说|而言|角度)"
)
# 不开放源代码的系统可以…: denies something of the noun, not what is said of it
_OF_A_NOUN = regex(r"[^,，]{1,10}?的[^,，的]{1,8}?(?:可以|(?<![功性])能(?!力)|会|也|都|适合|应当?|必须|往往|通常|选择)")
_MOST = regex(r"^(?:大多数|多数|大部分|任何)(?:的)?")  # of which what is denied is denied too
_TAKEN = regex(r"[将把对在]")
_LISTED = frozenset("、和或及与以的")
_HOLDS = regex(r"包含|包括|有|具备|属于|存在|拥有")
_AS_CAUSE = regex(r"(?:了|时|后|以后|之后|的话)?(?:就|便|也)?(?:会|将|可能)?(?:使(?!用)|导致|造成|引起|引发|致使|令)")
_BY = regex(r"由(?!于)(?P<who>[^,，]{1,20}?)(?:来)?(?:完成|负责|执行|处理|承担|实现|进行)")
_ANY_SORT = regex(r"(?:传统|普通|一般|标准|常见|通常)$")  # tells none apart
_UNNEEDED = regex(r"(?:不|无|并不|没有?)(?:再)?(?:需要?|须|必|用(?=[\u4e00-\u9fff]))|没有必要")
_NEED_ASKED = regex(r"需|必须|必要|要(?!么)|得(?!到)|非.+不可|依赖|离不开|只能|一定")
_SORT_ASKED = regex(r"(?P<which>[\u4e00-\u9fff]{2,8})的(?P<noun>[\u4e00-\u9fff]{2})")
_NEAR = 2  # characters before which the verb denied must be the one asked
_TAIL = 3  # characters behind a negation that leave out what is denied


def under_condition(asked: Proposition, item: Scored) -> bool:
    """关机后, 没有 root: whether the sentence speaks of the condition under which it is asked."""
    text = fold(item.sentence.text)
    for number, names in zip(asked.condition, asked.condition_names, strict=True):
        # 超限 is in no article, yet 超过上限 says it
        if item.covered[number] >= _SPOKEN_OF or (names and is_han(names[0][0]) and all(character in text for character in names[0])):
            return True
    return not asked.condition


def disputed(text: str) -> bool:
    return bool(_DISPUTED.search(text))


def leaves_open(clause: str) -> bool:
    """是否更安全: asks, or says that opinions differ, and states nothing."""
    return bool(_WHETHER.search(clause))


def firmly_asked(asked: Proposition) -> bool:
    return firmly_worded(asked.text)


def firmly_worded(text: str) -> bool:
    """一定, 总是: whether it is asked if something holds in every case."""
    return bool(_FIRMLY_ASKED.search(text))


def firm_enough(asked: Proposition, clause: str) -> bool:
    """What is asked to hold always, or mostly, is not said by a clause that says that it holds."""
    if _OFTEN_ASKED.search(asked.text) and not _OFTEN_SAID.search(clause):
        return False
    return not firmly_asked(asked) or bool(_FIRMLY_SAID.search(clause))


def of_any(asked: Proposition, text: str) -> bool:
    """Whether what is asked of every one is not said of those only that are told apart: 使用大页的虚拟机会占用全部内存."""
    if not (firmly_asked(asked) or ALL.search(asked.text)):
        return True
    apart = [match for name in asked.names for match in re.finditer(rf"(?P<which>[^,，。;；]{{2,30}})的{re.escape(name)}", text)]
    return not any(
        match["which"][-2:] not in asked.text and not _ANY_SORT.search(match["which"]) and not _FIRMLY_SAID.search(match["which"])
        for match in apart
    )


def denies_what_is_asked(asked: Proposition, clause: str) -> bool:
    """Whether a negation of the clause is of the verb asked: 不运行额外的服务 says nothing of running Docker."""
    names = [name for _, own, against in asked.terms for name in (*own, *against) if name not in asked.given]
    known = [own for own in asked.words if any(place_of(clause, name) >= 0 for name in own)]
    denials = list(_denials().finditer(clause))
    return not denials or any(
        _reaches(asked, clause, denial.end(), names, bool(known), len(known) < len(asked.words)) for denial in denials
    )


@cache
def _denials() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, words("negation"))))


def _reaches(asked: Proposition, clause: str, end: int, names: list[str], known: bool, lacking: bool) -> bool:
    tail = clause[end:]
    if len(tail) <= _TAIL:
        return True
    if _of_the_condition(asked, clause, tail):
        return False
    if _OF_A_NOUN.match(tail):
        return False
    between = _BETWEEN.match(tail)
    rest = tail[between.end() :] if between else tail
    if clause[:end].endswith("没有") and rest.startswith(tuple(names) or ("\0",)):
        return True
    generic = _GENERIC.match(rest)
    if generic:
        held = _HOLDS.match(rest) and asked.modal != HAVE
        things = [name for name in names if name not in asked.word_names] if held else []
        taken = rest[generic.end() :]
        return _takes(taken, things or names) or taken.startswith(asked.names or ("\0",))
    if not known:  # in other words than those asked: of what is asked, and not only of the place or the means
        aside = asked.filler if asked.filler != asked.last else ()
        return asked.modal != HAVE and any(place_of(tail, name) >= 0 for name in (*names, *asked.names) if name not in aside)
    verb = [name for name in names if 0 <= rest.find(name) < _NEAR]
    if not verb or _WITH.match(rest):
        return (bool(_WITH.match(rest)) or lacking) and any(place_of(rest, name) >= 0 for name in names)
    behind = rest[rest.find(max(verb, key=len)) :]
    objects = [name for name in asked.last if name not in verb]
    ahead = clause[:end]
    return not (
        len(behind) > len(max(verb, key=len)) + _TAIL
        and objects
        and any(place_of(ahead, name) >= 0 for name in objects)
        and not any(place_of(behind, name) >= 0 for name in (*objects, *asked.names))
    )


def _of_the_condition(asked: Proposition, clause: str, tail: str) -> bool:
    """删了容器，卷还在吗: 不会删除卷 denies what the question supposes, and says nothing of 还在."""
    between = _BETWEEN.match(tail)
    rest = tail[between.end() :] if between else tail
    supposed = tuple(name for names in asked.condition_names for name in names if name in asked.word_names)
    return bool(supposed) and rest.startswith(supposed) and not any(place_of(clause, name) >= 0 for name in asked.last)


def _takes(text: str, names: Sequence[str]) -> bool:
    """Whether what a verb takes begins with one of the names, or lists it."""
    text = _MOST.sub("", text)
    if _TAKEN.match(text):
        return any(place_of(text, name) >= 0 for name in names)
    return any(0 <= (place := place_of(text, name)) <= _NEAR or (place > 0 and text[place - 1] in _LISTED) for name in names)


def under_its_own(asked: Proposition, clause: str, clauses: Sequence[str], names: Sequence[Sequence[str]]) -> bool:
    """Whether a clause is not said of another case than the one asked: the condition asked stands only in a later clause."""
    wanted = [own for own in names if any(place_of(other, name) >= 0 for other in clauses for name in own)]
    before = [*clauses[: clauses.index(clause) + 1]] if clause in clauses else list(clauses)
    return not wanted or any(place_of(other, name) >= 0 for other in before for own in wanted for name in own)


def normative_aside(asked: Proposition, clause: str) -> bool:
    """不应当用: what should not be done may well be so, or happen."""
    return bool(_SHOULD_NOT.search(clause)) and asked.modal == WILL and not _SHOULD.search(asked.text)


def only_supposed(asked: Proposition, clause: str) -> bool:
    """网络中断会使系统崩溃: what is asked is only the cause of something else."""
    return any(_AS_CAUSE.match(clause, place + len(name)) for name in asked.last if (place := place_of(clause, name)) >= 0)


def only_unneeded(asked: Proposition, clause: str) -> bool:
    """不需要安装: what need not be may well be."""
    if "能" not in asked.modal or asked.denied or _NEED_ASKED.search(asked.text):
        return False
    return bool(_UNNEEDED.search(clause)) and not negated(_UNNEEDED.sub("", clause))


def of_another_sort(asked: Proposition, clause: str) -> bool:
    """频繁读写的程序会变慢, where 计算型的程序 was asked about: it is said of those only that are told apart otherwise."""
    wanted = _SORT_ASKED.search(asked.text)
    if wanted is None:
        return False
    kinds = re.finditer(rf"(?P<which>[^,，。;；]{{4,30}})的{re.escape(wanted['noun'])}", clause)
    own = {character for character in wanted["which"] if is_han(character)}
    return any(not own & set(kind["which"]) and not _ANY_SORT.search(kind["which"]) for kind in kinds)


def done_by_another(asked: Proposition, clause: str) -> bool:
    """创建由运行时完成: where it is asked if the thing does it."""
    agent = _BY.search(clause)
    return (
        agent is not None
        and not _PASSIVE.search(asked.text)
        and not any(name in agent["who"] for name in asked.names)
        and any(place_of(clause, name) >= 0 and name not in agent["who"] for names in asked.words for name in names)
    )


def names_a_topic(clause: str) -> bool:
    """在安全方面: says of what the rest speaks."""
    return bool(_TOPIC.fullmatch(clause))


def same_order(asked: Proposition, clause: str) -> bool | None:
    """Whether a clause names the first and the last of the things asked about in that order; `None` where it does not name both."""
    text = fold(asked.text)
    things = [names for _, names, _ in asked.terms if not asked.word_names.issuperset(names)]
    stand = sorted(
        (place, names) for names in things if (place := min((at for name in names if (at := text.find(name)) >= 0), default=-1)) >= 0
    )
    if len(stand) < 2:
        return None
    places = [min((at for name in names if (at := place_of(clause, name)) >= 0), default=-1) for _, names in (stand[0], stand[-1])]
    return places[0] < places[1] if min(places) >= 0 else None


def roles_kept(asked: Proposition, clause: str) -> bool:
    """Whether who does it and to whom it is done are not turned round: 容器看不到宿主机 says nothing of what 宿主机 sees."""
    if asked.locative or bool(_PASSIVE.search(asked.text)) != bool(_PASSIVE.search(clause)):
        return True
    own = [place for name in asked.names if (place := place_of(clause, name)) >= 0]
    others = [
        place
        for _, names, _ in asked.terms
        for name in names
        if name not in {n for w in asked.words for n in w} and (place := place_of(clause, name)) >= 0
    ]
    text = fold(asked.text)
    first = min((place for name in asked.names if (place := text.find(name)) >= 0), default=-1)
    for names in asked.words:
        if not 0 <= first < text.find(names[0]):
            continue  # what is asked about is no subject of this verb
        for name in names:
            verb = place_of(clause, name)
            if verb < 0 or not own or not others or clause[verb + len(name) :].startswith(_PLACED):
                continue
            if min(own) > verb and min(others) < verb:
                return False
    return True
