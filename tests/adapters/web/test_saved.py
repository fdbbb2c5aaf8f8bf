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
    rung = next(timer.at for timer in await simulator.house.timers() if timer.key.startswith("rung"))
    await goes_by(simulator, rung - simulator.house.clock.now() + timedelta(seconds=30))
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
    people = tab.stage["people"]
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


async def test_signs_that_mean_something_in_a_test(stack: AsyncExitStack, own: Settings, tmp_path: Path) -> None:
    """Brackets in labels, strokes and lines in a form, words that look like a button, and a namesake."""
    people = tmp_path / "people.yaml"
    namesake = "\n- name: Ana Berg\n  email: ana.berg@example.org\n  manager: luis@example.org\n"
    people.write_text(Path("people.sample.yaml").read_text(encoding="utf-8") + namesake, encoding="utf-8")
    for name in ("report.yaml", "report.da.yaml"):
        flow = own.flows.path / name
        text = flow.read_text(encoding="utf-8").replace("Yes, or I am not sure", "Yes [now] or not sure")
        flow.write_text(text, encoding="utf-8")
    changed = own.model_copy(update={"people": own.people.model_copy(update={"file": people})})
    _, tab = await opened(stack, changed, tmp_path)
    await tab.act(tab.person("Ana"), "started", flow="report")
    await tab.press("Ana", "Yes [now] or not sure")
    await tab.say("Ana", "back")
    await tab.say("Ana", "[No]")
    await tab.say("Ana", "{no} | (file x.png)")
    await tab.press("Ana", "Tell what has happened and get help")
    await tab.press("Ana", "It is about a colleague")
    asked = tab.shown("Ana")[-1]
    people_ = tab.stage["people"]
    namesake_id = next(person["id"] for person in people_ if person["name"] == "Ana Berg")
    await tab.act(tab.person("Ana"), "chose", token=asked["token"], options=[namesake_id])
    await tab.press("Ana", "Back")
    await tab.press("Ana", "Back")
    await tab.press("Ana", "It is about me")
    await tab.press("Ana", "A customer, a citizen or somebody else from outside")
    asked = tab.shown("Ana")[-1]
    await tab.act(tab.person("Ana"), "chose", token=asked["token"], options=["manager"])
    form = tab.shown("Ana")[-1]
    story = {"story": ["He wrote: a | b\n[and] C:\\new {x}"], "kinds": ["messages", "lies"]}
    await tab.act(tab.person("Ana"), "submitted", token=form["token"], values=story)
    text = await replays(tab, changed)
    for line in (
        r"ana_holm > [Yes \[now\] or not sure]",
        r"ana_holm > \[No]",
        r"[Ana Berg]",
        r"story: He wrote: a \| b\n[and] C:\\new {x}",
    ):
        assert line in text


async def test_files_that_are_not_as_their_names_say(stack: AsyncExitStack, own: Settings, tmp_path: Path) -> None:
    _, tab = await opened(stack, own, tmp_path)
    await tab.act(tab.person("Ana"), "started", flow="report")
    for number, (name, kind, data) in enumerate(
        (
            ("page.png", "image/png", b"<html>"),
            ("empty.png", "image/png", b""),
            ("shot", "image/png", b"\x89PNG\r\n\x1a\n"),
        )
    ):
        url = f"{tab.address}do/file?person={tab.person('Ana')}&id=f-{number}"
        await tab.session.post(url, data=data, headers={**OURS, "X-Name": name, "Content-Type": kind})
    await tab.press("Ana", "No")
    text = await replays(tab, own)
    assert "> (file page.png | holds nothing known)" in text
    assert "> (file empty.png | holds nothing known | 0 bytes)" in text
    assert "> (file shot | image/png)" in text


async def test_a_button_of_an_older_task(stack: AsyncExitStack, own: Settings, tmp_path: Path) -> None:
    """Tasks stand side by side with the same buttons, and their forms, too."""
    _, tab = await opened(stack, own, tmp_path)
    await reported(tab)
    await tab.press("Luis", "I will take this")
    first = tab.shown("Luis")[-1]
    await tab.press("Luis", "Later")
    await tab.act(tab.person("Luis"), "chose", token=first["token"], options=["done"])
    form = tab.shown("Luis")[-1]
    await tab.press("Luis", "Later")
    await tab.act(tab.person("Luis"), "opened", token=form["token"])
    await tab.act(tab.person("Luis"), "submitted", token=form["token"], values={"safe_now": ["yes"]})
    text = await replays(tab, own)
    assert "> [Done] 2" in text


async def test_forms_that_are_opened_with_their_button(stack: AsyncExitStack, own: Settings, tmp_path: Path) -> None:
    """In Danish, closed and opened again, with mistakes first, and changed in the end, behind a file."""
    _, tab = await opened(stack, own, tmp_path)
    ana = tab.person("Ana")
    await tab.do("language", person=ana, language="da")
    await tab.act(ana, "started", flow="report")
    for label in ("Nej", "Fortælle, hvad der er sket, og få hjælp", "Det handler om mig"):
        await tab.press("Ana", label)
    await tab.press("Ana", "En kunde, en borger eller en anden udefra")
    await tab.act(ana, "chose", token=tab.shown("Ana")[-1]["token"], options=["manager"])

    async def sends(**values: list[str]) -> str:
        asked = next(item for item in reversed(tab.shown("Ana")) if item.get("form"))
        reply = await tab.act(ana, "opened", token=asked["token"])
        token = reply["form"]["token"]
        if not values:
            await tab.act(ana, "left", token=token)
            return ""
        return str((await tab.act(ana, "submitted", token=token, values=values))["kind"])

    await sends()
    await tab.say("Ana", "Han skrev til mig igen")
    await tab.say("Ana", "akut")
    assert await sends(last_time=["vrøvl"]) == "errors"
    assert await sends(story=["Han ved, hvor jeg bor."], last_time=["i går kl. 14.30"]) == "close"
    url = f"{tab.address}do/file?person={ana}&id=f-1"
    png = {**OURS, "X-Name": "trussel.png", "Content-Type": "image/png"}
    await tab.session.post(url, data=b"\x89PNG\r\n\x1a\n", headers=png)
    for _ in range(12):
        if any("Passer det?" in text for text in tab.texts("Ana")):
            break
        await tab.say("Ana", "spring over")
    await tab.press("Ana", "Ret et svar")
    await tab.press("Ana", "Hvad er der sket?")
    await sends()
    assert await sends(story=["Han ved, hvor jeg bor."], kinds=["threat"]) == "close"
    text = await replays(tab, own)
    assert (text.count("> {"), text.count("> {closed}")) == (5, 2)
