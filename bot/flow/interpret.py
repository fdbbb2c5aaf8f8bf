"""`advance`: one event of one talk, purely. The same in the simulator, in transcripts, in proofs and in production.

Rule 1. A button or a form counts for the step that waits, or for a task that stands open; everything else is stale and
        gets a kind answer.
Rule 2. Typed words are first a command, then an answer to a doubt, then an answer.
Rule 3. Words typed in a break end the break; words typed after a stop do not.
Rule 4. Where typed words may belong to another talk, the bot asks back and loses nothing.
"""

from __future__ import annotations

from typing import assert_never

from bot.core.effects import CloseForm, FormErrors, HandAway, Nothing, OpenForm, Send
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
from bot.core.messages import Asks, Choice, FieldError, Message
from bot.core.session import Doubt, Session, Status
from bot.core.texts import LONGEST_ANSWER, clean
from bot.flow import tasks
from bot.flow.commands import (
    CONFIRM_DELETE,
    CONFIRM_WITHDRAW,
    WHICH_LANGUAGE,
    command_in,
    confirmed,
    obey,
    set_language,
)
from bot.flow.model import Flows
from bot.flow.talk import NONE_OF_THESE, Talk
from bot.flow.turn import More, Turn
from bot.steps.base import Attached, Filled, Picked, Refuse, Typed
from bot.steps.matching import Sure, match, plain
from bot.steps.scene import slot_of
from bot.steps.task import DONE

WHICH_TALK = "which-talk"


def begin(flows: Flows, session: Session, facts: Facts) -> Turn:
    """The first turn of a new talk."""
    talk = Talk(flows, session, facts)
    talk.run()
    return talk.turn()


def go_on(flows: Flows, session: Session, facts: Facts, more: More) -> Turn:
    """Go on behind a case command, with facts as they are now."""
    talk = Talk(flows, session, facts)
    if more.opening and not facts.view.opened:
        talk.choose_again()
    else:
        if more.opening:
            talk.change(trail=())  # what was sent is sent: there is no way back behind it
        talk.run(more.force)
    return talk.turn()


def advance(flows: Flows, session: Session, event: PersonEvent | TimerFired, facts: Facts) -> Turn:
    """What an event makes of a talk."""
    talk = Talk(flows, session, facts)
    match event:
        case Said():
            _said(talk, event)
        case Chose(token=token, options=options):
            _chose(talk, token.step, options)
        case Commanded(command=command, token=token):
            if command in (Command.BACK, Command.SKIP) and token is not None and token.step != session.asking:
                _stale(talk)  # the second press of one button is no second command
            else:
                obey(talk, command)
        case Opened(token=token):
            _opened(talk, token.step)
        case Submitted(token=token):
            if not _submitted(talk, token.step, event):
                return Turn(session, (), talk.reply)  # a form with mistakes changes nothing: the mended one counts
        case Uploaded():
            _uploaded(talk, event)
        case TimerFired():
            _fired(talk, event)
        case Started() | Left():
            pass
        case _:
            assert_never(event)
    return talk.turn()


def present(flows: Flows, session: Session, facts: Facts) -> Turn:
    """Show where a talk stands: after a hand-over, or when its person comes back to it."""
    talk = Talk(flows, session, facts)
    for key in talk.open_tasks():
        tasks.show_again(talk, key)
    if not talk.open_tasks():
        talk.show()
    return talk.turn()


# --- words ---------------------------------------------------------------------------------------------------------


def _said(talk: Talk, event: Said) -> None:
    text = clean(event.text)
    if not text:
        talk.tell(talk.phrases.words_wanted)
        talk.show()
        return
    if len(text) > LONGEST_ANSWER:
        talk.tell(talk.phrases.too_long)
        talk.show()
        return
    command = command_in(text)
    if command is not None and not _is_label(talk, text):
        obey(talk, command, text)
        return
    if event.meant_for is None and _may_be_elsewhere(talk):
        _ask_which(talk, text)
        return
    if talk.session.status is Status.STOPPED:
        obey(talk, Command.STOP)
        return
    if talk.session.status is Status.PAUSED:
        talk.change(status=Status.LIVE)
    _typed(talk, text)


