"""A minimal Bolt bot to test the fake Slack with: a few words, a form, a second page, a message to the manager."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Any

import aiohttp
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

Json = dict[str, Any]


def pt(s: str) -> Json:
    return {"type": "plain_text", "text": s}


def mk(s: str) -> Json:
    return {"type": "mrkdwn", "text": s}


def section(s: str) -> Json:
    return {"type": "section", "text": mk(s)}


def button(label: str, action: str, **more: str) -> Json:
    return {"type": "button", "text": pt(label), "action_id": action, **more}


def actions(*elements: Json) -> Json:
    return {"type": "actions", "elements": list(elements)}


def _input(block_id: str, label: str, el: Json, **more: object) -> Json:
    return {"type": "input", "block_id": block_id, "label": pt(label), "element": {"action_id": "v", **el}, **more}


def form(**over: object) -> Json:
    options = [{"text": pt(x), "value": x} for x in ("low", "high")]
    blocks = [
        _input("what", "What happened?", {"type": "plain_text_input", "multiline": True, "max_length": 3000}),
        _input("sev", "How serious?", {"type": "static_select", "options": options}),
        _input("when", "When?", {"type": "datepicker"}, optional=True),
        _input("who", "Who?", {"type": "external_select", "min_query_length": 1}, optional=True),
        _input("files", "Evidence", {"type": "file_input", "max_files": 3}, optional=True),
    ]
    ends = {"title": pt("Report"), "submit": pt("Next"), "close": pt("Cancel"), "notify_on_close": True}
    return {"type": "modal", "callback_id": "form", **ends, "blocks": blocks} | over


def check(view: Json) -> Json:
    said = {k: v["v"].get("value") for k, v in view["state"]["values"].items()}
    ends = {"title": pt("Check"), "submit": pt("Send"), "close": pt("Back"), "private_metadata": json.dumps(said)}
    return {"type": "modal", "callback_id": "confirm", **ends, "blocks": [section(said["what"])]}


async def manager_of(client: AsyncWebClient, user: str) -> str:
    fields: Sequence[Json] = (await client.team_profile_get())["profile"]["fields"]
    fid = next(f["id"] for f in fields if f["label"] == "Manager" and f["type"] == "user")
    return (await client.users_profile_get(user=user))["profile"]["fields"][fid]["value"]


async def digest(client: AsyncWebClient, file: str) -> str:
    url = (await client.files_info(file=file))["file"]["url_private_download"]
    async with (
        aiohttp.ClientSession() as s,
        s.get(url, headers={"Authorization": f"Bearer {client.token}"}, allow_redirects=False) as r,
    ):
        return hashlib.sha256(await r.read()).hexdigest()


def listen(app: AsyncApp, seen: Json) -> None:
    """Let the bot answer; `seen` keeps what the tests ask for."""
    _words(app, seen)
    _starts(app)
    _form(app, seen)


def _words(app: AsyncApp, seen: Json) -> None:
    @app.event("message")
    async def message(event: Json, say: Any, client: AsyncWebClient) -> None:
        if event.get("subtype") == "file_share":
            seen["digests"] = [await digest(client, f["id"]) for f in event["files"]]
            await say("Kept.")
        else:
            asked = actions(button("Start", "start", style="primary"))
            await say(text="Do you want to report?", blocks=[section("You said: " + event.get("text", "")), asked])

    @app.event("app_mention")
    async def mention(say: Any) -> None:
        await say("Please write to me in private.")

    @app.event("tokens_revoked")
    async def revoked(event: Json) -> None:
        seen["revoked"] = event["tokens"]

    @app.event("app_uninstalled")
    async def uninstalled() -> None:
        seen["uninstalled"] = True

    @app.event("app_home_opened")
    async def home(event: Json, client: AsyncWebClient) -> None:
        blocks = [{"type": "header", "text": pt("Your reports")}, actions(button("New", "start"))]
        await client.views_publish(user_id=event["user"], view={"type": "home", "blocks": blocks})


def _starts(app: AsyncApp) -> None:
    async def start(ack: Any, body: Json, client: AsyncWebClient) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=form())

    app.action("start")(start)
    app.shortcut("report")(start)

    @app.shortcut("report_message")
    async def report_message(ack: Any, body: Json, client: AsyncWebClient) -> None:
        await ack()
        v = form(private_metadata=json.dumps({"ts": body["message_ts"]}))
        v["blocks"][0]["element"]["initial_value"] = body["message"]["text"]
        await client.views_open(trigger_id=body["trigger_id"], view=v)

    @app.command("/report")
    async def command(ack: Any, respond: Any) -> None:
        await ack("Opening...")
        await respond(text="Use the button in our DM.", response_type="ephemeral")


def _form(app: AsyncApp, seen: Json) -> None:
    @app.options("v")
    async def options(ack: Any, payload: Json) -> None:
        await ack(options=[{"text": pt(payload["value"] + str(i)), "value": str(i)} for i in range(3)])

    @app.view("form")
    async def submitted(ack: Any, view: Json) -> None:
        if len(view["state"]["values"]["what"]["v"]["value"]) < 10:
            await ack(response_action="errors", errors={"what": "Please write a little more."})
        else:
            await ack(response_action="push", view=check(view))

    @app.view("confirm")
    async def confirmed(ack: Any, body: Json, client: AsyncWebClient) -> None:
        await ack(response_action="clear")
        boss = await manager_of(client, body["user"]["id"])
        dm = (await client.conversations_open(users=boss))["channel"]["id"]
        blocks = [section("A report about work was filed."), actions(button("I have seen it", "seen", value="42"))]
        mark = {"event_type": "r", "event_payload": {}}
        await client.chat_postMessage(channel=dm, text="A new report", metadata=mark, blocks=blocks)
        await client.files_upload_v2(channel=dm, content=b"summary", filename="summary.txt", initial_comment="Summary")

    @app.action("seen")
    async def seen_it(ack: Any, body: Json, client: AsyncWebClient, respond: Any) -> None:
        await ack()
        await client.chat_update(channel=body["channel"]["id"], ts=body["message"]["ts"], text="Seen", blocks=[])
        await respond(text="Thank you.", replace_original=False)

    @app.view_closed("form")
    async def closed(ack: Any, body: Json) -> None:
        await ack()
        seen["closed"] = body["is_cleared"]
