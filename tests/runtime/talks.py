"""Talks that many tests begin with."""

from __future__ import annotations

from bot.core.people import PersonId
from bot.simulation.stage import Stage

#: A report of a threat by a customer, to the manager and HR, with its form and a file.
REPORT = (
    "report",
    "[No]",
    "[Tell what has happened and get help]",
    "[It is about me]",
    "[A customer, a citizen or somebody else from outside]",
    "[My manager]",
    "{kinds: threat | story: He writes every night}",
    "(file letter.pdf)",
    "[That is all]",
    "[None of these]",
    "3",
    "[No]",
    "skip",
    "[Here in the chat]",
    "[Yes, send it]",
)


async def talk(stage: Stage, person: PersonId, lines: tuple[str, ...]) -> None:
    for line in lines:
        await stage.line(person, line)
