"""The fake Teams lived through with a bot of a few words."""

from __future__ import annotations

import json
from pathlib import Path

from tests.fakes.teams.console import command
from tests.fakes.teams_bot import says, with_card
from tests.fakes.teams_world import World, teams_world


async def test_from_the_installation_to_an_answer_on_a_card() -> None:
    async with teams_world(installed=False) as teams:
        erin, boss = teams.erin, teams.max
        assert [d.status for d in await erin.install()] == [201, 201]
        assert erin.texts() == ["welcome"] and boss.texts() == []
        await erin.say("hello")
        assert erin.texts()[-1] == "echo hello"
        await erin.say("card")
        asked = erin.last_card()
        assert (await erin.submit("Send", {"kind": "sick", "note": "flu & ❄"})).status == 201
        assert asked.versions == 2 and "note flu & ❄" in erin.screen() and "[Send]" not in erin.screen()
        assert erin.texts()[-1].startswith("submitted") and "flu" in erin.texts()[-1]
        assert "flu" not in boss.screen() and teams.fake.lints == []


async def test_the_bot_speaks_first_to_whom_it_knows(teams: World) -> None:
    assert (await teams.send(teams.max, says("please approve"))).status == 201
    assert teams.max.texts() == ["please approve"] and teams.erin.texts() == []


async def test_an_invoke_puts_a_card_in_the_messages_place(teams: World) -> None:
    await teams.max.say("card")
    done = await teams.max.execute("Approve", {"note": "ok"})
    assert done.status == 200 and "Approved" in teams.max.screen() and "verb approve" in teams.max.screen()
    assert teams.max.last_card().versions == 1  # the message itself is as it was


async def test_a_dialog(teams: World) -> None:
    await teams.max.say("card")
    opened = await teams.max.submit("Open")
    assert opened.answer["task"]["type"] == "continue"
    done = await teams.max.submit_dialog(opened.answer["task"]["value"]["card"]["content"], "OK", {"note": "n"})
    assert done.answer["task"]["type"] == "message" and "done" in done.answer["task"]["value"]
    assert teams.fake.lints == []


async def test_messages_change_and_go(teams: World) -> None:
    for word, last in (
        ("update", "v2"),
        ("typing", "done typing"),
        ("members", "members Erin Employee me=erin@example.com"),
    ):
        await teams.erin.say(word)
        assert teams.erin.texts()[-1] == last
    before = teams.erin.texts()
    await teams.erin.say("delete")
    assert teams.erin.texts() == before
    await teams.erin.react(teams.erin.bot_messages()[0].id)
    assert teams.erin.texts()[-1] == "reaction seen" and teams.fake.lints == []


async def test_everything_is_in_the_transcript(tmp_path: Path) -> None:
    file = tmp_path / "talk.jsonl"
    async with teams_world(transcript=str(file)) as teams:
        await teams.erin.say("hello")
        await teams.send(teams.erin, with_card({}, type="event"))
        lines = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
        assert lines == teams.fake.log
    assert {"bot->teams", "teams->bot", "lint"} <= {line["dir"] for line in lines}


async def test_the_console(teams: World) -> None:
    fake = teams.fake
    assert "install" in await command(fake, "help") and await command(fake, "lints") == "(none)"
    assert "bot: echo hello" in await command(fake, "erin: hello")
    assert "[Send]" in await command(fake, "erin: card")
    assert "note see" in await command(fake, "erin fill kind=sick; note=see")
    assert "ClientRefused" in await command(fake, "erin press Nowhere")
    assert "bot: welcome" in await command(fake, "new install")
    assert "reaction seen" in await command(fake, "erin react heart")
    await command(fake, "erin state blocked")
    assert teams.erin.state == "blocked" and "ValueError" in await command(fake, "erin state away")
    assert await command(fake, "fault send status=429 retry_after=2.5") == "ok"
    assert fake.faulty.waiting[0].retry_after == 2.5 and "429" in await command(fake, "faults")
    assert "teams->bot" in await command(fake, "log")
    assert "ValueError" in await command(fake, "erin dance") and "uninstalled" not in await command(
        fake, "erin uninstall"
    )


async def test_the_console_over_http(teams: World) -> None:
    async with teams.bot.http.post(f"{teams.fake.origin}/_fake/cmd", data="erin: hello") as r:
        assert "bot: echo hello" in await r.text()
    async with teams.bot.http.get(f"{teams.fake.origin}/_fake/transcript") as r:
        assert [e["dir"] for e in await r.json()] == ["bot->teams", "teams->bot"]
