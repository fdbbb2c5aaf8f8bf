"""What the tests of Slack's traps share: a moment, waits by the house's clock, a look at what is stored."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.core.ids import Token
from bot.core.people import PersonId
from bot.runtime.ports import Store
from storage.store import SqliteStore
from tests.adapters.slack.house import SlackHouse
from tests.fakes.slack.actor import Actor
from tests.fakes.slack.waiting import GLANCE

#: A Monday morning, in working time.
START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
MODES = ("http", "socket")
#: The lines up to the form of a report, and up to its files.
TO_FORM = (
    "report",
    "[No]",
    "[Tell what has happened and get help]",
    "[It is about me]",
    "[A customer, a citizen or somebody else from outside]",
    "[My manager]",
)
TO_FILES = (*TO_FORM, "{kinds: threat | story: He writes every night}")
TO_SEND = (*TO_FILES, "skip", "[None of these]", "3", "[No]", "skip", "[Here in the chat]")


async def talk(house: SlackHouse, who: str, *lines: str) -> Actor:
    """Lines of somebody's; returns them as they sit at Slack."""
    stage = house.stage()
    person = stage.person(who)
    for line in lines:
        await stage.line(person, line)
    return house.actor(person)


async def wait(house: SlackHouse, seconds: float) -> None:
    """Move the clock, and return when what it woke has nothing more to do."""
    await house.clock.move(timedelta(seconds=seconds))
    for _ in range(20):
        await asyncio.sleep(0)
    await house.quiet()


async def until(house: SlackHouse, holds: Callable[[], object], step: float = 2.0) -> None:
    """Move the clock on, step by step (seconds), until this holds. Raises TimeoutError."""
    async with asyncio.timeout(8):
        while not holds():
            await house.clock.move(timedelta(seconds=step))
            await house.fake.activity.changed(GLANCE)


def said(actor: Actor) -> list[str]:
    """What the bot wrote in this person's chat, in order."""
    return [m["text"] for m in actor.ch["messages"] if m["user"] == actor.f.bot_user]


def whispered(actor: Actor) -> list[str]:
    """What the bot told this person alone, wherever."""
    return [m["text"] for ch in actor.f.channels.values() for m in ch["ephemeral"] if m["for"] == actor.uid]


def counts(store: Store) -> Mapping[str, int]:
    """How many rows each table has."""
    assert isinstance(store, SqliteStore)
    read = store._reader.execute
    names = [name for (name,) in read("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()]
    return {name: int(read(f"SELECT count(*) FROM {name}").fetchone()[0]) for name in names}


async def asked_now(house: SlackHouse, who: str) -> Sequence[str]:
    """The questions that this person's talks ask, in every case."""
    person = house.stage().person(who)
    found = [talk_ for file in await house.files() for talk_ in file.sessions.values() if talk_.person == person]
    return [talk_.asking or "" for talk_ in found]


def token_of(house: SlackHouse, person: PersonId) -> Token:
    """The newest question's."""
    return next(m.token for m in house.stage().screen(person) if m.token is not None)


def payloads(house: SlackHouse, kind: str) -> list[Mapping[str, Any]]:
    """What Slack sent to the bot of this kind (events_api, interactive, slash_commands), first attempts only."""
    log = house.fake.log
    return [e["payload"] for e in log if e["kind"] == "deliver" and e["envelope"] == kind and not e["attempt"]]
