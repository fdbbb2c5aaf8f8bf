"""The ways out to people that the settings name: chats, mail, pager; and whether a ladder would end in chat."""

from __future__ import annotations

from bot.errors import Problem, SettingsError
from bot.flow.check.ways import check_ways
from bot.flow.library import Library
from bot.runtime.ports import Channel, Clock
from bot.settings import Settings, is_loopback

ENDS_IN_CHAT = (
    "mail.host is missing, and pager.url too: the ladder would end in chat, and with the platform down nobody could be "
    "told of a case. Set one of them."
)


def channels(settings: Settings, clock: Clock) -> dict[str, Channel]:
    """The ways out, by platform, with those beside the chat.

    Raises SettingsError for a platform that this edition does not bring, and for a ladder that ends in chat.
    """
    for name, configured in (("slack", settings.slack.configured), ("teams", settings.teams.configured)):
        if configured:
            raise SettingsError(f"{name}: this edition has no adapter for it yet. Remove the section to run without.")
    if ends_in_chat(settings):
        raise SettingsError(ENDS_IN_CHAT)
    return beside(settings, clock)


def beside(settings: Settings, clock: Clock) -> dict[str, Channel]:
    """Mail and pager, as far as they are set."""
    found: dict[str, Channel] = {}
    mail, pager = settings.mail, settings.pager
    if mail.host is not None and mail.sender is not None:
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
        found[MailChannel.platform] = MailChannel(server, clock)
    if pager.url is not None and pager.secret is not None:
        from adapters.pager import PagerChannel

        found[PagerChannel.platform] = PagerChannel(pager.url, pager.secret.get_secret_value(), clock)
    return found


def ends_in_chat(settings: Settings) -> bool:
    """Whether people are told by a real platform and by nothing else. A platform on this machine is a test's."""
    slack = settings.slack.configured and not is_loopback(settings.slack.api_url)
    teams = settings.teams.configured and not settings.teams.allow_anonymous
    return (slack or teams) and settings.mail.host is None and settings.pager.url is None


def unheard(settings: Settings, library: Library) -> tuple[Problem, ...]:
    """Calls in the flows that nothing would ring for; without a real platform there are none."""
    return tuple(check_ways(tuple(library.flows.values()))) if ends_in_chat(settings) else ()
