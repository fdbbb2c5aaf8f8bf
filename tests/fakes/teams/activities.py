"""What Teams sends to the bot on behalf of a person in their personal chat.

Sources: build-conversational-capability.md (the envelope), subscribe-to-conversation-events.md (installed, removed,
reactions: bot and user are both added, and the order of the two activities of an installation is not guaranteed).
"""

from __future__ import annotations

import html
import uuid
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from tests.fakes.teams.wire import Json

if TYPE_CHECKING:
    from tests.fakes.teams.user import TeamsUser


def activity(user: TeamsUser, kind: str, **more: object) -> Json:
    """The envelope around everything; `more` is put into it, or in the place of what stands there."""
    teams = user.teams
    now = datetime.fromtimestamp(teams.now(), UTC)
    client = {"locale": user.locale, "country": "US", "platform": "Web", "timezone": user.timezone}
    return {
        "type": kind,
        "timestamp": now.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "localTimestamp": now.astimezone(ZoneInfo(user.timezone)).isoformat(timespec="milliseconds"),
        "id": f"f:{uuid.uuid4()}",
        "channelId": "msteams",
        "serviceUrl": user.service_url,
        "from": {"id": user.mri, "name": user.name, "aadObjectId": user.aad},
        "conversation": {"conversationType": "personal", "tenantId": user.tenant, "id": user.conversation},
        "recipient": {"id": teams.bot_id, "name": teams.bot_name},
        "entities": [{**client, "type": "clientInfo"}],
        "channelData": {"tenant": {"id": user.tenant}},
        "locale": user.locale,
        "localTimezone": user.timezone,
        **more,
    }


def said(user: TeamsUser, text: str) -> Json:
    shown = {"contentType": "text/html", "content": f"<p>{html.escape(text, quote=False)}</p>"}
    return activity(user, "message", id=user.teams.new_id(), text=text, textFormat="plain", attachments=[shown])


def installed(user: TeamsUser) -> list[Json]:
    teams, who = user.teams, {"id": user.mri, "aadObjectId": user.aad}
    members = [{"id": teams.bot_id}, who]
    met = activity(user, "conversationUpdate", membersAdded=members, **{"from": who})
    for name in ("entities", "locale", "localTimestamp", "localTimezone"):
        del met[name]
    where = {"settings": {"selectedChannel": {"id": user.conversation}}, "source": {"name": "message"}}
    added = activity(user, "installationUpdate", action="add", **{"from": who})
    added["channelData"] |= where
    return [met, added]


def reacted(user: TeamsUser, message_id: str, kind: str, *, removed: bool) -> Json:
    change = "reactionsRemoved" if removed else "reactionsAdded"
    return activity(user, "messageReaction", replyToId=message_id, **{change: [{"type": kind}]})


def invoked(user: TeamsUser, name: str, value: Json, reply_to: str | None) -> Json:
    asked = activity(user, "invoke", name=name, value=value)
    asked["channelData"]["source"] = {"name": "message"}
    return asked | ({"replyToId": reply_to} if reply_to else {})


def submitted(user: TeamsUser, message_id: str, value: object, text: str | None = None) -> Json:
    """An Action.Submit: a message without text, unless it is a messageBack."""
    sent = activity(user, "message", replyToId=message_id, value=value)
    sent["channelData"] |= {
        "source": {"name": "message"},
        "legacy": {"replyToId": "1:" + user.teams.opaque(message_id)},
    }
    return sent | ({} if text is None else {"text": text})
