from __future__ import annotations

import pytest

from kb.records import Dropped, Evidence
from web.showing import (
    amount,
    article_url,
    day,
    dispute,
    pieces,
    references,
    shortened,
)


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [
        (6.5, "ms", "6.5 ms"),
        (6.512, "ms", "6.51 ms"),
        (2134.0, "ms", "2.13 s"),
        (0.0065, "s", "6.5 ms"),
        (0.00002, "ms", "0.02 µs"),
        (123456.0, "MiB", "121 GiB"),
        (3.0, "", "3"),
        (0.0, "ms", "0 ms"),
        (None, "ms", "—"),
    ],
)
def test_amounts_read_well(value: float | None, unit: str, shown: str) -> None:
    assert amount(value, unit) == shown


def test_a_day_that_is_none_stays_as_it_is() -> None:
    assert day("not a day") == "not a day"
    assert day("2026-11-24T10:00:00+00:00").startswith("2026-11-2")


def test_addresses_are_quoted() -> None:
    assert article_url("a/b c", (1, 5)) == "/articles/a%2Fb%20c?start=1&end=5#quote"


def evidence(n: int) -> Evidence:
    return Evidence(n, f"a#{n}", "a", "题", (0, 2), "引文", '引"文')


def test_a_reference_stays_on_the_line_of_its_sentence() -> None:
    html = str(references("快[1][2]。慢", [evidence(1), evidence(2)]))
    assert html.startswith('<p><span class="keep">快<a class="cite" href="#e1"') and html.endswith("</a>。</span>慢</p>")


def test_what_looks_like_html_is_escaped_around_references() -> None:
    html = str(references("<b>[1] & [x]", [evidence(1)]))
    assert "<b>" not in html and "&lt;b" in html and "&amp; [x]" in html and "引&#34;文" in html


def test_a_quote_that_begins_with_a_quotation_has_one_pair_of_marks() -> None:
    found = dispute("容器 启动速度：「「毫秒」的说法」[1] ↔ 「没有「毫秒」」[2] ↔ 「甲」")
    assert found.topic == "容器 启动速度"
    assert found.sides == ("「毫秒」的说法[1]", "「没有「毫秒」」[2]", "「甲」")


def test_shortened_keeps_a_short_line_whole() -> None:
    assert shortened("一\n二") == "一 二" and len(shortened("字" * 100)) == 60 and shortened("字" * 100).endswith("…")


def test_pieces_join_to_the_text_and_mark_exactly_the_quote() -> None:
    text = "一二三四五六七八九十"
    dropped = [Dropped("a", (2, 5), "boilerplate"), Dropped("a", (9, 9), "empty")]
    found = pieces(text, (4, 7), dropped, (0, 10))
    assert "".join(piece.text for piece in found) == text
    assert "".join(piece.text for piece in found if piece.marked) == text[4:7]
    assert "".join(piece.text for piece in found if piece.dropped) == text[2:5]


def test_pieces_of_a_window_stay_inside_it() -> None:
    assert "".join(piece.text for piece in pieces("0123456789", (1, 8), [], (3, 6))) == "345"
