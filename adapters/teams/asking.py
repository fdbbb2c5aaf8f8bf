"""One call to a service of Microsoft's, and its answer as plain JSON.

Rule 1. No answer is ChannelDown with its kind. An answer that is no JSON object is an empty one: whoever asked says
        what must be in it.
Rule 2. No redirect is followed: whatever is signed goes to the address that was meant.
Rule 3. An error says neither what was asked nor what was answered: ids, codes and kinds only.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from aiohttp import ClientError, ClientSession, ClientTimeout
from yarl import URL

from bot.errors import ChannelDown, PlatformError

Json = Mapping[str, object]
PATIENCE = ClientTimeout(total=30)
OK, FORBIDDEN, NOT_FOUND, GONE, TOO_MANY, FAILED = 200, 403, 404, 410, 429, 500
_CODE = re.compile(r"[A-Za-z0-9_.]{1,60}")


@dataclass(frozen=True, slots=True)
class Answer:
    """`retry_after` is in seconds, None where no time was named."""

    status: int
    retry_after: float | None = None
    body: Json = field(default_factory=dict, repr=False)

    @property
    def code(self) -> str:
        """The service's own word for what is wrong, else the status."""
        return code(mapping(self.body.get("error")).get("code")) or f"status_{self.status}"


class Refused(PlatformError):
    """Raised when a service says no: with its own code, and the status."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.code, retry_after=answer.retry_after)
        self.status = answer.status


async def call(
    session: ClientSession,
    url: str,
    *,
    headers: Mapping[str, str] | None = None,
    form: Mapping[str, str] | None = None,
    body: Json | None = None,
) -> Answer:
    """What a service answers: to a GET, or to a POST of a form or of JSON. Raises ChannelDown (rule 1)."""
    method = "GET" if form is None and body is None else "POST"
    # `encoded`: a link that a service gave is called as it is
    target = URL(url, encoded=True)
    try:
        async with session.request(
            method, target, headers=headers, data=form, json=body, timeout=PATIENCE, allow_redirects=False
        ) as answer:
            status, wait = answer.status, seconds(answer.headers.get("Retry-After"))
            try:
                told: object = await answer.json(content_type=None)
            except ValueError:
                told = {}
    except TimeoutError:
        raise ChannelDown("timeout") from None
    except (ClientError, OSError):
        raise ChannelDown("no_answer") from None
    return Answer(status, wait, mapping(told))


def code(value: object) -> str:
    """A code, or nothing where it is none: a sentence could quote something."""
    return value if isinstance(value, str) and _CODE.fullmatch(value) else ""


def seconds(value: object) -> float | None:
    return float(value) if isinstance(value, str) and value.isascii() and value.isdigit() else None


def text(value: object) -> str:
    """A text, or nothing where something else was sent."""
    return value if isinstance(value, str) else ""


def mapping(value: object) -> Json:
    return value if isinstance(value, dict) else {}


def items(value: object) -> Sequence[Json]:
    """The objects of a list."""
    return [mapping(each) for each in value] if isinstance(value, list) else []
