from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

import pytest

from ingest.clean import clean
from ingest.concepts import find_concepts
from ingest.parses import parse_sentences, words_of
from ingest.segment import segment
from ingest.syntax import find_by_syntax, verbs_read
from kb.config import ROOT
from kb.domain import Domain, load_domain
from kb.language.lexicon import Lexicon
from kb.language.parser import Arc, Parser
from kb.language.words import Tokenizer
from kb.records import Claim

PARSER = Parser.load()


@cache
def tools() -> tuple[Domain, Lexicon, Tokenizer]:
    domain = load_domain(ROOT / "corpus" / "domain")
    lexicon = Lexicon(domain.concepts)
    return domain, lexicon, Tokenizer(lexicon.names())


def readings(text: str):
    domain, lexicon, tokenizer = tools()
    return find_concepts(segment("a", clean(text, lexicon.names())), lexicon, tokenizer)[0]


def found(text: str, parser: Parser | Fake) -> tuple[Claim, ...]:
    domain, _, tokenizer = tools()
    sentences = readings(text)
    parses = parse_sentences(sentences, tokenizer, parser, verbs_read(domain))
    return find_by_syntax(sentences, parses, domain, {c.id: c.kind for c in domain.concepts}).claims


def said(claims: Iterable[Claim]) -> set[tuple[str, str, str, bool]]:
    domain = tools()[0]
    names = {concept.id: concept.name for concept in domain.concepts}
    return {(names.get(c.subject, c.subject), c.relation, names.get(c.object, c.object), c.holds) for c in claims}


class Fake:
    """A parser that gives every sentence the arcs written down for it: `word head deprel upos`, heads counted from 1, 0 the root."""

    def __init__(self, tree: str) -> None:
        self.rows = [row.split() for row in tree.strip().splitlines()]
        self.asked: list[tuple[str, ...]] = []

    def parse_all(self, sentences: Iterable[tuple[Sequence[str], Iterable[int]]]) -> list[tuple[Arc, ...]]:
        parsed = []
        for words, _ in sentences:
            self.asked.append(tuple(words))
            assert tuple(words) == tuple(row[0] for row in self.rows)
            parsed.append(tuple(Arc(i, (int(row[1]) or i + 1) - 1, row[2], row[3]) for i, row in enumerate(self.rows)))
        return parsed


# ---------------------------------------------------------------- with arcs written by hand


def test_subject_and_object_of_a_verb() -> None:
    tree = """
        容器 3 nsubj NOUN
        会 3 aux AUX
        共享 0 root VERB
        内核 3 obj NOUN
        。 3 punct PUNCT
    """
    claims = found("容器会共享内核。", Fake(tree))
    assert said(claims) == {("容器", "shares", "内核", True)}
    assert [(c.found_by, c.confidence) for c in claims] == [("syntax:arcs", 0.6)]


def test_negation_before_the_verb_denies() -> None:
    tree = """
        虚拟机 3 nsubj NOUN
        不 3 advmod ADV
        使用 0 root VERB
        内核 3 obj NOUN
        。 3 punct PUNCT
    """
    assert said(found("虚拟机不使用内核。", Fake(tree))) == {("虚拟机", "uses", "内核", False)}


def test_fused_verb_is_two_words_and_its_place_is_where_it_runs() -> None:
    tree = """
        虚拟机 2 nsubj NOUN
        运行 0 root VERB
        在 4 case ADP
        物理机 2 obl NOUN
        之上 4 case ADP
        。 2 punct PUNCT
    """
    claims = found("虚拟机运行在物理机之上。", Fake(tree))
    assert said(claims) == {("虚拟机", "runs_on", "物理机", True)}
    assert claims[0].found_by == "syntax:place"


def test_relative_clause_speaks_of_the_noun_behind_it() -> None:
    tree = """
        共享 4 acl:relcl VERB
        内核 1 obj NOUN
        的 1 mark:rel SCONJ
        容器 5 nsubj NOUN
        启动 0 root VERB
        快 5 advmod ADV
        。 5 punct PUNCT
    """
    assert said(found("共享内核的容器启动快。", Fake(tree))) == {("容器", "shares", "内核", True)}


