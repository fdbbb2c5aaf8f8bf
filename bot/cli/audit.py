"""`bistand audit`: what an auditor may see of the cases: that something was done, and when; neither what nor by whom.

Rule 1. A case that excludes the auditor is no line and no number, and nothing tells that it was left out.
Rule 2. Persons are numbered within one case, in the order in which they come up: nobody is followed from case to case.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import typer

from bot import wiring
from bot.cases.case import Status
from bot.cases.permissions import Action, Asked
from bot.cli.options import load_settings
from bot.core.people import Office
from bot.errors import SettingsError
from bot.runtime.ports import AuditLine, Store
from bot.settings import Settings
from storage.audit import verify


@dataclass(frozen=True, slots=True)
class Audited:
    """A case as its auditor sees it."""

    reference: str
    status: Status
    opened: datetime | None
    lines: Sequence[AuditLine]
    broken: int | None  # the first line that does not follow from those before it


def audit(config: Path, auditor: str, reference: str) -> None:
    """Print the cases that this auditor may see, or one case's lines. Exits with 1 where a chain does not hold."""
    settings = load_settings(config)
    found = asyncio.run(_audited(settings, auditor))
    if reference:
        found = [one for one in found if one.reference == reference.upper()]
        if not found:
            raise SettingsError(f"There is no case {reference[:20]} here for {auditor}.")
        for line in _lines(found[0].lines):
            typer.echo(line)
    else:
        for one in found:
            opened = f"{one.opened:%Y-%m-%d %H:%M}" if one.opened is not None else ""
            whole = "whole" if one.broken is None else f"BROKEN at line {one.broken}"
            typer.echo(f"{one.reference}  {one.status:<12}  {opened}  {len(one.lines)} lines, {whole}")
    broken = sum(one.broken is not None for one in found)
    typer.echo(f"cases: {len(found)}, broken: {broken}. Times are UTC.")
    if broken:
        raise typer.Exit(1)


def _lines(lines: Sequence[AuditLine]) -> Iterator[str]:
    persons: dict[str, int] = {}
    for line in lines:
        who = f"person {persons.setdefault(line.person, len(persons) + 1)}" if line.person else ""
        yield f"{line.number:>4}  {line.at:%Y-%m-%d %H:%M:%S}  {line.kind:<16}  {who}".rstrip()


async def _audited(settings: Settings, auditor: str) -> list[Audited]:
    key = wiring.master_key(settings)
    people = wiring.joined_directory(settings, key).people()
    person = wiring.person_ids(key)(auditor.casefold())
    if not people.holds_office(person, Office.AUDITOR):
        raise SettingsError(f'{auditor} is no auditor. In {settings.people.file} the role "{Office.AUDITOR}" says so.')
    store = await wiring.open_store(settings, key, simulation=False, lock=False)
    try:
        return await _seen(store, Asked(person, Action.AUDIT, people))
    finally:
        await store.close()


async def _seen(store: Store, asked: Asked) -> list[Audited]:
    found = []
    for case in await store.cases(asked):
        async with store.begin() as tx:
            file = await tx.load(case, asked)
        lines = await store.audit(case, asked)
        if file is not None and lines:  # it may have been erased meanwhile
            seen = file.case
            found.append(Audited(seen.reference, seen.status, seen.opened, lines, verify(case, lines)))
    return found
