"""What a message owes the outbox: where it goes, from when on it may go another way, what is said beside the chat.

Rule 1. Who has several chats is written to where they talk, if that chat counts; a change goes where its message is.
Rule 2. An alert's row says from when on it may go another way.
Rule 3. Who is excluded by now gets nothing of what waited for them while a platform was down.
Rule 4. What is said beside the chat at once holds no word. The pager rings once a turn, however many are called.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.cases import alerts
from bot.cases.case import CaseFile
from bot.cases.people import excluded
from bot.core.effects import Beside, Delete, HandAway, Lane, Send, StartAnew, Update
from bot.core.events import CaseChanged, Event, PersonEvent, Said, Started
from bot.core.ids import CaseId
from bot.core.people import MAIL, People, PersonId
from bot.runtime.detour import nudge
from bot.runtime.owed import Change, NewOwed, Nudge, Post, Remove
from bot.runtime.ports import Ids, Tx
from bot.runtime.talks import language_of
from bot.runtime.view import Setting


@dataclass(frozen=True, slots=True)
class Owing:
    """Of one turn; `channels` are the platforms that there are, with those beside the chat."""

    tx: Tx
    before: CaseFile
    file: CaseFile
    event: Event
    setting: Setting
    now: datetime
    channels: frozenset[str]

    async def message(self, key: str, effect: Send | Update) -> list[NewOwed]:
        platform = await self._place(effect)
        lane, to = lane_of(effect.to, platform, effect.lane), effect.to
        said_in = language_of(to, self.file.sessions.values(), self.setting)
        if isinstance(effect, Update):
            return [NewOwed(key, lane, effect.slot, to, platform, Change(effect.message, said_in), awaited=False)]
        later = self.now + self.setting.patience.of(self.file.case.level) if effect.lane is Lane.ALERT else None
        ways = [way for way in effect.beside if way in self.channels]
        post = NewOwed(
            key, lane, effect.slot, to, platform, Post(effect.message, said_in), effect.awaited, later, bool(ways)
        )
        wish = Nudge(self.setting.language_of(to))
        after = later if Beside.PAGER not in ways else None  # it rings already
        return [post, *(nudge(f"{key}.{way}", post, way, wish, after) for way in ways)]

    async def removals(self, key: str, effect: Delete) -> list[NewOwed]:
        platform = self._platform(effect.to)
        standing = await self.tx.posted(self.file.case.id, effect.to, platform)
        slots = [slot for slot in standing if effect.slot in (None, slot)]
        # an alert that is still owed must not come after its own removal
        lanes = [lane_of(effect.to, platform, Lane.ALERT if alerts.is_alert(slot) else Lane.CHAT) for slot in slots]
        return [
            NewOwed(f"{key}.{number}", lane, slot, effect.to, platform, Remove(), awaited=False)
            for number, (lane, slot) in enumerate(zip(lanes, slots, strict=True))
        ]

    async def _place(self, effect: Send | Update) -> str:
        usual = self._platform(effect.to)
        person = self.setting.people.get(effect.to)
        if isinstance(effect, Update) and person is not None and len(person.addresses) > 1:
            for platform in dict.fromkeys((usual, *(address.platform for address in person.addresses))):
                if effect.slot in await self.tx.posted(self.file.case.id, effect.to, platform):
                    return platform
        return usual

    def _platform(self, to: PersonId) -> str:
        if isinstance(self.event, PersonEvent) and self.event.person == to:
            return self.event.platform
        # whose talk was closed in this turn is written to where they talked before it
        talks = (*self.before.sessions.values(), *self.file.sessions.values())
        wanted = next((talk.platform for talk in reversed(talks) if talk.person == to), "")
        person = self.setting.people.get(to)
        return person.written_on(wanted) if person is not None else wanted


def lane_of(person: PersonId, platform: str, lane: Lane) -> str:
    """One person's chat on one platform; alerts have a lane of their own."""
    return f"{lane}:{platform}:{person}"


def barred(file: CaseFile, people: People) -> tuple[tuple[PersonId, str], ...]:
    """Rule 3: everybody who was ever written to in a case and is excluded from it, with each of their platforms."""
    case = file.case
    written = {alerted.person for alerted in (*case.alerted, *case.told)} | {*case.paged, *case.helped}
    written |= {asked.person for asked in case.readers_asked}
    written |= {talk.person for talk in file.sessions.values()}
    out = (written & excluded(case, people)) - {case.reporter}
    found = [person for person in map(people.get, sorted(out)) if person is not None]
    return tuple((p.id, platform) for p in found for platform in (*(a.platform for a in p.addresses), MAIL))


def rung_once(owed: list[NewOwed]) -> list[NewOwed]:
    """Rule 4."""
    pages = [new for new in owed if new.platform == Beside.PAGER]
    return [new for new in owed if new not in pages[1:]]


async def handed_on(
    tx: Tx, key: str, effect: HandAway | StartAnew, event: Event, source: CaseId, ids: Ids
) -> list[CaseChanged]:
    """What this case gives to another one: words that were meant for its talk, or a flow to begin in a new one."""
    if not isinstance(event, PersonEvent):
        return []
    if isinstance(effect, StartAnew):
        what = Started(f"{key}:s", event.at, event.person, event.platform, effect.flow, effect.words)
        return [CaseChanged(f"h:{key}", event.at, ids.case(), what, source)]
    case = await tx.case_of(effect.to)
    said = Said(f"{key}:s", event.at, event.person, event.platform, effect.text, meant_for=effect.to)
    return [CaseChanged(f"h:{key}", event.at, case, said, source)] if case is not None else []
