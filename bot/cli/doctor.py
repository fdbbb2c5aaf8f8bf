"""`bistand doctor`: whether a bot with these settings would reach people, one line a check.

Rule 1. Every line is "ok: …" or "to mend: …", with what to do. It ends with 1 where anything must be mended.
Rule 2. Nothing is changed: no database is made or moved on, nothing is written to people, nothing is kept.
Rule 3. No secret is shown. It is for the operator's screen: names of people stand here, and in no log.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import typer

from adapters.directory.joined import AccountsDirectory
from bot import ways, wiring
from bot.cli import doctor_slack
from bot.cli.options import as_called, load_settings
from bot.cli.people import circles, fallback
from bot.core.people import Office, PersonId, Role
from bot.core.reach import Reaches
from bot.errors import SettingsError
from bot.runtime.accounts import Standing
from bot.runtime.checks import Check, ok, to_mend
from bot.runtime.clocks import SystemClock
from bot.settings import Settings
from storage.master import LENGTH, MasterKey


@dataclass(frozen=True, slots=True)
class Remembered:
    """How accounts stood, and who was reached where."""

    standings: Sequence[Standing] = ()
    reaches: Reaches = field(default_factory=dict)


def doctor(config: Path, *, live: bool) -> None:
    """Print every check. Exits with 1 where anything must be mended."""
    try:
        settings = load_settings(config)
    except SettingsError as error:
        typer.echo(to_mend(str(error)))
        raise typer.Exit(1) from None
    typer.echo(ok(f"{config if config.exists() else 'the settings'} can be read."))
    if not asyncio.run(examined(settings, live=live)):
        raise typer.Exit(1)


async def examined(settings: Settings, *, live: bool) -> bool:
    """Print each check as it ends, and what two of them find once; returns whether all is well."""
    well, said = True, set[str]()
    async for check in _checks(settings, live=live):
        if str(check) not in said:
            typer.echo(as_called(str(check)))
        said.add(str(check))
        well = well and check.well
    return well


async def _checks(settings: Settings, *, live: bool) -> AsyncIterator[Check]:
    for check in (*_flows(settings), *_beside(settings)):
        yield check
    directory, last, memory = None, None, Remembered()
    try:
        key = _key(settings)
        last = wiring.person_ids(key)((settings.ladder.fallback or "").casefold())
        directory = wiring.joined_directory(settings, key)
    except SettingsError as error:
        first, *more = str(error).splitlines()
        yield to_mend(first + (f" (and {len(more)} more. Run: bistand people check)" if more else ""))
    else:
        yield ok(f"{settings.people.file} can be read: {len(directory.people().by_id)} people.")
        try:
            memory = await _remembered(settings, key)
        except SettingsError as error:
            yield to_mend(str(error))
        directory.recall(memory.standings)
        for check in _people(settings, key, directory):
            yield check
    async for check in _chats(settings, directory, memory.reaches, last, live=live):
        yield check


async def _chats(
    settings: Settings, directory: AccountsDirectory | None, reaches: Reaches, last: PersonId | None, *, live: bool
) -> AsyncIterator[Check]:
    clock, access = SystemClock(), ways.teams_access(settings)
    if settings.slack.configured:
        async for check in doctor_slack.checks(settings, clock, directory, last, live=live):
            yield check
    if access is not None:
        from bot.cli import doctor_teams  # with what Teams' door takes a second to load

        async for check in doctor_teams.checks(settings, access, clock, directory, reaches, last):
            yield check
    elif not settings.slack.configured:
        yield to_mend(
            "neither slack nor teams is set up: nobody could reach the bot. docs/slack.md and docs/teams.md show how."
        )


def _key(settings: Settings) -> MasterKey:
    """The operator's key. Where none is needed yet, none is made (rule 2): ids alone are made with it."""
    if settings.storage.key is None and not (settings.slack.configured or settings.teams.configured):
        return MasterKey(bytes(LENGTH), development=True)
    return wiring.master_key(settings)


def _people(settings: Settings, key: MasterKey, directory: AccountsDirectory) -> Iterator[Check]:
    """The people file, with what the store knows of accounts."""
    for wrong in (*fallback(settings, directory, key), *circles(directory)):
        yield to_mend(wrong)
    if not directory.people().holders(Role.ON_CALL):
        yield ok("nobody has the role on_call: in danger, people get the emergency number and no colleague is called.")
    if settings.mail.host is not None and not any(Office.OPERATOR in person.offices for person in directory.people()):
        yield to_mend(
            f"{settings.people.file}: nobody has the role operator, so nobody is told by mail when a chat is down."
        )


async def _remembered(settings: Settings, key: MasterKey) -> Remembered:
    """What the bot knew when it looked last; nothing where it has not run with this layout (rule 2)."""
    from storage import migrate

    if settings.storage.key is None or migrate.state(settings.storage.url) is not migrate.State.CURRENT:
        return Remembered()
    store = await wiring.open_store(settings, key, simulation=False, lock=False)
    try:
        reaches = {(one.person, one.platform): one for one in await store.reaches()}
        return Remembered(await store.standings(), reaches)
    finally:
        await store.close()


def _flows(settings: Settings) -> Iterator[Check]:
    try:
        library = wiring.read_library(settings.flows.path, settings.organisation.languages, datetime.now(UTC).date())
        wiring.country_of(library, settings, settings.flows.path)
    except SettingsError as error:
        yield to_mend(str(error))
        return
    wrong = len((*library.problems, *ways.unheard(settings, library)))
    if wrong:
        yield to_mend(f"{settings.flows.path}: mistakes in the flows: {wrong}. Run: bistand flows check")
    else:
        yield ok(f"{settings.flows.path} can be read: {len(library.flows)} flows.")


def _beside(settings: Settings) -> Iterator[Check]:
    """What is set beside the chat. Nothing of it is tried: somebody would be woken."""
    mail, pager = settings.mail, settings.pager
    if mail.host is not None:
        yield ok(f"mails go by {mail.host}:{mail.port} as {mail.sender}. It is not tried.")
    if pager.url is not None:
        yield ok(f"the pager is called at {urlsplit(pager.url).netloc}. It is not tried.")
    if ways.ends_in_chat(settings):
        yield to_mend(ways.ENDS_IN_CHAT)
    elif mail.host is None and pager.url is None:
        yield ok("neither mail nor pager is set.")
