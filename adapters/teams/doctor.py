"""What an operator is told of the way to Teams and back: what is well, and what to mend where.

Rule 1. Nothing is changed in Teams, and nobody hears of it. What could only be tried by writing to somebody, or by
        calling the bot from outside, is told and not tried.
Rule 2. No secret and no token is shown.
What the app may know of people is in `permitted`.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from adapters.teams.app import PATH
from adapters.teams.connector import SCOPE
from adapters.teams.keys import Keys
from adapters.teams.permitted import not_let_in
from adapters.teams.tokens import Tokens
from bot.errors import ChannelDown
from bot.runtime.checks import Check, ok, to_mend


async def login_check(tokens: Tokens) -> Check:
    """Whether Entra gives the bot what it proves to Teams with that it is the bot."""
    try:
        await tokens.token(SCOPE)
    except ChannelDown as error:
        return not_let_in(error)
    return ok("Entra takes teams.app_id and teams.app_password for the tenant teams.tenant_id.")


async def keys_check(keys: Keys, url: str) -> Check:
    """Whether what Teams sends can be proved to come from there; `url` is where the keys are."""
    try:
        await keys.get(None)
    except ChannelDown:
        return to_mend(
            f"{urlsplit(url).netloc} does not tell the keys that Teams signs with, so the bot would take nothing. Can "
            "this machine call it by https?"
        )
    return ok("Microsoft tells the keys that Teams signs with.")


def address_check(host: str, port: int) -> Check:
    """What the Azure Bot must be told."""
    return ok(
        f"Teams calls https://YOUR-NAME{PATH}, which must lead to http://{host}:{port}{PATH} here; it stands in the "
        "Azure Bot under Configuration, as Messaging endpoint. It is not tried."
    )
