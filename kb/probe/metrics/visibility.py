"""Whether the administrator of the host sees the process that runs inside, in the host's own list of processes."""

from __future__ import annotations

from kb.probe.metrics import _inside
from kb.probe.ports import Backend, Cancelled, Image, Plan, Sample

LABEL = ("宿主机能否看到内部进程", "whether the host sees the processes inside")
MEANING = (
    "里面的进程带一个随机标记，在宿主机 /proc 中按标记能找到的进程数",
    "the process inside carries a random mark; how many processes with it are found in the host's /proc",
)
UNIT = "processes"
PLAN = Plan(runs=3, runs_vm=1, warmup=0, least=1, least_vm=1, days=None)


def sample(backend: Backend, image: Image, cancelled: Cancelled | None) -> Sample:
    with _inside.look(backend, image, cancelled) as look:
        return observe(look)


def observe(look: _inside.Look) -> Sample:
    sign = _inside.visible_sign(look)
    return Sample(float(sign.same), look.instance.command, signs=(sign,))
