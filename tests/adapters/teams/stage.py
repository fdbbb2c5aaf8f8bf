"""A transcript's lines, done in the fake Teams: typed, pressed, filled in, attached; and what is seen there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from adapters.teams.fields import MANY, TIME, TYPED, UNKNOWN, named
from adapters.teams.who import PLATFORM
from adapters.teams.wire import ACCOUNT, PERSON, PICKED, Act, Pressed, pressed
from bot.core.events import Command
from bot.core.ids import Token
from bot.core.messages import Form, Input
from bot.core.people import PersonId
from bot.core.replies import FormErrors, Nothing, Reply, Tell
from bot.simulation import found
from bot.simulation.screens import SECOND, Shown
from bot.simulation.stage import Stage
from bot.simulation.text import plain
from bot.simulation.written import Closed, Filled, Sent, Words, read
from bot.simulation.written import Pressed as Pressing
from bot.steps.typed import day, moment
from tests.adapters.pieces import letters, pieces
from tests.fakes.teams.card_inputs import filled
from tests.fakes.teams.delivery import Delivery
from tests.fakes.teams.dialogs import read as read_dialog
from tests.fakes.teams.errors import ClientRefused
from tests.fakes.teams.records import Message as Box
from tests.fakes.teams.screen import draw_message
from tests.fakes.teams.user import TeamsUser
from tests.fakes.teams.wire import Json, obj, walk

if TYPE_CHECKING:
    from tests.adapters.teams.house import TeamsHouse

ZONE = ZoneInfo("Europe/Copenhagen")


@dataclass
class TeamsStage(Stage):
    house: TeamsHouse = field(kw_only=True)

    async def line(self, person: PersonId, text: str) -> Reply:
        done = read(text)
        if self._elsewhere(person, done):
            return await super().line(person, text)
        self.house.replies.clear()
        user = self.house.user(person)
        match done:
            case Words() | Sent():
                self.house.dialogs.pop(user.key, None)
            case _:
                pass
        match done:
            case Words(words):
                await user.say(words)
            case Sent():
                name, _, data = found.file(done)
                await user.upload(name, self.files.get(done.name, data))
            case Pressing(labels, nth):
                token, options = found.pressed(self.screen(person), labels, self.people(), nth)
                await self._press(user, token, options)
            case Filled(fields, nth):
                await self._fill(user, found.form(self.screen(person), nth), fields)
            case Closed():
                pass  # Teams does not tell that a dialog was closed
        await self.house.quiet()
        replies = self.house.replies
        # after mistakes the same form is asked for once more, to be shown with them
        reply = next((one for one in replies if isinstance(one, FormErrors)), replies[-1] if replies else Nothing())
        if isinstance(reply, Tell):
            await self._read(user)
            for number, message in enumerate(reply.messages):
                self.count += 1
                self.screens.say(person, f"told:{self.count}:{number}", message)
        self.check()
        return reply

    async def _read(self, user: TeamsUser) -> None:
        """What is only told stands behind a button, in a dialog; unless it is open already."""
        if user.key not in self.house.dialogs:
            box, action = self._one(user, lambda what: what.command is Command.CASES)
            self._shown(user, await use(user, box, action))
            await self.house.quiet()

    def _shown(self, user: TeamsUser, done: Delivery) -> None:
        """The dialog that stands open from now on, if any."""
        self.house.dialogs.pop(user.key, None)
        card = dialog(done)
        if card:
            self.house.dialogs[user.key] = card

    def _elsewhere(self, person: PersonId, done: object) -> bool:
        """Whether the line belongs to the second chat, which is the stage's own."""
        if not isinstance(done, Pressing):
            standing = [shown for shown in self.screens.of(person) if not shown.removed]
            return bool(standing) and standing[-1].platform == SECOND
        token, _ = found.pressed(self.screen(person), done.labels, self.people(), done.nth)
        return self._chat(person, token) == SECOND

    async def _press(self, user: TeamsUser, token: Token, options: Command | tuple[str, ...] | None) -> None:
        if options is None:
            await self._open(user, token)
        elif isinstance(options, Command):
            box, action = self._one(
                user, lambda what: what.act is Act.COMMAND and what.token == token and what.ids == (options.value,)
            )
            self._shown(user, await use(user, box, action))
        else:
            every = list(self._all(user, lambda what: what.act is Act.CHOOSE and what.token == token))
            for box, action, what in every:
                if what.ids == options:
                    self._shown(user, await use(user, box, action))
                    return
            box, action = self._one(user, lambda what: what.act is Act.SEND and what.token == token)
            given = self._picked(box.card if isinstance(box, Box) else box, action, options)
            self._shown(user, await use(user, box, action, given))

    def _picked(self, card: Json | None, action: Json, options: tuple[str, ...]) -> Json:
        what = pressed(action["data"])
        number = f":{what.ids[0]}" if what is not None and what.ids else ""
        names = {node.get("id") for node in walk(card)}
        if f"{PICKED}{number}" in names:
            return {f"{PICKED}{number}": list(options)}
        if f"{PERSON}{number}" in names:
            return {f"{PERSON}{number}": options[0]}
        return {f"{ACCOUNT}{number}": self.house.user(PersonId(options[0])).aad}

    async def _open(self, user: TeamsUser, token: Token) -> Json:
        box, action = self._one(
            user,
            lambda what: what.act is Act.FORM and what.token is not None and _alike(what.token, token),
        )
        card = dialog(await use(user, box, action))
        assert card, f"no dialog: {user.screen()}"
        return card

    def _form_open(self, user: TeamsUser, token: Token) -> Json | None:
        """The dialog that stands open, where it is this form."""
        card = self.house.dialogs.pop(user.key, None)
        known = (pressed(node.get("data")) for node in walk(card or {}))
        same = any(one and one.act is Act.FORM and one.token and _alike(one.token, token) for one in known)
        return card if same else None

    async def _fill(self, user: TeamsUser, form: Form, fields: tuple[tuple[str, str], ...]) -> None:
        card = self._form_open(user, form.token) or await self._open(user, form.token)
        given, wanted = found.values(form, fields, self.people()), dict(fields)
        ids = {str(node.get("id")) for node in walk(card) if str(node.get("type")).startswith("Input.")}
        values: Json = {}
        for asked in form.fields:
            assert any(one.partition("#")[0] == named(asked.id) for one in ids), f"{asked.id} is not in the dialog"
            if asked.id in wanted:
                values |= self._entered(asked.id, asked.input, given.get(asked.id, ()), ids)
        action = next(n for n in walk(card) if (what := pressed(n.get("data"))) is not None and what.act is Act.FORM)
        await send(user, card, action, values)

    def _entered(self, name: str, kind: Input, values: tuple[str, ...], ids: set[str]) -> Json:
        """What a person enters at a field, and at the one beside it."""
        one = values[0] if values else ""
        if named(name, MANY) in ids:
            return {named(name, MANY): list(values)}
        if kind is Input.PERSON:
            return self._person(name, one, ids)
        if kind is Input.DATETIME:
            at = moment(one, self.clock.now(), ZONE)
            if at is None:
                return {named(name): one}
            there = at.astimezone(ZONE)
            return {named(name): f"{there:%Y-%m-%d}", named(name, TIME): f"{there:%H:%M}"}
        if kind is Input.DATE:
            found_day = day(one, self.clock.now().astimezone(ZONE).date())
            return {named(name): found_day.isoformat() if found_day is not None else one}
        return {named(name): one}

    def _person(self, name: str, one: str, ids: set[str]) -> Json:
        known = self.people().get(PersonId(one))
        if named(name, ACCOUNT) in ids and known is not None:
            return {named(name, ACCOUNT): self.house.user(known.id).aad}
        typed = next((named(name, which) for which in (TYPED, UNKNOWN) if named(name, which) in ids), None)
        return {typed: one} if typed is not None and known is None else {named(name): one}

    # --- finding ---

    def _all(self, user: TeamsUser, meant: Any) -> Iterator[tuple[Box | Json, Json, Pressed]]:
        """In the dialog that stands open, then in the chat from below."""
        open_now = [self.house.dialogs[user.key]] if user.key in self.house.dialogs else []
        for box in (*open_now, *reversed(user.bot_messages())):
            for node in walk(box.card if isinstance(box, Box) else box):
                what = pressed(node.get("data")) if str(node.get("type")).startswith("Action.") else None
                if what is not None and meant(what):
                    yield box, node, what

    def _one(self, user: TeamsUser, meant: Any) -> tuple[Box | Json, Json]:
        place = next(self._all(user, meant), None)
        assert place is not None, f"this is not on the screen of {user.name}:\n{user.screen()}"
        return place[0], place[1]

    # --- seeing ---

    def check(self) -> None:
        """What stands in each person's chat in Teams is what stands on their screen, in its order, and nothing else."""
        for person in self.people():
            if not any(address.platform == PLATFORM for address in person.addresses):
                continue
            user = self.house.user(person.id)
            known = set(self.house.handles.values())
            own = [m for m in user.bot_messages() if m.id in known]
            shown = [
                one
                for one in self.screens.of(person.id)
                if not one.removed and one.platform != SECOND and one.handle in self.house.handles
            ]
            assert [m.id for m in own] == [self.house.handles[one.handle] for one in shown]
            for message, one in zip(own, shown, strict=True):
                self._agrees(user, message, one)

    def _agrees(self, user: TeamsUser, message: Box, one: Shown) -> None:
        stands = (message.id, message.versions)
        if self.house.read.get(one.handle) == (stands, one.message):
            return
        self.house.read[one.handle] = (stands, one.message)
        seen = letters(plain(draw_message(message.by, message.activity, message.card, user.teams.names())))
        for piece in pieces(one.message):
            assert letters(piece) in seen, f"{user.name} does not read {piece!r} in\n{seen}"


