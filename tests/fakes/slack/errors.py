"""What the fake refuses, and on whose behalf."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

Json = dict[str, Any]


class ClientBlocked(Exception):
    """The real Slack client would not let the user do this."""


class SlackError(Exception):
    """The Web API's refusal; `body` is what Slack would answer."""

    def __init__(self, error: str, messages: Sequence[str] = (), **extra: object) -> None:
        super().__init__(error)
        self.body: Json = {"ok": False, "error": error, **extra}
        if messages:
            self.body["response_metadata"] = {"messages": ["[ERROR] " + m for m in messages]}
