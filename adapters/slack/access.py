"""How Slack is reached."""

from __future__ import annotations

from dataclasses import dataclass, field

from slack_sdk.web.async_client import AsyncWebClient

#: Seconds that Slack may take for an answer.
PATIENCE = 15


@dataclass(frozen=True, slots=True)
class Access:
    """How Slack is reached. Without a signing secret the door is Socket Mode, which needs the app's own token."""

    bot_token: str = field(repr=False)
    api_url: str
    signing_secret: str | None = field(default=None, repr=False)
    app_token: str | None = field(default=None, repr=False)
    teams: frozenset[str] = frozenset()


def new_client(token: str | None, api_url: str) -> AsyncWebClient:
    """A client that sends nothing a second time by itself: the outbox does, where it is safe."""
    return AsyncWebClient(token=token, base_url=api_url, timeout=PATIENCE, retry_handlers=[])
