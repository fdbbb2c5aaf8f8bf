"""Who an account in a chat is, where nobody told it: Teams is asked, and the people look whether it is one of theirs.

Rule 1. An account is looked up once in a while, however often it writes.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta

import structlog

from adapters.teams.connector import Connector, NoAnswer, Refused
from adapters.teams.place import Place
from adapters.teams.who import PLATFORM
from bot.errors import PlatformError
from bot.runtime.accounts import Account, AccountKind
from bot.runtime.once import Once
from bot.runtime.ports import Clock

log = structlog.get_logger(__name__)
AGAIN = timedelta(minutes=10)
#: What the sign-in name of somebody invited from elsewhere holds.
INVITED = "#ext#"


class Roster:
    def __init__(
        self,
        connector: Connector,
        clock: Clock,
        tenant: str,
        learned: Callable[[Account], None],
        look: Callable[[], Awaitable[None]],
    ) -> None:
        """`tenant` is the bot's own. `learned` takes what was found out, `look` lets the people look at it."""
        self._connector = connector
        self._tenant = tenant.casefold()
        self._learned = learned
        self._look = look
        self._once = Once(clock, AGAIN)

    async def learn(self, place: Place, account: str) -> bool:
        """Whether something was found out about this account."""
        if not account or not self._once.first(account):
            return False
        try:
            told = await self._connector.member(place, account)
        except (Refused, NoAnswer, PlatformError) as error:
            log.warning("member_unknown", error=type(error).__name__)
            return False
        self._learned(self._account(place, account, told))
        await self._look()
        return True

    def _account(self, place: Place, account: str, told: object) -> Account:
        known = told if isinstance(told, dict) else {}
        tenant = str(known.get("tenantId") or place.tenant).casefold()
        sign_in = str(known.get("userPrincipalName") or "")
        guest = known.get("userRole") == "guest" or INVITED in sign_in.casefold()
        emails = tuple(dict.fromkeys(str(known[name]) for name in ("email", "userPrincipalName") if known.get(name)))
        return Account(
            PLATFORM,
            tenant,
            account,
            emails,
            kind=AccountKind.GUEST if guest else AccountKind.MEMBER,
            home=not self._tenant or tenant == self._tenant,
        )
