"""Two readers, one list: what both find counts more, what the arcs speak against counts less, and without a parser reading goes on."""

from __future__ import annotations

from functools import cache

import pytest

from ingest.claims import LEAST, candidates, find_claims
from ingest.clean import clean
from ingest.concepts import find_concepts
from ingest.segment import segment
from ingest.weighing import AGREED, WEIGHTS, likelihood
from kb.config import ROOT
from kb.domain import load_domain
from kb.language.lexicon import Lexicon
from kb.language.parser import Parser
from kb.language.words import Tokenizer

PARSER = Parser.load()


@cache
def tools():
    domain = load_domain(ROOT / "corpus" / "domain")
    lexicon = Lexicon(domain.concepts)
    return domain, lexicon, Tokenizer(lexicon.names())


def read(text: str):
    domain, lexicon, tokenizer = tools()
    readings = find_concepts(segment("a", clean(text, lexicon.names())), lexicon, tokenizer)[0]
    return readings, tokenizer, domain, {concept.id: concept.kind for concept in domain.concepts}


def said(text: str, parser: Parser | None = PARSER) -> set[tuple[str, str, str, bool]]:
    names = {concept.id: concept.name for concept in tools()[0].concepts}
    claims, _ = find_claims(*read(text), parser)
    return {(names.get(c.subject, c.subject), c.relation, names.get(c.object, c.object), c.holds) for c in claims}


@pytest.mark.skipif(PARSER is None, reason="no parser model")
def test_what_both_readers_find_is_told_once_and_trusted_more() -> None:
    found, _ = candidates(*read("容器共享宿主机的内核。"), PARSER)
    shared = [(claim, traits) for claim, traits in found if claim.relation == "shares"]
    assert len(shared) == 1 and AGREED in shared[0][1]
    alone = next(claim for claim in find_claims(*read("容器共享宿主机的内核。"), None)[0] if claim.relation == "shares")
    both = next(claim for claim in find_claims(*read("容器共享宿主机的内核。"), PARSER)[0] if claim.relation == "shares")
    assert both.confidence > alone.confidence


@pytest.mark.skipif(PARSER is None, reason="no parser model")
def test_a_subject_carried_over_from_another_sentence_weighs_little() -> None:
    def weight(text: str) -> float:
        return next(likelihood(traits) for claim, traits in candidates(*read(text), PARSER)[0] if claim.subject == "administrator")

    assert weight("管理员登录服务器。为了减少层数，虽然占用更多，可以使用大页内存。") < weight("为了减少层数，管理员可以使用大页内存。")


@pytest.mark.skipif(PARSER is None, reason="no parser model")
def test_an_order_to_the_reader_says_nothing_of_what_the_text_before_spoke_of() -> None:
    assert not any(relation == "uses" for _, relation, _, _ in said("Docker是一种容器引擎。使用Kubernetes连接服务器。"))
    assert ("Docker", "uses", "Linux内核", True) in said("Docker是一种容器引擎。它使用Linux内核。")


def test_without_a_parser_patterns_read_on() -> None:
    assert ("容器", "shares", "宿主机内核", True) in said("容器共享宿主机内核。", None)


def test_phrases_of_claims_left_out_are_left_out_too() -> None:
    claims, phrases = find_claims(*read("在作者公开的原始记录中，没有设置拓扑的第一组 KVM 平均只有 130 GFLOPS。"), PARSER)
    assert {phrase.id for phrase in phrases} <= {claim.object for claim in claims}


def test_traits_for_and_against() -> None:
    plain = likelihood(frozenset({"by verb"}))
    assert likelihood(frozenset({"by verb", AGREED})) > plain > likelihood(frozenset({"by verb", "subject of another sentence"}))
    assert likelihood(frozenset({"by verb", "a trait that no weight is known of"})) == plain
    assert 0 < LEAST < 1


def test_every_weight_is_a_finite_number() -> None:
    rows = [line.split("\t") for line in WEIGHTS.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    assert len({name for name, _ in rows}) == len(rows) > 10
    assert all(abs(float(weight)) < 10 for _, weight in rows)
