"""What an operator is told of the app in Entra: whether it may log in, and what Microsoft Graph lets it know.

Rule 1. Only reading, and of one person at most. Nobody's name is shown.
Rule 2. What is not permitted is nothing to mend where the bot does without; it says what is missed.
Sources: auth-v2-service.md, user-list.md, user-get-mailboxsettings.md of Microsoft's Graph documentation;
reference-error-codes.md of Entra's.
"""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

from adapters.teams.asking import FORBIDDEN, NOT_FOUND, Refused, items, text
from adapters.teams.graph import Graph
from bot.errors import ChannelDown, PlatformError
from bot.runtime.checks import Check, ok, to_mend

_SECRETS = "Entra makes one under App registrations, Certificates & secrets; copy its Value."
_LOGIN = {
    "aadsts7000215": f"Entra does not take teams.app_password. {_SECRETS}",
    "aadsts7000222": f"teams.app_password has run out. {_SECRETS}",
    "aadsts700016": "Entra knows no app teams.app_id in the tenant teams.tenant_id. Both stand on the app's overview.",
    "aadsts90002": "Entra knows no tenant teams.tenant_id. It stands on the app's overview as Directory (tenant) ID.",
}
_GRANT = "Entra grants it under API permissions: Microsoft Graph, Application permissions, then Grant admin consent."


async def people_checks(graph: Graph) -> Sequence[Check]:
    """Whether the app may log in, then whether it may read people, and who is away."""
    try:
        body = await graph.get("/users?$top=1&$select=id")
    except ChannelDown as error:
        return [not_let_in(error)]
    except Refused as error:
        if error.status != FORBIDDEN:
            return [to_mend(f"Microsoft Graph does not tell who works here: {error}.")]
        return [
            ok(
                "Entra lets the app log in. It may not read who works here: the bot knows those in whose chats it is, "
                f"and no managers but those of the people file. User.Read.All would tell. {_GRANT}"
            )
        ]
    people = ok("Entra lets the app log in, and Microsoft Graph tells it who works here.")
    return [people, *[await _mailboxes(graph, text(one.get("id"))) for one in items(body.get("value"))[:1]]]


async def _mailboxes(graph: Graph, account: str) -> Check:
    try:
        await graph.get(f"/users/{quote(account, safe='')}/mailboxSettings")
    except Refused as error:
        if error.status == FORBIDDEN:
            return ok(
                "it may not read who is away: only absences of the people file count. MailboxSettings.Read would tell. "
                + _GRANT
            )
        if error.status != NOT_FOUND:  # that one has no mailbox, but we might have read it
            return to_mend(f"Microsoft Graph does not tell who is away: {error}.")
    except PlatformError as error:
        return to_mend(f"Microsoft Graph does not tell who is away: {error}.")
    return ok("Microsoft Graph tells who is away, by their automatic replies.")


def not_let_in(error: ChannelDown) -> Check:
    """Why the app could not log in, or nobody answered."""
    kind = error.reason
    if kind in _LOGIN:
        return to_mend(_LOGIN[kind])
    if kind.startswith("aadsts"):
        return to_mend(f"Entra does not let the app log in: {kind.upper()}.")
    return to_mend(
        f"Entra or Microsoft Graph does not answer ({kind}). Can this machine call teams.login_url and teams.graph_url?"
    )
