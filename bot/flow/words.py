"""Typed words: a command, the answer to a doubt, an answer; or meant for another talk.

Rule 1. Words are first a command, then an answer to a doubt, then an answer.
Rule 2. A word that is, to the letter, an answer that is offered, is that answer.
Rule 3. Words typed in a break end the break; words typed after a stop do not.
Rule 4. Where typed words may belong to another talk, the bot asks back and loses nothing.
"""

from __future__ import annotations

from bot.core.effects import HandAway, Send
from bot.core.events import Command, Said
from bot.core.messages import Asks, Choice, Message
from bot.core.session import Doubt, Status
from bot.core.texts import LONGEST_ANSWER, clean
from bot.flow import tasks
from bot.flow.answering import take
from bot.flow.commands import command_in, obey
from bot.flow.model import Flow
from bot.flow.presses import chose
from bot.flow.talk import NONE_OF_THESE, Talk
from bot.flow.walk import show, wake
from bot.steps import Choose, Consent, Review
from bot.steps.base import Typed
from bot.steps.matching import Sure, match, plain
from bot.steps.scene import slot_of

#: The step of the question which talk typed words are meant for.
WHICH_TALK = "which-talk"


def said(talk: Talk, event: Said) -> None:
    """What a person typed."""
    text = clean(event.text)
    if not text:
        talk.tell(talk.phrases.words_wanted)
        show(talk)
        return
    if len(text) > LONGEST_ANSWER:
        talk.tell(talk.phrases.too_long)
        show(talk)
        return
    command = command_in(text)
    if command is not None and not is_label(talk, text):
        obey(talk, command, text)
        return
    if event.meant_for is None and _may_be_elsewhere(talk):
        _ask_which(talk, text)
        return
    if talk.session.status is Status.STOPPED and talk.session.doubt is None:
        obey(talk, Command.STOP)
        return
    if talk.session.status is Status.PAUSED:
        wake(talk)
    _typed(talk, text)


def is_label(talk: Talk, text: str) -> bool:
    """Whether a word that is a command is also, to the letter, an answer that is offered here."""
    found = talk.asking()
    if found is None or talk.session.doubt is not None or not isinstance(found[1], Choose | Consent | Review):
        return False
    choices = found[1].choices(talk.scene(found[0], talk.session.asking or ""))
    return any(plain(text) == plain(choice.label) for choice in choices)


def _may_be_elsewhere(talk: Talk) -> bool:
    """Another talk has asked something after this one did: the words may be meant for that."""
    session = talk.session
    if session.doubt is not None and session.doubt.step == WHICH_TALK:
        return False  # it is being asked already
    asked = session.asked_at if session.asking is not None or session.doubt is not None else None
    return any(asked is None or other.asked_at > asked for other in talk.facts.others)


def _ask_which(talk: Talk, text: str) -> None:
    here, choices = _talks(talk)
    talk.change(doubt=Doubt(WHICH_TALK, tuple(choice.id for choice in choices), typed=text))
    scene = talk.scene(here, WHICH_TALK)
    message = Message(talk.phrases.which_talk, asks=Asks.ONE, choices=choices, token=scene.token())
    talk.put(Send(talk.session.person, message, slot_of(talk.session.id, WHICH_TALK)))


def _talks(talk: Talk) -> tuple[Flow, tuple[Choice, ...]]:
    """This talk's flow, and all talks that typed words may be meant for, this one first."""
    here = talk.flows.get(talk.session.flow, talk.session.pinned.get(talk.session.flow))
    own = Choice(talk.session.id, here.say(here.title, talk.session.language))
    return here, (own, *(Choice(other.session, other.title) for other in talk.facts.others))


def _typed(talk: Talk, text: str) -> None:
    doubt = talk.session.doubt
    if doubt is not None:
        _typed_in_doubt(talk, doubt, text)
        return
    key = talk.session.asking or ""
    task = talk.task(key)
    if task is not None:
        _typed_at_task(talk, key, task[1].choices(talk.scene(task[0], key)), text)
    elif (asked := talk.asking()) is not None:
        take(talk, asked, Typed(text))
    elif talk.session.status is Status.ENDED:
        talk.tell(talk.phrases.ended)
    elif talk.open_tasks():
        show(talk)
    else:
        talk.tell(talk.phrases.help)


def _typed_at_task(talk: Talk, key: str, choices: tuple[Choice, ...], text: str) -> None:
    matched = match(text, choices)
    if isinstance(matched, Sure):
        tasks.press(talk, key, matched.option)
    elif plain(text) == plain(talk.phrases.task_not_relevant):
        talk.tell(talk.phrases.task_required)  # the button is not there, and here is why
    else:
        talk.tell(talk.phrases.no_match)


def _typed_in_doubt(talk: Talk, doubt: Doubt, text: str) -> None:
    if doubt.step == WHICH_TALK:
        _typed_which(talk, doubt, text)
        return
    word = plain(text)
    yes, no = plain(talk.phrases.yes), plain(talk.phrases.no)
    if word == no:
        chose(talk, doubt.step, (NONE_OF_THESE,))
        return
    if word == yes and len(doubt.options) == 1:
        chose(talk, doubt.step, doubt.options)
        return
    place = int(word) if word.isdecimal() and len(word) < len("100") else 0
    if 1 <= place <= len(doubt.options):
        chose(talk, doubt.step, (doubt.options[place - 1],))
        return
    # neither yes nor no: it is a new answer
    talk.change(doubt=None)
    if talk.session.status is Status.STOPPED:
        obey(talk, Command.STOP)
    else:
        _typed(talk, text)


def _typed_which(talk: Talk, doubt: Doubt, text: str) -> None:
    """Which talk was meant, typed; anything else is more of the same words, and asked again."""
    matched = match(text, _talks(talk)[1])
    if isinstance(matched, Sure):
        chose_talk(talk, (matched.option,))
    else:
        _ask_which(talk, f"{doubt.typed}\n{text}")


def chose_talk(talk: Talk, options: tuple[str, ...]) -> None:
    """The answer to which talk was meant."""
    doubt = talk.session.doubt
    if doubt is None or doubt.step != WHICH_TALK:
        talk.tell(talk.phrases.repeated)
        return
    talk.change(doubt=None)
    if options == (talk.session.id,):
        wake(talk)
        _typed(talk, doubt.typed)
        return
    other = next((other.session for other in talk.facts.others if (other.session,) == options), None)
    if other is None:
        show(talk)
    else:
        talk.put(HandAway(other, doubt.typed))
