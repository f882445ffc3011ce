"""What keeps other people's pages away from a server that listens on this machine, and what a page of ours may load.

Two attacks matter here: a foreign name that resolves to 127.0.0.1 (DNS rebinding), answered by looking at the Host header,
and a foreign page that posts a form to us, answered by looking at where the request comes from. Our own forms carry a token too:
with `Referrer-Policy: no-referrer` a browser that sends no `Sec-Fetch-Site` (it does so only to loopback and https) posts them
with `Origin: null`.
"""

from __future__ import annotations

import hmac
import ipaddress
import secrets
import socket
from urllib.parse import urlsplit

from flask import Flask, Response, request

from web.failures import Refused

_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
POLICY = "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
# Swagger UI draws its arrows from data: addresses in its own style sheet
DOCUMENTATION_POLICY = POLICY + "; img-src 'self' data:"


def set_up(app: Flask, own_host: str) -> None:
    """`own_host` is the address that the server listens on; a name there is one that requests may use."""
    names = frozenset({own_host.casefold(), "localhost", socket.gethostname().casefold()})
    token = secrets.token_urlsafe(24)
    app.jinja_env.globals["form_token"] = token

    @app.before_request
    def check() -> None:
        if not host_is_ours(request.host, names):
            raise Refused(
                (f"这个服务器不以“{request.host}”为名。", f"This server is not called {request.host!r}."),
                (
                    "请用启动时打印的地址访问；若要用主机名，请以 --host 指定它。",
                    "Use the address printed at the start; to use a name, give it with --host.",
                ),
                status=421,
            )
        if request.method not in _SAFE and not (same_origin() or carries(token)):
            raise Refused(
                ("来自其他网站的修改请求被拒绝。", "A change asked for by another site is refused."),
                ("请在本站页面上操作。", "Use the pages of this site."),
                status=403,
            )

    app.after_request(add_headers)


def host_is_ours(host: str, names: frozenset[str]) -> bool:
    """An address in figures is always ours (rebinding needs a name); a name must be one of `names`."""
    name = (urlsplit(f"//{host}").hostname or "").casefold()
    if name in names or name.endswith(".localhost"):
        return True
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def same_origin() -> bool:
    """Whether the request comes from our own page, or from no page at all (a program sends neither header)."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = request.headers.get("Origin")
    return origin is None or urlsplit(origin).netloc == request.host


def carries(token: str) -> bool:
    """Whether the form says what only a page of ours can know; looked at where a browser hides the origin."""
    if request.headers.get("Origin") != "null" or "Sec-Fetch-Site" in request.headers:
        return False
    return hmac.compare_digest(request.form.get("token", "").encode(), token.encode())


def add_headers(response: Response) -> Response:
    documentation = request.path.startswith("/openapi")
    response.headers["Content-Security-Policy"] = DOCUMENTATION_POLICY if documentation else POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Frame-Options"] = "DENY"
    response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
