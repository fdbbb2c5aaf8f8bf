"""What was begun in a form and never sent: whoever turns away from it is told so plainly.

Rule 1. Only in a case that was sent: of a draft it is always said that nothing of it has been.
Rule 2. Only of a form that was opened, or holds words typed before. What was typed in it no platform tells.
Rule 3. It is told when the form is left, when the talk is stopped, and when something else is begun: then the talk
        rests, so that it is told once, and is gone on with by a button.
"""

from __future__ import annotations

from bot.core.events import Command
from bot.core.messages import Choice
from bot.core.session import Status
from bot.flow import letting_go, tasks
from bot.flow.talk import Talk
from bot.steps import Ask, Form


def unsent(talk: Talk) -> str | None:
    """What is said of the form that waits, if something was begun in it."""
    found, key = talk.asking(), talk.session.asking or ""
    if found is None or not talk.facts.view.opened:
        return None
    flow, step = found
    scene = talk.scene(flow, key)
    holds = isinstance(step, Form) and step.holds_words(scene)
    begun = holds or (isinstance(step, Form | Ask) and talk.session.opened == key)
    return talk.phrases.not_sent.format(form=scene.say(step.text)) if begun else None


def leave(talk: Talk, step: str) -> None:
    """A form was closed without sending it."""
    said = (unsent(talk) if step == talk.session.asking else None) or _of_a_button(talk, step)
    if said is not None:
        talk.tell(said)
    talk.change(opened=None)


def _of_a_button(talk: Talk, step: str) -> str | None:
    """The same of a form that a task's button asked for, or a word that lets go of the case."""
    key, _ = tasks.form_of(step)
    task = talk.task(key)
    if task is not None and not talk.session.tasks[key].state.settled:
        return talk.phrases.not_sent.format(form=talk.scene(task[0], key).say(task[1].text))
    title = letting_go.title(talk, step) if step in letting_go.FORMS else None
    return talk.phrases.not_sent.format(form=title) if title is not None else None


def lay_aside(talk: Talk) -> bool:
    """Something else was begun; False where nothing waits unsent here."""
    said = unsent(talk) if talk.session.status is Status.LIVE else None
    if said is None:
        return False
    talk.change(status=Status.PAUSED, opened=None)
    talk.tell(said, Choice(Command.RESUME.value, talk.phrases.labels[Command.RESUME]))
    return True
