"""The statements with questions they answer or nothing does, and what is made of the answers."""

from __future__ import annotations

import pytest

from tests.gold.answering import FRESH, TOLD, Asked, table, told


def asked(right: bool | None, *, by_rule: bool = False, source: str = FRESH) -> Asked:
    return Asked(source, "article", {}, right, by_rule)


def test_every_statement_has_its_questions_and_none_comes_twice() -> None:
    rows = [row for own in told().values() for row in own]
    assert len(rows) > 2000 and sum("near" in row for row in rows) > 1000
    assert all(row["questions"] for row in rows)
    assert len({row["statement"] for row in rows}) == len(rows)


def test_shares_are_of_those_that_have_an_answer_and_of_those_that_have_none() -> None:
    judged = [(asked(True), 0.9), (asked(False, by_rule=True), 0.42), (asked(None, by_rule=True), 0.36), (asked(None), 0.1)]
    head, _, by_rule, *limits = table(judged)
    assert head == "2 questions, 2 that nothing answers"
    assert by_rule.split() == ["rules", "0.500", "0.000", "0.500"]
    assert limits[0].split()[2:] == ["1.000", "0.500", "0.500"]
    assert limits[-1].split()[2:] == ["0.500", "0.500", "0.000"]


@pytest.mark.parametrize(("source", "right", "counts"), [(FRESH, True, 1.0), (FRESH, None, 0.7), (TOLD, False, 0.15), (TOLD, None, 0.45)])
def test_a_question_counts_by_where_it_was_asked(source: str, right: bool | None, counts: float) -> None:
    assert asked(right, source=source).counts == pytest.approx(counts)
