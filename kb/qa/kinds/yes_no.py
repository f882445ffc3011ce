"""「VM和宿主机共享内核吗?」「所有主机都是服务器吗?」「Docker是开源的吗?」「Can one client be connected to several servers?」 Yes or no, from a claim or its denial; never from silence."""

from __future__ import annotations

from typing import Literal

from kb.language.normalize import fold
from kb.language.regex import regex
from kb.language.vocabulary import plain
from kb.qa.asking.compared import compared
from kb.qa.deciding.bearing import firmly_worded
from kb.qa.deciding.placing import asked_placing, bears_out, placed, the_other_way_round
from kb.qa.deciding.platforms import asked_use, names_platform, usable
from kb.qa.deciding.propositions import ALL, asks_by_its_mark, asks_yes_or_no
from kb.qa.deciding.refuting import NOT_ALL
from kb.qa.deciding.ruling import rule
from kb.qa.deciding.sameness import asked_same, said_same
from kb.qa.deciding.verdicts import Decision
from kb.qa.deciding.weighing import beside, judge, stands_by_itself, weigh
from kb.qa.finding.index import Index, index_of
from kb.qa.finding.retrieval import Prefer, excerpt, tidy
from kb.qa.sources import Sources
from kb.qa.telling.definitions import explaining
from kb.qa.telling.drafting import Draft
from kb.qa.telling.extracts import told, weighed
from kb.qa.telling.measured import measured_for
from kb.qa.telling.verdict_words import verdict_word
from kb.qa.wording import because, quoted, say
from kb.records import Answer, Question, Sentence, Verdict

_SAME = regex(r"一回事|一码事|(?:同一[个种样]?|同样的?|一个|一样)(?:东西|事物)|相同的东西|等于|same thing|the same as")
_ALIKE = regex(r"(?<!不)(?:一样|相同)的?[吗么吧嘛不]")  # of two things and not of what they have
_AND = regex(r"\s*(?:和|与|跟|同|以及|、)\s*")
_MIGHT_DIFFER = regex(r"的[^,，的]{1,8}[跟和与]|能|可以|会(?!议|话)|要求|必须|允许|应")
# 能看见里面跑了哪些进程吗: whether it can be known, not which they are
_KNOWABLE = regex(
    r"^(?!你|您|请).*(?:能|可以|会|可否).{0,12}?(?:看[见到出清]|知道|判断|决定|证明|区分|显示|列出|分清|查到|得知).*(?:什么|哪|谁|几|多少|怎)"
    r".*(?:吗|么|不|没有?)[?？]?$"
)


# 怎么检查支不支持, 能说说需要什么条件吗: what is asked for is a way, or to be told
_ASKS_FOR_MORE = regex(
    r"举(?:[一两几]?个|点)?例|(?:怎么|如何|怎样|咋)[^,，]{0,6}(?:检查|判断|确认|知道|看出?|查|测|验证|分辨|得知)"
    r"|^(?:请问)?(?:你|您)?(?:能不能|能否|可不可以|可否|能|可以)(?:给我|帮我|跟我|为我)?(?:大概|简单|详细)?(?:说|讲|聊|谈|介绍|解释|科普|列)"
    r"|(?:什么|哪|怎|如何|为何|多少|几).*(?:能|可以|可否)[^,，]{0,4}(?:说|讲|聊|介绍|解释|科普)[^,，]{0,6}$"
)


def fits(text: str, concepts: tuple[str, ...]) -> float:
    if _ASKS_FOR_MORE.search(text):
        return 0.0
    if _KNOWABLE.search(text):
        return 0.9
    if asks_yes_or_no(text) and _MIGHT_DIFFER.search(text) and asked_same(text) is not None:
        return 0.9  # whether two may differ, or one respect of them does, and not in what they do
    return 0.85 if asks_yes_or_no(text) else 0.5 if concepts and asks_by_its_mark(text) else 0.0


