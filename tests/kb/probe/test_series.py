from __future__ import annotations

import pytest

from kb.probe.series import lines, pictured, series_of
from kb.records import HostFingerprint


@pytest.mark.parametrize(
    ("values", "expected"), [((1.0, 2.0, 3.0), "▁▅█"), ((3.0, 1.0), "█▁"), ((2.0, 2.0), "▅▅"), ((0.0, 7.0, 1.0), "▁█▂")]
)
def test_a_series_is_pictured_by_heights(values, expected):
    assert pictured(values) == expected


def test_a_series_is_of_one_host_and_backend_from_old_to_new(measured):
    days = [
        measured("bubblewrap", "container", (value,), measured_at=f"2026-03-0{day}T00:00:00+00:00") for day, value in ((2, 5.0), (1, 4.0))
    ]
    other = measured("bubblewrap", "container", (9.0,), host=HostFingerprint("lab:feed", ()))
    (only,) = series_of([*days, other, measured("crun", "container", (1.0,)), measured("bubblewrap", "container", ())])
    assert only.medians == (4.0, 5.0)
    assert "▁█  4–5 ms（2 次）" in only.line()


def test_each_line_says_whose_it_is_and_how_good(measured):
    own = measured("bubblewrap", "container", (4.0, 5.0), failures=1, valid=False, fresh_until="2026-03-06T00:00:00+00:00")
    other = measured("crun", "container", (), host=HostFingerprint("lab:feed", ()))
    before = measured("crun", "container", (1.0,), host=HostFingerprint("feed", ()))
    first, second, third = lines((own, other, before), "env1")
    assert first.endswith("中位数 4.5 ms  n=2  失败 1 次，仅供参考，已过期")
    assert second.endswith("没有样本  n=0  主机 lab")
    assert third.endswith("本机从前的环境或别的主机 feed")
