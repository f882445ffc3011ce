"""What a clause says to a yes-or-no question: whether it speaks of the thing, how much of what is asked it says, and if it asserts or denies it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from kb.language.cues import negated
from kb.language.normalize import fold
from kb.language.vocabulary import opposed, opposites
from kb.qa.deciding import bearing
from kb.qa.deciding.naming import place_of
from kb.qa.deciding.propositions import ALL, LATIN_NAME, NUMBER, Proposition
from kb.qa.finding.index import Index, index_of
from kb.qa.finding.retrieval import Scored
from kb.qa.sources import Sources
from kb.records import Sentence, Verdict

NOT_ALL = re.compile(r"并非|不是所有|不一定|未必|不都|不全")
_CONTRAST = re.compile(r"但是?|而(?!且)|却|不过|则|反而|然而")
# what is said of the statement itself: it does not follow, does not hold, is too simple
REFUTES = re.compile(
    r"不(?:能|应当?|可以?|要|宜)(?:[把将][^,，]{1,16})?(?:当作|视为|看作|当成)|不能(?:证明|代替|取代|保证|等于|说明)|不总是|不一定|不成立|不准确|并非|误解|过于笼统|只在部分|不是(?:互斥|对立|同一)"
    r"|不(?:等于|意味着|代表|说明)|没有(?:本质|根本)?(?:的)?(?:区别|差别|不同)|谈不上|没有必要|没有(?:硬性|固定|明确)的?(?:规定|限制|要求)"
)
# these refute only what is asked: a difference, a rule, that two things exclude each other, or what stands behind them
_REFUTED_WHERE_ASKED = (  # what the clause says, and what the question must ask for that to refute it
    (
        re.compile(r"没有(?:本质|根本)?(?:的)?(?:区别|差别|不同)"),
        re.compile(
            r"区别|差别|差异|不同|一样|更|比|较|快|慢|影响|损失|[高低]于|\bdiffer|\bsame\b|\bthan\b|\blos[se]"
            r"|\b(?:fast|slow|light|heavi|bett|bigg|small|saf|great|high|low|strong|weak)er\b"
        ),
    ),
    (
        re.compile(r"没有必要|没有(?:硬性|固定|明确)的?(?:规定|限制|要求)"),
        re.compile(r"必须|只能|只(?!要)|仅|一定|要|得(?!到)|需|限|最多|至少|应|规定|要求|都"),
    ),
    (re.compile(r"不是同一"), re.compile(r"同一|一样|一回事|等于|就是|是不是|是[^,，]{1,20}[吗么]|\bsame\b|^(?:is|are) ")),
    (
        re.compile(r"不是(?:互斥|对立)"),
        re.compile(r"互斥|对立|二选一|非此即彼|取代|代替|替代|只能|必须|冲突|\breplace|\bexclusive|\binstead\b"),
    ),
)
_FIRM = re.compile(r"绝对|一定|完全|总是|必然|百分之百")
_SHOWS_NOT = re.compile(r"不能(?:证明|保证|等于|说明)|不(?:等于|意味着|代表|说明)")
# said of what the sentence before states
_NOT_SO = re.compile(
    r"(?:但是?|然而|不过|其实|可是)?[,，]?(?:事实|实际|情况)?(?:上|情况)?[,，]?(?:并非如此|并不是?这样|不是这样的?|不然|正好相反|恰恰相反)"
    r"|(?:但|不过)?(?:这|那)(?:其实|实际上)?(?:是|属于)(?:一[个种])?[^,，。]{0,12}(?:误解|误区|误会|错误|谣言)|(?:这|那)(?:并)?不(?:对|准确|成立|正确)"
)
_SAID_OF_IT = re.compile(r"(?:但|不过|然而|其实)?这?(?:种|个|句|些)?(?:常见的?)?(?:说法|观点|话|看法|结论|误解)")
REPORTED = re.compile(
    r"有(?:一)?种(?:常见)?(?:的)?(?:说法|观点|看法)|常说|有人(?:认为|说)|误以为|误认为|口语|宣称|声称|传言|据说|谣传|网上(?:说|有人)"
)
_NOT_EVERY = re.compile(r"(?:并非|不是|未必|不见得)(?:所有|全部|每[个台一种套])的?")
# a negation of the main verb holds for all that stands behind it in the clause
_GOVERNS = re.compile(
    r"(?:不|暂不|尚不|并不|未)(?:支持|能够?|可以?|会|允许|需要|应该?|要|建议|提供|具备|包含|包括|属于)|无法|无需|无须|禁止|不再|没有"
)
_GOVERNS_NO_MORE = re.compile(r"但|而(?!且)|却|则|只|就|便|即|才|也|除|不|以免|避免|否则")
_QUANTIFIED = re.compile(r"所有|全部|每|任何|都|全")
_MAY_BE = re.compile(r"(?:可以|可能|能)是")  # what may be the other may be turned round
_COUNT = re.compile(r"(?<![第\d])([一两二三四五六七八九十]|\d+)(条|个|台|种|份|层|块|次|套|核|颗)")
_NOT_WITHOUT = re.compile(r"(?:没有|缺少|不具备|离开).{1,24}(?:(?:就|则|便)(?:没有|没法)|(?:就|则|便)?(?:不能|无法|不会|不可))")
_ONLY_SO = 0.6
_OPPOSITE_SAYS = 0.6  # of what is asked, what a clause must say that says the opposite of the rest
_NEED = re.compile(r"需要|依赖|离不开|必须|要求|[不没]用")
_TOLD_APART = re.compile(r"比(?!如)|相比|不同于|区别|不同|而不是|之间|而(?!且)|相对")
_TURNED = re.compile(r"([\u4e00-\u9fff])不(到|了|上|起|出|见|住|下|动)")  # 看不到 denies 看到
_TAKEN_AWAY = re.compile(r"移除|取消|放弃|弃用|废弃|停止(?:提供|支持|维护)|去掉|撤销|退出|下架")
_DENYING = re.compile(r"很少|极少|罕见|难以|尚未|暂未|暂不|缺乏|避免|而非|而不是|不足以|算不上|谈不上|几乎不")
_STILL = re.compile(r"还|仍|依然|现在|目前|\bstill\b|\bnow\b|\byet\b")
_PAST = re.compile(r"早期|曾经?(?!任)|最初|以前|过去|当时|起初|原先|一度")
_GONE = re.compile(r"已?被.{1,16}(?:取代|替代|代替|移除)|不再|停止维护|已经?停|去掉了|取消了|废弃|淘汰")
_COMPARES = re.compile(r"比(?![如较例])")
_REFUTED_SAYS = 0.34  # of what is asked, what a clause must say that calls something untrue
_IS = re.compile(r"是|属于|归入|归为|算作?|称为")
_IS_NOT = re.compile(
    r"(?:不|并非|非|没有?)(?:再|都|就|真|仅仅|完全|一定)?(?:是|属于|归|算|等于|称|叫|成为)|并非|不同|区别|而非|谈不上|不再"
)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?=年)")
_COUNTED = 12  # characters behind a number in which what is counted is named
_ALL_SAID = 0.8  # of what is asked of every one, what a clause must say that says it of all
_THESE = re.compile(r"(?:这[些两几]|上述|此类|该)[项种个]?(?:功能|特性|能力|操作|机制|限制|问题|优点|做法|设备|资源)")
_SAID_BEFORE = re.compile(r"(?:支持|需要|提供|具有|拥有|可以|能够?|会|有)(?P<what>.+)")
_EXAMPLE = re.compile(r"比如|例如|譬如|诸如|如(?!果|何|此|今|需|有)|包括")
_WITHOUT_IT = 0.5  # of what is asked, what a clause must say that leaves the very thing to another clause
_NO_SORT = frozenset("的了和与及或在对把被将为是有个种些各该此其")
_SPOKEN_OF = 0.3  # how well a sentence must meet the name of a thing to speak of it
_SHORT_SLOT = 16  # characters of what is said to be the only thing
LITTLE = 0.17  # of what is asked; a clause that says less says nothing of it
_MORE = re.compile(r"更|较|比(?!如|较)|优于|高于|低于|不如|快于|慢于")
_DENIED_AFTER = re.compile(r"(?:是)?不(?:可能|成立|准确|对|正确|行|允许|可以|能|支持|适用|存在)|(?:会|将|已)?被?(?:禁止|拒绝|忽略)|失败")
ONLY_ASKED = re.compile(
    r"只(?!要)|仅|唯一|必须|一定|总是|永远|完全|肯定|绝对|百分百|都(?!市)|天生|非.{1,8}不可|\bonly\b|\bmust\b|\balways\b|have to\b", re.I
)
ANY_ASKED = re.compile(
    r"别的|其他|其它|任意|任何|随便|所有|不同|另外|各种|(?:什么|啥|哪)[^,，?？]{0,8}都|\bany\b|\bevery\b|\ball\b|全部|\bother\b|\bdifferent\b",
    re.I,
)
MANY_ASKED = re.compile(r"多个|多台|多种|几个|几台|两个|两台|若干|好几|\bseveral\b|\bmultiple\b|\bmany\b|\btwo\b", re.I)
_MANY_SAID = re.compile(r"同时|一些|许多|大量|成[百千]|数[十百千]|[2-9两三四五六七八九十百千][\d十百千]*\s?[个台种条份块]|和|、|以及|各")
WEAKER = re.compile(
    r"可能|也许|不见得|也可以|也能|也(?:会|有|包括)|可以(?:不|用|在|从|是|连接|使用|选择)|不必|不一定|未必|通常|往往|大多|大部分|多数|一般|有时|有些|部分|基本|几乎|取决于"
    r"|视.{1,10}而定|除了|除非|如果|前提|条件下|还(?:有|可以|能)|可选|不依赖|多个|整个|其他|例外|或者?"
)
_ONLY = re.compile(r"只(?!要)|仅|唯一|\bonly\b")
_BOTH = re.compile(r"[两二]者(?:都|均)|都(?:有|会|能|受|是|可以|支持)|均|不仅|不只|不止|同样")
EXCLUSIVE = re.compile(r"(?<!不)只(?:能|有|会|支持|允许|服务|适用|运行|限|使?用|管理|提供|接受|需要?|在|是)|仅(?:能|支持|限|在|用于)?|唯一")
ONE = re.compile(r"单个|单一|唯一|(?<![\d十百])(?:一|1\s?)(?:台|个|种|份|条|块|张)(?!或多|以上)")
ANOTHER, EXCEPTION, GONE = "says it of another", "exception or exclusive statement", "no longer so"
_EVERY_SAID = re.compile(r"所有|全部|每[个台种条次]|任何|一律|均|都|总是|\ball\b|\bevery\b|always")
_SAME_SLOT = re.compile(r"(?<!不)(?:必须|须|只能|仅能|只|仅|唯一)(?:是|为|支持|能|可以?|用|使用|接受|允许|限于?|在|有)?")
_ASIDE = 0.6  # worth of what is asserted in a clause that denies something else
_OWN, NOBODYS, _HEADED, _NEARBY, _ANOTHERS = 1.0, 0.85, 0.75, 0.6, 0.35  # worth of a clause by whose it is


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


def told_apart(asked: Proposition, item: Scored, index: Index) -> float:
    """1 where the sentence, its heading or the one before names all that tells the thing apart (systrap 平台), down to 0.6 for nothing."""
    if not asked.apart:
        return 1.0
    before = index.before(item.sentence)
    text = index.folded[item.sentence.id] + index.headings[item.sentence.id] + (index.folded.get(before.id, "") if before else "")
    named = sum(weight for weight, names in asked.apart if any(place_of(text, name) >= 0 for name in names))
    return 0.6 + 0.4 * named / sum(weight for weight, _ in asked.apart)


def said_of(asked: Proposition, clause: str) -> tuple[float, bool]:
    """The share of what is asked that a folded clause says, and whether it says it by an opposite word."""
    found = [[name for name in names if _stands(asked, clause, name)] for _, names, _ in asked.terms]
    rest = _without(clause, {name for names in found for name in names})  # 慢 within 拖慢 says no more than 拖慢 does
    said, opposite = 0.0, False
    for (weight, _, against), names in zip(asked.terms, found, strict=True):
        if names:
            said += weight
        elif any(name in rest for name in against if name not in asked.text):
            said += 0.9 * weight
            opposite = True
    return said / asked.total, opposite


def _without(clause: str, names: Collection[str]) -> str:
    for name in sorted(names, key=len, reverse=True):
        clause = clause.replace(name, "|")
    return clause


def _stands(asked: Proposition, clause: str, name: str) -> bool:
    """Whether a clause says a word, and not only a longer name of something else that holds it (虚拟 in 虚拟机)."""
    place = place_of(clause, name)
    if place < 0 or name not in asked.word_names or name in asked.text:
        return place >= 0
    longer = [match for match in index_of(asked.sources).named(clause, asked.sources) if match.end - match.start > len(name)]
    while place >= 0:
        if not any(match.start <= place and place + len(name) < match.end for match in longer):
            return True
        place = clause.find(name, place + 1)
    return False


def clauses_of(asked: Proposition, sentence: Sentence) -> Iterator[tuple[str, float]]:
    """Folded clauses, each with how surely it speaks of the thing asked about: by what it begins with, else by what came before."""
    index = index_of(asked.sources)
    about = index.about(sentence)
    owner = NOBODYS if not asked.near or about & (asked.near | asked.apart_ids) else _ANOTHERS
    if (
        owner == NOBODYS
        and asked.near
        and not (index.concepts.get(sentence.id, set()) | index.carried.get(sentence.id, set())) & asked.near
    ):
        owner = _HEADED
    contrasted = bool(index.concepts.get(sentence.id, set()) & asked.near)
    for original in _with_examples(index.clauses(sentence)):
        clause = _TURNED.sub(r"不\1\2", original)
        for name in asked.lacking:
            clause = clause.replace(name, name[1:])  # 未命中 is what is asked about, and denies nothing
        found = index.named(clause, asked.sources)
        ids = {match.concept_id for match in found}
        leading = next((m for m in found if m.start <= 6 and asked.sources.lexicon.concept(m.concept_id).kind != "property"), None)
        if asked.near and (ids & asked.near or clause.startswith(asked.names)):
            first = leading is None or leading.concept_id in asked.near | asked.asked_ids
            owner = _OWN if first else NOBODYS
        elif asked.near and leading is not None and leading.concept_id not in asked.asked_ids and _changes_subject(clause, leading.start):
            owner = _ANOTHERS if contrasted or owner == _ANOTHERS else _NEARBY
        yield clause, owner


def is_another_number(asked: Proposition, clause: str) -> bool:
    """Whether a clause says of the thing that it is of another number than the one asked: Type 1, where Type 2 was asked."""
    found = asked.renumbered.search(clause) if asked.renumbered else None
    copula = _IS.search(clause[: found.start()]) if found else None
    return bool(found and copula and not any(name in clause for name in asked.identity) and not negated(clause[: copula.start()][-2:]))


def said_of_another(asked: Proposition, item: Scored) -> bool:
    """「LXC 的根文件系统是分层镜像吗」: the sentence names what is asked of the thing only in clauses on something else."""
    owners = [owner for clause, owner in clauses_of(asked, item.sentence) if any(place_of(clause, name) >= 0 for name in asked.last)]
    return bool(owners) and max(owners) <= _ANOTHERS


def _with_examples(clauses: Sequence[str]) -> list[str]:
    """Clauses, examples (比如 tmpfs) together with what they are examples of, 这些功能 with what the clause before named."""
    found: list[str] = []
    for clause in clauses:
        if found and _EXAMPLE.match(clause):
            found[-1] += clause
        elif found and _THESE.search(clause) and (named := _SAID_BEFORE.search(found[-1])):
            found.append(_THESE.sub(named["what"], clause))
        else:
            found.append(clause)
    return found


def _changes_subject(clause: str, start: int) -> bool:
    """虚拟机则可以…, 而虚拟机…: the name stands where a subject does, not behind a verb or preposition."""
    return start == 0 or bool(_CONTRAST.fullmatch(clause[:start])) or clause[:start] in ("一般", "通常", "传统", "普通", "每个", "每台")


def stance_of(asked: Proposition, clause: str, opposite: bool, sentence: Sentence, said: float) -> tuple[Verdict, str, float] | None:
    """Whether a clause asserts or denies, the reason, and how much surer than a bare assertion; `None` where it says nothing of it."""
    if NOT_ALL.search(clause) and _QUANTIFIED.search(clause):
        named = not asked.last or any(place_of(clause, name) >= 0 for name in asked.last)
        return ("no", "denied of some", 1.1) if named and _some_not(asked, clause) else None
    if REFUTES.search(clause):
        if said < _REFUTED_SAYS or (_COMPARES.search(clause) and not _COMPARES.search(asked.text)):
            return None
        return ("no", "refuted", 1.15) if _refutes_what_is_asked(asked, clause) else None
    if _refuted_behind(clause, sentence, asked.sources):
        return "no", "refuted", 1.15
    if REPORTED.search(clause):
        return None
    if was_so(asked, clause):
        return None
    if _STILL.search(asked.text) and _GONE.search(fold(sentence.text)):
        return ("yes" if asked.denied else "no"), GONE, 1.1
    if bearing.names_a_topic(clause) or bearing.normative_aside(asked, clause):
        return None
    if not bearing.under_its_own(asked, clause, index_of(asked.sources).clauses(sentence), asked.condition_names):
        return None
    if bearing.leaves_open(clause) or bearing.disputed(clause):
        return ("no", "disputed", 1.0) if bearing.firmly_asked(asked) and bearing.disputed(fold(sentence.text)) else None
    otherwise = _counted_otherwise(asked, clause)
    if said >= 0.5 and (_quantified(asked, clause) or otherwise) or (otherwise and EXCLUSIVE.search(clause) and _opens(asked, clause)):
        return "no", EXCEPTION, 1.1
    if _ONLY.search(asked.text) and _BOTH.search(clause) and not EXCLUSIVE.search(clause):
        return ("yes" if asked.denied else "no"), EXCEPTION, 1.0
    if _exclusive_of_another(asked, clause, said):
        return ("yes" if asked.denied else "no"), EXCEPTION, 1.05
    if ALL.search(asked.text) and said >= _ALL_SAID and _said_of_every(asked, clause) and not negated(clause):
        return ("no" if asked.denied else "yes"), "asserted of all", 1.25
    if (asked.needs or _NEED.search(asked.text)) and _NOT_WITHOUT.search(clause):
        return ("no" if asked.denied else "yes"), "impossible without", 1.05
    if asked.quality is not None:
        so = _of_the_degree_asked(asked.quality, clause)
        if so is None:
            return None
        return ("yes" if so != asked.denied else "no"), "asserted" if so else "opposite", 1.0
    if asked.identity:
        told = _identity(asked, clause)
        if told is not None:
            return told
    if _taken_away(asked, clause):
        return ("yes" if asked.denied else "no"), GONE, 1.05
    opposite = (opposite or opposed(asked.text, clause)) != _other_side_more(asked, clause)
    names = [name for _, names, against in asked.terms for name in (*names, *against)]
    names = [name for name in names if name not in asked.given]
    needed = (asked.needs or _NEED.search(asked.text)) and _NOT_WITHOUT.search(clause)
    denies = not needed and (negated_in(clause, names, close=asked.denied) or _subject_denied(asked, clause, names))
    if denies and not _denies_that_it_is(asked, clause):
        return None
    if not bearing.roles_kept(asked, clause) or (denies and not bearing.denies_what_is_asked(asked, clause)):
        return None
    if not denies and asked.predicate and asked.predicate[-2:] in clause and asked.predicate[:-2] not in clause:
        return None  # 自由软件 says nothing for 商业软件
    denied = denies != opposite
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


def _of_the_degree_asked(degree: str, clause: str) -> bool | None:
    """「隔离强吗」: whether a clause says 强 or 弱; `None` where it says neither."""
    for word in sorted((degree, *opposites(degree)), key=len, reverse=True):
        place = clause.find(word)
        if place >= 0:
            return (word == degree) != negated(clause[max(0, place - 3) : place])
    return None


def was_so(asked: Proposition, text: str) -> bool:
    """早期使用 LXC, where it is asked whether it still is so."""
    return bool(_STILL.search(asked.text) and _PAST.search(text) and not _PAST.search(asked.text))


def _taken_away(asked: Proposition, clause: str) -> bool:
    """已经移除 FTP 支持, where whether it is so was asked and not whether it was taken away."""
    gone = _TAKEN_AWAY.search(clause)
    return (
        gone is not None
        and gone.group() not in asked.text
        and not _denies(clause[: gone.start()])
        and any(place_of(clause[gone.end() :], name) >= 0 for name in asked.last if name in asked.text)
    )


def _quantified(asked: Proposition, clause: str) -> bool:
    """Questions with must, only, several, others, against clauses that say something weaker or narrower."""
    exclusive = bool(EXCLUSIVE.search(clause))
    if _ONLY.search(asked.text) and not exclusive and (clause.count("、") >= 1 or _BOTH.search(clause)):
        return True
    if ONLY_ASKED.search(asked.text):
        return not exclusive and bool(WEAKER.search(clause)) and "必须" not in clause
    if exclusive and ANY_ASKED.search(asked.text):
        return True
    return not MANY_ASKED.search(clause) and _one_only(asked, clause)


def _one_only(asked: Proposition, clause: str) -> bool:
    """多个设备 was asked, and the clause says 一个设备."""
    many = MANY_ASKED.search(asked.text)
    if many is None:
        return False
    counted = fold(asked.text[many.end() : many.end() + _COUNTED])
    names = [name for name in (*asked.all_names, *asked.names) if name in counted]
    if not names:
        return bool(ONE.search(clause))
    return any(_names_it(asked, clause[one.end() : one.end() + _COUNTED], name) for one in ONE.finditer(clause) for name in names)


def _names_it(asked: Proposition, text: str, name: str) -> bool:
    """Whether a text names it other than as the front of a longer name: 一个容器镜像 is no 容器."""
    place = text.find(name)
    longer = [match for match in index_of(asked.sources).named(text, asked.sources) if match.start <= place < match.end]
    return place >= 0 and all(text[: match.end].endswith(name) for match in longer)


def _opens(asked: Proposition, clause: str) -> bool:
    """Whether the clause begins with the thing asked about."""
    return any(0 <= clause.find(name) <= 2 for name in asked.names)


def _said_of_every(asked: Proposition, clause: str) -> bool:
    """所有容器都…, said of the very thing asked about: 所有服务器都是主机 says nothing of every 主机."""
    match = _EVERY_SAID.search(clause)
    if match is None:
        return False
    behind = clause[match.end() :].lstrip("的")
    return match.group() in ("均", "都", "一律", "总是", "always") or not asked.names or behind.startswith(asked.names)


def _exclusive_of_another(asked: Proposition, clause: str, said: float) -> bool:
    """Only or necessarily so, and not as asked: 必须是绝对路径 where 相对路径 was asked, 仅支持输出 where 支持输入 was."""
    exclusive = _SAME_SLOT.search(clause)
    if exclusive is None or not asked.last or _SAME_SLOT.search(asked.text):
        return False
    behind = clause[exclusive.end() :]
    if any(place_of(clause, name) >= 0 for name in asked.last) and not _other_name(asked, behind):
        return False
    head = asked.last[0][-2:]
    if len(asked.last[0]) > 2 and not head.isascii() and head in behind:
        return True
    if said >= LITTLE and _other_name(asked, behind) and "支持" in exclusive.group() + behind[:4]:
        return True
    same_verb = any(word in exclusive.group() and word in asked.text for word in ("支持", "允许", "接受"))
    return same_verb and said >= LITTLE and len(behind) <= _SHORT_SLOT


def _other_name(asked: Proposition, text: str) -> bool:
    """A Latin name that the question does not hold, where the question has one that the text lacks."""
    wanted = [name for name in asked.latin if place_of(text, name) < 0]
    return bool(wanted) and any(name not in asked.text and name not in asked.all_names for name in LATIN_NAME.findall(text))


def _counted_otherwise(asked: Proposition, clause: str) -> bool:
    """两条连接 where 一条 was asked: another number of the same measure, and not the one asked."""
    for number, measure in _COUNT.findall(asked.text):
        others = [other for other, same in _COUNT.findall(clause) if same == measure]
        if others and number not in others and not (number in "一1" and not ONLY_ASKED.search(asked.text)):
            return True
    return False


def _identity(asked: Proposition, clause: str) -> tuple[Verdict, str, float] | None:
    """「X 是 Y 吗」: a clause that sets the two against each other tells them apart; one without 是 does not make them one."""
    if not any(place_of(clause, name) >= 0 for name in asked.identity):
        return None
    if _TOLD_APART.search(clause):
        return ("yes" if asked.denied else "no"), "told apart", 0.95
    return None


def _denies_that_it_is(asked: Proposition, clause: str) -> bool:
    """What it does not use, need or have says nothing of what it is."""
    return not asked.predicate or bool(_IS_NOT.search(clause)) or not any(place_of(clause, name) >= 0 for name in asked.identity)


def _other_side_more(asked: Proposition, clause: str) -> bool:
    """Asked whether A is more so than B: the clause compares them the other way round, or finds only B more so."""
    if len(asked.sides) < 2 or not _MORE.search(clause):
        return False
    first, second = (min((place for name in names if (place := clause.find(name)) >= 0), default=-1) for names in asked.sides)
    return second >= 0 and (first < 0 or second < first)


def _refuted_behind(clause: str, sentence: Sentence, sources: Sources) -> bool:
    """The rest of the sentence, or the next one, says of what stands in the clause that it is not so."""
    text = fold(sentence.text)
    place = text.find(clause)
    rest = text[place + len(clause) :] if place >= 0 else ""
    after = index_of(sources).after(sentence)
    next_one = fold(after.text) if after is not None else ""
    following = (rest.lstrip('」”",，'), next_one)
    return any(_NOT_SO.match(text) or (_SAID_OF_IT.match(text) and REFUTES.search(text)) for text in following)


def _refutes_what_is_asked(asked: Proposition, clause: str) -> bool:
    """没有硬性规定 refutes what must be, 没有本质差别 that there is a difference, 不说明 what is named behind it."""
    for said, wanted in _REFUTED_WHERE_ASKED:
        if said.search(clause):
            return bool(wanted.search(asked.text))
    shown = _SHOWS_NOT.search(clause)
    if shown is not None and negated(clause[shown.end() :]):
        return asked.denied  # 不能证明没有漏洞
    if _FIRM.search(REFUTES.sub("", clause)) and not (
        bearing.firmly_asked(asked) or ALL.search(asked.text) or ONLY_ASKED.search(asked.text)
    ):
        return False  # 不能证明绝对安全
    return shown is None or not asked.last or any(place_of(clause[shown.end() :], name) >= 0 for name in asked.last)


def _denies(text: str) -> bool:
    return negated(text) or (bool(_DENYING.search(text)) and not negated(_DENYING.sub("", text)))


def _subject_denied(asked: Proposition, clause: str, names: Sequence[str]) -> bool:
    """需要内核模块的程序不适合使用 gVisor: behind what is asked stands that the thing is denied it."""
    last = max((place + len(name) for name in names if (place := place_of(clause, name)) >= 0), default=-1)
    tail = clause[last:] if last >= 0 else ""
    place = min((place for name in asked.names if (place := place_of(tail, name)) >= 0), default=-1)
    return place > 0 and not asked.denied and _denies(tail[:place])


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


def negated_in(clause: str, names: Sequence[str], *, close: bool = False) -> bool:
    """A negation stands before one of the words, and nothing turns it round in between; or right behind the last of them.

    `close`: right before it; asked whether something is not so, any other negation in the clause tells nothing.
    """
    reach = 5 if close else 18
    places = [(place, name) for name in names if (place := place_of(clause, name)) >= 0]
    if not places:
        return False
    for place, _ in places:
        if clause[place - 1 : place] == "无" and clause[place - 2 : place] != "有无":
            return True
        if not close and _governed(clause[:place]):
            return True
        if clause[place - 1 : place] == "非" and clause[place - 2 : place - 1] not in ("并", "除", "是"):
            return True
        if place > 0 and _denies(re.split(r"但|而(?!且)|却|则|只|就", clause[max(0, place - reach) : place])[-1]):
            return True
    end = max(place + len(name) for place, name in places)
    return bool(_DENIED_AFTER.match(clause[end:].lstrip("的是会将也都")))


def _governed(before: str) -> bool:
    """目前不支持 ADD 指令提供的数据来源是 …: the main verb is denied, and nothing turns it round."""
    match = _GOVERNS.search(before)
    return (
        match is not None and not _GOVERNS_NO_MORE.search(before, match.end()) and not _GOVERNS_NO_MORE.search(before[: match.start()][-1:])
    )


def _some_not(asked: Proposition, clause: str) -> bool | None:
    """并非所有主机都是服务器: whether "all" is denied of the very thing asked about; `None` where it is denied of another."""
    match = _NOT_EVERY.search(clause)
    if match is None:
        return True
    return True if clause[match.end() :].startswith(asked.names) else None
