"""What is done for the same reason only once in a while: said to somebody, asked about somebody."""

from __future__ import annotations

from collections import OrderedDict
from datetime import datetime, timedelta

from bot.runtime.ports import Clock

#: So much is remembered; what is forgotten may be done again.
REMEMBERED = 5000


class Once:
    def __init__(self, clock: Clock, again: timedelta) -> None:
        """`again`: after so long it may be done once more."""
        self._clock = clock
        self._again = again
        self._done: OrderedDict[tuple[str, ...], datetime] = OrderedDict()

    def first(self, *what: str) -> bool:
        """Whether this was not done lately; from now on it was."""
        now, last = self._clock.now(), self._done.get(what)
        if last is not None and now - last < self._again:
            return False
        self._done[what] = now
        self._done.move_to_end(what)
        if len(self._done) > REMEMBERED:
            self._done.popitem(last=False)
        return True
