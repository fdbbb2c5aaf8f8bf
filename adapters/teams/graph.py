"""Questions to Microsoft Graph, asked by the app itself, and answers as plain JSON.

Rule 1. Where Graph names a time to wait, it is waited for by the clock: `MOST_WAITS` times for a question, none longer
        than `LONGEST_WAIT`. More than that, and every other refusal, is Refused with Graph's own code. No answer, a
        failing Graph and a token that is not taken are ChannelDown.
Rule 2. A token that Graph does not take is forgotten, and the question asked once more with a new one.
Rule 3. A link that Graph gives is called as it is, but only where Graph itself is: the token goes to nobody else.
Rule 4. Of several questions in one call each has its own answer, in any order; what has none failed for now.
Sources: paging.md, delta-query-overview.md, throttling.md, errors.md, json-batching.md of Microsoft's Graph
documentation.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from aiohttp import ClientSession

from adapters.teams.asking import FAILED, GONE, Answer, Json, Refused, call, items, mapping, seconds, text
from adapters.teams.tokens import Tokens
from bot.errors import ChannelDown, Invariant, PlatformError
from bot.runtime.ports import Clock

MOST_WAITS = 3
LONGEST_WAIT = timedelta(minutes=2)
#: So many questions go into one call.
AT_ONCE = 20
UNAUTHORIZED, REFUSED = 401, 300
_EXPIRED = ("syncStateNotFound", "resyncRequired", "resyncApplyDifferences", "resyncUploadDifferences")
_NEXT, _DELTA = "@odata.nextLink", "@odata.deltaLink"


@dataclass(frozen=True, slots=True)
class Page:
    """Some of a list. Either `after` leads to the next page, or `changes` to what is new after this last one."""

    items: Sequence[Json]
    after: str
    changes: str


class Graph:
    """Microsoft Graph, or a national cloud's."""

    def __init__(self, session: ClientSession, graph_url: str, tokens: Tokens, clock: Clock) -> None:
        url = graph_url.rstrip("/")
        self._session = session
        self._root = f"{url}/"
        self._scope = f"{url}/.default"
        self._api = f"{url}/v1.0"
        self._tokens = tokens
        self._clock = clock

    async def get(self, path: str) -> Json:
        """One thing. Raises Refused, ChannelDown."""
        return (await self._ask(self._api + path)).body

    async def page(self, where: str) -> Page:
        """A page of a list: a path for the first, then what the page before said. Raises PlatformError, its kinds."""
        url = self._api + where if where.startswith("/") else where
        if not url.startswith(self._root):
            raise PlatformError("foreign_link")
        body = (await self._ask(url)).body
        after, changes = text(body.get(_NEXT)), text(body.get(_DELTA))
        if not isinstance(body.get("value"), list) or not (after or changes):
            raise PlatformError("unreadable")
        return Page(items(body["value"]), after, changes)

    async def each(self, paths: Sequence[str]) -> Sequence[Answer]:
        """The answers to `AT_ONCE` questions or fewer, in their order (rule 4). Raises Refused, ChannelDown."""
        if len(paths) > AT_ONCE:
            raise Invariant("Graph takes no more questions in one call.")
        asked = [{"id": str(place), "method": "GET", "url": path} for place, path in enumerate(paths)]
        told = (await self._ask(f"{self._api}/$batch", {"requests": asked})).body
        by_place = {text(one.get("id")): _single(one) for one in items(told.get("responses"))}
        return [by_place.get(str(place), Answer(FAILED)) for place in range(len(paths))]

    async def _ask(self, url: str, body: Json | None = None) -> Answer:
        """Rule 1."""
        for _ in range(MOST_WAITS):
            try:
                return await self._answered(url, body)
            except PlatformError as error:
                wait = error.retry_after
                if wait is None or wait > LONGEST_WAIT.total_seconds():
                    raise
                await self._clock.wait_until(self._clock.now() + timedelta(seconds=wait))
        return await self._answered(url, body)

    async def _answered(self, url: str, body: Json | None) -> Answer:
        answer = await self._called(url, body)
        if answer.status == UNAUTHORIZED:
            self._tokens.forget(self._scope)
            answer = await self._called(url, body)
        if answer.status == UNAUTHORIZED:
            raise ChannelDown("unauthorized")
        if answer.status >= FAILED:
            raise ChannelDown(f"status_{answer.status}", retry_after=answer.retry_after)
        if answer.status >= REFUSED:
            raise Refused(answer)
        return answer

    async def _called(self, url: str, body: Json | None) -> Answer:
        token = await self._tokens.token(self._scope)
        headers = {"Authorization": f"Bearer {token}", "Accept": "application/json"}
        return await call(self._session, url, headers=headers, body=body)


def expired(error: Refused) -> bool:
    """Whether a link to changes leads nowhere any more, and the whole list is to be read."""
    return error.status == GONE or str(error) in _EXPIRED


def _single(one: Json) -> Answer:
    status = one.get("status")
    named = {name.lower(): value for name, value in mapping(one.get("headers")).items()}
    wait = seconds(named.get("retry-after"))
    return Answer(status if isinstance(status, int) else FAILED, wait, mapping(one.get("body")))
