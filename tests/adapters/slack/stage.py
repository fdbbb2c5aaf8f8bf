"""A transcript's lines, done in the fake Slack: typed, pressed, filled in, attached; and what is seen there."""

from __future__ import annotations

import html
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from adapters.slack.channel import PLATFORM
from adapters.slack.wire import Act, act, pack, unpack
from bot.core.events import Command
from bot.core.ids import Token
from bot.core.messages import Form, Input
from bot.core.people import PersonId
from bot.core.replies import Nothing, Reply, Tell
from bot.simulation import found
from bot.simulation.screens import SECOND, Shown
from bot.simulation.stage import Stage
from bot.simulation.written import Closed, Filled, Pressed, Sent, Words, read
from bot.steps.typed import day, moment
from tests.adapters.pieces import letters, pieces
from tests.fakes.slack import forms
from tests.fakes.slack.actor import Actor
from tests.fakes.slack.block_kit import elements_of
from tests.fakes.slack.errors import ClientBlocked
from tests.fakes.slack.finding import surfaces
from tests.fakes.slack.web_api_views import shown as visible

if TYPE_CHECKING:
    from tests.adapters.slack.house import SlackHouse

ZONE = ZoneInfo("Europe/Copenhagen")
Json = dict[str, Any]


@dataclass
class SlackStage(Stage):
    house: SlackHouse = field(kw_only=True)

    async def line(self, person: PersonId, text: str) -> Reply:
        done = read(text)
        if self._elsewhere(person, done):
            return await super().line(person, text)
        self.house.replies.clear()
        actor = self.house.actor(person)
        match done:
            case Words(words):
                self._put_away(actor)
                await actor.dm(words)
            case Sent():
                self._put_away(actor)
                name, kind, data = found.file(done)
                await actor.upload(name, self.files.get(done.name, data), mimetype=kind)
            case Pressed(labels, nth):
                self._put_away(actor)
                token, options = found.pressed(self.screen(person), labels, self.people(), nth)
                await self._press(actor, token, options)
            case Filled(fields, nth):
                await self._fill(actor, person, found.form(self.screen(person), nth), fields)
            case Closed(nth):
                await self._view(actor, found.form(self.screen(person), nth))
                await actor.close()
        await self.house.quiet()
        reply = self.house.replies[-1] if self.house.replies else Nothing()
        if isinstance(reply, Tell):
            for number, message in enumerate(reply.messages):
                self.count += 1
                self.screens.say(person, f"told:{self.count}:{number}", message)
        self.check()
        return reply

    def _elsewhere(self, person: PersonId, done: object) -> bool:
        """Whether the line belongs to the second chat, which is the stage's own."""
        if not isinstance(done, Pressed):
            standing = [shown for shown in self.screens.of(person) if not shown.removed]
            return bool(standing) and standing[-1].platform == SECOND
        token, _ = found.pressed(self.screen(person), done.labels, self.people(), done.nth)
        return self._chat(person, token) == SECOND

    def _put_away(self, actor: Actor) -> None:
        """A view that is only read is closed; a form is closed unsent where the talk says so itself."""
        self.house.fake.modals.pop(actor.uid, None)

    async def _press(self, actor: Actor, token: Token, options: Command | tuple[str, ...] | None) -> None:
        if options is None:
            await self._open(actor, token)
        elif isinstance(options, Command):
            await self._click(actor, Act.COMMAND, (pack(token, options.value),))
        elif not self._one(actor, Act.CHOOSE, tuple(pack(token, one) for one in options)):
            box = self._place(actor, Act.SEND, (pack(token),))
            for b in box["blocks"]:
                for element in elements_of(b):
                    kind = act(element.get("action_id", ""))
                    if kind is not None and kind[0] in (Act.TICKS, Act.PEOPLE):
                        chosen = _of(element, options)
                        if chosen:
                            await actor.click(f"{b['block_id']}.{element['action_id']}", chosen, ts=box.get("ts"))
            await self._click(actor, Act.SEND, (pack(token),))
        else:
            await self._click(actor, Act.CHOOSE, tuple(pack(token, one) for one in options))

    async def _open(self, actor: Actor, token: Token) -> None:
        self._put_away(actor)
        await self._click(actor, Act.FORM, (pack(token),))
        await self.house.quiet()

    async def _fill(self, actor: Actor, person: PersonId, form: Form, fields: tuple[tuple[str, str], ...]) -> None:
        view = await self._view(actor, form)
        inputs = {b["block_id"]: b["element"] for b in view["blocks"] if b["type"] == "input"}
        wanted = [field.id for field in form.fields]
        assert [name for name in inputs if "#" not in name] == wanted
        given = found.values(form, fields, self.people())
        named = dict(fields)
        values: Json = {}
        for asked in form.fields:
            if asked.id in named:
                values |= self._entered(asked.id, asked.input, given.get(asked.id, ()), inputs)
        for name, value in values.items():
            try:
                actor.fill({name: value})
            except ClientBlocked:  # what is chosen there is not offered any more, or a client lets everything through
                _force(view, name, value)
        await self._send(actor, view)

    async def _send(self, actor: Actor, view: Json) -> None:
        """Press the button of a form, in a client that leaves it to the bot to say what is missing."""
        view.pop("_errors", None)
        trigger = actor.f.trigger(actor.uid, view["id"])
        sent = actor._base("view_submission", view=visible(view), response_urls=[], trigger_id=trigger)
        answer = await actor._interact(sent)
        assert answer["ok"], answer
        assert not forms.answered(actor.f, actor.uid, view, answer["body"])

    async def _view(self, actor: Actor, form: Form) -> Json:
        """The form's view: the one that stands open, or by its button."""
        view = actor.modal()
        if view is None or unpack(view.get("private_metadata", "")) is None or not _same(view, form.token):
            await self._open(actor, form.token)
            view = actor.modal()
        assert view is not None, f"no form is open for {form.title!r}: {actor.screen()}"
        return view

    def _entered(self, name: str, kind: Input, values: tuple[str, ...], inputs: Mapping[str, Json]) -> Json:
        """What a person enters at a field, and at the one beside it."""
        element, one = inputs[name], values[0] if values else ""
        if element["type"] == "external_select":
            return {name: {"text": {"type": "plain_text", "text": one}, "value": one}}
        if element["type"] in ("checkboxes", "multi_static_select"):
            return {name: list(values)}
        if element["type"] == "datepicker":
            if kind is Input.DATETIME:
                at = moment(one, self.clock.now(), ZONE)
                if at is None:
                    return {name: one}  # no client sends this: the bot answers all the same
                beside = next((other for other in inputs if other.startswith(f"{name}#")), None)
                found_at = at.astimezone(ZONE)
                time = {beside: f"{found_at:%H:%M}"} if beside is not None else {}
                return {name: f"{found_at:%Y-%m-%d}", **time}
            found_day = day(one, self.clock.now().astimezone(ZONE).date())
            return {name: found_day.isoformat() if found_day is not None else one}
        return {name: one}

    # --- finding ---

    async def _click(self, actor: Actor, kind: Act, values: tuple[str, ...]) -> None:
        place = self._one(actor, kind, values)
        assert place is not None, f"{kind} is not on the screen of {actor.rec['name']}:\n{actor.screen()}"
        box, name = place
        await actor.click(name, ts=box.get("ts"))

    def _place(self, actor: Actor, kind: Act, values: tuple[str, ...]) -> Json:
        place = self._one(actor, kind, values)
        assert place is not None, f"{kind} is not on the screen of {actor.rec['name']}:\n{actor.screen()}"
        return place[0]

    def _one(self, actor: Actor, kind: Act, values: tuple[str, ...]) -> tuple[Json, str] | None:
        """The message or view in which a button of this kind has this value, and the button's name."""
        for box, b, element in _elements(actor):
            found_kind = act(element.get("action_id", ""))
            if found_kind is not None and found_kind[0] is kind and element.get("value") in values:
                return box, f"{b['block_id']}.{element['action_id']}"
        return None

    # --- seeing ---

    def check(self) -> None:
        """What stands in each person's chat in Slack is what stands on their screen, in its order, and nothing else."""
        for person in self.people():
            if not any(address.platform == PLATFORM for address in person.addresses):
                continue
            actor = self.house.actor(person.id)
            own = [m for m in actor.ch["messages"] if m["user"] == self.house.fake.bot_user and not m.get("files")]
            shown = [
                one
                for one in self.screens.of(person.id)
                if not one.removed and one.platform != SECOND and one.handle in self.house.handles
            ]
            assert [m["ts"] for m in own] == [self.house.handles[one.handle].partition(":")[2] for one in shown]
            for message, one in zip(own, shown, strict=True):
                self._agrees(actor, message, one)

    def _agrees(self, actor: Actor, message: Json, one: Shown) -> None:
        stands = (message["ts"], message.get("edited", {}).get("ts"))
        if self.house.read.get(one.handle) == (stands, one.message):
            return  # it was read before, and neither side has changed since
        self.house.read[one.handle] = (stands, one.message)
        seen = letters(" ".join((message["text"], *texts(message.get("blocks", [])))))
        for piece in pieces(one.message):
            assert letters(piece) in seen, f"{actor.rec['name']} does not read {piece!r} in\n{seen}"


