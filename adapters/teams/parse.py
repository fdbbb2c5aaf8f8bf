"""What somebody did in Teams, as an event of that person, or as something that the adapter does by itself. Pure.

Rule 1. An event's id is Teams' own, so that what Teams sends again is known again: the chat's person and the activity;
        for a form the view that it was opened in, and its values. The same form, mended, is another event.
Rule 2. What comes from a button is ids that were written there (`wire`); what cannot be read is nothing.
"""

from __future__ import annotations

import hashlib
import html
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC as _UTC
from datetime import datetime

from adapters.teams.payloads import Activity, Attached
from adapters.teams.values import PersonOf, chosen, values_of
from adapters.teams.who import PLATFORM
from adapters.teams.wire import Act, Pressed
from bot.core.events import Chose, Command, Commanded, Opened, Said, Started, Submitted
from bot.core.ids import Token
from bot.core.people import PersonId

By = tuple[PersonId, datetime]
DOWNLOAD = "application/vnd.microsoft.teams.file.download.info"
PICTURE = "image/"
#: The flow that the app's command begins.
REPORT = "report"


@dataclass(frozen=True, slots=True)
class Sent:
    """A file in a message. One that was `pasted` lies with the chat, all others in their sender's own storage."""

    name: str = field(repr=False)
    url: str = field(repr=False)
    media_type: str = ""
    pasted: bool = False


def named(activity: Activity, kind: str) -> str:
    """The event's id (rule 1): ids of messages are unique in their chat only."""
    return f"{PLATFORM}:{kind}:{activity.account}:{activity.id}"


def said(activity: Activity, by: By) -> Said | None:
    """Words; None where there are none, as with files alone."""
    text = as_written(activity.text or "")
    return Said(named(activity, "m"), by[1], by[0], PLATFORM, text) if text else None


def greeted(activity: Activity, by: By) -> Commanded:
    """The bot was installed: it says who it is and what can be done."""
    return Commanded(named(activity, "i"), by[1], by[0], PLATFORM, Command.HELP)


def files(activity: Activity) -> Sequence[Sent]:
    return [found for one in activity.attachments if (found := _file(one)) is not None]


def files_id(activity: Activity) -> str:
    return named(activity, "f")


def _file(one: Attached) -> Sent | None:
    if one.kind == DOWNLOAD and isinstance(one.content, dict):
        url = one.content.get("downloadUrl")
        return Sent(one.name or "file", url) if isinstance(url, str) else None
    if one.kind.startswith(PICTURE) and one.url:
        media = one.kind if one.kind != "image/*" else ""
        return Sent(one.name or "picture", one.url, media, pasted=True)
    return None


_AT = re.compile(r"<at>.*?</at>", re.DOTALL)


def as_written(text: str) -> str:
    """A text as its writer saw it, without the bot's name in front."""
    return html.unescape(_AT.sub("", text)).replace("\xa0", " ").strip()


Done = Started | Commanded | Chose | Opened | Submitted


def pressed(what: Pressed, sent: object, activity: Activity, by: By, person_of: PersonOf) -> Done | None:
    """What a button, or the one that sends a form, stands for; None for what the adapter does by itself (files)."""
    who = (named(activity, "a"), by[1], by[0], PLATFORM)
    match what:
        case Pressed(Act.START, _, (flow,)):
            return Started(*who, flow)
        case Pressed(Act.COMMAND | Act.PAGE | Act.CASES, token) if what.command is not None:
            return Commanded(*who, what.command, token)
        case Pressed(Act.CHOOSE, Token() as token, options):
            return Chose(*who, token, options)
        case Pressed(Act.SEND, Token() as token):
            return Chose(*who, token, chosen(sent, what, person_of))
        case Pressed(Act.FORM, Token() as token):
            return Opened(*who, token)
        case _:
            return None


def submitted(token: Token, sent: object, activity: Activity, by: By, person_of: PersonOf) -> Submitted:
    """A form that was sent: sent twice, it is the same event; mended, it is another."""
    values = values_of(sent, person_of)
    marks = json.dumps([token.parts(), sorted(values.items())]).encode()
    digest = hashlib.blake2b(marks, digest_size=16).hexdigest()
    return Submitted(f"{PLATFORM}:v:{activity.account}:{digest}", by[1], by[0], PLATFORM, token, values)


def called(activity: Activity, by: By) -> Started | None:
    """The app's command; on a message, with that message as what was told."""
    who = (named(activity, "s"), by[1], by[0], PLATFORM)
    match activity.value:
        case {"commandId": "report_message", "messagePayload": dict(message)}:
            return Started(*who, REPORT, quoted(message))
        case {"commandId": "report_incident"}:
            return Started(*who, REPORT)
        case _:
            return None


def quoted(message: Mapping[str, object]) -> str:
    """A message as evidence: who wrote it and when (UTC), its words, where it stands, what was attached."""
    when = _moment(message.get("createdDateTime"))
    head = ", ".join(part for part in (_author(message.get("from")), when) if part)
    body = message.get("body")
    content = body.get("content") if isinstance(body, Mapping) else None
    attached = message.get("attachments")
    names = [one.get("name") for one in attached if isinstance(one, Mapping)] if isinstance(attached, list) else []
    link = message.get("linkToMessage")
    lines = [f"{head}:" if head else "", without_tags(content) if isinstance(content, str) else "", *names, link]
    return "\n".join(line for line in lines if isinstance(line, str) and line)


def _author(sender: object) -> str:
    for kind in ("user", "application"):
        one = sender.get(kind) if isinstance(sender, Mapping) else None
        name = one.get("displayName") if isinstance(one, Mapping) else None
        if isinstance(name, str):
            return name
    return ""


def _moment(said: object) -> str:
    try:
        return f"{datetime.fromisoformat(str(said)).astimezone(_UTC):%Y-%m-%d %H:%M} UTC"
    except (ValueError, OverflowError):
        return ""


_BREAK = re.compile(r"<(?:br|/p|/div|/li)\b[^>]*>", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")


def without_tags(content: str) -> str:
    """HTML as its reader sees it."""
    text = html.unescape(_TAG.sub("", _BREAK.sub("\n", content))).replace("\xa0", " ")
    return "\n".join(line.strip() for line in text.splitlines() if line.strip())
