"""The bare Bolt app that the bot is measured beside: `python -m benchmarks.bare PORT SECRET`.

It checks the signature, knows what it was sent, and acknowledges. It keeps, decides and answers nothing.
"""

from __future__ import annotations

import asyncio
import sys

from aiohttp import web
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.authorization import AuthorizeResult

from adapters.slack.app import by_http
from adapters.slack.manifest import PATH


def app(secret: str) -> AsyncApp:
    """With the settings of `adapters.slack.app.bolt`."""

    async def authorize() -> AuthorizeResult:
        return AuthorizeResult(enterprise_id=None, team_id="T0FAKE001", bot_token="xoxb-bare", bot_user_id="U0BOT0001")

    made = AsyncApp(
        signing_secret=secret, authorize=authorize, process_before_response=True, raise_error_for_unhandled_request=True
    )

    async def message(ack: AsyncAck) -> None:
        await ack()

    made.event("message")(message)
    return made


async def serve(port: int, secret: str) -> None:
    application = web.Application()
    application.add_routes([web.post(PATH, by_http(app(secret)))])
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    print("started", flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), sys.argv[2]))
