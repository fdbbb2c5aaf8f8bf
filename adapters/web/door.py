"""Who may come in: only a page of this simulator, on this machine, that knows the token of its address.

Rule 1. Being on this machine is no permission: every path begins with the token.
Rule 2. A request for another host, from another page, or through a proxy is refused, whatever else it knows.
Rule 3. Nothing of a page is kept by anybody, shown in a frame, or fetched from elsewhere.
"""

from __future__ import annotations

import hmac
from collections.abc import Awaitable, Callable

from aiohttp import web
from aiohttp.typedefs import Middleware

LOCAL = frozenset({"127.0.0.1", "localhost", "[::1]"})
#: What a proxy adds. Loopback behind a proxy is the whole world.
FORWARDED = ("Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP")
#: Needed on every request that changes something: another site's form cannot send it.
OURS = "X-Bistand"
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'"
    ),
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


def doorkeeper(token: str) -> Middleware:
    """Let in only what knows `token` and comes straight from this machine."""

    @web.middleware
    async def keep(
        request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
    ) -> web.StreamResponse:
        why = refused(request)
        if why is not None:
            return web.json_response({"error": why}, status=403, headers=HEADERS)
        # an address may hold bytes that are no letters
        given = request.match_info.get("token", "").encode(errors="surrogatepass")
        if not hmac.compare_digest(given, token.encode()):
            return web.json_response({"error": "not found"}, status=404, headers=HEADERS)
        return await handler(request)

    return keep


async def harden(_request: web.Request, response: web.StreamResponse) -> None:
    """Every answer carries the headers, an error's too."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)


def refused(request: web.Request) -> str | None:
    """Why a request may not come in, whatever token it has."""
    host, _, port = request.host.rpartition(":")
    if host not in LOCAL or not port.isdecimal() or port != _own_port(request):
        return "another host"
    if any(name in request.headers for name in FORWARDED):
        return "forwarded"
    origin = request.headers.get("Origin")
    if origin is not None and origin != f"http://{request.host}":
        return "another origin"
    if request.headers.get("Sec-Fetch-Site", "none") not in ("none", "same-origin"):
        return "another site"
    if request.method not in ("GET", "HEAD") and request.headers.get(OURS) != "1":
        return "not from the page"
    return None


def _own_port(request: web.Request) -> str:
    """The port that this request came in by; a name that points here with another port is somebody else's."""
    name = request.transport.get_extra_info("sockname") if request.transport is not None else None
    return str(name[1]) if name else ""
