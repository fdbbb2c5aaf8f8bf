"""Which talk of a person an event goes to, where the event itself does not say: read in the turn's transaction."""

from __future__ import annotations

from datetime import datetime

from bot.cases import alerts
from bot.cases.case import UNTAKEN, CaseFile
from bot.cases.permissions import Action, Asked
from bot.core.events import Chose, Commanded, Event, Said, Started, Uploaded
from bot.core.facts import OtherTalk
from bot.core.ids import CaseId, SessionId, Token
from bot.core.messages import Message
from bot.core.people import PersonId
from bot.core.session import Session, Status
from bot.runtime.desk import listed
from bot.runtime.focus import alert_answer, asks_of_the_end, ended_talk
from bot.runtime.ports import Tx
from bot.runtime.view import Setting
from bot.runtime.warrants import for_talk


async def focused(tx: Tx, event: Said | Uploaded | Commanded, mine: Asked) -> tuple[SessionId | None, CaseFile | None]:
    """The talk in focus while it lives; else the newest that waits, else the newest that rests."""
    focus = await tx.focus(event.person, event.platform)
    resting: tuple[SessionId, CaseFile] | None = None
    talks = list(reversed(await tx.talks(event.person)))
    order = [t for t in talks if t[0] == focus] + [t for t in talks if t[0] != focus]
    for session, case in order:
        file = await tx.load(case, mine)
        talk = file.sessions.get(session) if file is not None else None
        if file is None or talk is None or talk.person != event.person or talk.status is Status.ENDED:
            continue
        if session == focus or talk.asking is not None:
            return session, file
        resting = resting or (session, file)
    return resting if resting is not None else (None, None)


async def just_begun(tx: Tx, event: Started, source: CaseId | None, mine: Asked) -> CaseFile | None:
    """The case in which this flow was begun last, if that is not `source` and nothing was answered there yet."""
    for _, case in reversed(await tx.talks(event.person)):
        file = await tx.load(case, mine)
        if file is not None:
            fresh = [t for t in file.sessions.values() if t.flow == event.flow and t.person == event.person]
            waits = bool(fresh) and file.case.opened is None and not any(talk.answers for talk in fresh)
            return file if waits and case != source else None
    return None


async def ended(tx: Tx, event: Said | Uploaded | Commanded, mine: Asked) -> tuple[CaseFile | None, SessionId | None]:
    """The newest talk that has ended, for a command or the answer to a doubt: a sent report can be withdrawn."""
    for case in reversed(await tx.cases_of(event.person)):
        file = await tx.load(case, mine)
        if file is not None and any(talk.person == event.person for talk in file.sessions.values()):
            session = ended_talk(file, event)
            return (file, session) if session is not None else (None, None)
    return None, None


async def over(tx: Tx, event: Said | Uploaded | Commanded, mine: Asked) -> tuple[CaseFile | None, SessionId | None]:
    """The newest talk of the newest case that is over: it may be asked who could see it, or be opened again."""
    case = await tx.over_of(event.person) if asks_of_the_end(event) else None
    file = await tx.load(case, mine) if case is not None else None
    session = ended_talk(file, event) if file is not None else None
    return (file, session) if session is not None else (None, None)


async def alerts_meant(tx: Tx, event: Event, setting: Setting) -> list[Chose]:
    """The presses that typed words stand for which are on an alert's buttons: one for each case that waits for them."""
    option = alert_answer(event.text) if isinstance(event, Said) else None
    if option is None or not isinstance(event, Said):
        return []
    may = Asked(event.person, Action.TAKE if option == alerts.TAKE else Action.DECLINE, setting.people)
    tokens = await alerts_of(tx, may)
    return [Chose(event.id, event.at, event.person, event.platform, token, (option,)) for token in tokens]


async def alerts_of(tx: Tx, may: Asked) -> list[Token]:
    """The alerts that wait for this person, of the cases in which they may do this; one for each case."""
    files = [await tx.load(case, may) for case in await tx.seats(may.person)]
    return list(
        {
            file.case.id: alerts.token(file.case, alerts.ALERT, alert.rung)
            for file in files
            if file is not None and (file.case.status in UNTAKEN or file.case.helper == may.person)
            for alert in file.case.alerted
            if alert.person == may.person
        }.values()
    )


async def listed_for(tx: Tx, person: PersonId, setting: Setting, now: datetime) -> tuple[Message, ...]:
    """The list of a person's cases: their own reports, and those in which they have a part."""
    talks, sees = (Asked(person, action, setting.people) for action in (Action.TALK, Action.SEE_CASE))
    own = [await tx.load(case, talks) for case in await tx.cases_of(person)]
    seated = [await tx.load(case, sees) for case in await tx.seats(person)]
    reports, cases = ([file for file in files if file is not None] for files in (own, seated))
    return tuple(listed(reports, cases, person, setting, now))


async def others_of(tx: Tx, event: Event, target: SessionId | None, setting: Setting) -> tuple[OtherTalk, ...]:
    """Other talks of the same person that wait for words: typed ones may be meant for them."""
    if not isinstance(event, Said | Chose) or target is None:
        return ()
    found: list[OtherTalk] = []
    mine = for_talk(event, setting.people)
    for session, case in await tx.talks(event.person):
        file = await tx.load(case, mine) if session != target else None
        talk = file.sessions.get(session) if file is not None else None
        if file is not None and talk is not None and talk.waits_for_words and talk.asked_at is not None:
            found.append(OtherTalk(session, _title(talk, file, setting), talk.asked_at))
    return tuple(found)


def _title(talk: Session, file: CaseFile, setting: Setting) -> str:
    flow = setting.flows.get(talk.flow, talk.stack[0].structure if talk.stack else None)
    return f"{flow.say(flow.title, talk.language)} ({file.case.reference})"