def test_list_is_read_whole_but_not_over_a_comma() -> None:
    tree = """
        容器 2 nsubj NOUN
        使用 0 root VERB
        命名空间 2 obj NOUN
        和 5 cc CCONJ
        cgroup 3 conj NOUN
        ， 2 punct PUNCT
        虚拟机 8 nsubj NOUN
        使用 2 conj VERB
        hypervisor 8 obj NOUN
        。 2 punct PUNCT
    """
    claims = said(found("容器使用命名空间和cgroup，虚拟机使用hypervisor。", Fake(tree)))
    assert {(s, r) for s, r, _, _ in claims} == {("容器", "uses"), ("虚拟机", "uses")}
    assert len(claims) == 3


def test_subject_that_is_no_concept_is_not_replaced() -> None:
    tree = """
        小王 2 nsubj PROPN
        使用 0 root VERB
        容器 2 obj NOUN
        和 5 cc CCONJ
        虚拟机 3 conj NOUN
        。 2 punct PUNCT
    """
    assert found("小王使用容器和虚拟机。", Fake(tree)) == ()


def test_sentence_with_one_concept_is_not_parsed() -> None:
    fake = Fake("x 0 root NOUN")
    assert found("容器启动很快。", fake) == ()
    assert fake.asked == []


def test_a_subject_of_a_later_clause_does_nothing_in_the_one_before() -> None:
    tree = """
        使用 5 advcl VERB
        镜像 1 obj NOUN
        ， 1 punct PUNCT
        容器 5 nsubj NOUN
        启动 0 root VERB
        。 5 punct PUNCT
    """
    assert said(found("使用镜像，容器启动。", Fake(tree))) == set()


def test_mentions_stay_whole() -> None:
    words = [word.text for word in words_of(readings("Docker Desktop部署在Docker守护进程之上。")[0], tools()[2])]
    assert words[:3] == ["Docker Desktop", "部署", "在"]
    assert "Docker守护进程" in words


# ---------------------------------------------------------------- with the parser


@pytest.mark.skipif(PARSER is None, reason="no parser model in kb/language/parser/model")
@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("容器共享宿主机的内核。", ("容器", "shares", "宿主机内核", True)),
        ("虚拟机不会共享宿主机的内核。", ("虚拟机", "shares", "宿主机内核", False)),
        ("容器直接运行在宿主机的内核之上。", ("容器", "runs_on", "宿主机内核", True)),
        ("Docker 使用 cgroup 来限制资源。", ("Docker", "uses", "cgroups", True)),
        ("虚拟机管理程序负责管理虚拟机。", ("Hypervisor", "manages", "虚拟机", True)),
        ("容器不是虚拟机。", ("容器", "is_a", "虚拟机", False)),
        ("KVM 是一种开源的虚拟机管理程序。", ("KVM", "is_a", "Hypervisor", True)),
        ("可以在一台物理机上运行多台虚拟机。", ("虚拟机", "runs_on", "物理机", True)),
    ],
)
def test_sentences(text: str, claim: tuple[str, str, str, bool]) -> None:
    assert PARSER is not None
    assert claim in said(found(text, PARSER))


def test_what_is_not_the_same_one_is_denied_no_kind() -> None:
    plain = """
        Docker 3 nsubj PROPN
        不是 3 cop AUX
        容器 0 root NOUN
        。 3 punct PUNCT
    """
    same = """
        Docker 4 nsubj PROPN
        不是 4 cop AUX
        同一个 4 nmod NOUN
        容器 0 root NOUN
        。 4 punct PUNCT
    """
    assert said(found("Docker不是容器。", Fake(plain))) == {("Docker", "is_a", "容器", False)}
    assert said(found("Docker不是同一个容器。", Fake(same))) == set()
