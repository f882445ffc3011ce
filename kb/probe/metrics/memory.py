"""How much memory one idle instance really takes on the host."""

from __future__ import annotations

import time

from kb.errors import ProbeError
from kb.probe.host import read
from kb.probe.metrics import _inside
from kb.probe.ports import Backend, Cancelled, Image, Plan, Sample

LABEL = ("内存占用", "memory in use")
MEANING = (
    "单个空闲实例在宿主机上全部进程的 PSS 之和，即实际驻留、共享部分按份额计",
    "sum of the PSS of all host processes of one idle instance: resident pages, shared ones by share",
)
UNIT = "MiB"
PLAN = Plan(runs=5, runs_vm=3, warmup=0, least=3, least_vm=3, spread=0.5, clocked=False)
_SETTLED_AFTER_S = 0.2


def sample(backend: Backend, image: Image, cancelled: Cancelled | None) -> Sample:
    with _inside.look(backend, image, cancelled) as look:
        return observe(look)


def observe(look: _inside.Look) -> Sample:
    time.sleep(_SETTLED_AFTER_S)
    return Sample(sum(_pss(pid) for pid in look.instance.pids) / 1024, look.instance.command)


def _pss(pid: int) -> int:
    """:raises ProbeError: the kernel does not let us look."""
    for line in read(f"/proc/{pid}/smaps_rollup", "").splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1])
    raise ProbeError(
        (f"无法读取 /proc/{pid}/smaps_rollup。", f"/proc/{pid}/smaps_rollup cannot be read."),
        ("以 root 运行可以读取。", "It can be read when running as root."),
    )
