"""Measurements over time, as lines of text: one a measurement, and one a series with a small picture of its medians."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from kb.language.amounts import amount, extent
from kb.probe.exchange import recorded_on
from kb.probe.summary import summarise
from kb.records import HostFingerprint, Measurement

_HEIGHTS = "▁▂▃▄▅▆▇█"


@dataclass(frozen=True, slots=True)
class Series:
    """Medians of one metric by one backend on one host, oldest first."""

    host: HostFingerprint
    metric: str
    backend: str
    unit: str
    medians: tuple[float, ...]

    def line(self) -> str:
        low, high = min(self.medians), max(self.medians)
        whole = amount(low, self.unit, "zh") if low == high else extent(low, high, self.unit, "zh")
        return f"{self.metric:18} {self.backend:12} {pictured(self.medians)}  {whole}（{len(self.medians)} 次）  主机 {self.host.env_id}"


def series_of(measurements: Iterable[Measurement]) -> tuple[Series, ...]:
    """Those with at least two measurements; measurements may come in any order."""
    found: dict[tuple[str, str, str], list[Measurement]] = {}
    for m in sorted((m for m in measurements if m.samples), key=lambda m: m.measured_at):
        found.setdefault((m.metric, m.host.env_id, m.backend), []).append(m)
    return tuple(
        Series(group[0].host, metric, backend, group[0].unit, tuple(s.median for m in group if (s := summarise(m.samples)) is not None))
        for (metric, _, backend), group in found.items()
        if len(group) > 1
    )


def pictured(values: Sequence[float]) -> str:
    """A character a value, higher for more; all in the middle where none differs."""
    low, high = min(values), max(values)
    if low == high:
        return _HEIGHTS[len(_HEIGHTS) // 2] * len(values)
    return "".join(_HEIGHTS[round((value - low) / (high - low) * (len(_HEIGHTS) - 1))] for value in values)


def lines(measurements: Iterable[Measurement], own: str) -> Iterator[str]:
    """One a measurement, in the order given; what is not of the host `own` says whose it is."""
    now = datetime.now(UTC)
    for m in measurements:
        summary = summarise(m.samples)
        middle = f"中位数 {amount(summary.median, m.unit, 'zh')}" if summary else "没有样本"
        notes = [f"失败 {m.failures} 次"] if m.failures else []
        notes += ["仅供参考"] if not m.valid else []
        notes += ["已过期"] if m.expired(now) else []
        if m.host.env_id != own:
            other = recorded_on(m.host)
            notes.append(f"主机 {other}" if other else f"本机从前的环境或别的主机 {m.host.env_id}")
        when = m.measured_at[:16].replace("T", " ")
        yield f"{when}  {m.metric:18} {m.backend:12} {middle}  n={len(m.samples)}  {'，'.join(notes)}".rstrip()
