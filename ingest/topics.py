"""Who a clause speaks of: its own leading mention, else what the sentence, the label or the sentence before spoke of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from ingest.clauses import FIRST, LIST, SLOT, Clause, is_slot
from ingest.concepts import Reading
from ingest.gates import telling
from kb.language.regex import regex

_MODIFIER = (
    "而且|而|但是|但|然而|不过|所以|因此|因为|由于|如果|若|当|其实|同时|并且|并|此外|另外|例如|比如|那么|然后|一般来说|一般|通常|传统的?|普通的?|"
    "第[一二三四五六七八九十]+[个组台种次批]|每一[个台套种]|每[个台套种块]|各个?|多[个台套种]|[一两三几]些?[个台套种款类块]|这些|这[个种台类]?|那些|该|所有的?|全部的?|大多数|多数|大部分|任何|单个|其他的?|"
    "不同的?|新的?|现代|同一[个台种]?|某[个台种些]|另一[个台种]|早期的?|完整的?|并非|不是|并不是|只有|仅|就连|连|无论|不论|尽管|虽然|即使|目前|现在|常见的?|主流的?|典型的?|真正的?|本质上|简单来说|也就是说|换句话说|一旦|只要|即便"
)
# with an object behind it, where 虚拟出的 modifies: 虚拟出不同的操作系统 names no subject
_DOES = (
    "拥有|使用|有|没有|具有|具备|包含|需要|利用|提供|运行|共享|依赖|采用|占用|"
    "(?:虚拟化?|模拟|实现|支持|管理|建立|创建|构建|生成|产生|形成|包括|隔离|启动|安装|部署|打包|封装|取消|去掉|增加|加入|引入|消耗|分配|控制|调度|监控|选择|开启|搭建|执行|处理|存储|保存|读取|发布|抛去|省去|保证|确保|允许|替代|代替|取代)"
    "(?!出?的|[^\ue000-\uf8ff,，的]?[好过完]的)"
)
_LEADING = regex(rf"^(?P<before>(?:(?:{_MODIFIER}|(?!{_DOES})[^\ue000-\uf8ff,，是在把将被对从]{{1,6}}的)[,，]?\s?)*?)(?P<subject>{LIST})")
_MEASURED = regex(rf"^[^,，]{{2,24}}的(?P<subject>{SLOT})(?:平均|只有|约?为|约?是|达到|比|损失|大约|约)")  # 绑定虚拟 CPU 的 KVM 达到
_FRAME = regex(rf"^[^\ue000-\uf8ff]{{0,3}}(?:对于|对|在|从)(?P<frame>{SLOT})(?:来说|而言|环境来说|方面来看|角度来看)")
_OF_FRAMES = telling(_FRAME)
_PLACED = regex(r"(?:之)?[上中里内下]")
_AT = regex(r"在[^\ue000-\uf8ff,，]{0,4}$")
_MODIFIES = regex(
    rf"(?:[^\ue000-\uf8ff,，。的]{{0,2}}(?:[、和与及或]{SLOT}[^\ue000-\uf8ff,，。的]{{0,4}}|[、和与][^\ue000-\uf8ff,，。的]{{1,6}}))*[^\ue000-\uf8ff,，。的]{{0,4}}的"
)
_ITS = regex(r"^(?:而|但|且|并且)?(?:其(?![他中实它余次])|(?:其中|主要|具体|也|还)?包括)")  # 包括 lists what was named last

_SUBORDINATE = regex("由于|因为|如果|为了")
_IN_PLACE = regex(r"(?:之)?[上中里内](?![的核])|当中|之间")
_OWNS = regex(rf"(?:[上中里内]|里面|内部)?的[^\ue000-\uf8ff,，]{{0,4}}({SLOT})")
_INSIDE = regex(r"(?:之)?[上中里内]的")
_ONE_OF_TWO = regex(r"(?:而|但是?|且|其中|，|,)?\s?(前者|后者|[两二]者)(?!之一)")
_OF_TWO = telling(_ONE_OF_TWO)
_WHICH = {"前者": 0, "后者": 1}
_IT = regex(r"(?:而|但是?|所以|因此|同时)?(?:[它他她](?!们)|其(?![他中实它余次]))")
_COPULA = regex(r"(?:就|也|则|都|其实|本质上|一般|通常)*是")
_ACTS = frozenset("部署 迁移 启动 停止 运行 打包 安装 发布 存储 分配 备份 封装 扩展 升级".split())  # 部署到服务器 names no subject


class Topic:
    """The current subject while reading on, within one answer of an article."""

    def __init__(self) -> None:
        self.segment = -1
        self.main: tuple[str, ...] = ()  # what the sentence is about
        self.subjects: tuple[str, ...] = ()  # of the clause just read
        self._last: tuple[str, ...] = ()  # the last concept named in the clause just read
        self._two: tuple[str, ...] = ()  # the two that 前者 and 后者 point to
        self._one: tuple[str, ...] = ()  # whom 它 at the beginning of the next sentence may mean, where that sentence spoke of several

    def enter_sentence(self, reading: Reading, properties: frozenset[str]) -> None:
        """`properties`: concept ids that cannot act (轻量化, 性能)."""
        piece = reading.piece
        if piece.sentence.segment != self.segment:
            self.segment, self.main, self._two, self._one = piece.sentence.segment, (), (), ()
        named = [m.concept_id for m in reading.matches if m.end <= piece.body and m.concept_id not in properties] if piece.body else []
        if piece.is_heading:
            named = [match.concept_id for match in reading.matches if match.concept_id not in properties][:1]
        if named:
            self.main = (named[0],)
        self.subjects, self._last = self.main, ()

    def enter_clause(self, clauses: Sequence[Clause], number: int, properties: frozenset[str]) -> tuple[str, ...]:
        """The subjects of clause `number`; an explicit one becomes the topic where the clause opens its sentence.

        A first clause that begins with 由于, 因为 or 如果 and names no subject takes that of the next clause.
        """
        clause = clauses[number]
        explicit = tuple(id_ for id_ in leading(clause, properties) if id_ not in properties)
        if not explicit and number == 0 and len(clauses) > 1 and _SUBORDINATE.match(clause.slots):
            explicit = tuple(id_ for id_ in leading(clauses[1], properties) if id_ not in properties)
        if number == 0 and len(self._one) == 1 and _IT.match(clause.slots):
            self.subjects = self.main = self._one  # 容器和虚拟机都…, Hypervisor 是核心。它…
        pointed = None if _OF_TWO.isdisjoint(clause.characters) else _ONE_OF_TWO.match(clause.slots)
        if pointed and len(self._two) == 2:
            both = pointed[1] not in _WHICH
            self.subjects = self._two if both else (self._two[_WHICH[pointed[1]]],)
        elif explicit:
            self.subjects = explicit
            if number == 0:
                self.main, self._one = explicit, ()
            if number and len(explicit) == 1:
                self._one = explicit if len(self.main) > 1 or _is_copular(clause) else ()
        elif self._last and _ITS.match(clause.slots):
            self.subjects = self._last
        named = [match.concept_id for match in clause.matches if match.concept_id not in properties]
        if pointed is None:
            two = explicit if len(explicit) == 2 else tuple(dict.fromkeys(named))[:2]
            self._two = two if len(two) == 2 else self._two
        self._last = (named[-1],) if named else ()
        return self.subjects


@lru_cache(maxsize=2048)  # every reader asks it of the same clauses
def leading(clause: Clause, properties: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """Concepts that stand as the subject at the clause's beginning; of 容器的内核 the last, of 容器的体积 the owner."""
    if not clause.matches:
        return ()
    frame = None if _OF_FRAMES.isdisjoint(clause.characters) else _FRAME.match(clause.slots)
    if frame:
        return clause.concepts(frame["frame"])
    match = _LEADING.match(clause.slots)
    if match and _is_deed(clause, match):
        return ()
    if match is None:
        measured = _MEASURED.match(clause.slots)
        return clause.concepts(measured["subject"]) if measured else ()
    if _IN_PLACE.match(clause.slots, match.end()) and match["before"].endswith(("在", "从")):
        return ()
    owned = _OWNS.match(clause.slots, match.end()) if "的" in clause.characters else None
    if owned and not set(clause.concepts(owned[1])) <= properties:
        return clause.concepts(owned[1]) or clause.concepts(match["subject"])
    return clause.concepts(match["subject"])


