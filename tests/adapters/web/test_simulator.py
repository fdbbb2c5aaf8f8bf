"""The simulator over real HTTP: what people do reaches the bot once, and every open page sees what follows."""

from __future__ import annotations

import asyncio
import uuid
from contextlib import AsyncExitStack
from functools import partial
from pathlib import Path

from bot.settings import Settings
from bot.simulation.transcript import read_transcript
from tests.adapters.web.making import OURS, Tab, another, opened, reported, to_the_form


async def test_a_report_reaches_the_manager_and_what_is_behind(
    stack: AsyncExitStack, own: Settings, tmp_path: Path
) -> None:
    _, tab = await opened(stack, own, tmp_path)
    assert tab.stage["cases"] == []
    await reported(tab)
    await tab.until(lambda: tab.stage["cases"] and "asked: Luis Berg" in tab.stage["cases"][0]["has_it"])
    case = tab.stage["cases"][0]
    sees = {sight["person"]: sight["sees"] for sight in case["sights"]}
    assert sees[tab.person("Luis")] == "all"
    assert sees[tab.person("Bo")] == "nothing"
    assert tab.stage["next"]
    assert {s["person"] for s in tab.stage["standing"]} >= {tab.person("Ana")}
    assert not tab.shown("Bo")


async def test_the_same_request_again_changes_nothing(stack: AsyncExitStack, own: Settings, tmp_path: Path) -> None:
    _, tab = await opened(stack, own, tmp_path)
    request = str(uuid.uuid4())
    ana = tab.person("Ana")
    once = await asyncio.gather(*(tab.act(ana, "started", request=request, flow="report") for _ in range(4)))
    assert all(answer == once[0] for answer in once)
    first = len(tab.shown("Ana"))
    await tab.act(ana, "started", request=request, flow="report")
    await tab.until(lambda: tab.stage["cases"])
    assert len(tab.shown("Ana")) == first
    assert len([t for t in tab.texts("Ana") if t.startswith("Good that you are here")]) == 1


async def test_a_form_opened_twice_by_one_press_comes_again(
    stack: AsyncExitStack, own: Settings, tmp_path: Path
) -> None:
    _, tab = await opened(stack, own, tmp_path)
    form = await to_the_form(tab)
    assert form["asks"] == "form"
    request = str(uuid.uuid4())
    answers = [await tab.act(tab.person("Ana"), "opened", request=request, token=form["token"]) for _ in range(2)]
    assert answers[0] == answers[1]
    assert answers[0]["kind"] == "form"
    wrong = await tab.act(tab.person("Ana"), "submitted", token=form["token"], values={"last_time": ["rubbish"]})
    assert wrong["kind"] == "errors"


async def test_what_is_done_while_the_bot_is_down_is_taken_once_when_it_is_back(
    stack: AsyncExitStack, own: Settings, tmp_path: Path
) -> None:
    _, tab = await opened(stack, own, tmp_path)
    await tab.act(tab.person("Ana"), "started", flow="report")
    before = len(tab.shown("Ana"))
    killed, *answers = await asyncio.gather(
        tab.do("restart"), *(tab.press("Ana", "No", request="r-1") for _ in range(3))
    )
    assert killed == {}
    assert all(answer == {"kind": "nothing"} for answer in answers)
    asked = [text for text in tab.texts("Ana")[before:] if text.startswith("What would you like")]
    assert len(asked) == 1


async def test_chats_and_talks_outlive_the_process(stack: AsyncExitStack, own: Settings, tmp_path: Path) -> None:
    async with AsyncExitStack() as first:
        _, tab = await opened(first, own, tmp_path)
        await tab.act(tab.person("Ana"), "started", flow="report")
        await tab.do("wait", minutes=60 * 24)
        await tab.until(lambda: tab.shown("Ana")[-1]["from"] == "stage")
        shown, now = tab.shown("Ana"), str(tab.stage["now"])
    _, tab = await opened(stack, own, tmp_path)
    assert tab.shown("Ana") == shown
    assert str(tab.stage["now"]) >= now
    await tab.press("Ana", "No")
    assert tab.texts("Ana")[-1].startswith("What would you like")


async def test_ten_pages_see_the_same_and_a_cut_one_comes_back(
    stack: AsyncExitStack, own: Settings, tmp_path: Path
) -> None:
    simulator, first = await opened(stack, own, tmp_path)
    tabs = [first, *[await another(stack, first.address, language) for language in ("en", "da") for _ in range(5)]]
    await tabs[3].cut()
    await reported(first)
    await tabs[3].open()

    def same_length(tab: Tab) -> bool:
        return len(tab.shown("Luis")) == len(first.shown("Luis"))

    for tab in tabs:
        await tab.until(partial(same_length, tab))
        assert [i["id"] for i in tab.shown("Ana")] == [i["id"] for i in first.shown("Ana")]
        assert tab.texts("Luis") == first.texts("Luis")
    assert simulator.hub.languages() == {"en", "da"}


async def test_two_pages_of_one_person_answer_once(stack: AsyncExitStack, own: Settings, tmp_path: Path) -> None:
    _, one = await opened(stack, own, tmp_path)
    two = await another(stack, one.address)
    await one.act(one.person("Ana"), "started", flow="report")
    await two.until(lambda: two.shown("Ana"))
    await asyncio.gather(one.press("Ana", "No"), two.press("Ana", "No"))
    await one.do("wait", minutes=1)
    await one.until(lambda: one.shown("Ana")[-1]["from"] == "stage")  # all that came before it is there, too
    questions = [text for text in one.texts("Ana") if text.startswith("What would you like")]
    assert len(questions) == 1  # whoever came second is told so, and shown it again in its place


