"""Whether one needs the other: 「A 需要 B 吗」「装 A 得先有 B 吗」「Does A require B?」

Only a clause decides whose word of need governs B itself, that says how A fares without B, or that A has none: 「A 要求每个 C …」 says nothing of
whether anybody needs A, and 「A 不需要完整的 D」 nothing of B.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kb.language.cues import negated
from kb.language.lexicon import Match
from kb.language.normalize import fold
from kb.language.regex import regex
from kb.qa.asking.terms import Term
from kb.qa.deciding.naming import place_of
from kb.qa.deciding.propositions import LATIN_NAME, Proposition, clause_that_asks, names_of
from kb.qa.deciding.refuting import REFUTES, REPORTED, refuted_behind
from kb.qa.finding.index import index_of
from kb.qa.finding.retrieval import Scored
from kb.records import Verdict

_ASKS = regex(
    r"需不需要|需要|必须|非得|要不要|用得着|有没有必要|有必要|必要(?=[^,，]{1,12}[吗么])|(?<=不)用(?!户)(?![^,，]{0,3}[的也])(?=再|另|额外|先|做|装|安装|跑|运行|配|买|开|[\u4e00-\u9fffa-z]{2})|(?<=不)必(?!须|要)|(?<=无)[需须]|依不?依赖|依赖|离不?得?开|要求|一定[要得]|(?<![取获懂值记舍免省显觉])得(?=先|有|装|靠|用|要|重|另)"
    r"|(?<![主重必首纲只还需])要(?=[^求素点么是]{1,20}[吗么][?？]?$)|(?:needs?|requires?|must|depends?on|relieson|relyon|haveto|hasto)(?=[^,，]{2})"
)
_NEEDS = regex(
    r"需要|必须|依赖(?!以及|和|、|包|项|库|关系)|要求|离不开|依靠|(?<![功可性必所])需(?!求)|须(?!知)|应当|得(?=先|有|装|靠)|(?<![主重必首纲只还需])要(?=先|有|为|把|复制|安装|启动|重)"
)
_GOVERNED = 26  # characters behind a word of need in which what is needed is named
_INDISPENSABLE = regex(r"(?:是|为)[^,，]{0,12}?(?:必需|必须|必要|必不可少|不可缺少|前提|先决条件|基础)")
_BOUND = regex(
    r"(?:没有|没|不装|不用|不靠|不安装|不使用|缺少|缺了|离开|脱离)(?P<what>[^,，]{1,16}?)[,，]?(?:是不是)?(?:就|便)(?:不能|没法|无法|不可能|没办法|不行|[\u4e00-\u9fff]不了)"
)
_NOT_DONE = regex(r"不(?:会|再|必)?(?:进行|做|执行|经过)")
_IDLE = regex(r"没法|不行|办法|跑|用|做|运行|使用|工作")
_QUOTED = regex(r"[」”]")
_BESIDES = regex(r"另外|额外|单独|另行|再")
_ADDED = regex(r"装|另外|额外|再|单独|自己准备")
_HAS_IT = regex(r"自带|内置|自备|已经?(?:包含|带有|集成)|附带|默认包含")
_PART = regex(r"(?:内核|系统|发行版|本身|自身)+(?:已经|都|就|也)?$")  # what a part of it has, it has
_NO_SUBSTITUTE = regex(
    r"不是|(?:不能|无法|不可|不可以|不足以)(?:代替|取代|替代|当作|当成?|视为|充当)|不等于|并非"
)  # 快照不是备份: it does not spare one
_OPTIONAL = regex(r"(?:是|为)?可选|可有可无|(?:不|并非)(?:是)?(?:必需|必须|必要)|也?可以(?:不|没有|省)")
_LACKS = regex(r"没有|不(?:使用|用|带|含|包含|运行|经过|通过|引导|加载|启动)|无(?![法论])|省[去掉]|[去抛]掉|抛去|取消|移除|不再有")
_AS_REASON = regex(r"(?:因为|由于|如果|若|一旦|假如|要是|当|在)[^,，]{0,8}$")
_FAILS = regex(r"不能|无法|不会|不可|没法|就没有|失败|只能|才能|可以任意")
_HENCE = regex(r"所以|因此|因而|从而|于是")
_OPENS = 2  # characters before a name that opens a sentence
_VERSION = regex(r"[\d.]+")
_OPENS_A_NOUN = regex(r"(?:^.?|[、或和与])$")
_USES = regex(r"(?<!可以)(?<!可)(?<!能)(?<!也)(?:使用|采用|基于|运行在|建立在)")
_OF_A_NOUN = regex(r"[^,，]的[^,，]{2}")  # 需要图形界面的软件: who needs it stands behind
_MODIFIES = regex(r"[一这那某每][个种台类条项些]$")  # 一个需要保护的套接字: it is said of the noun, which nobody needs
_SAID_OF_IT = regex(
    r"的[^,，的]{1,10}?(?:更|适合|可以|应当|会|要|能|都|也|通常|不|选择)"
)  # 需要高可用的团队更适合选择 …: not governed any more
_HAVING = frozenset(("装", "安装", "用", "使用", "有", "开", "开启", "启用", "先装", "上", "靠", "带", "运行", "跑", "先"))
_LEARN = regex(r"^(?:先)?(?:学|会|懂|掌握|了解|熟悉)")
_LEARNT = regex(r"学|掌握|了解|熟悉|懂")
_ONLY_WHEN = regex(r"(?:时|的话|的情况下|的前提下|的场合)$|^(?:如果|若|一旦|当|在[^,，]*时)")
_WORD, _LIGHTLY = 0.4, 0.1  # of its weight, what a word counts beside a name, and what a verb counts that only says that one has it
SAYS = 0.6  # of what is asked to be needed, what a clause must name
_SOME, _USED = 0.01, 0.9  # the same of a clause of need that leaves something to others, and of one that says that it is used
_NAMED, _CARRIED, _UNNAMED = 1.0, 0.85, 0.4  # worth of a clause by whether it names who needs, the sentence's subject is it, or neither
_CONDITIONAL = 0.5  # worth of what is needed only in a case that was not asked
_HAS_NONE = 0.8  # worth of 「A 没有 B」
_DECIDES = 0.55


@dataclass(frozen=True, slots=True)
class Need:
    """Names with weights of what is asked to be needed, and of who is said to need it (empty where that is whoever asks)."""

    needed: tuple[tuple[float, tuple[str, ...]], ...]
    by: tuple[tuple[str, ...], ...]
    heads: tuple[tuple[str, ...], ...]  # the last thing that is asked to be needed, and those with a Latin name: without one it is another
    learnt: bool  # to be learnt, and not to be had
    denied: bool
    added: bool = False  # to be had besides what is there (另外安装)
    bound: bool = False  # asked as what cannot be without it: 没有 X 就不能 Y 吗

    def share(self, text: str) -> float:
        """Of what is asked to be needed, how much the text names."""
        if any(all(place_of(text, name) < 0 for name in names) for names in self.heads) or (self.learnt and not _LEARNT.search(text)):
            return 0.0
        found = sum(weight for weight, names in self.needed if any(place_of(text, name) >= 0 for name in names))
        return found / sum(weight for weight, _ in self.needed)


def need_of(asked: Proposition, terms: Sequence[Term]) -> Need | None:
    """`None` where the question does not ask of a need, or names nothing behind its word of need."""
    text = fold(asked.text)
    bound = _BOUND.search(text)
    if bound is not None:
        return _bound(asked, terms, text, bound)
    match = _ASKS.search(text, max(0, text.find(clause_that_asks(text))))
    if match is None or asked.given or asked.identity:
        return None
    behind = [term for term in terms if _place(term, text) >= match.end() and not _BESIDES.fullmatch(term.label)]
    before = [term for term in terms if 0 <= _place(term, text) < match.start() and _is_thing(term)]
    if not behind:
        return None
    needed = tuple(
        (term.weight * (1.0 if _is_thing(term) else _LIGHTLY if term.label in _HAVING else _WORD), _exactly(term, asked)) for term in behind
    )
    things = [term for term in behind if _is_thing(term)]
    last = max(things, key=lambda term: _place(term, text), default=None)
    heads = tuple(_exactly(term, asked) for term in things if term is last or LATIN_NAME.fullmatch((*term.names, "-")[0]))
    denied = negated(text[max(0, match.start() - 2) : match.start()]) and match.group() != "要求"
    by = tuple(_exactly(term, asked) for term in before)
    return Need(needed, by, heads, bool(_LEARN.match(text[match.end() :])), denied, bool(_ADDED.search(text[match.start() :])))


def _bound(asked: Proposition, terms: Sequence[Term], text: str, match: re.Match[str]) -> Need | None:
    """「没有 X 就不能 Y 吗」 asks whether Y needs X."""
    lacked = [term for term in terms if match.start("what") <= _place(term, text) < match.end("what")]
    rest = [term for term in terms if term not in lacked and not term.missing and not _IDLE.fullmatch(term.label)]
    things = [term for term in rest if _is_thing(term)] or rest
    if not lacked or not things:
        return None
    needed = tuple((term.weight, _exactly(term, asked)) for term in lacked)
    heads = tuple(_exactly(term, asked) for term in lacked if _is_thing(term))
    return Need(needed, tuple(_exactly(term, asked) for term in things), heads, False, False, bound=True)


def _exactly(term: Term, asked: Proposition) -> tuple[str, ...]:
    """Its own names and those of its kinds, not those of a broader thing: a kernel is not yet the Windows kernel."""
    lexicon = asked.sources.lexicon
    concepts = [lexicon.concept(id_) for id_, near in term.concepts if near == 1.0 and id_ in lexicon]
    own = {fold(name) for concept in concepts for name in (concept.name, *concept.aliases)} or set(term.names)
    return tuple(name for name in names_of(term, asked.sources) if name in own or not concepts or any(other in name for other in own))


def _place(term: Term, text: str) -> int:
    return max((text.rfind(name) for name in (fold(term.label), *term.names)), default=-1)


def _is_thing(term: Term) -> bool:
    return term.salient or bool(term.concepts)


@dataclass(frozen=True, slots=True)
class Reading:
    verdict: Verdict
    item: Scored
    clause: str
    worth: float
    why: str


def of_need(need: Need, asked: Proposition, ranked: Sequence[Scored]) -> Reading | None:
    """The most telling clause that says whether it is needed; `None` where none does."""
    best = max((reading for item in ranked for reading in _readings(need, asked, item)), key=lambda one: one.worth, default=None)
    return best if best is not None and best.worth >= _DECIDES else None


def _readings(need: Need, asked: Proposition, item: Scored) -> Iterator[Reading]:
    index = index_of(asked.sources)
    clauses = index.clauses(item.sentence)
    text = index.folded[item.sentence.id]
    carried = bool(asked.near & index.about(item.sentence))
    in_a_case = False
    for number, clause in enumerate(clauses):
        if REPORTED.search(clause) or refuted_behind(clause, item.sentence, asked.sources):
            continue  # a need that some speak of
        if _QUOTED.search(clause) and REFUTES.search(clause):
            if need.share(clause) >= SAYS and (carried or all(_all_named(need, clause))):
                yield Reading("yes" if need.denied else "no", item, clause, need.share(clause), "refuted")
            continue
        for said in _said(need, asked, clause, clauses[number + 1 : number + 2]):
            worth = said.worth * _who(need, asked, said.ahead, clauses[:number], text, carried)
            if in_a_case and said.so:
                worth *= _CONDITIONAL
            if worth:
                yield Reading("yes" if said.so != need.denied else "no", item, clause, worth, said.why)
        in_a_case = in_a_case or bool(_ONLY_WHEN.search(clause)) and need.share(clause) == 0 and not any(_all_named(need, clause))


def _governed(need: Need, asked: Proposition, clause: str, match: re.Match[str], so: bool) -> str:
    """What stands behind a word of need, without longer names that only hold one of those asked; a narrower thing is needed as the broader is."""
    own = {name for _, names in need.needed for name in names}
    for longer in reversed(index_of(asked.sources).named(clause, asked.sources)):
        text = clause[longer.start : longer.end]
        held = [name for name in own if name in text and not (so and text.endswith(name))]
        if text not in own and held and not any(text[: len(name)] == name and _VERSION.fullmatch(text, len(name)) for name in held):
            clause = clause[: longer.start] + "·" * len(text) + clause[longer.end :]
    return _NEEDS.split(_SAID_OF_IT.split(clause[match.end() :])[0])[0]


def _of_a_noun(need: Need, clause: str, match: re.Match[str]) -> bool:
    """需要图形界面的软件, but not 需要通用的操作系统: what is needed stands inside what is said of a noun."""
    noun = _OF_A_NOUN.search(clause, match.end())
    if noun and _MODIFIES.search(clause[: match.start()]):
        return True
    return bool(noun and _OPENS_A_NOUN.search(clause[: match.start()]) and need.share(clause[match.end() : noun.start() + 1]) >= SAYS)


def _others(need: Need, asked: Proposition, ahead: str) -> list[Match]:
    """What else is named; Docker Engine is Docker too."""
    own = tuple(name for names in need.by for name in names)
    latin = tuple(name for name in own if name.isascii()) or ("\0",)
    found = index_of(asked.sources).named(ahead, asked.sources)
    texts = [(match, ahead[match.start : match.end]) for match in found if match.concept_id not in asked.near]
    return [match for match, text in texts if text not in own and not text.startswith(latin)]


def speaks_of_need(text: str) -> bool:
    """Whether it says of anything that it is needed or not."""
    return bool(_NEEDS.search(text))


def bears(need: Need, asked: Proposition, item: Scored, verdict: Verdict, least: float = _SOME) -> bool:
    """Whether a clause of the sentence says of who is asked that it needs at least that share of what is asked, or that it does not."""
    index = index_of(asked.sources)
    carried = bool(asked.near & index.about(item.sentence))
    clauses = index.clauses(item.sentence)
    for number, clause in enumerate(clauses):
        for match in (*_NEEDS.finditer(clause), *(_USES.finditer(clause) if verdict == "yes" else ())):
            ahead = clause[: match.start()]
            so = not negated(ahead[-3:])
            if need.share(_governed(need, asked, clause, match, so)) < (
                _USED if match.re.pattern == _USES.pattern else least
            ) or _of_a_noun(need, clause, match):
                continue
            who = _who(need, asked, ahead, clauses[:number], clause, carried)
            if who > _UNNAMED and (so != need.denied) == (verdict == "yes"):
                return True
    return False


def named(need: Need, item: Scored) -> bool:
    """Whether the sentence names all who are asked to need it."""
    return all(_all_named(need, fold(item.sentence.text)))


def _all_named(need: Need, text: str) -> list[bool]:
    return [any(place_of(text, name) >= 0 for name in names) for names in need.by]


def _a_sort_only(need: Need, asked: Proposition, ahead: str) -> bool:
    """Windows 镜像, where it is asked of Linux 镜像: another name stands right before the one asked about, and narrows it."""
    own = tuple(name for names in need.by for name in names) or ("\0",)
    return any(ahead.startswith(own, match.end) for match in _others(need, asked, ahead))


def _who(need: Need, asked: Proposition, ahead: str, before: Sequence[str], text: str, carried: bool) -> float:
    """How surely the clause speaks of who is asked to need it."""
    if not need.by:
        return 1.0
    if _a_sort_only(need, asked, ahead):
        return 0.0
    if all(_all_named(need, ahead)):
        return _NAMED
    if _others(need, asked, ahead):
        return 0.0  # which then needs it
    earlier = "，".join(before)
    if all(_all_named(need, f"{earlier}，{ahead}")):
        return _CARRIED
    if not ahead.strip("不无只也还都") and any(match.start <= _OPENS for match in _others(need, asked, earlier)):
        return 0.0  # said of what the clauses before begin with
    if carried and len(need.by) == 1:
        return _CARRIED
    if carried and any(_all_named(need, text)):
        return _CARRIED * sum(_all_named(need, text)) / len(need.by)
    return _UNNAMED if all(_all_named(need, text)) else 0.0


@dataclass(frozen=True, slots=True)
class _Said:
    so: bool
    worth: float
    why: str
    ahead: str  # what stands before it in the clause, where who needs it is named


def _said(need: Need, asked: Proposition, clause: str, following: Sequence[str]) -> Iterator[_Said]:
    """What a clause says of the need."""
    for match in _NEEDS.finditer(clause):
        so = not negated(clause[max(0, match.start() - 3) : match.start()])
        share = need.share(_governed(need, asked, clause, match, so)[:_GOVERNED])
        if share >= SAYS and not _of_a_noun(need, clause, match):
            yield _Said(so, share, "needs it" if so else "does without", clause[: match.start()])
            break
    share = need.share(clause)
    if share < SAYS:
        return
    if need.added and (has := _HAS_IT.search(clause)) and not negated(clause[max(0, has.start() - 3) : has.start()]):
        yield _Said(False, share, "does without", _PART.sub("", clause[: has.start()]))
    elif need.denied and (apart := _NO_SUBSTITUTE.search(clause)) and need.share(clause[apart.end() :]) >= SAYS:
        yield _Said(True, share, "needs it", clause[: apart.start()])
    elif _OPTIONAL.search(clause):
        yield _Said(False, share, "does without", clause)
    elif _INDISPENSABLE.search(clause):
        yield _Said(True, share, "needs it", clause)
    undone = _NOT_DONE.search(clause)
    if undone is not None and need.share(clause[undone.end() : undone.end() + _GOVERNED]) >= SAYS:
        yield _Said(False, share, "does without", clause[: undone.start()])
    lacks = _LACKS.search(clause)
    if lacks is None or need.share(clause[lacks.end() : lacks.end() + _GOVERNED]) < SAYS:
        return
    rest = (clause[lacks.end() :], *(part for part in following if not _HENCE.match(part)))
    if any(_FAILS.search(part) for part in rest):
        yield _Said(True, share, "not without it", clause[: lacks.start()])
    elif need.bound and any(all(_all_named(need, part)) for part in (clause[lacks.end() :], *rest[1:])):
        yield _Said(False, _HAS_NONE * share, "does without", "，".join((clause, *rest[1:])))
    elif not (_AS_REASON.search(clause[: lacks.start()]) or _ONLY_WHEN.search(clause)):
        yield _Said(False, _HAS_NONE * share, "does without", clause[: lacks.start()])
