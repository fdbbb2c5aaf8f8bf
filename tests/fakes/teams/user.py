"""A person in Teams, in their personal chat with the bot: what they write, press, install and see."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from tests.fakes.teams import activities, buttons, dialogs, extension, files
from tests.fakes.teams.card_inputs import Given
from tests.fakes.teams.delivery import Delivery
from tests.fakes.teams.errors import ClientRefused
from tests.fakes.teams.extension import Command, Context, Elsewhere
from tests.fakes.teams.records import Message
from tests.fakes.teams.screen import draw_message
from tests.fakes.teams.wire import Json

if TYPE_CHECKING:
    from tests.fakes.teams.tenant import FakeTeams

State = Literal["never", "installed", "uninstalled", "blocked", "admin"]  # admin: the tenant's admin disabled the bot


@dataclass(slots=True, eq=False)
class TeamsUser:
    teams: FakeTeams
    key: str
    name: str
    aad: str  # the same for every bot; `mri` is of this bot alone
    mri: str
    conversation: str
    email: str  # "": has none
    state: State = "never"
    tenant: str = ""  # whose member they are
    guest: bool = False  # of our tenant, at home elsewhere
    locale: str = "en-US"
    timezone: str = "Europe/Berlin"
    sends_empty_inputs: bool = False  # clients differ

    @property
    def upn(self) -> str:
        """The user principal name: a guest's names the tenant they come from (get-teams-context.md)."""
        if self.guest:
            return f"{(self.email or self.key).replace('@', '_')}#EXT#@fake.onmicrosoft.com"
        return self.email or f"{self.key}@fake.onmicrosoft.com"

    @property
    def service_url(self) -> str:
        return self.teams.service_url_of(self.tenant)

    # What this person does
    async def say(self, text: str) -> Delivery:
        sent = activities.said(self, text)
        self.teams.posted(self, Message(sent["id"], self.key, sent))
        return await self.teams.to_bot(sent)

    async def upload(self, name: str, data: bytes, text: str = "") -> Delivery:
        """Send a file. Raises ClientRefused."""
        return await files.send(self, text, [files.attach(self, name, data)])

    async def paste(self, data: bytes, text: str = "", kind: str = "image/png") -> Delivery:
        """Send a picture within a message."""
        return await files.send(self, text, [files.paste(self, data, kind)])

    async def allow(self, *, on: Message | None = None) -> Delivery:
        """Let the bot upload what it asks to (last). Raises ClientRefused."""
        return await files.answer(self, on or self.bot_messages()[-1], allow=True)

    async def decline(self, *, on: Message | None = None) -> Delivery:
        return await files.answer(self, on or self.bot_messages()[-1], allow=False)

    async def install(self) -> list[Delivery]:
        """Both activities of an installation, one after the other."""
        self.state = "installed"
        return [await self.teams.to_bot(a) for a in activities.installed(self)]

    async def uninstall(self) -> Delivery:
        self.state = "uninstalled"
        return await self.teams.to_bot(activities.activity(self, "installationUpdate", action="remove"))

    async def react(self, message_id: str, kind: str = "like", *, remove: bool = False) -> Delivery:
        return await self.teams.to_bot(activities.reacted(self, message_id, kind, removed=remove))

    async def invoke(self, name: str, value: Json, reply_to: str | None = None) -> Delivery:
        return await self.teams.to_bot(activities.invoked(self, name, value, reply_to))

    async def submit(
        self, title: str | None = None, inputs: Mapping[str, Given] | None = None, *, on: Message | None = None
    ) -> Delivery:
        """Press an Action.Submit (of the last card). Raises ClientRefused."""
        return await buttons.submit(self, on or self.last_card(), title, inputs or {})

    async def execute(
        self, title: str | None = None, inputs: Mapping[str, Given] | None = None, *, on: Message | None = None
    ) -> Delivery:
        """Press an Action.Execute (of the last card). Raises ClientRefused."""
        return await buttons.execute(self, on or self.last_card(), title, inputs or {})

    async def refresh(self, *, on: Message | None = None) -> Delivery:
        """The client refreshes the card (the last) by itself. Raises ClientRefused."""
        return await buttons.refresh(self, on or self.last_card())

    async def submit_dialog(
        self, card: Json, title: str | None = None, inputs: Mapping[str, Given] | None = None
    ) -> Delivery:
        """Press an Action.Submit of a dialog's card. Raises ClientRefused."""
        return await dialogs.submit(self, card, title, inputs or {})

    async def command(self, name: str, *, on: Elsewhere | None = None, context: Context | None = None) -> Delivery:
        """Choose a command of the message extension, on a message or where one is composed. Raises ClientRefused."""
        return await extension.fetch(self, Command(name, context or ("message" if on else "compose"), on))

    async def submit_command(
        self,
        name: str,
        card: Json,
        title: str | None = None,
        inputs: Mapping[str, Given] | None = None,
        *,
        on: Elsewhere | None = None,
        context: Context | None = None,
        brings_message: bool = False,
    ) -> Delivery:
        """Press an Action.Submit of a command's dialog. Raises ClientRefused."""
        command = Command(name, context or ("message" if on else "compose"), on)
        return await extension.submit(self, command, card, title, inputs or {}, brings_message=brings_message)

    # What this person sees
    def messages(self) -> list[Message]:
        said = self.teams.messages[self.conversation]
        return [m for m in said if not m.deleted and m.activity.get("type") == "message"]

    def bot_messages(self) -> list[Message]:
        return [m for m in self.messages() if m.by == "bot"]

    def texts(self) -> list[str]:
        """What the bot wrote, cards aside."""
        return [m.text for m in self.bot_messages() if m.text]

    def files(self) -> dict[str, bytes]:
        """The bot's files that stand in the chat, by name."""
        return files.seen(self)

    def last_card(self) -> Message:
        """The bot's last message with a card. Raises ClientRefused."""
        for m in reversed(self.bot_messages()):
            if m.card is not None:
                return m
        raise ClientRefused(f"{self.key} sees no card")

    def screen(self) -> str:
        """The whole chat, as text."""
        names = self.teams.names()
        return "\n".join(draw_message(m.by, m.activity, m.card, names) for m in self.messages())

    def typing(self) -> list[float]:
        """When the bot said that it writes: seconds since 1970."""
        return self.teams.typing[self.conversation]
