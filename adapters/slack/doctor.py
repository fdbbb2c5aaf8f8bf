"""What an operator is told of the app in Slack: what is well, and what to mend where.

Rule 1. Nothing is changed in Slack, and nobody hears of it: whether messages are taken is seen by one that is put off
        for an hour and taken back at once. ASSUMED: a Messages tab that is off refuses it as it refuses others.
Rule 2. No token is shown. What Slack refuses with is shown in its own word.
Sources: auth.test, apps.connections.open, chat.scheduleMessage, blocks.validate in Slack's documentation.
"""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator, Iterable, Sequence
from datetime import timedelta
from typing import TypeAlias
from urllib.parse import urlsplit

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from adapters.slack.ask import Answer, Json, ask, items, mapping, text
from adapters.slack.manifest import PATH, SCOPES
from bot.errors import PlatformError
from bot.runtime.checks import Check, ok, to_mend
from bot.runtime.ports import Clock

#: A view, or the blocks of a message.
Shown: TypeAlias = "Json | Sequence[Json]"

TOKENS = "Slack shows it under OAuth & Permissions, as Bot User OAuth Token."
_AUTH = {
    "invalid_auth": f"Slack does not know slack.bot_token. {TOKENS}",
    "not_authed": f"Slack does not know slack.bot_token. {TOKENS}",
    "not_allowed_token_type": f"slack.bot_token is another kind of token. {TOKENS}",
    "account_inactive": "the app is no longer installed. Install it again, and copy the new slack.bot_token.",
    "token_revoked": "slack.bot_token was revoked. Install the app again, and copy the new one.",
    "token_expired": "slack.bot_token has run out: token rotation is on. Make the app anew, from the manifest.",
}
_APP_TOKENS = "Slack makes one under Basic Information, App-Level Tokens, with the scope connections:write."
_SOCKET = {
    "invalid_auth": f"Slack does not know slack.app_token. {_APP_TOKENS}",
    "not_authed": f"Slack does not know slack.app_token. {_APP_TOKENS}",
    "not_allowed_token_type": f"slack.app_token is another kind of token. {_APP_TOKENS}",
    "missing_scope": f"slack.app_token lacks a scope. {_APP_TOKENS}",
}
_OF_APP = re.compile(r"xapp-\d+-(A[A-Z0-9]{6,})-")
PUT_OFF = timedelta(hours=1)
PROBE = "This is only a check that messages arrive here. There is nothing to do."


async def app_checks(client: AsyncWebClient, clock: Clock, app_token: str | None) -> Sequence[Check]:
    """The token, its workspace, its scopes; and with an app token, the socket. The first says whether Slack answers."""
    try:
        answer = await ask(clock, client.auth_test)
    except PlatformError as error:
        return [_unanswered(client, error)]
    found = [_whose(answer), _scopes(answer)]
    if app_token is not None:
        found += [check async for check in _socket(client, clock, answer, app_token)]
    return found


def _unanswered(client: AsyncWebClient, error: PlatformError) -> Check:
    kind, host = str(error), urlsplit(client.base_url).netloc
    if kind in ("no_answer", "timeout", "unreadable") or kind.startswith("status_"):
        return to_mend(
            f"{host} does not answer ({kind}). Can this machine call it by https? A proxy stands in HTTPS_PROXY."
        )
    return to_mend(_AUTH.get(kind, f"Slack refuses slack.bot_token: {kind}."))


def _whose(answer: Answer) -> Check:
    name, team = text(answer.body.get("team")), text(answer.body.get("team_id"))
    if not answer.body.get("bot_id"):
        return to_mend(f"slack.bot_token is a person's, not the bot's. {TOKENS}")
    if answer.body.get("is_enterprise_install") is True:
        return to_mend("the app is installed for a whole organisation. Install it in one workspace.")
    return ok(f"Slack answers. The workspace is {name} ({team}): its full members count.")


