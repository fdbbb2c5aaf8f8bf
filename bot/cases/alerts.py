"""What the case itself writes: alerts, pages, words to the reporter.

Rule 1. An alert carries the least: who, the reference, how soon. What happened is never in it.
Rule 2. A message to somebody who may not know carries the reference and the level, no name, no words.
Rule 3. Each is written in its reader's language.
Rule 4. The last rung is not chat alone: a page rings beside it at once, and a case without an owner is mailed, or rings
        where it is critical or high.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.cases.case import Alerted, Call, Case
from bot.cases.escalate import LadderRules, site_of
from bot.cases.policy import knows_name
from bot.core.durations import Duration, Unit
from bot.core.effects import Beside, Lane, Send, Update
from bot.core.ids import Slot, Token
from bot.core.languages import Phrases, phrases
from bot.core.levels import Level
from bot.core.messages import Asks, Choice, Fact, Message, Tone
from bot.core.people import People, PersonId
from bot.core.texts import escape
from bot.core.worktime import Site
from bot.steps.wording import show_moment

ALERT, FALLBACK, PAGE, ASK_MORE, HANDING = "alert", "fallback", "page", "ask_more", "handing"
#: A second person is asked to agree; the reporter is asked for the name.
AGREE, NAME_ASKED = "agree", "name_asked"
#: The reporter is asked whether one more person may read what was told; that person hears it.
MAY_READ, READER = "may_read", "reader"
#: The button that shows a case's card.
CARD, OPEN = "card", "/open"
TAKE, DECLINE, NOTED, TAKE_CALL, WAIT, YES = "take", "decline", "noted", "take_call", "wait", "yes"
#: How long a report that was never sent is kept, where the operator has not said.
KEEP_DRAFTS = Duration(30, Unit.DAYS)
URGENT = (Level.CRITICAL, Level.HIGH)
#: How many persons the reporter is asked about in one message.
MOST_ASKED = 4


@dataclass(frozen=True, slots=True)
class World:
    """What the case's rules know of the outside. `down` are platforms that take no messages now."""

    now: datetime
    people: People
    site: Site
    rules: LadderRules
    sites: Mapping[str, Site] = field(default_factory=dict)
    organisation: str = ""
    emergency: str = "112"
    drafts: Duration = KEEP_DRAFTS  # how long a report that was never sent is kept
    down: frozenset[str] = frozenset()
    listeners: Mapping[str, str] = field(default_factory=dict)  # by language: who listens at any hour, as a list

    def unheard(self, person: PersonId | None, stands: str = "") -> bool:
        """Whether this person could not answer now: the platform on which the alert stands, or would, is down."""
        found = self.people.get(person)
        return found is not None and (stands or found.written_on()) in self.down

    def site_of(self, person: PersonId | None) -> Site:
        return site_of(person, self.people, self.sites, self.site)

    def zone_of(self, person: PersonId | None) -> ZoneInfo:
        found = self.people.get(person)
        return (
            ZoneInfo(found.timezone)
            if found is not None and found.timezone
            else ZoneInfo(self.site_of(person).timezone)
        )

    def phrases_of(self, person: PersonId) -> Phrases:
        found = self.people.get(person)
        return phrases(found.language if found is not None else "en")

    def name(self, person: PersonId | None, otherwise: str) -> str:
        found = self.people.get(person)
        return escape(found.name) if found is not None else otherwise

    def when(self, moment: datetime, reader: PersonId) -> str:
        return show_moment(moment, self.now, self.zone_of(reader), self.phrases_of(reader).code)


def token(case: Case, step: str, number: int) -> Token:
    return Token(case.id, None, step, number)


def slot(step: str, number: int) -> Slot:
    return Slot(f"{step}:{number}")


def is_alert(slot: Slot) -> bool:
    """Whether what stands there went by the lane of alerts."""
    return slot.partition(":")[0] in (ALERT, FALLBACK, PAGE, AGREE, NAME_ASKED)


def who(case: Case, reader: PersonId, world: World) -> str:
    """The employee, as this reader may know it, at the beginning of a sentence."""
    said = world.phrases_of(reader)
    return world.name(case.reporter, said.an_employee) if knows_name(reader, case, world.people) else said.an_employee


def employee(case: Case, reader: PersonId, world: World) -> str:
    """The employee, as this reader may know it, within a sentence."""
    said = world.phrases_of(reader)
    return world.name(case.reporter, said.the_employee) if knows_name(reader, case, world.people) else said.the_employee


