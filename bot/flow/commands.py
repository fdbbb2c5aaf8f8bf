"""What everybody can always say, at every step, in every language: back, skip, pause, stop, help, …

Rule 1. A command is a whole message, or a button: a word inside a sentence is never one.
Rule 2. Every language's words are understood, whatever language the talk is in.
Rule 3. What would be lost is asked once more before it is.
Rule 4. After a word of the bot's own, the question that waited is shown again.
"""

from __future__ import annotations

from typing import assert_never

from bot.core.answers import Skipped
from bot.core.case_commands import Reopen, WithdrawCase
from bot.core.effects import AskWhoMayKnow, Delete, Erase, Send
from bot.core.events import Command
from bot.core.ids import Token
from bot.core.languages import LANGUAGES
from bot.core.messages import Asks, Choice, Message
from bot.core.session import Doubt, Status
from bot.flow.answering import accept, consented, rewind, take
from bot.flow.letting_go import let_go
from bot.flow.talk import NONE_OF_THESE, Talk
from bot.flow.tasks import press
from bot.flow.tell import change_language, show_told, tell_emergency, tell_who_sees
from bot.flow.unsent import unsent
from bot.flow.walk import show, wake
from bot.steps import Ask, Form, Review
from bot.steps.ask import THAT_IS_ALL
from bot.steps.base import Picked
from bot.steps.fields import shown
from bot.steps.scene import slot_of
from bot.steps.values import Type

CONFIRM_DELETE, CONFIRM_WITHDRAW, CONFIRM_SKIP, SURE = "confirm-delete", "confirm-withdraw", "confirm-skip", "sure"
CONFIRMS = frozenset({CONFIRM_DELETE, CONFIRM_WITHDRAW, CONFIRM_SKIP})

#: What has no meaning in a talk that has ended.
FOR_LIVE_TALKS = frozenset({Command.BACK, Command.SKIP, Command.PAUSE, Command.RESUME, Command.STOP})

_WORDS = {
    word: command for language in LANGUAGES.values() for command, words in language.words.items() for word in words
}
_CALLED = {called: code for code, language in LANGUAGES.items() for called in language.called}


def command_in(text: str) -> Command | None:
    """The command that a whole message is, if it is one."""
    whole = " ".join(text.casefold().split())
    plain = whole.rstrip("!.? ")
    if whole in _WORDS or plain in _WORDS:
        return _WORDS.get(whole, _WORDS.get(plain))
    return Command.LANGUAGE if language_in(plain) is not None else None


def language_in(text: str) -> str | None:
    """The language that a message asks for: "dansk", "language danish", "in English"."""
    words = [w for w in text.casefold().split() if w not in ("language", "sprog", "in", "på")]
    return _CALLED.get(words[0]) if len(words) == 1 and len(words[0]) > len("xx") else None


def obey(talk: Talk, command: Command, text: str = "") -> None:
    """Do what a command asks."""
    if talk.session.status is Status.ENDED and command in FOR_LIVE_TALKS:
        _ended(talk, command)
    else:
        _carry_out(talk, command, text)


def _carry_out(talk: Talk, command: Command, text: str) -> None:
    if command in (Command.BACK, Command.SKIP):
        wake(talk)
    match command:
        case Command.BACK:
            _back(talk)
        case Command.SKIP:
            _skip(talk)
        case Command.PAUSE | Command.RESUME:
            _rest(talk, command)
        case Command.STOP:
            _stop(talk)
        case Command.DELETE | Command.WITHDRAW:
            _confirm(talk, command)
        case Command.HELP | Command.CASES | Command.EMERGENCY:
            if command is not Command.EMERGENCY:  # a list over all cases is no talk's to give: it is answered before
                talk.tell(talk.phrases.help)
            tell_emergency(talk)
        case Command.LANGUAGE:
            change_language(talk, language_in(text))
        case Command.WHO_SEES | Command.WHO_MAY_KNOW:
            _who(talk, command)
        case Command.READ:
            show_told(talk)
        case Command.HIDE:
            _hide(talk)
        case Command.HAND_OVER | Command.RECUSE | Command.NOT_OVER:
            _of_the_case(talk, command)
        case _:
            assert_never(command)


def _of_the_case(talk: Talk, command: Command) -> None:
    if command is Command.NOT_OVER:
        talk.put(Reopen())
        show(talk)
    else:
        let_go(talk, command)


def _who(talk: Talk, command: Command) -> None:
    """Who may know is the reporter's to change: of what was sent in a form, of a draft by asking again."""
    view = talk.facts.view
    if command is Command.WHO_SEES or view.reporter != talk.session.person:
        tell_who_sees(talk)
        return
    if view.opened:
        talk.put(AskWhoMayKnow())
        return
    asked = consented(talk)
    if asked is not None:
        wake(talk)
        rewind(talk, asked)
    elif talk.session.status is Status.ENDED:
        talk.tell(talk.phrases.ended)
    else:
        talk.tell(talk.phrases.knowing.before_sending)
        show(talk)