def _scopes(answer: Answer) -> Check:
    has = {scope.strip() for scope in answer.headers.get("x-oauth-scopes", "").split(",")} - {""}
    missing = [f"{scope} ({why})" for scope, why in SCOPES.items() if scope not in has]
    if missing:
        return to_mend(
            f"the app lacks scopes: {'; '.join(missing)}. Add them under OAuth & Permissions, Bot Token Scopes, and "
            "install the app again."
        )
    more = sorted(has - SCOPES.keys())
    return ok("the app has its scopes." + (f" It does not need these: {', '.join(more)}." if more else ""))


async def _socket(client: AsyncWebClient, clock: Clock, who: Answer, app_token: str) -> AsyncIterator[Check]:
    try:
        await ask(clock, lambda: client.apps_connections_open(app_token=app_token))
    except PlatformError as error:
        kind = str(error)
        yield to_mend(_SOCKET.get(kind, f"Slack opens no socket: {kind}. Is Socket Mode on in the app's settings?"))
        return
    named, bot = _OF_APP.match(app_token), text(who.body.get("bot_id"))
    try:
        answer = await ask(clock, lambda: client.bots_info(bot=bot))
        app = text(mapping(answer.body.get("bot")).get("app_id"))
    except PlatformError:
        app = ""  # a scope is missing, which is told already
    if named is not None and app and named[1] != app:
        yield to_mend(
            f"slack.app_token is of another app ({named[1]}) than slack.bot_token ({app}). Take both from one."
        )
    else:
        yield ok("Slack opens a socket: Slack's events will come in.")


def address_check(host: str, port: int) -> Check:
    """By HTTP: what Slack must be told. The signing secret is set, or the settings could not be read."""
    return ok(
        f"the signing secret is set. Slack calls https://YOUR-NAME{PATH}, which must lead to "
        f"http://{host}:{port}{PATH} here; `bistand slack manifest --http https://YOUR-NAME` puts it in its places."
    )


async def chat_check(client: AsyncWebClient, clock: Clock, account: str) -> Check:
    """Whether the bot may write to somebody (rule 1)."""
    try:
        opened = await ask(clock, lambda: client.conversations_open(users=account))
        chat = text(mapping(opened.body.get("channel")).get("id"))
        at = int((clock.now() + PUT_OFF).timestamp())
        waiting = await ask(clock, lambda: client.chat_scheduleMessage(channel=chat, post_at=at, text=PROBE))
        name = text(waiting.body.get("scheduled_message_id"))
        await ask(clock, lambda: client.chat_deleteScheduledMessage(channel=chat, scheduled_message_id=name))
    except PlatformError as error:
        if str(error) == "messages_tab_disabled":
            return to_mend(
                "the app takes no messages. Under App Home, Show Tabs, switch on the Messages Tab, and tick that users "
                "may send messages from it."
            )
        return to_mend(f"Slack takes no message of the bot's: {error}.")
    return ok("the bot may write to people.")


async def rendered_checks(
    client: AsyncWebClient, clock: Clock, rendered: Iterable[tuple[str, Shown]]
) -> Sequence[Check]:
    """What Slack itself says of each view, and of each message's blocks, by the name that it is shown with."""
    found: list[Check] = []
    count = 0
    for name, each in rendered:
        count += 1
        try:
            answer = await ask(clock, lambda each=each: _validated(client, each))  # type: ignore[misc]
        except PlatformError as error:
            found.append(to_mend(f"{name}: Slack does not say whether it can be shown: {error}."))
            continue
        if answer.body.get("ok") is not True:
            places = [f"{text(one.get('pointer'))} {text(one.get('code'))}" for one in items(answer.body.get("errors"))]
            found.append(to_mend(f"{name}: Slack cannot show it: {', '.join(places[:5])}. Please report this to us."))
    if not count:
        return [ok("nothing that the bot shows was given to Slack to judge.")]
    return found or [ok(f"Slack can show everything that was given to it ({count}).")]


async def _validated(client: AsyncWebClient, each: Shown) -> AsyncSlackResponse:
    kind = "view" if isinstance(each, dict) else "blocks"
    try:
        # in the body: the client's own method writes it into the address, which is too long for it
        return await client.api_call("blocks.validate", data={kind: json.dumps(each)})
    except SlackApiError as error:
        answer = error.response
        if isinstance(answer, AsyncSlackResponse) and text(mapping(answer.data).get("error")).startswith("invalid_"):
            return answer
        raise
