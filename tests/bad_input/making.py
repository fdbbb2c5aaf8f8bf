"""What a house was told, and what it shows."""

from __future__ import annotations

from bot.core.events import PersonEvent
from bot.core.ids import Token
from bot.core.languages import phrases
from bot.core.people import PersonId
from bot.core.replies import FormErrors
from bot.core.session import Session
from tests.runtime.making import House

EN = phrases("en")


def texts(house: House, person: PersonId) -> list[str]:
    return [shown.message.text for shown in house.screens.of(person)]


async def the_talk(house: House) -> Session:
    (file,) = await house.files()
    (session,) = file.sessions.values()
    return session


def token_of(house: House, person: PersonId) -> Token:
    return next(shown.message.token for shown in reversed(house.screens.of(person)) if shown.message.token is not None)


async def take(house: House, event: PersonEvent) -> list[str]:
    """What the person reads after an event, beside what was there before; mistakes in a form too."""
    before = len(texts(house, event.person))
    reply = await house.service.take(event)
    await house.service.quiet()
    mistakes = [error.text for error in reply.errors] if isinstance(reply, FormErrors) else []
    return mistakes + texts(house, event.person)[before:]
