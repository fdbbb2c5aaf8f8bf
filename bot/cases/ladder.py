"""Up the ladder: one rung at a time, each alert awaited; the fallback and the reporter's word at its end.

Rule 1. Each person is alerted once by the ladder; who comes back from leave is a new candidate.
Rule 2. At the end of those ticked the fallback owns the case, knowing only that it has no owner, and the reporter is
        asked who else may know.
Rule 3. The rung's timer starts when the alert was delivered; a fallback's at once, and fallbacks take turns.
Rule 4. Where there is no fallback left either, those who may know are alerted again, in turn.
Rule 5. Nobody is passed over because a platform is down: who cannot answer was not silent. Fallbacks take turns all the
        same, since each is mailed.
Rule 6. With nobody at all to tell, a case is not opened: its words stay with the reporter.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.cases import alerts
from bot.cases.alerts import World
from bot.cases.case import UNTAKEN, Alerted, Case, Status, Trigger, move
from bot.cases.escalate import MOST_PAGES, PAGE_AGAIN, acknowledge_by, next_rung, remind_fallback
from bot.cases.policy import askable, fallbacks, on_call, recipients
from bot.core.effects import CancelTimer, Effect, SetTimer
from bot.core.levels import Level
from bot.core.people import PersonId
from bot.core.worktime import add
from bot.errors import Invariant


@dataclass(frozen=True, slots=True)
class Noted:
    """A line for the audit chain: what happened, by or for whom. Kinds only, never words."""

    kind: str
    person: PersonId | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """What became of the case, and what is to be done."""

    case: Case
    effects: tuple[Effect, ...] = ()
    noted: tuple[Noted, ...] = ()

    def then(self, other: Decision) -> Decision:
        return Decision(other.case, (*self.effects, *other.effects), (*self.noted, *other.noted))


def climb(case: Case, world: World, *, told: bool) -> Decision:
    """Alert the next rung; with `told`, the reporter hears that somebody else is asked now."""
    person = next_rung(recipients(case, world.people, world.now), case.tried)
    if person is None:
        return _end_of_ladder(case, world)
    again = case.rung > 0
    due = acknowledge_by(world.rules, case.level, world.now, world.site_of(person))
    rung = case.rung + 1
    stepped = replace(
        case,
        owner=person,
        rung=rung,
        alerted=(*case.alerted, Alerted(person, rung)),
        tried=(*case.tried, person),
        ownerless=0,
        acknowledge_by=due,
    )
    effects: list[Effect] = [CancelTimer(f"rung:{case.rung}"), alerts.alert(stepped, person, world, again=again)]
    if told:
        said = world.phrases_of(case.reporter)
        text = said.climbed.format(person=world.name(person, said.somebody))
        effects.append(alerts.tell(stepped, case.reporter, text, "climbed"))
    return Decision(stepped, tuple(effects), (Noted("alerted", person, f"rung {stepped.rung}"),))


def _end_of_ladder(case: Case, world: World) -> Decision:
    strangers = fallbacks(case, world.people, world.now, world.rules.fallback)
    candidates = strangers or recipients(case, world.people, world.now)
    # they take turns: whoever does not answer is not the only one who knows
    person = candidates[case.ownerless % len(candidates)] if candidates else None
    owner = person if person is not None else case.owner
    if owner is None:
        raise Invariant(f"case {case.id} would have no owner")
    wait = remind_fallback(world.rules, case.level, case.ownerless, world.now, world.site_of(owner))
    # whoever chose that nobody may know is not asked for others
    wanted = case.consent.roles or case.consent.persons
    more = askable(case, world.people, world.now) if wanted else ()
    others = tuple(p for p in more if p not in case.asked)[: alerts.MOST_ASKED]
    stepped = replace(
        case,
        owner=owner,
        rung=case.rung + 1,
        acknowledge_by=wait,
        asked=(*case.asked, *others),
        ownerless=case.ownerless + 1,
    )
    effects: list[Effect] = [CancelTimer(f"rung:{case.rung}"), SetTimer(f"rung:{stepped.rung}", wait)]
    if person is not None:
        shown = Alerted(person, stepped.rung)
        if strangers:
            stepped = replace(stepped, told=(*(told for told in case.told if told.person != person), shown))
            effects.append(alerts.fallback(stepped, person, world))
        else:
            stepped = replace(stepped, alerted=(*case.alerted, shown))
            effects.append(alerts.alert(stepped, person, world, again=True))
    if others:
        effects.append(alerts.ask_more(stepped, others, world))
    return Decision(stepped, tuple(effects), (Noted("no_owner", owner, f"rung {stepped.rung}"),))


def can_open(case: Case, world: World) -> bool:
    """Whether there is anybody at all to tell."""
    people, now = world.people, world.now
    return bool(recipients(case, people, now) or fallbacks(case, people, now, world.rules.fallback))


def rung_over(case: Case, rung: int, world: World) -> Decision:
    """A rung's time is over; it begins anew while the platform is down on which its owner would have answered."""
    if rung != case.rung or case.status not in UNTAKEN:
        return Decision(case)
    if case.ownerless or not world.unheard(case.owner):
        return silence(case, world)
    due = acknowledge_by(world.rules, case.level, world.now, world.site_of(case.owner))
    return Decision(replace(case, acknowledge_by=due), (SetTimer(f"rung:{rung}", due),))


