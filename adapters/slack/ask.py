"""Questions to Slack that can wait, and answers as plain JSON: lists of people, profiles, what the doctor asks.

Rule 1. Where Slack names a time to wait, it is waited for by the clock: `MOST_WAITS` times for a question, none longer
        than `LONGEST_WAIT`. More than that, and every other refusal, is a PlatformError with Slack's own word for it.
Rule 2. An error says neither what was asked nor what was answered.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from aiohttp import ClientError
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from adapters.slack.verdicts import LIMITED, kind_of, verdict
from bot.errors import PlatformError
from bot.runtime.ports import Clock

Json = Mapping[str, object]
MOST_WAITS = 3
LONGEST_WAIT = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Answer:
    """What Slack answered; names of headers in small letters."""

    body: Json
    headers: Mapping[str, str]


async def ask(clock: Clock, call: Callable[[], Awaitable[AsyncSlackResponse]]) -> Answer:
    """The answer to one question. Raises PlatformError (rule 1)."""
    for _ in range(MOST_WAITS):
        try:
            return await _answered(call)
        except PlatformError as error:
            wait = error.retry_after
            if wait is None or wait > LONGEST_WAIT.total_seconds():
                raise
            await clock.wait_until(clock.now() + timedelta(seconds=wait))
    return await _answered(call)


async def _answered(call: Callable[[], Awaitable[AsyncSlackResponse]]) -> Answer:
    try:
        answer = await call()
    except SlackApiError as error:
        raise _refused(error) from None
    except TimeoutError:
        raise PlatformError("timeout") from None
    except (SlackClientError, ClientError, OSError):
        raise PlatformError("no_answer") from None
    except (ValueError, AttributeError):  # the client trips over what is no JSON: a proxy's page
        raise PlatformError("unreadable") from None
    return Answer(mapping(answer.data), _headers(answer))


def _refused(error: SlackApiError) -> PlatformError:
    """What Slack refused with: its word, else the status; what is no JSON at all has neither."""
    found = verdict(error)
    kind = str(found) if str(found) == LIMITED else kind_of(error)
    return PlatformError(kind, retry_after=found.retry_after)


def _headers(answer: AsyncSlackResponse) -> dict[str, str]:
    return {str(name).lower(): str(value) for name, value in answer.headers.items()}


def text(value: object) -> str:
    """A text, or nothing where Slack sent something else."""
    return value if isinstance(value, str) else ""


def mapping(value: object) -> Json:
    """An object, or an empty one: Slack writes an empty object as a list."""
    return value if isinstance(value, dict) else {}


def items(value: object) -> Sequence[Json]:
    """The objects of a list."""
    return [mapping(each) for each in value] if isinstance(value, list) else []
