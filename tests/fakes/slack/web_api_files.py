"""Web API: files, their upload in three steps, their download (docs.slack.dev/messaging/working-with-files).

Rule 1. url_private needs the bot's token and files:read; without, a login page comes, as HTML with status 200.
Rule 2. A file with `_login` answers with that page even to a good token (a fault).
Rule 3. A file says what type it is; nothing holds it to that (`new_file(..., mimetype=, filetype=)`).
"""

from __future__ import annotations

import re
import secrets
from typing import TYPE_CHECKING

from aiohttp import web

from tests.fakes.slack.errors import Json, SlackError
from tests.fakes.slack.messages import bot_message
from tests.fakes.slack.methods import method, need
from tests.fakes.slack.web_api_conversations import channel

if TYPE_CHECKING:
    from tests.fakes.slack.workspace import FakeSlack

MIME = {"png": "image/png", "jpg": "image/jpeg", "pdf": "application/pdf", "txt": "text/plain"}
LOGIN = "<!DOCTYPE html><html><title>Slack</title><body>Sign in to Slack</body></html>"


def create(
    slack: FakeSlack,
    owner: str,
    name: str,
    data: bytes | None,
    size: int | None,
    mimetype: str | None = None,
    filetype: str | None = None,
) -> Json:
    """A file of a person, or one that the bot begins to upload (no data yet)."""
    fid, ext = slack.new_id("F"), filetype or name.rsplit(".", 1)[-1].lower()
    base = f"{slack.origin}/files-pri/{slack.team['id']}-{fid}"
    safe = re.sub(r"[^a-z0-9._-]", "_", name.lower())
    slack.files[fid] = {
        "id": fid,
        "created": int(slack.now()),
        "timestamp": int(slack.now()),
        "name": name,
        "title": name,
        "mimetype": mimetype or MIME.get(ext, "application/octet-stream"),
        "filetype": ext,
        "pretty_type": ext.upper(),
        "user": owner,
        "editable": False,
        "size": len(data) if data is not None else size,
        "mode": "hosted",
        "is_external": False,
        "is_public": False,
        "public_url_shared": False,
        "url_private": f"{base}/{safe}",
        "url_private_download": f"{base}/download/{safe}",
        "permalink": f"{base}/p",
        "channels": [],
        "groups": [],
        "ims": [],
        "_data": data,
        "_ready": data is not None,
        "_owner": owner,
    }
    return slack.files[fid]


def public_file(f: Json) -> Json:
    return {k: v for k, v in f.items() if not k.startswith("_")}


@method("files.getUploadURLExternal", ("files:write",), 100)
def files_get_upload_url(slack: FakeSlack, a: Json) -> Json:
    need(a, "filename", "length")
    if int(a["length"]) <= 0:
        raise SlackError("missing_argument")
    if int(a["length"]) > 1 << 30:
        raise SlackError("file_upload_size_restricted")
    if len(a.get("alt_txt") or "") > 1000:
        raise SlackError("alt_txt_too_large")
    f, token = create(slack, slack.bot_user, a["filename"], None, int(a["length"])), secrets.token_hex(12)
    slack.uploads[token] = f["id"]
    return {"upload_url": f"{slack.origin}/upload/v1/{token}", "file_id": f["id"]}


async def upload(slack: FakeSlack, request: web.Request) -> web.Response:
    """The second step: the bytes."""
    f = slack.files.get(slack.uploads.pop(request.match_info["token"], ""))
    if f is None:
        return web.Response(status=404, text="not found")
    if request.content_type.startswith("multipart/"):
        parts = [p for p in (await request.post()).values() if isinstance(p, web.FileField)]
        data = parts[0].file.read() if parts else b""
    else:
        data = await request.read()
    if len(data) != f["size"]:
        slack.lint(f"upload of {f['name']}: {len(data)} bytes sent, {f['size']} announced")
    f["_data"], f["size"] = data, len(data)
    slack.record("upload", file=f["id"], size=len(data))
    return web.Response(text=f"OK - {len(data)}")


@method("files.completeUploadExternal", ("files:write",), 100)
def files_complete_upload(slack: FakeSlack, a: Json) -> Json:
    if not isinstance(a.get("files"), list) or not a["files"]:
        raise SlackError("invalid_arguments", ["missing required field: files"])
    found = [slack.files.get(x.get("id"), {}) for x in a["files"]]
    if any(f.get("_data") is None for f in found):
        raise SlackError("file_not_found")
    targets = [c for c in [a.get("channel_id"), *str(a.get("channels") or "").split(",")] if c]
    places = [channel(slack, c, write=True) for c in targets]
    for f, x in zip(found, a["files"], strict=True):
        f["title"], f["_ready"] = x.get("title") or f["title"], True
    for ch in places:
        for f in found:
            f["ims" if ch["kind"] == "im" else "channels"].append(ch["id"])
        said = {"text": a.get("initial_comment") or "", "files": [public_file(f) for f in found]}
        bot_message(slack, ch, said, a.get("thread_ts"), upload=True)
    return {"files": [public_file(f) for f in found]}


@method("files.info", ("files:read",), 100)
def files_info(slack: FakeSlack, a: Json) -> Json:
    need(a, "file")
    f = slack.files.get(a["file"])
    if f is None or not f["_ready"]:
        raise SlackError("file_not_found")
    if f["mode"] == "tombstone":
        raise SlackError("file_deleted")
    places = [slack.channels[c] for c in f["ims"] + f["channels"] if c in slack.channels]
    seen = any(slack.bot_user in ch["members"] for ch in places)
    if f["user"] != slack.bot_user and not seen and not f.get("_shared"):
        raise SlackError("file_not_found")
    return {"file": public_file(f)}


@method("files.delete", ("files:write",), 50)
def files_delete(slack: FakeSlack, a: Json) -> None:
    f = slack.files.get(a.get("file", ""))
    if f is None:
        raise SlackError("file_not_found")
    if f["user"] != slack.bot_user:
        raise SlackError("cant_delete_file")
    f.update(mode="tombstone", _data=None)


async def download(slack: FakeSlack, request: web.Request) -> web.Response:
    f = slack.files.get(request.match_info["rest"].split("/")[0].split("-", 1)[-1])
    token = request.headers.get("Authorization", "").removeprefix("Bearer ")
    held = slack.tokens.get(token)
    allowed = bool(held and held["state"] == "ok" and "files:read" in held["scopes"])
    slack.record("download", path=request.path, authorised=allowed)
    if not allowed:  # Slack redirects to a login page: HTML with status 200
        slack.lint("file download without a valid bearer token: Slack answers with an HTML login page")
        raise web.HTTPFound("/login")
    if f is None or f["_data"] is None:
        return web.Response(status=404)
    if f.get("_login"):
        return await login(slack, request)
    fault = slack.faulty.take("files.download", {"file": f["id"]})
    if fault and fault["kind"] == "http":
        return web.Response(status=fault["status"], body=fault.get("body"))
    if fault and fault["kind"] == "drop":
        slack.drop(request)
    return web.Response(body=f["_data"], content_type=f["mimetype"])


async def login(slack: FakeSlack, request: web.Request) -> web.Response:
    return web.Response(text=LOGIN, content_type="text/html")
