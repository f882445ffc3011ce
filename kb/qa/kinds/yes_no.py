"""「VM和宿主机共享内核吗?」「所有主机都是服务器吗?」「Docker是开源的吗?」「Can one client be connected to several servers?」 Yes or no, from a claim or its denial; never from silence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from kb.language.normalize import fold
from kb.language.vocabulary import plain
from kb.qa.asking.compared import compared
from kb.qa.asking.terms import Term
from kb.qa.deciding.bearing import firmly_worded
from kb.qa.deciding.propositions import ALL, asks_by_its_mark, asks_yes_or_no, subject_of
from kb.qa.deciding.refuting import NOT_ALL
from kb.qa.deciding.sameness import asked_same, said_same
from kb.qa.deciding.verdicts import Decision, decide
from kb.qa.deciding.weighing import BY_WORDS, Judged, beside, doubtful, judge, weigh
from kb.qa.finding.index import Index, index_of
from kb.qa.finding.retrieval import Scored, excerpt, met, tidy
from kb.qa.sources import Sources
from kb.qa.telling.definitions import explaining
from kb.qa.telling.drafting import Draft
from kb.qa.telling.extracts import told, weighed
from kb.qa.telling.measured import measured_for
from kb.qa.telling.verdict_words import verdict_word
from kb.qa.wording import because, quoted, say
from kb.records import Answer, Claim, Question, Sentence, Verdict

_SPEAKS_OF = 0.3  # how well a sentence must meet the name of a thing to speak of it
_NAMES = 0.7  # how well a sentence must meet it to name it
_OPENS = 2  # characters before the name that opens a question
_NEARLY_ALL = 0.55  # of what is asked of a thing, what a sentence must say that does not name it
_FEW = 4  # sentences
_SAME = re.compile(r"一回事|一码事|(?:同一[个种样]?|同样的?|一个|一样)(?:东西|事物)|相同的东西|等于|same thing|the same as")
_ALIKE = re.compile(r"(?<!不)(?:一样|相同)的?[吗么吧嘛不]")  # of two things and not of what they have
_AND = re.compile(r"\s*(?:和|与|跟|同|以及|、)\s*")
_MIGHT_DIFFER = re.compile(r"的[^,，的]{1,8}[跟和与]|能|可以|会(?!议|话)|要求|必须|允许|应")
# 能看见里面跑了哪些进程吗: whether it can be known, not which they are
_KNOWABLE = re.compile(
    r"^(?!你|您|请).*(?:能|可以|会|可否).{0,12}?(?:看[见到出清]|知道|判断|决定|证明|区分|显示|列出|分清|查到|得知).*(?:什么|哪|谁|几|多少|怎)"
    r".*(?:吗|么|不|没有?)[?？]?$"
)


# 怎么检查支不支持, 能说说需要什么条件吗: what is asked for is a way, or to be told
_ASKS_FOR_MORE = re.compile(
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
    wanted = set(question.concepts)
    about = set(sources.family(question.concepts[0])) if question.concepts else set()
    others = {id_ for concept in question.concepts[1:] for id_ in sources.family(concept)}
    if _SAME.search(plain(question.text).lower()) or _two_alone(question, sources):
        same = _same_thing(question, sources)
        if same is not None:
            return same

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

    terms, ranked, chosen, reason = weighed(question, sources, prefer, most=2, chars=240, keep=0.7)
    draft = Draft(question, sources)
    draft.consider(terms, ranked)
    telling = _of_the_subject(question, terms, ranked, sources)
    missing = _missing(question, terms, sources)
    decision = decide(question, telling, terms, sources, _claim_for(question, telling[:6], sources)) if missing != "subject" else None
    if decision is None and missing is None:  # the sentence may leave its subject to those before it
        telling = _saying_it(question, terms, ranked, sources)
        decision = decide(question, telling, terms, sources, None) if telling else None
    if decision is not None and (
        doubtful(decision, question, ranked, terms, sources) or _outweighed(decision, question, ranked, terms, sources)
    ):
        decision = None
    judged: Judged | None = None
    if decision is None and missing != "subject":  # no clause says it in the question's words
        terms, ranked, chosen, _ = weighed(question, sources, most=2, chars=240, keep=0.7)
        judged = judge(question, ranked, terms, sources)
        decision = weigh(judged)
        telling = decision.beside if decision is not None else ()
        chosen = telling
    if decision is not None and _likened_by_no_word(question, decision, index):
        decision = None
    if decision is None and missing is None and reason is None:
        undecided = beside(judged or judge(question, ranked, terms, sources))
        if undecided:
            draft.note("undecided")
            return draft.done(say("undecided", question.language) + told(undecided, terms, draft))
    if decision is None or (missing and not (decision.contrary or decision.likely)):
        return draft.refused(terms, reason or because("undecided"))
    draft.note(f"decided_{decision.verdict}", clause=decision.clause, how=decision.why, worth=decision.worth)
    measured = measured_for(question, sources)
    rest = [item for item in chosen if item in telling and item.sentence.id != decision.item.sentence.id]
    if decision.otherwise is not None:
        both = [decision.item, decision.otherwise.item]
        one = both[:1] if both[0].sentence.id == both[1].sentence.id else both
        return draft.done(
            say("depends", question.language) + told(one, terms, draft), measurements=measured.measurements, probes=measured.probes
        )
    word = verdict_word(question, decision.verdict, likely=decision.likely, condition=_condition(decision, question))
    text = word + told([decision.item, *rest[:1]], terms, draft)
    return draft.done(text, verdict=decision.verdict, measurements=measured.measurements, probes=measured.probes)


def _outweighed(decision: Decision, question: Question, ranked: Sequence[Scored], terms: Sequence[Term], sources: Sources) -> bool:
    """Whether what was fitted on other questions says the contrary of what a clause seems to say."""
    if decision.why not in BY_WORDS or decision.otherwise is not None:
        return False
    by_weight = weigh(judge(question, ranked, terms, sources))
    return by_weight is not None and by_weight.verdict != decision.verdict


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


def _missing(question: Question, terms: Sequence[Term], sources: Sources) -> str | None:
    """Whether no article names what is asked about, or what is asked of it; the latter can still be contradicted."""
    names = [term for term in terms if term.salient]
    if names and names[0].missing and not any(sources.known_in_articles(id_) for id_ in question.concepts):
        return "subject"
    return "object" if any(term.missing for term in names) else None


def _of_the_subject(question: Question, terms: Sequence[Term], ranked: Sequence[Scored], sources: Sources) -> tuple[Scored, ...]:
    """Sentences that name the thing asked about, or carry it as their subject; what another thing has decides nothing."""
    named = _first_name(question, terms, sources)
    if named is not None:
        ranked = tuple(item for item in ranked if item.covered[named] >= _SPEAKS_OF)
    subject = subject_of(question, ranked, sources)
    if subject is None:
        return tuple(ranked)
    index, near = index_of(sources), set(sources.family(subject))
    own = [number for number, term in enumerate(terms) if any(id_ == subject for id_, nearness in term.concepts if nearness == 1.0)]
    return tuple(item for item in ranked if index.about(item.sentence) & near or any(item.covered[number] >= _NAMES for number in own))


def _first_name(question: Question, terms: Sequence[Term], sources: Sources) -> int | None:
    """The number of the term that names the thing asked about where it is no concept: a name that opens the question."""
    text = fold(plain(question.text))
    for number, term in enumerate(terms):
        if term.salient and not term.concepts and not term.missing and term.names and 0 <= text.find(term.names[0]) <= _OPENS:
            return number
    return None


def _saying_it(question: Question, terms: Sequence[Term], ranked: Sequence[Scored], sources: Sources) -> tuple[Scored, ...]:
    """Sentences that say nearly all that is asked of the thing, a few sentences behind one that names it."""
    subject = subject_of(question, ranked, sources)
    own = [number for number, term in enumerate(terms) if subject and any(id_ == subject for id_, near in term.concepts if near == 1.0)]
    rest = [number for number in range(len(terms)) if number not in own]
    total = sum(terms[number].weight for number in rest)
    if not own or not total:
        return ()
    index = index_of(sources)

    def said(item: Scored) -> float:
        return sum(terms[number].weight * item.covered[number] for number in rest) / total

    def named_before(sentence: Sentence) -> bool:
        before: Sentence | None = sentence
        for _ in range(_FEW):
            before = index.before(before) if before else None
            if before is not None and met(terms[own[0]], before, index) >= _SPEAKS_OF:
                return True
        return False

    return tuple(item for item in ranked if said(item) >= _NEARLY_ALL and (len(rest) > 1 or named_before(item.sentence)))


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


def _claim_for(question: Question, ranked: Sequence[Scored], sources: Sources) -> Claim | None:
    """A claim of a sentence on the asked relation from the first of the asked concepts to another."""
    if question.relation is None or len(question.concepts) < 2:
        return None
    first, *others = [sources.family(id_) for id_ in question.concepts]
    symmetric = sources.domain.relations[question.relation].symmetric
    best: tuple[float, Claim] | None = None
    for item in ranked:
        for claim in sources.reader.claims(sentence_id=item.sentence.id):
            if claim.relation != question.relation or claim.analogy:
                continue
            near = max(first.get(claim.subject, 0.0) * other.get(claim.object, 0.0) for other in others)
            if symmetric:
                near = max(near, *(first.get(claim.object, 0.0) * other.get(claim.subject, 0.0) for other in others))
            if near >= 0.49 and (best is None or near * claim.confidence > best[0]):
                best = (near * claim.confidence, claim)
    return best[1] if best else None
