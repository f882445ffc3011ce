from __future__ import annotations

from collections.abc import Callable

import pytest

from kb.language.lexicon import Lexicon
from kb.language.translating import translated
from kb.records import Concept

Translate = Callable[[str], str | None]


def concept(id_: str, name: str, english: str, *aliases: str) -> Concept:
    return Concept(id=id_, name=name, kind="thing", name_en=english, aliases=aliases)


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    """A few names: Chinese ones with English beside them, products, and a keyword written like an ordinary word."""
    return Lexicon(
        [
            concept("vm", "虚拟机", "virtual machine", "VM"),
            concept("container", "容器", "container"),
            concept("hypervisor", "hypervisor", "hypervisor"),
            concept("image", "镜像", "image"),
            concept("docker", "Docker", "Docker"),
            concept("kvm", "KVM", "KVM"),
            concept("kata", "Kata Containers", "Kata Containers"),
            concept("run", "RUN", "RUN"),
            concept("has", "Ha", "Ha"),
            concept("licence", "许可费用", "licence cost", "license"),
        ]
    )


@pytest.fixture(scope="session")
def translate(lexicon: Lexicon) -> Translate:
    return lambda text: translated(text, lexicon)
