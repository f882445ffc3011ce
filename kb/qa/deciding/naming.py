"""Where a clause names a thing."""

from __future__ import annotations

import re


def place_of(clause: str, name: str) -> int:
    """Where a clause names it, -1 for nowhere; a Latin name is no part of a longer one (FTP in SFTP), but may have a version (Tomcat 11, folded without the space)."""
    place = clause.find(name)
    if place < 0 or not name.isascii():
        return place
    match = re.search(rf"(?<![a-z0-9]){re.escape(name)}(?![a-z])", clause)
    return match.start() if match else -1
