"""Whether the kernel inside is the host's own: four independent signs, looked at from both sides."""

from __future__ import annotations

from kb.probe.metrics import _inside
from kb.probe.ports import Backend, Cancelled, Image, Plan, Sample

LABEL = ("是否共用宿主机内核", "whether the host's kernel is shared")
MEANING = (
    "与宿主机一致的独立迹象的个数：内核版本、boot_id、运行时间连续、宿主机 /proc 中可见",
    "number of independent signs that agree with the host: kernel release, boot_id, continuous uptime, visible in the host's /proc",
)
UNIT = "signs"
PLAN = Plan(runs=1, runs_vm=1, warmup=0, least=1, least_vm=1, days=None)


def sample(backend: Backend, image: Image, cancelled: Cancelled | None) -> Sample:
    with _inside.look(backend, image, cancelled) as look:
        return observe(look)


def observe(look: _inside.Look) -> Sample:
    signs = _inside.kernel_signs(look)
    return Sample(float(sum(sign.same for sign in signs)), look.instance.command, signs=signs)