def answers_exactly(flows: Flows, session: Session, facts: Facts, text: str) -> bool:
    """Whether a text is, to the letter, an answer that this talk offers now."""
    return _is_label(Talk(flows, session, facts), text)


def _is_label(talk: Talk, text: str) -> bool:
    """Whether a word that is a command is also, to the letter, an answer that is offered here."""
    found = talk.asking()
    if found is None or talk.session.doubt is not None:
        return False
    scene = talk.scene(found[0], talk.session.asking or "")
    choices = found[1].choices(scene) if hasattr(found[1], "choices") else ()
    return any(plain(text) == plain(choice.label) for choice in choices)


def _may_be_elsewhere(talk: Talk) -> bool:
    """Another talk has asked something after this one did: the words may be meant for that."""
    asked = talk.session.asked_at if talk.session.asking is not None else None
    return any(asked is None or other.asked_at > asked for other in talk.facts.others)


def _ask_which(talk: Talk, text: str) -> None:
    here = talk.flow(talk.session.stack[0]) if talk.session.stack else talk.flows.get(talk.session.flow)
    own = Choice(talk.session.id, here.say(here.title, talk.session.language))
    choices = (own, *(Choice(other.session, other.title) for other in talk.facts.others))
    talk.change(doubt=Doubt(WHICH_TALK, tuple(choice.id for choice in choices), typed=text))
    scene = talk.scene(here, WHICH_TALK)
    message = Message(talk.phrases.which_talk, asks=Asks.ONE, choices=choices, token=scene.token())
    talk.put(Send(talk.session.person, message, slot_of(talk.session.id, WHICH_TALK)))


def _typed(talk: Talk, text: str) -> None:
    doubt = talk.session.doubt
    if doubt is not None:
        _typed_in_doubt(talk, doubt, text)
        return
    key = talk.session.asking
    if key is not None and tasks.find_task(talk, key) is not None:
        _typed_at_task(talk, key, text)
    elif talk.asking() is not None:
        talk.take(Typed(text))
    elif talk.session.status is Status.ENDED:
        talk.tell(talk.phrases.ended)
    elif talk.open_tasks():
        talk.change(asking=key, asleep=False)
        talk.show() if key else talk.run()
    else:
        talk.tell(talk.phrases.help)


def _typed_at_task(talk: Talk, key: str, text: str) -> None:
    found = tasks.find_task(talk, key)
    if found is None:
        return
    matched = match(text, found[1].choices(talk.scene(found[0], key)))
    if isinstance(matched, Sure):
        tasks.press(talk, key, matched.option)
    else:
        talk.tell(talk.phrases.no_match)


def _typed_in_doubt(talk: Talk, doubt: Doubt, text: str) -> None:
    said = plain(text)
    yes, no = plain(talk.phrases.yes), plain(talk.phrases.no)
    if said == no:
        _chose(talk, doubt.step, (NONE_OF_THESE,))
        return
    if said == yes and len(doubt.options) == 1:
        _chose(talk, doubt.step, doubt.options)
        return
    place = int(said) if said.isdigit() and len(said) < len("100") else 0
    if 1 <= place <= len(doubt.options):
        _chose(talk, doubt.step, (doubt.options[place - 1],))
        return
    if doubt.step == WHICH_TALK:
        titles = [Choice(other.session, other.title) for other in talk.facts.others]
        matched = match(text, titles)
        _chose(talk, WHICH_TALK, (matched.option if isinstance(matched, Sure) else NONE_OF_THESE,))
        return
    # neither yes nor no: it is a new answer
    talk.change(doubt=None)
    talk.take(Typed(text))


# --- presses and forms ---------------------------------------------------------------------------------------------


