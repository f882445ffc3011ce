"""Whether SIGTERM ends a program that has no handler for it: as process number 1 of a container it is ignored."""

from __future__ import annotations

from kb.probe.metrics import _stopping
from kb.probe.ports import Backend, Cancelled, Image, Plan, Sample

LABEL = ("没有处理函数的程序能否被 SIGTERM 结束", "whether SIGTERM ends a program without a handler")
MEANING = (
    "向里面没有 SIGTERM 处理函数的 sleep 发信号，1 秒内结束记 1，否则记 0 并强制结束",
    "SIGTERM to a sleep inside without a handler: 1 if it has ended within a second, else 0, and it is killed",
)
UNIT = "ended"
PLAN = Plan(runs=3, runs_vm=1, warmup=0, least=3, least_vm=1, kinds=frozenset(("process", "container")), days=None)
_PATIENCE_S = 1.0


def sample(backend: Backend, image: Image, cancelled: Cancelled | None) -> Sample:
    stop = _stopping.stop(backend, image, "stay", _PATIENCE_S, cancelled)
    return Sample(float(stop.by_itself), stop.command)
