"""A minimal bot for Teams to test the fake with, on aiohttp alone: a few words, a card, a dialog, its own messages."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

import aiohttp
from aiohttp import web

Json = dict[str, Any]
ADAPTIVE = "application/vnd.microsoft.card.adaptive"


def text_block(text: str, **more: object) -> Json:
    return {"type": "TextBlock", "text": text, "wrap": True, **more}


def card(*body: Json, **more: object) -> Json:
    return {"type": "AdaptiveCard", "version": "1.5", "body": list(body) or [text_block("x")], **more}


def with_card(content: object, **more: object) -> Json:
    """A message with a card."""
    return {
        "type": "message",
        "summary": "a card",
        "attachments": [{"contentType": ADAPTIVE, "content": content}],
        **more,
    }


def says(text: str) -> Json:
    return {"type": "message", "text": text}


def asked(title: str) -> Json:
    kinds = [{"title": "Vacation", "value": "vacation"}, {"title": "Sick", "value": "sick"}]
    return card(
        text_block(title, weight="Bolder", size="Medium"),
        {"type": "Input.ChoiceSet", "id": "kind", "label": "Kind", "value": "vacation", "choices": kinds},
        {"type": "Input.Text", "id": "note", "label": "Note", "placeholder": "why", "maxLength": 200},
        actions=[
            {"type": "Action.Submit", "title": "Send", "data": {"do": "submit"}},
            {"type": "Action.Execute", "title": "Approve", "verb": "approve", "data": {"request": 7}},
            {"type": "Action.Submit", "title": "Open", "data": {"msteams": {"type": "task/fetch"}, "do": "open"}},
        ],
    )


def facts(title: str, said: Json) -> Json:
    return card(
        text_block(title), {"type": "FactSet", "facts": [{"title": k, "value": str(v)} for k, v in said.items()]}
    )


@dataclass(frozen=True, slots=True)
class Got:
    """What the connector answered."""

    status: int
    body: Any
    headers: Any

    @property
    def code(self) -> tuple[int, str]:
        """The status, and the code of the error."""
        return self.status, self.body["error"]["code"]


@dataclass(eq=False)
class TeamsBot:
    http: aiohttp.ClientSession
    heard: list[Json] = field(default_factory=list)
    auths: list[str | None] = field(default_factory=list)  # the Authorization that came with each
    token: str | None = None  # what it sends to the connector
    held: asyncio.Event | None = None  # until it is set, the bot answers nothing
    answers: dict[str, Json] = field(default_factory=dict)  # to invokes, by name; in the place of its own
    status: int = 200  # of what it answers to an invoke

    # What it is sent
    async def messages(self, request: web.Request) -> web.Response:
        activity = await request.json()
        self.heard.append(activity)
        self.auths.append(request.headers.get("Authorization"))
        if self.held:
            await self.held.wait()
        if activity["type"] == "invoke":
            return web.json_response(await self._invoked(activity), status=self.status)
        await self._heard(activity)
        return web.Response(status=201)

    async def _heard(self, a: Json) -> None:
        match a["type"]:
            case "conversationUpdate":
                await self.reply(a, says("welcome"))
            case "messageReaction":
                await self.reply(a, says("reaction seen"))
            case "message" if a.get("value"):
                await self.reply(a, says("submitted " + json.dumps(a["value"], sort_keys=True)))
                await self.call(a, "PUT", f"activities/{a['replyToId']}", with_card(facts("Sent", a["value"])))
            case "message":
                await self._word(a, a.get("text", ""))
            case _:
                pass

    async def _word(self, a: Json, text: str) -> None:
        match text:
            case "card":
                await self.reply(a, with_card(asked("Time off")))
            case "typing":
                await self.reply(a, {"type": "typing"})
                await self.reply(a, says("done typing"))
            case "update" | "delete":
                sent = (await self.reply(a, says("v1"))).body["id"]
                body, method = (says("v2"), "PUT") if text == "update" else (None, "DELETE")
                await self.call(a, method, f"activities/{sent}", body)
            case "members":
                page = (await self.call(a, "GET", "pagedmembers")).body["members"]
                me = (await self.call(a, "GET", f"members/{quote(a['from']['id'], safe='')}")).body
                await self.reply(a, says(f"members {','.join(m['name'] for m in page)} me={me['email']}"))
            case _:
                await self.reply(a, says(f"echo {text}"))

    async def _invoked(self, a: Json) -> Json:
        if a["name"] in self.answers:
            return self.answers[a["name"]]
        match a["name"]:
            case "adaptiveCard/action":
                action = a["value"]["action"]
                shown = facts("Approved", {"verb": action["verb"], **action["data"]})
                return {"statusCode": 200, "type": ADAPTIVE, "value": shown}
            case "task/fetch":
                button = {"type": "Action.Submit", "title": "OK", "data": {"do": "done"}}
                shown = {"contentType": ADAPTIVE, "content": asked("Edit") | {"actions": [button]}}
                task = {"title": "Edit", "height": 300, "width": 400, "card": shown}
                return {"task": {"type": "continue", "value": task}}
            case "task/submit":
                return {"task": {"type": "message", "value": "thanks " + json.dumps(a["value"]["data"])}}
            case _:
                return {}

    # What it calls
    async def raw(self, method: str, url: str, body: object = None) -> Got:
        head = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        async with self.http.request(method, url, json=body, headers=head) as r:
            read = await r.text()
            return Got(r.status, json.loads(read) if read and "json" in r.content_type else read, r.headers)

    async def call(self, activity: Json, method: str, path: str, body: object = None) -> Got:
        """Something of the chat that this activity came from."""
        chat = quote(activity["conversation"]["id"], safe="")
        return await self.raw(method, f"{activity['serviceUrl']}v3/conversations/{chat}/{path}", body)

    async def reply(self, activity: Json, body: Json) -> Got:
        return await self.call(activity, "POST", f"activities/{quote(activity['id'], safe='')}", body)
