"""「Docker启动要多长时间?」「镜像有多大?」「How many cores does the platform have?」 A number with its unit: as the texts say it, and measured here if it was."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache

from kb.language.normalize import fold
from kb.language.numerals import find_numbers
from kb.language.regex import regex
from kb.language.vocabulary import plain
from kb.qa.asking.amounts import Amount, asked_amount, counted, counted_vaguely, limit_asked, limit_lacking
from kb.qa.asking.attributes import demanded
from kb.qa.asking.terms import named_in, plainly
from kb.qa.finding.index import Index, index_of
from kb.qa.finding.judging import answers, tells_number
from kb.qa.finding.retrieval import Scored
from kb.qa.kinds.here import of_this_machine
from kb.qa.sources import Sources
from kb.qa.telling.definitions import names_of
from kb.qa.telling.drafting import Draft
from kb.qa.telling.extracts import told, weighed
from kb.qa.telling.measured import measured_for
from kb.qa.wording import because, introduced, say
from kb.records import Answer, Question, Sentence

CUES = regex(
    r"哪一?年|(?:什么时候|何时)(?:首次|正式|开始|被)?(?:发布|推出|出现|诞生|成立|问世|创建|发明|提出|开源|上线|停产|停止支持|加入|发表)|"
    r"哪个?.{0,4}版本|\bwhen (?:was|were|did)\b|\b(?:which|what) (?:\w+ )?(?:version|year)\b|"
    r"多少|多久|多长时间|多长|多大|多快|(?<![举说给的这那好])几(?:个|块|核|台|毫秒|秒|分钟|小时|天|周|年|次|层|颗|倍|套|行|位|名)|多慢|占多|要多"
    r"|how (?:many|much|long|big|large|fast|slow)|what percentage|"
    r"(?:maximum|minimum|total|default) (?:number|amount|size)"
)
_BY_HOW_MUCH = regex(
    r"比.{1,16}[多少快慢大小高低长短轻重贵]了?(?:几|多少)(?!种|类)"
    r"|(?:比|相较|相对于).{1,30}?(?:少|多|减|省|精简|去|砍|取消|增加?|添|加|降)(?:掉|去|了|出|下)*(?:几|多少)(?!种|类|差|用)"
)  # asks for the amount of a difference, not for the difference
_FEW = 3  # of the best sentences, those that may say 多个 where none counts
# what stands before the question proper: in which test, on which machine, in whose example
_SETTING = regex(
    r"(?:在)?(?P<where>[^,，?？]{2,20}?(?:那[台个次段篇项][^,，?？]{0,4}?|的?(?:测试|实验|案例|例子)))(?:里面?|中|上|的)?[,，]?\s*(?P<asked>(?:总共|一共|每|单|一|有|用)[^,，]{3,})$"
)
_BACK = 6  # sentences
_ITS_OWN = frozenset("行页核位")  # measures that nothing else is counted in; 倍 may be told as a ratio
_UNDER = regex(r"条件|如果|时，|情况|最|不超过|报告|论文|说法|以上|以下|《|「|“")  # what a figure holds under, or whose it is
_REPORTED = regex(
    r"「[^」]*」|(?:常见|流行)的?说法(?:是|认为).*|有人(?:说|认为).*|(?:人们)?常说.*"
    r"|(?:一些|有些|有的|不少|某些)[^,，。]{0,6}(?:资料|文章|转述|教程|网页|博客|说法).*"
)
_PUT_RIGHT = regex(r"当成了?|误|不准确|不对|不是|错")  # a saying that the same sentence sets right may be told
_MUST_COME_NEAR = 0.8  # of the best, where one year or port is asked for
_GENERALLY = regex(r"取决于|差别很大|通常(?!的说法)|一般(?!来说)|多数|大多")
_OF_ALL = 1.2  # worth of a sentence that says what the figure hangs on, or how it is as a rule
_OPENS = 2  # characters before the name that opens a clause
_SPECIAL = 0.75  # worth of a sentence that speaks only of some of what is asked about, told apart: 运行 unikernel 的 Xen 虚拟机
_HEARSAY = 0.5  # worth of a sentence whose figures are all somebody's saying, quoted to be doubted
_ODD = regex(r"极端|例外|特例|罕见")
_EXTREME = 0.6
_ANOTHER = 0.6  # worth of a sentence under a heading on another kind of what is asked about


def fits(text: str, concepts: tuple[str, ...]) -> float:
    return 0.9 if _BY_HOW_MUCH.search(text) else 0.84 if CUES.search(text) else 0.0


def answer(question: Question, sources: Sources) -> Answer:
    index = index_of(sources)
    near = sources.family(question.concepts[0]) if question.concepts else {}
    of_thing = {quantity.sentence_id for id_ in near for quantity in sources.stated.quantities(id_)}
    wanted = asked_amount(plain(question.text))
    valued = demanded(question.text) is not None

    @cache
    def of_another(headed: frozenset[str]) -> bool:
        return bool(headed and near) and not headed & set(near) and any(_sibling(id_, near, sources) for id_ in headed)

    own = [fold(name) for name in names_of(question.concepts[0], sources)] if question.concepts else []
    names = "|".join(map(re.escape, own)) or "(?!)"
    apart = re.compile(rf"(?:的[^,，的]{{0,3}}?|[a-z0-9])(?:{names})")

    def of_some(text: str) -> bool:
        return bool(apart.search(text)) and not re.search(names, apart.sub("", text))

    def of_something_else(sentence: Sentence, amount: Amount) -> bool:
        """Whether every clause with such an amount opens with another thing and does not name this one: 服务器固件的自检需要几分钟."""
        clauses = [index.named(clause, sources) for clause in index.clauses(sentence) if amount.held_by(clause)]
        return bool(clauses) and all(
            any(match.start <= _OPENS and sources.lexicon.concept(match.concept_id).kind != "property" for match in found)
            and not any(match.concept_id in near for match in found)
            for found in clauses
        )

    def named(what: str) -> Sequence[str]:
        found = [match for match in sources.lexicon.find(what) if match.start == 0 and match.end == len(what)]
        concepts = [sources.lexicon.concept(match.concept_id) for match in found]
        return [name for concept in concepts for name in (concept.name, *concept.aliases)]

    vaguely = counted_vaguely(plainly(question), named)

    def reported(text: str) -> bool:
        """Whether such an amount stands only in somebody's saying."""
        rest = _REPORTED.sub("", text)
        if wanted is not None:
            return wanted.held_by(text) and not wanted.held_by(rest)
        return bool(find_numbers(text)) and not find_numbers(rest)

    def prefer(sentence: Sentence) -> float:
        named = index.concepts.get(sentence.id, set()) | index.carried.get(sentence.id, set())
        worth = 1.15 if sentence.id in of_thing else 1.0 if named & set(near) or not near else 0.7
        if of_another(index.heading_concepts.get(sentence.id, frozenset())):
            worth *= _ANOTHER
        if valued:
            return worth
        if reported(sentence.text):
            worth *= _HEARSAY
        if _ODD.search(sentence.text):
            worth *= _EXTREME
        if of_some(index.folded[sentence.id]):
            worth *= _SPECIAL
        if wanted is not None and wanted.held_by(sentence.text):
            if near and of_something_else(sentence, wanted):
                worth *= _SPECIAL
            elif wanted.dimension and _GENERALLY.search(sentence.text):
                worth *= _OF_ALL
            return worth * 1.54
        if vaguely is not None and vaguely.search(sentence.text):
            return worth * 1.1
        return worth * (0.6 if not find_numbers(sentence.text) else 1.1 if wanted is None else 0.77)

    terms, ranked, chosen, reason = weighed(question, sources, prefer, most=4, keep=_MUST_COME_NEAR if valued else 0.6)
    if of_this_machine(question.text):
        reason = because("this_machine")
    draft = Draft(question, sources)
    draft.consider(terms, ranked)
    if wanted is not None and not valued:
        chosen = tuple(item for item in chosen if wanted.held_by(item.sentence.text)) or (
            () if wanted.dimension or wanted.unit in _ITS_OWN else chosen
        )
        reason = reason or (None if chosen else because("number"))
    if not valued:
        chosen = tuple(item for item in chosen if _PUT_RIGHT.search(item.sentence.text) or not reported(item.sentence.text)) or chosen
        chosen = tuple(item for item in chosen if not limit_lacking(plainly(question), item.sentence.text))
        reason = reason or (None if chosen else because("number"))
    number = counted(plain(question.text), named) if not valued else None
    if number is not None:
        telling = tuple(item for item in chosen if number.search(item.sentence.text) and tells_number(item, terms))
        reason = reason or (None if telling else because("number"))
    if reason is None and not valued and not any(tells_number(item, terms) for item in chosen):
        reason = because("number")
    if reason is not None and reason.key == "number" and not limit_asked(plainly(question)):
        chosen = tuple(item for item in ranked[:_FEW] if vaguely is not None and vaguely.search(item.sentence.text))[:1]
        reason = answers(question, terms, chosen, sources) if chosen else reason
    if reason is not None:
        within = _within_a_setting(question, sources)
        return within if within is not None else draft.refused(terms, reason)
    measured = measured_for(question, sources)
    text = told(chosen, terms, draft)
    lead = introduced(question) if question.language == "en" else say("sides_differ", "zh") if wanted and _differ(chosen, wanted) else ""
    aspects = [question.aspect] if question.aspect else []
    return draft.done(lead + text, measurements=measured.measurements, probes=measured.probes, aspects=aspects)