def _alike(one: Token, other: Token) -> bool:
    """Whether both are of the same step of the same talk."""
    return replace(one, revision=0) == replace(other, revision=0)


async def use(user: TeamsUser, box: Box | Json, action: Json, given: Mapping[str, Any] | None = None) -> Delivery:
    """Press exactly this button, of a message or of a dialog."""
    card = obj(box.card) if isinstance(box, Box) else box
    data = {**obj(action.get("data")), **filled(user, card, action, given or {})}
    what = {"data": data, "context": {"theme": "default"}}
    if not isinstance(box, Box):
        return read_dialog(user, await user.invoke("task/submit", what))
    if action["type"] == "Action.Execute":
        sent = {k: action[k] for k in ("type", "title", "verb") if k in action} | {"data": data}
        done = await user.invoke("adaptiveCard/action", {"action": sent, "trigger": "manual"}, box.id)
        assert done.status == 200, done
        return done
    return read_dialog(user, await user.invoke("task/fetch", what, box.id))


async def send(user: TeamsUser, card: Json, action: Json, given: Mapping[str, Any]) -> Delivery:
    """Send a dialog's form, in a client that leaves it to the bot to say what is missing."""
    try:
        inputs = filled(user, card, action, given)
    except ClientRefused:
        before = {str(n["id"]): str(n["value"]) for n in walk(card) if "id" in n and n.get("value")}
        typed = {name: ",".join(one) if isinstance(one, list) else one for name, one in given.items()}
        inputs = {**before, **typed}
    data = {**obj(action.get("data")), **inputs}
    return read_dialog(user, await user.invoke("task/submit", {"data": data, "context": {"theme": "default"}}))


def dialog(done: Delivery) -> Json:
    """The card of the dialog that was answered; empty where there is none."""
    task = obj(done.answer.get("task"))
    return obj(obj(obj(task.get("value")).get("card")).get("content"))
