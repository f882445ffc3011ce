from __future__ import annotations

import pytest

from kb.language.amounts import amount, digits, extent, unit_word


@pytest.mark.parametrize(
    ("value", "unit", "zh", "en"),
    [
        (6.512, "ms", "6.51 ms", "6.51 ms"),
        (0.805, "ms", "0.805 ms", "0.805 ms"),
        (0.05, "ms", "50 µs", "50 µs"),
        (999.4, "ms", "999 ms", "999 ms"),
        (999.7, "ms", "1 s", "1 s"),
        (5626.0, "ms", "5.63 s", "5.63 s"),
        (187_000.0, "ms", "187 s", "187 s"),
        (0.00002, "s", "20 µs", "20 µs"),
        (0.0, "ms", "0 ms", "0 ms"),
        (203.4, "MiB", "203 MiB", "203 MiB"),
        (1000.0, "MiB", "1,000 MiB", "1,000 MiB"),
        (1536.0, "MiB", "1.5 GiB", "1.5 GiB"),
        (0.05, "MiB", "51.2 KiB", "51.2 KiB"),
        (67564.0, "/min", "67,564 个/分钟", "67,564 per minute"),
        (58.53, "x", "58.5 倍", "58.5 times"),
        (12.0, "%", "12%", "12 %"),
        (3.0, "", "3", "3"),
        (7.0, "unheard of", "7 unheard of", "7 unheard of"),
    ],
)
def test_a_figure_is_said_in_the_unit_that_suits_its_size(value: float, unit: str, zh: str, en: str) -> None:
    assert (amount(value, unit, "zh"), amount(value, unit, "en")) == (zh, en)


@pytest.mark.parametrize(
    ("low", "high", "unit", "shown"),
    [
        (3.8, 6.5, "ms", "3.8–6.5 ms"),
        (2239.0, 3449.0, "ms", "2.24–3.45 s"),
        (980.0, 1210.0, "ms", "980 ms–1.21 s"),
        (0.0, 2500.0, "ms", "0–2.5 s"),
        (18.2, 21.0, "/min", "18.2–21 个/分钟"),
        (1.0, 1.3, "", "1–1.3"),
    ],
)
def test_two_ends_name_their_unit_once_where_it_is_the_same(low: float, high: float, unit: str, shown: str) -> None:
    assert extent(low, high, unit, "zh") == shown


def test_long_figures_keep_their_whole_digits() -> None:
    assert [digits(value) for value in (0.5123, 99.96, 123.4, 1234.5, 2.5e6)] == ["0.512", "100", "123", "1,234", "2,500,000"]


def test_what_is_counted_is_named_in_words() -> None:
    assert [unit_word("attempts", language) for language in ("zh", "en", "fr")] == ["项尝试", "attempts", "attempts"]
