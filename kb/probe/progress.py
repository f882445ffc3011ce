"""The steps of a running measurement, as they are told to whoever waits for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any, Literal

from kb.language.amounts import amount

Stage = Literal["checking", "unavailable", "warmup", "sample", "failed", "done"]


@dataclass(frozen=True, slots=True)
class ProbeEvent:
    """`number` counts from 1 to `total`; `value` is in `unit`. `zh` and `en` say the same for people."""

    stage: Stage
    metric: str
    backend: str | None
    number: int | None
    total: int | None
    value: float | None
    unit: str
    zh: str
    en: str

    def __str__(self) -> str:
        return f"{self.zh} / {self.en}"

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


Emit = Callable[[ProbeEvent], object]


@dataclass(frozen=True, slots=True)
class Progress:
    """Makes the events of one run and hands them on; `emit` of `None` listens to nothing."""

    metric: str
    unit: str
    emit: Emit | None = None

    def checking(self, backend: str) -> None:
        self._tell("checking", backend, f"检查 {backend} 在本机能否启动", f"checking whether {backend} starts here")

    def unavailable(self, backend: str, reason: tuple[str, str]) -> None:
        self._tell("unavailable", backend, f"{backend} 不可用：{reason[0]}", f"{backend} is unavailable: {reason[1]}")

    def warmup(self, backend: str) -> None:
        self._tell("warmup", backend, f"{backend} 预热（不计入）", f"{backend} warm-up (not counted)")

    def sample(self, backend: str, number: int, total: int, value: float) -> None:
        zh, en = (amount(value, self.unit, language) for language in ("zh", "en"))
        self._tell("sample", backend, f"{backend} 第 {number}/{total} 次：{zh}", f"{backend} {number}/{total}: {en}", number, total, value)

    def failed(self, backend: str, number: int | None, total: int, reason: tuple[str, str]) -> None:
        """`number` is `None` for a warm-up."""
        zh, en = (f"第 {number}/{total} 次", f"{number}/{total}") if number is not None else ("预热", "warm-up")
        self._tell("failed", backend, f"{backend} {zh}失败：{reason[0]}", f"{backend} {en} failed: {reason[1]}", number, total)

    def done(self) -> None:
        self._tell("done", None, "测量完成", "measured")

    def _tell(
        self,
        stage: Stage,
        backend: str | None,
        zh: str,
        en: str,
        number: int | None = None,
        total: int | None = None,
        value: float | None = None,
    ) -> None:
        if self.emit is not None:
            self.emit(ProbeEvent(stage, self.metric, backend, number, total, value, self.unit, zh, en))
