"""A server that takes calls and says nothing."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


@asynccontextmanager
async def silence(*, hangs_up: bool = False) -> AsyncIterator[int]:
    """Serve; gives the port. With `hangs_up` a call is ended at once."""
    ended: asyncio.Queue[None] = asyncio.Queue()
    calls = 0

    async def take(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal calls
        calls += 1
        if not hangs_up:
            await reader.read()
        writer.close()
        await asyncio.gather(writer.wait_closed(), return_exceptions=True)
        ended.put_nowait(None)

    async with await asyncio.start_server(take, "127.0.0.1", 0) as server:
        yield server.sockets[0].getsockname()[1]
        while calls:
            await ended.get()
            calls -= 1
