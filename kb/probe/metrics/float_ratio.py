"""How much more processor time floating point arithmetic takes than in a plain process."""

from __future__ import annotations

from kb.probe.metrics import _work
from kb.probe.ports import Backend, Cancelled, Image, Sample

LABEL = ("处理器开销（浮点运算）", "processor cost (floating point)")
MEANING = (
    "同一段浮点循环（busybox awk，双精度）所用的处理器时间，除以紧挨着的普通进程所用的；虚拟机按 QEMU 的处理器时间计",
    "processor time of one loop of doubles (busybox awk) over that of a plain process just before it; for machines the processor time of QEMU",
)
UNIT = "x"
PLAN = _work.PLAN


def sample(backend: Backend, image: Image, cancelled: Cancelled | None) -> Sample:
    return _work.ratio("float", backend, image, cancelled)
