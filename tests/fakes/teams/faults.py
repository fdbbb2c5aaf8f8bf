"""What goes wrong on purpose between the bot and the connector.

Rule 1. A fault waits for an operation, of one user's chat or of any, and strikes `times` times (-1: for ever). `any` is
        every call of the connector, but neither keys and token nor a person's storage.
Rule 2. With `after` the work is done first: the bot cannot tell that it was.
Rule 3. A fault's code is the one that Teams gives with its status, unless it has its own
        (conversation-messages.md: 401 BotNotRegistered, 403, 404, 412; rate-limit.md: 429).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from aiohttp import web

Connected = Literal[
    "send", "update", "delete", "create", "members", "members_all", "members_paged", "members_one", "picture"
]
Around = Literal["token", "openid", "keys", "download", "upload"]  # what else the bot asks for: `any` does not mean it
Operation = Connected | Around

AROUND: tuple[Around, ...] = get_args(Around)

CODES = {
    401: "BotNotRegistered",
    403: "BotNotInConversationRoster",
    404: "ConversationNotFound",
    412: "PreconditionFailed",
    429: "Throttled",
}
PAGE = "<html><body><h2>Our services aren't available right now</h2></body></html>"


@dataclass(slots=True, kw_only=True)
class Fault:
    op: Operation | Literal["any"] = "any"  # members: all three of them
    user: str | None = None  # the key of whose chat
    times: int = 1
    status: int | None = None
    code: str | None = None
    retry_after: float | None = None  # seconds
    html: bool = False  # a page, as a gateway in front of the service sends
    latency: float = 0.0  # seconds
    drop: bool = False  # close the connection without an answer
    after: bool = False

    @property
    def answers(self) -> bool:
        """It answers in the connector's place; else it is but slow."""
        return self.drop or self.status is not None

    def strike(self, request: web.Request) -> web.Response:
        """What the bot gets, if it gets anything."""
        if self.drop and request.transport is not None:
            request.transport.abort()
        status = self.status or 500
        head = {} if self.retry_after is None else {"Retry-After": f"{self.retry_after:g}"}
        if self.html:
            return web.Response(status=status, text=PAGE, content_type="text/html", headers=head)
        error = {"code": self.code or CODES.get(status, "ServiceError"), "message": "injected fault"}
        return web.json_response({"error": error}, status=status, headers=head)


class Faults:
    def __init__(self) -> None:
        self.waiting: list[Fault] = []

    def take(self, op: Operation, user: str | None) -> Fault | None:
        """The fault that strikes now."""
        for fault in self.waiting:
            ops = (op,) if op in AROUND else ("any", op, op.split("_")[0])
            if fault.op in ops and fault.user in (None, user) and fault.times:
                fault.times -= 1
                return fault
        return None
