"""Files and pictures, in both directions (bots-filesv4.md, unless another source is named).

Rule 1. A file that a person sends lies in their own storage. The message names it, with a URL to fetch it: authorized in
        advance, for a few minutes only (Graph, driveitem-get-content). The bot's token does not belong there: a lint.
Rule 2. A pasted picture lies with the connector: who fetches it needs the bot's token.
Rule 3. To send a file the bot asks first, by a card. Who allows it gives an upload URL by an invoke; the bot puts the bytes
        there with Content-Range, all at once or in pieces of 320 KiB's multiples, in order, below 60 MiB each; with an
        Authorization it is refused (Graph, driveitem-createuploadsession). CHOSEN: 60 MiB is the most; a URL lives 15 minutes.
Rule 4. Then it shows the file by another card. CHOSEN: one that names no uploaded file is refused.
"""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from aiohttp import web

from tests.fakes.teams import activities
from tests.fakes.teams.delivery import Delivery
from tests.fakes.teams.errors import ClientRefused, ConnectorError
from tests.fakes.teams.records import Message
from tests.fakes.teams.wire import CONSENT, DOWNLOAD, UPLOADED, Json, obj, objects

if TYPE_CHECKING:
    from tests.fakes.teams.conversations import Call
    from tests.fakes.teams.tenant import FakeTeams
    from tests.fakes.teams.user import TeamsUser

PIECE, MOST = 320 * 1024, 60 * 1024 * 1024  # bytes
RANGE = re.compile(r"bytes (\d+)-(\d+)/(\d+)")
UPLOAD_SECONDS = 900


@dataclass(slots=True, eq=False)
class File:
    owner: TeamsUser
    name: str
    data: bytes
    until: float  # when its URL ends: seconds since 1970
    kind: str = "application/octet-stream"
    whole: bool = True  # nothing is missing
    id: str = field(default_factory=lambda: str(uuid.uuid4()).upper())

    @property
    def ending(self) -> str:
        return self.name.rpartition(".")[2]

    @property
    def link(self) -> str:
        """Where its owner finds it; of no use to the bot."""
        return f"https://fake-my.sharepoint.com/personal/{self.owner.key}/Documents/{self.name}"

    @property
    def text(self) -> str:
        """What people read in it, if it is text."""
        try:
            return self.data.decode()
        except UnicodeDecodeError:
            return ""


# From a person to the bot
def attach(user: TeamsUser, name: str, data: bytes) -> Json:
    """The attachment of a file. Raises ClientRefused."""
    teams = user.teams
    if not teams.supports_files:
        raise ClientRefused("the app's manifest does not support files")
    file = _kept(teams, File(user, name, data, teams.now() + teams.limits.download_seconds))
    about = {"downloadUrl": _url(teams, file), "uniqueId": file.id, "fileType": file.ending, "etag": None}
    return {"contentType": DOWNLOAD, "contentUrl": file.link, "name": name, "content": about}


def paste(user: TeamsUser, data: bytes, kind: str) -> Json:
    """The attachment of a picture within a message."""
    file = _kept(user.teams, File(user, "", data, float("inf"), kind))
    return {"contentType": "image/*", "contentUrl": f"{user.service_url}v3/attachments/{file.id}/views/original"}


async def send(user: TeamsUser, text: str, attached: list[Json]) -> Delivery:
    sent = activities.said(user, text)
    sent["attachments"] = [*attached, *(sent["attachments"] if text else [])]
    if not text:
        del sent["text"]
    user.teams.posted(user, Message(sent["id"], user.key, sent))
    return await user.teams.to_bot(sent)


def _kept(teams: FakeTeams, file: File) -> File:
    teams.files[file.id] = file
    return file


def _url(teams: FakeTeams, file: File) -> str:
    return f"{teams.origin}/storage/{file.id}?tempauth={teams.opaque(file.id)[:20]}"


