"""The `kb` command, the composition root: it alone may bring ingest and web together with the knowledge base.

Results go to standard output (with `--json` as JSON), progress and messages to standard error; exit status 0, 1 failed, 2 usage.
Heavy parts are imported inside the command that needs them, so that `kb --help` stays quick.
"""

from __future__ import annotations

import os
import sys

from kb.cli import articles, asking, claims, concepts, embedding, graph, importing, machine, serving
from kb.cli.shared import app, language
from kb.errors import BadInput, KnowledgeBaseError

__all__ = ["app", "articles", "asking", "claims", "concepts", "embedding", "graph", "importing", "machine", "main", "serving"]


def main() -> None:
    """Run the command line; every error of ours becomes two lines (what, and the remedy) and an exit status."""
    # starting a probe's process while another thread multiplies matrices can leave that thread waiting for helpers that are gone
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # there is none, and looking reads what every package says of itself
    try:
        app()
    except KnowledgeBaseError as error:
        message, hint = error.in_language(language())
        print(f"kb: {message}", file=sys.stderr)
        if hint:
            print(f"    {hint}", file=sys.stderr)
        sys.exit(2 if isinstance(error, BadInput) else 1)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
