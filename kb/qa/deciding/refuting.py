"""What articles report only to reject or restrict it, and what they say is not so of all: a statement so spoken of is no yes."""

from __future__ import annotations

from kb.language.cues import negated
from kb.language.normalize import fold
from kb.language.regex import regex
from kb.qa.deciding import bearing
from kb.qa.deciding.naming import place_of
from kb.qa.deciding.propositions import ALL, Proposition
from kb.qa.deciding.quantifying import ONLY_ASKED
from kb.qa.finding.index import index_of
from kb.qa.sources import Sources
from kb.records import Sentence

NOT_ALL = regex(r"并非|不是所有|不一定|未必|不都|不全")
# what is said of the statement itself: it does not follow, does not hold, is too simple
REFUTES = regex(
    r"不(?:能|应当?|可以?|要|宜)(?:[把将][^,，]{1,16})?(?:当作|视为|看作|当成)|不能(?:证明|代替|取代|保证|等于|说明)|不总是|不一定|不成立|不准确|并非|误解|过于笼统|只在部分|不是(?:互斥|对立|同一)"
    r"|不(?:等于|意味着|代表|说明)|没有(?:本质|根本)?(?:的)?(?:区别|差别|不同)|谈不上|没有必要|没有(?:硬性|固定|明确)的?(?:规定|限制|要求)"
    r"|(?:简化|笼统|片面|粗略|错误|夸大|过时|绝对化|不严谨|不严格|不精确|不准确|站不住脚)的(?:一[种个])?(?:说法|观点|看法|理解|认识|结论|印象|描述)|以偏概全|误区|(?:[」”]|说法|观点|结论)[^,，。]{0,24}不适用于|[」”][^,，。]{0,3}(?:并?不是|并不|并非)"
    r"|只在[^,，。]{1,24}?成立"
)
# these refute only what is asked: a difference, a rule, that two things exclude each other, or what stands behind them
_REFUTED_WHERE_ASKED = (  # what the clause says, and what the question must ask for that to refute it
    (
        regex(r"没有(?:本质|根本)?(?:的)?(?:区别|差别|不同)"),
        regex(
            r"区别|差别|差异|不同|一样|更|比|较|快|慢|影响|损失|[高低]于|\bdiffer|\bsame\b|\bthan\b|\blos[se]"
            r"|\b(?:fast|slow|light|heavi|bett|bigg|small|saf|great|high|low|strong|weak)er\b"
        ),
    ),
    (
        regex(r"没有必要|没有(?:硬性|固定|明确)的?(?:规定|限制|要求)"),
        regex(r"必须|只能|只(?!要)|仅|一定|要|得(?!到)|需|限|最多|至少|应|规定|要求|都"),
    ),
    (regex(r"不是同一"), regex(r"同一|一样|一回事|等于|就是|是不是|是[^,，]{1,20}[吗么]|\bsame\b|^(?:is|are) ")),
    (
        regex(r"不是(?:互斥|对立)"),
        regex(r"互斥|对立|二选一|非此即彼|取代|代替|替代|只能|必须|冲突|\breplace|\bexclusive|\binstead\b"),
    ),
)
_FIRM = regex(r"绝对|一定|完全|总是|必然|百分之百")
_SHOWS_NOT = regex(r"不能(?:证明|保证|等于|说明)|不(?:等于|意味着|代表|说明)")
# said of what the sentence before states
_NOT_SO = regex(
    r"(?:但是?|然而|不过|其实|可是)?[,，]?(?:事实|实际|情况)?(?:上|情况)?[,，]?(?:并非如此|并不是?这样|不是这样的?|不然|正好相反|恰恰相反)"
    r"|(?:但|不过)?(?:这|那)(?:其实|实际上)?(?:是|属于)(?:一[个种])?[^,，。]{0,12}(?:误解|误区|误会|错误|谣言)|(?:这|那)(?:并)?不(?:对|准确|成立|正确)"
)
_SAID_OF_IT = regex(r"(?:但|不过|然而|其实)?这?(?:种|个|句|些)?(?:常见的?)?(?:说法|观点|话|看法|结论|误解)")
REPORTED = regex(
    r"有(?:一)?种(?:常见)?(?:的)?(?:说法|观点|看法)|(?:常见|流行|通行)的?(?:说法|观点|看法)是|(?:一个|一种)[^,，。]{0,10}的(?:说法|观点|看法)$|常说|有人(?:认为|说)|误以为|误认为|口语|宣称|声称|传言|据说|谣传|网上(?:说|有人)"
)
_NOT_EVERY = regex(r"(?:并非|不是|未必|不见得)(?:所有|全部|每[个台一种套])的?")
QUANTIFIED = regex(r"所有|全部|每|任何|都|全")


def refuted_behind(clause: str, sentence: Sentence, sources: Sources) -> bool:
    """The rest of the sentence, or the next one, says of what stands in the clause that it is not so."""
    text = fold(sentence.text)
    place = text.find(clause)
    rest = text[place + len(clause) :] if place >= 0 else ""
    after = index_of(sources).after(sentence)
    next_one = fold(after.text) if after is not None else ""
    following = (rest.lstrip('」”",，'), next_one)
    return any(_NOT_SO.match(text) or (_SAID_OF_IT.match(text) and REFUTES.search(text)) for text in following)


def refutes_what_is_asked(asked: Proposition, clause: str) -> bool:
    """没有硬性规定 refutes what must be, 没有本质差别 that there is a difference, 不说明 what is named behind it."""
    for said, wanted in _REFUTED_WHERE_ASKED:
        if said.search(clause):
            return bool(wanted.search(asked.text))
    shown = _SHOWS_NOT.search(clause)
    if shown is not None and negated(clause[shown.end() :]):
        return asked.denied  # 不能证明没有漏洞
    if _FIRM.search(REFUTES.sub("", clause)) and not (
        bearing.firmly_asked(asked) or ALL.search(asked.text) or ONLY_ASKED.search(asked.text)
    ):
        return False  # 不能证明绝对安全
    return shown is None or not asked.last or any(place_of(clause[shown.end() :], name) >= 0 for name in asked.last)


def some_not(asked: Proposition, clause: str) -> bool | None:
    """并非所有主机都是服务器: whether "all" is denied of the very thing asked about; `None` where it is denied of another."""
    match = _NOT_EVERY.search(clause)
    if match is None:
        return True
    return True if clause[match.end() :].startswith(asked.names) else None
