"""The simulator where something goes wrong in the middle: nothing is lost or doubled, and no page is left hanging."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from adapters.web.chats import Chats, Item, Own, Passed, Told
from adapters.web.items import item
from bot.cli.house import PlayHouse
from bot.cli.simulator import simulate
from bot.core.events import PersonEvent
from bot.core.ids import Slot
from bot.core.messages import Message
from bot.core.people import PersonId
from bot.core.replies import Reply
from bot.errors import SettingsError
from bot.runtime.clocks import MovableClock
from bot.settings import Settings
from storage.journal import Journal
from tests.adapters.web.making import KEY, MONDAY, OURS, as_sent, opened


def broken(own: Settings) -> tuple[Path, str]:
    flow = own.flows.path / "report.yaml"
    text = flow.read_text(encoding="utf-8")
    flow.write_text(text.replace("id: danger\n", "id: dangr\n", 1), encoding="utf-8")
    return flow, text


async def test_a_kill_while_a_flow_is_broken_brings_the_bot_back(
    stack: AsyncExitStack,
    own: Settings,
    tmp_path: Path,
) -> None:
    _, tab = await opened(stack, own, tmp_path)
    await tab.act(tab.person("Ana"), "started", flow="report")
    broken(own)
    await tab.do("restart")
    await tab.press("Ana", "No")
    assert tab.texts("Ana")[-1].startswith("What would you like")


async def test_nothing_is_removed_while_a_flow_is_broken(
    stack: AsyncExitStack,
    own: Settings,
    tmp_path: Path,
) -> None:
    _, tab = await opened(stack, own, tmp_path)
    await tab.act(tab.person("Ana"), "started", flow="report")
    flow, text = broken(own)
    refused = await tab.session.post(f"{tab.address}do/over", json={"id": "o"}, headers=OURS)
    assert refused.status == 400
    assert "nothing was removed" in (await refused.json())["error"]
    await tab.press("Ana", "No")
    assert tab.texts("Ana")[-1].startswith("What would you like")
    flow.write_text(text, encoding="utf-8")
    await tab.do("over", request="o")


async def test_a_page_hears_that_it_is_over_even_when_it_failed(
    stack: AsyncExitStack,
    own: Settings,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    simulator, tab = await opened(stack, own, tmp_path)

    async def fails() -> int:
        raise OSError

    with monkeypatch.context() as patched:
        patched.setattr(simulator.house, "fire_due", fails)
        failed = await tab.session.post(f"{tab.address}do/wait", json={"id": "w", "minutes": 5}, headers=OURS)
    assert failed.status == 500
    assert as_sent(await simulator.everything("en"))["doing"] is None
    await tab.do("wait", request="w", minutes=5)


async def test_everything_holds_what_was_said_while_it_was_made(
    stack: AsyncExitStack,
    own: Settings,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    simulator, tab = await opened(stack, own, tmp_path)
    stage = simulator.stage

    async def meanwhile(language: str) -> object:
        made = await stage(language)
        simulator.chats.own(PersonId(tab.person("Ana")), "said meanwhile")
        return made

    monkeypatch.setattr(simulator, "stage", meanwhile)
    chats = as_sent(await simulator.everything("en"))["chats"]
    assert [item["text"] for item in chats[tab.person("Ana")]] == ["said meanwhile"]


async def test_a_request_that_failed_and_comes_again_is_shown_once(
    stack: AsyncExitStack,
    own: Settings,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    simulator, tab = await opened(stack, own, tmp_path)
    ana = tab.person("Ana")

    async def fails(*_given: object) -> Reply:
        raise OSError

    said = {"id": "r", "person": ana, "kind": "said", "text": "report"}
    file = f"{tab.address}do/file?person={ana}&id=f"
    sent = {**OURS, "Content-Type": "image/png"}
    with monkeypatch.context() as patched:
        patched.setattr(simulator.house, "take", fails)
        patched.setattr(simulator.house, "attach", fails)
        assert (await tab.session.post(f"{tab.address}do/act", json=said, headers=OURS)).status == 500
        assert (await tab.session.post(file, data=b"\x89PNG\r\n\x1a\n1", headers=sent)).status == 500
    await tab.do("act", "r", person=ana, kind="said", text="report")
    assert (await tab.session.post(file, data=b"\x89PNG\r\n\x1a\n1", headers=sent)).status == 200
    await tab.until(lambda: tab.shown("Ana")[-1]["from"] == "bot")
    assert len([item for item in tab.shown("Ana") if item["from"] == "me"]) == 2
    assert len([line for line in simulator.chats.script if " > " in line]) == 2


async def test_what_was_under_way_when_all_began_anew_is_refused_kindly(
    stack: AsyncExitStack, own: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    simulator, tab = await opened(stack, own, tmp_path)
    assert isinstance(simulator.house, PlayHouse)
    ana, take = tab.person("Ana"), simulator.house.service.take
    under_way, go_on = asyncio.Event(), asyncio.Event()

    async def slow(event: PersonEvent) -> Reply:
        under_way.set()
        await go_on.wait()
        return await take(event)

    said = {"id": "r", "person": ana, "kind": "said", "text": "report"}
    with monkeypatch.context() as patched:
        patched.setattr(simulator.house, "take", slow)
        answer = asyncio.create_task(tab.session.post(f"{tab.address}do/act?lang=da", json=said, headers=OURS))
        await under_way.wait()
        await tab.do("over")
        go_on.set()
        refused = await answer
    assert refused.status == 400
    assert (await refused.json())["error"].startswith("Der er begyndt forfra")
    assert not [line for line in simulator.chats.script if " > " in line]
    await tab.say("Ana", "report")
    assert tab.texts("Ana")[0] == "report"


async def test_a_language_that_was_chosen_when_all_began_anew_is_refused(
    stack: AsyncExitStack, own: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    simulator, tab = await opened(stack, own, tmp_path)
    under_way, go_on = asyncio.Event(), asyncio.Event()

    async def slow() -> list[object]:
        under_way.set()
        await go_on.wait()
        raise OSError

    chosen = {"id": "r", "person": tab.person("Ana"), "language": "da"}
    with monkeypatch.context() as patched:
        patched.setattr(simulator.house, "files", slow)
        answer = asyncio.create_task(tab.session.post(f"{tab.address}do/language", json=chosen, headers=OURS))
        await under_way.wait()
    await tab.do("over")
    go_on.set()
    assert (await answer).status == 400
    assert simulator.chats.spoken == {}


def test_an_item_and_its_line_are_kept_together_or_not_at_all(tmp_path: Path) -> None:
    """Whatever of the file a kill leaves: no line without its item, no item without its line, none twice."""
    ana, clock = PersonId("ana"), MovableClock(MONDAY)

    def read() -> Chats:
        journal = Journal(tmp_path / "play.chats", KEY)
        try:
            return Chats(journal, clock)
        finally:
            journal.close()

    journal = Journal(tmp_path / "play.chats", KEY)
    chats = Chats(journal, clock)
    chats.write = lambda _person, message: f"ana < {message.text}"
    chats.own(ana, "report", lines=["+ 5 min", "ana > report"])
    chats.told(ana, "row-1", Slot("s"), Message("Good."))
    chats.told(ana, "row-1", Slot("s"), Message("Good."))
    chats.spoke(ana, "da", ["speaks: ana da"])
    journal.close()
    data = (tmp_path / "play.chats").read_bytes()
    for cut in range(len(data) + 1):
        (tmp_path / "play.chats").write_bytes(data[:cut])
        found = read()
        said = [words_of(item) for item in found.of(ana)]
        whole = [("ana > report", "report"), ("ana < Good.", "Good.")][: len(said)]
        assert [line for line in found.script if "report" in line or "Good" in line] == [line for line, _ in whole]
        assert said == [text for _, text in whole]
        assert ("speaks: ana da" in found.script) == (found.spoken == {ana: "da"})
        assert (found.began is not None) == bool(found.script)
    assert read().script == ["+ 5 min", "ana > report", "ana < Good.", "speaks: ana da"]


def words_of(item: Item) -> str:
    match item:
        case Own():
            return item.text
        case Told():
            return item.message.text
        case Passed():
            raise AssertionError("no time has passed")


async def test_a_fresh_start_takes_nothing_from_one_that_runs(
    stack: AsyncExitStack,
    own: Settings,
    tmp_path: Path,
) -> None:
    await opened(stack, own, tmp_path)
    (tmp_path / "play.sqlite.notes").write_text("mine", encoding="utf-8")
    before = sorted(path.name for path in tmp_path.iterdir())
    with pytest.raises(SettingsError, match="Another Bistand"):
        await simulate(own, store=tmp_path / "play.sqlite", fresh=True, port=0)
    assert {*before} <= {path.name for path in tmp_path.iterdir()}


def test_chats_of_another_version_are_not_repeated(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "play.chats", KEY)
    journal.append(b'[{"kind": "own", "text": "I know where you live"}]')
    with pytest.raises(SettingsError) as raised:
        Chats(journal, MovableClock(MONDAY))
    journal.close()
    assert "know where" not in repr(raised.value)


async def test_a_kill_is_told_while_the_bot_is_down(
    stack: AsyncExitStack, own: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The chat claims nothing of a bot that is not back yet; that it is back the page hears at the end."""
    simulator, tab = await opened(stack, own, tmp_path)
    await tab.act(tab.person("Ana"), "started", flow="report")
    ana, back = PersonId(tab.person("Ana")), simulator.house.open
    seen: list[object] = []

    async def slowly() -> None:
        newest = simulator.chats.of(ana)[-1]
        seen.extend(as_sent(item(newest, language, simulator.zone))["text"] for language in ("en", "da"))
        await back()

    monkeypatch.setattr(simulator.house, "open", slowly)
    await tab.do("restart")
    assert seen == ["The bot was killed here", "Her blev botten slået ned"]
    assert [shown["from"] for shown in tab.shown("Ana")].count("stage") == 1
