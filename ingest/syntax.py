"""Typed relations from the arcs of a sentence: what the patterns miss because words stand between, before or behind.

Reads subject, object, place and agent off the parse; the verbs are those of relations.toml. It makes no `phrase` concepts.
`Claim.found_by` is `syntax:` and the path: `arcs` (both ends hang on the verb), `clause` (subject of a coordinated or superordinate verb),
`topic` (subject of the text before), `relative`, `place`, `copula`, `agent`, `means`, `pair`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from ingest.clauses import Clause, clauses_of, is_reported
from ingest.concepts import Reading
from ingest.parses import MODALS, Parse
from ingest.relations import BY_MEANS, CONSUMES, GIVES, Found, Key, key_of
from ingest.topics import Topic
from kb.domain import Domain
from kb.language import cues
from kb.language.regex import regex
from kb.records import Claim

CONFIDENCE = {
    "arcs": 0.6,
    "copula": 0.6,
    "place": 0.55,
    "relative": 0.5,
    "agent": 0.55,
    "pair": 0.5,
    "means": 0.45,
    "clause": 0.45,
    "topic": 0.35,
}

_LINKS = frozenset("、,，和与及或跟") | {"以及", "还有", "或者"}
_PLACE_BEFORE = frozenset(("在", "于", "到", "从"))
_PLACE_AFTER = frozenset(("上", "中", "里", "内", "之上", "之中", "上面", "里面", "当中", "下", "之下"))
_TAKEN = frozenset(("将", "把"))
_TOWARDS = frozenset(("对", "对于"))
_DONE_TO = frozenset(("isolates", "manages", "virtualizes", "packages"))  # relations whose object 对 may bring forward
_WITH_MEANS = frozenset(("用", "使用", "以"))
_LIGHT = frozenset(("实现", "进行", "做", "做到", "提供", "加以", "予以"))  # 对网络进行隔离: what is done is the object
_BY = frozenset(("由", "被"))
_WHILE = regex(r"(?:时|时候|之后|以后|之前|以前)$")  # 需要 GPU 时: says when, not what
_WITH = frozenset(("与", "和", "跟", "同"))
_PRONOUNS = frozenset(("它", "它们", "其", "他", "他们", "这", "这种", "该", "两者", "二者", "前者", "后者", "自己", "自身"))
_CARRIERS = frozenset(
    ("技术", "实例", "环境", "系统", "方案", "机制", "平台", "软件", "程序", "本身", "工具", "产品", "功能", "服务", "进程")
)
_PARTS = frozenset(("核心", "一部分", "部分", "组成部分", "基础", "组件", "部件"))
_CLOSED = {
    "有": ("has_part", True),
    "没有": ("has_part", False),
    "缺少": ("has_part", False),
    "属于": ("is_a", True),
    "无需": ("requires", False),
    "无须": ("requires", False),
    "分享": ("shares", True),
    "用": ("uses", True),
    "限制": ("manages", True),
}
_MADE_BY = frozenset(("开发", "推出", "发布", "发起", "创建", "维护", "研发", "编写", "提出", "设计"))
_IN_PATTERNS = frozenset("组成 构成 分为 例如 比如 诸如 等 叫作 叫做 称为 称作 简称".split())
_SUBJECT = ("nsubj", "csubj", "dislocated")
_NOT_ALL = regex(r"(?:并非|并不是|不是|未必|不见得)(?:所有|全部|每一?[个台]|任何)的?$")
_CAUSES = frozenset(("允许", "使", "使得", "让"))
_DEGREE = regex(r"(?:更加?|较|比|最)[^,，。;；]{0,12}[多少高低大小]")  # 占用更少的内存 says how much
_AS_MUCH = regex(r"那么|那样|这么|这样")  # 没有 Docker 那么流行 compares
_THE_SAME = regex(r"同一[个种类款台]")
_FOREMOST = regex(r"最[^,，。;；]{1,8}的[^,，。;；]{1,12}$")
_GOES_ON = regex(r"(?:[和与、及][^,，。;；]{1,10}?)?(?:所|的)(?!有|谓)")
_NEAR = 10  # characters before a verb where its negation stands


@dataclass(frozen=True, slots=True)
class _Relation:
    id: str
    holds: bool = True
    places: bool = False  # its object is a place: 运行 在 …


@dataclass(frozen=True, slots=True)
class _Ends:
    concepts: tuple[str, ...]
    path: str
    word: int | None = None  # that names them


_Claimed = tuple[Claim, int]  # with the word that says it
_NOBODY = _Ends((), "")


def verbs_read(domain: Domain) -> frozenset[str]:
    """The verbs of which a claim may be read off the arcs, and the words that patterns look for: without one a sentence need not be parsed."""
    return frozenset(("是", *_MADE_BY, *_IN_PATTERNS, *_verbs(_rows(domain))))


def find_by_syntax(readings: Sequence[Reading], parses: Mapping[int, Parse], domain: Domain, kinds: Mapping[str, str]) -> Found:
    """Claims of the parsed sentences (index into `readings` → parse); `kinds`: concept id → kind; what is a property does not act."""
    properties = frozenset(id_ for id_, kind in kinds.items() if kind == "property")
    verbs = _verbs(_rows(domain))
    topic = Topic()
    claims: dict[Key, Claim] = {}
    places: dict[Key, int] = {}
    for index, reading in enumerate(readings):
        topic.enter_sentence(reading, properties)
        if reading.piece.is_heading:
            continue
        clauses = clauses_of(reading)
        subjects = [topic.enter_clause(clauses, number, properties) for number in range(len(clauses))]
        if index not in parses:
            continue
        sentence = _Sentence(reading, parses[index], clauses, subjects, verbs, properties)
        for claim, verb in sentence.claims():
            key = key_of(claim)
            if key not in claims or claims[key].confidence < claim.confidence:
                claims[key], places[key] = claim, sentence.words[verb].start
    return Found(tuple(claims.values()), (), places)


def _rows(domain: Domain) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((relation.id, relation.verbs) for relation in domain.relations.values())


@lru_cache(maxsize=4)
def _verbs(rows: tuple[tuple[str, tuple[str, ...]], ...]) -> dict[str, _Relation]:
    """Verb → relation; 运行在 also makes 运行 a verb of places, whatever else it is."""
    verbs = {verb: _Relation(id_, holds) for verb, (id_, holds) in _CLOSED.items()}
    places: dict[str, _Relation] = {}
    for id_, names in rows:
        for verb in names:
            if id_ == "runs_on" and verb[-1] in "在于到" and len(verb) > 1:
                places[verb[:-1].removeprefix("直接")] = _Relation(id_, places=True)
            else:
                verbs[verb] = _Relation(id_)
    return verbs | places


class _Sentence:
    """One parsed sentence; numbers are indices of words."""

    def __init__(
        self,
        reading: Reading,
        parse: Parse,
        clauses: Sequence[Clause],
        subjects: Sequence[tuple[str, ...]],
        verbs: dict[str, _Relation],
        properties: frozenset[str],
    ) -> None:
        self.reading, self.words, self.arcs, self.clauses = reading, parse.words, parse.arcs, clauses
        self.topics, self.verbs, self.properties = subjects, verbs, properties
        self.children = parse.children
        # words that 是 hangs on
        self.copulas = {
            arc.head for arc in parse.arcs if arc.deprel == "cop" and arc.head != arc.index and "是" in parse.words[arc.index].text
        }
        self._numbers = [
            next((number for number, clause in enumerate(clauses) if clause.start <= word.start < clause.end), None) for word in parse.words
        ]

    # ------------------------------------------------------------ what is claimed

    def claims(self) -> Iterator[_Claimed]:
        for index, arc in enumerate(self.arcs):
            relation = self._relation(index)
            if relation is None and self.words[index].text in _MADE_BY and arc.upos == "VERB":
                made_by = self._passive_agents(index)
                if made_by and made_by.concepts:
                    yield from self._made(index, _Relation("provides"), made_by, self._subjects(index).concepts)
            elif relation:
                yield from self._by_verb(index, relation)
            elif index in self.copulas:
                yield from self._by_copula(index)
            elif arc.deprel == "case" and self._means(index):
                yield from self._by_means(index)

    def _relation(self, index: int) -> _Relation | None:
        word, arc = self.words[index], self.arcs[index]
        following = self.words[index + 1].text if index + 1 < len(self.words) else ""
        get = self.verbs.get
        relation = get(word.text + following) or get(word.text) or get(word.text.rstrip("着了出成化"))
        if (
            relation is None
            or arc.deprel in ("case", "mark", "cop")
            or not (arc.upos == "VERB" or (word.concept is None and self._has(index, "obj", "nsubj")))
        ):
            return None
        if word.concept and not self._has(index, "obj", "obl:patient", "obl"):
            return None
        return relation

    def _by_verb(self, verb: int, relation: _Relation) -> Iterator[_Claimed]:
        word, rest = self.words[verb].text, self._rest_of_clause(verb)
        if word in GIVES:
            return  # 赋予公民权利: patterns know which of the two is given
        if (word in CONSUMES and _DEGREE.search(rest)) or (word == "没有" and _AS_MUCH.search(rest)):
            return
        if relation.places:
            yield from self._by_place(verb)
            return
        done = self._done(verb)
        if done:
            yield from self._made(verb, done, self._subjects(verb), self._objects(verb, marks=_TAKEN | _TOWARDS, only_marked=True))
            return
        deed, suffered = self._deed(verb) if relation.id in ("enables", "provides") else (None, ())
        if deed is not None:
            yield from self._made(verb, deed, self._subjects(verb), suffered)
            return
        marks = _TAKEN | _TOWARDS if relation.id in _DONE_TO else _TAKEN
        given_to = rest.startswith("给") or word.endswith("给")  # 把内存分配给容器: who gets it is not what is given
        agents, objects = self._subjects(verb), self._objects(verb, marks=marks, only_marked=given_to)
        if relation.id in BY_MEANS:
            agents = self._means_of(verb) or agents
        if self.words[verb].text in _CAUSES:  # 允许管理员停止容器: whom it lets do something is no object
            objects = tuple(o for o in objects if not self._acts(o, verb))
        passive = self._passive_agents(verb)
        if passive is not None:
            if passive.concepts:
                yield from self._made(verb, relation, passive, objects or agents.concepts)
            return
        pair = self._pair(verb) if relation.id in ("isolates", "connects_to") else ()
        if pair:
            yield from self._made(verb, relation, _Ends(pair[:1], "pair"), pair[1:])
            return
        if not objects and relation.id == "requires":
            objects = tuple(
                o for child in self.children[verb] if self.arcs[child].deprel in ("xcomp", "ccomp") for o in self._objects(child)
            )
        yield from self._made(verb, relation, agents, objects)

    def _acts(self, concept: str, verb: int) -> bool:
        """Whether the mention behind a verb is followed by a verb of its own."""
        place = next((n for n in range(verb + 1, len(self.words)) if self.words[n].concept == concept), None)
        return place is not None and place + 1 < len(self.words) and self.arcs[place + 1].upos == "VERB"

    def _deed(self, verb: int) -> tuple[_Relation | None, tuple[str, ...]]:
        """实现进程和资源的隔离: a deed that is the object, and whom it is done to."""
        for child in self.children[verb]:
            relation = self.verbs.get(self.words[child].text) if self.arcs[child].deprel == "obj" else None
            if relation is not None and relation.id in _DONE_TO:
                of = [c for c in self.children[child] if c < child and self.arcs[c].deprel.startswith(("nmod", "obj", "compound"))]
                suffered = tuple(dict.fromkeys(concept for c in of for concept in self._named(c)))
                if suffered:
                    return relation, suffered
        return None, ()

    def _done(self, verb: int) -> _Relation | None:
        """对网络实现隔离 isolates: what a verb that says nothing by itself does, where it is done to something."""
        if self.words[verb].text not in _LIGHT:
            return None
        towards = any(self._marks(child) & (_TAKEN | _TOWARDS) for child in self.children[verb])
        deeds = (self.words[child].text for child in self.children[verb] if self.arcs[child].deprel == "obj")
        found = next((self.verbs[deed] for deed in deeds if deed in self.verbs), None)
        return found if towards and found and found.id in _DONE_TO else None

    def _by_place(self, verb: int) -> Iterator[_Claimed]:
        places = [child for child in self.children[verb] if self._is_place(child, verb)]
        objects = self._objects(verb, leave=places)
        agents = self._subjects(verb)
        if not places:
            if self.words[verb].text in ("运行", "安装") and objects and agents.path == "arcs":
                yield from self._made(verb, _Relation("hosts"), agents, objects)
            return
        things = _Ends(objects, "place") if objects else _Ends(agents.concepts, "place" if agents.path == "arcs" else agents.path)
        for place in places:
            yield from self._made(verb, _Relation("runs_on"), things, self._named(place))

    def _by_copula(self, index: int) -> Iterator[_Claimed]:
        agents = self._own_subjects(index)
        copula = next(child for child in self.children[index] if self.arcs[child].deprel == "cop" and "是" in self.words[child].text)
        if agents is None or agents.path != "arcs" or (copula and self.words[copula - 1].text == "的"):
            return  # what it uses is …: 用的是 Consul
        if _THE_SAME.search(self.reading.text, self.words[copula].start, self.words[index].start + 1):
            return  # 不是同一个软件 denies that they are one, and not that either is of the kind
        if _FOREMOST.search(self.reading.text, 0, self.words[copula].start):
            return  # 最常见的引擎是 Docker: patterns know which of the two is a kind of the other
        path = "copula"
        word = self.words[index]
        if word.concept in self.properties and word.concept:
            yield from self._made(index, _Relation("has_property"), _Ends(agents.concepts, path), (word.concept,))
        elif word.concept and not _GOES_ON.match(self.reading.text, self.words[index].end):  # 是服务所在的位置: a place, and no service
            yield from self._made(index, _Relation("is_a"), _Ends(agents.concepts, path), (word.concept,))
        elif word.text in _PARTS:
            wholes = tuple(c for child in self.children[index] if self.arcs[child].deprel == "nmod" for c in self._named(child))
            yield from self._made(index, _Relation("part_of"), _Ends(agents.concepts, path), wholes)

    def _means_of(self, verb: int) -> _Ends | None:
        """用 Firecracker 代替 QEMU: what is used does it."""
        for child in self.children[verb]:
            if child < verb and self.words[child].text in _WITH_MEANS and self.arcs[child].deprel in ("advcl", "xcomp", "ccomp"):
                used = self._objects(child)
                if used:
                    return _Ends(used, "means")
        return None

    def _means(self, index: int) -> bool:
        relation = self.verbs.get(self.words[index].text)
        return relation is not None and relation.id == "uses"

    def _by_means(self, index: int) -> Iterator[_Claimed]:
        """通过 X 实现 Y: who does Y uses X."""
        means = self.arcs[index].head
        verb = self.arcs[means].head
        if self.arcs[means].deprel.startswith("obl") and verb != means:
            agents = self._subjects(verb)
            yield from self._made(index, _Relation("uses"), _Ends(agents.concepts, "means"), self._named(means))

    # ------------------------------------------------------------ who and what

    def _has(self, index: int, *deprels: str) -> bool:
        return any(self.arcs[child].deprel in deprels for child in self.children[index])

    def _subjects(self, verb: int, depth: int = 0) -> _Ends:
        own = self._own_subjects(verb)
        if own is not None:
            return own
        arc = self.arcs[verb]
        if arc.deprel.startswith("acl") and arc.head > verb:
            named = self._named(arc.head, lists=False)
            return _Ends(named, "relative") if self._has(verb, "obj", "obl", "obl:patient") or not self._has(verb, "nsubj") else _NOBODY
        if arc.deprel in ("conj", "xcomp", "ccomp", "parataxis", "advcl") and arc.head != verb and depth < 4:
            head = arc.head
            if self.arcs[head].upos == "VERB" or self._has(head, "nsubj", "cop"):
                if arc.deprel in ("xcomp", "ccomp") and self.words[head].text in ("使", "使得", "让", "允许"):
                    causee = self._objects(head)
                    return _Ends(causee, "clause") if causee else _NOBODY
                if self._says_when(verb):
                    return _NOBODY
                if arc.deprel != "ccomp" or self.words[head].text in MODALS:
                    found = self._subjects(head, depth + 1)
                    if found.word is not None and found.word > verb:
                        return self._topic(verb)  # who does what a later clause says
                    return _Ends(found.concepts, "clause" if found.path == "arcs" and arc.deprel != "xcomp" else found.path, found.word)
        return self._topic(verb)

    def _own_subjects(self, verb: int) -> _Ends | None:
        """`None`: no subject of its own; nobody: one that is no concept. Of two (容器 启动 快) the one beside the verb."""
        own = [c for c in self.children[verb] if self.arcs[c].deprel.split(":")[0] in _SUBJECT and not self._by(c)]
        if not own:
            return None
        nearest = max((child for child in own if child < verb), default=own[0])
        if self.words[nearest].text in _PRONOUNS and not self.words[nearest].concept:
            return self._topic(nearest)
        same_clause = self._clause_number(nearest) == self._clause_number(verb)
        return _Ends(self._named(nearest), "arcs" if same_clause else "clause", nearest)

    def _topic(self, index: int) -> _Ends:
        number = self._clause_number(index)
        return _NOBODY if number is None or self._says_when(index) else _Ends(self.topics[number], "topic")

    def _objects(
        self, verb: int, leave: Sequence[int] = (), marks: frozenset[str] = _TAKEN, *, only_marked: bool = False
    ) -> tuple[str, ...]:
        """Concepts that the verb is about; `marks` are words that bring an object forward (把)."""
        chosen = [
            child
            for child in self.children[verb]
            if child not in leave
            and self._clause_number(child) == self._clause_number(verb)  # an arc over a comma is mostly wrong
            and (self._marks(child) & marks or (not only_marked and self.arcs[child].deprel in ("obj", "obl:patient", "nsubj:pass")))
            and (not self._marks(child) & (_TAKEN | _TOWARDS) or self._marks(child) & marks)
        ]
        return tuple(dict.fromkeys(c for child in chosen for c in self._named(child)))

    def _passive_agents(self, verb: int) -> _Ends | None:
        """`None`: the verb is active."""
        for child in self.children[verb]:
            if self.arcs[child].deprel == "obl:agent" or self._by(child):
                return _Ends(self._named(child), "agent")
        return _NOBODY if self._has(verb, "aux:pass", "nsubj:pass") else None

    def _by(self, index: int) -> bool:
        """由 Canonical 公司: whether 由 or 被 stands before the noun phrase, whatever its arc says."""
        if not self.arcs[index].deprel.startswith(("obl", "nsubj", "nmod")):
            return False
        first = min((index, *self.children[index]))
        return self.words[first].text in _BY or (first > 0 and self.words[first - 1].text in _BY)

    def _pair(self, verb: int) -> tuple[str, ...]:
        """容器 与 主机 隔离: both ends of what one verb says of two."""
        for child in self.children[verb]:
            if self.arcs[child].deprel.startswith("obl") and self._marks(child) & _WITH:
                others = self._objects(verb, leave=[child]) or self._subjects(verb).concepts
                if others and self._named(child):
                    return (others[0], self._named(child)[0])
        return ()

    def _marks(self, index: int) -> set[str]:
        return {self.words[child].text for child in self.children[index] if self.arcs[child].deprel in ("case", "mark", "cc")}

    def _is_place(self, index: int, verb: int) -> bool:
        deprel, marks = self.arcs[index].deprel.split(":")[0], self._marks(index)
        if deprel in ("obj", "obl", "nmod") and verb < index and self.words[verb + 1].text in _PLACE_BEFORE:
            return True
        return deprel in ("obl", "obj", "nmod", "nsubj") and bool(
            marks & _PLACE_BEFORE or (marks & _PLACE_AFTER and deprel in ("obl", "nsubj"))
        )

    def _named(self, index: int, *, lists: bool = True) -> tuple[str, ...]:
        """Concepts of a noun and of what is enumerated with it; of 容器技术, where only 容器 is known, 容器."""
        word = self.words[index]
        found: list[str] = []
        if word.concept:
            found.append(word.concept)
            if lists:
                found += self._enumerated(index)
        elif word.text in _CARRIERS and index and self.words[index - 1].concept and self.arcs[index - 1].head == index:
            found.append(str(self.words[index - 1].concept))
        if lists:
            for child in self.children[index]:
                same_clause = self._clause_number(child) == self._clause_number(index)
                if self.arcs[child].deprel == "conj" and self.arcs[child].upos != "VERB" and same_clause:
                    found += self._named(child)
        return tuple(dict.fromkeys(found))

    def _enumerated(self, index: int) -> Iterator[str]:
        """A、B 和 C: the neighbours in a list, whatever the arcs say."""
        for step in (-2, 2):
            place = index + step
            while 0 <= place < len(self.words) and self._is_listed(place, place - step // 2, index):
                yield str(self.words[place].concept)
                place += step

    def _is_listed(self, index: int, link: int, first: int) -> bool:
        after = self.words[index + 1].text if index + 1 < len(self.words) else ""
        return (
            self.words[link].text in _LINKS
            and self.words[index].concept is not None
            and after != "的"
            and self._clause_number(index) == self._clause_number(first)
        )

    # ------------------------------------------------------------ the claim

    def _clause_text(self, number: int) -> str:
        return self.reading.text[self.clauses[number].start : self.clauses[number].end].strip()

    def _rest_of_clause(self, index: int) -> str:
        number = self._clause_number(index)
        return self.reading.text[self.words[index].end : self.clauses[number].end] if number is not None else ""

    def _says_when(self, index: int) -> bool:
        number = self._clause_number(index)
        return number is not None and _WHILE.search(self._clause_text(number)) is not None

    def _clause_number(self, index: int) -> int | None:
        return self._numbers[index]

    def _made(self, verb: int, relation: _Relation, agents: _Ends, objects: Iterable[str]) -> Iterator[_Claimed]:
        number = self._clause_number(verb)
        if number is None:
            return
        for subject in agents.concepts:
            for object_ in objects:
                if subject == object_ or subject in self.properties:
                    continue
                if object_ in self.properties and relation.id not in ("has_property", "provides", "enables", "requires"):
                    continue
                yield self._claim(verb, number, relation, subject, object_, agents.path), verb

    def _claim(self, verb: int, number: int, relation: _Relation, subject: str, object_: str, path: str) -> Claim:
        clause, text = self.clauses[number], self.reading.text
        before = text[clause.start : self.words[verb].start]
        said = text[clause.start : clause.end]
        analogy = cues.find("analogy", said) is not None
        not_all = bool(_NOT_ALL.search(before))
        return Claim(
            self.reading.piece.sentence.id,
            self.reading.piece.mapped.original(clause.start, clause.end),
            subject,
            relation.id,
            object_,
            holds=relation.holds != (not_all or cues.denied(self._near(verb, clause.start))),
            hedge=cues.hedge_in(before),
            condition=self._condition(number),
            scope="not_all" if not_all else None,
            analogy=analogy,
            found_by=f"syntax:{path}",
            confidence=CONFIDENCE.get(path, 0.3) * (0.6 if analogy else 1.0) * (0.4 if is_reported(said) else 1.0),
        )

    def _near(self, verb: int, start: int) -> str:
        """The words before a verb or up to a copula, back to the verb before it, where a negation would stand."""
        noun = self.arcs[verb].upos != "VERB"
        copulas = [child for child in self.children[verb] if noun and self.arcs[child].deprel == "cop" and child < verb]
        pieces: list[str] = [self.words[copulas[0]].text] if copulas else []
        for index in range((copulas[0] if copulas else verb) - 1, -1, -1):
            word = self.words[index]
            if word.start < start or len("".join(pieces)) >= _NEAR:
                break
            if self.arcs[index].upos == "VERB" and word.text not in MODALS and not cues.denied(word.text):
                break
            if not word.concept:
                pieces.insert(0, word.text)
        return cues.of_the_verb("".join(pieces))

    def _condition(self, number: int) -> str | None:
        for clause in reversed(self.clauses[:number]):
            if cues.find("condition", clause.slots[:4]):
                return self.reading.text[clause.start : clause.end]
        return None
