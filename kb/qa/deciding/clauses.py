"""The clauses of a sentence as a question meets them: whose each one is, and how much of what is asked it says."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from kb.language.cues import negated
from kb.language.normalize import fold
from kb.language.regex import regex
from kb.qa.deciding.naming import place_of
from kb.qa.deciding.propositions import LATIN_NAME, Proposition
from kb.qa.finding.index import Index, index_of
from kb.qa.finding.retrieval import Scored
from kb.records import Sentence

_CONTRAST = regex(r"但是?|而(?!且)|却|不过|则|反而|然而")
_SET_AGAINST = regex(rf"(?:{_CONTRAST.pattern})(?:在|对于?)?")
_TURNED = regex(r"([\u4e00-\u9fff])不(到|了|上|起|出|见|住|下|动)")  # 看不到 denies 看到
_THESE = regex(r"(?:这[些两几]|上述|此类|该)[项种个]?(?:功能|特性|能力|操作|机制|限制|问题|优点|做法|设备|资源)")
_SAID_BEFORE = regex(r"(?:支持|需要|提供|具有|拥有|可以|能够?|会|有)(?P<what>.+)")
_LEFT_OUT = regex(
    r"[^,，]{1,16}?(?:则|却|就|还|暂时|一般|通常)?(?:不|没)(?P<verb>支持|能|可以|会|需要|允许|提供|包含|有|要求)"
)  # 甲支持 X，乙不支持
_CAN = ("可以", "能够", "能", "会")
_POINTS = regex(r"其(?![他它余实次])|它|该|这|此")
_ALSO = regex(r"也|同样|还|都|均")
_SEVERAL, _ALL_OF_IT, _ONLY_SOME, _OPENS = 2, 0.9, 0.7, 2  # terms; of what is asked; the same; characters before a name
_TOLD_APART = regex(r"(?<!这样)(?<!这种)[\u4e00-\u9fffa-z]{2}的$")
_SORT = regex(r"(?![每一所这那该其各多某本任但而所因例如当在若与和对从])[\u4e00-\u9fff]{2,4}")  # 默认 of 默认网桥
_EXAMPLE = regex(r"比如|例如|譬如|诸如|如(?!果|何|此|今|需|有)|包括")
_OWN, NOBODYS, _HEADED, _NEARBY, ANOTHERS = 1.0, 0.85, 0.75, 0.6, 0.35  # worth of a clause by whose it is


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
    owner = NOBODYS if not asked.near or about & (asked.near | asked.apart_ids) else ANOTHERS
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
            clause = clause.replace(name, "·" + name[1:])  # 未命中 is what is asked about, and denies nothing
        for name in asked.given:
            clause = re.sub(rf"(?:没有|不[用装带靠]|不使用|缺少|脱离|离开){re.escape(name)}", name, clause)  # lacked in the question too
        found = index.named(clause, asked.sources)
        ids = {match.concept_id for match in found}
        leading = next((m for m in found if m.start <= 6 and asked.sources.lexicon.concept(m.concept_id).kind != "property"), None)
        if asked.near and (ids & asked.near or clause.startswith(asked.names)):
            first = leading is None or leading.concept_id in asked.near | asked.asked_ids
            owner = _OWN if first else NOBODYS
            if not (ids & asked.itself or clause.startswith(asked.names)) and _part_of_another(asked, sentence):
                owner = ANOTHERS
        elif asked.near and leading is not None and leading.concept_id not in asked.asked_ids and _changes_subject(clause, leading.start):
            owner = ANOTHERS if contrasted or owner == ANOTHERS else _NEARBY
        if asked.modifier and _of_another_sort(asked, clause):
            owner = ANOTHERS
        yield clause, owner


def _part_of_another(asked: Proposition, sentence: Sentence) -> bool:
    """安装 Linux 时，内核自带…, where Windows was asked about: whose kernel it is has another name."""
    index = index_of(asked.sources)
    named = index.concepts.get(sentence.id, set()) - asked.near - asked.asked_ids
    return not (index.about(sentence) & asked.itself) and any(
        LATIN_NAME.fullmatch(fold(asked.sources.lexicon.concept(id_).name)) for id_ in named
    )


def _of_another_sort(asked: Proposition, clause: str) -> bool:
    """自定义的网桥, where 默认网桥 was asked about: the name is told apart, and not as asked."""
    if any(place_of(clause, word) >= 0 for word in asked.modifier):
        return False
    ahead = [clause[:place] for name in asked.names if (place := place_of(clause, name)) > 0]
    return any(_TOLD_APART.search(text) or _SORT.fullmatch(text) for text in ahead)


def said_of_another(asked: Proposition, item: Scored) -> bool:
    """「LXC 的根文件系统是分层镜像吗」: the sentence names what is asked of the thing only in clauses on something else."""
    owners = [owner for clause, owner in clauses_of(asked, item.sentence) if any(place_of(clause, name) >= 0 for name in asked.last)]
    return bool(owners) and max(owners) <= ANOTHERS


def anothers(asked: Proposition, item: Scored, clause: str) -> bool:
    """Whether a clause of the sentence is about something else, which is set against the thing asked about."""
    return any(own <= ANOTHERS for text, own in clauses_of(asked, item.sentence) if text == clause)


def apart_from_it(asked: Proposition, item: Scored, clause: str) -> bool:
    """The same where another clause opens with the thing, which this one does not point to: 甲在同一链路内有效，乙可以跨网络使用."""
    if _POINTS.search(clause) or not anothers(asked, item, clause):
        return False
    return any(own == _OWN and text.startswith(asked.names) for text, own in clauses_of(asked, item.sentence))


def set_against(asked: Proposition, item: Scored) -> str | None:
    """The clause on the thing, where another says all that is asked of something else: 甲在构建时执行，乙在启动时执行, asked if 乙 is at 构建."""
    if asked.denied or asked.compares or asked.same is not None or len(asked.terms) < _SEVERAL:
        return None
    told = [(clause, owner, said_of(asked, clause)[0]) for clause, owner in clauses_of(asked, item.sentence)]
    others = [(clause, said) for clause, owner, said in told if owner <= ANOTHERS and said >= _ALL_OF_IT and not negated(clause)]
    own = [(said, clause) for clause, owner, said in told if owner == _OWN and 0 < said]
    if not others or not own or any(_ALSO.search(clause) for clause, _ in others) or negated("".join(clause for _, clause in own)):
        return None
    said, clause = max(own)
    opens = any(0 <= clause.find(name) <= _OPENS for name in asked.names)
    return clause if opens and said <= _ONLY_SOME else None


def _with_examples(clauses: Sequence[str]) -> list[str]:
    """Clauses, each whole: with the examples (比如 tmpfs) behind it, 这些功能 and 默认网桥不支持 with what the clause before named."""
    found: list[str] = []
    for clause in clauses:
        if found and _EXAMPLE.match(clause):
            found[-1] += clause
        elif found and _THESE.search(clause) and (named := _SAID_BEFORE.search(found[-1])):
            found.append(_THESE.sub(named["what"], clause))
        elif found and (short := _LEFT_OUT.fullmatch(clause)) and (what := _behind(short["verb"], found[-1])):
            found.append(clause + what)
        else:
            found.append(clause)
    return found


def _behind(verb: str, clause: str) -> str:
    """What a clause says behind a verb, or behind one that may stand for it (可以 for 能)."""
    match = re.search("|".join(_CAN) if verb in _CAN else re.escape(verb), clause)
    return clause[match.end() :] if match else ""


def _changes_subject(clause: str, start: int) -> bool:
    """虚拟机则可以…, 而虚拟机…: the name stands where a subject does, not behind a verb or preposition."""
    return start == 0 or bool(_SET_AGAINST.fullmatch(clause[:start])) or clause[:start] in ("一般", "通常", "传统", "普通", "每个", "每台")
