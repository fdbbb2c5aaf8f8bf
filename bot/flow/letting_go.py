"""The owner lets go of a case, by a word at any time or from *Ask for help*: hands it over, or cannot have it.

Rule 1. Only whoever has the case can. Everybody else is told so, and the talk goes on.
Rule 2. Those alone are offered who could take it. Who cannot is refused at the field, and what was typed stands there.
Rule 3. No reason is asked for. What is noted is for the next owner, and rests with the case's answers.
"""

from __future__ import annotations

from collections.abc import Mapping

from bot.core.answers import Words
from bot.core.case_commands import CaseCommand, HandOver, Recuse
from bot.core.effects import Send, Update
from bot.core.events import Command
from bot.core.ids import Token
from bot.core.messages import Asks, Choice, Field, FieldError, Form, Input, Message
from bot.core.people import PersonId, Role
from bot.core.replies import CloseForm, FormErrors, OpenForm
from bot.core.session import Given
from bot.core.texts import LONGEST_ANSWER, clean
from bot.flow.talk import NOTE_BEFORE, Talk
from bot.flow.walk import show
from bot.steps.matching import Sure, match
from bot.steps.scene import slot_of

#: The steps of the two forms.
HAND_OVER, RECUSE = "hand-over", "recuse"
FORMS = frozenset({HAND_OVER, RECUSE})
WHO, NOTE = "who", "note"


def let_go(talk: Talk, command: Command) -> None:
    """The form that a command asks for, and a button for it that stands in the chat."""
    step = HAND_OVER if command is Command.HAND_OVER else RECUSE
    form = open_form(talk, step)
    if form is not None:
        message = Message(form.title, asks=Asks.FORM, token=form.token, form=form)
        talk.put(Send(talk.session.person, message, slot_of(talk.session.id, step)))


def _has_a_case(talk: Talk) -> bool:
    return talk.facts.view.opened and talk.facts.view.owner == talk.session.person


def open_form(talk: Talk, step: str) -> Form | None:
    """The form, opened; None for whoever has no case to let go of, who is told so."""
    if not _has_a_case(talk):
        talk.tell(talk.phrases.hand_over_none)
        show(talk)
        return None
    form = _form(talk, step)
    talk.reply = OpenForm(form)
    return form


def title(talk: Talk, step: str) -> str | None:
    """What a form is called, for whoever has a case to let go of."""
    return _form(talk, step).title if _has_a_case(talk) else None


def _form(talk: Talk, step: str) -> Form:
    said, session = talk.phrases, talk.session
    token = Token(session.case, session.id, step, session.revision)
    if step == RECUSE:
        note = Field(NOTE, said.recuse_note, Input.PARAGRAPH)
        return Form(token, said.recuse_title, (note,), said.labels[Command.RECUSE])
    fields = (
        Field(WHO, said.hand_over_who, Input.PERSON, required=True, among=talk.facts.takers().offered),
        Field(NOTE, said.hand_over_note, Input.PARAGRAPH),
    )
    return Form(token, said.hand_over_title, fields, said.labels[Command.HAND_OVER])


def submit(talk: Talk, step: str, values: Mapping[str, tuple[str, ...]]) -> None:
    """One of the two forms was sent."""
    note = clean(" ".join(values.get(NOTE, ())))
    wish: CaseCommand | None = Recuse() if step == RECUSE else _to(talk, clean(" ".join(values.get(WHO, ()))))
    errors = []
    if wish is None:
        errors.append(FieldError(WHO, talk.phrases.person_unknown))
    elif isinstance(wish, HandOver) and wish.to not in talk.facts.takers().able:
        errors.append(FieldError(WHO, talk.phrases.cannot_be_asked))
    if len(note) > LONGEST_ANSWER:
        errors.append(FieldError(NOTE, talk.phrases.too_long))
    if wish is None or errors:
        talk.reply = FormErrors(tuple(errors))
        return
    talk.reply = CloseForm()
    talk.put(Update(talk.session.person, Message("✓"), slot_of(talk.session.id, step)))
    if not _has_a_case(talk):
        talk.tell(talk.phrases.hand_over_none)
        return
    if note:
        given = Given(Words(note), frozenset({Role.OWNER}), talk.facts.now)
        talk.change(answers={**talk.session.answers, f"{talk.session.flow}.{NOTE_BEFORE}": given})
    talk.put(wish)


def _to(talk: Talk, text: str) -> HandOver | None:
    people = talk.facts.people
    if text in people.by_id:
        return HandOver(PersonId(text))
    matched = match(text, tuple(Choice(p.id, p.name) for p in people if p.id != talk.session.person))
    return HandOver(PersonId(matched.option)) if isinstance(matched, Sure) else None
