"""The ways out to people that the settings name: chats, mail, pager; and whether a ladder would end in chat."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from pydantic import SecretStr

from adapters.directory.joined import AccountsDirectory
from bot.core.people import PersonId
from bot.errors import Problem, SettingsError
from bot.flow.check.ways import check_ways
from bot.flow.library import Library
from bot.runtime.accounts import Accounts
from bot.runtime.ports import Alarms, Channel, Clock
from bot.runtime.service import Service
from bot.runtime.view import Setting
from bot.settings import Settings, is_loopback

if TYPE_CHECKING:  # Bolt takes half a second to load, and the simulator needs none of it
    from aiohttp import web

    from adapters.mail import MailChannel
    from adapters.pager import PagerChannel
    from adapters.slack.access import Access
    from adapters.slack.assembly import SlackWay
    from adapters.slack.people import SlackAccounts
    from adapters.teams.access import Access as TeamsAccess
    from adapters.teams.assembly import TeamsWay
    from adapters.teams.people import TeamsAccounts

ENDS_IN_CHAT = (
    "mail.host is missing, and pager.url too: the ladder would end in chat, and with the platform down nobody could be "
    "told of a case. Set one of them."
)


class Door(Protocol):
    """What comes in from a platform."""

    def routes(self) -> list[web.RouteDef]:
        """What is served by HTTP."""

    async def start(self) -> None: ...

    async def stop(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Ways:
    """Every way out to people, by platform, the accounts of those on which people have one, and a way to operators."""

    channels: Mapping[str, Channel]
    accounts: Sequence[Accounts] = ()
    alarms: Alarms | None = None
    slack: SlackWay | None = None
    slack_accounts: SlackAccounts | None = None
    teams: TeamsWay | None = None
    teams_accounts: TeamsAccounts | None = None

    def doors(self, service: Service, clock: Clock, look: Callable[[], Awaitable[None]]) -> list[Door]:
        """The doors of the same platforms, to this bot; `look` lets the people look at accounts that are news."""
        found: list[Door] = []
        if self.slack is not None and self.slack_accounts is not None:
            from adapters.slack.assembly import SlackDoor

            found.append(SlackDoor(self.slack, service, service.setting, clock, self.slack_accounts.changed))
        if self.teams is not None and self.teams_accounts is not None:
            from adapters.teams.assembly import TeamsDoor

            learned = self.teams_accounts.learned
            found.append(TeamsDoor(self.teams, service, service.setting, clock, learned, look))
        return found

    async def close(self) -> None:
        """Let go of the lines out, once nothing is sent any more."""
        if self.teams is not None:
            await self.teams.close()


def ways(
    settings: Settings,
    clock: Clock,
    people: AccountsDirectory,
    setting: Callable[[], Setting],
    place_of: Callable[[PersonId, str], str],
) -> Ways:
    """The ways out that the settings name; `place_of` says what a platform is told to write to somebody.

    Raises SettingsError for a ladder that ends in chat.
    """
    if ends_in_chat(settings):
        raise SettingsError(ENDS_IN_CHAT)
    mail, pager = mails(settings, clock), pages(settings, clock)
    found = Ways({way.platform: way for way in (mail, pager) if way is not None}, alarms=mail)
    return _with_teams(_with_slack(found, settings, clock, people, setting), settings, clock, people, setting, place_of)


def _with_slack(
    found: Ways, settings: Settings, clock: Clock, people: AccountsDirectory, setting: Callable[[], Setting]
) -> Ways:
    access = slack_access(settings)
    if access is None:
        return found
    from adapters.slack.assembly import SlackWay
    from adapters.slack.people import SlackAccounts

    way = SlackWay(access, setting)
    accounts = SlackAccounts(way.client, clock, lambda: people.unmanaged("slack"), settings.slack.manager_field)
    return replace(
        found,
        channels={way.channel.platform: way.channel, **found.channels},
        accounts=(*found.accounts, accounts),
        slack=way,
        slack_accounts=accounts,
    )


def _with_teams(
    found: Ways,
    settings: Settings,
    clock: Clock,
    people: AccountsDirectory,
    setting: Callable[[], Setting],
    place_of: Callable[[PersonId, str], str],
) -> Ways:
    access = teams_access(settings)
    if access is None:
        return found
    from adapters.teams.assembly import TeamsWay
    from adapters.teams.graph import Graph
    from adapters.teams.people import TeamsAccounts
    from adapters.teams.who import PLATFORM

    def is_here(address: str) -> bool:
        return settings.testing and is_loopback(address)

    way = TeamsWay(access, clock, setting, lambda person: place_of(person, PLATFORM), is_here)
    graph = Graph(way.session, settings.teams.graph_url, way.tokens, clock) if way.tokens is not None else None
    accounts = TeamsAccounts(
        graph,
        access.tenant,
        clock,
        lambda: people.unmanaged(PLATFORM),
        lambda: people.relied_on(PLATFORM),
        lambda: people.standing(PLATFORM),
        lambda: people.named(PLATFORM),
    )
    return replace(
        found,
        channels={way.channel.platform: way.channel, **found.channels},
        accounts=(*found.accounts, accounts),
        teams=way,
        teams_accounts=accounts,
    )


def teams_access(settings: Settings) -> TeamsAccess | None:
    """How Teams is reached; None where it is not."""
    own = settings.teams
    if not own.configured:
        return None
    from adapters.teams.access import Access as TeamsAccess

    tenants = (own.tenant_id,) if own.tenant_id is not None else ()
    return TeamsAccess(
        app_id=own.app_id or "",
        password=own.app_password.get_secret_value() if own.app_password is not None else None,
        tenants=(*tenants, *settings.people.entra_tenants),
        anonymous=own.allow_anonymous,
        login_url=own.login_url,
    )


def slack_access(settings: Settings) -> Access | None:
    """How Slack is reached; None where it is not."""
    own = settings.slack
    if own.bot_token is None:
        return None
    from adapters.slack.access import Access

    def told(secret: SecretStr | None, *, needed: bool) -> str | None:
        return secret.get_secret_value() if secret is not None and needed else None

    return Access(
        bot_token=own.bot_token.get_secret_value(),
        api_url=own.api_url,
        signing_secret=told(own.signing_secret, needed=own.mode == "http"),
        app_token=told(own.app_token, needed=own.mode == "socket"),
        teams=frozenset(settings.people.slack_workspaces),
    )


def mails(settings: Settings, clock: Clock) -> MailChannel | None:
    """Mail, where it is set."""
    mail = settings.mail
    if mail.host is None or mail.sender is None:
        return None
    from adapters.mail import MailChannel, Server

    password = mail.password.get_secret_value() if mail.password is not None else None
    server = Server(
        host=mail.host,
        port=mail.port,
        sender=mail.sender,
        tls=mail.tls,
        username=mail.username,
        password=password,
        link=mail.link or "",
    )
    return MailChannel(server, clock)


def pages(settings: Settings, clock: Clock) -> PagerChannel | None:
    """The pager, where it is set."""
    pager = settings.pager
    if pager.url is None or pager.secret is None:
        return None
    from adapters.pager import PagerChannel

    return PagerChannel(pager.url, pager.secret.get_secret_value(), clock)


def ends_in_chat(settings: Settings) -> bool:
    """Whether people are told by a real platform and by nothing else. A platform on this machine is a test's."""
    slack = settings.slack.configured and not is_loopback(settings.slack.api_url)
    teams = settings.teams.configured and not settings.teams.allow_anonymous
    return (slack or teams) and settings.mail.host is None and settings.pager.url is None


def unheard(settings: Settings, library: Library) -> tuple[Problem, ...]:
    """Calls in the flows that nothing would ring for; without a real platform there are none."""
    return tuple(check_ways(tuple(library.flows.values()))) if ends_in_chat(settings) else ()
