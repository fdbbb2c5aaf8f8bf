"""The people change while the bot runs: cases hear, whoever has left loses them, and nothing more happens."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest

from adapters.directory.join import Allowed
from adapters.directory.joined import AccountsDirectory
from bot import wiring
from bot.cases.case import CaseFile, Status
from bot.cases.permissions import Engine
from bot.core.people import Address, Office, People, PersonId, Role
from bot.core.session import Status as TalkStatus
from bot.errors import PlatformError, SettingsError
from bot.runtime.accounts import Account, Held, Standing
from bot.runtime.clocks import MovableClock
from bot.runtime.people import ASK_EVERY, LOOK_EVERY, PeopleWatch, Sync, fingerprint
from bot.simulation.screens import PLATFORM
from tests.runtime import making
from tests.runtime.conftest import Houses
from tests.runtime.making import KEY, ROOT, START, House, settings
from tests.runtime.talks import REPORT, talk

REAL = making.setting
Change = Callable[[People], None]


def people() -> People:
    return REAL().people


def without(*names: str) -> People:
    return People({p.id: p for p in people() if p.first_name not in names})


@pytest.fixture
def change(monkeypatch: pytest.MonkeyPatch) -> Change:
    """Gives the house other people."""

    def changed(now: People) -> None:
        other = replace(REAL(), people=now)
        monkeypatch.setattr(making, "setting", lambda *_, **__: other)

    return changed


async def in_progress(house: House) -> CaseFile:
    stage = house.stage()
    await talk(stage, stage.person("Ana"), REPORT)
    await talk(stage, stage.person("Luis"), ("[I will take this]", "[Done]", "{safe_now: yes}"))
    (file,) = await house.files()
    assert file.case.status is Status.IN_PROGRESS
    return file


async def restarted(house: House) -> CaseFile:
    await house.again()
    (file,) = await house.files()
    return file


async def test_a_change_while_the_bot_was_down_is_heard_at_the_next_start(houses: Houses, change: Change) -> None:
    house = await houses()
    before = await in_progress(house)
    change(without("Luis"))
    after = await restarted(house)
    kim = next(p.id for p in people() if p.first_name == "Kim")
    assert (after.case.owner, after.case.status) == (kim, Status.ESCALATED)
    playbook = next(t for t in after.sessions.values() if t.person == before.case.owner)
    assert playbook.status is not TalkStatus.ENDED, "it waits for whoever takes the case"


async def test_the_same_people_change_nothing(houses: Houses, change: Change) -> None:
    house = await houses()
    before = await in_progress(house)
    lines = await house.store.audit(before.case.id, Engine.LOOK_AFTER)
    news = len(house.screens.news)
    titled = People({p.id: replace(p, title="Else", language="da") for p in people()})
    for now in (titled, without("Omar"), people()):
        change(now)
        after = await restarted(house)
        assert after == before
    assert await house.store.audit(before.case.id, Engine.LOOK_AFTER) == lines
    assert len(house.screens.news) == news


async def test_talks_of_whoever_left_end_and_nothing_is_owed_for_ever(houses: Houses, change: Change) -> None:
    house = await houses()
    await in_progress(house)
    change(without("Ana", "Luis", "Kim"))
    after = await restarted(house)
    ana = next(p.id for p in people() if p.first_name == "Ana")
    assert {t.status for t in after.sessions.values() if t.person == ana} == {TalkStatus.ENDED}
    assert after.case.status is Status.ESCALATED
    for _ in range(6):
        await house.wait(timedelta(days=4))
        await house.service.fire_due()
        await house.service.quiet()
    assert await house.store.lanes() == []


async def test_many_cases_hear_in_batches(houses: Houses, change: Change, monkeypatch: pytest.MonkeyPatch) -> None:
    house = await houses()
    stage = house.stage()
    for name in ("Ana", "Bo", "Eva"):
        person = stage.person(name)
        lines = (
            REPORT
            if name != "Bo"
            else (
                "chikane",
                "nej",
                "1",
                "[Det handler om mig]",
                "1",
                "1",
                "{kinds: threat}",
                *("spring over", "[Intet af det]", "3", "[Nej]", "spring over", "[Her i chatten]", "1"),
            )
        )
        await talk(stage, person, lines)
    monkeypatch.setattr("bot.runtime.people.BATCH", 1)
    change(without("Luis"))
    await house.again()
    kim = next(p.id for p in people() if p.first_name == "Kim")
    owners = [file.case.owner for file in await house.files() if file.case.opened]
    assert owners == [kim, kim, kim]


def test_what_has_a_say_makes_the_fingerprint() -> None:
    one = next(iter(people()))
    others = [p.id for p in people() if p.id != one.id]

    def with_(**changed: object) -> str:
        return fingerprint(People({**people().by_id, one.id: replace(one, **changed)}))  # type: ignore[arg-type]

    same = fingerprint(people())
    assert same == with_(title="x", language="da", offices=frozenset({Office.AUDITOR}), site="x")
    assert same == fingerprint(People(dict(reversed(people().by_id.items()))))
    told: list[dict[str, object]] = [
        {"manager": others[0]},
        {"deputy": others[2]},
        {"roles": frozenset({Role.HR})},
        {"conflicts": frozenset({others[0]})},
        {"addresses": ()},
    ]
    assert len({same, *(with_(**changed) for changed in told)}) == len(told) + 1


# --- the background --------------------------------------------------------------------------------------------------


class Source:
    """A platform that answers what the test says."""

    platform = "slack"

    def __init__(self, *accounts: Account) -> None:
        self.told: Sequence[Account] | Exception = accounts
        self.asked = 0

    async def accounts(self) -> Sequence[Account]:
        self.asked += 1
        if isinstance(self.told, Exception):
            raise self.told
        return self.told


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


def test_the_sample_has_a_person_of_each_name_here() -> None:
    assert {p.first_name for p in people()} >= {"Ana", "Luis", "Kim", "Omar"}
    assert all(p.addresses[0].platform == PLATFORM for p in people())
    assert PersonId("nobody") not in people().by_id
