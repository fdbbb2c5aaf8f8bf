"""`bistand doctor`, for Teams: the app in Entra, the way in, what Graph tells, and who has the bot."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

from aiohttp import ClientSession

from adapters.directory.joined import AccountsDirectory
from adapters.teams.access import Access
from adapters.teams.doctor import address_check, keys_check, login_check
from adapters.teams.graph import Graph
from adapters.teams.keys import Keys
from adapters.teams.people import PLATFORM, TeamsAccounts
from adapters.teams.tokens import Tokens
from bot.cli.doctor_people import Chat, joined, names, told
from bot.cli.people import circles, held
from bot.core.people import People, PersonId
from bot.core.reach import Reaches, with_reach
from bot.errors import PlatformError
from bot.runtime.checks import Check, ok, to_mend
from bot.runtime.ports import Clock
from bot.settings import Settings

CHAT = Chat(PLATFORM, "Teams", "your tenant")
INSTALL = " In Teams, whoever has the app can be: have it installed for them, as docs/teams.md shows."


async def checks(
    settings: Settings,
    access: Access,
    clock: Clock,
    directory: AccountsDirectory | None,
    reaches: Reaches,
    last: PersonId | None,
) -> AsyncIterator[Check]:
    """Everything of Teams. Without a `directory`, whose file cannot be used, nothing of the people.

    `reaches` is who was reached where until now; `last` is told when nobody else is left.
    """
    if access.password is None:
        yield ok("teams.allow_anonymous is set, for tests: Teams is not tried.")
        return
    async with ClientSession() as session:
        tokens = Tokens(session, access.login_url, access.tenant, access.app_id, access.password, clock)
        login = await login_check(tokens)
        yield login
        keys = Keys(session, access.keys_url, clock)
        yield await keys_check(keys, access.keys_url)
        await keys.stop()
        yield address_check(settings.http.host, settings.http.port)
        if not login.well:
            return  # the rest would say the same again
        graph = Graph(session, settings.teams.graph_url, tokens, clock)
        if directory is None:
            for check in await TeamsAccounts(graph, access.tenant, clock).check():
                yield check
            return
        source = TeamsAccounts(
            graph,
            access.tenant,
            clock,
            standing=lambda: directory.standing(PLATFORM),
            named=lambda: directory.named(PLATFORM),
        )
        async for check in _people(settings, source, clock, directory, reaches, last):
            yield check


async def _people(
    settings: Settings,
    source: TeamsAccounts,
    clock: Clock,
    directory: AccountsDirectory,
    reaches: Reaches,
    last: PersonId | None,
) -> AsyncIterator[Check]:
    """What the app may know, who is who, and whom it reaches."""
    permitted = await source.check()
    for check in permitted:
        yield check
    if not permitted[0].well:
        return
    try:
        accounts = await source.accounts()
    except PlatformError as error:
        yield to_mend(f"Microsoft Graph does not tell who works here: {error}.")
        return
    known = directory.took(PLATFORM, accounts, clock.now())
    people = directory.people()
    if accounts:
        yield joined(known, people, CHAT)
    for wrong in (*held([one for one in known if one.platform == PLATFORM], people), *circles(directory)):
        yield to_mend(wrong)
    for check in _managers(len(directory.unmanaged(PLATFORM)), told_by_graph=source.told_by_graph):
        yield check
    reached = with_reach(people, reaches, {PLATFORM})
    yield _installed(reached)
    yield told(reached, {PLATFORM, *(("slack",) if settings.slack.configured else ())}, last, INSTALL)


def _managers(unmanaged: int, *, told_by_graph: bool) -> Iterator[Check]:
    if unmanaged < 2:  # one is at the head
        return
    without = f"the people file names no manager for {unmanaged} people in Teams"
    if told_by_graph:
        yield ok(f"{without}: Entra does, as far as it is filled in there.")
    else:
        yield to_mend(f'{without}, and the bot may not ask Entra. Write "manager:" at each, or grant User.Read.All.')


def _installed(people: People) -> Check:
    """Who has the bot, as far as it has heard while it ran."""
    there = [person for person in people if any(address.platform == PLATFORM for address in person.proved)]
    without = [person.name for person in people if person not in there]
    if not there:
        return ok("nobody has the bot in Teams yet, as far as it has heard. It hears of it while it runs.")
    rest = f" Without: {names(without)}." if without else ""
    return ok(f"{len(there)} of {len(people.by_id)} people have the bot in Teams.{rest}")
