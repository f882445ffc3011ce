"""How much more processor time whole-number arithmetic takes than in a plain process."""

from __future__ import annotations

from kb.probe.metrics import _work
from kb.probe.ports import Backend, Cancelled, Image, Sample

LABEL = ("处理器开销（整数运算）", "processor cost (integer arithmetic)")
MEANING = (
    "同一段整数循环所用的处理器时间，除以紧挨着的普通进程所用的；虚拟机按 QEMU 的处理器时间计",
    "processor time of one integer loop over that of a plain process just before it; for machines the processor time of QEMU",
)
UNIT = "x"
PLAN = _work.PLAN


def sample(backend: Backend, image: Image, cancelled: Cancelled | None) -> Sample:
    return _work.ratio("integer", backend, image, cancelled)
