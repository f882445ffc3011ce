from __future__ import annotations

from dataclasses import replace

import pytest

from kb.qa.finding.closeness import above_the_rest, closeness, matched_without, meant
from kb.qa.finding.index import index_of
from kb.qa.sources import Sources


def test_a_sentence_lies_near_what_asks_for_it_in_other_words(sources: Sources) -> None:
    index = index_of(sources)
    told = next(id_ for id_, sentence in index.sentences.items() if "内核" in sentence.text)
    own = index.sentences[told].text
    near = closeness(meant(own, sources), own, list(index.sentences), index, sources)
    assert max(near, key=lambda id_: near[id_]) == told
    assert all(0.0 <= share <= 2.01 for share in near.values())


def test_only_the_sentences_asked_for_are_compared(sources: Sources) -> None:
    index = index_of(sources)
    some = list(index.sentences)[:2]
    asked = "容器启动要多久"
    assert set(closeness(meant(asked, sources), asked, [*some, "nobody#0"], index, sources)) == set(some)


def test_without_vectors_nothing_lies_near(sources: Sources) -> None:
    index = index_of(sources)
    for asked, without in (("容器启动要多久", replace(sources, embedding=None)), ("", sources)):
        assert closeness(meant(asked, without), asked, list(index.sentences), index, without) == {}


def test_the_name_of_the_thing_alone_makes_nothing_match(sources: Sources) -> None:
    index = index_of(sources)
    told = next(id_ for id_, sentence in index.sentences.items() if "启动" in sentence.text and "容器" in sentence.text)
    closeness(meant("容器", sources), "容器", [told], index, sources)
    asked, otherwise = (matched_without(("容器",), text, told, index, sources) for text in ("容器启动", "容器的发明人"))
    assert asked > otherwise and matched_without(("容器",), "容器", told, index, sources) == 0.0
    assert matched_without((), "容器启动", "nobody#0", index, sources) == 0.0


def test_what_lies_no_nearer_than_the_rest_does_not_count() -> None:
    assert above_the_rest({"a": 0.9, "b": 0.5, "c": 0.4}) == pytest.approx({"a": 0.5, "b": 0.1})
    assert above_the_rest({"a": 0.3, "b": 0.2}) == {}, "of a few sentences that lie far off, the nearest lies far off"
    many = above_the_rest({str(number): 1.0 + number / 1000 for number in range(200)})
    assert min(many, key=lambda id_: many[id_]) == "41" and len(many) == 159
    assert above_the_rest({}) == {}
