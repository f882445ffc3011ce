"""「Docker启动要多长时间?」「镜像有多大?」「How many cores does the platform have?」 A number with its unit: as the texts say it, and measured here if it was."""

from __future__ import annotations

import re

from kb.language.numerals import find_numbers
from kb.qa.drafting import Draft
from kb.qa.extracts import told, weighed
from kb.qa.index import index_of
from kb.qa.measured import measured_for
from kb.qa.sources import Sources
from kb.qa.wording import because, say
from kb.records import Answer, Question, Sentence

CUES = re.compile(
    r"哪一?年|何时|什么时候(?!.{0,4}(?:用|选|该|应|适合))|哪个?.{0,4}版本|\bwhen (?:was|were|did)\b|\b(?:which|what) (?:\w+ )?(?:version|year)\b|"
    r"多少|多久|多长时间|多长|多大|多快|几(?:个|块|核|台|秒|分钟|层|颗|倍|套)|多慢|占多|要多|how (?:many|much|long|big|large|fast|slow)|what percentage"
)
_TIME = re.compile(r"多久|多长时间|多快|how long|how fast|几秒|几分钟")
_SIZE = re.compile(r"多大|多少(?:空间|内存|存储|磁盘|G|M)|how (?:big|large)")


def fits(text: str, concepts: tuple[str, ...]) -> float:
    return 0.84 if CUES.search(text) else 0.0


def answer(question: Question, sources: Sources) -> Answer:
    index = index_of(sources)
    near = sources.family(question.concepts[0]) if question.concepts else {}
    of_thing = {quantity.sentence_id for id_ in near for quantity in sources.reader.quantities(subject=id_)}
    wanted = "time" if _TIME.search(question.text) else "size" if _SIZE.search(question.text) else None

    def prefer(sentence: Sentence) -> float:
        named = index.concepts.get(sentence.id, set()) | index.carried.get(sentence.id, set())
        worth = 1.15 if sentence.id in of_thing else 1.0 if named & set(near) or not near else 0.7
        if not find_numbers(sentence.text):
            return worth * (1.2 if wanted == "time" and re.search(r"秒启动|瞬间", sentence.text) else 0.6)
        return worth * (1.0 if wanted is None else 1.4 if _of(wanted, sentence.text) else 0.7) * 1.1

    terms, ranked, chosen, reason = weighed(question, sources, prefer, most=4, keep=0.6)
    draft = Draft(question, sources)
    draft.consider(terms, ranked)
    if reason is None and not any(find_numbers(item.sentence.text) or re.search(r"\d|一|两|三", item.sentence.text) for item in chosen):
        reason = because("number")
    if reason is not None:
        return draft.refused(terms, reason)
    measured = measured_for(question, sources)
    text = told(chosen, terms, draft)
    distinct = len({_values(item.sentence.text) for item in chosen})
    lead = (
        say("says", "en") if question.language == "en" else say("sides_differ", "zh") if distinct > 1 and len(chosen) > 1 and wanted else ""
    )
    aspects = [question.aspect] if question.aspect else []
    return draft.done(lead + text, measurements=measured.measurements, probes=measured.probes, aspects=aspects)


def _of(dimension: str, text: str) -> bool:
    from kb.language.units import dimension_of

    return any(dimension_of(number.unit) == dimension for number in find_numbers(text))


def _values(text: str) -> tuple[tuple[float | None, str], ...]:
    return tuple((number.low, number.unit) for number in find_numbers(text))
