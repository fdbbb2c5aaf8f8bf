"""Takes an answer to the question that waits: accepts it, asks back, says kindly what would be one; and goes back.

Rule 1. Doubt is asked back, never guessed.
Rule 2. A question that somebody goes back from is gone from the chat, with its buttons; it is asked again in its turn.
Rule 3. What was typed where it cannot be taken stands in the form when that is opened, all of it: nothing is lost.
        A sentence that was told before the talk, or at a question with options, waits for the form that comes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import assert_never

from bot.core.answers import Answer, Number, Skipped, Words
from bot.core.effects import Delete, Send, Update
from bot.core.ids import Slot
from bot.core.messages import Asks, Choice, Message
from bot.core.session import Doubt
from bot.core.texts import LONGEST_ANSWER
from bot.flow.answers import hold, keep
from bot.flow.model import Flow
from bot.flow.talk import NONE_OF_THESE, Talk
from bot.flow.walk import CALLED, run
from bot.steps import Ask, Choose, Consent, Do, Form, Question, Review, Step
from bot.steps.base import Accept, Doubtful, Hold, Put, Refuse, Rewind, Typed
from bot.steps.do import Verb
from bot.steps.names import show_answer
from bot.steps.review import CONFIRM
from bot.steps.scene import Scene, slot_of
from bot.steps.values import Type
from bot.steps.wording import show_number

#: From so many words on, somebody has told something, and not only tried to choose.
A_SENTENCE = 4


def take(talk: Talk, asked: tuple[Flow, Question], put: Put) -> None:
    """An answer to the question that waits."""
    flow, step = asked
    key = talk.session.asking or ""
    scene = talk.scene(flow, key)
    taken = step.take(scene, put)
    match taken:
        case Accept(answers):
            accept(talk, flow, step, key, answers)
        case Rewind(question):
            talk.put(Delete(talk.session.person, doubt_slot(talk, key)))
            rewind(talk, question)
        case Doubtful(options, asks):
            _doubt(talk, scene, step, options, asks)
        case Hold(answers, text):
            hold(talk, flow, answers)
            talk.tell(text)
            run(talk, force=key)
        case Refuse(text):
            _refused(talk, flow, step, scene, put, text)
        case _:
            assert_never(taken)


def accept(talk: Talk, flow: Flow, step: Question, key: str, answers: Mapping[str, Answer]) -> None:
    """Keep answers, mark the question as answered, go on."""
    _show_answered(talk, flow, step, key, answers)
    keep(talk, flow, key, answers, asking=None, doubt=None)
    run(talk)


def _refused(talk: Talk, flow: Flow, step: Question, scene: Scene, put: Put, text: str) -> None:
    field = _place_for(talk, flow, step, scene, put.text) if isinstance(put, Typed) else None
    if field is not None and isinstance(put, Typed):
        words = _with_before(scene, field, put.text)
        if len(words) > LONGEST_ANSWER:
            text = talk.phrases.too_long
        else:
            hold(talk, flow, {field.id: Words(words)})
            text = text if isinstance(step, Form) else talk.phrases.kept_for_form
    talk.tell(text)
    run(talk, force=scene.step)


def _place_for(talk: Talk, flow: Flow, step: Question, scene: Scene, typed: str) -> Ask | None:
    """The field for words that cannot be taken here: of this form; of the one that comes, where a sentence was told."""
    if isinstance(step, Form):
        return step.story(scene)
    return _story_ahead(talk, flow) if isinstance(step, Choose) and len(typed.split()) >= A_SENTENCE else None


def _story_ahead(talk: Talk, flow: Flow) -> Ask | None:
    """The field for a story in the first form that everybody comes to, while it is still to come."""
    form = next((step for step in flow.steps if isinstance(step, Form) and step.when is None), None)
    if form is None or f"{flow.name}.{form.id}" in (visit.question for visit in talk.session.trail):
        return None
    return form.story(talk.scene(flow, f"{flow.name}.{form.id}"))


def keep_told(talk: Talk, text: str) -> None:
    """What was told before the talk began stands in its form, if that has a place for it."""
    flow = talk.flow(talk.session.stack[-1])
    field = _story_ahead(talk, flow)
    if field is None:
        return
    if len(text) > LONGEST_ANSWER:
        talk.tell(talk.phrases.too_long)
        return
    hold(talk, flow, {field.id: Words(text)})
    talk.tell(talk.phrases.told_kept)


def add_told(talk: Talk, text: str) -> bool:
    """What was told elsewhere stands in the form that waits or comes, behind what stands there; False: it cannot."""
    if not talk.session.stack:
        return False
    flow, asked = talk.flow(talk.session.stack[0]), talk.asking()
    key = talk.session.asking or ""
    scene = talk.scene(flow, key)
    here = asked[1].story(scene) if asked is not None and isinstance(asked[1], Form) else None
    field = here or _story_ahead(talk, flow)
    words = _with_before(scene, field, text) if field is not None else ""
    if field is None or len(words) > LONGEST_ANSWER:
        return False
    hold(talk, flow, {field.id: Words(words)})
    talk.tell(talk.phrases.told_kept)
    return True


def _with_before(scene: Scene, field: Ask, typed: str) -> str:
    """A story comes in several messages: the words behind those that stand in the field already."""
    before = scene.before(field.id)
    if before is None or not isinstance(before.answer, Words):
        return typed
    return ("\n" if field.type is Type.PARAGRAPH else " ").join((before.answer.text, typed))


def _doubt(talk: Talk, scene: Scene, step: Question, options: tuple[str, ...], asks: str) -> None:
    said = talk.phrases
    choices = tuple(Choice(option, _option_label(scene, step, option)) for option in options)
    text = asks or said.doubt_many
    if asks and isinstance(step, Review):
        choices = step.changes(scene)
    elif len(choices) == 1:
        text = said.doubt.format(option=choices[0].label)
        choices = (Choice(options[0], said.yes),)
    choices = (*choices, Choice(NONE_OF_THESE, said.review.none if asks else said.no))
    message = Message(text, asks=Asks.ONE, choices=choices, commands=scene.ways_out(skip=False), token=scene.token())
    talk.put(Send(talk.session.person, message, doubt_slot(talk, scene.step)))
    talk.change(doubt=Doubt(scene.step, options), asked_at=talk.facts.now)


def doubt_slot(talk: Talk, step: str) -> Slot:
    """Where it is asked back which of some options is meant."""
    return slot_of(talk.session.id, f"{step}-doubt")


def _option_label(scene: Scene, step: Question, option: str) -> str:
    if isinstance(step, Ask):
        return step.option_label(scene, option)
    if isinstance(step, Review):
        return next((choice.label for choice in step.typed(scene) if choice.id == option), option)
    choices = step.choices(scene) if isinstance(step, Choose | Consent) else ()
    return next((choice.label for choice in choices if choice.id == option), option)


def _show_answered(talk: Talk, flow: Flow, step: Question, key: str, answers: Mapping[str, Answer]) -> None:
    scene = talk.scene(flow, key)
    chosen = [
        # a point is not told with its scale where that was asked just now
        show_number(answer.value, scene.session.language)
        if isinstance(answer, Number)
        else show_answer(f"{flow.name}.{name}", answer, scene, longest=80)
        for name, answer in answers.items()
        if not isinstance(answer, Words)
    ]
    if isinstance(step, Review):
        chosen = [_option_label(scene, step, CONFIRM)]
    if isinstance(step, Form):
        left_out = all(isinstance(answer, Skipped) for answer in answers.values())
        chosen = [talk.phrases.not_answered] if left_out else []
    mark = ", ".join(chosen) or talk.phrases.saved  # words stay out of the chat
    message = Message(f"{scene.say(step.text)}\n\n✓ {mark}")
    talk.put(Update(talk.session.person, message, slot_of(talk.session.id, key)))


def rewind(talk: Talk, question: str) -> None:
    """Ask an answered question again; what was answered after it waits to be taken again."""
    trail, waited = talk.session.trail, talk.session.asking
    if waited is not None and waited != question:
        talk.put(Delete(talk.session.person, slot_of(talk.session.id, waited)))
    # a flow that was called twice has asked it twice: the last time counts
    place = max(number for number, visit in enumerate(trail) if visit.question == question)
    undone = {name for visit in trail[place:] for name in _answers_of(talk, visit.question)}
    answers = {
        name: replace(given, kept=True) if name in undone else given for name, given in talk.session.answers.items()
    }
    talk.change(answers=answers, stack=trail[place].stack, trail=trail[:place], asking=None, doubt=None)
    run(talk, force=question)


def choose_again(talk: Talk) -> None:
    """A case could not be opened with these recipients: ask once more who may know, or go on without."""
    opened = {f"{f.flow}.{n}" for f in talk.session.stack for n, s in enumerate(talk.flow(f).code) if _opens(s)}
    done = frozenset(mark for mark in talk.session.done if mark.rpartition(CALLED)[2] not in opened)
    talk.change(done=done)
    asked = consented(talk)
    if asked is not None:
        rewind(talk, asked)
    else:
        run(talk)


def consented(talk: Talk) -> str | None:
    """The consent that was answered last, where there is a way back to it."""
    for visit in reversed(talk.session.trail):
        found = talk.find(visit.question)
        if found is not None and isinstance(found[1], Consent):
            return visit.question
    return None


def _answers_of(talk: Talk, key: str) -> tuple[str, ...]:
    found = talk.find(key)
    fields = found[1].fields if found is not None and isinstance(found[1], Form) else ()
    return tuple(f"{key.partition('.')[0]}.{field.id}" for field in fields) or (key,)


def _opens(step: Step) -> bool:
    return isinstance(step, Do) and step.command is Verb.OPEN_CASE