def alert(case: Case, to: PersonId, world: World, call: Call = Call.FIRST) -> Send:
    """Somebody is needed: take it, or say that it cannot be."""
    said = world.phrases_of(to)
    words = {
        Call.FIRST: said.alert,
        Call.AGAIN: said.alert_again,
        Call.RAISED: said.alert_raised,
        Call.NO_HELP: said.alert_no_help,
        Call.HELP: said.alert_help,
        Call.HANDED: said.alert_handed,
        Call.REOPENED: said.alert_reopened,
    }[call]
    owner = case.handing_by if call is Call.HANDED and case.handing_by is not None else case.owner
    text = words.format(who=who(case, to, world), owner=world.name(owner, said.somebody))
    facts = [Fact(said.alert_reference, escape(case.reference)), Fact(said.alert_level, said.levels[case.level])]
    if case.acknowledge_by is not None:
        text += " " + said.alert_before.format(when=escape(world.when(case.acknowledge_by, to)))
    message = Message(
        text,
        asks=Asks.ONE,
        facts=tuple(facts),
        choices=(Choice(TAKE, said.alert_take), Choice(DECLINE, said.alert_decline)),
        token=token(case, ALERT, case.rung),
        tone=Tone.URGENT,
    )
    return Send(to, message, slot(ALERT, case.rung), lane=Lane.ALERT, awaited=True)


def fallback(case: Case, to: PersonId, world: World) -> Send:
    """A case has no owner: reference and level, nothing else."""
    said = world.phrases_of(to)
    facts = (Fact(said.alert_reference, escape(case.reference)), Fact(said.alert_level, said.levels[case.level]))
    message = Message(
        said.fallback_stalled if case.kept else said.fallback,
        asks=Asks.ONE,
        facts=facts,
        choices=(Choice(NOTED, said.yes),),
        token=token(case, FALLBACK, case.rung),
        tone=Tone.URGENT,
    )
    beside = (Beside.MAIL, Beside.PAGER) if case.level in URGENT else (Beside.MAIL,)
    return Send(to, message, slot(FALLBACK, case.rung), lane=Lane.ALERT, awaited=True, beside=beside)


def page(case: Case, to: PersonId, world: World) -> Send:
    said = world.phrases_of(to)
    words = said.page if case.level is Level.CRITICAL else said.page_night
    message = Message(
        words.format(who=who(case, to, world)),
        asks=Asks.ONE,
        choices=(Choice(TAKE_CALL, said.page_take),),
        token=token(case, PAGE, case.pages),
        tone=Tone.URGENT,
    )
    return Send(to, message, slot(PAGE, case.pages), lane=Lane.ALERT, awaited=True, beside=tuple(Beside))


def ask_more(case: Case, persons: tuple[PersonId, ...], world: World, *, lost: bool = False) -> Send:
    """The reporter is asked before anybody who was not ticked is told."""
    said = world.phrases_of(case.reporter)
    choices = [Choice(person, world.name(person, said.somebody)) for person in persons[:MOST_ASKED]]
    message = Message(
        f"{said.needs_another if lost else _why_more(case, said, world)}\n\n{said.ask_more}",
        asks=Asks.ONE,
        choices=(*choices, Choice(WAIT, said.ask_more_wait)),
        token=token(case, ASK_MORE, case.rung),
    )
    return Send(case.reporter, message, slot(ASK_MORE, case.rung))


def _why_more(case: Case, said: Phrases, world: World) -> str:
    if not case.alerted:
        return said.nobody_reached
    if not case.kept:
        return said.nobody_answered
    return said.stands_still.format(owner=world.name(case.owner, said.somebody))


def ask_handing(case: Case, person: PersonId, world: World) -> Send:
    """The reporter is asked whether somebody who was not ticked may have the case."""
    said = world.phrases_of(case.reporter)
    names = {"owner": world.name(case.handing_by, said.somebody), "person": world.name(person, said.somebody)}
    message = Message(
        said.ask_handing.format(**names),
        asks=Asks.ONE,
        choices=(Choice(YES, said.yes), Choice(WAIT, said.no)),
        token=token(case, HANDING, case.handing_asked),
    )
    return Send(case.reporter, message, slot(HANDING, case.handing_asked))


def hear_by(case: Case, person: PersonId, due: datetime, world: World) -> Send:
    """When the reporter hears from whoever has taken the case: the due time (UTC) of the playbook's first task."""
    said = world.phrases_of(case.reporter)
    text = said.hear_by.format(person=world.name(person, said.somebody), when=escape(world.when(due, case.reporter)))
    return tell(case, case.reporter, text, "hear_by")


def tell(case: Case, to: PersonId, text: str, step: str = "told") -> Send:
    """A word that asks nothing. The slot is this turn's own."""
    return Send(to, Message(text), Slot(f"{step}:{case.revision}:{to}"))


def close_alert(to: PersonId, number: int, text: str, step: str = ALERT) -> Update:
    """An alert loses its buttons and says what became of it."""
    return Update(to, Message(text), slot(step, number), lane=Lane.ALERT)


def settle(case: Case, to: PersonId, number: int, text: str, world: World, step: str = ALERT) -> Update:
    """The same for somebody who may know: what stays says whose it is, as far as they may know that, and which case."""
    said = world.phrases_of(to)
    facts = (Fact(said.card_employee, employee(case, to, world)), Fact(said.alert_reference, escape(case.reference)))
    return Update(to, Message(text, facts=facts), slot(step, number), lane=Lane.ALERT)


def take_back(persons: Iterable[Alerted], world: World, step: str = ALERT) -> tuple[Update, ...]:
    """Alerts that lose their buttons and tell nothing, not even who has the case."""
    return tuple(close_alert(a.person, a.rung, world.phrases_of(a.person).alert_gone, step) for a in persons)
