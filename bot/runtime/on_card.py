"""What is pressed on a case's card: the card's own buttons, and the flows that stand on it. Pure.

Rule 1. That this person may press it was asked when the case was opened; a flow is begun only while it is offered.
Rule 2. A flow that waits unfinished is gone on with, and no second one begun.
"""

from __future__ import annotations

from bot.cases.case import CaseFile
from bot.cases.inputs import Decline, Take
from bot.core.effects import Send
from bot.core.events import Chose, Command, Commanded
from bot.core.ids import Slot
from bot.core.languages import phrases
from bot.core.messages import Message
from bot.core.session import Status as TalkStatus
from bot.flow.interpret import advance
from bot.runtime import warrants
from bot.runtime.desk import card, offered
from bot.runtime.warrants import CARD
from bot.runtime.work import Work


def press(work: Work, event: Chose, option: str) -> None:
    """A button of a case's card: that this person may press it was asked when the case was opened."""
    person = event.person
    file = CaseFile(work.case, work.sessions)
    match option:
        case warrants.OPEN:
            work.effects.append(Send(person, card(file, person, work.setting, work.now), Slot(f"{CARD}:{person}")))
        case warrants.TAKE:
            work.decide(Take(person), person)
        case warrants.DECLINE:
            work.decide(Decline(person), person)
        case warrants.READ:
            work.read(person)
        case warrants.WHO:
            _command(work, event, Command.WHO_SEES)
        case warrants.GO_ON:
            _command(work, event, Command.RESUME)
        case warrants.WITHDRAW:
            _command(work, event, Command.WITHDRAW)
        case name if name in (flow.name for flow in offered(file, person, work.setting)):
            _begin_or_resume(work, event, name)
        case _:
            said = phrases(work.setting.language_of(person))
            work.effects.append(Send(person, Message(said.repeated), Slot(f"word:{work.case.revision}")))


def _command(work: Work, event: Chose, command: Command) -> None:
    """A command that was pressed on the card, for the newest of this person's talks."""
    talk = [talk for talk in work.sessions.values() if talk.person == event.person][-1]
    obeyed = Commanded(event.id, event.at, event.person, event.platform, command)
    work.apply(advance(work.setting.flows, talk, obeyed, work.facts(talk)))


def _begin_or_resume(work: Work, event: Chose, flow: str) -> None:
    own = (talk for talk in work.sessions.values() if talk.flow == flow and talk.person == event.person)
    waiting = next((talk for talk in own if talk.status is not TalkStatus.ENDED), None)
    if waiting is None:
        work.begin(flow, event.person, event.platform)
    else:
        resumed = Commanded(event.id, event.at, event.person, event.platform, Command.RESUME)
        work.apply(advance(work.setting.flows, waiting, resumed, work.facts(waiting)))
