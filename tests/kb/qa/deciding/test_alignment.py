"""The words of a question laid beside those of a clause."""

from __future__ import annotations

from kb.qa.deciding.alignment import Token, aligned, likeness


def words(*texts: str) -> tuple[Token, ...]:
    return tuple(Token(text, 2.0, True, others=frozenset((text,))) for text in texts)


def test_words_are_met_in_their_order_and_what_stands_between_is_left() -> None:
    _, met = aligned(words("项目", "打包", "jar"), words("项目", "打包", "war"))
    assert [(one.asked, one.said) for one in met] == [(0, 0), (1, 1)]


def test_opposites_are_met_as_such() -> None:
    (one,) = words("变慢")
    (other,) = words("更快")
    alike, opposed = likeness(one, other)
    assert 0 < alike < 1 and opposed


def test_two_numbers_are_the_same_or_nothing() -> None:
    sixteen, other = words("16", "32")
    assert likeness(sixteen, sixteen) == (1.0, False)
    assert likeness(sixteen, other) == (0.0, False)
