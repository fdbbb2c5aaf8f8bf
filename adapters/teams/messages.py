"""What is written in the private chat, files that come with it, and the app coming and going.

Rule 1. What returns here is committed, and may be acknowledged.
Rule 2. Whoever installs the bot counts from then on, and is greeted once; whoever removes it counts no more.
"""

from __future__ import annotations

from adapters.teams import parse
from adapters.teams.attaching import Attaching
from adapters.teams.courtesy import Courtesy
from adapters.teams.evidence import NotFetched
from adapters.teams.gate import Gate
from adapters.teams.payloads import Activity
from adapters.teams.ports import Bot
from adapters.teams.replies import Asked, Replies
from adapters.teams.who import PLATFORM
from bot.core.people import Person
from bot.runtime.files import NotKept

MESSAGE, CAME, MEMBERS = "message", "installationUpdate", "conversationUpdate"
ADDED, REMOVED = ("add", "add-upgrade"), ("remove", "remove-upgrade")


class Messages:
    def __init__(self, gate: Gate, bot: Bot, replies: Replies, courtesy: Courtesy, attaching: Attaching) -> None:
        self._gate = gate
        self._bot = bot
        self._replies = replies
        self._courtesy = courtesy
        self._attaching = attaching

    async def take(self, activity: Activity) -> None:
        match activity.type:
            case "message":
                await self._said(activity)
            case "installationUpdate":
                await self._installation(activity)
            case "conversationUpdate":
                await self._members(activity)
            case _:
                pass  # reactions, typing, what was edited: nothing that is said

    async def _said(self, activity: Activity) -> None:
        found = await self._gate.enters(activity)
        if found is None:
            return
        person, asked = found
        by = self._gate.by(person)
        files = parse.files(activity)
        if files:
            await self._attached(activity, person, asked)
        said = parse.said(activity, by)
        if said is not None:
            self._gate.after(self._replies.give(await self._bot.take(said), asked))
            self._gate.after(self._courtesy.typed(said.text, asked))

    async def _attached(self, activity: Activity, person: Person, asked: Asked) -> None:
        try:
            answer = await self._attaching.take(activity, self._gate.by(person))
        except NotFetched:
            # Teams sends no message twice: whoever sent it must do it again
            self._gate.after(self._courtesy.not_fetched(asked))
            return
        if isinstance(answer, NotKept):
            self._gate.after(self._replies.say(answer.text, asked))
        else:
            self._gate.after(self._replies.give(answer, asked))
            self._gate.after(self._courtesy.attached(asked))

    async def _installation(self, activity: Activity) -> None:
        if activity.action in REMOVED:
            person = self._gate.who.person(activity.account)
            if person is not None and activity.action == "remove":
                await self._bot.removed(person.id, PLATFORM)
            return
        found = await self._gate.enters(activity)
        if found is None or activity.action not in ADDED:
            return
        person, asked = found
        await self._bot.installed(person.id, PLATFORM)
        if activity.action == "add":
            reply = await self._bot.take(parse.greeted(activity, self._gate.by(person)))
            self._gate.after(self._replies.give(reply, asked))

    async def _members(self, activity: Activity) -> None:
        """The same as the installation, told by another word; which comes first is nobody's promise."""
        if any(one.id == activity.recipient.id for one in activity.added):
            found = await self._gate.enters(activity)
            if found is not None:
                await self._bot.installed(found[0].id, PLATFORM)