async def test_time_is_moved_and_what_is_due_happens(stack: AsyncExitStack, own: Settings, tmp_path: Path) -> None:
    _, tab = await opened(stack, own, tmp_path)
    await reported(tab)
    await tab.until(lambda: tab.stage["next"])
    upcoming = tab.stage["next"]
    await tab.do("wait", to=upcoming[1]["at"])
    await tab.until(lambda: tab.shown("Kim"))  # her deputy is alerted
    await tab.until(lambda: str(tab.stage["now"])[:16] >= upcoming[1]["at"][:16])
    await tab.do("wait", until="morning")
    await tab.until(lambda: str(tab.stage["now"])[11:16] == "08:00")
    assert any(item["from"] == "stage" for item in tab.shown("Ana"))


async def test_a_saved_talk_is_a_test_that_holds(stack: AsyncExitStack, own: Settings, tmp_path: Path) -> None:
    from bot.cli.rehearse import rehearse

    _, tab = await opened(stack, own, tmp_path)
    await tab.do("language", person=tab.person("Luis"), language="da")
    await reported(tab)
    await tab.do("wait", minutes=60 * 30)
    saved = await tab.do("save", name="her-talk")
    path = Path(str(saved["path"]))
    assert path.read_text(encoding="utf-8") == saved["text"]
    await rehearse(own, read_transcript(str(saved["text"]), path.name))
    again = await tab.session.post(f"{tab.address}do/save", json={"id": "s", "name": "her-talk"}, headers=OURS)
    assert again.status == 400
    assert "already" in (await again.json())["error"]


async def test_a_language_is_changed_in_the_middle(stack: AsyncExitStack, own: Settings, tmp_path: Path) -> None:
    _, tab = await opened(stack, own, tmp_path)
    await tab.act(tab.person("Ana"), "started", flow="report")
    await tab.do("language", person=tab.person("Ana"), language="da")
    assert "fare" in tab.texts("Ana")[-1]


async def test_a_saved_flow_counts_for_the_next_talk_and_a_broken_one_is_told(
    stack: AsyncExitStack, own: Settings, tmp_path: Path
) -> None:
    _, tab = await opened(stack, own, tmp_path)
    flow = own.flows.path / "report.yaml"
    text = flow.read_text(encoding="utf-8")
    await tab.act(tab.person("Ana"), "started", flow="report")
    flow.write_text(text.replace("id: danger\n", "id: dangr\n", 1), encoding="utf-8")
    await tab.until(lambda: tab.stage["flows"]["problems"])
    problems = tab.stage["flows"]["problems"]
    assert problems[0]["file"] == "report.yaml"
    assert "danger" in str(problems[0]["text"])
    changed = text.replace("choose: Are you or anybody else in danger", "choose: Is anybody in danger")
    flow.write_text(changed, encoding="utf-8")
    translated = own.flows.path / "report.da.yaml"
    translation = translated.read_text(encoding="utf-8")
    translated.write_text(
        translation.replace("Are you or anybody else in danger", "Is anybody in danger"), encoding="utf-8"
    )
    await tab.until(lambda: not tab.stage["flows"]["problems"])
    await tab.act(tab.person("Bo"), "started", flow="report")
    await tab.do("language", person=tab.person("Bo"), language="en")
    assert any(text.startswith("Is anybody in danger") for text in tab.texts("Bo"))


async def test_starting_over_leaves_nothing(stack: AsyncExitStack, own: Settings, tmp_path: Path) -> None:
    _, tab = await opened(stack, own, tmp_path)
    await reported(tab)
    begun = tab.begun
    await tab.do("over")
    await tab.until(lambda: tab.begun > begun)
    assert tab.stage["cases"] == []
    assert not tab.shown("Ana")
    await tab.act(tab.person("Ana"), "started", flow="report")
    assert tab.shown("Ana")


async def test_a_file_is_kept_or_the_person_is_told_why(stack: AsyncExitStack, own: Settings, tmp_path: Path) -> None:
    _, tab = await opened(stack, own, tmp_path)
    ana = tab.person("Ana")
    url = f"{tab.address}do/file?person={ana}&id=f-1"
    html = await tab.session.post(
        url, data=b"<html>", headers={**OURS, "X-Name": "page.png", "Content-Type": "image/png"}
    )
    assert (await html.json())["kind"] == "refused"
    await tab.until(lambda: len(tab.shown("Ana")) == 2)
    assert tab.shown("Ana")[0]["files"] == [{"name": "page.png", "size": 6, "type": "image/png"}]
    good = await tab.session.post(
        url.replace("f-1", "f-2"),
        data=b"\x89PNG\r\n\x1a\n123",
        headers={**OURS, "X-Name": "page.png", "Content-Type": "image/png"},
    )
    assert (await good.json())["kind"] == "nothing"


async def test_a_flow_is_a_picture_with_its_lines(stack: AsyncExitStack, own: Settings, tmp_path: Path) -> None:
    _, tab = await opened(stack, own, tmp_path)
    flow = await (await tab.session.get(f"{tab.address}flow/report?lang=da")).json()
    assert flow["source"][1] == "flow: report"
    assert {node["key"] for node in flow["picture"]["nodes"]} >= {"report.danger", "report.may_know"}
    assert (await tab.session.get(f"{tab.address}flow/nothing")).status == 404
