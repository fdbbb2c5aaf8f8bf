"""What was done on the page and saved replays as a test: time that went by of itself, languages, forms, files."""

from __future__ import annotations

from contextlib import AsyncExitStack
from datetime import timedelta
from pathlib import Path

from adapters.web.simulator import Simulator
from bot.cli.rehearse import rehearse
from bot.settings import Settings
from bot.simulation.transcript import read_transcript
from tests.adapters.web.making import OURS, Tab, opened, reported, to_the_form


async def replays(tab: Tab, own: Settings) -> str:
    text = str((await tab.do("save", name="her-talk"))["text"])
    await rehearse(own, read_transcript(text, "her-talk.txt"))
    return text


async def goes_by(simulator: Simulator, by: timedelta) -> None:
    """Time that nobody moves."""
    await simulator.house.clock.move(by)


async def test_time_that_went_by_while_people_read(
    stack: AsyncExitStack,
    own: Settings,
    tmp_path: Path,
) -> None:
    simulator, tab = await opened(stack, own, tmp_path)
    await goes_by(simulator, timedelta(seconds=50))
    await tab.act(tab.person("Ana"), "started", flow="report")
    await goes_by(simulator, timedelta(minutes=55, seconds=20))
    await tab.press("Ana", "No")
    await goes_by(simulator, timedelta(minutes=9, seconds=40))
    await tab.do("wait", until="morning")
    await tab.do("wait", minutes=90)
    text = await replays(tab, own)
    waits = [int(line.split()[1]) for line in text.splitlines() if line.startswith("+")]
    assert sum(waits) == 23 * 60 + 90  # from nine to eight o'clock, to the minute
    assert waits[0] == 56


async def test_what_fires_of_itself(stack: AsyncExitStack, own: Settings, tmp_path: Path) -> None:
    simulator, tab = await opened(stack, own, tmp_path)
    await reported(tab)
    await tab.until(lambda: tab.stage["next"])
    following = await simulator.house.next_timer()
    assert following is not None
    await goes_by(simulator, following - simulator.house.clock.now() + timedelta(seconds=30))
    await tab.until(lambda: tab.shown("Kim"))
    assert "\n+ " in await replays(tab, own)


async def test_a_language_counts_from_where_it_was_chosen_and_in_the_next_sitting(
    stack: AsyncExitStack,
    own: Settings,
    tmp_path: Path,
) -> None:
    async with AsyncExitStack() as first:
        _, tab = await opened(first, own, tmp_path)
        await tab.act(tab.person("Ana"), "started", flow="report")
        await tab.do("language", person=tab.person("Ana"), language="da")
    _, tab = await opened(stack, own, tmp_path)
    people: list[dict[str, str]] = tab.stage["people"]  # type: ignore[assignment]
    assert next(person["language"] for person in people if person["first"] == "Ana") == "da"
    await tab.press("Ana", "Nej")
    text = await replays(tab, own)
    assert text.index("> report") < text.index("speaks: ana da")


async def test_a_wrong_form_and_a_refused_file(stack: AsyncExitStack, own: Settings, tmp_path: Path) -> None:
    _, tab = await opened(stack, own, tmp_path)
    form = await to_the_form(tab)
    wrong = await tab.act(tab.person("Ana"), "submitted", token=form["token"], values={"last_time": ["rubbish"]})
    assert wrong["kind"] == "errors"
    url = f"{tab.address}do/file?person={tab.person('Ana')}&id=f-1"
    refused = await tab.session.post(
        url, data=b"MZ", headers={**OURS, "X-Name": "tool.exe", "Content-Type": "application/octet-stream"}
    )
    assert (await refused.json())["kind"] == "refused"
    assert "last_time: " in await replays(tab, own)


def test_a_name_of_two_parts_is_read() -> None:
    read = read_transcript("anne-marie > report\nd'arcy > report", "names.txt")
    assert [line.who for line in read.lines] == ["anne-marie", "d'arcy"]