# From the bot to a person
def judge(teams: FakeTeams, attached: Json) -> None:
    """Raises ConnectorError for a card of a file that makes no sense."""
    kind, content = attached.get("contentType"), obj(attached.get("content"))
    if kind not in (CONSENT, UPLOADED):
        return
    if not attached.get("name"):
        raise ConnectorError(400, "BadSyntax", "the card of a file needs a name")
    if kind == CONSENT:
        size = content.get("sizeInBytes")
        if not isinstance(size, int) or isinstance(size, bool) or size < 1:
            raise ConnectorError(400, "BadSyntax", f"sizeInBytes {size!r} is no size")
        if not content.get("description"):
            teams.lint(f"the card that asks to upload {attached['name']!r} does not say what for")
        return
    file = teams.files.get(str(content.get("uniqueId")))
    if file is None or not file.whole or attached.get("contentUrl") != file.link:
        raise ConnectorError(400, "BadSyntax", f"no file {attached['name']!r} was uploaded")
    if content.get("fileType") != file.ending:
        teams.lint(f"fileType {content.get('fileType')!r} is not that of {file.name!r}")


async def answer(user: TeamsUser, message: Message, *, allow: bool) -> Delivery:
    """Allow or decline what the bot wants to upload. Raises ClientRefused."""
    asked = next((a for a in objects(message.activity.get("attachments")) if a.get("contentType") == CONSENT), None)
    if asked is None:
        raise ClientRefused("the message does not ask to upload a file")
    teams, content = user.teams, obj(asked.get("content"))
    value: Json = {"type": "fileUpload", "action": "accept" if allow else "decline"}
    value["context"] = content.get("acceptContext" if allow else "declineContext")
    if allow:
        file = _kept(teams, File(user, asked["name"], b"", teams.now() + UPLOAD_SECONDS, whole=False))
        about = {"contentUrl": file.link, "name": file.name, "uploadUrl": _url(teams, file)}
        value["uploadInfo"] = {**about, "uniqueId": file.id, "fileType": file.ending, "etag": None}
    done = await user.invoke("fileConsent/invoke", value, message.id)
    if done.status not in (200, None):
        teams.lint(f"fileConsent/invoke answered HTTP {done.status}")
    return done


def seen(user: TeamsUser) -> dict[str, bytes]:
    """The bot's files that this person can open, by name."""
    shown = (a for m in user.bot_messages() for a in objects(m.activity.get("attachments")))
    ids = [str(obj(a.get("content")).get("uniqueId")) for a in shown if a.get("contentType") == UPLOADED]
    return {user.teams.files[i].name: user.teams.files[i].data for i in ids}


# Where the bytes are
def picture(teams: FakeTeams, call: Call) -> tuple[bytes, str]:
    """A pasted picture and its content type. Raises ConnectorError."""
    file = teams.files.get(call.ids[0])
    if file is None or file.owner.tenant != call.tenant:
        raise ConnectorError(404, "AttachmentNotFound", "Attachment not found.")
    return file.data, file.kind


async def storage(teams: FakeTeams, request: web.Request) -> web.StreamResponse:
    """A person's own storage: GET what they sent, PUT what they allowed."""
    down = request.method == "GET"
    file = teams.files.get(request.match_info["id"])
    fault = teams.faulty.take("download" if down else "upload", file.owner.key if file else None)
    if fault:
        await teams.activity.rest(fault.latency)
        if fault.answers:
            return fault.strike(request)
    known = file is not None and request.query.get("tempauth") == teams.opaque(file.id)[:20]
    if file is None or not known or teams.now() >= file.until:
        teams.record("storage", method=request.method, status=404)
        return web.Response(status=404)
    done = _get(teams, request, file) if down else await _put(request, file)
    teams.record("storage", method=request.method, name=file.name, status=done.status)
    return done


def _get(teams: FakeTeams, request: web.Request, file: File) -> web.Response:
    if "Authorization" in request.headers:
        teams.lint("the bot sent its token to a person's storage")
    return web.Response(body=file.data, content_type=file.kind)


async def _put(request: web.Request, file: File) -> web.Response:
    data, named = await request.read(), RANGE.fullmatch(request.headers.get("Content-Range", ""))
    if "Authorization" in request.headers:
        return web.Response(status=401)
    if named is None or file.whole:
        return web.Response(status=400 if named is None else 409)
    first, last, size = map(int, named.groups())
    uneven = last + 1 < size and len(data) % PIECE != 0
    if uneven or len(data) > MOST or last - first + 1 != len(data):
        return web.Response(status=400)
    if first != len(file.data) or last >= size:
        return web.Response(status=416)
    file.data += data
    file.whole = len(file.data) == size
    if not file.whole:
        return web.json_response({"nextExpectedRanges": [f"{len(file.data)}-"]}, status=202)
    return web.json_response({"id": file.id, "name": file.name, "size": size}, status=201)
