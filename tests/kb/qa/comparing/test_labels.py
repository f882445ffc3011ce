from __future__ import annotations

import pytest

from kb.qa.comparing.labels import label_of
from kb.qa.sources import Sources


@pytest.mark.parametrize(
    ("texts", "label"),
    [
        (("甲的启动时间是几十毫秒", "乙启动更快"), "启动速度"),
        (("甲要为每个用户启动一个守护进程", "乙无需守护进程就能启动容器"), "守护进程"),  # starting is no speed of starting
        (("甲的体积很小", "乙的体积很大"), "体积"),
    ],
)
def test_an_aspect_is_named_by_a_noun_or_by_more_and_less(texts: tuple[str, str], label: str, sources: Sources) -> None:
    assert label_of(texts, (), ("甲", "乙"), sources, "zh") == label


@pytest.mark.parametrize(
    ("texts", "label"),
    [
        (("甲限制进程能看见什么", "乙限制进程能使用多少资源"), "限制"),
        (("甲只能执行普通指令，访问自己的内存", "乙可以执行所有指令，访问所有内存"), "执行"),
    ],
)
def test_what_both_come_to_first_names_the_row(texts: tuple[str, str], label: str, sources: Sources) -> None:
    assert label_of(texts, (), ("甲", "乙"), sources, "zh") == label
