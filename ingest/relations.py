"""Typed relations between concepts, clause by clause: the patterns of relations.toml first, then its verbs.

Denials are claims with `holds=False`; a hedge, a condition and a denied "every" are kept. Objects without a name of their own
become `phrase` concepts where the relation allows (拥有独立桌面).
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from ingest.clauses import FIRST, JOINT, LIST, SLOT, Clause, clauses_of, is_reported, is_slot
from ingest.concepts import Reading
from ingest.gates import Gate
from ingest.phrases import is_phrase
from ingest.phrases import phrase as phrase_of
from ingest.topics import Topic, head_slots
from kb.domain import Domain
from kb.language import cues
from kb.language.normalize import is_han
from kb.language.regex import regex
from kb.records import Claim, Concept

_NOUN_AFTER = regex(
    r"(?:性|员|商|器|者|层|技术|机制|程序|软件|工具|系统|平台|能力|方案|方式|管理|速度|开销|级别|"
    r"[量率链栈项池台面卷]|数(?![据字组值学])|状态|时间|权限|界面|页面|过程|流程|步骤|环境(?!变量)|模式)"
)
_CONDITION = regex(r"(?:如果|若是?|当(?![然前中于])|只要|只有|一旦|除非|假如|倘若)")
_NOT_ALL_AHEAD = regex(
    rf"(?:并非|并不是|不是|未必|不见得)(?:所有|全部|每一?[个台]|任何)的?{SLOT}[^,，]{{0,4}}都|(?:未必|不一定|并不|并非)都"
)
_NOT_ALL = regex(r"(?:并非|并不是|不是|未必|不见得)(?:所有|全部|每一?[个台]|任何)的?$")
_FRONTED = regex(
    rf"(?:将|把|对|对于)(?P<objects>[^\ue000-\uf8ff,，]{{0,6}}?{LIST})[^\ue000-\uf8ff]{{0,10}}(?:进行|同样)?[^\ue000-\uf8ff]{{0,4}}$"
)
_PAIRED = regex(rf"(?:将|把)(?P<first>{SLOT})(?:与|和|跟|同)(?P<second>{SLOT})[^\ue000-\uf8ff]{{0,4}}$")
_PASSIVE = regex(rf"(?P<object>{SLOT})[^\ue000-\uf8ff,，]{{0,6}}被(?P<agent>{SLOT})?[^\ue000-\uf8ff,，]{{0,4}}$")
_BY = regex(rf"(?:(?P<object>{LIST})[^\ue000-\uf8ff,，]{{0,12}})?由(?P<agent>{LIST})[^\ue000-\uf8ff,，]{{0,6}}$")  # 由容器引擎管理
_CLOSED = {
    "没有": ("has_part", False),
    "缺少": ("has_part", False),
    "缺乏": ("has_part", False),
    "省去了": ("has_part", False),
    "省去": ("has_part", False),
    "去掉": ("has_part", False),
    "取消了": ("has_part", False),
    "抛去了": ("has_part", False),
    "抛去": ("has_part", False),
    "抛弃了": ("has_part", False),
    "抛弃": ("has_part", False),
    "摒弃了": ("has_part", False),
    "摒弃": ("has_part", False),
    "舍弃了": ("has_part", False),
    "舍弃": ("has_part", False),
    "省掉了": ("has_part", False),
    "省略了": ("has_part", False),
    "剔除了": ("has_part", False),
    "砍掉了": ("has_part", False),
    "无需": ("requires", False),
    "无须": ("requires", False),
    "不用": ("requires", False),
    "独立于": ("depends_on", False),
}
_LACKS = frozenset(("没有", "缺少", "缺乏"))
_LESS_THAN = regex(rf"没有{SLOT}(?:那么|那样|这么|这样)")  # 没有 Docker 那么流行 compares
_LACKED = regex(
    rf"(?:[^\ue000-\uf8ff,，的]{{0,5}}|[^\ue000-\uf8ff,，]{{0,6}}(?:自己|独立|完整|单独|额外|专用|相应|对应|任何|多余|专门)的){SLOT}"
)
_PHRASES = frozenset("suited_for has_part provides enables has_property uses requires depends_on manages".split())
_PHRASE_EDGES = regex(
    r"^(?:了|着|过|自己的|独立的|一个|一种|一些|各种|的|更|更加|非常|很|在|于|为|来|去|出)+|(?:等|等等|的|了|之一|去使用|来使用|等操作|等功能|等能力|等服务|等场景|等工作)+$"
)
_PHRASE_JOINT = regex(r"、|以及|和(?!平)|与|及(?!时)|或者?(?!许)")
_SHORTEST_PHRASE, _LONGEST_PHRASE = 2, 12  # characters
# what begins or holds one of these is a clause or an adverbial, and no thing
_NO_NOUN = regex(
    r"^(?:一定|[两二三四五六七八九十几]+[个种台项类]$|这|那|什么|怎么|做|进行|说明|执行|指定|保证|成为|正在|有|被|受|得到|能|会|要|可|去|把|将|比|像|向|对|自动|其|它|他|我|你|您|更|很|最|大量|不同)|因为|而|易于|一起|一下|才|起来|[把将被您你我]|以便|从而|如何|怎|是否|可以|能够|需要|必须"
)
_DEFINED = regex(
    rf"(?P<subject>{LIST})(?P<before>(?:其实|本质上|通常|一般|实际上|最早|最初|都|也|既|就|并|不)*)是(?:一[种个款类套项门组台]|一系列|另一[种个])(?P<kind>[^,，;；。:：]{{2,40}})[。.!！ ]*$"
)
_UNLIKE = regex(rf"不像(?P<other>{SLOT})(?:那样|一样)")
_AS_NOUN = regex(rf"(?:[、/]|以及|和|与|及|或){SLOT}|往往|通常|一般(?!的)|可以|能够|应当|应该|必须")
_ACTED = regex(r"(?:可以?|能够?|会|要|必须|应该|应当|需要|用来|用于|来|不|没有?)$")  # 只能模拟和现有系统相同的环境 does it
_OBJECT_BEHIND = regex(rf"(?:了|着|一个|一种|多个)?{SLOT}")
_PURPOSE = frozenset("用于 用来 用作 适用于 适合于 适合 当做".split())  # 被用于测试: what is used is the subject
_COORDINATED = regex(r"(?:[、,，/]|和|与|或者?|及|以及|并|并且){1,2}")
_CAUSEE = regex(r"(?:使得?(?![用命能者])|(?<![被谦])让|促使)(?P<who>[^,，]+)$")
_PERSON = regex(r"(?:者|人员?|户|员|师|们|我|你|您)(?:可以|能够?|会|都)*$")  # 让开发者打包应用: who lets people do it is spoken of
CONSUMES = frozenset(("占用", "消耗", "耗费", "使用", "利用"))  # verbs of which a comparison may say how much
_DEGREE = regex(
    rf"(?:了|着)?[^\ue000-\uf8ff,，]{{0,2}}(?:更加?|较|最|很|极|非常|比较|过)[多少高低大小]量?的?|"
    rf"(?:的)?[^\ue000-\uf8ff,，]{{0,4}}{SLOT}(?:{JOINT}{SLOT})*[^\ue000-\uf8ff,，]{{0,4}}(?:更|较|比|[很极]?[多少][。]?$)"
)  # 占用更少的内存, 占用的内存比虚拟机少: how much, and nothing of what
_THAN = regex(r"[^,，]{0,6}?比[^,，]{1,16}?(?:更|还)[^,，]{0,8}?的|像[^,，]{1,12}?(?:那样|这样|一样|之类)的?")
_ATTRIBUTE = regex(
    rf"(?P<objects>[^\ue000-\uf8ff,，。的]{{0,4}}{LIST}[^\ue000-\uf8ff,，。的]{{0,6}})的[^\ue000-\uf8ff,，。的]{{0,4}}(?P<head>{SLOT})(?!的)"
)  # behind the verb of 基于 CUPS 的图形界面
_INSIDE_KIND = regex(
    rf"(?:.*[,，])?(?:(?P<subject>{LIST})[^\ue000-\uf8ff,，是]{{0,4}}|(?:它们?|其)?(?:也|就|既|还|都)?)是(?:指|一[种个款类套项门组台])?(?:{SLOT}[中里内上]的?)?(?P<before>(?:专门|主要|可以|能够?|用来|用于|由|不|没有?|一种|为了?|负责)*)$"
)
_KIND_HAS = regex(rf"(?:了|着)?[^\ue000-\uf8ff,，。的]{{0,6}}(?P<objects>{LIST})[^\ue000-\uf8ff,，。]{{0,8}}的[^,，。]{{1,16}}$")
_WHEN = regex(r"(?:时|时候|之后|以后|之前|以前|的情况下)[。 ]*$")
_CAUSES = frozenset(("允许", "使得", "能够让"))  # 允许管理员远程开机: whom it lets do something is no object
_NOTHING_BEHIND = regex(rf"[^\ue000-\uf8ff,，]*{LIST}等?[。 ]*")
_CIRCUMSTANCE = regex(rf"[^\ue000-\uf8ff,，]{{0,2}}(?:在|对|从|为)[^\ue000-\uf8ff,，]{{0,6}}{SLOT}(?=[^,，]*{SLOT})")
_DEED = regex(
    rf"了?(?:对|各[个种]?)?(?P<objects>{LIST})(?:等[^\ue000-\uf8ff,，的]{{0,4}})?的(?:统一|有效|自动|动态|集中)?(?P<deed>隔离|管理|虚拟化|监控|调度|编排|控制|封装|打包|共享|连接)(?:能力|功能|服务|机制)?(?![^,，。;；])"
)
_ONE_OF_KIND = regex(
    rf"(?:第[一二三四五六七八九十\d]+|[一另][种个类]|最[^,，\ue000-\uf8ff]{{1,6}}的)[^,，\ue000-\uf8ff]{{0,6}}{SLOT}[,，]?$"
)
_TOWARDS = regex(r"(?:对|对于)[^,，]{1,40}$")
_LIGHT_DEED = regex(r"(?:了|着)?(?:完全|有效|统一|自动|动态|相应|良好|一定|更好|彻底)?的?")
GIVES = frozenset(("赋予", "授予", "给予"))
_GIVEN = regex(rf"了?[^\ue000-\uf8ff,，的]{{0,4}}{SLOT}(?P<thing>(?:[^\ue000-\uf8ff,，]{{1,4}}的)?[^\ue000-\uf8ff,，的]{{0,4}}{SLOT})")
_RECEIVES = regex(rf"了?[^\ue000-\uf8ff,，的]{{0,4}}{SLOT}[^\ue000-\uf8ff,，。]{{2,}}")
_WHAT_IT_DOES = regex(r"(?:了|着)?的(?:则|就|也|都|还|只|其实|主要|一般|通常)*是(?!否)")
_HELPERS = frozenset("支持 允许 用于 用来 可用于 需要 必须 负责".split())
_NAMES_A_TIME = regex(r"(?:时(?!间)|时候|之后|之前|以后|以前|期间)(?!的)")
_DOER = regex(rf"(?P<subject>{SLOT})(?:所|主要|默认|直接|可以|能够?|需要)?$")
_TAKE_CLAUSES = frozenset(("requires", "enables", "suited_for"))
_CLAUSE_FOLLOWS = regex(r"[把将从被让跟]|使(?!用)|在(?!线)|与(?!此)")
_FOR_WHOM_FOLLOWS = regex(r"给|为(?!了)|对(?![称象接等齐])")  # 需要为虚拟机分配内存: a deed is needed, and no 虚拟机
_CHOOSES = regex(r"选择|选用|使用|采用|改用|用|选")
_FOR_WHAT = regex(r"(?:再|去|额外|单独)?[为给对在把将]")
_ATTRIBUTES = frozenset("uses requires depends_on has_part manages provides enables hosts suited_for virtualizes packages".split())
_OPENS_A_PHRASE = regex(
    r"(?:^|[，,、]|是|一[个种款类台套些]|这[些种类个]|那些|如果|为了|某些|所有)(?:需要|不|没有|无法|要|已经?|可?用来|可?用于|负责|专门|能够?|可以?)*$"
)
_AMONG = regex(
    rf"(?P<things>{SLOT})(?:和{SLOT})?(?:之间|彼此)?[^\ue000-\uf8ff,，]{{0,6}}(?:互相|相互|彼此|之间)[^\ue000-\uf8ff,，]{{0,4}}隔离(?!性)"
)
_FOR = regex(rf"(?:为|给)[^\ue000-\uf8ff,，]{{0,4}}(?P<whom>{LIST})$")
# 在一个豆荚中的容器共享: who stands right before the verb, where the clause opens with something else
_BESIDE = regex(
    rf"(?:^|[的，,]|因为|由于|如果|所以|虽然|并且|而且|那么|因此|当)(?P<subject>{LIST})(?:会|可以|可|能够|能|都|将|也|还|通常|一般|往往|则|就|只|才|主要|直接|同样|必须|应当|应该|不|没有|无法|默认|同时|仍然?|已经?|正在|自动|本身|自己|负责|需要|被设计为|用来|用于|所)*$"
)
BY_MEANS = frozenset(("replaces", "isolates", "virtualizes", "packages"))  # relations in which what is used does it
_BY_MEANS_SAID = frozenset(("manages", "enables", "provides", "connects_to"))  # where 来 says what the means is for: 用 Istio 来控制路由
_DONE_BY_MEANS = frozenset(("manages", "connects_to")) | BY_MEANS
_DOES_WITH = regex(r"(?:使用|用|通过|利用|借助|采用)")
_MEANS = regex(
    rf"(?:用|使用|以|利用|借助|采用|通过)(?P<means>{LIST})(?:等[^\ue000-\uf8ff,，]{{0,4}})?(?P<to>来|去)?(?:更好地|统一|集中|自动|直接)?$"
)  # 用 Firecracker 代替 QEMU
_MERITS = regex(
    rf"(?P<owner>{SLOT})的(?:主要|最大|突出|显著)?(?:优点|特点|优势|好处|长处|缺点|不足|弱点|短处|局限)(?:主要)?(?:是|在于|包括|有)(?P<list>[^。]*)$"
)
_MERIT_JOINT = regex(r"、|以及|和|与|及")
_INSTEAD = regex(r"而不是[^,，]*$")
_ACTIONS = frozenset(
    "部署 迁移 启动 停止 测试 开发 隔离 调度 监控 备份 运行 创建 管理 虚拟化 使用 编排 分配 通信 存储 打包 封装 模拟 升级 扩展 共享 依赖 相互隔离 互相隔离".split()
)
_NAMED_DEEDS = _ACTIONS - frozenset(
    "使用 运行 共享 依赖 存储 创建 封装 打包".split()
)  # 管理 before 的 is mostly what is done, 使用 who does it
_COPULA = regex(r"(?<=[\u3400-\u9fff])?(?:是|指|属于|称为|看成|看作|视为|等于|等同)")
_PREDICATED = regex(
    r"(?:更加?|更为|非常|很|极|十分|较|比较|具有|具备|拥有|出色的|几乎没有|没有多少|没有什么|没什么|几乎无|很少有|极少有|没有|特点是|优点是)(?:出色的|良好的|很好的|任何|较好的)?$"
)
_LITTLE = regex(r"(?:几乎没有|基本没有|几乎无|没什么|没有什么|没有多少|很少有|极少有)$")
_OPEN_START = regex(
    r"(?:(?:与|和|跟|同)[^\ue000-\uf8ff,，与和跟同]{1,6}(?=共享|共用|隔离|通信|连接|分享|不)|而且|并且|而|但是|但|并|也|还|又|再|就|都|则|才|只|仅|可以|能够|能|会|可|应当|应该|要|需要|必须|往往|通常|一般|直接|同时|因此|所以|因为|由于|如果|当|从而|然后|接着|最后|首先|其实|不|没有|没|未|无法|无需|非常|十分|极其|很|比较|更加|大量|甚至|既|[上底下顶]层|"
    r"它们|它|其中|其|前者|后者|[两二]者|他们|他|该|在|从|对|对于|把|将|被|由|为|给|以|用|使用|利用|通过|借助|使得|让|来|去|支持|用于|用来|可用于|旨在|负责|自动执行|上|中|里|内|之|的|了|着|和|与|及|、|或|等|时|后|前|进行|更好地|更|能否|主要|分别|共同|完全|彻底|自动|动态|独立|实现|"
    r"[（(][^()（）]*[)）]|[一二两三四五六七八九十几多每各](?:个|台|种|套|层|项|组|些)?|不同的?|其他的?|新的?|原来的?|自己的?|\s|[A-Za-z0-9./-]|[“”「」])*"
)  # no repetition of a repetition: of a long path it would try every way to cut it
_FOR_WHOM = regex(r"(?:为|给|对)[^\ue000-\uf8ff,，]{0,3}$")  # 为 C 语言设计的: it is not the language that makes it
_KNOWN_FOR = regex(r"最[^\ue000-\uf8ff,，]{1,8}的$")  # 最常见的引擎是 Docker: what is named behind is the instance
# 是类似的理念, 是 2 块物理 CPU: no kinds
_NO_KIND = regex(r"同一[个种类款台]|类似|相似|相仿|差不多|是\s?(?:\d+\s?|[两三四五六七八九十几]+)[个台块条项套份组层位名大]")
_DIFFERS = regex(r"不同于|有别于|区别于")
_DONE_THERE = regex(r"运行|部署|安装|跑|开启|搭建|承载|启动|创建|构建|建立|架设|虚拟出|起")
_PRONOUN = regex(
    r"(?:而且|并且|但是|但|并|而|且|同时|因此|所以|此外|另外|然后|其实|后来|最后|首先|目前|现在|，|,|\s)*(?:[它他]们?|其本身|其(?:本质|实质)上?(?:其实)?|该(?:系统|工具|软件|项目|技术|服务|组件|平台)|两者|前者|后者|二者|最?[上底下顶]层(?=(?:还|也|都|则|就)?(?:有|没有|由|包)))?(?!的)"
)
_LISTED = regex(r"[^\ue000-\uf8ff]{0,2}(?:(?:[、和与及或/,，(（]|以及|还有|或者)[^\ue000-\uf8ff]{0,8}|、[^\ue000-\uf8ff，。]{0,24})")
_FAR = 16  # characters between a verb and its object


@dataclass(frozen=True, slots=True)
class _Trigger:
    start: int
    end: int
    relation: str
    holds: bool

    @property
    def denies(self) -> bool:
        return not self.holds


@dataclass(frozen=True, slots=True)
class _Pattern:
    relation: str
    regex: re.Pattern[str]
    anchored: bool  # begins with one of its ends, so that the subject of the text before may be put in front


class _Patterns:
    def __init__(self, patterns: Sequence[_Pattern]) -> None:
        self._patterns = patterns
        self._gate = Gate([pattern.regex.pattern for pattern in patterns])

    def possible(self, clause: Clause) -> Iterator[_Pattern]:
        """Those that may match, in order."""
        return map(self._patterns.__getitem__, self._gate.open_to(clause.characters))


@dataclass(frozen=True, slots=True)
class _Grammar:
    """What relations.toml says, ready to be matched: patterns of one clause, patterns of a whole sentence, and verbs."""

    patterns: _Patterns
    whole: _Patterns
    verbs: dict[str, str]
    verb: re.Pattern[str]
    words: frozenset[str]  # mentions that are read as verbs


@lru_cache(maxsize=4)
def _grammar(rows: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]) -> _Grammar:
    patterns = [(id_, pattern) for id_, own, _ in rows for pattern in own]
    verbs = {verb: id_ for id_, _, own in rows for verb in own} | {verb: id_ for verb, (id_, _) in _CLOSED.items()}
    return _Grammar(
        _Patterns([_compiled(id_, pattern) for id_, pattern in patterns if not pattern.startswith("~")]),
        _Patterns([_compiled(id_, pattern[1:]) for id_, pattern in patterns if pattern.startswith("~")]),
        verbs,
        re.compile("|".join(re.escape(verb) for verb in sorted(verbs, key=len, reverse=True))),
        _ACTIONS | frozenset(verbs),
    )


def _compiled(relation: str, pattern: str) -> _Pattern:
    """{S1} and {O1} are single mentions, {S2} and {O2} lists of two or more, {S} and {O} any list; {M} is a mention that is no end.

    `@`: a pattern of instance_of that may take the subject of the text before.
    """
    places = {"": LIST, "1": SLOT, "2": rf"{SLOT}(?:{JOINT}{SLOT})+"}
    carried, pattern = pattern.startswith("@"), pattern.removeprefix("@")
    regex = re.sub(r"\{([SO])([12]?)\}", lambda place: f"(?P<{place[1]}>{places[place[2]]})", pattern).replace("{M}", SLOT)
    return _Pattern(relation, re.compile(regex), carried or (pattern[:2] in ("{S", "{O") and relation != "instance_of"))


Key = tuple[str, str, str, str, bool]  # sentence, subject, relation, object, holds


@dataclass(frozen=True, slots=True)
class _Said:
    claim: Claim
    phrase: Concept | None = None
    verb: int | None = None  # character of the sentence


@dataclass(frozen=True, slots=True)
class Found:
    """Claims, the `phrase` concepts that they use, and where the verb of a claim begins (claim's key → character of the sentence)."""

    claims: tuple[Claim, ...]
    phrases: tuple[Concept, ...]
    verbs: dict[Key, int]


def key_of(claim: Claim) -> Key:
    return (claim.sentence_id, claim.subject, claim.relation, claim.object, claim.holds)


def find_relations(readings: Sequence[Reading], domain: Domain, kinds: Mapping[str, str], only: Container[int] | None = None) -> Found:
    """`kinds`: concept id → kind; what is a property does not act. `only`: indices of the readings that are asked for; the others say
    what is spoken of."""
    properties = frozenset(id_ for id_, kind in kinds.items() if kind == "property")
    grammar = _grammar(tuple((row.id, row.patterns, row.verbs) for row in domain.relations.values()))
    topic = Topic()
    claims: dict[Key, Claim] = {}
    phrases: dict[str, Concept] = {}
    verbs: dict[Key, int] = {}
    for index, reading in enumerate(readings):
        topic.enter_sentence(reading, properties)
        if reading.piece.is_heading:
            continue
        if only is not None and index not in only:
            clauses = clauses_of(reading, verbs=grammar.words)
            for number in range(len(clauses)):
                topic.enter_clause(clauses, number, properties)
            continue
        for said in _in_sentence(reading, topic, grammar, properties):
            claim = said.claim
            if claim.subject == claim.object and claim.relation not in ("isolates", "connects_to"):
                continue
            if claim.relation in ("is_a", "instance_of") and claim.object in properties and claim.subject not in properties:
                continue  # no thing is a kind of 图形化 or 安全性
            if claims.setdefault(key_of(claim), claim) is claim and said.verb is not None:
                verbs[key_of(claim)] = said.verb
            if said.phrase is not None:
                phrases[said.phrase.id] = said.phrase
    return Found(tuple(claims.values()), tuple(phrases.values()), verbs)


def _in_sentence(reading: Reading, topic: Topic, grammar: _Grammar, properties: frozenset[str]) -> Iterator[_Said]:
    condition: str | None = None
    clauses = clauses_of(reading, verbs=grammar.words)
    for number, clause in enumerate(clauses):
        subjects = topic.enter_clause(clauses, number, properties)
        if _CONDITION.match(clause.slots):
            condition = reading.text[clause.start : clause.end]
        maker = _Maker(reading, clause, condition)
        yield from _by_patterns(clause, maker, grammar.patterns, grammar)
        plain = clause.without_brackets()
        if plain is not clause:
            yield from _by_patterns(plain, maker, grammar.patterns, grammar)
        # where nothing but that subject is named, only 是 can say something of it
        spoken = _spoken_of(plain, subjects) if plain.matches or "是" in plain.characters else None
        if plain.slots.startswith("有了"):
            spoken = None  # 有了 Docker: once it is there
        if number and plain.slots.startswith("即") and _ONE_OF_KIND.search(clauses[number - 1].slots):
            spoken = None  # 第三种模式，即影子模式: patterns of the sentence know that it is one of the kind
        if spoken is not None:
            yield from _by_patterns(spoken, maker, grammar.patterns, grammar, topic=True)
        yield from _defined(plain if spoken is None else spoken, maker)
        yield from _merits(clause, maker)
        yield from _by_verbs(plain, clause, maker, subjects, grammar, properties)
        yield from _among(plain, maker)
        yield from _properties(plain, maker, subjects, properties)
    if len(clauses) > 1 or any("：" in clause.slots or ":" in clause.slots for clause in clauses):  # a list behind a colon is no clause
        for clause in clauses_of(reading, verbs=grammar.words, whole=True):
            yield from _by_patterns(clause, _Maker(reading, clause, None), grammar.whole, grammar)


@dataclass(frozen=True, slots=True)
class _Maker:
    reading: Reading
    clause: Clause
    condition: str | None

    def claim(self, subject: str, relation: str, object_: str, *, holds: bool, before: str, found_by: str, confidence: float) -> Claim:
        """`before`: the text ahead of the verb, where hedges stand."""
        text = self.reading.text[self.clause.start : self.clause.end]
        analogy = cues.find("analogy", text) is not None
        not_all = bool(_NOT_ALL.search(before) or _NOT_ALL_AHEAD.search(before))
        return Claim(
            self.reading.piece.sentence.id,
            self.reading.piece.mapped.original(self.clause.start, self.clause.end),
            subject,
            relation,
            object_,
            holds=holds and not not_all,
            hedge=cues.hedge_in(before),
            condition=self.condition,
            scope="not_all" if not_all else None,
            analogy=analogy,
            found_by=found_by,
            confidence=confidence * (0.6 if analogy else 1.0) * (0.4 if is_reported(text) else 1.0),
        )


# ---------------------------------------------------------------- patterns


def _by_patterns(clause: Clause, maker: _Maker, patterns: _Patterns, grammar: _Grammar, *, topic: bool = False) -> Iterator[_Said]:
    """`topic`: the clause begins with the subject of the text before, and so must the match."""
    if len(clause.matches) < 2:
        return
    for pattern in patterns.possible(clause):
        if topic:
            if not pattern.anchored:
                continue
            first = pattern.regex.match(clause.slots)
            found: Iterable[re.Match[str]] = (first,) if first else ()
        else:
            found = pattern.regex.finditer(clause.slots)
        for match in found:
            if pattern.relation == "suited_for" and _DOES_WITH.match(match.group()) and _deed_between(match, grammar):
                continue  # 用 Wrapper 来管理 Servlet: it manages it
            if pattern.relation == "is_a" and _has_open_verb(clause.slots[match.end("S") : match.start("O")], grammar):
                continue
            yield from _by_match(clause, maker, pattern.relation, match, "pattern:topic" if topic else "pattern")


def _deed_between(match: re.Match[str], grammar: _Grammar) -> bool:
    """Whether the verb between means and end states a relation that the means has to it (_BY_MEANS_SAID)."""
    verb = grammar.verb.search(match.group(), match.end("S") - match.start(), match.start("O") - match.start())
    return verb is not None and grammar.verbs[verb.group()] in _DONE_BY_MEANS


def _by_match(clause: Clause, maker: _Maker, relation: str, match: re.Match[str], found_by: str) -> Iterator[_Said]:
    first, last = sorted((match.span("S"), match.span("O")))
    between = clause.slots[first[1] : last[0]]
    before = clause.slots[: match.start()] + between
    # what is denied inside the noun phrase behind 是 (没有虚拟化层的物理机) denies no kinship
    stated = _COPULA.split(between, maxsplit=1)[0] if relation == "is_a" or (relation == "equals" and "是" in between) else between
    if match.group().startswith("在"):
        stated = _DONE_THERE.split(between, maxsplit=1)[0]  # 在服务器上跑多个互不相干的容器
    stated += clause.slots[last[1] : match.end()]
    holds = not cues.denied("".join(c for c in stated if not is_slot(c)))
    hedged = clause.slots[: match.end("S")] + between if "都" in between else clause.slots[: match.start("S")] or before
    subjects, objects = clause.concepts(match["S"]), clause.concepts(match["O"])
    if _LESS_THAN.search(clause.slots, match.start()) or (relation == "is_a" and _NO_KIND.search(between)):
        return
    if relation == "equals" and between in ("(", "（") and not _is_glossed(clause, match):
        return
    if (relation == "has_part" and "少了" in between) or (relation == "equals" and _DIFFERS.search(between)):
        holds = False
    if match.group().startswith("在") and cues.denied(
        "".join(c for c in clause.slots[max(0, match.start() - 4) : match.start()] if not is_slot(c))
    ):
        holds = not holds
    if relation == "provides" and _FOR_WHOM.search(clause.slots[: match.start("S")]):
        return
    if relation == "is_a" and _KNOWN_FOR.search(clause.slots[: match.start("S")]):
        subjects, objects = objects, subjects
    for subject in subjects:
        for object_ in objects:
            confidence = 0.55 if found_by == "pattern:topic" else 0.8
            made = maker.claim(subject, relation, object_, holds=holds, before=hedged, found_by=found_by, confidence=confidence)
            yield _Said(made)


def _is_glossed(clause: Clause, match: re.Match[str]) -> bool:
    """文件系统(运行时环境): two names in Chinese, where 磁盘格式(QEMU) says whose it is."""
    ends = [clause.matches[ord(match[end]) - FIRST] for end in "SO"]
    return all(not is_phrase(one.concept_id) and all(map(is_han, clause.sentence[one.start : one.end])) for one in ends)


def _spoken_of(clause: Clause, subjects: tuple[str, ...]) -> Clause | None:
    """它由三部分组成, 也是一种容器: the clause with the one whom it speaks of in front; none where it names its own subject."""
    opening = _PRONOUN.match(clause.slots)
    if not subjects or opening is None or is_slot(clause.slots[opening.end() : opening.end() + 1]):
        return None
    return clause.with_subject(subjects[0], opening.end())


def _has_open_verb(between: str, grammar: _Grammar) -> bool:
    """容器是完全使用沙箱机制: a verb that no 的 closes makes it no noun phrase."""
    verbs = [match for match in grammar.verb.finditer(between) if not _NOUN_AFTER.match(between, match.end())]
    return bool(verbs) and "的" not in between[verbs[-1].end() :]


def _defined(clause: Clause, maker: _Maker) -> Iterator[_Said]:
    """Snappy 是一种新的打包格式: a kind that no concept names, in the words of the text."""
    match = _DEFINED.match(clause.slots) if "是" in clause.characters else None
    if match is None or is_slot(match["kind"][-1]):
        return
    start = match.start("kind") + match["kind"].rfind("的") + 1
    for word in _phrases(clause.text(start).strip()):
        phrase = phrase_of(word)
        for subject in clause.concepts(match["subject"]):
            holds = not cues.denied(match["before"])
            made = maker.claim(subject, "is_a", phrase.id, holds=holds, before=match["before"], found_by="defined", confidence=0.5)
            yield _Said(made, phrase)


def _among(clause: Clause, maker: _Maker) -> Iterator[_Said]:
    """容器之间相互隔离: of things of one kind, each from the others."""
    if "隔" not in clause.characters:
        return
    for match in _AMONG.finditer(clause.slots):
        for id_ in clause.concepts(match["things"]):
            denied = cues.denied("".join(c for c in match.group() if not is_slot(c)))
            before = clause.slots[: match.start()]
            yield _Said(maker.claim(id_, "isolates", id_, holds=not denied, before=before, found_by="among", confidence=0.7))


def _merits(clause: Clause, maker: _Maker) -> Iterator[_Said]:
    """容器的优点是启动快、占用少和易于分发: each is a property, in the words of the text."""
    match = _MERITS.search(clause.slots) if "的" in clause.characters else None
    if match is None:
        return
    start = match.start("list")
    for place, end in _pieces(clause.slots, start):
        text = clause.text(place, end).strip(" 。.!！?？;；,，")
        if 2 <= len(text) <= 12 and not re.search(r"[,，:：(（一两三四五]", text):
            phrase = phrase_of(text)
            for owner in clause.concepts(match["owner"]):
                made = maker.claim(owner, "has_property", phrase.id, holds=True, before="", found_by="merit", confidence=0.6)
                yield _Said(made, phrase)


def _pieces(slots: str, start: int) -> Iterator[tuple[int, int]]:
    place = start
    for joint in _MERIT_JOINT.finditer(slots, start):
        yield place, joint.start()
        place = joint.end()
    yield place, len(slots)


# ---------------------------------------------------------------- verbs


def _by_verbs(
    clause: Clause, whole: Clause, maker: _Maker, subjects: tuple[str, ...], grammar: _Grammar, properties: frozenset[str]
) -> Iterator[_Said]:
    triggers = _triggers(clause.slots, grammar)
    instrument: tuple[str, ...] = ()
    unneeded = -1  # where the deed begins that is not needed
    for index, trigger in enumerate(triggers):
        if trigger.start == unneeded:
            continue
        if _NAMES_A_TIME.match(clause.slots, trigger.end):
            continue  # 启动时, 部署之后
        if _in_place(clause.slots, trigger) or _LESS_THAN.match(clause.slots, trigger.start):
            continue
        takes_clause = trigger.relation in _TAKE_CLAUSES or clause.slots[trigger.start : trigger.end] == "负责"
        follows = takes_clause and _CLAUSE_FOLLOWS.match(clause.slots, trigger.end)
        if follows or (trigger.relation == "requires" and _FOR_WHOM_FOLLOWS.match(clause.slots, trigger.end)):
            if cues.denied(clause.slots[max(0, trigger.start - 3) : trigger.start]) or trigger.denies:
                unneeded = triggers[index + 1].start if index + 1 < len(triggers) else -1
            continue  # 负责把字节码翻译成机器指令: what it is responsible for is a deed
        if trigger.relation == "suited_for" and _CHOOSES.match(clause.slots, trigger.end):
            continue  # 工作负载适合选择虚拟机: patterns know which is suited
        inside = _INSIDE_KIND.match(clause.slots[: trigger.start])
        said = _KIND_HAS.match(clause.slots, trigger.end) if inside else None
        if inside and said:  # vSphere 是包含 ESXi 的产品套件: vSphere contains it
            holds = trigger.holds != cues.denied(inside["before"])
            for agent in clause.concepts(inside["subject"]) if inside["subject"] else subjects:
                for object_ in clause.concepts(said["objects"]):
                    made = maker.claim(agent, trigger.relation, object_, holds=holds, before="", found_by="inside", confidence=0.6)
                    yield _Said(made, verb=clause.place(trigger.start))
            continue
        if clause.slots[trigger.start : trigger.end] in CONSUMES and _DEGREE.match(clause.slots, trigger.end):
            continue
        what = _WHAT_IT_DOES.match(clause.slots, trigger.end)
        if what and not clause.slots[trigger.start - 1 : trigger.start].endswith("所"):  # 采用的是 NUMA
            trigger = _Trigger(trigger.start, what.end(), trigger.relation, trigger.holds)
        yield from _attributed(clause, trigger, maker)
        doer = _DOER.search(clause.slots, 0, trigger.start) if clause.slots.startswith("的", trigger.end) else None
        if doer is not None and clause.slots[trigger.start : trigger.end] in _NAMED_DEEDS and not doer.group().endswith("所"):
            doer = None  # RAID 管理的工具 manages RAID, where Docker 使用的镜像 is used by Docker
        if doer is None and clause.slots.startswith("的", trigger.end):
            continue  # 未使用的镜像 says nothing of the subject
        if _WHEN.search(clause.slots) and not any(is_slot(c) for c in clause.slots[: trigger.start]):
            continue  # 需要 GPU 时: says when, not what
        if trigger.relation in ("enables", "provides") and _TOWARDS.search(clause.slots, 0, trigger.start):
            if index + 1 < len(triggers) and _LIGHT_DEED.fullmatch(clause.slots[trigger.end : triggers[index + 1].start]):
                continue  # 对网络实现了隔离 is to isolate it: the verb behind says so
        if trigger.relation == "provides" and clause.slots[trigger.start : trigger.end] in GIVES:
            given = _GIVEN.match(clause.slots, trigger.end)
            if given is None and _RECEIVES.match(clause.slots, trigger.end):
                continue  # 赋予公民更多的…: no concept names what is given
            if given is not None:  # 赋予公民权利: the right is what is given
                trigger = _Trigger(trigger.start, given.start("thing"), trigger.relation, trigger.holds)
        deed = _DEED.match(clause.slots, trigger.end) if trigger.relation in ("enables", "provides") else None
        if deed is not None:  # 实现进程和资源的隔离 is to isolate them
            trigger = _Trigger(trigger.start, trigger.end, grammar.verbs[deed["deed"]], trigger.holds)
        deed_behind = _deed_needed(clause.slots, triggers, index)
        region_end = deed.end("objects") if deed else _region_end(clause.slots, triggers, index + (deed_behind is not None))
        first = index
        while (
            first
            and triggers[first - 1].end == triggers[first].start
            and clause.slots[triggers[first - 1].start : triggers[first].start] in _HELPERS
        ):
            first -= 1  # 不支持使用 denies what it supports
        before = clause.slots[triggers[first - 1].end if first else 0 : triggers[first].start]
        agents, objects, words = _arguments(clause, trigger, region_end, subjects, instrument)
        if doer is not None:  # Docker 使用的镜像
            agents = clause.concepts(doer["subject"])
        if not objects and re.match(r"[^,，]{0,2}(?:任何|一切|所有)", clause.slots[trigger.end : region_end]):
            objects = _enumerated(whole)
        named = any(map(is_slot, clause.slots[: trigger.start]))  # 容器使用沙箱隔离进程: the container does; 使用沙箱隔离进程: the sandbox
        instrument = objects if trigger.relation == "uses" and objects and not named and not cues.denied(before[-3:]) else ()
        unlike = _UNLIKE.search(before)
        ahead = _INSTEAD.sub("", before[unlike.end() :] if unlike else cues.of_the_verb(before)[-10:])
        near = "".join(character for character in ahead if not is_slot(character))
        behind = clause.slots[trigger.end : trigger.end + 2]
        holds = trigger.holds and unlike is None and not cues.denied(near) and not behind.startswith(("不了", "不到", "不起"))
        if deed_behind is not None and not holds:  # 不需要建立地址空间 does not say that it is set up
            unneeded = deed_behind.start
        elif trigger.relation == "requires" and not holds and index + 1 < len(triggers):
            following = triggers[index + 1].start  # 不需要为每个应用分配操作系统: nor is that done
            unneeded = following if _FOR_WHAT.match(clause.slots[trigger.end : following]) else unneeded
        found_by = "verb" if doer is None else "doer"
        confidence = 0.7 if agents is not subjects or any(is_slot(c) for c in clause.slots[: trigger.start]) else 0.55
        new: dict[str, Concept] = {}
        if not objects and words and trigger.relation in _PHRASES and region_end == len(clause.slots):
            new = {phrase.id: phrase for phrase in map(phrase_of, words)}
            objects, confidence = tuple(new), 0.4
        if confidence < 0.7 and not _may_carry(clause.slots[: trigger.start]):
            continue
        causee = _CAUSEE.search(clause.slots[: trigger.start])
        if causee and not _PERSON.search(clause.text(*causee.span("who"))):  # 使附加功能可用于虚拟机: who is made to do it does it
            agents = clause.concepts(causee["who"])[-1:]
        told_apart = len(agents) == len(objects) > 1 and "分别" in clause.slots[max(0, trigger.start - 6) : trigger.end + 3]
        for agent in agents:
            for object_ in objects:
                if told_apart and agents.index(agent) != objects.index(object_):
                    continue  # A 和 B 分别使用 C 和 D
                if agent in properties or (
                    object_ in properties and trigger.relation not in ("has_property", "provides", "enables", "requires")
                ):
                    continue
                made = maker.claim(
                    agent,
                    trigger.relation,
                    object_,
                    holds=holds,
                    before=clause.slots[: trigger.start],
                    found_by=found_by,
                    confidence=confidence,
                )
                yield _Said(made, new.get(object_), clause.place(trigger.start))
            if unlike:
                for object_ in objects:
                    other = clause.concept(unlike["other"])
                    yield _Said(maker.claim(other, trigger.relation, object_, holds=True, before="", found_by="unlike", confidence=0.6))
        served = _FOR.search(before)
        if served and clause.slots.startswith("分配", trigger.start):
            for agent in agents:
                for whom in clause.concepts(served["whom"]):
                    if agent != whom:
                        yield _Said(maker.claim(agent, "manages", whom, holds=holds, before=before, found_by="for", confidence=0.5))
        yield from _paired(clause, trigger, maker, holds)


def _region_end(slots: str, triggers: Sequence[_Trigger], index: int) -> int:
    """Where the next verb begins that has objects of its own: 管理、监控和扩展 share theirs."""
    end = triggers[index].end
    for after in triggers[index + 1 :]:
        if not _COORDINATED.fullmatch(slots[end : after.start]):
            return after.start
        end = after.end
    return len(slots)


def _deed_needed(slots: str, triggers: Sequence[_Trigger], index: int) -> _Trigger | None:
    """需要使用大页: the verb that is needed, whose object is needed too."""
    trigger = triggers[index]
    after = triggers[index + 1] if index + 1 < len(triggers) else None
    needs = (
        after is not None
        and after.relation != "runs_on"
        and after.start == trigger.end
        and slots[trigger.start : trigger.end].endswith(("需要", "需", "要求"))
    )
    return after if needs else None


def _attributed(clause: Clause, trigger: _Trigger, maker: _Maker) -> Iterator[_Said]:
    """基于 CUPS 的图形界面: what a verb in front of a noun says of it; nothing where the verb has a subject of its own."""
    match = _ATTRIBUTE.match(clause.slots, trigger.end)
    before = clause.slots[: trigger.start]
    if match is None or trigger.relation not in _ATTRIBUTES or not _OPENS_A_PHRASE.search(before) or _THAN.match(clause.slots, trigger.end):
        return
    holds = trigger.holds != cues.denied("".join(c for c in before[-4:] if not is_slot(c)))
    head = clause.concept(match["head"])
    for object_ in clause.concepts(match["objects"]):
        made = maker.claim(head, trigger.relation, object_, holds=holds, before="", found_by="attribute", confidence=0.5)
        yield _Said(made, verb=clause.place(trigger.start))


def _may_carry(before: str) -> bool:
    """Whether what stands ahead of the verb leaves the subject open: function words only, no noun of its own (这个数字, io 控制器)."""
    rest = "".join(character for character in before if not is_slot(character))
    return _OPEN_START.fullmatch(rest) is not None


def _in_place(slots: str, trigger: _Trigger) -> bool:
    """在没有 KVM 的系统上: says of the place what it lacks, not of the subject."""
    return trigger.denies and slots[: trigger.start].endswith("在") and bool(re.match(rf"{SLOT}[^,，]{{0,4}}的", slots[trigger.end :]))


def _triggers(slots: str, grammar: _Grammar) -> list[_Trigger]:
    found: list[_Trigger] = []
    for match in grammar.verb.finditer(slots):
        if match.group() == "不用" and slots.startswith(("于", "来", "作"), match.end()):
            match = grammar.verb.match(slots, match.start() + 1) or match  # 不用于 denies 用于
        if _NOUN_AFTER.match(slots, match.end()) or _is_nominal(slots, match):
            continue
        relation, holds = _CLOSED.get(match.group()) or (grammar.verbs[match.group()], True)
        found.append(_Trigger(match.start(), match.end(), relation, holds))
    # 没有共享内核: the denial belongs to the verb right behind it
    return [
        one
        for one, after in zip(found, [*found[1:], *[None][: len(found)]], strict=True)
        if not (one.denies and after and after.start - one.end <= 1)
    ]


def _is_nominal(slots: str, match: re.Match[str]) -> bool:
    """虚拟机的隔离比容器更强: what 的 precedes and no object follows is a noun; so is what is listed with nouns (部署隔离、镜像分发)
    and what an adverb follows (调度往往更慢)."""
    if match.group() == "方便" and slots.startswith(("更", "加", "很", "常", "较", "分", "最"), match.start() - 1):
        return True  # 运行更加方便快捷
    if _AS_NOUN.match(slots, match.end()) and not _ACTED.search(slots, 0, match.start()):
        return True
    return slots[: match.start()].endswith("的") and match.group() in _ACTIONS and not _OBJECT_BEHIND.match(slots, match.end())


def _arguments(
    clause: Clause, trigger: _Trigger, region_end: int, subjects: tuple[str, ...], instrument: tuple[str, ...]
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Agents, objects, and the words for objects that no mention names."""
    before = clause.slots[: trigger.start]
    than = _THAN.match(clause.slots, trigger.end, region_end)
    region = clause.slots[than.end() if than else trigger.end : region_end]
    beside = _BESIDE.search(before)
    carried = not any(clause.concept(c) in subjects for c in before if is_slot(c))
    agents = instrument or (clause.concepts(beside["subject"]) if beside and carried else subjects)
    passive = _PASSIVE.search(before)
    if passive and trigger.relation != "runs_on" and clause.slots[trigger.start : trigger.end] not in _PURPOSE:
        agent = clause.concepts(passive["agent"] or "")
        return agent, clause.concepts(passive["object"]), ()
    by = _BY.search(before)
    if by and not is_slot(clause.slots[trigger.end : trigger.end + 1]) and trigger.relation not in ("runs_on", "hosts"):
        return clause.concepts(by["agent"]), clause.concepts(by["object"] or "") or subjects, ()
    means = _MEANS.search(before)
    if means and (
        trigger.relation in BY_MEANS
        or (trigger.relation in _BY_MEANS_SAID and (means["to"] or not any(map(is_slot, before[: means.start()]))))
    ):
        return clause.concepts(means["means"]), _objects(clause, region), ()
    fronted = _FRONTED.search(before)
    if fronted:
        objects = clause.concepts(fronted["objects"])
        if trigger.relation == "runs_on":  # 将容器层安装在主机操作系统上: what is put there runs there
            return objects, _objects(clause, region, locative=True), ()
        return tuple(a for a in agents if a not in objects), objects, ()
    if clause.slots[trigger.start : trigger.end] in _LACKS and not _LACKED.match(region):
        return agents, (), _phrases(region)
    word = clause.slots[trigger.start : trigger.end]
    if word in _PURPOSE:
        region = _CIRCUMSTANCE.sub("", region, count=1) if _CIRCUMSTANCE.match(region) else region
    objects = _objects(clause, region, locative=trigger.relation == "runs_on")
    if (word in _CAUSES and not _NOTHING_BEHIND.fullmatch(region)) or region.startswith(("由", "被", "给")):  # 暴露给虚拟机: who gets it
        objects = ()
    return agents, objects, () if objects else _phrases(region)


def _objects(clause: Clause, region: str, *, locative: bool = False) -> tuple[str, ...]:
    heads = head_slots(region, locative=locative)
    chosen: list[str] = []
    last = -1
    for index in heads:
        gap = region[last + 1 : index]
        if not chosen and index > _FAR:
            break
        if chosen and not _LISTED.fullmatch(gap):
            break
        chosen.append(region[index])
        last = index
    return clause.concepts("".join(chosen))


def _enumerated(clause: Clause) -> tuple[str, ...]:
    """不共享任何东西(包括硬件,内核,动态库等): what the brackets list."""
    match = re.search(rf"[(（](?:包括|如|例如|比如)(?P<list>{LIST})", clause.slots)
    return clause.concepts(match["list"]) if match else ()


def _phrases(region: str) -> tuple[str, ...]:
    """The things that no concept names in what stands behind a verb: 主菜单、文件夹名称; none where it is no list of short nouns."""
    text = region.strip(" 。.!！?？;；,，")
    if any(is_slot(character) for character in text) or re.search(r"[,，。;；:：(（?？]", text):
        return ()
    found = []
    for piece in _PHRASE_JOINT.split(text):
        noun = _PHRASE_EDGES.sub("", piece.strip())
        if len(noun) > _LONGEST_PHRASE:
            noun = noun.rpartition("的")[2]
        if not _SHORTEST_PHRASE <= len(noun) <= _LONGEST_PHRASE or _NO_NOUN.search(noun):
            return ()
        found.append(noun)
    return tuple(found)


def _paired(clause: Clause, trigger: _Trigger, maker: _Maker, holds: bool) -> Iterator[_Said]:
    """将容器与主操作系统隔离: the first is isolated from the second."""
    pair = _PAIRED.search(clause.slots[: trigger.start])
    if pair and trigger.relation in ("isolates", "connects_to"):
        for first in clause.concepts(pair["first"]):
            for second in clause.concepts(pair["second"]):
                ahead = clause.slots[: pair.start()]
                yield _Said(maker.claim(first, trigger.relation, second, holds=holds, before=ahead, found_by="pair", confidence=0.7))


# ---------------------------------------------------------------- properties


def _properties(clause: Clause, maker: _Maker, subjects: tuple[str, ...], properties: frozenset[str]) -> Iterator[_Said]:
    """A property that is predicated of the subject: 更加轻量化, 是开源的, 具有可移植性, 易于迁移; one that is merely named is not."""
    if properties.isdisjoint([match.concept_id for match in clause.matches]) or _LESS_THAN.search(clause.slots):
        return
    for index, character in enumerate(clause.slots):
        if not is_slot(character) or clause.concept(character) not in properties:
            continue
        before = "".join(c for c in clause.slots[max(0, index - 6) : index] if not is_slot(c))
        behind = clause.slots[index + 1 : index + 4]
        name = clause.text(index, index + 1)
        predicated = bool(_PREDICATED.search(before)) or (name.startswith("易") and not behind.startswith("的"))
        attribute = bool(re.search(r"是(?:一个|一种|一款)?$", before)) and (behind.startswith("的") or is_slot(behind[:1]))
        fast = bool(re.match(r"(?:极|很|非常|更)?(?:快|高|强|好)", behind)) and not re.search(r"[比较]", clause.slots)
        if not (predicated or attribute or fast):
            continue
        little = _LITTLE.search(before)
        if little:  # 几乎没有性能开销: that there is little of it is what it is known for
            name = little.group() + name
            phrase = phrase_of(name)
            for subject in _others(subjects, properties):
                made = maker.claim(
                    subject,
                    "has_property",
                    phrase.id,
                    holds=True,
                    before=clause.slots[: index - len(little.group())],
                    found_by="property",
                    confidence=0.5,
                )
                yield _Said(made, phrase)
            continue
        for subject in _others(subjects, properties):
            yield _Said(
                maker.claim(
                    subject,
                    "has_property",
                    clause.concept(character),
                    holds=not cues.denied(before),
                    before=clause.slots[:index],
                    found_by="property",
                    confidence=0.6,
                )
            )


def _others(subjects: Iterable[str], properties: frozenset[str]) -> tuple[str, ...]:
    return tuple(subject for subject in subjects if subject not in properties)
