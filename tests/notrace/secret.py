"""The one case more: how it comes to be, how it lives on, and what of it somebody could have found to press."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.core.events import Chose
from bot.core.ids import CaseId, SessionId, Token
from bot.core.messages import Message
from bot.core.people import PersonId, Role
from bot.simulation.stage import Stage
from tests.notrace.deployment import Deployment

#: Until it is asked who did it; then what is asked of one at work.
BEGIN = ("report", "[No]", "[Tell what has happened and get help]", "[It is about me]")
DANGER = ("report", "[Yes, or I am not sure]", "[Yes, call Omar Nissen]", *BEGIN[2:])
FORM = "{kinds: lies | story: It goes on every day. | links: https://example.org/p/4711}"
REST = (FORM, "skip", "[None of these]", "2", "[No]", "skip", "skip", "[Yes, send it]")
TOLD = (Role.MANAGER, Role.HR, Role.SAFETY_REP, Role.ON_CALL)
NONE_YET = CaseId("")


@dataclass
class Secret:
    """A case about somebody, told by `reporter`."""

    deployment: Deployment
    stage: Stage
    reporter: PersonId
    case: CaseId = NONE_YET

    async def is_told(self, about: str, *more: str) -> None:
        """The reporter names a colleague, and ticks everybody who is offered; `more` is said after it was sent."""
        await self._is_told(BEGIN, about, more)

    async def is_in_danger(self, about: str) -> None:
        """As before, of somebody who is in danger and wants help at once."""
        await self._is_told(DANGER, about, ())

    async def is_told_of_a_customer(self, ticked: str) -> None:
        """Nobody at work is named; these are let know."""
        for line in (*BEGIN, "[A customer, a citizen or somebody else from outside]"):
            await self.stage.line(self.reporter, line)
        self.case = self._token().case
        for line in (ticked, *REST):
            await self.stage.line(self.reporter, line)

    async def _is_told(self, begin: tuple[str, ...], about: str, more: tuple[str, ...]) -> None:
        for line in (*begin, "[A colleague]", about):
            await self.stage.line(self.reporter, line)
        self.case = self._token().case
        labels = [choice.label for choice in self._asked().choices if choice.id in TOLD]
        await self.stage.line(self.reporter, " ".join(f"[{label}]" for label in labels))
        for line in (*REST, *more):
            await self.stage.line(self.reporter, line)

    def _asked(self) -> Message:
        return next(message for message in self.stage.screen(self.reporter) if message.token is not None)

    def _token(self) -> Token:
        token = self._asked().token
        assert token is not None
        return token

    async def lives(self, but: PersonId, rounds: int = 1) -> None:
        """Everybody but one presses the first button of what this case shows them, newest first."""
        for _ in range(rounds):
            for person in sorted(self.deployment.screens.by_person):
                shown = (m for m in self.stage.screen(person) if m.token is not None and m.token.case == self.case)
                message = next((m for m in shown if m.choices and person != but), None)
                if message is not None and message.token is not None:
                    await self.presses(person, message.token, message.choices[0].id)

    async def presses(self, person: PersonId, token: Token, option: str) -> None:
        self.stage.count += 1
        who = (f"simulation:{self.stage.count}", self.stage.clock.now(), person, "simulation")
        await self.stage.take(Chose(*who, token, (option,)))
        await self.stage.quiet()

    def messages(self) -> Iterator[Message]:
        """All that this case ever showed to anybody."""
        for _, _, message in self.deployment.screens.news:
            if message.token is not None and message.token.case == self.case:
                yield message

    @property
    def talk(self) -> SessionId:
        """The reporter's own talk."""
        return SessionId(f"{self.case}.1")
