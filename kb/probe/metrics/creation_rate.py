"""How many instances are made in a minute when several are started at the same moment."""

from __future__ import annotations

from kb.probe.metrics import _many
from kb.probe.ports import Backend, Cancelled, Image, Plan, Sample

LABEL = ("创建速度", "creation rate")
MEANING = (
    "同时启动 20 个（虚拟机 3 台），从同一时刻到最后一个就绪，折算成每分钟个数",
    "20 (3 machines) started at the same moment, until the last one is ready, as instances a minute",
)
UNIT = "/min"
PLAN = Plan(runs=3, runs_vm=2, warmup=0, least=3, least_vm=2, spread=0.5)


def sample(backend: Backend, image: Image, cancelled: Cancelled | None) -> Sample:
    with _many.together(backend, image, cancelled) as crowd:
        return Sample(60 * len(crowd.instances) / crowd.seconds, crowd.instances[0].command)
