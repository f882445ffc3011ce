"""Serves the application with waitress until it is interrupted. Opens no browser and no other port."""

from __future__ import annotations

import errno
import logging
import socket
import sys
import threading
from typing import TYPE_CHECKING, Any

from waitress.server import create_server  # type: ignore[import-untyped]

from kb.errors import KnowledgeBaseError, ProbeError
from web import create_app
from web.pages import ENGLISH_EXAMPLES, EXAMPLES

if TYPE_CHECKING:
    from kb.app import KnowledgeBase

_log = logging.getLogger(__name__)


class CannotListen(KnowledgeBaseError):
    """The address or the port cannot be used."""


def serve(base: KnowledgeBase, host: str, port: int) -> None:
    """Print the address and serve until interrupted; port 0 lets the system choose one.

    :raises CannotListen: the port is taken, not permitted, or the address is not this machine's.
    """
    sweep(base)
    server = listen(base, host, port)
    print(address_of(server, host), flush=True)
    warm_up(base)
    measure_in_background(base)
    try:
        server.run()
    except KeyboardInterrupt:
        print("已停止。 / Stopped.", file=sys.stderr)
    finally:
        server.close()


def warm_up(base: KnowledgeBase) -> threading.Thread:
    """Load beside serving what answering needs, by the questions that the pages of both languages propose, so that the first visitor need not wait for it."""

    def answer() -> None:
        try:
            for question in (*EXAMPLES, *ENGLISH_EXAMPLES):
                base.ask(question)
        except KnowledgeBaseError as error:
            _log.info("%s", error)

    thread = threading.Thread(target=answer, name="warm-up", daemon=True)
    thread.start()
    return thread


def measure_in_background(base: KnowledgeBase) -> threading.Thread | None:
    """On a machine that was never measured, measure once beside serving, so that answers can show it; `None` where that is switched off."""
    settings = base.settings
    if not (settings.measure_at_start and settings.live_probe_allowed):
        return None

    def measure() -> None:
        try:
            done = base.measure_once()
        except KnowledgeBaseError as error:
            _log.info("%s", error)
            return
        if done:
            print(f"已测量本机 / measured this machine: {', '.join(done)}", file=sys.stderr, flush=True)

    thread = threading.Thread(target=measure, name="first-measurement", daemon=True)
    thread.start()
    return thread


def listen(base: KnowledgeBase, host: str, port: int) -> Any:
    """A waitress server that has its port but does not answer yet. :raises CannotListen:"""
    most = 4 * base.settings.max_upload_bytes  # what is a little over our own limit still gets our own message
    try:
        # our own socket: waitress leaves its open where binding fails
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0][0]
        listening = socket.create_server((host, port), family=family)
    except OSError as error:
        raise _cannot_listen(error, host, port) from error
    return create_server(
        create_app(base), sockets=[listening], threads=base.settings.threads, max_request_body_size=most, ident="kb", channel_timeout=300
    )


def address_of(server: Any, host: str) -> str:
    """What to type into a browser; all addresses (0.0.0.0) are reached on this machine by 127.0.0.1."""
    port = server.effective_port if hasattr(server, "effective_port") else server.effective_listen[0][1]
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)
    return f"http://{shown}:{port}/"


def sweep(base: KnowledgeBase) -> None:
    """Remove what a measurement left behind when an earlier server was killed: a prober does so when it is made."""
    try:
        _ = base.prober
    except (ProbeError, OSError) as error:
        _log.warning("%s", error)


def _cannot_listen(error: OSError, host: str, port: int) -> CannotListen:
    other = port + 1 if 0 < port < 65535 else 8000
    if error.errno == errno.EADDRINUSE:
        return CannotListen(
            (f"端口 {port} 已被占用。", f"Port {port} is taken."),
            (
                f"换一个端口：kb serve --port {other}（或 make run PORT={other}）；或先停止占用它的程序。",
                f"Choose another: kb serve --port {other} (or make run PORT={other}); or stop the program that uses it.",
            ),
        )
    if error.errno == errno.EACCES:
        return CannotListen(
            (f"没有权限使用端口 {port}。", f"Not permitted to use port {port}."),
            ("请用 1024 以上的端口，例如 --port 8000。", "Use a port above 1023, for example --port 8000."),
        )
    return CannotListen(
        (f"不能在 {host}:{port} 上监听：{error.strerror or error}。", f"Cannot listen on {host}:{port}: {error.strerror or error}."),
        ("请检查 --host 是否是本机的地址，例如 127.0.0.1。", "Check that --host is an address of this machine, such as 127.0.0.1."),
    )
