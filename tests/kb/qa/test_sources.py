from __future__ import annotations

from collections.abc import Callable

import pytest

from kb.app import KnowledgeBase
from kb.qa.sources import Sources


def test_a_compound_and_its_parts_are_near(told: Callable[..., KnowledgeBase]) -> None:
    sources = told("Docker容器很轻。Docker是容器引擎。容器共享内核。虚拟机很重。").sources()
    assert sources.family("docker_container") == {"docker_container": 1.0, "docker": 0.7, "container": 0.7}
    assert sources.family("docker")["docker_container"] == 0.7
    assert "virtual_machine" not in sources.family("container")


def test_only_a_proper_name_slides_through_a_compound(told: Callable[..., KnowledgeBase]) -> None:
    sources = told("Docker容器很轻。Docker是容器引擎。容器共享内核。应用服务器运行应用。服务器很大。应用很小。").sources()
    assert sources.family("container")["docker"] == 0.5
    assert "app_server" in sources.family("server") and "application" not in sources.family("server")


def test_what_articles_do_not_join_is_not_near(sources: Sources) -> None:
    assert sources.family("virtual_machine") == {"virtual_machine": 1.0}
    assert sources.family("mesos") == {"mesos": 1.0}
    assert sources.family("nothing") == {"nothing": 1.0}


def test_rare_words_count_more(sources: Sources) -> None:
    assert sources.rarity("cgroups") > sources.rarity("容器") > 0
    assert sources.rarity("苏打水") > sources.rarity("cgroups")
    assert sources.rarity("Docker") == sources.rarity("docker")


@pytest.mark.parametrize(("concept", "known"), [("container", True), ("mesos", False), ("nothing", False)])
def test_only_what_is_mentioned_is_known_in_articles(concept: str, known: bool, sources: Sources) -> None:
    assert sources.known_in_articles(concept) is known


def test_names_of_known_and_unknown(sources: Sources) -> None:
    assert (sources.name("container"), sources.name("nothing")) == ("容器", "nothing")


def test_sentences_and_claims_are_read_through(sources: Sources) -> None:
    claims = sources.stated.of("host_kernel")
    assert {claim.subject for claim in claims} == {"container", "virtual_machine"}
    sentence = sources.sentence(claims[0].sentence_id)
    assert sentence is not None and "内核" in sentence.text
    assert sources.sentence("gone#1") is None