def answer(question: Question, sources: Sources) -> Answer:
    index = index_of(sources)
    if _SAME.search(plain(question.text).lower()) or _two_alone(question, sources):
        same = _same_thing(question, sources)
        if same is not None:
            return same
    terms, ranked, chosen, reason = weighed(question, sources, preferring(question, sources), most=2, chars=240, keep=0.7)
    placing = asked_placing(question, terms, sources)
    if placing is not None:
        turned = the_other_way_round(placing, ranked, sources)
        ranked = tuple(item for item in ranked if item.sentence.id not in turned)
        chosen = tuple(item for item in chosen if item.sentence.id not in turned)
    draft = Draft(question, sources)
    draft.consider(terms, ranked)
    ruling = rule(question, ranked, terms, sources)
    use = asked_use(question, terms, sources)
    used = usable(use, terms, sources) if use else None
    decision, judged = used or (placed(placing, terms, sources) if placing else None) or ruling.decision, None
    if decision is None or not stands_by_itself(decision):
        judged = judge(question, ranked, terms, decision, sources)
        decision = weigh(judged, sure=ruling.missing is not None) if ruling.missing != "subject" else None
    if decision is not None and _likened_by_no_word(question, decision, index):
        decision = None
    if decision is not None and decision is not used and use is not None and not names_platform(use, decision.item.sentence, sources):
        decision = None
    if decision is not None and decision is not used and placing is not None and not bears_out(placing, decision, sources):
        decision = None
    if decision is None and judged is not None and ruling.missing is None and reason is None:
        undecided = beside(judged)
        if undecided:
            draft.note("undecided")
            return draft.done(say("undecided", question.language) + told(undecided, terms, draft))
    if decision is None:
        return draft.refused(terms, reason or because("undecided"))
    draft.note(f"decided_{decision.verdict}", clause=decision.clause, how=decision.why, worth=decision.worth)
    measured = measured_for(question, sources)
    if decision.otherwise is not None:
        both = [decision.item, decision.otherwise.item]
        one = both[:1] if both[0].sentence.id == both[1].sentence.id else both
        return draft.done(
            say("depends", question.language) + told(one, terms, draft), measurements=measured.measurements, probes=measured.probes
        )
    weighed_alone = decision.likely and (ruling.decision is None or decision.why != ruling.decision.why)
    rest = decision.beside if weighed_alone else [item for item in chosen if item in ruling.telling]
    rest = [item for item in rest if item.sentence.id != decision.item.sentence.id]
    word = verdict_word(question, decision.verdict, likely=decision.likely, condition=_condition(decision, question))
    text = word + told([decision.item, *rest[:1]], terms, draft)
    return draft.done(text, verdict=decision.verdict, measurements=measured.measurements, probes=measured.probes)


def preferring(question: Question, sources: Sources) -> Prefer:
    """Sentences that name all that the question does come first, then those on what it is asked of; an exception where it is asked of all."""
    index = index_of(sources)
    wanted = set(question.concepts)
    about = set(sources.family(question.concepts[0])) if question.concepts else set()
    others = {id_ for concept in question.concepts[1:] for id_ in sources.family(concept)}

    def prefer(sentence: Sentence) -> float:
        worth = 1.0
        named = index.concepts.get(sentence.id, set())
        if wanted and len(wanted & named) == len(wanted):
            worth += 0.15
        spoken = index.carried.get(sentence.id, set())
        if about and spoken:
            worth *= 1.2 if spoken & about else 1.0 if spoken & others else 0.8
        if ALL.search(question.text.lower()) and NOT_ALL.search(sentence.text):
            worth += 0.3
        return worth

    return prefer


def _likened_by_no_word(question: Question, decision: Decision, index: Index) -> bool:
    """Whether two things would be the same by a sentence that calls nothing the same: 虚拟机有 32 个核的 CPU does not tell that it is the real one."""
    same = asked_same(plain(question.text).lower())
    if same is None or (decision.verdict == "yes") != same:
        return False
    sentence = decision.item.sentence
    return said_same(fold(sentence.text)) is not True and not any(said_same(clause) for clause in index.clauses(sentence))


def _condition(decision: Decision, question: Question) -> Literal["conditional", "exception"] | None:
    """How the condition of what decides qualifies the verdict; 不一定 is qualified enough."""
    never_always = decision.verdict == "no" and firmly_worded(plain(question.resolved).lower())
    kind = decision.condition.kind if decision.condition is not None else None
    return kind if kind in ("conditional", "exception") and not never_always else None


def _two_alone(question: Question, sources: Sources) -> bool:
    """「A 和 B 一样吗」: likens two things to each other, and not one part or habit of theirs."""
    text = plain(question.text).lower()
    likened = _ALIKE.search(text)
    if likened is None:
        return False
    found = sources.lexicon.find(text)
    last = next((match for match in reversed(found) if match.end <= likened.start()), None)
    return (
        last is not None
        and any(_AND.fullmatch(text[match.end : last.start]) and not text[: match.start].strip() for match in found)
        and len(text[last.end : likened.start()].strip()) <= 1
    )


def _same_thing(question: Question, sources: Sources) -> Answer | None:
    """「X和Y是一回事吗」: yes only where an article equates them; else what each is. `None` where one of them is not explained."""
    joined = [thing.concept for thing in compared(question, sources) if thing.concept]
    named = joined if len(joined) > 1 else question.concepts
    things = [id_ for id_ in named if sources.known_in_articles(id_) and sources.lexicon.concept(id_).kind != "property"]
    if len(things) < 2:
        return None
    first, last = things[0], things[-1]
    draft = Draft(question, sources)
    for claim in sources.stated.of(first, "equals"):
        sentence = sources.sentence(claim.sentence_id)
        if last in (claim.subject, claim.object) and sentence is not None and not claim.analogy:
            verdict: Verdict = "yes" if claim.holds else "no"
            told_so = f"{quoted(tidy(sentence.text), question.language)}[{draft.cite(sentence)}]{say('end', question.language)}"
            return draft.done(say(verdict, question.language) + told_so, verdict=verdict)
    told_of: list[str] = []
    for id_ in (first, last):
        sentence = explaining(id_, sources)
        if sentence is None:
            return None
        told_of.append(f"{quoted(excerpt(sentence.text, ()), question.language)}[{draft.cite(sentence)}]")
    return draft.done(
        f"{say('not_same', question.language)}{say('semicolon', question.language).join(told_of)}{say('end', question.language)}",
        verdict="no",
    )
