"""What Slack's refusals mean: for one person for good, for everybody for now, or for one message. Pure.

Rule 1. What says something about the person ends this address: the account is gone, off, or may not be written to.
Rule 2. What says something about the app or about Slack makes the platform *down*: tokens, scopes, failures, silence.
Rule 3. `ratelimited` is about one message, and says when to come again.
Rule 4. What is not known is about one message: it is tried again, and nobody is passed over for it.
Sources: error lists of `chat.postMessage`, `chat.update`, `chat.delete`, `conversations.open`, and "Web API evaluation"
in Slack's documentation.
"""

from __future__ import annotations

from http import HTTPStatus

from aiohttp import ClientError
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.errors import ChannelDown, PersonUnreachable, PlatformError

LIMITED = "ratelimited"
PERSON = frozenset(
    {
        "user_not_found",
        "user_disabled",
        "user_not_visible",
        "cannot_dm_bot",
        "channel_not_found",  # the chat is named by the person's own id
    }
)
PLATFORM = frozenset(
    {
        "invalid_auth",
        "not_authed",
        "account_inactive",
        "token_revoked",
        "token_expired",
        "no_permission",
        "missing_scope",
        "not_allowed_token_type",
        "org_login_required",
        "ekm_access_denied",
        "team_access_not_granted",
        "enterprise_is_restricted",
        "team_added_to_org",
        "access_denied",
        "two_factor_setup_required",
        "accesslimited",
        "messages_tab_disabled",
        "internal_error",
        "fatal_error",
        "service_unavailable",
        "request_timeout",
        "team_not_found",
    }
)
#: The message itself is refused; tried again as it is, it would be refused for ever.
CONTENT = frozenset(
    {
        "invalid_blocks",
        "invalid_blocks_format",
        "msg_too_long",
        "msg_blocks_too_long",
        "invalid_metadata_format",
        "invalid_metadata_schema",
        "metadata_too_large",
        "too_many_attachments",
        "markdown_text_conflict",
        "no_text",
    }
)
#: What was to be changed or removed is gone, or is the bot's no more.
GONE = frozenset({"message_not_found", "cant_update_message", "cant_delete_message", "edit_window_closed"})


def kind_of(error: SlackApiError) -> str:
    """Slack's own word for it, or the status where it gave none."""
    if not isinstance(error.response, AsyncSlackResponse):
        return "unreadable"
    data = error.response.data
    said = data.get("error") if isinstance(data, dict) else None
    return said if isinstance(said, str) else f"status_{error.response.status_code}"


def verdict(error: SlackApiError | SlackClientError | ClientError | TimeoutError) -> PlatformError:
    """The error of ours that says whom a failure is about."""
    if not isinstance(error, SlackApiError):
        return ChannelDown("no_answer")
    if not isinstance(error.response, AsyncSlackResponse):
        return ChannelDown("unreadable")  # no JSON at all: the page of a proxy
    kind, status = kind_of(error), error.response.status_code
    if kind == LIMITED or status == HTTPStatus.TOO_MANY_REQUESTS:
        return PlatformError(LIMITED, retry_after=_seconds(error))
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return ChannelDown(f"failed_{status}", retry_after=_seconds(error))
    if kind in PLATFORM:
        return ChannelDown(kind)
    return PersonUnreachable(kind) if kind in PERSON else PlatformError(kind)


def _seconds(error: SlackApiError) -> float | None:
    said = {name.lower(): str(value) for name, value in error.response.headers.items()}.get("retry-after", "")
    return float(said) if said.isascii() and said.isdigit() else None
