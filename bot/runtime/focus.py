"""Where a person's words go: to a start word's flow, or to the talk in focus. Pure.

Rule 1. A whole message that is a start word begins that flow, unless it is an answer that is offered.
Rule 2. A start word in a sentence begins its flow where no talk waits; what was written goes into the flow's form.
        The first such word counts. What is said in a talk is that talk's.
Rule 3. The words of an alert's button are that button, where one alert waits.
Rule 4. Focus follows the person: the talk that was last answered, pressed or begun by that person.
"""

from __future__ import annotations

import re

from bot.cases import alerts
from bot.cases.case import CaseFile
from bot.core.effects import Delete, Lane, Send, Update
from bot.core.events import Command, Commanded, Event, PersonEvent, Said, Started
from bot.core.ids import SessionId
from bot.core.languages import LANGUAGES
from bot.core.people import PersonId
from bot.core.session import Status
from bot.core.texts import clean
from bot.flow.commands import command_in
from bot.runtime.view import Setting
from bot.steps.matching import plain


def unfinished(file: CaseFile, event: Started) -> bool:
    return (
        any(
            talk.flow == event.flow and talk.person == event.person and talk.status is not Status.ENDED
            for talk in file.sessions.values()
        )
        and file.case.opened is None
    )


def ended_talk(file: CaseFile, event: PersonEvent) -> SessionId | None:
    """A person's newest talk of a case, for a command or the answer to a doubt: what is sent can be withdrawn."""
    newest = [talk for talk in file.sessions.values() if talk.person == event.person][-1]
    command = isinstance(event, Commanded) or (isinstance(event, Said) and command_in(clean(event.text)) is not None)
    return newest.id if command or newest.doubt is not None else None


def shown_again(effect: Send | Update) -> Delete | None:
    """What goes when a question is shown: its copy further up, if there is one. *hide* then leaves none behind."""
    asks = isinstance(effect, Send) and effect.message.token is not None and effect.lane is Lane.CHAT
    return Delete(effect.to, effect.slot) if asks else None


def start_word(event: PersonEvent, setting: Setting) -> Started | None:
    """The flow that a whole message starts by its word, if any."""
    if not isinstance(event, Said):
        return None
    said = " ".join(clean(event.text).casefold().strip("!. ").split())
    for flow in setting.flows.current.values():
        command = flow.start.command
        words = (*flow.start.words, *((command.word,) if command is not None else ()))
        if said in (word.casefold() for word in words):
            return Started(event.id, event.at, event.person, event.platform, flow.name)
    return None


def alert_answer(text: str) -> str | None:
    """The button of an alert whose words a whole message is, in any language; nothing less counts as an answer."""
    said = plain(text)
    for language in LANGUAGES.values():
        for option, label in ((alerts.TAKE, language.alert_take), (alerts.DECLINE, language.alert_decline)):
            if said == plain(label):
                return option
    return None


def told_at_the_door(event: PersonEvent, setting: Setting) -> Started | None:
    """The flow that a sentence begins by a start word in it, with the sentence; None for a command."""
    text = clean(event.text) if isinstance(event, Said) else ""
    if not isinstance(event, Said) or command_in(text) is not None:
        return None
    said = f" {_spaced(text)} "
    found = [
        (said.find(f" {_spaced(word)} "), flow.name)
        for flow in setting.flows.current.values()
        for word in flow.start.words
    ]
    begins = min((one for one in found if one[0] >= 0), default=None)
    return Started(event.id, event.at, event.person, event.platform, begins[1], text) if begins is not None else None


def _spaced(text: str) -> str:
    """The words of a text, with a space between."""
    return " ".join(re.findall(r"\w+", text.casefold()))


def wants_cases(event: PersonEvent) -> bool:
    """Whether a person asks for the list of their cases."""
    if isinstance(event, Commanded):
        return event.command is Command.CASES
    return isinstance(event, Said) and event.meant_for is None and command_in(clean(event.text)) is Command.CASES


def asks_of_the_end(event: PersonEvent) -> bool:
    """Whether it may be meant for a case that has ended: who can see it, or that it is not over."""
    return _commands(event) in (Command.WHO_SEES, Command.NOT_OVER)


def says_not_over(event: PersonEvent) -> bool:
    return _commands(event) is Command.NOT_OVER


def _commands(event: PersonEvent) -> Command | None:
    if isinstance(event, Commanded):
        return event.command
    return command_in(clean(event.text)) if isinstance(event, Said) else None


def focus_after(before: CaseFile, file: CaseFile, event: Event) -> dict[tuple[PersonId, str], SessionId | None]:
    """Where this person's next typed words go: to the talk of this turn while it lives."""
    if not isinstance(event, PersonEvent):
        return {}
    person, platform = event.person, event.platform
    changed = [
        talk
        for talk in file.sessions.values()
        if talk.person == person and before.sessions.get(talk.id) != talk and talk.status is not Status.ENDED
    ]
    if not changed:
        return {}
    return {(person, platform): changed[-1].id}