def _within_a_setting(question: Question, sources: Sources) -> Answer | None:
    """「IBM 测试那台机器，每块 CPU 几个核」: what is asked, by itself, where the paragraph that answers speaks of the setting before it does."""
    match = _SETTING.match(plain(question.resolved))
    if match is None:
        return None
    setting = set(_concepts(match["where"], sources)[:1])
    asked = replace(question, text=match["asked"], resolved=match["asked"], concepts=_concepts(match["asked"], sources))
    answered = answer(asked, sources) if setting and asked.concepts else None
    if answered is None or answered.status != "answered":
        return None
    index = index_of(sources)
    kept = tuple(item.sentence_id for item in answered.evidence if _follows(item.sentence_id, setting, index))
    return replace(answered, question=question) if kept and len(kept) == len(answered.evidence) else None


def _concepts(text: str, sources: Sources) -> tuple[str, ...]:
    return tuple(dict.fromkeys(match.concept_id for match in named_in(text, sources)))


def _follows(sentence_id: str, setting: set[str], index: Index) -> bool:
    """Whether a sentence or one of the few before it in its paragraph names what the question gives as the setting."""
    sentence: Sentence | None = index.sentences[sentence_id]
    line = index.places[sentence_id].line
    for _ in range(_BACK):
        if sentence is None or index.places[sentence.id].line != line:
            return False
        if setting & index.concepts.get(sentence.id, set()):
            return True
        sentence = index.before(sentence)
    return False


def _differ(chosen: Sequence[Scored], wanted: Amount) -> bool:
    """Whether sentences give one figure each, and not the same one, without a condition that would explain it."""
    figures = [wanted.figures(item.sentence.text) for item in chosen]
    plainly = all(len(found) == 1 and not _UNDER.search(item.sentence.text) for found, item in zip(figures, chosen, strict=True))
    return plainly and len({found for found in figures}) > 1


def _sibling(concept_id: str, near: Mapping[str, float], sources: Sources) -> bool:
    """Another kind of what is asked about: 虚拟机镜像 for a question on 容器镜像."""
    if concept_id not in sources.lexicon:
        return False
    name = sources.lexicon.concept(concept_id).name
    return any(
        id_ in sources.lexicon and len(head := sources.lexicon.concept(id_).name) > 1 and name != head and name.endswith(head)
        for id_ in near
    )