def _is_copular(clause: Clause) -> bool:
    match = _LEADING.match(clause.slots)
    return match is not None and _COPULA.match(clause.slots, match.end()) is not None


def _is_deed(clause: Clause, leading: re.Match[str]) -> bool:
    """然后部署到服务器, where 部署 is named as a thing and yet is what is done."""
    first = clause.matches[ord(leading["subject"][0]) - FIRST]
    name = clause.sentence[first.start : first.end]
    return name in _ACTS and clause.slots.startswith(("到", "至", "于", "在", "成", "了", "着"), leading.end())


def head_slots(stretch: str, *, locative: bool = False) -> list[int]:
    """Indices of the slots in `stretch` that are no modifiers (not followed by 的 with another slot behind).

    `locative`: of 运行在隔离环境中的计算机 the place counts, not what is placed there.
    """
    heads: list[int] = []
    for index, character in enumerate(stretch):
        if is_slot(character):
            later = any(is_slot(other) for other in stretch[index + 1 :])
            inside = _INSIDE.match(stretch, index + 1) is not None
            placed = _PLACED.match(stretch, index + 1) is not None and _AT.search(stretch, 0, index) is not None
            if locative and inside:
                return [index]
            if not ((_MODIFIES.match(stretch, index + 1) or inside or (placed and not locative)) and later):
                heads.append(index)
    return heads
