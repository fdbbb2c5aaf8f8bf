"""`compose`: one event of one case, purely.

Rule 1. A person's event reaches only a talk of that person's own. That the person may press what is the case's own
        was asked when the case was opened.
Rule 2. Deliveries count for alerts only; other messages wait for nothing.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.cases import alerts
from bot.cases.case import CaseFile
from bot.cases.inputs import (
    Arrived,
    CaseInput,
    Decline,
    Failed,
    Look,
    MayHandOver,
    NewPeople,
    NoteFallback,
    PageOver,
    RungOver,
    StartDue,
    Take,
    TakeCall,
    Widen,
)
from bot.core.effects import (
    CloseForm,
    Send,
    StartAnew,
    Update,
)
from bot.core.events import (
    CaseChanged,
    Chose,
    Command,
    Commanded,
    Delivered,
    DeliveryFailed,
    Event,
    Left,
    LookedAt,
    PeopleChanged,
    PersonEvent,
    Said,
    Started,
    Submitted,
    TimerFired,
)
from bot.core.facts import OtherTalk
from bot.core.ids import SessionId, Slot, Token
from bot.core.languages import phrases
from bot.core.messages import Asks, Choice, Message
from bot.core.people import PersonId, Role
from bot.core.session import Session
from bot.core.session import Status as TalkStatus
from bot.flow.commands import command_in
from bot.flow.interpret import advance
from bot.flow.tell import emergency_lines
from bot.runtime.view import Setting
from bot.runtime.warrants import START
from bot.runtime.work import CaseTurn, Work, by_name

UNFINISHED, GO_ON, START_NEW = "unfinished", "go_on", "start_new"


def compose(
    file: CaseFile,
    event: Event,
    target: SessionId | None,
    setting: Setting,
    now: datetime,
    others: tuple[OtherTalk, ...] = (),
) -> CaseTurn:
    """What an event makes of a case. `target` is the talk it goes to, None for the case itself."""
    work = Work(file, setting, now, others)
    match event:
        case TimerFired():
            _timer(work, event)
        case Delivered(slot=slot):
            step, number = _alert(slot)
            if step in (alerts.ALERT, alerts.FALLBACK):
                work.decide(Arrived(number), None)
        case DeliveryFailed(slot=slot, to=to):
            step, number = _alert(slot)
            if step in (alerts.ALERT, alerts.FALLBACK):
                work.decide(Failed(number, to), None)
        case PeopleChanged():
            work.decide(NewPeople(), None)
            work.end_talks_of_gone()
        case CaseChanged(what=what):
            _person(work, what, target)
        case LookedAt(waits=waits):
            work.decide(Look(waits), None)
        case _:
            _person(work, event, target)
    return work.turn()


def _alert(slot: Slot) -> tuple[str, int]:
    step, _, number = slot.partition(":")
    return step, int(number) if number.isdigit() else 0


def _timer(work: Work, event: TimerFired) -> None:
    match event.key.split(":"):
        case ["rung", number]:
            work.decide(RungOver(int(number)), None)
        case ["page", number]:
            work.decide(PageOver(int(number)), None)
        case ["start", flow, role, *_]:
            work.decide(StartDue(flow, Role(role)), None)
        case [_, session, *_] if SessionId(session) in work.sessions:
            talk = work.sessions[SessionId(session)]
            work.apply(advance(work.setting.flows, talk, event, work.facts(talk)))
        case _:
            pass


def _person(work: Work, event: PersonEvent, target: SessionId | None) -> None:
    talk = work.sessions.get(target) if target is not None else None
    said = phrases(work.setting.language_of(event.person))
    if isinstance(event, Submitted):
        work.reply = CloseForm()  # unless a talk of this person's says otherwise
    if isinstance(event, Started):
        _start(work, event)
    elif isinstance(event, Left):
        pass
    elif _not_theirs(work, event, target, talk):
        _word(work, event, said.not_yours)
    elif talk is not None and isinstance(event, Chose) and event.token.step == UNFINISHED:
        _unfinished(work, event, talk)
    elif talk is not None:
        work.apply(advance(work.setting.flows, talk, event, work.facts(talk)))
    elif isinstance(event, Chose) and target is None:
        _press(work, event)
    elif isinstance(event, Said | Commanded) and work.case.reporter == event.person:
        _greet(work, event)
    else:
        _word(work, event, said.not_yours)


def _not_theirs(work: Work, event: PersonEvent, target: SessionId | None, talk: Session | None) -> bool:
    """Whether a button's case is gone or not for this person, or its talk is another's or was never there."""
    if (talk is not None and talk.person != event.person) or work.left_out(event.person):
        return True
    token = getattr(event, "token", None)
    if not isinstance(token, Token):
        return False
    return token.case != work.case.id or (target is not None and talk is None and work.case.reporter == event.person)


def _start(work: Work, event: Started) -> None:
    """Begin a flow for the reporter, unless one of the kind waits unfinished; never in a case that was sent."""
    talks = [s for s in work.sessions.values() if s.flow == event.flow and s.person == event.person]
    if not talks and work.case.opened is None:
        work.begin(event.flow, event.person, event.platform)
        return
    waiting = next((s for s in talks if s.status is not TalkStatus.ENDED), None)
    if waiting is None or work.case.opened is not None:
        work.effects.append(StartAnew(event.flow))
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


def _unfinished(work: Work, event: Chose, talk: Session) -> None:
    said = phrases(talk.language)
    chosen = said.start_new if event.options == (START_NEW,) else said.go_on
    answered = Message(f"{said.unfinished}\n\n✓ {chosen}")
    work.effects.append(Update(event.person, answered, Slot(f"{UNFINISHED}:{event.token.revision}")))
    if event.options == (START_NEW,):
        work.effects.append(StartAnew(talk.flow))
    else:
        resumed = Commanded(event.id, event.at, event.person, event.platform, Command.RESUME)
        work.apply(advance(work.setting.flows, talk, resumed, work.facts(talk)))


def _greet(work: Work, event: Said | Commanded) -> None:
    """A first word that is no start word: say who is here, and offer what can be begun."""
    language = work.setting.language_of(event.person)
    said = phrases(language)
    command = event.command if isinstance(event, Commanded) else command_in(event.text)
    if command in (Command.EMERGENCY, Command.HELP):
        slot = Slot(f"{Command.EMERGENCY}:{work.case.revision}")
        work.effects.append(Send(event.person, Message(emergency_lines(work.setting.country, language)), slot))
    if command is Command.WITHDRAW:
        slot = Slot(f"{Command.WITHDRAW}:{work.case.revision}")
        work.effects.append(Send(event.person, Message(said.withdraw_ask), slot))
        return
    begun = [flow for flow in work.setting.flows.current.values() if flow.start.command is not None]
    choices = tuple(Choice(flow.name, flow.say(flow.title, language)) for flow in sorted(begun, key=by_name))
    message = Message(
        said.greeting.format(organisation=work.setting.organisation),
        asks=Asks.ONE,
        choices=tuple(reversed(choices)),
        token=alerts.token(work.case, START, work.case.revision),
    )
    work.effects.append(Send(event.person, message, Slot(f"{START}:{work.case.revision}")))


def _press(work: Work, event: Chose) -> None:
    """A button that belongs to the case itself."""
    option = event.options[0] if len(event.options) == 1 else ""
    person = event.person
    wish: CaseInput | None = None
    match event.token.step, option:
        case (step, flow) if step == START and flow in work.setting.flows.current:
            if person == work.case.reporter:
                _start(work, Started(event.id, event.at, person, event.platform, flow))
            return
        case (alerts.ALERT, alerts.TAKE):
            wish = Take(person)
        case (alerts.ALERT, alerts.DECLINE):
            wish = Decline(person)
        case (alerts.FALLBACK, alerts.NOTED):
            wish = NoteFallback(person)
        case (alerts.PAGE, alerts.TAKE_CALL):
            wish = TakeCall(person)
        case (alerts.HANDING, alerts.YES | alerts.WAIT):
            wish = MayHandOver(option == alerts.YES)
        case (alerts.ASK_MORE, alerts.WAIT):
            wish = Widen(None)
        case (alerts.ASK_MORE, other):
            wish = Widen(PersonId(other))
        case _:
            pass
    if wish is None:
        _word(work, event, phrases(work.setting.language_of(person)).repeated)
    else:
        work.decide(wish, person)


def _word(work: Work, event: PersonEvent, text: str) -> None:
    work.effects.append(Send(event.person, Message(text), Slot(f"word:{work.case.revision}")))
