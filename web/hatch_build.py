"""The build hook of the wheel: builds the front-end libraries and takes them along, although git ignores them.

A build without Node or without network makes a wheel without pictures, and says so.
"""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface  # type: ignore[import-not-found, unused-ignore]


class FrontEnd(BuildHookInterface):  # type: ignore[misc, unused-ignore]
    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        # by path: at build time nothing of the project is installed
        runpy.run_path(str(Path(self.root) / "web" / "build_frontend.py"))["main"]([])
        build_data["artifacts"].append("web/static/lib/*")
