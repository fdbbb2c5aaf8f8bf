"""`bistand doctor`, for Slack: the app, and whether those who are told of cases are there."""

from __future__ import annotations

from collections.abc import AsyncIterator

from slack_sdk.web.async_client import AsyncWebClient

from adapters.directory.joined import AccountsDirectory
from adapters.slack.access import new_client
from adapters.slack.doctor import address_check, app_checks, chat_check, rendered_checks
from adapters.slack.people import PLATFORM, SlackAccounts
from adapters.slack.samples import samples
from bot.cli.doctor_people import Chat, joined, told
from bot.cli.people import circles, held
from bot.core.people import Office, People, PersonId
from bot.errors import PlatformError
from bot.runtime.checks import Check, ok, to_mend
from bot.runtime.ports import Clock
from bot.settings import Settings


async def checks(
    settings: Settings, clock: Clock, directory: AccountsDirectory | None, last: PersonId | None, *, live: bool
) -> AsyncIterator[Check]:
    """Everything of Slack. Without a `directory`, whose file cannot be used, nothing of the people.

    `last` is told when nobody else is left.
    """
    slack = settings.slack
    client = new_client(slack.bot_token.get_secret_value() if slack.bot_token else "", slack.api_url)
    socket = slack.app_token.get_secret_value() if slack.app_token and slack.mode == "socket" else None
    found = await app_checks(client, clock, socket)
    if slack.mode == "http":
        found = [*found, address_check(settings.http.host, settings.http.port)]
    for check in found:
        yield check
    if not found[0].well:
        return  # the rest would say the same again
    if directory is not None:
        async for check in _people(settings, clock, client, directory, last):
            yield check
    if live:
        for check in await rendered_checks(client, clock, samples()):
            yield check


async def _people(
    settings: Settings, clock: Clock, client: AsyncWebClient, directory: AccountsDirectory, last: PersonId | None
) -> AsyncIterator[Check]:
    source = SlackAccounts(client, clock, manager_field=settings.slack.manager_field)
    try:
        known = directory.took(PLATFORM, await source.accounts(), clock.now())
    except PlatformError as error:
        yield to_mend(f"Slack does not tell who is in the workspace: {error}.")
        return
    people = directory.people()
    yield joined(known, people, Chat(PLATFORM, "Slack", "the workspace"))
    if not settings.teams.configured:  # who is there is not known yet
        yield told(people, {PLATFORM}, last)
    for wrong in (*held([one for one in known if one.platform == PLATFORM], people), *circles(directory)):
        yield to_mend(wrong)
    async for check in _managers(source, directory, settings.slack.manager_field):
        yield check
    account = _somebody(people)
    if account:
        yield await chat_check(client, clock, account)


async def _managers(source: SlackAccounts, directory: AccountsDirectory, field: str) -> AsyncIterator[Check]:
    unmanaged = len(directory.unmanaged(PLATFORM))
    if unmanaged < 2:  # one is at the head
        return
    try:
        there = await source.manager_field()
    except PlatformError as error:
        yield to_mend(f"Slack does not tell which fields a profile has: {error}.")
        return
    without = f"the people file names no manager for {unmanaged} people in Slack"
    if there:
        yield ok(f'{without}: their profiles do, in "{field}", as far as it is filled in.')
    else:
        yield to_mend(
            f'{without}, and profiles there have no field "{field}" that names a person. Write "manager:" at each, or '
            "name the field as slack.manager_field."
        )


def _somebody(people: People) -> str:
    """The account that a message may be put off for: an operator's, if there is one."""
    found = sorted(people, key=lambda person: Office.OPERATOR not in person.offices)
    return next((a.chat for person in found for a in person.addresses if a.platform == PLATFORM), "")
