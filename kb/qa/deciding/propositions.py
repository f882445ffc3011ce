"""What a yes-or-no question proposes: of whom it speaks, what it says of that, how it denies or quantifies it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kb.language.cues import negated
from kb.language.normalize import fold, is_han
from kb.language.regex import regex
from kb.language.vocabulary import opposites, plain
from kb.qa.asking.terms import Term
from kb.qa.deciding.degrees import asked_degree
from kb.qa.deciding.sameness import asked_same
from kb.qa.finding.index import index_of
from kb.qa.finding.retrieval import Scored
from kb.qa.sources import Sources
from kb.records import Question

_NO_DENIAL = regex(
    r"不[?？]?$|([是能会要用带需算有行]|[\u4e00-\u9fff]{2})[没不]\1|差不多|不是.{0,24}[吗么嘛]|不就|难道不?|岂不|了吧|没错|不同|不一样"
    r"|(?:[互毫]?不|[互毫]无)(?:相干|相关|关联|影响|干扰|依赖|往来)的"  # tells which things are meant
)
_EITHER = regex(r"([\u4e00-\u9fff]{1,2})[不没]\1")  # 支不支持, 能不能, 有没有, 方便不方便
_WHETHER = regex(
    r"有(?:没有|无)(?P<might>可能性?|机会)|有(?:没有|无)(?P<way>办法|法子|本事|能力)|是不是(?=(?P<verb>[\u4e00-\u9fff]?))|难道(?:说)?|莫非|到底|究竟"
)
# 是不是 before these asks whether it is so; before anything else what it is
_NO_COPULA = frozenset("只仅都会能可要就必须应需有没不从一在由把被先还也得更比用靠支经已总永非越肯直依")
_ASKED_DENIED_EN = regex(r"\bnot\b|n't\b|\bnever\b|\bno longer\b|\bwithout\b", re.I)
_IF_NOT = regex(
    r"(?:(?<!有)没有|没|(?<!用)不用|不靠|不经过?|无需|缺少|脱离|离开|不装|不带|不加|不(?![同仅只论管断过少但超]))"
    r"(?:[^,，?？]{1,16}?(?:的话|的时候|时(?!间)|(?:就|也|还|照样|仍)(?=能|可|会|是|有|要|得|行))"
    r"|(?<=[没不]有|不[用靠装带加])[^,，?？的]{1,16}?(?<![功性可])(?=能(?!力|源|耗)|可以|可不可以|可否|行不行|会不会|是否)"
    r"|[^,，?？]{1,24}?的(?=[^,，的]{1,8}?(?:上|里|中)?(?:能|可|会|也|还|照样)))"
)
# 不停容器能不能改上限: done without it, before what is asked
_WITHOUT_DOING = regex(r"^(?:在)?(?:不(?![是能会可同])|没(?!有)|未)[^,，?？]{1,10}?(?=能|可以|会|照样|还[能可]|也[能可]|[可行]不)")
# 关机后…, 重启的时候…, 内存超限的话…, 容器删了，…, 一启动就…: under what condition it is asked
_UNDER = regex(
    r"^(?P<first>(?:(?!是在)[^,，?？]){2,24}?)(?:之后|以后|过后|(?<![前先最落往背])后(?![台端面续备者果来门])|的话|的时候|的情况下|(?<![同实及按定延准小计随临有])时(?![间候钟长刻区延不常期而代]))"
    r"|^(?:如果|要是|假如|假设|若是?|一旦|当)?(?P<then>[^,，?？]{2,24}?了|[^,，?？了]{1,4}了[^,，?？]{1,8})(?:[,，]|以后|之后|(?=还|也))"
    r"|^(?:如果|要是|假如|假设|若是?|一旦|当)(?P<if>[^,，?？]{2,24}?)[,，]"
    r"|一(?P<once>[\u4e00-\u9fff]{1,4}?)[,，]?(?:[^,，?？]{0,8}?)就"
)
# asks of the clause before whether it is so: 对吗, 真的假的, 是这样吗, 这种说法对不对, 有这回事吗
_TAG = regex(
    r"(?:请问|我)?(?:这|那)?(?:样|话|个|种|么)?(?:话|说法|理解|观点|说|讲)?(?:是|对|真|假|没|有|成立|行|可以|好|准确|靠谱|正确)(?:不(?:是|对|行|可以|好|成立)|错|这|真|假|的|样|么|回事|说|道理|可信)*[吗么吧不没]?"
)
_LACKING = regex(r"(?<![有从并])(?:[未非]|无(?![法须需论关]))[\u4e00-\u9fff]{2}")
_LOCATIVE = regex(r"\s*(?:里面?|上面?|中|内部?|之上|之中)")
_FOLLOWS = 2  # characters behind a name of a place within which another name stands for what is asked about
_WHETHER_THERE = regex(r"有没有(?=.*(?:需要|必须|依赖|支持|要求))")  # 有没有不需要 … 的: asks of the need
_CHARS_ASKED = 4  # of the clause that asks; a shorter one only asks whether the one before is so (对吗, 真的假的)
_VANISHED = regex(r"没了(?=[吗么吧?？]|$)")  # gone, which denies nothing
_LIKE = regex(r"(?:像|跟|和|同|如)(?P<other>[^,，?？]{1,16}?)(?:那样|(?<!不)一样(?!的?[吗么吧嘛不?？]|$)|那么|似的)")
_MODAL = regex(
    r"需要|必须|依赖|支持|可以|能够|(?<!功)(?<!性)(?<!可)能|会|有(?!关)|允许|适合|用(?!户)|\b(?:can|need|have|has|support|depend)s?\b"
)
WILL = ("会", "将")
HAVE = ("有", "拥有", "have", "has")
_MODALS = (
    ("需要", "必须", "依赖", "要求", "need"),
    ("支持", "可以", "能够", "能", "无法", "允许", "can", "support"),
    WILL,
    HAVE,
)
_SERVES_AS = regex(r"(?<=[能以会来])当(?![时中前然地作做成])")
_IDENTITY = regex(r"(?:是|属于|等于|(?<!计)算|作为|充当).{1,24}$|^(?:is|are) ")
_LINK = regex(
    r"(?:技术|本身|说白了|其实|到底|究竟|严格来说|也|就|不过|只)*(?:是不是|算不算|属不属于|是否|算得上|算是?|属于|是)(?:就是|属于|算)?(?:一[种个台类]|某种)?的?"
)
_IS_DEGREE = regex(
    r"[快慢大小强弱高低好差多少轻重难易贵]|更.|安全|简单|容易|复杂|迅速|速度|毫?秒|分钟|耗时|缓慢|极快|数量级|faster|slower|better|than|lighter|bigger|smaller|safer|higher|lower|stronger"
)
_NUMBER_APART = regex(r"(?:(?<![a-z0-9.])|(?<=type))\d+(?:\.\d+)?")  # and not that of IPv6
# of every one, or always
ALL = regex(r"所有|全部|每个|每台|任何|随便|都是|一定|总是|\ball\b|\bevery\b|always")
NUMBER = regex(r"\d+(?:\.\d+)?")
LATIN_NAME = regex(r"[a-z][a-z0-9.+#-]+")
_LAST = 1.6  # times the weight of a question's last word
_FRONT = 8  # characters before which a place stands in front of the subject
_COPULA = regex(r"是(?!否).{1,24}吗|是不是|^(?:is|are) ")
_COMPARED = regex(r"比(?!较|如)|更|\bthan\b|(?<!比)较")
_IS_A = regex(r"^.{1,24}?(?<![还但要只就可总凡于若都以能会须])是(?![否不]).{1,24}[吗么][?？]?$")
_ITSELF = 0.7  # how near a concept must be to be the thing asked about, by another name or as one of its kinds
_A_NUMBER = regex(r"(?<![0-9.])[0-9](?![0-9.])|[一二三四五](?=型|类|层|级|代)")
_PREDICATE = regex(r"是(?:不是)?(?:一[种个款台类]|属于)?(?P<what>[\u4e00-\u9fff]{3,8}?)[吗么][?？]?$")
# 隔离强吗, 占用的内存多不多: of one thing, how much so it is
_QUALITY = regex(
    r"(?:很|够|算|挺|特别|非常|比较|是否|是不是)?(?P<word>[快慢强弱高低]|安全(?![性的])|危险|稳定|可靠|复杂|成熟)(?:不(?P=word)|吗|么|嘛|(?=[?？]?$)(?<=是否..|不是..))[?？]?$"
)
_BEING = frozenset(("作为", "充当", "当作", "用作"))  # 是 says as much
_DONE = regex(r"[\u4e00-\u9fff]{2}[出到成进]")  # 模拟出: the verb, and that it succeeds
_PREPOSED = regex(r"(?:通过|基于|利用|使用|在|由|用|从|向)\s*$")


# 大还是不大, 看得到还是看不到, 弄得出弄不出: one thing and its denial
_OR_NOT = regex(
    r"(?P<so>[\u4e00-\u9fff]{1,2})还是[不没](?P=so)|(?P<do>[\u4e00-\u9fff])得(?P<done>[\u4e00-\u9fff])(?:还是)?(?P=do)不(?P=done)"
)
_YES_OR_NO = regex(
    r"吗[?？。]?$|吗[,，]|嘛[?？]$|是否|[能可会]否|对不对|行不行|可不可以|没错吧|吧[?？]?$|(?<![什怎那这多])么[?？]?$|不[?？]?$|了没有?[?？]?$|没有[?？]$"
    r"|(?![好值难贵])([\u4e00-\u9fff]|[\u4e00-\u9fff]{2})[没不]\1|真的假的|真假|难道|岂不是|(?:咯|喽)[?？]?$"
    r"|^(?:is|are|was|were|can|could|do|does|did|will|would|has|have|had|must|should|may|might)(?:n't)? |, right\?$"
)
_PARTICLE = regex(r"(?:吗|吧|(?<![什怎那这多])么)[?？。]*$")
_WH = regex(
    r"什么|啥|哪|谁|几(?!乎)|多少|多[大久长快远高重]|怎|为何|如何|何时|何[处种]|区别|有.{0,2}不同|不同[点之在]|差[别异距在多]|还是|呢[?？]?$"
    r"|讲|说说|介绍|解释|列|是[?？]$|\b(?:which|who|whom|whose|why|when|where|how|what|name|list)\b"
)


def asks_yes_or_no(text: str) -> bool:
    """By its particles (吗, 是否, 能不能) or, in English, by the verb in front; `text` in lower case."""
    return bool(_YES_OR_NO.search(text) or asks_or_not(text))


def asks_or_not(text: str) -> bool:
    """「损耗大还是不大」「看得到看不到」: names what is asked and its denial."""
    return bool(_OR_NOT.search(text))


def ends_in_particle(text: str) -> bool:
    """Whether 吗, 吧 or 么 ends it: 还是 before it means still, and offers nothing to choose from."""
    return bool(_PARTICLE.search(text))


def closed(text: str) -> bool:
    """Whether yes or no is all that is asked for: 「内核是它自己的吗」, and not 「有什么区别吗」; `text` in lower case."""
    asking = _OR_NOT.sub("", clause_that_asks(text))
    if ends_in_particle(text):
        asking = asking.replace("还是", "")
    return asks_yes_or_no(text) and not _WH.search(asking)


def asks_by_its_mark(text: str) -> bool:
    """「Docker 也要装系统？」: a statement with a question mark."""
    return text.rstrip().endswith(("?", "？")) and not _WH.search(text)


def declared(text: str) -> str:
    """What a Chinese yes-or-no question asks of, with less of its asking: 支不支持 → 支持, 有没有办法 → 能, 是不是只影响 → 只影响."""
    text = _OR_NOT.sub(lambda match: match["so"] or f"{match['do']}得{match['done']}", text)
    return _SERVES_AS.sub("作为", _EITHER.sub(r"\1", _WHETHER.sub(_stated, text)))


def _stated(match: re.Match[str]) -> str:
    if match["might"]:
        return "可能"
    if match["way"]:
        return "能"
    if match["verb"] is not None:
        return "" if match["verb"] in _NO_COPULA else "是"
    return ""


def _denied(question: Question, terms: Sequence[Term], lacking: Sequence[str]) -> bool:
    if question.language == "en":
        return bool(_ASKED_DENIED_EN.search(question.text))
    text = _VANISHED.sub("消失", clause_that_asks(plain(question.resolved)))
    for name in (*lacking, *(name for term in terms for name in term.names[:1] if term.salient or term.concepts)):
        text = text.replace(name, "·")  # a name that holds a denial denies nothing
    return negated(_NO_DENIAL.sub("", _WITHOUT_DOING.sub("", _IF_NOT.sub("", text))))


def _lacking(text: str, sources: Sources) -> tuple[str, ...]:
    """What articles call by what it lacks (未命中, 无状态): the denial is part of its name."""
    index = index_of(sources)
    return tuple(dict.fromkeys(name for name in _LACKING.findall(text) if index.count(name)))


def clause_that_asks(text: str) -> str:
    """The clause that asks: 没有 VT-x 那会儿，hypervisor 得靠二进制翻译吗 denies nothing of the hypervisor."""
    text = text.rstrip("?？。 ")
    *_, last = [clause for clause in re.split(r"[,，;；]", text) if len(clause) >= _CHARS_ASKED and not _TAG.fullmatch(clause)] or [text]
    return last


class Proposition:
    """The question taken apart once: whom it is about, and the weighted words that say something of it."""

    def __init__(self, question: Question, ranked: Sequence[Scored], terms: Sequence[Term], sources: Sources) -> None:
        self.question, self.sources = question, sources
        self.text = plain(question.resolved).lower()
        text = fold(self.text)
        self.lacking = _lacking(text, sources)
        self.denied = _denied(question, terms, self.lacking)
        quality = None if _COMPARED.search(self.text) else _QUALITY.search(self.text)
        self.quality = quality["word"] if quality else None
        self.copula = bool(_COPULA.search(self.text))
        self.same = asked_same(clause_that_asks(self.text))
        self.subject = subject = subject_of(question, ranked, sources)
        least = _ITSELF if _IS_A.search(self.text) else 0.0  # what a broader thing is says not what this one is
        family = sources.family(subject) if subject else {}
        self.near = {id_ for id_, worth in family.items() if worth >= least}
        self.itself = {id_ for id_, worth in family.items() if worth >= _ITSELF}
        self.names = all_names(subject, sources) if subject else ()
        self.said_text = _without(self.text, self.names)  # what is said of the thing: 物理机 is no 物理 that 虚拟 would deny
        self.likened = _likened(question, sources)
        self.asked_ids = set(question.concepts) - self.likened
        compared = compared_things(question, sources)
        self.sides = tuple(all_names(id_, sources) for id_ in compared) if _COMPARED.search(self.text) and len(compared) == 2 else ()
        self.compared = compared if self.sides else ()
        self.degree = asked_degree(self.text)
        self.compares = bool(self.sides) and self.degree is not None
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
        aside = {subject, *self.likened} if self.near else self.likened
        said = [term for term in terms if not any(id_ in aside for id_, near in term.concepts if near == 1.0)]
        said = [term for term in said if term.label not in _BEING] or said
        self.bare = not said  # nothing is said of the thing that articles could say
        weights, before = _focused(said or list(terms), text)
        self.apart_ids = {id_ for term in before for id_, near in term.concepts if near >= 0.7}
        self.apart = tuple((term.weight, names_of(term, sources)) for term in before)
        self.modifier = _modifier(self.names, [term for term in before if not term.concepts], text)
        against = [opposite_names(term) for term, _ in weights]  # 风险 may be looked up by 安全, which denies it
        self.terms = tuple(
            (weight, tuple(name for name in names_of(term, sources) if name not in contrary), contrary)
            for (term, weight), contrary in zip(weights, against, strict=True)
        )
        self.several = tuple(names_of(term, sources) for term in said if term.salient)  # the names that are asked of the thing
        self.total = sum(weight for _, weight in weights) or 1.0
        self.all_names = frozenset(name for _, names, _ in self.terms for name in names)
        self.focus = _name_or_number(weights, text, _NUMBER_APART.findall(self.text))
        last_id = question.concepts[-1] if question.concepts else None
        self.siblings = _siblings(last_id, sources) if last_id and last_id not in self.near else frozenset()
        if self.focus is None and self.siblings and last_id:
            self.focus = (all_names(last_id, sources), "sort")
        self.last = _last_names(said or list(terms), text)
        preposed = _filler(terms, text) or _place_named(terms, text)
        self.filler = preposed or self.last
        if preposed and LATIN_NAME.fullmatch(preposed[0]):
            self.focus = (preposed, "name")
        self.given = _within(_IF_NOT, terms, text)
        self.required = tuple(
            number
            for number, term in enumerate(terms)
            if term.salient and not any(id_ in self.near or id_ in self.likened for id_, near in term.concepts if near == 1.0)
        )
        self.sorts = tuple((name, name[1:]) for term in terms for name in term.names[:1] if _sort_of_something(name, sources))
        own = set(self.names)
        self.latin_numbers = tuple(
            number
            for number, term in enumerate(terms)
            if term.salient and term.names and LATIN_NAME.fullmatch(term.names[0]) and term.names[0] not in own
        )
        self.latin = tuple(terms[number].names[0] for number in self.latin_numbers)
        self.condition = _under(terms, text, self.near, self.names)
        self.condition_names = tuple(terms[number].names or (fold(terms[number].label),) for number in self.condition)
        self.word_names = frozenset(name for term in terms if not (term.salient or term.concepts) for name in term.names)
        self.words = tuple(names for term in said if not (term.salient or term.concepts) if (names := term.names))
        self.locative = bool(_LOCATIVE.match(text[_subject_end(self.names, text) :]))
        modal = next(
            (
                found
                for part in (clause_that_asks(self.text), self.text)
                for text_ in (_WHETHER_THERE.sub("", part), part)
                if (found := modal_in(text_))
            ),
            None,
        )
        self.needs = bool(modal and modal.group() in _MODALS[0])
        last = question.concepts[-1] if len(question.concepts) > 1 else None
        names = all_names(last, sources) if last and last not in self.near else ()
        self.identity = names if names and _IDENTITY.search(self.text) and fold(self.text).rstrip("?？吗么吧呢").endswith(names) else ()
        self.is_what = self.identity if last and _is_it(text, self.names, self.identity) and not _is_property(last, sources) else ()
        is_a = _PREDICATE.search(text) if _IS_A.search(self.text) else None
        self.predicate = what if is_a and len(what := is_a["what"].removesuffix("的")) > 2 else ""
        self.renumbered = _renumbered(self.identity)
        self.modal = next((words for words in _MODALS if modal and modal.group() in words), ())


def _is_it(text: str, names: Sequence[str], identity: Sequence[str]) -> bool:
    """Whether a question asks if the thing is the other and nothing more (容器是不是轻量级虚拟机)."""
    start = _subject_end(names, text)
    place = max((text.rfind(name) for name in identity), default=-1)
    return 0 < start <= place and _LINK.fullmatch(text[start:place]) is not None


def _is_property(concept: str, sources: Sources) -> bool:
    return concept not in sources.lexicon or sources.lexicon.concept(concept).kind == "property"


def _without(text: str, names: Sequence[str]) -> str:
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(name, "·")
    return text


def _likened(question: Question, sources: Sources) -> set[str]:
    """What the thing asked about is likened to: B in 「A 能像 B 那样…吗」."""
    likened = _LIKE.search(plain(question.resolved).lower())
    return {match.concept_id for match in sources.lexicon.find(likened["other"])} if likened else set()


def modal_in(text: str) -> re.Match[str] | None:
    """Can, must, will, has: behind it stands what is asked."""
    return _MODAL.search(text)


def _modifier(names: Sequence[str], terms: Sequence[Term], text: str) -> tuple[str, ...]:
    """Words right before the name of the thing asked about, which tell apart which of its kind is meant: 默认网桥, 标准 Xen."""
    place = min((place for name in names if (place := text.find(name)) >= 0), default=-1)
    ahead = text[: max(0, place)].removesuffix("的")
    return next((term.names for term in terms if term.names and ahead.endswith(term.names[0])), ())


def _sort_of_something(name: str, sources: Sources) -> bool:
    """读操作: a word with one character before it, which the dictionary does not know as one."""
    return 3 <= len(name) <= 5 and all(map(is_han, name)) and not sources.tokenizer.is_word(name) and sources.tokenizer.is_word(name[1:])


def _renumbered(names: Sequence[str]) -> re.Pattern[str] | None:
    """What the names would be with any number: 「X 是 Type 2 hypervisor 吗」 is denied by 「X 是 Type 1 hypervisor」."""
    numbered = [name for name in names if _A_NUMBER.search(name)]
    return re.compile("|".join(_A_NUMBER.sub("(?:[0-9]|[一二三四五])", re.escape(name)) for name in numbered)) if numbered else None


def _last_names(terms: Sequence[Term], text: str) -> tuple[str, ...]:
    """Every way to write the last thing that the question speaks of, as asked first."""
    term = max(terms, key=lambda term: place_in(term, text), default=None)
    if term is None or place_in(term, text) < 0:
        return ()
    return tuple(dict.fromkeys((fold(term.label), *term.names)) if not term.concepts else term.names)


def _filler(terms: Sequence[Term], text: str) -> tuple[str, ...]:
    """Names of what stands behind a preposition (在 Follower 上, 通过端口): another in its place is another answer."""
    found = [term for term in terms if _PREPOSED.search(text[: max(0, place_in(term, text))][-3:])]
    return found[-1].names if found else ()


def _place_named(terms: Sequence[Term], text: str) -> tuple[str, ...]:
    """Names of the place that opens a question: LXC 容器里能跑 Docker 吗."""
    for term in terms:
        for name in sorted(term.names, key=len, reverse=True) if term.salient else ():
            if (place := text.find(name)) == 0 and _LOCATIVE.match(text[place + len(name) :]):
                return term.names
    return ()


def _under(terms: Sequence[Term], text: str, near: set[str], own: Sequence[str]) -> tuple[int, ...]:
    """Numbers of the terms that say under what condition it is asked, without the thing asked about."""
    match = _UNDER.search(text)
    if match is None or match.end() > max(1, text.find(clause_that_asks(text))) > 0 and text[match.end() - 1] in ",，":
        return ()
    start, end = next(match.span(name) for name in ("first", "then", "if", "once") if match[name] is not None)
    if any(re.search(rf"(?:[成用上有为到]|[用上有租买建装]了){re.escape(name)}$", text[start:end]) for name in own):
        return ()  # 拆成微服务以后: only that it is the thing
    return tuple(
        number
        for number, term in enumerate(terms)
        if start <= place_in(term, text) < end and not any(id_ in near for id_, share in term.concepts if share == 1.0)
    )


def _subject_end(names: Sequence[str], text: str) -> int:
    """Where the first name of the thing asked about ends; the end of the text where it is not named."""
    found = [(place, -len(name)) for name in names if (place := text.find(name)) >= 0]
    return min(found)[0] - min(found)[1] if found else len(text)


def _within(pattern: re.Pattern[str], terms: Sequence[Term], text: str) -> frozenset[str]:
    """Names of what stands inside a match of the pattern."""
    match = pattern.search(text)
    if match is None:
        return frozenset()
    inside = [term for term in terms if match.start() <= place_in(term, text) < match.end()]
    if len(inside) > 1 and len(inside) == len([term for term in terms if term.salient]):
        inside = inside[:1]  # 没有 hypervisor 虚拟机还能…: what is lacked, then what is asked about
    return frozenset(name for term in inside for name in term.names)


def _focused(terms: Sequence[Term], text: str) -> tuple[list[tuple[Term, float]], list[Term]]:
    """What is said, weighted, the last word most; and what stands before the modal, which only tells the thing apart."""
    modal = modal_in(text)
    places = {term.label: place_in(term, text) for term in terms}
    last = max(places.values(), default=-1)
    before = [term for term in terms if modal and 0 <= places[term.label] < modal.start()]
    said = [term for term in terms if term not in before] or list(terms)
    weights = [(term, term.weight * (_LAST if places[term.label] == last >= 0 else 1.0)) for term in said]
    return weights, before if len(said) < len(terms) else []


_SORTS = frozenset({"organisation"})
_SORT_NAME = regex(r"(?:语言|协议|格式)$")


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
    for claim in sources.stated.of_subject(id_, "is_a"):
        if claim.holds and not claim.analogy:
            same |= {c.subject for c in sources.stated.of_object(claim.object, "is_a") if c.holds}
    return frozenset(same - {id_})


def _name_or_number(weights: Sequence[tuple[Term, float]], text: str, numbers: Sequence[str]) -> tuple[tuple[str, ...], str] | None:
    """The Latin name, or the number, that what is asked ends in."""
    if numbers:
        return tuple(numbers), "number"
    last = max(weights, key=lambda pair: place_in(pair[0], text), default=None)
    if last is None or not last[0].salient or not LATIN_NAME.fullmatch(last[0].names[0] if last[0].names else ""):
        return None
    return last[0].names, "name"


def place_in(term: Term, text: str) -> int:
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
    if len(ids) > 1 and "比" in text:
        place = fold(text).find("比")
        places = {id_: min((p for name in all_names(id_, sources) if (p := fold(text).find(name)) >= 0), default=-1) for id_ in ids}
        before = [id_ for id_ in ids if 0 <= places[id_] < place]
        after = [id_ for id_ in ids if places[id_] > place]
        return (before[0], after[0]) if before and after else tuple(ids[:2])
    return tuple(ids[:2])


def subject_of(question: Question, ranked: Sequence[Scored], sources: Sources) -> str | None:
    """The first thing asked about that articles know and one of the best sentences speaks of."""
    index = index_of(sources)
    text = fold(plain(question.text))
    likened = _likened(question, sources)
    known = [id_ for id_ in question.concepts if sources.known_in_articles(id_)]
    known = [id_ for id_ in known if id_ not in likened] or known
    known.sort(key=lambda id_: (_supposed(id_, text, sources), _placed(id_, text, sources)))  # stable
    known = [id_ for id_ in known if not _only_in_passing(id_, text, sources)]
    if known and _IS_A.search(text, text.find(next((name for name in all_names(known[0], sources) if name in text), text))):
        return known[0]  # 「X 是 Y 吗」 is asked of X, however much more is said of Y
    for id_ in known:
        family = set(sources.family(id_))
        if any(index.about(item.sentence) & family for item in ranked[:3]):
            return id_
    return known[0] if known else None


def _placed(id_: str, text: str, sources: Sources) -> bool:
    """Whether the question only names it as a place or means: 在同一台机器上, 通过端口."""
    names = [name for name in all_names(id_, sources) if name in text]
    if not names:
        return False
    name = max(names, key=len)
    place = text.find(name)
    before, behind = text[:place], text[place + len(name) :]
    if _PREPOSED.search(before[-3:]):
        return True
    # 容器镜像里带不带内核 is asked of the image, Follower 上读操作… of what follows
    return behind[:1] in ("上", "里") and place <= _FRONT and any(match.start <= _FOLLOWS for match in sources.lexicon.find(behind))


def _supposed(id_: str, text: str, sources: Sources) -> bool:
    """Whether it is named only in the condition under which something else is asked about: 容器 of 删了容器，卷还在吗."""
    match = _UNDER.match(text)
    end = match.end() if match and text[match.end() - 1] in ",，" else 0
    return end > 0 and "它" not in text[end:] and not any(name in text[end:] for name in all_names(id_, sources))


def _only_in_passing(id_: str, text: str, sources: Sources) -> bool:
    """Named behind what the question is about: 读操作在 Follower 上进行."""
    names = [name for name in all_names(id_, sources) if name in text]
    return bool(names) and text.find(max(names, key=len)) > _FRONT // 2 and _placed(id_, text, sources)


def all_names(id_: str, sources: Sources) -> tuple[str, ...]:
    near = [other for other, worth in sources.family(id_).items() if worth >= 0.7 and other in sources.lexicon]
    concepts = [sources.lexicon.concept(other) for other in near]
    names = [name for concept in concepts for name in (concept.name, *concept.aliases) if name]
    apart = [loose for concept in concepts if concept.kind == "discovered" for loose in _with_de(concept.name, sources)]
    return tuple(dict.fromkeys(fold(name) for name in (*names, *apart)))


def _with_de(name: str, sources: Sources) -> list[str]:
    """宿主机的管理员 for 宿主机管理员."""
    first = next((match for match in sources.lexicon.find(name[:-2]) if match.start == 0), None)
    return [f"{name[: first.end]}的{name[first.end :]}"] if first is not None and is_han(name[-1]) else []


def names_of(term: Term, sources: Sources) -> tuple[str, ...]:
    names = dict.fromkeys(term.names)
    for id_, near in term.concepts:
        if near >= 0.7 and id_ in sources.lexicon:
            concept = sources.lexicon.concept(id_)
            names |= dict.fromkeys(fold(name) for name in (concept.name, *concept.aliases) if name)
    names |= dict.fromkeys(name[:-1] for name in term.names if _DONE.fullmatch(name))
    return tuple(name for name in names if name)


def opposite_names(term: Term) -> tuple[str, ...]:
    """Opposites of the word asked, not of its synonyms, which are too loose to contradict."""
    own = term.names[:3]
    return tuple(dict.fromkeys(word for name in own for other in opposites(name) if (word := fold(other)) != own[0]))
