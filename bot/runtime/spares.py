"""Cases to come: their ids are drawn ahead and their keys brought to the disk, so that no turn waits for a key.

Rule 1. An id is given once, whatever becomes of the turn that took it.
Rule 2. No turn waits for a spare: where none is ready a new id does, and the store makes its keys in the turn.
Rule 3. A spare dies with its process, and leaves a few keys that seal nothing. It is not taken up again: a database
        that was restored may have forgotten the case of such an id, but people still hold that case's buttons.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from typing import Final

import structlog

from bot.core.ids import CaseId
from bot.flow.model import Flows
from bot.runtime.ports import Ids, Store

log = structlog.get_logger(__name__)
#: Filled up when half are gone: keys of several cases share a commit, and as many turns begin meanwhile.
MOST: Final = 8


class SpareIds(Ids):
    """Ids as another port draws them; those of cases are ready."""

    def __init__(self, store: Store, ids: Ids, flows: Callable[[], Flows]) -> None:
        self._store = store
        self._ids = ids
        self._flows = flows
        self._ready: deque[CaseId] = deque()
        self._ready_for: Flows | None = None
        self._filling: asyncio.Task[None] | None = None
        self._stopped = False

    def case(self) -> CaseId:
        return self._ready.popleft() if self._ready else self._ids.case()

    def reference(self) -> str:
        return self._ids.reference()

    def ring(self) -> None:
        """Look whether spares are wanted: a turn may have taken one, other flows may have been published."""
        wanted = len(self._ready) <= MOST // 2 or self._flows() is not self._ready_for
        if wanted and self._filling is None and not self._stopped:
            self._filling = asyncio.create_task(self._fill(), name="spares")

    async def idle(self) -> None:
        """Return when none are being made."""
        if self._filling is not None:
            await asyncio.wait({self._filling})

    async def stop(self) -> None:
        self._stopped = True
        if self._filling is not None:
            self._filling.cancel()
        await self.idle()

    async def _fill(self) -> None:
        try:
            flows = self._flows()
            new = [self._ids.case() for _ in range(MOST - len(self._ready))]
            await self._store.prepare([*self._ready, *new], flows.readers())
            self._ready.extend(new)
            self._ready_for = flows
        except Exception:
            log.exception("spares_failed")
        finally:
            self._filling = None
