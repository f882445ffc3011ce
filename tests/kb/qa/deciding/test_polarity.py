"""Which way a question and a sentence put the same matter."""

from __future__ import annotations

import pytest

from kb.qa.deciding.polarity import asks_denied, opposed_words


@pytest.mark.parametrize(
    ("core", "denied"),
    [
        ("沙箱不用装系统", True),
        ("沙箱用不着守护进程", True),
        ("沙箱离不开内核", False),  # denies twice
        ("沙箱支不支持快照", False),
        ("部署方便不方便", False),
        ("损耗大还是不大", False),
        ("两者差不多", False),
    ],
)
def test_whether_it_is_asked_if_something_is_not_so(core: str, denied: bool) -> None:
    assert asks_denied(core) is denied


def test_opposed_words_stand_on_one_side_only() -> None:
    assert opposed_words("沙箱变慢了", "沙箱更快") == [("变慢", "更快")]
    assert opposed_words("沙箱更快", "沙箱更快，模拟器更慢") == []
