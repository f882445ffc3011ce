from __future__ import annotations

from dataclasses import replace

import pytest

from kb.qa.asking.terms import Term
from kb.qa.finding import judging
from kb.qa.finding.judging import ENOUGH, by_rule, says_enough, tells_number, unanswerable
from kb.qa.finding.retrieval import Scored
from kb.qa.sources import Sources
from kb.qa.wording import because
from kb.records import Question, Sentence

THING = Term("container", (), (("container", 1.0),), 2.0, salient=True, names=("容器",))
WORD = Term("启动", ("启动",), (), 2.0, names=("启动",))
MISSING = Term("mesos", (), (), 3.0, missing=True, salient=True, names=("mesos",))


def asked(text: str = "容器启动快吗？", kind: str = "cause") -> Question:
    return Question(text, text, kind, ("container",))


def item(*covered: float, text: str = "容器启动很快。") -> Scored:
    return Scored(Sentence("a#0", "a", (0, len(text)), text), covered, sum(covered) / len(covered), 1.0)


def test_a_sentence_that_covers_the_question_answers(sources: Sources) -> None:
    assert by_rule(asked(), (THING, WORD), [item(1.0, 1.0)], sources, 1.0) is None


def test_several_sentences_may_cover_it_together(sources: Sources) -> None:
    assert by_rule(asked(), (THING, WORD), [item(1.0, 0.0), item(0.0, 1.0)], sources, 1.0) is None


@pytest.mark.parametrize(
    ("terms", "chosen", "reason"),
    [
        ((THING,), [], "nothing"),
        ((THING, MISSING), [item(1.0, 0.0)], "unmentioned"),
        ((THING, WORD, WORD, WORD), [item(1.0, 0.0, 0.0, 0.0)], "coverage"),
        ((THING, WORD), [item(0.0, 1.0)], "aside"),
        ((THING, WORD), [item(0.25, 0.25), item(1.0, 1.0)], "best"),
    ],
)
def test_silence_is_better_than_shared_words(terms: tuple[Term, ...], chosen: list[Scored], reason: str, sources: Sources) -> None:
    found = by_rule(asked(), terms, chosen, sources, 1.0)
    assert found is not None and found.key == reason


def test_what_lies_near_enough_answers_in_other_words(sources: Sources, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(judging, "matched_without", lambda names, *rest: 0.4 if "容器" in names else 0.0)
    little = item(1.0, 0.0, 0.0, 0.0)
    terms = (THING, WORD, WORD, WORD)
    assert by_rule(asked(), terms, [replace(little, near=1.3)], sources, 1.0) is None
    assert by_rule(asked(), terms, [replace(little, near=1.0)], sources, 1.0) == because("coverage", covered=0.25, needed=ENOUGH)
    assert by_rule(asked(), (THING, MISSING), [replace(item(1.0, 0.0), near=1.3)], sources, 1.0) == because("unmentioned", what="mesos")
    monkeypatch.setattr(judging, "matched_without", lambda *all: 0.1)  # near by the name alone
    assert by_rule(asked(), terms, [replace(little, near=1.3)], sources, 1.0) == because("coverage", covered=0.25, needed=ENOUGH)


def test_what_stands_out_need_not_say_as_much(sources: Sources) -> None:
    near = replace(item(1.0, 0.0, 0.0, 0.0), near=1.0)
    terms = (THING, WORD, WORD, WORD)
    assert by_rule(asked(), terms, [near], sources, 1.5) is None
    assert by_rule(asked(), terms, [replace(near, near=0.5)], sources, 1.5) is not None
    assert by_rule(asked(), terms, [near], sources, 1.1) is not None


def test_an_attribute_must_be_held_by_a_sentence_on_the_topic(sources: Sources) -> None:
    question = asked("容器是哪一年出现的？", "quantity")
    assert by_rule(question, (THING, WORD), [item(1.0, 1.0, text="容器在2008年出现。")], sources, 1.0) is None
    without = by_rule(question, (THING, WORD), [item(1.0, 1.0)], sources, 1.0)
    assert without is not None and without.key == "value"
    elsewhere = by_rule(question, (THING, WORD), [item(1.0, 1.0), item(0.0, 1.0, text="Xen在2003年出现。")], sources, 1.0)
    assert elsewhere is not None


def test_only_a_missing_name_makes_a_question_unanswerable() -> None:
    assert unanswerable(asked(), (THING, WORD)) is None
    assert unanswerable(asked(), (Term("怪话", ("怪话",), (), 3.0, missing=True),)) is None
    assert unanswerable(asked(), (THING, MISSING)) == because("unmentioned", what="mesos")


def test_the_threshold_is_of_the_weight(sources: Sources) -> None:
    heavy, light = Term("a", ("a",), (), ENOUGH), Term("b", ("b",), (), 1 - ENOUGH)
    assert by_rule(asked(), (heavy, light), [item(1.0, 0.0)], sources, 1.0) is None
    assert by_rule(asked(), (light, heavy), [item(0.6, 0.0)], sources, 1.0) is not None


def test_a_number_of_another_thing_tells_nothing() -> None:
    assert tells_number(item(1.0, 1.0, text="一个容器最多启动 20 次。"), (THING, WORD))
    assert not tells_number(item(0.0, 1.0, text="一台虚拟机最多启动 20 次。"), (THING, WORD))


def test_the_sort_of_answer_alone_is_not_what_is_asked() -> None:
    sort = Term("方式", ("方式",), (), 2.6, names=("方式",))
    lacking = Term("持久化", ("持久化",), (), 3.0, missing=True, names=("持久化",))
    assert not says_enough(item(1.0, 0.0, 1.0), (THING, lacking, sort))
    assert says_enough(item(1.0, 1.0), (THING, sort))
    assert says_enough(item(1.0, 1.0, 0.0), (THING, WORD, sort))
