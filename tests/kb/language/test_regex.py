"""Patterns that are compiled when first used, and that each of ours can be."""

import gc
import importlib
import pkgutil
import re
from collections.abc import Iterator
from types import ModuleType

import pytest

import ingest
import kb
import web
from kb.language import regex as module
from kb.language.regex import regex


def _modules(root: ModuleType) -> Iterator[ModuleType]:
    yield root
    for info in pkgutil.walk_packages(root.__path__, f"{root.__name__}."):
        if not info.name.endswith(("__main__", "hatch_build")):
            yield importlib.import_module(info.name)


def test_every_pattern_of_the_program_is_one() -> None:
    for root in (kb, ingest, web):
        for _ in _modules(root):
            pass
    gc.unfreeze()
    patterns = [each for each in gc.get_objects() if type(each) is module._Regex]
    assert len(patterns) > 500
    for each in patterns:
        assert each.search is not None  # raises where the pattern is none


def test_it_does_what_the_compiled_pattern_does() -> None:
    text = "容器比虚拟机更快,虚拟机比容器更稳"
    for name, arguments in (
        ("search", (text,)),
        ("match", (text,)),
        ("fullmatch", (text,)),
        ("findall", (text,)),
        ("split", (text,)),
        ("sub", ("·", text)),
    ):
        ours, theirs = (getattr(make("(容器|虚拟机)比"), name)(*arguments) for make in (regex, re.compile))
        assert str(ours) == str(theirs), name
    assert [m.span() for m in regex("虚拟机").finditer(text)] == [m.span() for m in re.finditer("虚拟机", text)]
    assert regex("KVM", re.IGNORECASE).search("kvm")
    assert (regex("(?P<a>x)").groups, dict(regex("(?P<a>x)").groupindex)) == (1, {"a": 1})


def test_nothing_is_compiled_before_it_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled = []
    monkeypatch.setattr(module.re, "compile", lambda *given: compiled.append(given) or _COMPILE(*given))
    pattern = regex("容器+")
    assert pattern.pattern == "容器+" and repr(pattern) == "regex('容器+')" and not compiled
    assert pattern.search("容器") and pattern.match("容器器") and len(compiled) == 1


_COMPILE = re.compile


def test_what_is_no_pattern_fails_on_first_use_and_a_wrong_name_as_ever() -> None:
    with pytest.raises(re.error):
        regex("(").search("x")
    with pytest.raises(AttributeError):
        _ = regex("x").serach  # type: ignore[attr-defined]
