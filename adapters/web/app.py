"""The simulator's own listener on this machine: its page, its events, what is done on it."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Awaitable, Callable
from importlib.resources import files
from typing import Final
from urllib.parse import quote, unquote

import structlog
from aiohttp import web

from adapters.web import behind, door, parse
from adapters.web.hub import Page, event
from adapters.web.parse import BadRequest
from adapters.web.render import Json
from adapters.web.simulator import Simulator
from adapters.web.words import WORDS, words
from bot.core.ids import CaseId
from bot.core.people import PersonId
from bot.runtime.files import Attachment
from bot.simulation.screens import PLATFORM

log = structlog.get_logger(__name__)
#: A comment on an open stream, so that nobody in between takes it for dead.
ALIVE: Final = 15.0
#: The page comes back so soon when its stream is cut, in milliseconds.
RETRY: Final = 500
#: What a browser shows and never runs.
PICTURES: Final = frozenset({"image/png", "image/jpeg", "image/webp", "image/gif"})
LARGEST: Final = 60 * 1024 * 1024
TYPES: Final = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}
STATIC: Final = {p.name: p.read_bytes() for p in (files("adapters.web") / "static").iterdir() if p.is_file()}


class Site:
    def __init__(self, simulator: Simulator) -> None:
        self.simulator = simulator

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/{token}/", self.page),
            web.get("/{token}/static/{name}", self.static),
            web.get("/{token}/events", self.events),
            web.get("/{token}/flow/{name}", self.flow),
            web.get("/{token}/file/{case}/{file}", self.told_file),
            web.post("/{token}/do/act", self.act),
            web.post("/{token}/do/file", self.file),
            web.post("/{token}/do/wait", self.wait),
            web.post("/{token}/do/restart", self.restart),
            web.post("/{token}/do/over", self.over),
            web.post("/{token}/do/language", self.language),
            web.post("/{token}/do/save", self.save),
        ]

    # --- what is looked at ---

    async def page(self, _request: web.Request) -> web.Response:
        return web.Response(body=STATIC["page.html"], headers={"Content-Type": TYPES[".html"]})

    async def static(self, request: web.Request) -> web.Response:
        name = request.match_info["name"]
        kind = TYPES.get("." + name.rpartition(".")[2])
        if name not in STATIC or kind is None:
            raise web.HTTPNotFound
        return web.Response(body=STATIC[name], headers={"Content-Type": kind})

    async def events(self, request: web.Request) -> web.StreamResponse:
        """Everything, and then whatever happens, until the page goes."""
        page = Page(_language(request))
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream; charset=utf-8"})
        await response.prepare(request)
        # joined before it is told everything: what happens meanwhile comes twice rather than not at all
        self.simulator.hub.join(page)
        try:
            first = event("all", await self.simulator.everything(page.language))
            await response.write(f"retry: {RETRY}\n\n".encode() + first)
            while True:
                try:
                    word = await asyncio.wait_for(page.words.get(), ALIVE)
                except TimeoutError:
                    word = b": alive\n\n"
                if word is None:
                    return response
                await response.write(word)
        except ConnectionError:
            return response
        finally:
            self.simulator.hub.leave(page)

    async def flow(self, request: web.Request) -> web.Response:
        try:
            found = await behind.flow(
                self.simulator.house,
                request.match_info["name"],
                request.query.get("structure") or None,
                _language(request),
            )
        except KeyError:
            raise web.HTTPNotFound from None
        return web.json_response(found)

    async def told_file(self, request: web.Request) -> web.Response:
        """A file that was told, for whoever may read it: pictures to look at, all else to keep. It runs nothing."""
        person = PersonId(request.query.get("person", ""))
        case, name = CaseId(request.match_info["case"]), request.match_info["file"]
        await self.simulator.up.wait()
        found = await self.simulator.house.file(person, case, name)
        if found is None:
            raise web.HTTPNotFound
        seen = found.media_type in PICTURES
        called = f"{'inline' if seen else 'attachment'}; filename*=UTF-8''{quote(found.name, safe='')}"
        headers = {
            "Content-Type": found.media_type if seen else "application/octet-stream",
            "Content-Disposition": called,
            "Content-Security-Policy": "default-src 'none'; sandbox",
        }
        return web.Response(body=found.data, headers=headers)

    # --- what is done ---

    async def act(self, request: web.Request) -> web.Response:
        at = self.simulator.house.clock.now()
        done = parse.act(await request.read(), at, PLATFORM)
        return await self._once(request, done.id, lambda: self.simulator.act(done))

    async def file(self, request: web.Request) -> web.Response:
        request_id = parse.request_id(request.query.get("id", ""))
        # a name may say much, and addresses are kept in many places
        name = unquote(request.headers.get("X-Name", ""), errors="replace")[:200] or "file"
        file = Attachment(name, request.content_type, await request.read())
        person = PersonId(request.query.get("person", ""))
        return await self._once(request, request_id, lambda: self.simulator.attach(request_id, person, file))

    async def wait(self, request: web.Request) -> web.Response:
        asked = parse.wait(await request.read())
        return await self._once(request, asked.id, lambda: self.simulator.wait(asked))

    async def restart(self, request: web.Request) -> web.Response:
        asked = parse.read(parse.Simple, await request.read())
        return await self._once(request, asked.id, self.simulator.restart)

    async def over(self, request: web.Request) -> web.Response:
        asked = parse.read(parse.Simple, await request.read())
        return await self._once(request, asked.id, self.simulator.start_over)

    async def language(self, request: web.Request) -> web.Response:
        asked = parse.read(parse.Language, await request.read())
        return await self._once(request, asked.id, lambda: self.simulator.speak(asked))

    async def save(self, request: web.Request) -> web.Response:
        asked = parse.read(parse.Save, await request.read())
        return await self._once(request, asked.id, lambda: self.simulator.save(asked.name))

    async def _once(self, request: web.Request, request_id: str, work: Callable[[], Awaitable[Json]]) -> web.Response:
        return web.json_response(await self.simulator.once(f"{request.path}:{request_id}", work))


def application(simulator: Simulator, token: str) -> web.Application:
    made = web.Application(middlewares=[door.doorkeeper(token), _told], client_max_size=LARGEST)
    made.on_response_prepare.append(door.harden)
    made.add_routes(Site(simulator).routes())
    return made


@web.middleware
async def _told(
    request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
) -> web.StreamResponse:
    """A fault is told in the page's language, as a kind; what somebody wrote is in no log."""
    try:
        return await handler(request)
    except BadRequest as error:
        return web.json_response({"error": words(_language(request)).error(str(error))}, status=400)
    except web.HTTPRequestEntityTooLarge:
        return web.json_response({"error": words(_language(request)).error("large")}, status=413)
    except web.HTTPException as error:
        return web.json_response({"error": error.reason}, status=error.status)
    except Exception:
        log.exception("request_failed")
        return web.json_response({"error": words(_language(request)).error("")}, status=500)


def _language(request: web.Request) -> str:
    wanted = request.query.get("lang", "en")
    return wanted if wanted in WORDS else "en"


async def listen(simulator: Simulator, port: int) -> tuple[web.AppRunner, str]:
    """Serve on this machine only; returns the runner and the page's address."""
    token = secrets.token_urlsafe(24)
    runner = web.AppRunner(application(simulator, token), access_log=None, shutdown_timeout=2.0)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", port)
    await site.start()
    return runner, f"http://127.0.0.1:{runner.addresses[0][1]}/{token}/"
