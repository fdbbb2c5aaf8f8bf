"""What Teams' refusals mean: for one person for good, for everybody for now, or for one message. Pure.

Rule 1. 403 says something about the person's chat: blocked, removed, off for this account. So does 404 for the chat,
        and 400 for an account that is none of this tenant's. This address is none.
Rule 2. 401 and 5xx say something about the bot or about Teams: the platform is *down*. So does silence.
Rule 3. 429 and 412 are about one message, and are tried again.
Rule 4. What is not known is about one message: it is tried again, and nobody is passed over for it.
Sources: conversation-messages.md, send-proactive-messages.md, rate-limit.md (msteams-docs).
"""

from __future__ import annotations

from http import HTTPStatus

from adapters.teams.connector import NoAnswer, Refused
from bot.errors import ChannelDown, PersonUnreachable, PlatformError

#: The message that is meant is gone, or was never the bot's.
GONE_CODES = frozenset({"ActivityNotFoundInConversation", "MessageNotFound", "NotEnoughPermissions"})
NO_CHAT = frozenset({"ConversationNotFound", "BotNotInConversationRoster"})
NO_ACCOUNT = frozenset({"BadArgument"})
TOO_BIG = "MessageSizeTooBig"
_KINDS = {
    "ConversationBlockedByUser": "blocked",
    "BotNotInConversationRoster": "not_installed",
    "BotDisabledByAdmin": "disabled_by_admin",
    "MessageWritesBlocked": "blocked",
    "ConversationNotFound": "no_chat",
    "BadArgument": "no_account",
}


def gone(error: Refused | NoAnswer) -> bool:
    """Whether what was to be changed or removed is no more."""
    return isinstance(error, Refused) and error.code in GONE_CODES


def of_content(error: Refused | NoAnswer) -> bool:
    """Whether the message itself is refused; tried again as it is, it would be refused for ever."""
    if not isinstance(error, Refused):
        return False
    too_big = error.status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    return too_big or (error.status == HTTPStatus.BAD_REQUEST and error.code not in NO_ACCOUNT)


def verdict(error: Refused | NoAnswer) -> PlatformError:
    """The error of ours that says whom a failure is about."""
    if isinstance(error, NoAnswer):
        return ChannelDown("no_answer")
    kind = _KINDS.get(error.code)
    match error.status:
        case HTTPStatus.TOO_MANY_REQUESTS | HTTPStatus.PRECONDITION_FAILED:
            return PlatformError("ratelimited", retry_after=error.retry_after)
        case HTTPStatus.UNAUTHORIZED:
            return ChannelDown("unauthorized")
        case HTTPStatus.FORBIDDEN:
            return PersonUnreachable(kind or "forbidden")
        case HTTPStatus.NOT_FOUND if error.code in NO_CHAT:
            return PersonUnreachable(kind or "no_chat")
        case HTTPStatus.BAD_REQUEST if error.code in NO_ACCOUNT:
            return PersonUnreachable(kind or "no_account")
        case status if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            return ChannelDown(f"failed_{status}", retry_after=error.retry_after)
        case status:
            return PlatformError(f"status_{status}")
