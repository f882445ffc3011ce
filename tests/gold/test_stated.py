"""The statements with questions that they decide or leave open, and what is counted of the answers."""

from __future__ import annotations

from collections import Counter

from tests.gold.stated import asked, line, stated


def test_every_statement_has_its_questions_and_none_comes_twice() -> None:
    rows = [row for own in stated().values() for row in own]
    assert len(rows) > 2000
    assert all(len(row["yes"]) == len(row["no"]) == 2 and row["near"] for row in rows)
    assert len({row["statement"] for row in rows}) == len(rows)
    assert not any(set(row["yes"]) & set(row["no"]) for row in rows)


def test_shares_are_of_what_was_asked() -> None:
    found = Counter(
        {("yes", "yes"): 3, ("no", "yes"): 1, ("no", "undecided"): 2, ("yes", "refused"): 2, ("near", "no"): 1, ("near", "refused"): 3}
    )
    assert line("all", found).split() == ["all", "8", "37.5%", "12.5%", "25.0%", "25.0%", "4", "25.0%", "75.0%"]


def test_questions_are_asked_of_a_store_with_the_statements_alone() -> None:
    rows = [
        {
            "statement": "删除容器不会删除命名卷。",
            "yes": ["删除容器后命名卷还在吗？"],
            "no": ["删除容器会删除命名卷吗？"],
            "near": "命名卷能加密吗？",
        },
        {"statement": "快照可以包含内存状态。", "yes": [], "no": [], "near": "快照要付费吗？"},
    ]
    found = asked(rows, 1)
    assert found["no", "no"] == 1
    assert sum(number for (right, _), number in found.items() if right == "near") == 2
