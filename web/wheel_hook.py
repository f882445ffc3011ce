"""Puts the front-end libraries into the wheel; hatchling calls it. An editable install leaves that to `make install`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class FrontEndHook(BuildHookInterface):  # type: ignore[misc]
    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """:raises BuildFailed: the libraries could not be fetched; a wheel without them is not made."""
        if version == "editable":
            return
        sys.path.insert(0, str(Path(self.root)))  # the project is not installed while it is being built
        from web.build_frontend import build

        build()
        build_data["artifacts"].append("web/static/lib/*")
