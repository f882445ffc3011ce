from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.language.numerals import Number, bounds_of, find_numbers


def only(text: str) -> Number:
    (number,) = find_numbers(text)
    return number


@pytest.mark.parametrize(
    ("text", "quoted", "low", "high", "unit", "approximate"),
    [
        ("占用2.5 GB空间", "2.5 GB", 2.5, 2.5, "GB", False),
        ("启动要30秒", "30秒", 30, 30, "秒", False),
        ("平均1.5±0.5秒", "1.5±0.5秒", 1.0, 2.0, "秒", False),
        ("占百分之五", "百分之五", 5, 5, "%", False),
        ("占百分之十到二十", "百分之十到二十", 10, 20, "%", False),
        ("达到10 Gbps", "10 Gbps", 10, 10, "Gbps", False),
        ("镜像有5MB", "5MB", 5, 5, "MB", False),
        ("需要两分钟", "两分钟", 2, 2, "分钟", False),
        ("用了十二台机器", "十二台", 12, 12, "台", False),
        ("有一百二十个实例", "一百二十个", 120, 120, "个", False),
        ("存了3万个文件", "3万个", 30_000, 30_000, "个", False),
        ("共1,024 MB", "1,024 MB", 1024, 1024, "MB", False),
        ("半小时后", "半小时", 0.5, 0.5, "小时", False),
        # ranges
        ("损失50–90%", "50–90%", 50, 90, "%", False),
        pytest.param("损失50%–90%", "50%–90%", 50, 90, "%", False),
        ("要2到3秒", "2到3秒", 2, 3, "秒", False),
        ("约10-20毫秒", "约10-20毫秒", 10, 20, "毫秒", True),
        # vague numbers are readings, hence approximate
        ("只要几秒", None, 2, 9, "秒", True),
        ("需要数分钟", "数分钟", 2, 9, "分钟", True),
        ("几十毫秒就好", "几十毫秒", 20, 90, "毫秒", True),
        ("跑了十几台", "十几台", 11, 19, "台", True),
        ("二十几个容器", "二十几个", 21, 29, "个", True),
        ("好几百台服务器", "好几百台", 200, 900, "台", True),
        ("大约8 GB", "大约8 GB", 8, 8, "GB", True),
        ("5秒左右", "5秒左右", 5, 5, "秒", True),
        # bounds
        ("不到1秒", "不到1秒", 0, 1, "秒", False),
        ("最多4台", "最多4台", 0, 4, "台", False),
        ("10毫秒以内", "10毫秒以内", 0, 10, "毫秒", False),
        ("数毫秒内", "数毫秒内", 0, 9, "毫秒", True),
        ("超过2 GB", "超过2 GB", 2, None, "GB", False),
        ("至少3台", "至少3台", 3, None, "台", False),
        ("100台以上", "100台以上", 100, None, "台", False),
        ("20多个进程", None, 20, None, "个", False),
        # rates
        ("每次能创建10台/min", "10台/min", 10, 10, "台/min", False),
    ],
)
def test_a_number_is_read_with_its_unit(
    text: str, quoted: str | None, low: float, high: float | None, unit: str, approximate: bool
) -> None:
    number = only(text)
    assert (number.low, number.high, number.unit, number.approximate) == (low, high, unit, approximate)
    if quoted is not None:
        assert text[number.start : number.end] == quoted


@pytest.mark.parametrize(
    "text",
    [
        "第二台",  # an ordinal
        "大多数个体",  # 数 at the end of another word
        "参数个个都要填",
        "Web2个站点",  # part of a name
        "v1.4个人版",
        "十分方便",  # "very"
        "共有 1024",  # no unit
        "内核里存放数据",
        "",
    ],
)
def test_what_is_no_number_with_a_unit_is_left_out(text: str) -> None:
    assert find_numbers(text) == ()


def test_内_before_another_word_is_no_bound() -> None:
    number = only("32G内存")
    assert (number.low, number.high, number.unit) == (32, 32, "G")


def test_a_unit_alone_is_an_order_of_magnitude() -> None:
    assert find_numbers("镜像是MB级的") == (Number(3, 6, 1, 1023, "MB", True),)
    assert find_numbers("大小在 M 以内") == (Number(4, 8, 0, 1023, "M", True),)
    assert find_numbers("启动以分钟计") == (Number(2, 6, 1, 59, "分钟", True),)
    assert find_numbers("几乎可以秒启动") == (Number(4, 5, 1, 59, "秒", True),)
    assert find_numbers("用秒表计时") == ()


def test_several_numbers_come_in_order_and_never_overlap() -> None:
    text = "虚拟机要3分钟、8 GB，容器要几毫秒、20 MB。"
    numbers = find_numbers(text)
    assert [text[n.start : n.end] for n in numbers] == ["3分钟", "8 GB", "几毫秒", "20 MB"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("16", (16, 16)),
        ("1.5万", (15_000, 15_000)),
        ("2亿", (200_000_000, 200_000_000)),
        ("十", (10, 10)),
        ("二十", (20, 20)),
        ("一百零五", (105, 105)),
        ("三千五百", (3500, 3500)),
        ("一万二千", (12_000, 12_000)),
        ("两", (2, 2)),
        ("数", (2, 9)),
        ("数百", (200, 900)),
        ("几十", (20, 90)),
        ("若干", (2, 9)),
        ("上百", (100, 100)),
        ("成千", (1000, 1000)),
        ("十几", (11, 19)),
        ("三十几", (31, 39)),
        ("半", (0.5, 0.5)),
        ("容器", None),
    ],
)
def test_bounds_of_a_written_number(text: str, expected: tuple[float, float] | None) -> None:
    assert bounds_of(text) == expected


@given(st.text(alphabet="0123456789.,一两十百几数多约秒毫分钟台个GBMK% -到容器内", max_size=30))
def test_numbers_lie_in_the_text_and_are_ordered(text: str) -> None:
    numbers = find_numbers(text)
    assert all(0 <= n.start < n.end <= len(text) for n in numbers)
    assert all(left.end <= right.start for left, right in zip(numbers, numbers[1:], strict=False))
    assert all(n.low is None or n.high is None or n.low >= 0 for n in numbers)
