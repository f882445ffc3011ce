from __future__ import annotations

from tests.gold.noise import Cleaned, figures, read, rows, shares


def test_each_half_has_texts_whose_labels_stand_in_what_is_read() -> None:
    assert {row["split"] for row in rows()} == {"dev", "test"}
    assert len({row["id"] for row in rows()}) == len(rows())
    assert all(row["kept"] and row["dropped"] for row in rows())


def test_what_is_lost_and_what_is_left_is_counted() -> None:
    row = {"file": "a.txt", "encoding": "utf-8", "text": ["锁会阻塞写入。", "转载请注明出处"]}
    assert read({**row, "kept": ["锁会阻塞写入。", "没有这句"], "dropped": ["转载 请注明", "锁会"]}, ()) == Cleaned(
        2, 2, ("没有这句",), ("锁会",)
    )
    assert shares([Cleaned(2, 4, ("x",), ()), Cleaned(2, 4, (), ("y", "z"))]) == {"kept": 0.75, "dropped": 0.75}


def test_little_is_lost_and_little_left() -> None:
    found = figures()
    assert min(half["kept"] for half in found.values()) > 0.9
    assert min(half["dropped"] for half in found.values()) > 0.9
