"""The watch over the file of people and the platforms' accounts: asked now and then, kept, and not lost by a failure."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from io import StringIO
from pathlib import Path

from adapters.directory.join import Allowed
from adapters.directory.joined import AccountsDirectory
from bot import wiring
from bot.core.people import Address
from bot.errors import PlatformError, SettingsError
from bot.runtime.accounts import Account, Held, Standing
from bot.runtime.clocks import MovableClock
from bot.runtime.people import ASK_EVERY, LOOK_EVERY, PeopleWatch, Sync, fingerprint
from tests.runtime import making
from tests.runtime.making import KEY, ROOT, START, settings
from tests.runtime.staff import people, without


class Source:
    """A platform that answers what the test says."""

    platform = "slack"

    def __init__(self, *accounts: Account) -> None:
        self.told: Sequence[Account] | Exception = accounts
        self.learned: Sequence[Account] | Exception = ()
        self.asked = 0

    async def accounts(self) -> Sequence[Account]:
        self.asked += 1
        if isinstance(self.told, Exception):
            raise self.told
        return self.told

    async def more(self) -> Sequence[Account]:
        if isinstance(self.learned, Exception):
            raise self.learned
        return self.learned


def file_of(folder: Path, text: str = "") -> Path:
    path = folder / "people.yaml"
    path.write_text(text or (ROOT / "people.sample.yaml").read_text(encoding="utf-8"), encoding="utf-8")
    return path


def directory_of(path: Path) -> AccountsDirectory:
    own = settings().model_copy(update={"people": settings().people.model_copy(update={"file": path})})
    return AccountsDirectory(
        wiring.directory(own, KEY), Allowed({"slack": frozenset({"T1"})}, frozenset({"example.org"}))
    )


def account(id_: str, name: str) -> Account:
    return Account("slack", "T1", id_, (f"{name}@example.org",))


def chats(directory: AccountsDirectory) -> dict[str, tuple[Address, ...]]:
    return {p.first_name: p.addresses for p in directory.people() if p.addresses}


async def test_accounts_are_asked_now_and_then_and_kept(store_folder: Path, tmp_path: Path, log: StringIO) -> None:
    store = await making.open_store(store_folder)
    clock, source = MovableClock(START), Source(account("U1", "ana"), account("U2", "luis"))
    directory = directory_of(file_of(tmp_path))
    sync = Sync(directory, [source], store, clock)
    await sync.recall()
    await sync.look()
    await sync.look()
    assert source.asked == 1
    assert chats(directory) == {"Ana": (Address("slack", "U1"),), "Luis": (Address("slack", "U2"),)}
    assert directory.people() is directory.people()
    again = directory_of(tmp_path / "people.yaml")
    await Sync(again, [source], store, clock).recall()
    assert chats(again) == chats(directory)
    source.told = [account("U1", "ana"), replace(account("U2", "luis"), active=False)]
    await clock.move(ASK_EVERY)
    await sync.look()
    assert chats(directory) == {"Ana": (Address("slack", "U1"),)}
    source.told = PlatformError("down")
    await clock.move(ASK_EVERY)
    await sync.look()
    assert chats(directory) == {"Ana": (Address("slack", "U1"),)}
    assert "accounts_failed" in log.getvalue()
    assert "@" not in log.getvalue()
    await store.close()


async def test_what_is_learned_between_is_taken_and_known_after_a_restart(store_folder: Path, tmp_path: Path) -> None:
    """A manager that Slack named is there at once: without it every case would hear of another chart."""
    store = await making.open_store(store_folder)
    text = "people:\n- name: Ana Holm\n  email: ana@example.org\n- name: Luis Berg\n  email: luis@example.org\n"
    ana, luis = account("U1", "ana"), account("U2", "luis")
    clock, source, directory = MovableClock(START), Source(ana, luis), directory_of(file_of(tmp_path, text))
    sync = Sync(directory, [source], store, clock)
    await sync.look()
    assert directory.unmanaged("slack") == {"U1", "U2"}
    source.learned = [replace(ana, manager="U2"), replace(luis, manager="")]
    await sync.look()
    source.learned = PlatformError("ratelimited")
    await sync.look()
    by_name = {p.first_name: p for p in directory.people()}
    assert by_name["Ana"].manager == by_name["Luis"].id
    again = directory_of(tmp_path / "people.yaml")
    await (later := Sync(again, [Source(ana, luis)], store, clock)).recall()
    assert fingerprint(again.people()) == fingerprint(directory.people())
    await later.look()
    assert fingerprint(again.people()) == fingerprint(directory.people()), "not looked at yet is not nobody"
    await store.close()


async def test_other_platforms_stay_as_they_were(tmp_path: Path) -> None:
    text = "people:\n- name: Ana Holm\n  email: ana@example.org\n  teams: t-1\n  slack: U7\n"
    directory = directory_of(file_of(tmp_path, text))
    teams = Standing("teams", "x", "t-2", None, "z@example.org", START, held=Held.TWO_PERSONS)
    directory.recall([teams])
    assert directory.took("slack", [account("U7", "zoe")], START)[0] == teams
    assert chats(directory) == {"Ana": (Address("slack", "U7"),)}
    same = directory.people()
    directory.took("slack", [account("U7", "zoe")], START)
    assert directory.people() is same


async def test_a_file_that_cannot_be_used_changes_nobody_and_is_told_once(
    tmp_path: Path, log: StringIO, store_folder: Path
) -> None:
    store = await making.open_store(store_folder)
    directory = directory_of(path := file_of(tmp_path))
    before = directory.people()
    sync = Sync(directory, (), store, MovableClock(START))
    path.write_text("people:\n- name: Zoe Zyklamen\n  email: zoe@example.org\n  manager: nobody@example.org\n")
    await sync.look()
    await sync.look()
    assert directory.people() is before
    assert isinstance(directory.error, SettingsError)
    assert log.getvalue().count("people_unusable") == 1
    assert "example.org" not in log.getvalue()
    file_of(tmp_path)
    await sync.look()
    assert directory.error is None
    await store.close()


class Heard:
    """A store that only notes what it is told."""

    def __init__(self) -> None:
        self.noted: list[str] = []

    async def note_people(self, fingerprint: str) -> None:
        self.noted.append(fingerprint)

    async def hand_round(self, at: datetime, most: int) -> int:
        return 0

    async def standings(self) -> Sequence[Standing]:
        return ()

    async def put_standings(self, standings: Sequence[Standing]) -> None:
        raise AssertionError("nobody asked for accounts")


async def settled() -> None:
    """Return when all that is ready to run has run."""
    for _ in range(20):
        await asyncio.sleep(0)


async def test_the_watch_looks_every_minute_and_survives_a_failure(log: StringIO) -> None:
    clock, now, store = MovableClock(START), people(), Heard()
    looked = 0

    async def look() -> None:
        nonlocal looked
        looked += 1
        if looked == 2:
            raise OSError("the disk")

    async def nothing() -> None:
        return None

    watch = PeopleWatch(store, lambda: now, clock, nothing, look)
    watch.start()
    for minute in range(1, 5):
        await settled()
        assert looked == minute
        now = without("Omar") if minute == 2 else now
        await clock.move(LOOK_EVERY)
    await watch.stop()
    assert store.noted == [fingerprint(people()), fingerprint(without("Omar"))]
    assert "people_failed" in log.getvalue()