def _chose(talk: Talk, step: str, options: tuple[str, ...]) -> None:
    doubt = talk.session.doubt
    if step == WHICH_TALK:
        _chose_talk(talk, doubt, options)
        return
    if step in (CONFIRM_DELETE, CONFIRM_WITHDRAW):
        confirmed(talk, step, options)
        return
    if step == WHICH_LANGUAGE and len(options) == 1:
        set_language(talk, options[0])
        return
    if tasks.find_task(talk, step) is not None and len(options) == 1:
        _wake(talk)
        tasks.press(talk, step, options[0])
        return
    if step != talk.session.asking or talk.asking() is None:
        _stale(talk)
        return
    _wake(talk)
    if doubt is not None:
        talk.change(doubt=None)
        if options == (NONE_OF_THESE,):
            talk.show()
            return
    talk.take(Picked(options))


def _chose_talk(talk: Talk, doubt: Doubt | None, options: tuple[str, ...]) -> None:
    if doubt is None or doubt.step != WHICH_TALK:
        talk.tell(talk.phrases.repeated)
        return
    talk.change(doubt=None)
    if options == (talk.session.id,):
        _typed(talk, doubt.typed)
        return
    other = next((other.session for other in talk.facts.others if (other.session,) == options), None)
    if other is None:
        talk.show()
    else:
        talk.put(HandAway(other, doubt.typed))


def _wake(talk: Talk) -> None:
    if talk.session.status in (Status.PAUSED, Status.STOPPED):
        talk.change(status=Status.LIVE)


def _stale(talk: Talk) -> None:
    if talk.session.status is Status.ENDED:
        talk.tell(talk.phrases.ended)
    elif talk.session.asking is None:
        talk.tell(talk.phrases.repeated)
    else:
        talk.tell(talk.phrases.stale)
        talk.show()


def _opened(talk: Talk, step: str) -> None:
    found = talk.asking()
    if found is not None and step == talk.session.asking:
        _wake(talk)
        scene = talk.scene(found[0], step)
        outcome = found[1].enter(scene)
        form = getattr(getattr(outcome, "message", None), "form", None)
        if form is not None:
            talk.reply = OpenForm(form)
            return
    if tasks.find_task(talk, step) is not None:
        tasks.press(talk, step, DONE)
        return
    _stale(talk)


def _submitted(talk: Talk, step: str, event: Submitted) -> bool:
    """False where the form stays open: nothing has changed."""
    if tasks.find_task(talk, step) is not None:
        tasks.submit(talk, step, event.values)
        return isinstance(talk.reply, CloseForm | Nothing)
    found = talk.asking()
    if found is None or step != talk.session.asking:
        talk.reply = CloseForm()
        _stale(talk)
        return True
    flow, question = found
    taken = question.take(talk.scene(flow, step), Filled(event.values))
    if isinstance(taken, Refuse):
        talk.reply = FormErrors(taken.errors or (FieldError(step.partition(".")[2], taken.text),))
        return False
    _wake(talk)
    talk.reply = CloseForm()
    talk.take(Filled(event.values))
    return True


def _uploaded(talk: Talk, event: Uploaded) -> None:
    found = talk.asking()
    if found is None:
        talk.tell(talk.phrases.nothing_to_attach)
        talk.show()
        return
    _wake(talk)
    if getattr(found[1], "type", None) != "files":
        talk.tell(talk.phrases.nothing_to_attach)
        talk.show()
        return
    talk.take(Attached(event.files))


# --- time ----------------------------------------------------------------------------------------------------------


def _fired(talk: Talk, event: TimerFired) -> None:
    kind, _, rest = event.key.partition(":")
    session, _, key = rest.partition(":")
    if session != talk.session.id or talk.session.status is Status.ENDED:
        return
    if kind == "wait":
        if talk.session.asleep and not talk.open_tasks():
            talk.change(asleep=False, status=Status.LIVE)
            frame = talk.session.stack[-1]
            flow = talk.flow(frame)
            if f"{flow.name}.{flow.key_of(flow.code[frame.at], frame.at)}" == key:
                talk.change(
                    stack=(*talk.session.stack[:-1], type(frame)(frame.flow, frame.structure, flow.after[frame.at]))
                )
                talk.run()
    else:
        tasks.fire(talk, kind, key, event)
