"""`bistand run` beside a fake Slack: by HTTP and by Socket Mode, killed in the midst of a turn, with Slack down.

Rule 1. A process takes seconds to start: what can be seen of one bot is looked at in one test.
"""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator
from http import HTTPStatus
from pathlib import Path

import pytest

from tests.adapters.mail.servers import Postbox, mail_server
from tests.adapters.slack.running import Bot, own_folder
from tests.fakes.slack.actor import Actor
from tests.fakes.slack.workspace import FakeSlack

WITHIN = 20.0
ALERT, SENT = "Ana Holm has told me about an incident", "It is sent."
GIVEN_UP = ["event message was given up after 3 retries (connection_failed)"]
ANOTHER = (
    "bistand: Another Bistand is running on this database. Stop it first, or give this one a storage.url of its own.\n"
)


@pytest.fixture
async def fake() -> AsyncIterator[FakeSlack]:
    """Ana, her manager Luis, and his manager Vera; what Slack sends again, it sends at once."""
    async with FakeSlack(time_scale=0.0001) as made:
        for name in ("ana", "luis", "vera"):
            made.add_user(name)
        yield made


async def sees(actor: Actor, text: str) -> None:
    await actor.f.wait_for(lambda: text in actor.screen(), timeout=WITHIN)


async def reports(ana: Actor) -> None:
    """All of a report but the press that sends it."""
    await ana.dm("report")
    await sees(ana, "Who may know?")
    await ana.click("ticks:0", ["My manager"])
    await ana.click("Continue")
    await sees(ana, "Is this right?")


def said(actor: Actor) -> list[str]:
    """What the bot's messages in this person's chat say."""
    return [one["text"] for one in actor.ch["messages"] if one["user"] == actor.f.bot_user]


async def test_by_http_a_report_outlives_a_kill(fake: FakeSlack, tmp_path: Path) -> None:
    """Killed when the last press was taken, one message had arrived and one had not: nothing is lost, nothing twice."""
    ana, luis = fake.user("ana"), fake.user("luis")
    async with Bot(own_folder(tmp_path), fake, "http") as bot:
        second = asyncio.create_task(bot.second())
        assert all((await fake.probe()).values())
        await reports(ana)
        # of what the press brings, Luis's arrives and nobody hears that it did; Ana's is refused
        fake.fault("chat.postMessage", "drop", applied=True, where=lambda asked: asked["channel"] == luis.uid)
        fake.fault("chat.postMessage", "http", status=503, where=lambda asked: asked["channel"] == ana.uid)
        await ana.click("Yes, send it")
        taken = fake.requests[-1]
        await fake.wait_for(lambda: not any(fault["times"] for fault in fake.faults), timeout=WITHIN)
        assert await second == (2, ANOTHER)
        await bot.stop(signal.SIGKILL)
        await ana.dm("cases")
        unheard = fake.requests[-1]

        await bot.start()
        await fake.replay(taken)
        await fake.replay(unheard)
        await sees(ana, SENT)
        await sees(ana, "I am waiting for Luis Berg to answer.")
        assert [text.split("\n")[0] for text in said(ana)] == ["Who may know?", "Is this right?", SENT]
        assert len(said(luis)) == 1
        assert said(luis)[0].startswith(ALERT)
        assert not said(fake.user("vera"))
        assert (await bot.asked("/_clock", {"advance": "1h"}))[0] == HTTPStatus.NOT_FOUND
        assert (await bot.stop())[0] == 0
        assert fake.lints == GIVEN_UP  # what Ana wrote while nobody was there


async def test_by_socket_mode_readiness_is_seen_and_time_is_moved(fake: FakeSlack, tmp_path: Path) -> None:
    ana, luis, vera = fake.user("ana"), fake.user("luis"), fake.user("vera")
    box = Postbox()
    async with (
        mail_server(box) as mails,
        Bot(own_folder(tmp_path), fake, "socket", testing=True, mails=mails) as bot,
    ):
        for path in ("/healthz", "/readyz"):
            assert await bot.asked(path) == (HTTPStatus.OK, {"status": "ok"})
        fake.fault(kind="http", times=10**9, status=503)
        await bot.asked(
            "/_clock", {"advance": "10m"}
        )  # it looks every ten minutes, and every minute while Slack is down
        down = await bot.turns("/readyz", HTTPStatus.SERVICE_UNAVAILABLE)
        assert list(down["down"]) == ["slack"]
        assert (await bot.asked("/healthz"))[0] == HTTPStatus.OK
        fake.faults.clear()
        await bot.asked("/_clock", {"advance": "1m"})
        await bot.turns("/readyz", HTTPStatus.OK)
        fake.revoke()  # Slack says so itself: nobody has to wait
        await bot.turns("/readyz", HTTPStatus.SERVICE_UNAVAILABLE)
        await bot.asked("/_clock", {"advance": "5m"})
        await fake.wait_for(lambda: len(box.arrived) == 1, timeout=WITHIN)
        fake.restore()
        await bot.asked("/_clock", {"advance": "1m"})
        await bot.turns("/readyz", HTTPStatus.OK)
        await fake.wait_for(lambda: len(box.arrived) == 2, timeout=WITHIN)
        assert [mail["To"] for mail in box.arrived] == ["vera@example.com"] * 2
        assert [mail["Subject"] for mail in box.arrived] == [
            "Slack takes no messages from Bistand",
            "Slack takes messages from Bistand again",
        ]

        await reports(ana)
        await ana.click("Yes, send it")
        await sees(luis, ALERT)
        await fake.settle()  # the bot knows that it arrived, and when
        assert not said(vera)
        assert (await bot.asked("/_clock", {"advance": "2h"}))[0] == HTTPStatus.OK
        await sees(vera, "A case has nobody who looks after it just now.")
        await fake.settle()
        assert (await bot.stop())[0] == 0
        assert not fake.lints
