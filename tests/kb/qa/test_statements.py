"""What is looked up is what the store gives for the same question, in its order."""

from __future__ import annotations

import pytest

from kb.qa.sources import Sources


@pytest.mark.parametrize("concept", ["container", "virtual_machine", "host_kernel", "docker", "nothing"])
@pytest.mark.parametrize("relation", [None, "shares", "has_part"])
def test_claims_are_those_of_the_store(concept: str, relation: str | None, sources: Sources) -> None:
    stated, reader = sources.stated, sources.reader
    assert stated.of(concept, relation) == reader.claims(concept=concept, relation=relation)
    assert stated.of_subject(concept, relation) == reader.claims(subject=concept, relation=relation)
    assert stated.of_object(concept, relation) == reader.claims(object=concept, relation=relation)


def test_every_claim_is_there_once(sources: Sources) -> None:
    assert sources.stated.every == sources.reader.claims() != ()


@pytest.mark.parametrize("concept", ["container", "virtual_machine", "docker", "image", "nothing"])
def test_comparisons_and_quantities_are_those_of_the_store(concept: str, sources: Sources) -> None:
    assert sources.stated.comparisons(concept) == sources.reader.comparisons(concepts=[concept])
    assert sources.stated.quantities(concept) == sources.reader.quantities(subject=concept)


def test_some_are_found(sources: Sources) -> None:
    assert sources.stated.of_object("host_kernel", "shares")
    assert any(sources.stated.quantities(id_) for id_ in sources.graph) and any(sources.stated.comparisons(id_) for id_ in sources.graph)


def test_they_are_looked_up_once_for_a_state_of_the_store(sources: Sources) -> None:
    assert sources.stated is sources.stated
