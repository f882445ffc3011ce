"""「Firecracker 能在 Windows 上跑吗」「VirtualBox 支持 macOS 吗」: on which operating systems a product may be used.

Three ways of writing tell it: that it is made for or runs on such a system, that it cannot be used there, and that it runs only on another one.
The operating systems are the products of that layer of the vocabulary of which guests have their own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from kb.language.normalize import fold
from kb.language.regex import regex
from kb.qa.asking.terms import Term, named_in
from kb.qa.deciding.placing import PLACED
from kb.qa.deciding.verdicts import Decision
from kb.qa.finding.index import index_of
from kb.qa.finding.retrieval import beside
from kb.qa.sources import Sources
from kb.qa.telling.definitions import names_of
from kb.records import Question, Sentence, Verdict

_RUN = "(?:跑|运行|安装|装|部署|启动|使用|用|工作)"
_ASKED = (  # # stands for the product, @ for the operating system
    regex(rf"#[^,，;；]{{0,10}}?(?:能|可以|可否|会|行)[^,，;；]{{0,6}}?{_RUN}?(?:在|到|于)[^,，;；]{{0,3}}?@[^,，;；]{{0,12}}"),
    regex(r"#[^,，;；]{0,6}?(?:在|到|于)[^,，;；]{0,3}?@[^,，;；]{0,12}?(?:能|可以|可否|会|行)[^,，;；]{0,6}"),
    regex(rf"(?:在)?@[^,，;；]{{0,8}}?(?:能|可以|可否|会)[^,，;；]{{0,4}}?{_RUN}[^,，;；]{{0,4}}?#[^,，;；]{{0,4}}"),
    regex(rf"(?:能|可以|可否|会)[^,，;；]{{0,4}}?(?:在|到|于)@[^,，;；]{{0,8}}?{_RUN}[^,，;；]{{0,4}}?#[^,，;；]{{0,4}}"),
    regex(r"#[^,，;；]{0,6}?支不?支?持[^,，;；]{0,3}?@[^,，;；]{0,6}"),
    regex(r"#[^,，;；]{0,6}?有(?:没有)?[^,，;；]{0,3}?@的?(?:版本?|客户端)[^,，;；]{0,3}"),
)
_MORE_ASKED = regex(r"[只仅]|所有|全部|任何|都|一定|必须|需要|直接|原生|家庭版|专业版")
_GENERIC = regex(r"(?:电脑|机器|系统|主机|平台|操作系统|服务器|笔记本|上面|里面?|下面?|版本?|能不能|能否|可不可以|是否|支持)+")
_NO = r"(?:不能|无法|不支持|不可以?|没法|不适用|不适合|没有)"
_ONLY = r"(?:只能|仅能|只支持|仅支持|只可以?|仅限|必须|只)"
_OF_A_GUEST = r"(?!(?:操作系统|系统)?(?:客户机|虚拟机|容器|镜像|程序|桌面|应用|内核|驱动))"
_DENIES, _USED_THERE, _TELLS_PLACE = regex(_NO), regex(rf"{_RUN}|上"), regex(rf"{_RUN}|宿主|支持|是")
_LIKELY = 0.6  # worth of what is said of an edition of it (Docker Desktop), not of the thing itself


@dataclass(frozen=True, slots=True)
class Use:
    """Whether `product` may be used on `platform`; concept ids, with the folded names of both and of the other operating systems."""

    product: str
    platform: str
    names: tuple[str, ...]
    here: tuple[str, ...]
    elsewhere: tuple[str, ...]


class _Ways:
    """What clauses look like that say, or deny, that a product is used on an operating system; compiled once a question."""

    def __init__(self, asked: Use) -> None:
        thing, here, there = (rf"(?<![a-z0-9])(?:{'|'.join(map(re.escape, some))})" for some in (asked.names, asked.here, asked.elsewhere))
        self.thing, self.here = regex(thing), regex(here)
        self.itself = regex(rf"{thing}(?![a-z0-9])")
        self.begins = regex(rf"在[^,]{{0,20}}?{here}{_OF_A_GUEST}[^,]{{0,14}}?(?:上|中|里|下)")
        self.denied_there = regex(rf"{_NO}.{{0,6}}{_RUN}?.{{0,2}}{thing}|{thing}.{{0,4}}{_NO}")
        self.opens = regex(rf"[^,]{{0,4}}{thing}")
        self.made_for = regex(rf"(?:面向|支持|适用于|可用于|运行在|运行于|安装在|装在|在)[^,]{{0,30}}?{here}{_OF_A_GUEST}")
        self.only_there = regex(rf"{_ONLY}[^,]{{0,12}}?{there}")


def asked_use(question: Question, terms: Sequence[Term], sources: Sources) -> Use | None:
    """`None` for any other question, or for one that asks more (只能, 直接)."""
    text = question.resolved
    if _MORE_ASKED.search(text):
        return None
    every = platforms(sources)
    products, hosts = [], []
    masked, at = "", 0
    for match in named_in(text, sources):
        platform = next(
            (id_ for id_, names in every.items() if match.concept_id == id_ or fold(text[match.start : match.end]) in names), None
        )
        concept = sources.lexicon.concept(match.concept_id) if match.concept_id in sources.lexicon else None
        if platform is not None:
            hosts.append(platform)
        elif concept is not None and concept.kind == "product":
            products.append(match.concept_id)
        masked += text[at : match.start] + (
            "@" if platform else "#" if products and products[-1] == match.concept_id else text[match.start : match.end]
        )
        at = match.end
    masked = (masked + text[at:]).strip().rstrip("?？吗么呢嘛 ")
    for id_, names in every.items() if not hosts else ():  # mac, which no article names
        masked, times = re.subn(rf"(?<![a-z0-9])(?:{'|'.join(map(re.escape, names))})(?![a-z0-9])", "@", masked, flags=re.IGNORECASE)
        hosts += [id_] * times
    if len(products) != 1 or len(hosts) != 1 or not any(asked.fullmatch(masked) for asked in _ASKED):
        return None
    own = {*map(fold, names_of(products[0], sources)), *every[hosts[0]]}
    rest = [term for term in terms if not own & {fold(term.label), *term.names}]
    generic = all(any(_GENERIC.fullmatch(name) or re.fullmatch(rf"{_RUN}|上?{_RUN}", name) for name in term.names) for term in rest)
    if not generic:
        return None
    elsewhere = tuple(name for id_, names in every.items() if id_ != hosts[0] for name in names if name not in every[hosts[0]])
    return Use(products[0], hosts[0], tuple(map(fold, names_of(products[0], sources))), every[hosts[0]], elsewhere)


def platforms(sources: Sources) -> dict[str, tuple[str, ...]]:
    """Operating systems by concept id, with their folded names and the beginning that is a word of its own (mac of macOS)."""
    owned = {layer.own_of for layer in sources.domain.layers if layer.own_of is not None}
    ids = [id_ for layer in sources.domain.layers if layer.level in owned for id_ in layer.concepts if id_ in sources.lexicon]
    return {
        id_: tuple(dict.fromkeys((*map(fold, names_of(id_, sources)), fold(sources.lexicon.concept(id_).name).removesuffix("os"))))
        for id_ in ids
        if sources.lexicon.concept(id_).kind == "product"
    }


def usable(asked: Use, terms: Sequence[Term], sources: Sources) -> Decision | None:
    """Yes by a sentence that has it used there, else no by one that denies it or has it only elsewhere; `None` where none does."""
    index, ways = index_of(sources), _Ways(asked)
    found: list[tuple[float, Verdict, str, Sentence]] = []
    for id_ in dict.fromkeys((*index.by_concept.get(asked.product, ()), *index.by_concept.get(asked.platform, ()))):
        sentence = index.sentences.get(id_)
        if sentence is None:
            continue
        for number, clause in enumerate(clauses := index.clauses(sentence)):
            behind = clauses[number + 1] if number + 1 < len(clauses) else ""
            said = _said(clause, behind, index.folded[id_], ways)
            if said is not None:  # Docker Desktop is an edition of Docker
                found.append((1.0 if ways.itself.search(clause + behind) else _LIKELY, *said, sentence))
    if not found:
        return None
    telling = sorted([one for one in found if one[1] == "yes"] or found, key=lambda one: (-one[0], len(one[3].text)))
    worth, verdict, why, sentence = telling[0]
    item = beside(sentence, terms, index)
    product = sources.lexicon.concept(asked.product).name
    return Decision(verdict, item, sentence.text, worth, f"{PLACED}: {product} {why}", contrary=True, likely=worth < 1.0)


def names_platform(asked: Use, sentence: Sentence, sources: Sources) -> bool:
    """Whether a sentence speaks of the very operating system: what a product does elsewhere says nothing of it."""
    return _Ways(asked).here.search(index_of(sources).folded[sentence.id]) is not None


def _said(clause: str, behind: str, sentence: str, ways: _Ways) -> tuple[Verdict, Literal["used", "denied", "elsewhere"]] | None:
    """What a clause says, with the one behind it: 「在 macOS 和 Windows 上，Docker Desktop …」 begins with the place."""
    begins = ways.begins.match(clause)
    if begins and (ways.thing.match(behind) or ways.thing.search(clause[begins.end() :])):
        return ("no", "denied") if ways.denied_there.search(clause[begins.end() :] + behind) else ("yes", "used")
    if ways.opens.match(clause) is None:
        return None
    made = ways.made_for.search(clause)
    if made is not None and (not made.group().startswith("在") or _USED_THERE.search(clause[made.end() :][:8])):
        return ("no", "denied") if _DENIES.search(clause[: made.end()]) else ("yes", "used")
    only = ways.only_there.search(sentence)
    if only is not None and not ways.here.search(sentence) and _TELLS_PLACE.search(only.group()):
        return "no", "elsewhere"
    return None
