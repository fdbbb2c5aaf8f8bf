"""A request is answered once: the same id again waits for, and gets, the same answer."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable

from adapters.web.render import Json

#: How many answers are remembered for a request that comes again.
REMEMBERED = 1000


class Answers:
    def __init__(self) -> None:
        self._given: OrderedDict[str, asyncio.Future[Json]] = OrderedDict()

    async def once(self, request: str, work: Callable[[], Awaitable[Json]]) -> Json:
        """Do it, or give the answer that the same request got before."""
        found = self._given.get(request)
        if found is None:
            found = self._given[request] = asyncio.ensure_future(work())
            while len(self._given) > REMEMBERED:
                self._given.popitem(last=False)
        try:
            return await asyncio.shield(found)
        except Exception:
            if self._given.get(request) is found:
                del self._given[request]  # it did not happen: the next one may
            raise

    async def drop(self) -> None:
        """End what is still being done, as a kill does."""
        running = [given for given in self._given.values() if not given.done()]
        for given in running:
            given.cancel()
        await asyncio.gather(*running, return_exceptions=True)
