"""Yes or no: which clause decides a question, and whether it asserts, denies or contradicts what is asked.

"No" needs a denial, an opposite, an exclusive statement or an exception to "every"; "yes" a clause about the thing asked about that says
most of what is asked of it. Where neither is found nothing is decided.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kb.language.cues import negated
from kb.language.normalize import fold, is_han
from kb.language.vocabulary import opposed, opposites, plain
from kb.qa.degrees import asked_degree, more_so
from kb.qa.index import Index, index_of
from kb.qa.retrieval import Scored
from kb.qa.sources import Sources
from kb.qa.terms import Term
from kb.records import Claim, Question, Sentence, Verdict

ALL = re.compile(r"所有|全部|每个|每台|任何|随便|都是|一定|总是|\ball\b|\bevery\b|always")
NOT_ALL = re.compile(r"并非|不是所有|不一定|未必|不都|不全")
_NO_DENIAL = re.compile(r"不[?？]?$|([是能会要用带需算有行])[没不]\1|差不多|不是.{0,24}[吗么嘛]|不就|难道不?|岂不|了吧|没错|不同|不一样")
_ASKED_DENIED_EN = re.compile(r"\bnot\b|n't\b|\bnever\b|\bno longer\b|\bwithout\b", re.I)
_CONTRAST = re.compile(r"但是?|而(?!且)|却|不过|则|反而|然而")
# what is said of the statement itself: it does not follow, does not hold, is too simple
_REFUTES = re.compile(
    r"不能(?:证明|代替|取代|保证|等于|说明|当作|视为)|不总是|不一定|不成立|不准确|并非|误解|过于笼统|只在部分|不是(?:互斥|对立|同一)"
    r"|不(?:等于|意味着|代表|说明)|没有(?:本质|根本)?(?:的)?(?:区别|差别|不同)|谈不上|没有必要|没有(?:硬性|固定|明确)的?(?:规定|限制|要求)"
)
# said of what the sentence before states
_NOT_SO = re.compile(
    r"(?:但是?|然而|不过|其实|可是)?[,，]?(?:事实|实际|情况)?(?:上|情况)?[,，]?(?:并非如此|并不是?这样|不是这样的?|不然|正好相反|恰恰相反)"
    r"|(?:但|不过)?(?:这|那)(?:其实|实际上)?(?:是|属于)(?:一[个种])?[^,，。]{0,12}(?:误解|误区|误会|错误|谣言)|(?:这|那)(?:并)?不(?:对|准确|成立|正确)"
)
_SAID_OF_IT = re.compile(r"(?:但|不过|然而|其实)?这?(?:种|个|句|些)?(?:常见的?)?(?:说法|观点|话|看法|结论|误解)")
_REPORTED = re.compile(
    r"有(?:一)?种(?:常见)?(?:的)?(?:说法|观点|看法)|常说|有人(?:认为|说)|误以为|误认为|口语|宣称|声称|传言|据说|谣传|网上(?:说|有人)"
)
_NOT_EVERY = re.compile(r"(?:并非|不是|未必|不见得)(?:所有|全部|每[个台一种套])的?")
# a negation of the main verb holds for all that stands behind it in the clause
_GOVERNS = re.compile(
    r"(?:不|暂不|尚不|并不|未)(?:支持|能够?|可以?|会|允许|需要|应该?|要|建议|提供|具备|包含|包括|属于)|无法|无需|无须|禁止|不再|没有"
)
_GOVERNS_NO_MORE = re.compile(r"但|而(?!且)|却|则|只|就|便|即|才|也|除|不|以免|避免|否则")
_IF_NOT = re.compile(
    r"(?:没有|没|不用|不靠|不经过?|无需|缺少|脱离|离开|不装|不带|不加|不)[^,，?？]{1,16}?(?:的话|的时候|时(?!间)|(?:就|也|还|照样|仍)(?=能|可|会|是|有|要|得|行))"
)
_QUANTIFIED = re.compile(r"所有|全部|每|任何|都|全")
_MODAL = re.compile(
    r"需要|必须|依赖|支持|可以|能够|(?<!功)(?<!性)(?<!可)能|会|有(?!关)|允许|适合|用(?!户)|\b(?:can|need|have|has|support|depend)s?\b"
)
_MODALS = (
    ("需要", "必须", "依赖", "要求", "need"),
    ("支持", "可以", "能够", "能", "无法", "允许", "can", "support"),
    ("会", "将"),
    ("有", "拥有", "have", "has"),
)
_COUNT = re.compile(r"(?<![第\d])([一两二三四五六七八九十]|\d+)(条|个|台|种|份|层|块|次|套|核|颗)")
_NOT_WITHOUT = re.compile(r"(?:没有|缺少|不具备).{1,24}(?:就|则|便)?(?:不能|无法|不会|不可)")
_IDENTITY = re.compile(r"(?:是|属于|等于|算).{1,20}$|^(?:is|are) ")
_TOLD_APART = re.compile(r"比(?!如)|相比|不同于|区别|不同|而不是|之间|而(?!且)|相对")
_TURNED = re.compile(r"([\u4e00-\u9fff])不(到|了|上|起|出|见|住|下|动)")  # 看不到 denies 看到
_IS_DEGREE = re.compile(
    r"[快慢大小强弱高低好差多少轻重难易贵]|更.|安全|简单|容易|复杂|迅速|速度|毫?秒|分钟|耗时|缓慢|极快|数量级|faster|slower|better|than|lighter|bigger|smaller|safer|higher|lower|stronger"
)
_DENYING = re.compile(r"很少|极少|罕见|难以|尚未|暂未|暂不|缺乏|避免|而非|而不是|不足以|算不上|谈不上|几乎不")
_STILL = re.compile(r"还|仍|依然|现在|目前|\bstill\b|\bnow\b|\byet\b")
_GONE = re.compile(r"已?被.{1,16}(?:取代|替代|代替|移除)|不再|停止维护|已经?停|去掉了|取消了|废弃|淘汰")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_LATIN_NAME = re.compile(r"[a-z][a-z0-9.+#-]+")
_LAST = 1.6  # times the weight of a question's last word
_ALL_SAID = 0.8  # of what is asked of every one, what a clause must say that says it of all
_FRONT = 8  # characters before which a place stands in front of the subject
_EXAMPLE = re.compile(r"比如|例如|譬如|诸如|如(?!果|何|此|今|需|有)|包括")
_LOOSELY = 0.6  # how sure a clause is that leaves out a thing the question names
_WITHOUT_IT = 0.5  # of what is asked, what a clause must say that leaves the very thing to another clause
_NO_SORT = frozenset("的了和与及或在对把被将为是有个种些各该此其")
_SPOKEN_OF = 0.3  # how well a sentence must meet the name of a thing to speak of it
_SHORT_SLOT = 16  # characters of what is said to be the only thing
_LITTLE = 0.17  # of what is asked; a clause that says less says nothing of it
_COPULA = re.compile(r"是(?!否).{1,24}吗|是不是|^(?:is|are) ")
_COMPARED = re.compile(r"比|更|\bthan\b|较")
_MORE = re.compile(r"更|较|比(?!如|较)|优于|高于|低于|不如|快于|慢于")
_DENIED_AFTER = re.compile(r"(?:是)?不(?:可能|成立|准确|对|正确|行|允许|可以|能|支持|适用|存在)|(?:会|将|已)?被?(?:禁止|拒绝|忽略)|失败")
_ONLY_ASKED = re.compile(
    r"只(?!要)|仅|唯一|必须|一定|总是|永远|完全|肯定|绝对|百分百|都(?!市)|天生|非.{1,8}不可|\bonly\b|\bmust\b|\balways\b|have to\b", re.I
)
_ANY_ASKED = re.compile(r"别的|其他|其它|任意|任何|随便|所有|不同|另外|各种|\bany\b|\bevery\b|\ball\b|全部|\bother\b|\bdifferent\b", re.I)
_MANY_ASKED = re.compile(r"多个|多台|多种|几个|几台|两个|两台|若干|好几|\bseveral\b|\bmultiple\b|\bmany\b|\btwo\b", re.I)
_MANY_SAID = re.compile(r"同时|一些|许多|大量|成[百千]|数[十百千]|[2-9两三四五六七八九十百千][\d十百千]*\s?[个台种条份块]|和|、|以及|各")
_WEAKER = re.compile(
    r"也可以|也能|也(?:会|有|包括)|可以(?:不|用|在|从|是|连接|使用|选择)|不必|不一定|未必|通常|往往|大多|大部分|多数|一般|有时|有些|部分|基本|几乎|取决于"
    r"|视.{1,10}而定|除了|除非|如果|前提|条件下|还(?:有|可以|能)|可选|不依赖|多个|整个|其他|例外|或者?"
)
_EXCLUSIVE = re.compile(r"(?<!不)只(?:能|有|会|支持|允许|服务|适用|运行|限|用于|在|是)|仅(?:能|支持|限|在|用于)?|唯一")
_ONE = re.compile(r"单个|单一|唯一|(?<![\d十百])(?:一|1\s?)(?:台|个|种|份|条|块|张)(?!或多|以上)")
ANOTHER, EXCEPTION, GONE = "says it of another", "exception or exclusive statement", "no longer so"
_PREPOSED = re.compile(r"(?:通过|基于|利用|使用|在|由|用|从|向)\s*$")
_RATHER_THAN = re.compile(r"(?:而非|而不是|而并非|不是)[^,，所每全]{0,4}$")
_EVERY_SAID = re.compile(r"所有|全部|每[个台种条次]|任何|一律|均|都|总是|\ball\b|\bevery\b|always")
_SAME_SLOT = re.compile(r"(?<!不)(?:必须|须|只能|仅能|只|仅|唯一)(?:是|为|支持|能|可以?|用|使用|接受|允许|限于?|在|有)?")
_JUDGED = 16  # sentences
_YES, _NO = 0.42, 0.34  # of what is asked of the thing, what the deciding clause must say
_YES_SAYS = 0.45  # of what is asked, whatever else speaks for a clause
_RATHER_SAYS = 0.6  # of what is asked, what a sentence must say that puts another thing in its place
_ALL_BUT_SAID = 0.6  # of the question, what a sentence must cover
_CLAIM_SAYS = 0.75  # of what is asked, what the sentence of a claim must say for the claim to settle it
_OWN, _NOBODYS, _HEADED, _NEARBY, _ANOTHERS = 1.0, 0.85, 0.75, 0.6, 0.35  # worth of a clause by whose it is


_YES_OR_NO = re.compile(
    r"吗[?？。]?$|吗[,，]|嘛[?？]$|是否|[能可会]否|对不对|行不行|可不可以|没错吧|吧[?？]?$|(?<![什怎那这多])么[?？]?$|不[?？]?$|了没有?[?？]?$|没有[?？]$"
    r"|([是能会要用带需算有行])[没不]\1|真的假的|真假|难道|岂不是|(?:咯|喽)[?？]?$"
    r"|^(?:is|are|was|were|can|could|do|does|did|will|would|has|have|had|must|should|may|might)(?:n't)? |, right\?$"
)
_WH = re.compile(
    r"什么|啥|哪|谁|几(?!乎)|多少|多[大久长快远高重]|怎|为何|如何|何时|何[处种]|区别|有.{0,2}不同|不同[点之在]|差[别异距在多]|还是|呢[?？]?$"
    r"|讲|说说|介绍|解释|列|是[?？]$|\b(?:which|who|whom|whose|why|when|where|how|what|name|list)\b"
)


@dataclass(frozen=True, slots=True)
class Decision:
    """`worth` in [0, 1]: how much of the question the clause says, and how surely it speaks of the thing asked about; `why` for the curious."""

    verdict: Verdict
    item: Scored
    clause: str
    worth: float
    why: str
    contrary: bool = False  # by naming something else in its stead


def asks_yes_or_no(text: str) -> bool:
    """By its particles (吗, 是否, 能不能) or, in English, by the verb in front; `text` in lower case."""
    return bool(_YES_OR_NO.search(text))


def asks_by_its_mark(text: str) -> bool:
    """「Docker 也要装系统？」: a statement with a question mark."""
    return text.rstrip().endswith(("?", "？")) and not _WH.search(text)


def decide(question: Question, ranked: Sequence[Scored], terms: Sequence[Term], sources: Sources, claim: Claim | None) -> Decision | None:
    """The most telling clause of the ranked sentences; a claim on the very relation asked about settles it."""
    asked = _Asked(question, ranked, terms, sources)
    by_claim = _by_claim(asked, ranked, claim)
    if by_claim is not None:
        return by_claim
    by_degree = _by_degree(asked, ranked)
    if by_degree is not None:
        return by_degree
    best: dict[Verdict, Decision] = {}
    top = ranked[0].score if ranked else 1.0
    for item in ranked[:_JUDGED]:
        for decision in _readings(asked, item, 0.55 + 0.45 * item.score / top):
            if decision.verdict not in best or decision.worth > best[decision.verdict].worth:
                best[decision.verdict] = decision
    no, yes = best.get("no"), best.get("yes")
    # where the best sentence says nearly all that is asked, a clause of it may say less by itself
    lenient = 0.7 if ranked and ranked[0].coverage >= _ALL_BUT_SAID else 1.0
    if no is not None and no.worth >= lenient * _NO and (yes is None or no.worth >= 0.92 * yes.worth):
        return no
    return yes if yes is not None and yes.worth >= lenient * _YES else None


def _by_claim(asked: _Asked, ranked: Sequence[Scored], claim: Claim | None) -> Decision | None:
    """A claim settles a question that says no more than the claim does; every, only, several … are for the clauses to judge."""
    item = next((item for item in ranked if claim is not None and item.sentence.id == claim.sentence_id), None)
    if (
        claim is None
        or item is None
        or claim.scope == "not_all"
        or any(p.search(asked.text) for p in (ALL, _ONLY_ASKED, _ANY_ASKED, _MANY_ASKED))
    ):
        return None
    text = fold(item.sentence.text)
    names = [name for _, names, _ in asked.terms for name in names]
    if _said(asked, text)[0] < _CLAIM_SAYS or (claim.holds and _negated_in(text, names)):
        return None
    verdict: Verdict = "yes" if claim.holds != asked.denied else "no"
    why = f"claim: {claim.subject} {claim.relation} {claim.object}, {'said' if claim.holds else 'denied'}"
    return Decision(verdict, item, item.sentence.text, 1.0, why)


def _by_degree(asked: _Asked, ranked: Sequence[Scored]) -> Decision | None:
    """「A 比 B 更快吗」: the first sentence that finds one of the two more so, on the aspect asked where one is."""
    degree = asked_degree(asked.text)
    if degree is None or len(asked.sides) < 2:
        return None
    first, second = asked.sides
    for item in ranked[:_JUDGED]:
        if _REPORTED.search(item.sentence.text) or _REFUTES.search(item.sentence.text):
            continue
        side = more_so(item.sentence.text, degree, first, second, asked.aspect_words)
        if side is not None:
            verdict: Verdict = "yes" if (side == "a") != asked.denied else "no"
            return Decision(verdict, item, item.sentence.text, 1.0, f"more so: {'the first' if side == 'a' else 'the second'}")
    return None


def _denied(question: Question) -> bool:
    if question.language == "en":
        return bool(_ASKED_DENIED_EN.search(question.text))
    return negated(_NO_DENIAL.sub("", _IF_NOT.sub("", plain(question.text))))


class _Asked:
    """The question taken apart once: whom it is about, and the weighted words that say something of it."""

    def __init__(self, question: Question, ranked: Sequence[Scored], terms: Sequence[Term], sources: Sources) -> None:
        self.question, self.sources = question, sources
        self.text = plain(question.resolved).lower()
        text = fold(self.text)
        self.denied = _denied(question)
        self.copula = bool(_COPULA.search(self.text))
        subject = subject_of(question, ranked, sources)
        self.near = set(sources.family(subject)) if subject else set()
        self.names = _all_names(subject, sources) if subject else ()
        self.asked_ids = set(question.concepts)
        compared = compared_things(question, sources)
        self.sides = tuple(_all_names(id_, sources) for id_ in compared) if _COMPARED.search(self.text) and len(compared) == 2 else ()
        sides = {name for names in self.sides for name in names}
        self.aspect_words = (
            tuple(
                word
                for term in terms
                for word in term.names
                if self.sides and not sides & set(term.names) and not _IS_DEGREE.fullmatch(word)
            )
            if not any(_IS_DEGREE.fullmatch(term.label) for term in terms if len(terms) <= 3)
            else ()
        )
        said = [term for term in terms if not (self.near and any(id_ == subject for id_, near in term.concepts if near == 1.0))]
        weights, before = _focused(said or list(terms), text)
        self.apart_ids = {id_ for term in before for id_, near in term.concepts if near >= 0.7}
        self.apart = tuple((term.weight, _names(term, sources)) for term in before)
        self.terms = tuple((weight, _names(term, sources), _opposite_names(term)) for term, weight in weights)
        self.total = sum(weight for _, weight in weights) or 1.0
        self.all_names = frozenset(name for _, names, _ in self.terms for name in names)
        self.focus = _name_or_number(weights, text)
        last_id = question.concepts[-1] if question.concepts else None
        self.siblings = _siblings(last_id, sources) if last_id and last_id not in self.near else frozenset()
        if self.focus is None and self.siblings and last_id:
            self.focus = (_all_names(last_id, sources), "sort")
        self.last = _last_names(said or list(terms), text)
        preposed = _filler(terms, text)
        self.filler = preposed or self.last
        if preposed and _LATIN_NAME.fullmatch(preposed[0]):
            self.focus = (preposed, "name")
        self.given = _within(_IF_NOT, terms, text)
        self.required = tuple(
            number
            for number, term in enumerate(terms)
            if term.salient and not (self.near and any(id_ in self.near for id_, near in term.concepts if near == 1.0))
        )
        self.sorts = tuple((name, name[1:]) for term in terms for name in term.names[:1] if _sort_of_something(name, sources))
        own = set(self.names)
        self.latin_numbers = tuple(
            number
            for number, term in enumerate(terms)
            if term.salient and term.names and _LATIN_NAME.fullmatch(term.names[0]) and term.names[0] not in own
        )
        self.latin = tuple(terms[number].names[0] for number in self.latin_numbers)
        modal = _MODAL.search(self.text)
        self.needs = bool(modal and modal.group() in _MODALS[0])
        last = question.concepts[-1] if len(question.concepts) > 1 else None
        names = _all_names(last, sources) if last and last not in self.near else ()
        self.identity = names if names and _IDENTITY.search(self.text) and fold(self.text).rstrip("?？吗么吧呢").endswith(names) else ()
        self.modal = next((words for words in _MODALS if modal and modal.group() in words), ())


def _sort_of_something(name: str, sources: Sources) -> bool:
    """读操作: a word with one character before it, which the dictionary does not know as one."""
    return 3 <= len(name) <= 5 and all(map(is_han, name)) and not sources.tokenizer.is_word(name) and sources.tokenizer.is_word(name[1:])


def _last_names(terms: Sequence[Term], text: str) -> tuple[str, ...]:
    """Every way to write the last thing that the question speaks of, as asked first."""
    term = max(terms, key=lambda term: _last_place(term, text), default=None)
    if term is None or _last_place(term, text) < 0:
        return ()
    return tuple(dict.fromkeys((fold(term.label), *term.names)) if not term.concepts else term.names)


def _filler(terms: Sequence[Term], text: str) -> tuple[str, ...]:
    """Names of what stands behind a preposition (在 Follower 上, 通过端口): another in its place is another answer."""
    found = [term for term in terms if _PREPOSED.search(text[: max(0, _last_place(term, text))][-3:])]
    return found[-1].names if found else ()


def _within(pattern: re.Pattern[str], terms: Sequence[Term], text: str) -> frozenset[str]:
    """Names of what stands inside a match of the pattern."""
    match = pattern.search(text)
    if match is None:
        return frozenset()
    return frozenset(name for term in terms if match.start() <= _last_place(term, text) < match.end() for name in term.names)


def _focused(terms: Sequence[Term], text: str) -> tuple[list[tuple[Term, float]], list[Term]]:
    """What is said, weighted, the last word most; and what stands before the modal, which only tells the thing apart."""
    modal = _MODAL.search(text)
    places = {term.label: _last_place(term, text) for term in terms}
    last = max(places.values(), default=-1)
    before = [term for term in terms if modal and 0 <= places[term.label] < modal.start()]
    said = [term for term in terms if term not in before] or list(terms)
    weights = [(term, term.weight * (_LAST if places[term.label] == last >= 0 else 1.0)) for term in said]
    return weights, before if len(said) < len(terms) else []


_SORTS = frozenset({"organisation"})
_SORT_NAME = re.compile(r"(?:语言|协议|格式)$")


def _siblings(id_: str, sources: Sources) -> frozenset[str]:
    """Concepts of the same narrow kind (companies, languages), or kinds of the same thing by what articles say (Windows, macOS)."""
    if id_ not in sources.lexicon:
        return frozenset()
    concept = sources.lexicon.concept(id_)
    same = {
        other.id
        for other in sources.lexicon.concepts()
        if other.kind == concept.kind
        and (concept.kind in _SORTS or _SORT_NAME.search(concept.name) and other.name[-2:] == concept.name[-2:])
    }
    for claim in sources.reader.claims(subject=id_, relation="is_a"):
        if claim.holds and not claim.analogy:
            same |= {c.subject for c in sources.reader.claims(object=claim.object, relation="is_a") if c.holds}
    return frozenset(same - {id_})


def _name_or_number(weights: Sequence[tuple[Term, float]], text: str) -> tuple[tuple[str, ...], str] | None:
    """The Latin name, or the number, that what is asked ends in."""
    numbers = _NUMBER.findall(text)
    if numbers:
        return tuple(numbers), "number"
    last = max(weights, key=lambda pair: _last_place(pair[0], text), default=None)
    if last is None or not last[0].salient or not _LATIN_NAME.fullmatch(last[0].names[0] if last[0].names else ""):
        return None
    return last[0].names, "name"


def _last_place(term: Term, text: str) -> int:
    return max((text.rfind(name) for name in (term.label, *term.names[:1])), default=-1)


def compared_things(question: Question, sources: Sources) -> tuple[str, ...]:
    """The things on the two sides of 比: no property, and no second name of one already there."""
    text = plain(question.text)
    ids: list[str] = []
    for id_ in question.concepts:
        kind = sources.lexicon.concept(id_).kind if id_ in sources.lexicon else ""
        if kind in ("property", "concept", "resource") and len(question.concepts) > 2:
            continue
        if not any(sources.family(other).get(id_, 0) >= 0.7 for other in ids):
            ids.append(id_)
    if len(ids) > 2 and "比" in text:
        place = fold(text).find("比")
        places = {id_: min((p for name in _all_names(id_, sources) if (p := fold(text).find(name)) >= 0), default=-1) for id_ in ids}
        before = [id_ for id_ in ids if 0 <= places[id_] < place]
        after = [id_ for id_ in ids if places[id_] > place]
        return (before[0], after[0]) if before and after else tuple(ids[:2])
    return tuple(ids[:2])


def subject_of(question: Question, ranked: Sequence[Scored], sources: Sources) -> str | None:
    """The first thing asked about that articles know and one of the best sentences speaks of."""
    index = index_of(sources)
    known = [id_ for id_ in question.concepts if sources.known_in_articles(id_)]
    text = fold(plain(question.text))
    known.sort(key=lambda id_: _placed(id_, text, sources))  # stable
    known = [id_ for id_ in known if not _only_in_passing(id_, text, sources)]
    for id_ in known:
        family = set(sources.family(id_))
        if any(index.about(item.sentence) & family for item in ranked[:3]):
            return id_
    return known[0] if known else None


def _placed(id_: str, text: str, sources: Sources) -> bool:
    """Whether the question only names it as a place or means: 在同一台机器上, 通过端口."""
    names = [name for name in _all_names(id_, sources) if name in text]
    if not names:
        return False
    name = max(names, key=len)
    place = text.find(name)
    before, behind = text[:place], text[place + len(name) : place + len(name) + 1]
    return bool(_PREPOSED.search(before[-3:])) or (behind in ("上", "里") and place <= _FRONT)


def _only_in_passing(id_: str, text: str, sources: Sources) -> bool:
    """Named behind what the question is about: 读操作在 Follower 上进行."""
    names = [name for name in _all_names(id_, sources) if name in text]
    return bool(names) and text.find(max(names, key=len)) > _FRONT // 2 and _placed(id_, text, sources)


def _all_names(id_: str, sources: Sources) -> tuple[str, ...]:
    near = [other for other, worth in sources.family(id_).items() if worth >= 0.7 and other in sources.lexicon]
    concepts = [sources.lexicon.concept(other) for other in near]
    return tuple(dict.fromkeys(fold(name) for concept in concepts for name in (concept.name, *concept.aliases) if name))


def _names(term: Term, sources: Sources) -> tuple[str, ...]:
    names = dict.fromkeys(term.names)
    for id_, near in term.concepts:
        if near >= 0.7 and id_ in sources.lexicon:
            concept = sources.lexicon.concept(id_)
            names |= dict.fromkeys(fold(name) for name in (concept.name, *concept.aliases) if name)
    return tuple(name for name in names if name)


def _opposite_names(term: Term) -> tuple[str, ...]:
    """Opposites of the word asked, not of its synonyms, which are too loose to contradict."""
    return tuple(dict.fromkeys(fold(word) for name in term.names[:3] for word in opposites(name)))


def _readings(asked: _Asked, item: Scored, rank: float) -> Iterator[Decision]:
    """What each clause says to the question."""
    sentence = item.sentence
    whole = _said(asked, fold(sentence.text))[0]
    rank *= _told_apart(asked, item, index_of(asked.sources))
    for clause, own in _clauses(asked, sentence):
        said, opposite = _said(asked, clause)
        if whole >= _RATHER_SAYS and any(
            _RATHER_THAN.search(clause[:place]) for name in asked.last if (place := _place(clause, name)) >= 0
        ):
            yield Decision("yes" if asked.denied else "no", item, clause, own * rank * whole, "rather than", contrary=True)
            continue
        stance = _stance(asked, clause, opposite, sentence, said) if said >= _LITTLE else None
        if stance is None or (stance[0] == "yes" and max(said, 0.8 * whole) < _YES_SAYS):
            continue
        verdict, why, surely = stance
        if why == "asserted" and _denied_elsewhere(asked, clause, sentence):
            continue
        if why == "asserted":
            surely *= 1.0 if _fills(asked, clause, sentence, said) and _names_all(asked, item) else _LOOSELY
        elif why == "denied" and not _latin_named(asked, item):
            surely *= _LOOSELY
        worth = own * rank * surely * (0.75 * said + 0.25 * max(whole, said))
        yield Decision(verdict, item, clause, worth, why, contrary=why in (ANOTHER, EXCEPTION, GONE))


def _fills(asked: _Asked, clause: str, sentence: Sentence, said: float) -> bool:
    """What asserts must name the very thing asked for, in the clause or, not denied there, elsewhere in the sentence."""
    if asked.identity and _turned_round(asked, clause):
        return False
    if any(other != own and other in clause and own not in clause for own, head in asked.sorts for other in _sorts_of(head, clause)):
        return False
    if not asked.filler or any(_place(clause, name) >= 0 for name in asked.filler):
        return True
    return said >= _WITHOUT_IT and any(_place(fold(sentence.text), name) >= 0 for name in asked.filler)


def _denied_elsewhere(asked: _Asked, clause: str, sentence: Sentence) -> bool:
    """通过套接字通信，无端口通信: another clause denies the very thing, which this one leaves out."""
    if any(_place(clause, name) >= 0 for name in asked.filler):
        return False
    others = index_of(asked.sources).clauses(sentence)
    return any(_negated_in(other, [name]) for other in others for name in asked.filler if _place(other, name) >= 0)


def _latin_named(asked: _Asked, item: Scored) -> bool:
    """A denial about something else than the Windows asked for tells nothing of Windows."""
    return all(item.covered[number] >= _SPOKEN_OF for number in asked.latin_numbers)


def _turned_round(asked: _Asked, clause: str) -> bool:
    """「所有主机都是服务器吗」 and 「服务器也是主机」."""
    copula = clause.find("是")
    whole = min((place for name in asked.identity if (place := _place(clause, name)) >= 0), default=-1)
    own = max((place for name in asked.names if (place := _place(clause, name)) >= 0), default=-1)
    return 0 <= whole < copula < own


def _sorts_of(head: str, clause: str) -> list[str]:
    """写操作 and 读操作 of 操作."""
    return [match for match in re.findall(rf"[\u4e00-\u9fff]{re.escape(head)}", clause) if match[0] not in _NO_SORT]


def _names_all(asked: _Asked, item: Scored) -> bool:
    """What asserts speaks of every thing that the question names, and of several where several are asked for."""
    if _MANY_ASKED.search(asked.text) and not (_MANY_ASKED.search(item.sentence.text) or _MANY_SAID.search(item.sentence.text)):
        return False
    return all(item.covered[number] >= _SPOKEN_OF for number in asked.required)


def _told_apart(asked: _Asked, item: Scored, index: Index) -> float:
    """1 where the sentence, its heading or the one before names all that tells the thing apart (systrap 平台), down to 0.6 for nothing."""
    if not asked.apart:
        return 1.0
    before = index.before(item.sentence)
    text = index.folded[item.sentence.id] + index.headings[item.sentence.id] + (index.folded.get(before.id, "") if before else "")
    named = sum(weight for weight, names in asked.apart if any(_place(text, name) >= 0 for name in names))
    return 0.6 + 0.4 * named / sum(weight for weight, _ in asked.apart)


def _said(asked: _Asked, clause: str) -> tuple[float, bool]:
    """The share of what is asked that a folded clause says, and whether it says it by an opposite word."""
    said, opposite = 0.0, False
    for weight, names, against in asked.terms:
        if any(_place(clause, name) >= 0 for name in names):
            said += weight
        elif any(name in clause for name in against if name not in asked.text):
            said += 0.9 * weight
            opposite = True
    return said / asked.total, opposite


def _place(clause: str, name: str) -> int:
    """Where a clause names it, -1 for nowhere; a Latin name is no part of a longer one (FTP in SFTP)."""
    place = clause.find(name)
    if place < 0 or not name.isascii():
        return place
    match = re.search(rf"(?<![a-z0-9]){re.escape(name)}(?![a-z0-9])", clause)
    return match.start() if match else -1


def _clauses(asked: _Asked, sentence: Sentence) -> Iterator[tuple[str, float]]:
    """Folded clauses, each with how surely it speaks of the thing asked about: by what it begins with, else by what came before."""
    index = index_of(asked.sources)
    about = index.about(sentence)
    owner = _NOBODYS if not asked.near or about & (asked.near | asked.apart_ids) else _ANOTHERS
    if (
        owner == _NOBODYS
        and asked.near
        and not (index.concepts.get(sentence.id, set()) | index.carried.get(sentence.id, set())) & asked.near
    ):
        owner = _HEADED
    contrasted = bool(index.concepts.get(sentence.id, set()) & asked.near)
    for original in _with_examples(index.clauses(sentence)):
        clause = _TURNED.sub(r"不\1\2", original)
        found = index.named(clause, asked.sources)
        ids = {match.concept_id for match in found}
        leading = next((m for m in found if m.start <= 6 and asked.sources.lexicon.concept(m.concept_id).kind != "property"), None)
        if asked.near and ids & asked.near:
            first = leading is None or leading.concept_id in asked.near | asked.asked_ids
            owner = _OWN if first else _NOBODYS
        elif asked.near and leading is not None and leading.concept_id not in asked.asked_ids and _changes_subject(clause, leading.start):
            owner = _ANOTHERS if contrasted or owner == _ANOTHERS else _NEARBY
        yield clause, owner


def _with_examples(clauses: Sequence[str]) -> list[str]:
    """Clauses, examples (比如 tmpfs) together with what they are examples of."""
    found: list[str] = []
    for clause in clauses:
        if found and _EXAMPLE.match(clause):
            found[-1] += clause
        else:
            found.append(clause)
    return found


def _changes_subject(clause: str, start: int) -> bool:
    """虚拟机则可以…, 而虚拟机…: the name stands where a subject does, not behind a verb or preposition."""
    return start == 0 or bool(_CONTRAST.fullmatch(clause[:start])) or clause[:start] in ("一般", "通常", "传统", "普通", "每个", "每台")


def _stance(asked: _Asked, clause: str, opposite: bool, sentence: Sentence, said: float) -> tuple[Verdict, str, float] | None:
    """Whether a clause asserts or denies, the reason, and how much surer than a bare assertion; `None` where it says nothing of it."""
    if NOT_ALL.search(clause) and _QUANTIFIED.search(clause):
        return ("no", "denied of some", 1.1) if _some_not(asked, clause) else None
    if _refuted(asked, clause, sentence):
        return "no", "refuted", 1.15
    if _REPORTED.search(clause):
        return None
    if _STILL.search(asked.text) and _GONE.search(fold(sentence.text)):
        return ("yes" if asked.denied else "no"), GONE, 1.1
    if said >= 0.5 and (_quantified(asked, clause) or _counted_otherwise(asked, clause)):
        return "no", EXCEPTION, 1.1
    if _exclusive_of_another(asked, clause, said):
        return ("yes" if asked.denied else "no"), EXCEPTION, 1.05
    if ALL.search(asked.text) and said >= _ALL_SAID and _said_of_every(asked, clause) and not negated(clause):
        return ("no" if asked.denied else "yes"), "asserted of all", 1.25
    if asked.needs and _NOT_WITHOUT.search(clause):
        return ("no" if asked.denied else "yes"), "impossible without", 1.05
    if asked.identity:
        told = _identity(asked, clause)
        if told is not None:
            return told
    opposite = (opposite or opposed(asked.text, clause)) != _other_side_more(asked, clause)
    names = [name for _, names, against in asked.terms for name in (*names, *against)]
    names = [name for name in names if name not in asked.given]
    denied = (_negated_in(clause, names, close=asked.denied) or _subject_denied(asked, clause, names)) != opposite
    if not denied and not asked.denied and _names_another(asked, clause):
        return "no", ANOTHER, 0.9
    verdict: Verdict = "no" if denied != asked.denied else "yes"
    surely = 0.85 if asked.copula and "是" not in clause and not denied else 1.05 if denied else 1.0
    if asked.focus is not None and asked.focus[1] == "number" and not _NUMBER.search(clause):
        surely *= 0.6
    surely *= 1.1 if any(word in clause for word in asked.modal) else 1.0
    return verdict, "opposite" if opposite else "denied" if denied else "asserted", surely


def _quantified(asked: _Asked, clause: str) -> bool:
    """Questions with must, only, several, others, against clauses that say something weaker or narrower."""
    exclusive = bool(_EXCLUSIVE.search(clause))
    if re.search(r"只(?!要)|仅|唯一|\bonly\b", asked.text) and not exclusive and clause.count("、") >= 1:
        return True
    if _ONLY_ASKED.search(asked.text):
        return not exclusive and bool(_WEAKER.search(clause)) and "必须" not in clause
    if exclusive and _ANY_ASKED.search(asked.text):
        return True
    return bool(_MANY_ASKED.search(asked.text)) and bool(_ONE.search(clause)) and not _MANY_ASKED.search(clause)


def _said_of_every(asked: _Asked, clause: str) -> bool:
    """所有容器都…, said of the very thing asked about: 所有服务器都是主机 says nothing of every 主机."""
    match = _EVERY_SAID.search(clause)
    if match is None:
        return False
    behind = clause[match.end() :].lstrip("的")
    return match.group() in ("均", "都", "一律", "总是", "always") or not asked.names or behind.startswith(asked.names)


def _exclusive_of_another(asked: _Asked, clause: str, said: float) -> bool:
    """Only or necessarily so, and not as asked: 必须是绝对路径 where 相对路径 was asked, 仅支持输出 where 支持输入 was."""
    exclusive = _SAME_SLOT.search(clause)
    if exclusive is None or not asked.last or _SAME_SLOT.search(asked.text):
        return False
    behind = clause[exclusive.end() :]
    if any(_place(clause, name) >= 0 for name in asked.last) and not _other_name(asked, behind):
        return False
    head = asked.last[0][-2:]
    if len(asked.last[0]) > 2 and not head.isascii() and head in behind:
        return True
    if said >= _LITTLE and _other_name(asked, behind) and "支持" in exclusive.group() + behind[:4]:
        return True
    same_verb = any(word in exclusive.group() and word in asked.text for word in ("支持", "允许", "接受"))
    return same_verb and said >= _LITTLE and len(behind) <= _SHORT_SLOT


def _other_name(asked: _Asked, text: str) -> bool:
    """A Latin name that the question does not hold, where the question has one that the text lacks."""
    wanted = [name for name in asked.latin if _place(text, name) < 0]
    return bool(wanted) and any(name not in asked.text and name not in asked.all_names for name in _LATIN_NAME.findall(text))


def _counted_otherwise(asked: _Asked, clause: str) -> bool:
    """两条连接 where 一条 was asked: another number of the same measure, and not the one asked."""
    for number, measure in _COUNT.findall(asked.text):
        others = [other for other, same in _COUNT.findall(clause) if same == measure]
        if others and number not in others and not (number in "一1" and not _ONLY_ASKED.search(asked.text)):
            return True
    return False


def _identity(asked: _Asked, clause: str) -> tuple[Verdict, str, float] | None:
    """「X 是 Y 吗」: a clause that sets the two against each other tells them apart; one without 是 does not make them one."""
    if not any(_place(clause, name) >= 0 for name in asked.identity):
        return None
    if _TOLD_APART.search(clause):
        return ("yes" if asked.denied else "no"), "told apart", 0.95
    return None


def _other_side_more(asked: _Asked, clause: str) -> bool:
    """Asked whether A is more so than B: the clause compares them the other way round, or finds only B more so."""
    if len(asked.sides) < 2 or not _MORE.search(clause):
        return False
    first, second = (min((place for name in names if (place := clause.find(name)) >= 0), default=-1) for names in asked.sides)
    return second >= 0 and (first < 0 or second < first)


def _refuted(asked: _Asked, clause: str, sentence: Sentence) -> bool:
    """The clause says it of the statement, or the rest of the sentence or the next one does of what stands in it."""
    if _REFUTES.search(clause):
        return True
    text = fold(sentence.text)
    place = text.find(clause)
    rest = text[place + len(clause) :] if place >= 0 else ""
    after = index_of(asked.sources).after(sentence)
    next_one = fold(after.text) if after is not None else ""
    following = (rest.lstrip('」”",，'), next_one)
    return any(_NOT_SO.match(text) or (_SAID_OF_IT.match(text) and _REFUTES.search(text)) for text in following)


def _denies(text: str) -> bool:
    return negated(text) or (bool(_DENYING.search(text)) and not negated(_DENYING.sub("", text)))


def _subject_denied(asked: _Asked, clause: str, names: Sequence[str]) -> bool:
    """需要内核模块的程序不适合使用 gVisor: behind what is asked stands that the thing is denied it."""
    last = max((place + len(name) for name in names if (place := _place(clause, name)) >= 0), default=-1)
    tail = clause[last:] if last >= 0 else ""
    place = min((place for name in asked.names if (place := _place(tail, name)) >= 0), default=-1)
    return place > 0 and not asked.denied and _denies(tail[:place])


def _names_another(asked: _Asked, clause: str) -> bool:
    """用 Rust 编写 where 用 Java 编写 was asked: the clause lacks a name or number of the question and has another in its stead."""
    if asked.focus is None:
        return False
    names, kind = asked.focus
    if any(_place(clause, name) >= 0 for name in names):
        return False
    if kind == "sort":
        found = {match.concept_id for match in index_of(asked.sources).named(clause, asked.sources)} - asked.asked_ids - asked.near
        return bool(found & asked.siblings)
    others = _NUMBER.findall(clause) if kind == "number" else _LATIN_NAME.findall(clause)
    return any(other not in asked.text for other in others) and not any(match in asked.all_names for match in others)


def _negated_in(clause: str, names: Sequence[str], *, close: bool = False) -> bool:
    """A negation stands before one of the words, and nothing turns it round in between; or right behind the last of them.

    `close`: right before it; asked whether something is not so, any other negation in the clause tells nothing.
    """
    reach = 5 if close else 18
    places = [(place, name) for name in names if (place := _place(clause, name)) >= 0]
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


def _some_not(asked: _Asked, clause: str) -> bool | None:
    """并非所有主机都是服务器: whether "all" is denied of the very thing asked about; `None` where it is denied of another."""
    match = _NOT_EVERY.search(clause)
    if match is None:
        return True
    return True if clause[match.end() :].startswith(asked.names) else None
