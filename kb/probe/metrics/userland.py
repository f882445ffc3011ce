"""Whether the programs and files inside are others than the host's, and whose kernel they run on."""

from __future__ import annotations

from kb.probe.metrics import _inside
from kb.probe.ports import Backend, Cancelled, Image, Plan, Sample

LABEL = ("用户空间是否不同", "whether the userland differs")
MEANING = (
    "里面的系统名（/etc/os-release）与根目录同宿主机比较，不同的迹象个数；并看 boot_id 是否为同一次内核启动",
    "the system's name (/etc/os-release) and its root folder against the host's: how many of the two differ; boot_id tells whose kernel",
)
UNIT = "signs"
PLAN = Plan(runs=1, runs_vm=1, warmup=0, least=1, least_vm=1, days=None)


def sample(backend: Backend, image: Image, cancelled: Cancelled | None) -> Sample:
    with _inside.look(backend, image, cancelled) as look:
        return observe(look)


def observe(look: _inside.Look) -> Sample:
    signs = _inside.userland_signs(look)
    kernel = tuple(sign for sign in _inside.kernel_signs(look) if sign.name == "boot_id")
    return Sample(float(sum(not sign.same for sign in signs)), look.instance.command, signs=(*signs, *kernel))
