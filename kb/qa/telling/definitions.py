"""Which sentences say what a thing is: by their claims, and by how they begin."""

from __future__ import annotations

from collections.abc import Collection

from kb.language.normalize import fold
from kb.language.regex import regex
from kb.qa.finding.index import index_of
from kb.qa.sources import Sources
from kb.records import Sentence

_FIGURE = regex(r"就像|好比|相当于|类似|如同|就是手机|打个比方")
_JOINTS = frozenset("和与及、跟")
_BRACKETS = regex(r"[(（][^()（）]*[)）]")
_CLAUSES = regex(r"[,，;；]\s*(?:而|但是?|其中)?")
_TWO_THINGS = regex(r"[^,，]{0,20}[,，][^,，]{1,14}(?<!也)(?<!就)是")
_NOT_OF_IT = regex(
    r"[没无不非]|[和与跟及、]$|为什么|为何|怎么|如何"
)  # 容器没有 Hypervisor 层，它是… tells of 容器, 客户端和服务端是相对的 of both
_SAYS_WHAT = regex(r"[,，]?[^的、,，;；]{0,14}?(?:(?<![也才不])(?:就是|是指|是)|指|一般是指|又称|负责)(?!否|不是|类似)")
_ENOUGH = 0.4  # worth of a sentence that says what a thing is
_SAYS_LITTLE = regex(r"的(?:名称|名字)|区别|不同|差别|多义词|有[两多几]种(?:含义|意思)")


def is_figure(text: str) -> bool:
    """A comparison with everyday things explains, but defines nothing."""
    return bool(_FIGURE.search(text))


def without_brackets(text: str) -> str:
    return _BRACKETS.sub("", text) if "(" in text or "（" in text else text


def names_of(concept_id: str, sources: Sources) -> tuple[str, ...]:
    """Every name, folded."""
    concept = sources.lexicon.concept(concept_id)
    return tuple(fold(name) for name in (concept.name, *concept.aliases, concept.name_en or "") if name)


def opens_with(text: str, name: str) -> bool:
    """Whether a folded text begins with a name; containerd does not with container."""
    rest = text[len(name) : len(name) + 1]
    return text.startswith(name) and not (name.isascii() and rest.isascii() and rest.isalnum())


def _beside_another(text: str, name: str) -> bool:
    """Docker 和 LXC 都是…, KVM 是内核模块，QEMU 是用户态程序: what is said of two tells what neither is by itself."""
    rest = text[len(name) :].lstrip()
    return opens_with(text, name) and (rest[:1] in _JOINTS or bool(_TWO_THINGS.match(rest)))


def defines(text: str, names: tuple[str, ...]) -> bool:
    """Whether a folded sentence begins with one of the names and says what it is."""
    text = without_brackets(text)
    for name in names:
        place = text.find(name)
        if 0 <= place <= 14 and opens_with(text[place:], name) and _SAYS_WHAT.match(text, place + len(name)):
            if text[place + len(name) :].lstrip()[:1] in _JOINTS:
                continue  # 甲与乙是一回事 says what neither is
            return not _NOT_OF_IT.search(text[:place])
    return False


def defined_within(text: str, names: tuple[str, ...]) -> bool:
    """Whether a clause of a folded sentence, not only its first, begins with one of the names and says what it is."""
    return any(
        opens_with(clause, name) and _SAYS_WHAT.match(clause, len(name))
        for clause in _CLAUSES.split(without_brackets(text))
        for name in names
    )


def stating(concept_id: str, sources: Sources) -> frozenset[str]:
    """Ids of sentences that state what the concept is a kind of, or equals."""
    return frozenset(
        claim.sentence_id
        for claim in sources.stated.of_subject(concept_id)
        if claim.relation in ("is_a", "equals", "instance_of") and claim.holds and not claim.analogy
    )


def begins_longer(text: str, names: tuple[str, ...], sources: Sources) -> bool:
    """计算机网络是一组… begins with another name, that only begins like 计算机."""
    start = text.lstrip("「“\"'")
    longest = max((len(name) for name in names if opens_with(start, name)), default=0)
    return longest > 0 and any(match.start == 0 and match.end > longest for match in index_of(sources).named(start, sources))


def explaining(concept_id: str, sources: Sources, within: Collection[str] | None = None) -> Sentence | None:
    """The sentence that best says what a concept is; of its family's where it has none of its own, `within` those of it."""
    index = index_of(sources)
    best: tuple[float, Sentence] | None = None
    for id_, near in sources.family(concept_id).items():
        if within is not None and id_ not in within:
            continue
        if id_ != concept_id and fold(sources.name(id_)).endswith(fold(sources.name(concept_id))):
            continue  # what 内存虚拟化 is does not tell what 虚拟化 is
        names, stated = names_of(id_, sources), stating(id_, sources)
        ids = dict.fromkeys([*stated, *index.by_concept.get(id_, ())])
        for sentence_id in ids:
            sentence = index.sentences.get(sentence_id)
            if sentence is None:
                continue
            text = index.folded[sentence_id]
            says_what = defines(text, names) and not begins_longer(text, names, sources)
            if not (says_what or sentence_id in stated) or is_figure(sentence.text):
                continue  # it could not become worth enough
            first = any(opens_with(text, name) for name in names)
            worth = near * ((0.7 + 0.5 * first if says_what else 0.0) + (0.8 if sentence_id in stated else 0.0))
            worth += 0.15 if names and opens_with(text, names[0]) else 0.0  # its name rather than an alias
            worth *= 0.3 if _SAYS_LITTLE.search(sentence.text) or any(_beside_another(text, name) for name in names) else 1.0
            worth -= abs(len(sentence.text) - 60) / 600
            if worth > _ENOUGH and (best is None or worth > best[0]):
                best = (worth, sentence)
    return best[1] if best else None
