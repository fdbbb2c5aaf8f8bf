"""What the workspace holds: people, conversations, files, views, and a log of all that happened."""

from __future__ import annotations

import asyncio
import itertools
import json
import secrets
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from aiohttp import web

from tests.fakes.slack.clock import Now, Sleep
from tests.fakes.slack.errors import Json
from tests.fakes.slack.methods import ALL_SCOPES
from tests.fakes.slack.waiting import Waiting


class Records(Waiting):
    def __init__(
        self,
        now: Now,
        sleep: Sleep,
        bot_token: str,
        manifest: Json,
        scopes: Iterable[str] | None,
        transcript: str | None,
    ) -> None:
        super().__init__(now, sleep)
        self.bot_token = bot_token
        self.team: Json = {"id": "T0FAKE001", "name": "Fake Co", "domain": "fakeco"}
        self.app_id, self.bot_id, self.bot_user = "A0FAKE001", "B0FAKE001", "U0BOT0001"
        self.client_id, self.client_secret = "111.222", "fake-client-secret"
        self.oauth_codes: set[str] = set()
        self.refresh: set[str] = set()
        self._read(manifest)
        granted = scopes or manifest.get("oauth_config", {}).get("scopes", {}).get("bot") or ALL_SCOPES
        self.tokens: dict[str, Json] = {bot_token: {"state": "ok", "scopes": set(granted), "expires": None}}
        self.users: dict[str, Json] = {}
        self.channels: dict[str, Json] = {}
        self.files: dict[str, Json] = {}
        self.views: dict[str, Json] = {}
        self.modals: dict[str, list[str]] = {}
        self.homes: dict[str, str] = {}
        self.triggers: dict[str, Json] = {}
        self.response_urls: dict[str, Json] = {}
        self.uploads: dict[str, str] = {}
        self.scheduled: dict[str, Json] = {}
        self.states: dict[str, Json] = {}
        self.banners: dict[str, list[str]] = {}
        self.sockets: list[web.WebSocketResponse] = []
        self.tickets: dict[str, float] = {}
        self.pending: dict[str, asyncio.Future[Any]] = {}
        self.log: list[Json] = []
        self.lints: list[str] = []
        self.api_calls: list[tuple[str, Json, Json]] = []
        self.numbers = itertools.count(1)
        self._last_ts = 0
        self._file = Path(transcript).open("a", encoding="utf-8") if transcript else None
        self.users[self.bot_user] = self.user_record(self.bot_user, "reportbot", "Report Bot", None, is_bot=True)

    def _read(self, manifest: Json) -> None:
        """A manifest declares; what it does not declare is refused. Without one (None) everything is allowed."""
        features = manifest.get("features", {})
        events = manifest.get("settings", {}).get("event_subscriptions", {}).get("bot_events")
        commands, shortcuts = features.get("slash_commands"), features.get("shortcuts")
        self.subscribed = None if events is None else set(events)
        self.commands = {c["command"] for c in commands} if commands else None
        self.shortcuts = {s["callback_id"] for s in shortcuts} if shortcuts else None
        app_home = features.get("app_home", {})
        self.home_enabled: bool = app_home.get("home_tab_enabled", True)
        self.messages_enabled: bool = app_home.get("messages_tab_enabled", True)

    def record(self, kind: str, **data: object) -> None:
        entry = json.loads(json.dumps({"t": round(self.now(), 3), "kind": kind, **data}, default=str))
        self.log.append(entry)
        self.activity.note()
        if self._file:
            self._file.write(json.dumps(entry, ensure_ascii=False) + "\n")
            self._file.flush()

    def lint(self, message: str) -> None:
        """Allowed by Slack, but a mistake or a risk. Tests can assert `not fake.lints`."""
        if message not in self.lints:
            self.lints.append(message)
            self.record("lint", message=message)

    def calls(self, method: str) -> list[tuple[Json, Json]]:
        """The calls of a method: arguments and answer."""
        return [(a, r) for m, a, r in self.api_calls if m == method]

    def ts(self) -> str:
        """A new message time stamp; each differs."""
        self._last_ts = max(self._last_ts + 1, int(self.now() * 10**6))
        return f"{self._last_ts // 10**6}.{self._last_ts % 10**6:06d}"

    def new_id(self, prefix: str) -> str:
        return f"{prefix}0{next(self.numbers):07d}{secrets.token_hex(1).upper()}"

    def user_record(
        self,
        uid: str,
        name: str,
        real: str,
        email: str | None,
        *,
        is_bot: bool = False,
        team_id: str | None = None,
        **over: Any,
    ) -> Json:
        """A user object (docs.slack.dev/reference/objects/user-object); `over` sets is_restricted, deleted, ..."""
        profile: Json = {"real_name": real, "display_name": name, "fields": {}, "title": ""}
        profile |= {"email": email} if email else {}
        return {
            "id": uid,
            "team_id": team_id or self.team["id"],
            "name": name,
            "real_name": real,
            "deleted": False,
            "tz": "Europe/London",
            "tz_offset": 0,
            "is_bot": is_bot,
            "is_app_user": False,
            "is_restricted": False,
            "is_ultra_restricted": False,
            "locale": "en-GB",
            "updated": int(self.now()),
            "profile": profile,
        } | over

    def new_channel(self, cid: str, name: str, kind: str, members: set[str]) -> Json:
        """kind: channel (public), group (private), im, mpim."""
        self.channels[cid] = {
            "id": cid,
            "name": name,
            "kind": kind,
            "members": members,
            "archived": False,
            "messages": [],
            "ephemeral": [],
        }
        return self.channels[cid]

    def im(self, a: str, b: str | None = None) -> Json:
        """The direct messages of two users; of one user and the bot."""
        pair = {a, b or self.bot_user}
        for ch in self.channels.values():
            if ch["kind"] == "im" and ch["members"] == pair:
                return ch
        return self.new_channel(self.new_id("D"), "directmessage", "im", pair)

    def foreign(self, uid: str) -> bool:
        """Of another workspace."""
        return bool(self.users[uid]["team_id"] != self.team["id"])

    def shared(self, ch: Json) -> bool:
        """Shared with another workspace by Slack Connect."""
        return any(self.foreign(m) for m in ch["members"])

    def is_stranger(self, uid: str) -> bool:
        """Of another workspace, and in no shared channel that the app can see (docs.slack.dev, user object)."""
        if "is_stranger" in self.users[uid]:
            return bool(self.users[uid]["is_stranger"])
        return self.foreign(uid) and not any({uid, self.bot_user} <= ch["members"] for ch in self.channels.values())
