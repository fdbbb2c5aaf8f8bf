"""Events: what is written in the private chat, the app's home, the bot's name elsewhere, what is said of the token.

Rule 1. What returns here is committed, and may be acknowledged. What raises was not taken, and Slack sends it again.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from adapters.slack import parse
from adapters.slack.attaching import Attaching
from adapters.slack.courtesy import Courtesy
from adapters.slack.evidence import NotFetched
from adapters.slack.gate import Gate
from adapters.slack.homes import Homes
from adapters.slack.parse import Attached
from adapters.slack.payloads import Delivery, read
from adapters.slack.ports import Bot
from adapters.slack.replies import Asked, Replies
from bot.core.people import Person
from bot.runtime.files import NotKept

#: Messages that are somebody's words; all other kinds (changed, deleted, joined, …) are not.
WORDS = (None, "file_share", "thread_broadcast", "me_message")
LOST = ("tokens_revoked", "app_uninstalled")
PEOPLE = ("user_change", "team_join")


class Events:
    def __init__(
        self,
        gate: Gate,
        bot: Bot,
        replies: Replies,
        courtesy: Courtesy,
        attaching: Attaching,
        homes: Homes,
        look: Callable[[], Awaitable[None]],
        people_changed: Callable[[str], None],
    ) -> None:
        """`look` asks Slack who the bot is, and so whether its token still works."""
        self._gate = gate
        self._bot = bot
        self._replies = replies
        self._courtesy = courtesy
        self._attaching = attaching
        self._homes = homes
        self._look = look
        self._people_changed = people_changed

    async def message(self, body: object) -> None:
        """Somebody wrote or attached something in the private chat."""
        delivery = read(Delivery, body)
        event = delivery.event
        if event.bot_id or event.subtype not in WORDS or event.channel_type != "im" or event.user is None:
            return
        if not await self._gate.admits(delivery.team):
            return
        person = self._gate.who.person(event.user)
        if person is None:
            self._gate.after(self._courtesy.stranger(event.user, event.channel))
            return
        asked = self._gate.asked(person, event.user, event.channel)
        done = parse.said(delivery, self._gate.by(person), self._gate.who.name)
        if isinstance(done, Attached):
            await self._attached(done, person, asked)
            return
        reply = await self._bot.take(done)
        self._gate.after(self._replies.give(reply, asked))
        self._gate.after(self._courtesy.typed(done.text, asked))

    async def _attached(self, done: Attached, person: Person, asked: Asked) -> None:
        by = self._gate.by(person)
        try:
            answer = await self._attaching.take(done, by)
        except NotFetched:
            self._gate.after(self._courtesy.late(done.id, asked))
            raise
        if isinstance(answer, NotKept):
            self._gate.after(self._replies.say(answer.text, asked))
        else:
            self._gate.after(self._replies.give(answer, asked))
            self._gate.after(self._courtesy.attached(asked))
        if done.text:
            self._gate.after(self._replies.give(await self._bot.take(parse.caption(done, by)), asked))

    async def mentioned(self, body: object) -> None:
        """Somebody named the bot where others read: it is answered to them alone."""
        delivery = read(Delivery, body)
        event = delivery.event
        if event.user is None or event.bot_id or event.channel is None:
            return
        if not await self._gate.admits(delivery.team):
            return
        person = self._gate.who.person(event.user)
        if person is None:
            self._gate.after(self._courtesy.stranger(event.user, event.channel))
        else:
            self._gate.after(self._courtesy.mentioned(self._gate.asked(person, event.user, event.channel)))

    async def home_opened(self, body: object) -> None:
        delivery = read(Delivery, body)
        event = delivery.event
        if event.user is None or event.tab not in ("", "home") or not await self._gate.admits(delivery.team):
            return
        person = self._gate.who.person(event.user)
        self._homes.opened(person.id if person is not None else None, event.user)

    async def other(self, body: object) -> None:
        """What Slack tells of itself: the token was revoked, the app removed, somebody came, left or changed."""
        event = read(Delivery, body).event
        if event.type in LOST:
            await self._look()
        elif event.type in PEOPLE and event.user is not None:
            self._people_changed(event.user)
