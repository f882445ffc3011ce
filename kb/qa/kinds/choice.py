"""「想把几个应用互相隔开,用什么合适?」「批量建配置相同的系统用哪种容器?」「Which should I choose for isolating tenants?」 What suits a purpose."""

from __future__ import annotations

from kb.language.regex import regex
from kb.qa.asking.compared import asked_beside, term_of
from kb.qa.asking.compared import in_question as offered_in
from kb.qa.asking.terms import Term, plainly, terms_of
from kb.qa.comparing.sides import as_scored, told_of_each
from kb.qa.deciding.naming import place_of
from kb.qa.deciding.propositions import asks_or_not, ends_in_particle
from kb.qa.finding.index import index_of
from kb.qa.finding.judging import answers, unanswerable
from kb.qa.finding.retrieval import Scored
from kb.qa.sources import Sources
from kb.qa.telling.drafting import Draft
from kb.qa.telling.extracts import extract, having, weighed
from kb.qa.telling.extracts import told as told_in
from kb.qa.wording import introduced
from kb.records import Answer, Question

CUES = regex(
    r"用(?:什么|哪[种个一]|啥)(?!样)(?!.{0,4}(?:端口|语言|协议|命令|算法|格式|参数|单位|文件|接口|模型|机制|结构|名|词|字段)).{0,8}(?:合适|好|适合|方便|$)|[选挑](?:哪|什么)|选择|装哪[个款种]|该用|适合用|更适合|"
    r"应该用|推荐|建议用|哪[种个].{0,6}(?:合适|适合)|should i (?:use|choose|pick)|"
    r"which (?:one )?(?:should|is better suited|suits)|best for|还是.{1,16}[?？]?$|"
    r"什么(?:场合|情况下?|时候|场景下?).{0,4}(?:该|应该|适合|用(?![户来于])|选|更合适)|"
    r"(?:^|[,，])(?:我?们?(?:想|要|打算|需要)|如果|给)[^,，]{2,30}[,，][^,，]{0,8}(?:用|走|上)哪|怎么选|如何选|该选| or .{1,20}\?$"
)


# Kata 是容器还是虚拟机 asks what it is; 该用容器还是虚拟机 asks what to choose
IDENTITY = regex(
    r"^[^,，]{1,24}?(?<![还就要只])(?:究竟|到底|其实|应该)?(?:是|属于|算)(?!不是|否)[^,，]{1,16}?(?:还是|或者?是?)[^,，]{1,16}$"
)
# Does it depend on a particular language or framework? asks of any of them, and offers no choice
_ANY_OF = regex(
    r"^(?:do|does|did|can|could|will|is|are|has|have|must|should)\b[^,?]*\b(?:any|some|particular|certain|specific|special)\s[^,?]* or "
)
_UNFIT = regex(r"不(?:应该|应当|该|适合|适宜|宜|建议|推荐|要|能|可以)(?:使?用|选|采用|$)|不适合|别用|避免用")
_SAYS_UNFIT = regex(r"不(?:再)?(?:适合|适宜|适用|宜|建议|推荐|应(?:当|该)?(?:使用|选择|采用)|要用|能用)|没有必要(?:使?用|采用)?|避免使用")


def fits(text: str, concepts: tuple[str, ...]) -> float:
    if IDENTITY.search(text) or _ANY_OF.search(text) or asks_or_not(text):
        return 0.0
    return 0.86 if CUES.search(text) and not ends_in_particle(text) else 0.0


def answer(question: Question, sources: Sources) -> Answer:
    if _UNFIT.search(plainly(question)):
        return _unfit(question, sources)
    offered = _of_each(question, sources)
    if offered is not None:
        return offered
    return _for_what(question, sources) or extract(question, sources, having(_SUITS.pattern, worth=1.4))


def _for_what(question: Question, sources: Sources) -> Answer | None:
    """「跑数据库用虚拟机好还是容器好」: sentences on one of the things offered that name what it is wanted for; `None` where they are the answer anyway."""
    things, index = offered_in(question, sources), index_of(sources)
    beside = asked_beside(things, question, terms_of(question, sources)) if len(things) > 1 else ()
    wanted = [name for term in beside if term.concepts and term.salient for name in term.names]
    if not wanted:
        return None
    terms, ranked, chosen, reason = weighed(question, sources, having(_SUITS.pattern, worth=1.4))

    def meets(item: Scored) -> bool:
        return any(place_of(index.folded[item.sentence.id], name) >= 0 for name in wanted)

    if all(map(meets, chosen)):
        return None
    draft = Draft(question, sources)
    draft.consider(terms, ranked)
    told = [item for item in ranked[:_LOOKED_AT] if meets(item) and any(thing.within(index.folded[item.sentence.id]) for thing in things)][
        :_MOST
    ]
    if reason is not None or not told:
        return None
    return draft.done(introduced(question) + told_in(told, terms, draft))


def _unfit(question: Question, sources: Sources) -> Answer:
    """Where a thing is not to be used: only sentences that say so of it."""
    terms, ranked, _, _ = weighed(question, sources, having(_SAYS_UNFIT.pattern, worth=1.6, without=0.6))
    draft = Draft(question, sources)
    draft.consider(terms, ranked)
    index = index_of(sources)
    names = tuple(name for term in terms if term.salient for name in term.names)
    chosen = [
        item
        for item in ranked[:_LOOKED_AT]
        if any(_SAYS_UNFIT.search(clause) and any(name in clause for name in names) for clause in index.clauses(item.sentence))
    ][:_MOST]
    reason = answers(question, terms, chosen, sources)
    if reason is not None:
        return draft.refused(terms, reason)
    return draft.done(introduced(question) + told_in(chosen, terms, draft))


def _of_each(question: Question, sources: Sources) -> Answer | None:
    """What suits each of the things offered (A 还是 B, 什么时候用 A，什么时候用 B), where articles say it of all of them; else `None`."""
    things = offered_in(question, sources)
    terms = terms_of(question, sources)
    if len(things) < 2 or unanswerable(question, terms):
        return None
    own = [term_of(thing, terms, sources) for thing in things]
    rest = asked_beside(things, question, terms)
    if any(term.weight > _LITTLE for term in rest):
        return None  # a purpose is named: the sentence on it decides
    suits = Term("适合", _WORDS, (), _SUITS_WEIGHT, names=_WORDS)
    told = next(iter(told_of_each(things, own, [suits], sources)), None)
    if told is None or told.said < 1.0 or not all(_SUITS.search(sentence.text) for sentence in told.sides):
        return None
    draft = Draft(question, sources)
    scored = as_scored(told, [*own, suits], index_of(sources))
    draft.consider([*own, suits], scored)
    return draft.done(introduced(question) + told_in(scored, terms, draft))


_LOOKED_AT, _MOST = 12, 3
_WORDS = ("适合", "适用", "选择", "应当使用", "应当选择")
_SUITS = regex(r"适合|适用|用于|擅长|有用|选择|推荐|更合适|场景|通常采用|可以使用")
_SUITS_WEIGHT, _LITTLE = 3.0, 0.9