def _same(view: Json, token: Token) -> bool:
    """Whether a view is the form of this step of this talk."""
    known = unpack(view["private_metadata"])
    return known is not None and replace(known[0], revision=token.revision) == token


def _force(view: Json, name: str, value: Any) -> None:
    element = next(b["element"] for b in view["blocks"] if b.get("block_id") == name)
    one = {"text": {"type": "plain_text", "text": "?"}, "value": value}
    many = (
        [{"text": {"type": "plain_text", "text": "?"}, "value": each} for each in value]
        if isinstance(value, list)
        else []
    )
    held = {"selected_options": many} if isinstance(value, list) else {"selected_option": one}
    view["state"]["values"][name][element["action_id"]] = {"type": element["type"], **held}


def texts(blocks: Any) -> Iterator[str]:
    """Every text of some blocks, in order."""
    if isinstance(blocks, dict):
        if isinstance(blocks.get("text"), str):
            yield html.unescape(blocks["text"])
        for key in (
            "title",
            "label",
            "text",
            "fields",
            "elements",
            "element",
            "accessory",
            "options",
            "hint",
            "blocks",
        ):
            yield from texts(blocks.get(key))
    elif isinstance(blocks, list):
        for one in blocks:
            yield from texts(one)


def _elements(actor: Actor) -> Iterator[tuple[Json, Json, Json]]:
    for _, box, _ in surfaces(actor.f, actor.uid):
        for b in box["blocks"]:
            for element in elements_of(b):
                yield box, b, element


def _of(element: Json, options: tuple[str, ...]) -> Any:
    """Those of the options that this element offers, as the actor gives them."""
    if element["type"] == "external_select":
        return {"text": {"type": "plain_text", "text": options[0]}, "value": options[0]}
    offered = [one["value"] for one in element.get("options", [])]
    chosen = [one for one in options if one in offered]
    return chosen if element["type"] in ("checkboxes", "multi_static_select") else next(iter(chosen), None)
