"""`bistand people …`: what operators are told about their people.

Rule 1. What must be mended is told first, each with its place, and the command exits with 1; remarks do not.
Rule 2. It is for the operator's screen: e-mails are shown here, and in no log.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from pathlib import Path

import typer

from adapters.directory.joined import AccountsDirectory
from bot import wiring
from bot.cli.options import Config, load_settings
from bot.core.people import HELD_ROLES, Office, People
from bot.errors import SettingsError
from bot.runtime.accounts import Held, Standing
from bot.runtime.ports import Directory
from bot.settings import Settings
from storage.master import MasterKey

app = typer.Typer(help="The people: check who works here, and whose accounts are whose.", no_args_is_help=True)

WHY = {
    Held.TWO_ACCOUNTS: "several accounts have this person's e-mail",
    Held.TWO_PERSONS: "this account has the e-mails of several people",
    Held.MOVED_MAIL: "the e-mail was another account's not long ago",
    Held.OTHER_PERSON: "the account was somebody else's not long ago",
    Held.OUTSIDE: "the people file names it, and it is no full member of your workspace or tenant",
}


@app.command()
def check(config: Config = Path("app.yaml")) -> None:
    """Show what is wrong with the people file and the accounts. Exits with 1 where anything must be mended."""
    settings = load_settings(config)
    key = wiring.master_key(settings)
    try:
        directory = wiring.joined_directory(settings, key)
    except SettingsError as error:
        typer.echo(str(error))  # each line with its place: circles, unknown e-mails, double ones, …
        raise typer.Exit(1) from None
    known = asyncio.run(standings(settings, key)) if has_run(settings) else ()
    directory.recall(known)
    people = directory.people()
    wrong = [*fallback(settings, directory, key), *held(known, people), *circles(directory)]
    for line in (*wrong, *_remarks(people)):
        typer.echo(line)
    typer.echo(f"{len(list(people))} people, {len(wrong)} to mend.")
    if wrong:
        raise typer.Exit(1)


def has_run(settings: Settings) -> bool:
    """Whether a bot with a key of its own has written what a sync brought."""
    return settings.storage.key is not None and Path(settings.storage.url.split("///", 1)[-1]).exists()


async def standings(settings: Settings, key: MasterKey) -> Sequence[Standing]:
    """The accounts as they stood when the bot looked last."""
    store = await wiring.open_store(settings, key, simulation=False, lock=False)
    try:
        return await store.standings()
    finally:
        await store.close()


def fallback(settings: Settings, directory: Directory, key: MasterKey) -> Iterator[str]:
    """What is wrong with whom nobody else is left to tell."""
    try:
        wiring.ladder_rules(settings, key, directory)
    except SettingsError as error:
        yield str(error)


def held(known: Sequence[Standing], people: People) -> Iterator[str]:
    """Accounts that are joined to nobody, each with its reason and its remedy."""
    for one in known:
        if one.held is not None:
            person = people.get(one.person)
            whose = f" ({person.name})" if person is not None else ""
            remedy = "Name the right account as" if one.held is not Held.OUTSIDE else "Remove or mend"
            yield (
                f"{one.platform} account {one.account}{whose} is joined to nobody: {WHY[one.held]}. "
                f'{remedy} "{one.platform}:" at the person.'
            )


def circles(directory: AccountsDirectory) -> Iterator[str]:
    """Whose managers, as their accounts name them, cannot all be right."""
    people = directory.people()
    names = sorted(person.name for person in people if person.id in directory.encircled())
    if names:
        yield (
            f"Their profiles name managers in a circle, or against the people file: {', '.join(names)}. "
            'Name the right one as "manager:" there.'
        )


def _remarks(people: People) -> Iterator[str]:
    """What may well be meant so."""
    heads = [person.name for person in people if person.manager is None]
    if len(heads) > 1:
        yield f"Without a manager: {', '.join(sorted(heads))}."
    for role in sorted(HELD_ROLES):
        if not people.holders(role):
            yield f"Nobody is {role}."
    for office in Office:
        if not any(office in person.offices for person in people):
            yield f"Nobody is {office}."
    nowhere = [person.name for person in people if not person.reachable]
    if nowhere and len(nowhere) < len(people.by_id):
        yield f"Cannot be reached: {', '.join(sorted(nowhere))}."
