"""Families: a package in which one file is one member, so that adding a member edits no list."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from types import ModuleType


@cache
def family(package: str) -> dict[str, ModuleType]:
    """Member name → module for every public module of `package`, sorted by name; imports each of them."""
    root = importlib.import_module(package)
    names = sorted(info.name for info in pkgutil.iter_modules(root.__path__) if not info.name.startswith("_"))
    return {name: importlib.import_module(f"{package}.{name}") for name in names}
