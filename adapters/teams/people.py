"""The accounts of an Entra tenant, for the join. See `bot.runtime.accounts.Accounts`.

Rule 1. Everybody is read from Graph once, then what changed; whole again where Graph forgot what it told, and after a
        day. A list, or changes, that did not come to their end are none.
Rule 2. Guests and disabled or deleted accounts are told as what they are; the join judges. Whoever has #EXT# in the
        name of the account is a guest, whatever else is said.
Rule 3. E-mails are `mail` and the name of the account, which only admins write. `otherMails` would let people claim an
        address, and old addresses stay among the `proxyAddresses`.
Rule 4. Where there is no Graph, or it tells nobody (403), those count whom the bot met in its chats, now or before a
        restart, and those whom the people file names; where it tells, only those met who are of another tenant. With
        nobody met there is nobody, which joins nobody: the file counts.
Rule 5. Before a restart means: as they stood. Of an account that was held back no more is known than why. It is told
        so that it is held again, or as nobody's; never so that it would be joined.
Sources: user-delta.md, delta-query-overview.md, resources/user.md of Microsoft's Graph documentation.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import structlog

from adapters.teams.asking import FORBIDDEN, Json, Refused, text
from adapters.teams.graph import Graph, expired
from adapters.teams.looks import Looks
from adapters.teams.permitted import people_checks
from bot.errors import PlatformError
from bot.runtime.accounts import Account, AccountKind, Held, Standing
from bot.runtime.checks import Check
from bot.runtime.ports import Clock

log = structlog.get_logger(__name__)
PLATFORM = "teams"
EVERYBODY = "/users/delta?$select=id,mail,userPrincipalName,accountEnabled,userType,preferredLanguage"
REMOVED = "@removed"
#: So many pages hold a million people: a list that is longer goes in a circle.
MOST_PAGES = 10_000
LIST_AGAIN = timedelta(days=1)


class TeamsAccounts:
    """Reads who is in the tenant.

    `graph` is None where there is none. `wanted` are ids of accounts whose manager somebody wants to know, `relied_on`
    of those whose absences count; `standing` is how this platform's accounts stand; `named` are those that the people
    file itself names.
    """

    platform = PLATFORM

    def __init__(
        self,
        graph: Graph | None,
        tenant: str,
        clock: Clock,
        wanted: Callable[[], Collection[str]] = frozenset,
        relied_on: Callable[[], Collection[str]] = frozenset,
        standing: Callable[[], Sequence[Standing]] = tuple,
        named: Callable[[], Collection[str]] = frozenset,
    ) -> None:
        self._graph = graph
        self._tenant = tenant
        self._clock = clock
        self._wanted = wanted
        self._relied_on = relied_on
        self._standing = standing
        self._named = named
        self._users: Mapping[str, Json] = {}
        self._changes = ""
        self._listed: datetime | None = None  # when everybody was read
        self._told_by_graph: bool | None = None  # None: not asked yet
        self._met: dict[tuple[str, str], Account] = {}
        self._looks = Looks(clock)
        self._news = False

    async def accounts(self) -> Sequence[Account]:
        """Everybody. Raises PlatformError; then nothing has changed (rule 1)."""
        await self._catch_up()
        self._news = False
        return self._told()

    async def more(self) -> Sequence[Account]:
        """See `Accounts.more`: what changed, then the next managers and mailboxes."""
        if self._told_by_graph is None:
            return ()
        if self._told_by_graph and self._graph is not None:
            await self._catch_up()
            await self._look(self._graph)
        news, self._news = self._news, False
        return self._told() if news else ()

    @property
    def told_by_graph(self) -> bool:
        """Whether Graph tells who is there, and their managers; before it was asked it does not."""
        return self._told_by_graph is True

    async def check(self) -> Sequence[Check]:
        """What the app may know, for an operator."""
        return await people_checks(self._graph) if self._graph is not None else ()

    def learned(self, account: Account) -> None:
        """The bot met this account in a chat: it is told of at the next `more` (rule 4)."""
        if self._met.get((account.tenant, account.id)) != account:
            self._met[account.tenant, account.id] = account
            self._news = True

    # --- everybody (rules 1 to 3) ----------------------------------------------------------------------------------

    async def _catch_up(self) -> None:
        graph, now = self._graph, self._clock.now()
        if graph is None:
            self._told_by_graph = False
            return
        try:
            if self._listed is None or now - self._listed >= LIST_AGAIN or not await self._read_changes(graph):
                users, changes = await self._read(graph, EVERYBODY, {})
                if not users:
                    raise PlatformError("nobody")
                self._take(users, changes)
                self._listed = now
        except Refused as error:
            if error.status != FORBIDDEN:
                raise
            self._refused(str(error))
        else:
            self._told_by_graph = True

    async def _read_changes(self, graph: Graph) -> bool:
        """Whether Graph still knows what it told before."""
        try:
            self._take(*await self._read(graph, self._changes, self._users))
        except Refused as error:
            if not expired(error):
                raise
            log.info("changes_forgotten", platform=PLATFORM, reason=str(error))
            return False
        return True

    async def _read(self, graph: Graph, where: str, before: Mapping[str, Json]) -> tuple[Mapping[str, Json], str]:
        """Everybody there is, and the link to what changes after it."""
        found = dict(before)
        for _ in range(MOST_PAGES):
            page = await graph.page(where)
            for user in page.items:
                if id_ := text(user.get("id")):
                    found[id_] = _merged(found.get(id_, {}), user)
            if not page.after:
                return found, page.changes
            where = page.after
        raise PlatformError("endless_list")

    def _take(self, users: Mapping[str, Json], changes: str) -> None:
        self._news = self._news or users != self._users
        self._users, self._changes = users, changes

    def _refused(self, reason: str) -> None:
        """Rule 4."""
        if self._told_by_graph is not False:
            log.warning("graph_keeps_people_back", platform=PLATFORM, reason=reason)
        self._told_by_graph, self._users, self._listed, self._news = False, {}, None, True

    async def _look(self, graph: Graph) -> None:
        before = self._looks.news
        try:
            await self._looks.look(graph, self._users.keys() & self._wanted(), self._users.keys() & self._relied_on())
        finally:
            self._news = self._news or self._looks.news != before

    # --- what is told ----------------------------------------------------------------------------------------------

    def _told(self) -> Sequence[Account]:
        stood = (_stood(one, self._tenant) for one in self._standing() if one.until is None)
        met = {(one.tenant, one.id): one for one in (*stood, *self._met.values())}
        if self._told_by_graph:
            return [*self._listed_accounts(), *(one for one in met.values() if one.tenant != self._tenant)]
        known = {one.id for one in met.values()}
        named = (Account(PLATFORM, self._tenant, id_, (), home=True) for id_ in self._named() if id_ not in known)
        return [*met.values(), *named] if met else []

    def _listed_accounts(self) -> Iterator[Account]:
        for id_, user in self._users.items():
            mailbox = self._looks.mailboxes.get(id_)
            yield replace(
                _account(self._tenant, id_, user),
                manager=self._looks.managers.get(id_),
                away=None if mailbox is None else mailbox.away,
                timezone=None if mailbox is None else mailbox.timezone,
            )


def _merged(before: Json, told: Json) -> Json:
    """What is known of a user: changes may leave out what stayed; one who was restored is no longer removed."""
    return {**{key: value for key, value in before.items() if key != REMOVED}, **told}


def _account(tenant: str, id_: str, user: Json) -> Account:
    name = text(user.get("userPrincipalName"))
    guest = text(user.get("userType")).lower() == "guest" or "#EXT#" in name.upper()
    emails = dict.fromkeys(email for email in (text(user.get("mail")), name) if email)
    return Account(
        PLATFORM,
        tenant,
        id_,
        tuple(emails),
        kind=AccountKind.GUEST if guest else AccountKind.MEMBER,
        active=REMOVED not in user and user.get("accountEnabled") is not False,
        home=True,
        language=text(user.get("preferredLanguage")).partition("-")[0].lower(),
    )


def _stood(one: Standing, home: str) -> Account:
    """Rule 5. One who was held back for being no member is none yet; who had the addresses of several has none."""
    emails = () if one.held is Held.TWO_PERSONS or not one.email else (one.email,)
    return Account(
        PLATFORM,
        one.tenant,
        one.account,
        emails,
        kind=AccountKind.GUEST if one.held is Held.OUTSIDE else AccountKind.MEMBER,
        home=one.tenant == home,
        language=one.language,
        timezone=one.timezone,
        manager=one.manager,
        away=one.away,
    )
