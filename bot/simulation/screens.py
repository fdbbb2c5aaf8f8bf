"""What each person has on the screen: messages in order, changed and taken away as the bot does it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from bot.core.ids import Slot
from bot.core.languages import phrases
from bot.core.messages import Message
from bot.core.people import PersonId
from bot.runtime.owed import Change, Nudge, Owed, Post, Remove
from bot.simulation.weather import PLATFORM, SECOND, Weather

__all__ = ["PLATFORM", "SECOND", "Screens", "Shown", "StageChannel"]


@dataclass
class Shown:
    """A message on a screen; `handle` is the key of the row that brought it."""

    handle: str
    slot: Slot
    message: Message
    changed: bool = False
    removed: bool = False
    platform: str = PLATFORM


@dataclass
class Screens:
    """Everybody's screen. Its content outlives the bot, as a chat's does."""

    by_person: dict[PersonId, list[Shown]] = field(default_factory=dict)
    #: What happened, in order, for whoever prints it: person, kind (`<` new, `~` changed, `x` gone, `@` new beside
    #: the chat, after the name of its way), message.
    news: list[tuple[PersonId, str, Message]] = field(default_factory=list)
    delivered: list[str] = field(default_factory=list)
    #: What was said beside the chat.
    nudges: list[Owed] = field(default_factory=list)

    def of(self, person: PersonId) -> list[Shown]:
        return self.by_person.setdefault(person, [])

    def say(self, person: PersonId, handle: str, message: Message) -> None:
        """Show a word of the adapter's own."""
        self.of(person).append(Shown(handle, Slot(handle), message))
        self.news.append((person, "<", message))

    def find(self, person: PersonId, handle: str) -> Shown | None:
        return next((shown for shown in self.of(person) if shown.handle == handle), None)


class StageChannel:
    """A way out onto the screens, in whatever weather. It can be asked whether a message came before, so nothing is
    shown twice. `platform` is its chat; mails and pages may go by it, too."""

    def __init__(self, screens: Screens, weather: Weather | None = None, platform: str = PLATFORM) -> None:
        self._screens = screens
        self._weather = weather or Weather()
        self.platform = platform
        self.needs_proof = platform == SECOND

    async def send(self, owed: Owed, chat: str, handle: str | None, *, again: bool) -> str:
        self._weather.over(owed)
        screens = self._screens
        match owed.wish:
            case Post(message):
                if again and screens.find(owed.to, owed.key) is not None:
                    return owed.key
                screens.of(owed.to).append(Shown(owed.key, owed.slot, message, platform=owed.platform))
                screens.news.append(_new(owed, message))
                screens.delivered.append(owed.key)
                return owed.key
            case Change(message):
                shown = screens.find(owed.to, handle or "")
                if shown is not None and shown.message != message:
                    shown.message, shown.changed = message, True
                    screens.news.append((owed.to, "~", message))
                return handle or owed.key
            case Remove():
                shown = screens.find(owed.to, handle or "")
                if shown is not None and not shown.removed:
                    shown.removed = True
                    screens.news.append((owed.to, "x", shown.message))
                return handle or owed.key
            case Nudge(language):
                screens.nudges.append(owed)
                screens.news.append(_new(owed, Message(phrases(language).nudge)))
                return owed.key


def _new(owed: Owed, message: Message) -> tuple[PersonId, str, Message]:
    if owed.platform == PLATFORM:
        return owed.to, "<", message
    return owed.to, "@", replace(message, text=f"{owed.platform}: {message.text}")
