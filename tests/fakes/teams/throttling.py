"""How often a bot may call.

Rule 1. Per bot and conversation: sending (with update and delete), creating, asking for members; and all calls of an
        app in a tenant (rate-limit.md). Beyond: 429 Throttled with Retry-After, in whole seconds.
Rule 2. CHOSEN: a refused call does not count.
Rule 3. People take their time: limits see each act of a user so many seconds after the last, so that a test at a
        machine's speed, or on a clock that stands still, meets but the bursts of the bot itself.
"""

from __future__ import annotations

import math
from collections import defaultdict, deque
from dataclasses import dataclass

from tests.fakes.slack.clock import Now
from tests.fakes.teams.faults import Operation
from tests.fakes.teams.limits import Limits, Windows


@dataclass(frozen=True, slots=True)
class Refused:
    what: tuple[str, ...]
    window: int  # seconds
    retry_after: int  # seconds


class Throttle:
    def __init__(self, limits: Limits, now: Now, human_pause: float) -> None:
        self.limits, self._now, self._pause = limits, now, human_pause
        self._paused = 0.0
        self._hits: dict[tuple[str, ...], deque[float]] = defaultdict(deque)

    def user_acted(self) -> None:
        self._paused += self._pause

    def take(self, op: Operation, tenant: str, conversation: str | None) -> Refused | None:
        """Count this call; or say what keeps it out."""
        now = self._now() + self._paused
        kind, windows = self._kind(op)
        keys = {("tenant", tenant): self.limits.tenant, (kind, tenant, conversation or ""): windows}
        for key, its in keys.items():
            if refused := self._refused(key, its, now):
                return refused
        for key in keys:
            self._hits[key].append(now)
        return None

    def _kind(self, op: Operation) -> tuple[str, Windows]:
        if op == "picture":
            return op, ((1, 10**6),)  # no limit is known
        if op == "create":
            return op, self.limits.create
        if op.startswith("members"):
            return "members", self.limits.members
        return "send", self.limits.send

    def _refused(self, key: tuple[str, ...], windows: Windows, now: float) -> Refused | None:
        hits = self._hits[key]
        while hits and now - hits[0] >= windows[-1][0]:
            hits.popleft()
        for seconds, most in windows:
            recent = [h for h in hits if now - h < seconds]
            if len(recent) >= most:
                return Refused(key, seconds, max(1, math.ceil(seconds - (now - recent[-most]))))
        return None
