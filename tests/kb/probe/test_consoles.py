"""Consoles as they were recorded from real starts, replayed: what is understood of them, and what a person is told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kb.errors import ProbeError
from kb.probe import safety
from kb.probe.metrics._inside import _WORDS, Look, kernel_signs, userland_signs
from kb.probe.ports import Image, Limits
from kb.registry import family

CONSOLES = Path(__file__).parent / "consoles"
LIMITS = Limits(ready_s=60, exit_s=1, address_space=2**29)


@contextmanager
def console(name: str, image: Image, then: str = "sleep 60") -> Iterator[safety.Running]:
    """Printed piece by piece, as a serial line does, by a shell that then stays or ends."""
    if (missing := safety.missing_tools()) is not None:
        pytest.skip(missing.text[1])
    text = (CONSOLES / f"{name}.txt").read_bytes().decode("latin-1")
    pieces = [text[at : at + 37] for at in range(0, len(text), 37)]
    script = "; ".join("printf %s " + _quoted(piece) for piece in pieces)
    with safety.running(("/bin/sh", "-c", f"{script}; {then}"), LIMITS, image) as instance:
        yield instance


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "'\\''") + "'"


@pytest.mark.parametrize(("name", "shared"), [("qemu_tcg_signs", False), ("bubblewrap_signs", True)])
def test_signs_of_a_recorded_start_are_read(name: str, shared: bool, image: Image):
    with console(name, image) as instance:
        ready_s, _ = instance.until("READY")
        seen = {word: instance.until(word)[1] for word in _WORDS}
        assert re.fullmatch(r"6\.\d+\.\S+", seen["RELEASE"]) and re.fullmatch(r"[0-9a-f-]{36}", seen["BOOT_ID"])
        assert re.fullmatch(r"kb-[0-9a-f-]{36} \d+", seen["TOKEN"])
        assert not re.search(r"[\x00-\x1f]", "".join(seen.values()))
        before = float(seen["UPTIME"]) - 1 if shared else 5000.0
        look = Look(instance, seen, before, before + 2, ready_s, None)
        signs = {sign.name: sign.same for sign in kernel_signs(look)}
        assert signs["uptime"] is shared
        assert signs["process_visible"] is False  # nobody holds the token of a start long gone
        assert {sign.name: sign.inside_value for sign in userland_signs(look)}["os_release"] == "kb probe userland (busybox)"


@pytest.mark.parametrize(
    ("name", "backend", "said"),
    [
        ("qemu_tcg_panic", "qemu_tcg", "Kernel panic - not syncing: VFS: Unable to mount root fs"),
        ("qemu_no_kernel", "qemu_tcg", "could not open kernel file"),
        ("bubblewrap_denied", "bubblewrap", "No permissions to create new namespace"),
    ],
)
def test_a_recorded_failure_is_told_by_its_cause(name: str, backend: str, said: str, image: Image):
    with console(name, image, then="exit 1") as instance, pytest.raises(ProbeError):
        instance.until("READY")
    reason = family("kb.probe.backends")[backend].refused(instance.output)
    assert said in reason.text[0] and said in reason.text[1]
    assert "Call Trace" not in reason.text[1] and all(reason.remedy)


def test_what_forbids_namespaces_is_told_apart_from_what_is_broken(image: Image):
    denied = (CONSOLES / "bubblewrap_denied.txt").read_text(encoding="utf-8")
    assert "不允许建立命名空间" in family("kb.probe.backends")["bubblewrap"].refused(denied).text[0]
    assert "试运行失败" in family("kb.probe.backends")["bubblewrap"].refused("bwrap: Can't find source path /x").text[0]
