"""The ways out to people that the settings name: chats, mail, pager; and whether a ladder would end in chat."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from pydantic import SecretStr

from adapters.directory.joined import AccountsDirectory
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

    def doors(self, service: Service, clock: Clock) -> list[Door]:
        """The doors of the same platforms, to this bot."""
        if self.slack is None:
            return []
        from adapters.slack.assembly import SlackDoor

        changed = self.slack_accounts.changed if self.slack_accounts is not None else _nobody
        return [SlackDoor(self.slack, service, service.setting, clock, changed)]


def ways(settings: Settings, clock: Clock, people: AccountsDirectory, setting: Callable[[], Setting]) -> Ways:
    """The ways out that the settings name.

    Raises SettingsError for a platform that this edition does not bring, and for a ladder that ends in chat.
    """
    if settings.teams.configured:
        raise SettingsError("teams: this edition has no adapter for it yet. Remove the section to run without.")
    if ends_in_chat(settings):
        raise SettingsError(ENDS_IN_CHAT)
    mail, pager = mails(settings, clock), pages(settings, clock)
    found: dict[str, Channel] = {way.platform: way for way in (mail, pager) if way is not None}
    access = slack_access(settings)
    if access is None:
        return Ways(found, alarms=mail)
    from adapters.slack.assembly import SlackWay
    from adapters.slack.people import SlackAccounts

    slack = SlackWay(access, setting)
    accounts = SlackAccounts(slack.client, clock, lambda: people.unmanaged("slack"), settings.slack.manager_field)
    return Ways({slack.channel.platform: slack.channel, **found}, (accounts,), mail, slack, accounts)


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


def _nobody(_account: str) -> None:
    pass


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
