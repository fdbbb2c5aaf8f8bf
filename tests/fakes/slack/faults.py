"""What goes wrong on purpose, and Slack's rate limits.

Rule 1. A fault waits for a method (a pattern), lets `after` calls pass, then strikes `times` times, where `where` holds.
Rule 2. Limits are per method and minute by tier; chat.postMessage once a second and channel, with short bursts
        (docs.slack.dev/apis/web-api/rate-limits).
"""

from __future__ import annotations

from collections.abc import Callable
from fnmatch import fnmatch

from tests.fakes.slack.clock import Now
from tests.fakes.slack.errors import Json


class Faults:
    def __init__(self) -> None:
        self.waiting: list[Json] = []

    def add(
        self, method: str, kind: str, times: int, after: int, where: Callable[[Json], bool] | None, data: Json
    ) -> None:
        self.waiting.append({"method": method, "kind": kind, "times": times, "after": after, "where": where, **data})

    def take(self, method: str, args: Json) -> Json | None:
        for f in self.waiting:
            if f["times"] and fnmatch(method, f["method"]) and (not f["where"] or f["where"](args)):
                if f["after"]:
                    f["after"] -= 1
                    continue
                f["times"] -= 1
                return f
        return None


class RateLimits:
    def __init__(self, now: Now) -> None:
        self.now = now
        self._hits: dict[object, list[float]] = {}

    def wait(self, key: object, allowed: int, window: float) -> int | None:
        """Seconds until this call would be allowed; None: it is, and counts."""
        now = self.now()
        hits = self._hits[key] = [t for t in self._hits.get(key, []) if t > now - window]
        if len(hits) >= allowed:
            return max(1, int(hits[0] + window - now + 0.999))
        hits.append(now)
        return None