def _rest(talk: Talk, command: Command) -> None:
    """A break, or its end."""
    if command is Command.PAUSE:
        talk.change(status=Status.PAUSED)
        talk.tell(talk.phrases.paused, *_choices(talk, Command.RESUME, Command.EMERGENCY))
        return
    talk.change(status=Status.LIVE)
    talk.tell(talk.phrases.resumed)
    show(talk)


def _hide(talk: Talk) -> None:
    talk.put(Delete(talk.session.person))
    goes_on = talk.session.status is not Status.ENDED
    talk.tell(f"{talk.phrases.hidden} {talk.phrases.hidden_resume}" if goes_on else talk.phrases.hidden)


def _ended(talk: Talk, command: Command) -> None:
    said = talk.phrases
    if command is Command.BACK and talk.facts.view.opened:
        talk.tell(said.sent_is_sent)
    else:
        talk.tell(said.ended)


def _choices(talk: Talk, *commands: Command) -> tuple[Choice, ...]:
    return tuple(Choice(command.value, talk.phrases.labels[command]) for command in commands)


def _back(talk: Talk) -> None:
    if talk.session.doubt is not None:
        talk.change(doubt=None)
        show(talk)
    elif talk.session.trail:
        rewind(talk, talk.session.trail[-1].question)
    else:
        talk.tell(talk.phrases.sent_is_sent if talk.facts.view.opened else talk.phrases.nothing_back)
        show(talk)


def _skip(talk: Talk, *, sure: bool = False) -> None:
    key = talk.session.asking
    if key is not None and talk.task(key) is not None:
        press(talk, key, "later")
        return
    found = talk.asking()
    if found is None or key is None:
        _say_where(talk)
        return
    flow, step = found
    if isinstance(step, Ask) and step.type is Type.FILES and step.held(talk.scene(flow, key)):
        take(talk, found, Picked((THAT_IS_ALL,)))  # what was attached is not thrown away by going on
        return
    if step.required or isinstance(step, Review):
        talk.tell(talk.phrases.cannot_skip)
        show(talk)
    elif isinstance(step, Form) and not sure and step.holds_words(talk.scene(flow, key)):
        _ask_sure(talk, CONFIRM_SKIP, talk.phrases.skip_sure)
    else:
        skipped = shown(step.fields, talk.scene(flow, key)) if isinstance(step, Form) else (step,)
        accept(talk, flow, step, key, {question.id: Skipped() for question in skipped})


def _say_where(talk: Talk) -> None:
    talk.tell(talk.phrases.ended if talk.session.status is Status.ENDED else talk.phrases.help)


def _stop(talk: Talk) -> None:
    talk.change(status=Status.STOPPED, doubt=None)
    left = unsent(talk)
    if talk.facts.view.opened:
        told = (*((left,) if left is not None else ()), talk.phrases.stopped_open)
        talk.tell("\n\n".join(told), *_choices(talk, Command.RESUME, Command.EMERGENCY))
    else:
        talk.tell(talk.phrases.stopped, *_choices(talk, Command.RESUME, Command.DELETE, Command.EMERGENCY))


def _confirm(talk: Talk, command: Command) -> None:
    """What cannot be undone is asked once more."""
    view, said = talk.facts.view, talk.phrases
    withdraw = command is Command.WITHDRAW and view.opened
    if withdraw and view.reporter != talk.session.person:
        talk.tell(said.withdraw_ask)
    elif view.opened and not withdraw:
        talk.tell(said.review_sent)
    elif withdraw:
        _ask_sure(talk, CONFIRM_WITHDRAW, said.withdraw_sure)
    else:
        _ask_sure(talk, CONFIRM_DELETE, said.delete_sure)


def _ask_sure(talk: Talk, step: str, text: str) -> None:
    session, said = talk.session, talk.phrases
    talk.change(doubt=Doubt(step, (SURE,)), asked_at=talk.facts.now)
    message = Message(
        text,
        asks=Asks.ONE,
        choices=(Choice(SURE, said.yes), Choice(NONE_OF_THESE, said.no)),
        token=Token(session.case, session.id, step, session.revision),
    )
    talk.put(Send(session.person, message, slot_of(session.id, f"{step}-{session.revision}")))


def confirmed(talk: Talk, step: str, options: tuple[str, ...]) -> None:
    """The answer to "are you sure"."""
    doubt = talk.session.doubt
    if doubt is None or doubt.step != step:
        talk.tell(talk.phrases.repeated)
        return
    talk.change(doubt=None)
    if options != (SURE,):
        _as_it_was(talk)
    elif step == CONFIRM_WITHDRAW:
        talk.put(WithdrawCase())
    elif step == CONFIRM_SKIP:
        wake(talk)
        _skip(talk, sure=True)
    else:
        _delete(talk)


def _as_it_was(talk: Talk) -> None:
    match talk.session.status:
        case Status.ENDED:
            talk.tell(talk.phrases.unchanged)
        case Status.STOPPED:
            _stop(talk)
        case _:
            wake(talk)
            show(talk)


def _delete(talk: Talk) -> None:
    # hide first: a message that nobody can open any more is of no use in the chat
    talk.put(Delete(talk.session.person))
    talk.change(status=Status.ENDED, asking=None, doubt=None, stack=())
    talk.tell(talk.phrases.deleted)
    talk.put(Erase())
