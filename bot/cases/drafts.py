"""Drafts that rest: a report that was never sent is the reporter's alone, and is not kept for ever.

Rule 1. A draft goes `retention.drafts` after the reporter's last word in it. Nobody at work ever saw it.
Rule 2. Where there is something to go on with, the reporter is told three days before, by day; a word or a press keeps
        it, and the time begins anew.
Rule 3. One that holds nothing to go on with (a greeting, a talk that has ended) goes without a word.
Rule 4. Time in which the bot stood still does not count: whoever could not write to it is told again.
Rule 5. It goes whole: words, files, keys, timers, and the bot's own messages in the chat.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from bot.cases import alerts
from bot.cases.alerts import World
from bot.cases.case import Case, Status
from bot.cases.daytime import by_day
from bot.cases.inputs import DraftOver
from bot.cases.ladder import Decision, Noted
from bot.core.effects import CancelTimer, Delete, Effect, Erase, Send, SetTimer, Update
from bot.core.ids import Slot
from bot.core.messages import Asks, Choice, Message
from bot.core.texts import escape
from bot.core.worktime import add

NOTICE = timedelta(days=3)
#: Fired later than this, the bot has stood still.
LATE = timedelta(hours=1)
#: The timers: before the notice, and after it. They are no business of a case that was sent.
RESTS, LAST = "rests", "last"
#: The step of the notice, and what stands on its button.
DRAFT, KEEP = "draft", "keep"


def spoken(before: Case, case: Case, world: World) -> Decision:
    """The reporter has said something in a draft: it rests from now on."""
    heard = replace(case, last_word=world.now)
    return Decision(heard, (_rest(heard, world),) if before.last_word is None else ())


def sent(case: Case) -> Decision:
    """It is no draft any more."""
    return Decision(case, (CancelTimer(f"draft:{RESTS}"), CancelTimer(f"draft:{LAST}")))


def over(case: Case, wish: DraftOver, world: World) -> Decision:
    """A draft has rested: tell the reporter, or let it go."""
    word = case.last_word
    if case.status is not Status.DRAFT or word is None:
        return Decision(case)
    since = wish.due - NOTICE if wish.last else word
    if word > since or world.now < _notice_at(word, world):
        return Decision(case, (_rest(case, world),))
    if not wish.holds:
        ends = _ends(word, world)
        return Decision(case, (SetTimer(f"draft:{RESTS}", ends) if world.now < ends else Erase(),))
    if wish.last and world.now - wish.due <= LATE:
        gone = world.phrases_of(case.reporter).knowing.draft_dropped
        return Decision(case, (Delete(case.reporter), alerts.tell(case, case.reporter, gone, "dropped"), Erase()))
    return _tell(case, world)


def keep(case: Case, world: World) -> Decision:
    """The reporter wants it kept."""
    if case.status is not Status.DRAFT:
        return Decision(case)
    kept = replace(case, last_word=world.now)
    text = world.phrases_of(case.reporter).knowing.draft_kept
    shown = Update(case.reporter, Message(text), Slot(DRAFT))
    return Decision(kept, (CancelTimer(f"draft:{LAST}"), _rest(kept, world), shown))


def _tell(case: Case, world: World) -> Decision:
    said = world.phrases_of(case.reporter).knowing
    goes = world.now + NOTICE
    text = said.draft_notice.format(when=escape(world.when(goes, case.reporter)))
    token = alerts.token(case, DRAFT, case.revision)
    notice = Message(text, asks=Asks.ONE, choices=(Choice(KEEP, said.draft_keep),), token=token)
    effects: tuple[Effect, ...] = (Send(case.reporter, notice, Slot(DRAFT)), SetTimer(f"draft:{LAST}", goes))
    return Decision(case, effects, (Noted("draft_notice"),))


def _rest(case: Case, world: World) -> SetTimer:
    word = case.last_word if case.last_word is not None else world.now
    return SetTimer(f"draft:{RESTS}", by_day(_notice_at(word, world), world.zone_of(case.reporter)))


def _notice_at(word: datetime, world: World) -> datetime:
    """When the reporter is told at the earliest; of drafts that are kept for less, at once after a day."""
    return max(_ends(word, world) - NOTICE, word + timedelta(days=1))


def _ends(word: datetime, world: World) -> datetime:
    return add(word, world.drafts, world.site)
