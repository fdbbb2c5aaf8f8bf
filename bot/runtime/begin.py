"""How talks are begun: by a word, a button, or after a greeting that says who is here. Pure.

Rule 1. What waits unfinished is offered before another of its kind is begun; after a report was sent, a new case is.
Rule 2. What was told on the way in, such as a message that is reported, stands in the form of the report that waits;
        where that form is past, a report of its own is begun with it.
Rule 3. A first word that is no start word is greeted. One that asks for a language is greeted in it.
"""

from __future__ import annotations

from dataclasses import replace

from bot.cases import alerts
from bot.core.effects import Send, Speak, StartAnew, Update
from bot.core.events import Chose, Command, Commanded, Said, Started
from bot.core.ids import Slot
from bot.core.languages import LANGUAGES, phrases
from bot.core.messages import Asks, Choice, Message
from bot.core.people import PersonId
from bot.core.session import Session
from bot.core.session import Status as TalkStatus
from bot.flow.answering import A_SENTENCE
from bot.flow.commands import command_in, language_in
from bot.flow.interpret import advance, tell_more
from bot.flow.tell import WHICH_LANGUAGE, emergency_lines, which_language
from bot.runtime.warrants import START
from bot.runtime.work import Work

UNFINISHED, GO_ON, START_NEW = "unfinished", "go_on", "start_new"


def start(work: Work, event: Started) -> None:
    """Begin a flow for the reporter, unless one of the kind waits unfinished; never in a case that was sent."""
    talks = [s for s in work.sessions.values() if s.flow == event.flow and s.person == event.person]
    if not talks and work.case.opened is None:
        work.begin(event.flow, event.person, event.platform, event.words)
        return
    waiting = next((s for s in talks if s.status is not TalkStatus.ENDED), None)
    if waiting is None or work.case.opened is not None:
        work.effects.append(StartAnew(event.flow, event.words))
        return
    if event.words:
        more = tell_more(work.setting.flows, waiting, work.facts(waiting), event.words)
        if more is not None:
            work.apply(more)
        else:
            work.effects.append(StartAnew(event.flow, event.words))
        return
    said = phrases(waiting.language)
    token = alerts.token(work.case, UNFINISHED, work.case.revision)
    message = Message(
        said.unfinished,
        asks=Asks.ONE,
        choices=(Choice(GO_ON, said.go_on), Choice(START_NEW, said.start_new)),
        token=replace(token, session=waiting.id),
    )
    work.effects.append(Send(event.person, message, Slot(f"{UNFINISHED}:{work.case.revision}")))


def unfinished(work: Work, event: Chose, talk: Session) -> None:
    said = phrases(talk.language)
    chosen = said.start_new if event.options == (START_NEW,) else said.go_on
    answered = Message(f"{said.unfinished}\n\n✓ {chosen}")
    work.effects.append(Update(event.person, answered, Slot(f"{UNFINISHED}:{event.token.revision}")))
    if event.options == (START_NEW,):
        work.effects.append(StartAnew(talk.flow))
    else:
        resumed = Commanded(event.id, event.at, event.person, event.platform, Command.RESUME)
        work.apply(advance(work.setting.flows, talk, resumed, work.facts(talk)))


def greet(work: Work, event: Said | Commanded) -> None:
    """Say who is here, and offer what can be begun; before it, what a command asks for."""
    language = work.setting.language_of(event.person)
    text = event.text if isinstance(event, Said) else ""
    command = event.command if isinstance(event, Commanded) else command_in(text)
    match command:
        case Command.HELP if isinstance(event, Commanded):
            pass  # a button beside the one for emergencies; typed, it may be a cry
        case Command.EMERGENCY | Command.HELP:
            slot = Slot(f"{Command.EMERGENCY}:{work.case.revision}")
            work.effects.append(Send(event.person, Message(emergency_lines(work.setting.country, language)), slot))
        case Command.WITHDRAW:
            slot = Slot(f"{Command.WITHDRAW}:{work.case.revision}")
            work.effects.append(Send(event.person, Message(phrases(language).withdraw_ask), slot))
            return
        case Command.LANGUAGE:
            _change_language(work, event, language_in(text))
            return
        case _:
            pass
    _offer(work, event, language, told=command is None and len(text.split()) >= A_SENTENCE)


def press(work: Work, event: Chose, option: str) -> bool:
    """A button of a greeting; False for all others."""
    if event.token.step == START and option in work.setting.flows.current:
        if event.person == work.case.reporter:
            start(work, Started(event.id, event.at, event.person, event.platform, option))
    elif event.token.step == WHICH_LANGUAGE and option in LANGUAGES:
        asked = phrases(work.setting.language_of(event.person)).language_which
        answered = Message(f"{asked}\n\n✓ {LANGUAGES[option].name}")
        work.effects.append(Update(event.person, answered, Slot(f"{WHICH_LANGUAGE}:{event.token.revision}")))
        talk = next((one for one in work.sessions.values() if _goes_on(one, event.person)), None)
        if talk is not None:
            work.apply(advance(work.setting.flows, talk, event, work.facts(talk)))
        else:
            _change_language(work, event, option)
    else:
        return False
    return True


def _goes_on(talk: Session, person: PersonId) -> bool:
    return talk.person == person and talk.status is not TalkStatus.ENDED


def _change_language(work: Work, event: Said | Commanded | Chose, code: str | None) -> None:
    if code is None:
        language = work.setting.language_of(event.person)
        message = which_language(language, alerts.token(work.case, WHICH_LANGUAGE, work.case.revision))
        work.effects.append(Send(event.person, message, Slot(f"{WHICH_LANGUAGE}:{work.case.revision}")))
        return
    work.effects.append(Speak(event.person, code))
    _offer(work, event, code)


def _offer(work: Work, event: Said | Commanded | Chose, language: str, *, told: bool = False) -> None:
    said = phrases(language)
    begun = [flow for flow in work.setting.flows.in_order() if flow.start.command is not None]
    choices = tuple(Choice(flow.name, flow.say(flow.title, language)) for flow in begun)
    message = Message(
        (said.greeting_told if told else said.greeting).format(organisation=work.setting.organisation),
        asks=Asks.ONE,
        choices=tuple(reversed(choices)),
        token=alerts.token(work.case, START, work.case.revision),
    )
    work.effects.append(Send(event.person, message, Slot(f"{START}:{work.case.revision}")))