def silence(case: Case, world: World) -> Decision:
    """Nobody reacted, or somebody else is needed: escalate and climb."""
    status = move(case.status, Trigger.SILENCE)
    if status is None:
        return Decision(case)
    return Decision(case, (), (Noted("escalated", case.owner, f"rung {case.rung}"),)).then(
        climb(replace(case, status=status), world, told=True)
    )


def arrived(case: Case, rung: int, world: World) -> Decision:
    """An alert was delivered: the rung's wait begins."""
    if rung != case.rung or case.status not in UNTAKEN or case.ownerless:
        return Decision(case)
    due = acknowledge_by(world.rules, case.level, world.now, world.site_of(case.owner))
    status = move(case.status, Trigger.ARRIVED) or case.status
    return Decision(replace(case, status=status, acknowledge_by=due), (SetTimer(f"rung:{rung}", due),))


def hurry(case: Case, world: World) -> Decision:
    """The level went up while a fallback owns the case: it waits no longer than the new level allows."""
    times, site = case.ownerless - 1, world.site_of(case.owner)
    due = remind_fallback(world.rules, case.level, times, world.now, site)
    if case.acknowledge_by is not None:
        due = min(due, case.acknowledge_by)
    return Decision(replace(case, acknowledge_by=due), (SetTimer(f"rung:{case.rung}", due),))


def failed(case: Case, to: PersonId, rung: int, world: World) -> Decision:
    """An alert cannot reach this person: the next rung, at once."""
    if rung != case.rung or case.status not in UNTAKEN:
        return Decision(case)
    tried = case.tried if to in case.tried else (*case.tried, to)
    noted = Decision(replace(case, tried=tried), (), (Noted("unreachable", to, f"rung {rung}"),))
    candidates = fallbacks(case, world.people, world.now, world.rules.fallback)
    left = next_rung((*recipients(case, world.people, world.now), *candidates), tried)
    if left is None:
        # everybody was tried and cannot be reached: the timer that stands tries again, no message makes a message
        wait = acknowledge_by(world.rules, case.level, world.now, world.site_of(case.owner))
        return Decision(noted.case, (SetTimer(f"rung:{rung}", wait),), noted.noted)
    return noted.then(climb(noted.case, world, told=False))


def page(case: Case, world: World) -> Decision:
    """Call whoever is on call, all at once; again and again until somebody answers."""
    if case.called_by is not None or case.status in (Status.CLOSED, Status.WITHDRAWN):
        return Decision(case)
    persons = on_call(case, world.people, world.now)
    again = case.pages > 0
    paged = tuple(dict.fromkeys((*case.paged, *persons)))
    stepped = replace(case, pages=case.pages + 1, paged=paged, level=Level.CRITICAL)
    effects: list[Effect] = [CancelTimer(f"page:{case.pages}")] if again else []
    effects.extend(alerts.page(stepped, person, world) for person in persons)
    said = world.phrases_of(case.reporter)
    if again or not persons:
        effects.append(alerts.tell(stepped, case.reporter, said.page_nobody.format(emergency=world.emergency), "page"))
    if stepped.pages < MOST_PAGES:
        effects.append(SetTimer(f"page:{stepped.pages}", add(world.now, PAGE_AGAIN, world.site)))
    return Decision(stepped, tuple(effects), (Noted("paged", None, f"{len(persons)} persons"),))
