"""The web application: pages for people, `/api/v1` for programs. `create_app` is all that others need."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from kb.app import KnowledgeBase


def create_app(base: KnowledgeBase) -> Flask:
    """The WSGI application over one knowledge base."""
    # late, so that `python -m web.build_frontend` needs none of the libraries that the application needs
    from web.app import create_app as make

    return make(base)
