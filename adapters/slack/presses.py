"""Buttons, forms, shortcuts and commands: taken in one turn, answered in the same request.

Rule 1. What returns here is committed, and may be acknowledged.
Rule 2. Slack sends none of these again. So a press that fails says so, and its button still stands; a form that fails
        stays open with all that was typed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import structlog

from adapters.slack import parse
from adapters.slack.attaching import Attaching
from adapters.slack.courtesy import Courtesy
from adapters.slack.gate import Gate
from adapters.slack.message import told
from adapters.slack.parse import Attached, OpensFile, RemovesFile, WantsFiles
from adapters.slack.payloads import BadPayload, Called, Pressed, Sent, Suggest, Typed, read
from adapters.slack.ports import Bot
from adapters.slack.replies import Asked, Replies
from adapters.slack.showing import Showing
from adapters.slack.suggest import suggestions
from adapters.slack.views import errors, files_view, show_view, told_view
from adapters.slack.wire import View
from adapters.slack.words import words
from bot.core.messages import FieldError, Message
from bot.core.people import Person
from bot.core.replies import FormErrors, OpenForm, Reply, Show, Tell
from bot.runtime.files import NotKept

log = structlog.get_logger(__name__)
#: What an acknowledgement holds: nothing, or the answer that Slack shows.
Answer = Mapping[str, object] | None
CLEAR: Answer = {"response_action": "clear"}


class Presses:
    def __init__(
        self, gate: Gate, bot: Bot, replies: Replies, courtesy: Courtesy, attaching: Attaching, showing: Showing
    ) -> None:
        self._gate = gate
        self._bot = bot
        self._replies = replies
        self._courtesy = courtesy
        self._attaching = attaching
        self._showing = showing

    async def pressed(self, body: object) -> None:
        found = read(Pressed, body)
        presser = await self._gate.presses(found, found.container.channel_id)
        if presser is None:
            return
        person, asked = presser
        in_view = found.view is not None and found.view.type == "modal"
        try:
            await self._press(found, person, replace(asked, in_view=in_view))
        except Exception:
            log.exception("slack_press_failed")
            self._gate.after(self._replies.say(words(asked.language).failed, asked))

    async def _press(self, found: Pressed, person: Person, asked: Asked) -> None:
        match parse.pressed(found, self._gate.by(person)):
            case None | Attached():
                pass
            case WantsFiles(token):
                self._gate.after(self._replies.open(files_view(token, asked.language), asked))
            case OpensFile(case, file):
                self._gate.after(self._showing.show(person.id, case, file, asked))
            case RemovesFile(file):
                self._gate.after(self._showing.remove(file, asked))
            case event:
                reply = await self._bot.take(event)
                if found.view is not None and not isinstance(reply, OpenForm | Show | Tell):
                    self._gate.after(self._elsewhere(asked))
                else:
                    self._gate.after(self._replies.give(reply, asked))

    async def _elsewhere(self, asked: Asked) -> None:
        """In a view or a home nothing is seen of what the bot answers in the chat: the person is told."""
        said = words(asked.language)
        await self._replies.open(told_view(said.in_chat_title, (Message(said.in_chat),), asked.language), asked)

    async def submitted(self, body: object) -> Answer:
        found = read(Sent, body)
        sender = await self._gate.presses(found)
        if sender is None:
            return CLEAR
        person, asked = sender
        fields = tuple(found.view.state.values)  # each input has its block, in order
        try:
            done = parse.submitted(found, self._gate.by(person))
            match done:
                case None:
                    return CLEAR
                case Attached():
                    return await self._files_sent(done, person, asked)
                case _:
                    return self._form_answer(await self._bot.take(done), fields, asked)
        except BadPayload:
            raise
        except Exception:
            log.exception("slack_form_failed")
            return errors((FieldError("", words(asked.language).failed_form),), fields)

    def _form_answer(self, reply: Reply, fields: Sequence[str], asked: Asked) -> Answer:
        match reply:
            case FormErrors(wrong):
                return errors(wrong, fields)
            case OpenForm(form):
                return {"response_action": "update", "view": self._replies.form(form, asked.language)}
            case Show(title, facts):
                return {"response_action": "update", "view": show_view(title, facts, asked.language)}
            case _:
                return CLEAR

    async def _files_sent(self, done: Attached, person: Person, asked: Asked) -> Answer:
        answer = await self._attaching.in_time(done, self._gate.by(person))
        if answer is None:
            return errors((FieldError(View.FILES.value, words(asked.language).files_late_form),), (View.FILES.value,))
        if isinstance(answer, NotKept):
            return errors((FieldError(View.FILES.value, answer.text),), (View.FILES.value,))
        self._gate.after(self._courtesy.attached(asked))
        return CLEAR

    async def closed(self, body: object) -> None:
        found = read(Sent, body)
        closer = await self._gate.presses(found)
        left = parse.closed(found, self._gate.by(closer[0])) if closer is not None else None
        if left is not None:
            await self._bot.take(left)

    async def called(self, body: object) -> None:
        """A shortcut: the talk begins in the private chat, and a view says so where the person is."""
        found = read(Called, body)
        caller = await self._gate.presses(found)
        if caller is None:
            return
        person, asked = caller
        try:
            started = parse.called(found, self._gate.by(person), self._gate.who.name)
            if started is None:
                return
            await self._bot.take(started)
        except Exception:
            log.exception("slack_shortcut_failed")
            self._gate.after(self._replies.say(words(asked.language).failed, asked))
            return
        self._gate.after(self._elsewhere(asked))

    async def typed(self, body: object) -> Answer:
        """A slash command."""
        found = read(Typed, body)
        if not await self._gate.admits(found.team_id):
            return None
        person = self._gate.who.person(found.user_id)
        if person is None:
            return {"response_type": "ephemeral", "text": self._courtesy.for_stranger()}
        asked = self._gate.asked(person, found.user_id, None, found.trigger_id)
        said = words(asked.language)
        try:
            reply = await self._bot.take(parse.typed(found, self._gate.by(person)))
        except Exception:
            log.exception("slack_command_failed")
            return {"response_type": "ephemeral", "text": said.failed}
        match reply:
            case Tell(messages):
                made = told(messages, asked.language)
                return {"response_type": "ephemeral", "text": made.text, "blocks": made.blocks}
            case OpenForm() | Show():
                self._gate.after(self._replies.give(reply, asked))
                return None
            case _:
                return {"response_type": "ephemeral", "text": said.in_chat}

    async def suggest(self, body: object) -> Answer:
        """Colleagues, while a name is typed."""
        found = read(Suggest, body)
        asking = await self._gate.presses(found)
        who = self._gate.who
        return {"options": suggestions(who.everybody(), asking[0].id, found.value) if asking is not None else []}
