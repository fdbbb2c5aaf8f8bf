"""Buttons, forms and files: they count for the step that waits or a task that stands open; all else is stale.

Rule 1. A stale press gets a kind answer and the question that waits.
Rule 2. A form with mistakes changes nothing: the mended one counts.
"""

from __future__ import annotations

from bot.core.effects import Delete
from bot.core.events import Submitted, Uploaded
from bot.core.messages import FieldError
from bot.core.replies import CloseForm, FormErrors, OpenForm
from bot.core.session import Status
from bot.flow import letting_go, tasks
from bot.flow.answering import doubt_slot, take
from bot.flow.commands import CONFIRMS, confirmed
from bot.flow.model import Flow
from bot.flow.talk import NONE_OF_THESE, Talk
from bot.flow.tell import WHICH_LANGUAGE, set_language
from bot.flow.walk import show, wake
from bot.steps import Ask
from bot.steps.base import Attached, Filled, Picked, Refuse, Wait
from bot.steps.values import Type


def chose(talk: Talk, step: str, options: tuple[str, ...]) -> None:
    """A button of this talk: of a question, a task, or a word of the bot's own."""
    doubt = talk.session.doubt
    if step in CONFIRMS:
        confirmed(talk, step, options)
        return
    if step == WHICH_LANGUAGE and len(options) == 1:
        set_language(talk, options[0])
        return
    if talk.task(step) is not None and len(options) == 1:
        wake(talk)
        tasks.press(talk, step, options[0])
        return
    asked = talk.asking()
    if step != talk.session.asking or asked is None:
        stale(talk)
        return
    wake(talk)
    if doubt is not None:
        talk.change(doubt=None)
        if options == (NONE_OF_THESE,):
            talk.put(Delete(talk.session.person, doubt_slot(talk, step)))
            show(talk)
            return
    take(talk, asked, Picked(options))


def stale(talk: Talk) -> None:
    """A press that belongs to nothing that waits."""
    if talk.session.status is Status.ENDED:
        talk.tell(talk.phrases.ended)
    elif talk.session.asking is None:
        talk.tell(talk.phrases.repeated)
    else:
        wake(talk)
        talk.tell(talk.phrases.stale)
        show(talk)


def opened(talk: Talk, step: str) -> None:
    """*Open form* was pressed."""
    found = talk.asking()
    if found is not None and step == talk.session.asking:
        wake(talk)
        scene = talk.scene(found[0], step)
        outcome = found[1].enter(scene)
        if isinstance(outcome, Wait) and outcome.message.form is not None:
            talk.reply = OpenForm(outcome.message.form)
            talk.change(opened=step)
            return
    key, kind = tasks.form_of(step)
    if talk.task(key) is not None:
        wake(talk)
        tasks.press(talk, key, kind, opens=True)
    elif step in letting_go.FORMS:
        letting_go.open_form(talk, step)
    else:
        stale(talk)


def submitted(talk: Talk, step: str, event: Submitted) -> bool:
    """False where the form stays open: nothing has changed."""
    if step in letting_go.FORMS:
        letting_go.submit(talk, step, event.values)
        return isinstance(talk.reply, CloseForm)
    key, kind = tasks.form_of(step)
    if talk.task(key) is not None:
        tasks.submit(talk, key, kind, event.values)
        return isinstance(talk.reply, CloseForm)
    found = talk.asking()
    if found is None or step != talk.session.asking:
        talk.reply = CloseForm()
        stale(talk)
        return True
    flow, question = found
    taken = question.take(talk.scene(flow, step), Filled(event.values))
    if isinstance(taken, Refuse):
        talk.reply = FormErrors(taken.errors or (FieldError(step.partition(".")[2], taken.text),))
        return False
    wake(talk)
    talk.reply = CloseForm()
    take(talk, found, Filled(event.values))
    return True


def wants_files(talk: Talk) -> tuple[Flow, Ask] | None:
    """The question that waits for files, if one does."""
    found = talk.asking()
    if found is not None and isinstance(found[1], Ask) and found[1].type is Type.FILES:
        return found[0], found[1]
    return None


def uploaded(talk: Talk, event: Uploaded) -> None:
    """Files came."""
    found = wants_files(talk)
    if found is not None:
        wake(talk)
        take(talk, found, Attached(event.files))
    else:
        talk.tell(talk.phrases.nothing_to_attach)
        show(talk)
