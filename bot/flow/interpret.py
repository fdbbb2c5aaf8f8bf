"""`advance`: one event of one talk, purely. The same in the simulator, in transcripts, in proofs and in production."""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from bot.core.events import (
    Chose,
    Command,
    Commanded,
    Left,
    Opened,
    PersonEvent,
    Said,
    Started,
    Submitted,
    TimerFired,
    Uploaded,
)
from bot.core.facts import Facts
from bot.core.ids import Token
from bot.core.session import Session, Status
from bot.flow import tasks, unsent
from bot.flow.answering import add_told, choose_again, keep_told
from bot.flow.commands import obey
from bot.flow.model import Flows
from bot.flow.presses import chose, opened, stale, submitted, uploaded, wants_files
from bot.flow.talk import Talk
from bot.flow.tell import show_told
from bot.flow.turn import More, Turn
from bot.flow.walk import run, show, wake
from bot.flow.words import WHICH_TALK, chose_talk, is_label, said


def begin(flows: Flows, session: Session, facts: Facts, words: str = "") -> Turn:
    """The first turn of a new talk; `words` are what was told before it."""
    talk = Talk(flows, session, facts)
    if words:
        keep_told(talk, words)
    run(talk)
    return talk.turn()


def tell_more(flows: Flows, session: Session, facts: Facts, words: str) -> Turn | None:
    """Put what was told elsewhere into the form that is still to come; None where there is none, or no room in it."""
    talk = Talk(flows, session, facts)
    if not add_told(talk, words):
        return None
    wake(talk)
    show(talk)
    return talk.turn()


def go_on(flows: Flows, session: Session, facts: Facts, more: More) -> Turn:
    """Go on behind a case command, with facts as they are now."""
    talk = Talk(flows, session, facts)
    if more.opening and not facts.view.opened:
        choose_again(talk)
    else:
        if more.opening:
            talk.change(trail=())  # what was sent is sent: there is no way back behind it
        run(talk, more.force)
    return talk.turn()


def advance(flows: Flows, session: Session, event: PersonEvent | TimerFired, facts: Facts) -> Turn:
    """What an event makes of a talk."""
    talk = Talk(flows, session, facts)
    match event:
        case Said():
            said(talk, event)
        case Chose(token=token, options=options) if token.step == WHICH_TALK:
            chose_talk(talk, options)
        case Chose(token=token, options=options):
            chose(talk, token.step, options)
        case Commanded(command=command, token=token):
            _commanded(talk, command, token)
        case Opened(token=token):
            opened(talk, token.step)
        case Submitted(token=token):
            if not submitted(talk, token.step, event):
                return Turn(session, (), talk.reply)  # a form with mistakes changes nothing: the mended one counts
        case Uploaded():
            uploaded(talk, event)
        case TimerFired():
            _fired(talk, event)
        case Left(token=token):
            unsent.leave(talk, token.step)
        case Started():
            pass
        case _:
            assert_never(event)
    return talk.turn()


def _commanded(talk: Talk, command: Command, token: Token | None) -> None:
    """One of a message's ways out; the second press of one button is no second command."""
    if token is None or command not in (Command.BACK, Command.SKIP):
        obey(talk, command)
    elif command is Command.BACK and tasks.leave(talk, token.step):
        pass
    elif token.step != talk.session.asking:
        stale(talk)
    else:
        obey(talk, command)


def present(flows: Flows, session: Session, facts: Facts) -> Turn:
    """Show where a talk stands: after a hand-over, or when its person comes back to it."""
    talk = Talk(flows, session, facts)
    wake(talk)
    tasks.hand_on(talk)
    if talk.session.asking is None and not talk.session.asleep and talk.session.stack:
        run(talk)  # it was held back for whoever takes it
    elif talk.asking() is not None:
        show(talk)
    return talk.turn()


def read(flows: Flows, session: Session, facts: Facts) -> Turn:
    """What was told, for a reader who needs no talk of their own in the case: `session` stands for one."""
    talk = Talk(flows, session, facts)
    show_told(talk)
    return talk.turn()


def lay_aside(flows: Flows, session: Session, facts: Facts) -> Turn | None:
    """The person goes on with something else; None where nothing stands unsent in this talk."""
    talk = Talk(flows, session, facts)
    return talk.turn() if unsent.lay_aside(talk) else None


def answers_exactly(flows: Flows, session: Session, facts: Facts, text: str) -> bool:
    """Whether a text is, to the letter, an answer that this talk offers now."""
    return is_label(Talk(flows, session, facts), text)


def asks_for_files(flows: Flows, session: Session, facts: Facts) -> bool:
    """Whether the question that waits wants files."""
    return wants_files(Talk(flows, session, facts)) is not None


def _fired(talk: Talk, event: TimerFired) -> None:
    kind, _, rest = event.key.partition(":")
    session, _, key = rest.partition(":")
    if session != talk.session.id or talk.session.status is Status.ENDED:
        return
    if kind != "wait":
        tasks.fire(talk, kind, key, event)
    elif talk.session.asleep and not talk.open_tasks():
        frame = talk.session.stack[-1]
        flow = talk.flow(frame)
        if key == f"{flow.name}.{flow.key_of(flow.code[frame.at], frame.at)}":
            woken = (*talk.session.stack[:-1], replace(frame, at=flow.after[frame.at]))
            talk.change(asleep=False, status=Status.LIVE, stack=woken)
            run(talk)
