"""The command that starts the web application."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from kb.cli.shared import app, open_base


@app.command()
def serve(
    host: Annotated[str | None, typer.Option("--host", help="Address to listen on (default 127.0.0.1).")] = None,
    port: Annotated[int | None, typer.Option("--port", help="Port (default 8000).")] = None,
) -> None:
    """Start the web application and print its address."""
    from web.serving import serve as serve_forever

    given: dict[str, Any] = {name: value for name, value in (("host", host), ("port", port)) if value is not None}
    base = open_base(filled=True, **given)
    serve_forever(base, base.settings.host, base.settings.port)
