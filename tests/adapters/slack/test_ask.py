"""Whatever answers in Slack's place, a question ends with an answer or a PlatformError."""

from __future__ import annotations

import pytest
from aiohttp import web

from adapters.slack.access import new_client
from adapters.slack.ask import ask, items, mapping, text
from bot.errors import PlatformError
from tests.adapters.slack.conftest import Leaping


@pytest.mark.parametrize(
    ("status", "kind", "body", "said"),
    [
        (200, "text/plain", "Please log in", "unreadable"),
        (200, "text/html", "<html>Please log in</html>", "status_200"),
        (200, "application/json", "{", "unreadable"),
        (200, "application/json", "[]", "status_200"),
        (502, "text/html", "<html>Bad gateway</html>", "status_502"),
        (429, "text/html", "Slower", "ratelimited"),
        (200, "application/json", '{"ok": false}', "status_200"),
        (200, "application/json", '{"ok": false, "error": "org_login_required"}', "org_login_required"),
    ],
)
async def test_what_is_no_answer(status: int, kind: str, body: str, said: str, clock: Leaping) -> None:
    async def answer(_request: web.Request) -> web.Response:
        return web.Response(status=status, content_type=kind, text=body)

    app = web.Application()
    app.router.add_post("/api/auth.test", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        client = new_client("xoxb-1", f"http://127.0.0.1:{runner.addresses[0][1]}/api/")
        with pytest.raises(PlatformError, match=f"^{said}$") as raised:
            await ask(clock, client.auth_test)
    finally:
        await runner.cleanup()
    assert raised.value.__cause__ is None
    assert "log in" not in str(raised.value)
    assert clock.waits == [], "no time was named"


async def test_nobody_there(clock: Leaping) -> None:
    with pytest.raises(PlatformError, match=r"^no_answer$"):
        await ask(clock, new_client("xoxb-1", "http://127.0.0.1:9/api/").auth_test)


def test_other_than_expected_is_empty() -> None:
    assert (text(1), mapping([]), items({}), items([1])) == ("", {}, [], [{}])
