"""How much more processor time system calls (a folder opened and closed again) take than in a plain process."""

from __future__ import annotations

from kb.probe.metrics import _work
from kb.probe.ports import Backend, Cancelled, Image, Sample

LABEL = ("系统调用开销", "cost of system calls")
MEANING = (
    "反复打开、关闭根目录所用的处理器时间，除以紧挨着的普通进程所用的；虚拟机里的系统调用由它自己的内核处理，按 QEMU 的处理器时间计",
    "processor time of opening and closing the root folder again and again over that of a plain process just before it; a machine's calls are"
    " served by its own kernel and counted as processor time of QEMU",
)
UNIT = "x"
PLAN = _work.PLAN


def sample(backend: Backend, image: Image, cancelled: Cancelled | None) -> Sample:
    return _work.ratio("calls", backend, image, cancelled)
