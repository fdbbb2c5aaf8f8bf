"""The accounts of a Slack workspace, for the join. See `bot.runtime.accounts.Accounts`.

Rule 1. A list that did not come to its end is none: whoever is missing from half of one would seem to have left.
Rule 2. An account's tenant is its own workspace, the bot's is `home`: a stranger of Slack Connect has another. In an
        Enterprise Grid somebody may be of several; whoever is of the bot's too is at home.
Rule 3. Guests, bots and deactivated accounts are told as what they are; the join judges.
Rule 4. The manager stands in a custom field of the profile, which takes a call for each person. Only those who are
        wanted are looked at: `AT_ONCE` at a time (users.profile.get takes 100 a minute), and again after a day. Of
        several the first counts.
Rule 5. Slack in English tells no language: it is what everybody gets whose language Slack does not have.
Sources: user object, users.list, users.profile.get, team.profile.get, rate limits in Slack's documentation.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from zoneinfo import available_timezones

import structlog
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.ask import Json, ask, items, mapping, text
from bot.errors import PlatformError
from bot.runtime.accounts import Account, AccountKind
from bot.runtime.ports import Clock

log = structlog.get_logger(__name__)
PLATFORM = "slack"
PAGE = 200
#: So many pages hold a million people: a list that is longer goes in a circle.
MOST_PAGES = 5000
AT_ONCE = 50
LOOK_AGAIN = timedelta(days=1)
SLACKBOT = "USLACKBOT"  # says of itself that it is no bot


class SlackAccounts:
    """Reads who is in the workspace. `wanted` are ids of accounts whose manager somebody wants to know."""

    platform = PLATFORM

    def __init__(
        self,
        client: AsyncWebClient,
        clock: Clock,
        wanted: Callable[[], Collection[str]] = frozenset,
        manager_field: str = "Manager",
    ) -> None:
        """`manager_field` is the label or the id of the profile field that names the manager."""
        self._client = client
        self._clock = clock
        self._wanted = wanted
        self._field_named = manager_field.strip().casefold()
        self._field: tuple[str, datetime] | None = None  # its id (none: ""), and when that was looked up
        self._home = ""
        self._known: dict[str, Account] = {}
        self._managers: dict[str, str] = {}
        self._looked: dict[str, datetime] = {}
        self._changed: set[str] = set()
        self._news = False

    async def accounts(self) -> Sequence[Account]:
        """Everybody. Raises PlatformError; then nothing has changed (rule 1)."""
        if not self._home:
            told = await ask(self._clock, self._client.auth_test)
            self._home = text(told.body.get("team_id"))
        changed, self._changed = self._changed, set()
        try:
            self._known, self._news = await self._list(), False
        except PlatformError:
            self._changed |= changed
            raise
        return self._told()

    async def more(self) -> Sequence[Account]:
        """See `Accounts.more`: whoever changed is read again, then the next profiles."""
        for account in sorted(self._changed)[:AT_ONCE]:
            await self._again(account)
        await self._read_managers()
        news, self._news = self._news, False
        return self._told() if news else ()

    def changed(self, account: str) -> None:
        """Slack told that this account is new, or another than before: it is read at the next `more`."""
        self._changed.add(account)
        self._looked.pop(account, None)

    def _told(self) -> Sequence[Account]:
        return [replace(one, manager=self._managers.get(one.id)) for one in self._known.values()]

    async def _list(self) -> dict[str, Account]:
        found: dict[str, Account] = {}
        cursor = ""
        for _ in range(MOST_PAGES):
            members, cursor = await self._page(cursor)
            found |= {one.id: one for one in (self._account(member) for member in members) if one.id}
            if not cursor:
                return found
        raise PlatformError("endless_list")

    async def _page(self, cursor: str) -> tuple[Sequence[Json], str]:
        answer = await ask(
            self._clock,
            lambda: self._client.users_list(limit=PAGE, include_locale=True, **({"cursor": cursor} if cursor else {})),
        )
        if not isinstance(answer.body.get("members"), list):
            raise PlatformError("unreadable")
        return items(answer.body["members"]), text(mapping(answer.body.get("response_metadata")).get("next_cursor"))

    async def _again(self, account: str) -> None:
        """One account as it is now. Before the first list there is nothing to add it to."""
        if self._known:
            try:
                answer = await ask(self._clock, lambda: self._client.users_info(user=account, include_locale=True))
            except PlatformError as error:
                if str(error) not in ("user_not_found", "user_not_visible"):
                    raise
            else:
                now = self._account(mapping(answer.body.get("user")))
                if now.id == account and now != self._known.get(account):
                    self._known[account], self._news = now, True
        self._changed.discard(account)

    def _account(self, user: Json) -> Account:
        email = text(mapping(user.get("profile")).get("email"))
        teams = mapping(user.get("enterprise_user")).get("teams")
        own = text(user.get("team_id"))
        home = bool(self._home) and (own == self._home or (isinstance(teams, list) and self._home in teams))
        zone = text(user.get("tz"))
        return Account(
            PLATFORM,
            self._home if home else own,
            text(user.get("id")),
            (email,) if email else (),
            kind=_kind(user),
            active=user.get("deleted") is not True,
            home=home,
            language=_language(text(user.get("locale"))),
            timezone=zone if zone in _zones() else "",
        )

    # --- managers (rule 4) -----------------------------------------------------------------------------------------

    async def _read_managers(self) -> None:
        now = self._clock.now()
        due = [id_ for id_ in self._wanted() if id_ in self._known and self._is_due(id_, now)]
        if not due:
            return
        field = await self.manager_field()
        if not field:
            return
        for account in sorted(due, key=lambda id_: (id_ in self._looked, id_))[:AT_ONCE]:
            manager = await self._manager(account, field)
            if manager != self._managers.get(account):
                self._managers[account], self._news = manager, True
            self._looked[account] = now

    def _is_due(self, account: str, now: datetime) -> bool:
        looked = self._looked.get(account)
        return looked is None or now - looked >= LOOK_AGAIN

    async def manager_field(self) -> str:
        """The id of the field; "" where the workspace has none, which is looked up again after a day."""
        now = self._clock.now()
        if self._field is None or (not self._field[0] and now - self._field[1] >= LOOK_AGAIN):
            self._field = (await self._find_field(), now)
            if not self._field[0]:
                log.info("no_manager_field", platform=PLATFORM)
        return self._field[0]

    async def _find_field(self) -> str:
        try:
            answer = await ask(self._clock, self._client.team_profile_get)
        except PlatformError as error:
            if str(error) != "missing_scope":  # `bistand doctor` tells of that one
                raise
            return ""
        fields = items(mapping(answer.body.get("profile")).get("fields"))
        named = (
            text(one.get("id")) for one in fields if one.get("type") == "user" and self._field_named in _names(one)
        )
        return next(named, "")

    async def _manager(self, account: str, field: str) -> str:
        try:
            answer = await ask(self._clock, lambda: self._client.users_profile_get(user=account))
        except PlatformError as error:
            if str(error) not in ("user_not_found", "user_not_visible"):
                raise
            return ""
        value = mapping(mapping(mapping(answer.body.get("profile")).get("fields")).get(field)).get("value")
        return text(value).split(",")[0].strip()


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


def _names(field: Json) -> tuple[str, str]:
    return text(field.get("id")).casefold(), text(field.get("label")).strip().casefold()


def _kind(user: Json) -> AccountKind:
    if user.get("is_bot") is True or user.get("is_workflow_bot") is True or user.get("id") == SLACKBOT:
        return AccountKind.BOT
    if user.get("is_restricted") is True or user.get("is_ultra_restricted") is True:
        return AccountKind.GUEST
    return AccountKind.MEMBER


def _language(locale: str) -> str:
    """`da` of `da-DK` (rule 5)."""
    language = locale.replace("_", "-").partition("-")[0].lower()
    return "" if language == "en" else language
