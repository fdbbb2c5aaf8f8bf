"""A person in Slack: what they write, press, fill in and see."""

from __future__ import annotations

import asyncio
import copy
import html
import re
import secrets
from typing import TYPE_CHECKING, Any

from tests.fakes.slack import forms
from tests.fakes.slack.elements import OPTION
from tests.fakes.slack.errors import ClientBlocked, Json, SlackError
from tests.fakes.slack.finding import Found, find, top
from tests.fakes.slack.messages import subscription
from tests.fakes.slack.response_urls import respond
from tests.fakes.slack.rules import Check, array
from tests.fakes.slack.screen import render_screen
from tests.fakes.slack.state import NO_STATE, field_of, initial_state, pick
from tests.fakes.slack.web_api_files import public_file
from tests.fakes.slack.web_api_views import shown

if TYPE_CHECKING:
    from tests.fakes.slack.workspace import FakeSlack


class Actor:
    def __init__(self, fake: FakeSlack, uid: str) -> None:
        self.f, self.uid = fake, uid

    @property
    def rec(self) -> Json:
        """The user object."""
        return self.f.users[self.uid]

    @property
    def ch(self) -> Json:
        """The app's DM with this person."""
        return self.f.im(self.uid)

    # What this person writes
    def _say(self, ch: Json, body: str, subtype: str | None = None, **more: object) -> tuple[Json, Json]:
        raw = html.escape(body, quote=False)  # Slack delivers &, < and > as entities
        raw = re.sub(r"&lt;(@[A-Z0-9]+|#[A-Z0-9]+(?:\|[^&]*)?)&gt;", r"<\1>", raw)
        section = {"type": "rich_text_section", "elements": [{"type": "text", "text": body}]}
        rich = {"type": "rich_text", "block_id": secrets.token_urlsafe(4)[:5], "elements": [section]}
        msg: Json = {
            "type": "message",
            "user": self.uid,
            "text": raw,
            "ts": self.f.ts(),
            "team": self.rec["team_id"],
            "client_msg_id": secrets.token_hex(16),
            **({"blocks": [rich]} if body else {}),
            **more,
        }
        if subtype:
            msg["subtype"] = subtype
        ch["messages"].append(msg)
        self.f.sight.message(ch, msg)
        return msg, {**msg, "channel": ch["id"], "channel_type": ch["kind"], "event_ts": msg["ts"]}

    async def _tell(self, event: Json, subscription: str) -> None:
        """Send an event and wait for the first attempt; retries go on by themselves."""
        if (first := self.f.event(event, subscription)) is not None:
            await first

    async def dm(self, body: str, thread_ts: str | None = None) -> Json:
        """Type in the app's DM. Returns the message."""
        msg, event = self._say(self.ch, body, **({"thread_ts": thread_ts} if thread_ts else {}))
        await self._tell(event, "message.im")
        return msg

    async def post(self, cid: str, body: str) -> Json:
        """Write in a channel; if the text mentions the bot the app_mention event is sent too."""
        ch = self.f.channels[cid]
        mention = f"<@{self.f.bot_user}>"
        msg, event = self._say(ch, body.replace("@bot", mention))
        sent = [self._tell(event, subscription(ch))]
        if mention in msg["text"]:
            sent.append(self._tell({**event, "type": "app_mention"}, "app_mention"))
        await asyncio.gather(*sent)
        return msg

    async def upload(self, name: str, data: bytes, body: str = "", file_access: str | None = None, **over: Any) -> Json:
        """Drop a file in the app's DM (message with subtype file_share); `over`: mimetype, filetype it claims to be."""
        f = self.f.new_file(self.uid, name, data, **over)
        f["ims"].append(self.ch["id"])
        visible = {"id": f["id"], "file_access": file_access} if file_access else public_file(f)
        _, event = self._say(self.ch, body, "file_share", files=[visible], upload=False)
        await self._tell(event, "message.im")
        return f

    async def _changed(self, subtype: str, **more: object) -> None:
        where = {"channel": self.ch["id"], "channel_type": "im", "ts": self.f.ts(), "event_ts": self.f.ts()}
        await self._tell({"type": "message", "subtype": subtype, "hidden": True, **more, **where}, "message.im")

    async def edit(self, msg: Json, body: str) -> None:
        old = copy.deepcopy(msg)
        msg.update(text=html.escape(body, quote=False), edited={"user": self.uid, "ts": self.f.ts()})
        self.f.sight.message(self.ch, msg)
        await self._changed("message_changed", message=msg, previous_message=old)

    async def delete(self, msg: Json) -> None:
        self.ch["messages"].remove(msg)
        await self._changed("message_deleted", deleted_ts=msg["ts"], previous_message=msg)

    async def home(self, tab: str = "home") -> None:
        """Open the app's home."""
        v = self.f.views.get(self.f.homes.get(self.uid, ""))
        opened = {"type": "app_home_opened", "user": self.uid, "channel": self.ch["id"], "tab": tab}
        view = {"view": shown(v)} if v and tab == "home" else {}
        await self._tell({**opened, "event_ts": self.f.ts(), **view}, "app_home_opened")

    # What this person starts
    def _base(self, kind: str, **more: object) -> Json:
        name, team = self.rec["name"], self.f.team
        return {
            "type": kind,
            "user": {"id": self.uid, "username": name, "name": name, "team_id": self.rec["team_id"]},
            "api_app_id": self.f.app_id,
            "token": "verification-token",
            "team": {"id": team["id"], "domain": team["domain"]},
            "enterprise": {"id": self.f.enterprise_id, "name": "Org"} if self.f.enterprise_id else None,
            "is_enterprise_install": False,
            **more,
        }

    async def _interact(self, payload: Json, kind: str = "interactive") -> Json:
        res = await self.f.deliver(kind, payload)
        if not res["ok"]:
            what = payload.get("command") or payload["type"]
            self.banner(f"{what}: Slack shows an error ({res['reason']}, status {res['status']}, {res['ms']} ms)")
        return res

    def banner(self, message: str) -> None:
        self.f.banners.setdefault(self.uid, []).append(message)
        self.f.record("banner", user=self.rec["name"], message=message)

    async def command(self, name: str, body: str = "", channel: str | None = None) -> Json:
        if self.f.commands is not None and name not in self.f.commands:
            raise ClientBlocked(f"{name} is not a valid command")
        ch = self.f.channels[channel] if channel else self.ch
        url = self.f.make_response_url(self.uid, ch)
        payload = {
            "token": "verification-token",
            "team_id": self.f.team["id"],
            "team_domain": self.f.team["domain"],
            "channel_id": ch["id"],
            "channel_name": ch["name"],
            "user_id": self.uid,
            "user_name": self.rec["name"],
            "command": name,
            "text": body,
            "api_app_id": self.f.app_id,
            "is_enterprise_install": "false",
            "response_url": url,
            "trigger_id": self.f.trigger(self.uid),
        }
        res = await self._interact(payload, "slash_commands")
        if res["ok"] and res["body"]:
            try:
                answer = res["body"] if isinstance(res["body"], dict) else {"text": str(res["body"])}
                respond(self.f, self.f.response_urls[url.rsplit("/", 1)[-1]], answer)
            except SlackError as e:
                self.banner(f"{name}: answer rejected {e.body}")
        return res

    async def shortcut(self, callback_id: str, msg: Json | None = None, channel: str | None = None) -> Json:
        """Global shortcut, or a message shortcut on `msg` (any conversation of the user, the bot need not be in it)."""
        if self.f.shortcuts is not None and callback_id not in self.f.shortcuts:
            raise ClientBlocked(f"shortcut {callback_id} is not declared")
        more: Json = {"callback_id": callback_id, "action_ts": self.f.ts(), "trigger_id": self.f.trigger(self.uid)}
        if msg is None:
            return await self._interact(self._base("shortcut", **more))
        found = (c for c in self.f.channels.values() if msg in c["messages"])
        ch = self.f.channels[channel] if channel else next(found)
        if self.uid not in ch["members"]:
            raise ClientBlocked("the user is not in that conversation")
        name = {"im": "directmessage", "group": "privategroup"}.get(ch["kind"], ch["name"])
        more |= {"message_ts": msg["ts"], "channel": {"id": ch["id"], "name": name}}
        more |= {"response_url": self.f.make_response_url(self.uid, ch, msg["ts"])}
        return await self._interact(self._base("message_action", **more, message=copy.deepcopy(msg)))

    # What this person finds and presses
    def modal(self) -> Json | None:
        """The modal on top, as it is kept."""
        return top(self.f, self.uid)

    def find(self, wanted: str, ts: str | None = None) -> Found:
        """Locate an element by action_id, by label or by `block_id.action_id`."""
        return find(self.f, self.uid, wanted, ts)

    async def click(
        self, wanted: str, value: Any = None, ts: str | None = None, answer_confirm: bool = True
    ) -> Json | None:
        """Press a button, choose in a select, tick, pick a date, or type in an input that dispatches actions."""
        _, box, ch, b, el = self.find(wanted, ts)
        if "confirm" in el and not answer_confirm:
            return None
        action = {"type": el["type"], "action_id": el["action_id"], "block_id": b["block_id"], "action_ts": self.f.ts()}
        if el["type"] == "button":
            action |= {k: el[k] for k in ("text", "value", "style", "url") if k in el}
        else:
            action[field_of(el)] = chosen = pick(el, value)
            kept = box["state"]["values"] if ch is None else self._state(box)
            if el["type"] not in NO_STATE:
                kept[b["block_id"]][el["action_id"]] = {"type": el["type"], field_of(el): chosen}
            if b["type"] == "input" and not b.get("dispatch_action"):
                return None  # an input block alone sends nothing
        where = self._in_view(box) if ch is None else self._in_message(box, ch)
        return await self._interact(self._base("block_actions", actions=[action], **where))

    def _state(self, m: Json) -> Json:
        kept: Json = self.f.states.setdefault(m["ts"], initial_state(m["blocks"]))
        return kept

    def _in_view(self, v: Json) -> Json:
        container = {"type": "view", "view_id": v["id"]}
        return {"container": container, "view": shown(v), "trigger_id": self.f.trigger(self.uid, v["id"])}

    def _in_message(self, m: Json, ch: Json) -> Json:
        ephemeral = "for" in m
        where = {"message_ts": m["ts"], "channel_id": ch["id"], "is_ephemeral": ephemeral}
        return {
            "container": {"type": "message", **where},
            "channel": {"id": ch["id"], "name": ch["name"]},
            "trigger_id": self.f.trigger(self.uid),
            "response_url": self.f.make_response_url(self.uid, ch, m["ts"], ephemeral=ephemeral),
            "state": {"values": copy.deepcopy(self.f.states.get(m["ts"]) or initial_state(m["blocks"]))},
            **({} if ephemeral else {"message": copy.deepcopy(m)}),  # ephemeral messages are not in the payload
        }

    async def suggest(self, wanted: str, query: str = "") -> list[Json]:
        """Open an external select and type: returns the options the bot offers."""
        kind, box, _, b, el = self.find(wanted)
        if len(query) < el.get("min_query_length", 3):
            return []
        asked: Json = {
            "action_id": el["action_id"],
            "block_id": b["block_id"],
            "value": query,
            "container": {"type": kind},
        }
        asked |= {"view": shown(box)} if kind == "view" else {}
        res = await self._interact(self._base("block_suggestion", **asked))
        body: Json = res["body"] if isinstance(res["body"], dict) else {}
        c = Check("modal")
        array(OPTION, 0, 100)(body.get("options", []), "/options", c)
        if c.errors:
            self.banner(f"external select: bad options {c.errors}")
        return body.get("options") or [o for g in body.get("option_groups", []) for o in g["options"]]

    # What this person fills in
    def fill(self, values: Json) -> None:
        """Write into the modal's inputs, named by block_id, action_id or label."""
        forms.fill(self.f, self._open(), values)

    def missing(self) -> dict[str, str]:
        """What the Slack client itself would refuse before sending the form."""
        return forms.missing(self._open())

    def _open(self) -> Json:
        if (v := self.modal()) is None:
            raise ClientBlocked(f"{self.rec['name']} has no modal open")
        return v

    async def submit(self, values: Json | None = None) -> Json:
        """Press Submit. Returns the delivery result; field errors are kept in the view as `_errors`."""
        self.fill(values or {})
        v = self._open()
        if v.get("submit") is None:
            raise ClientBlocked("this modal has no submit button")
        if bad := self.missing():
            raise ClientBlocked(f"the client refuses the form: {bad}")
        v.pop("_errors", None)
        trigger = self.f.trigger(self.uid, v["id"])
        res = await self._interact(self._base("view_submission", view=shown(v), response_urls=[], trigger_id=trigger))
        if res["ok"] and (trouble := forms.answered(self.f, self.uid, v, res["body"])):
            self.banner(trouble)
        return res

    async def close(self, everything: bool = False) -> None:
        """Cancel the top view, or press x (everything=True)."""
        v = self._open()
        stack = self.f.modals[self.uid]
        everything = everything or v.get("clear_on_close", False)
        for vid in stack[::-1] if everything else stack[-1:]:
            stack.remove(vid)
            gone = self.f.views.pop(vid)
            if gone.get("notify_on_close"):
                await self._interact(self._base("view_closed", view=shown(gone), is_cleared=everything))

    def screen(self) -> str:
        """What this person sees, as text."""
        return render_screen(self.f, self.uid)
