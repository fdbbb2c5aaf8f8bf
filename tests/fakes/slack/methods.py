"""The register of Web API methods: their scopes, their tier, and what answers them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.fakes.slack.errors import Json, SlackError

if TYPE_CHECKING:
    from tests.fakes.slack.workspace import FakeSlack

Answer = Json | None
Handler = Callable[["FakeSlack", Json], Answer | Awaitable[Answer]]


@dataclass(frozen=True, slots=True)
class Method:
    scopes: tuple[str, ...]  # any one of them; none: every token may
    per_minute: int  # requests per minute of its tier
    answer: Handler


METHODS: dict[str, Method] = {}
# Scopes that no method asks for, but that an app declares
ALL_SCOPES = {"commands", "app_mentions:read"}


def method(name: str, scopes: tuple[str, ...], per_minute: int) -> Callable[[Handler], Handler]:
    def register(answer: Handler) -> Handler:
        METHODS[name] = Method(scopes, per_minute, answer)
        ALL_SCOPES.update(scopes)
        return answer

    return register


def need(a: Json, *names: str) -> None:
    """Raises SlackError when an argument is missing."""
    if missing := [n for n in names if a.get(n) in (None, "")]:
        raise SlackError("invalid_arguments", [f"missing required field: {n}" for n in missing])


def page(items: Sequence[Any], a: Json, default: int = 100) -> tuple[list[Any], Json]:
    """A page by cursor (docs.slack.dev/apis/web-api/pagination), and the metadata that leads to the next."""
    try:
        cursor = str(a.get("cursor") or "")
        start = int(bytes.fromhex(cursor).decode().removeprefix("next:")) if cursor else 0
        limit = int(a.get("limit") or default)
    except ValueError:
        raise SlackError("invalid_cursor") from None
    if not 0 < limit <= 1000:  # conversations.history: invalid_limit; ASSUMED for the others
        raise SlackError("invalid_limit")
    end = start + limit
    following = f"next:{end}".encode().hex() if end < len(items) else ""
    return list(items[start:end]), {"next_cursor": following}
