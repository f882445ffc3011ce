"""「谁管理 Docker 容器?」「计算资源由谁分配?」「Who manages Docker containers?」 The doer, from what is stated of the thing done to."""

from __future__ import annotations

import re

from kb.language.regex import regex
from kb.qa.asking.objects import asks_whom
from kb.qa.asking.terms import plainly, terms_of
from kb.qa.deciding.propositions import all_names
from kb.qa.finding.index import Index, index_of
from kb.qa.sources import Sources
from kb.qa.telling.drafting import Draft
from kb.qa.telling.extracts import extract
from kb.qa.wording import because
from kb.records import Answer, Question, Sentence

CUES = regex(
    r"哪家(?:公司|厂商|机构|企业)|哪个(?:公司|厂商|团队|组织|机构)|"
    r"谁(?!的)(?!.{0,6}(?:快|慢|好|强|大|小|多|少|安全|轻|省))|由什么(?:管理|控制|提供|负责|分配)|被什么|哪个组件|\bwho\b|which component|what manages|what controls"
)

_AGENT = regex(r"由|负责|通过")
_DONE_BY = r"由[^,，:：;；。]{1,30}(?:开发|发起|发布|推出|创建|创立|编写|提出|设计|维护|捐)"

_ASKS_MAKER = regex(
    r"(?:谁|哪[家个位]|什么人|公司|团队|工程师)[^,，?？]{0,8}(?:开发|发起|发布|推出|创建|创立|创办|编写|写|提出|设计|发明|做|造|搞|开源|研发|研制)"
    r"|哪[家个](?:公司|厂商|企业|机构|团队|组织)的"
    r"|\bwho (?:\w+ )?(?:founded|created|made|developed|invented|wrote|built|designed|started)\b"
)
_MAKES = r"(?:开发|发起|发布|推出|开源|公开|创建|创立|创办|编写|提出|设计|发明|研发|研制)(?!者|人员|商)"
_ORIGIN = r"起源于|诞生于|脱胎于|源自|(?:合并|发展|演变|分拆)而[成来]|创始人|作者|拆分|捐"
_OF_ANOTHER, _NOT_MADE = 0.3, 0.6  # worth of what speaks of something else, and of what does not say that somebody made it


def fits(text: str, concepts: tuple[str, ...]) -> float:
    return 0.8 if CUES.search(text) and not asks_whom(text) else 0.0


def answer(question: Question, sources: Sources) -> Answer:
    """Sentences that state the asked relation with the thing as its object come first."""
    near = {id_ for concept in question.concepts for id_ in sources.family(concept)}
    stating = {
        claim.sentence_id
        for id_ in near
        if question.relation is not None
        for claim in sources.stated.of_object(id_, question.relation)
        if claim.holds and claim.subject not in near
    }
    index = index_of(sources)
    named = "|".join(re.escape(name) for id_ in question.concepts[:1] for name in all_names(id_, sources)) or "(?!)"
    by_another = re.compile(rf"(?:{named})[^,，。;；]{{0,6}}{_DONE_BY}")
    # Google 在 2014 年开源 X
    making = regex(rf"^(?!(?:{named}))[^,，。;；]{{2,30}}{_MAKES}(?:了|出)?(?:一[种个款套])?[^,，。;；]{{0,6}}(?:{named})")
    made = regex(rf"(?:{named})[^。;；]{{0,40}}?(?:{_MAKES}|{_ORIGIN})")
    by_itself = re.compile(rf"由(?:{named})")  # the thing does it, and is not done

    maker_of = question.concepts[0] if question.concepts and _ASKS_MAKER.search(plainly(question)) else None

    def says_who(sentence: Sentence) -> bool:
        text = index.folded[sentence.id]
        return (made.search(text) or making.search(text)) is not None

    def prefer(sentence: Sentence) -> float:
        if maker_of is not None and not _speaks_of(maker_of, sentence, index):
            return _OF_ANOTHER  # whoever made something that is like it made another thing
        if maker_of is not None and not says_who(sentence):
            return _NOT_MADE
        text = index.folded[sentence.id]
        if by_another.search(text) or (maker_of is not None and making.search(text)):
            done_by = 1.5
        else:
            done_by = 0.6 if by_itself.search(text) else 1.15 if _AGENT.search(text) else 1.0
        return done_by * (1.5 if sentence.id in stating else 1.0 if index.carried.get(sentence.id) else 0.85)

    several = re.search(r"哪[些几]|都有", plainly(question)) is not None
    found = extract(question, sources, prefer, most=2, listed=several)
    told = [sentence for item in found.evidence if item.sentence_id and (sentence := sources.sentence(item.sentence_id))]
    if maker_of is not None and told and not any(_speaks_of(maker_of, one, index) and says_who(one) for one in told):
        return Draft(question, sources).refused(terms_of(question, sources), because("value"))
    return found


def _speaks_of(concept: str, sentence: Sentence, index: Index) -> bool:
    """Whether a sentence names the thing itself, or goes on from one that does."""
    named = index.concepts.get(sentence.id, set()) | index.carried.get(sentence.id, set())
    before = index.before(sentence) if index.points_back(sentence) else None
    return concept in named or (before is not None and concept in index.concepts.get(before.id, set()))
