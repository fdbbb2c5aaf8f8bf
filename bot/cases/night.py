"""Calls at once, and what a case does outside working hours.

Rule 1. Whoever is on call is called only where the reporter agreed, all of them at once, and again until one answers.
        Only the newest call has a button.
Rule 2. A critical or high case that is opened outside the hours of the first rung's site calls on-call first. The
        ladder climbs from there; when somebody on call answers, the first rung is asked without haste: it has until the
        site is open again, and then as long as the level allows.
Rule 3. One that is raised then asks its owner and on-call at the same time.
Rule 4. Where nobody is called, the reporter is told when somebody at work reads this, and who listens till then.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot.cases import alerts, ladder
from bot.cases.alerts import World
from bot.cases.case import UNTAKEN, Alerted, Case, Status
from bot.cases.escalate import PAGE_AGAIN, URGENT, next_rung
from bot.cases.ladder import Decision, Noted
from bot.cases.people import excluded
from bot.cases.policy import on_call, recipients
from bot.core.effects import CancelTimer, Effect, SetTimer
from bot.core.levels import Level
from bot.core.people import PersonId
from bot.core.worktime import add, is_open, next_open


def first_asked(case: Case, world: World) -> Decision:
    """A case was opened, anew or again: on-call by night, else the first rung."""
    first = next_rung(recipients(case, world.people, world.now), case.tried)
    if is_open(world.now, world.site_of(first)):
        return ladder.climb(case, world, told=False)
    persons = _to_call(case, world)
    if not persons or first is None:
        asked = ladder.climb(case, world, told=False)
        return asked if case.pages else asked.then(_nobody_reads(asked.case, first, world))
    rung = case.rung + 1
    waits = replace(case, owner=first, helper=persons[0], rung=rung, night=rung)
    waits = replace(waits, acknowledge_by=ladder.due(waits, world))
    timer = SetTimer(f"rung:{rung}", ladder.due(waits, world))
    return Decision(waits, (CancelTimer(f"rung:{case.rung}"), timer)).then(_call(waits, persons, world))


def begins(case: Case, rung: int, world: World) -> Case:
    """The case, its level just raised, with this rung marked as the first of a night that calls on-call anew."""
    under_way = case.called_by is None and 0 < case.pages <= len(PAGE_AGAIN)
    if under_way or is_open(world.now, world.site_of(case.owner)):
        return case
    anew = replace(case, pages=0, called_by=None)
    return replace(anew, night=rung) if _to_call(anew, world) else case


def raised(case: Case, world: World) -> Decision:
    """The level went up while the case was under way: its owner is asked, and on-call hears of it at once, too."""
    if case.night == case.rung and not case.pages:
        return _call(case, _to_call(case, world), world)
    quiet = case.pages or is_open(world.now, world.site_of(case.owner))
    return Decision(case) if quiet else _nobody_reads(case, case.owner, world)


def _to_call(case: Case, world: World) -> tuple[PersonId, ...]:
    """Who is on call and has not been called for this case."""
    return on_call(case, world.people, world.now) if case.level in URGENT and not case.pages else ()


def _call(case: Case, persons: tuple[PersonId, ...], world: World) -> Decision:
    said = world.phrases_of(case.reporter)
    names = {"person": world.name(persons[0], said.somebody), "emergency": world.emergency}
    told = alerts.tell(case, case.reporter, said.night_calling.format(**names), "night")
    return Decision(case, (told,)).then(page(case, world))


def _nobody_reads(case: Case, first: PersonId | None, world: World) -> Decision:
    said = world.phrases_of(case.reporter)
    when = world.when(next_open(world.now, world.site_of(first)), case.reporter)
    text = said.night_nobody.format(when=when, emergency=world.emergency)
    listeners = world.listeners.get(said.code, "")
    told = alerts.tell(case, case.reporter, f"{text}\n\n{listeners}".rstrip(), "night")
    return Decision(case, (told,), (Noted("closed_hours"),))


def page_now(case: Case, world: World) -> Decision:
    """Danger is now: on-call is called, whatever the hour."""
    return page(replace(case, level=Level.CRITICAL), world) if _may_page(case) else Decision(case)


def page(case: Case, world: World) -> Decision:
    """Call whoever is on call, all at once; again and again until somebody answers."""
    if not _may_page(case):
        return Decision(case)
    persons = on_call(case, world.people, world.now)
    again = case.pages > 0
    paged = tuple(dict.fromkeys((*case.paged, *persons)))
    stepped = replace(case, pages=case.pages + 1, paged=paged)
    effects: list[Effect] = [CancelTimer(f"page:{case.pages}")] if again else []
    if again and persons:
        effects.extend(_once_more(case, persons, world))
    effects.extend(alerts.page(stepped, person, world) for person in persons)
    said = world.phrases_of(case.reporter)
    if again or not persons:
        effects.append(alerts.tell(stepped, case.reporter, said.page_nobody.format(emergency=world.emergency), "page"))
    if stepped.pages <= len(PAGE_AGAIN):
        at = add(world.now, PAGE_AGAIN[stepped.pages - 1], world.site)
        effects.append(SetTimer(f"page:{stepped.pages}", at))
    return Decision(stepped, tuple(effects), (Noted("paged", None, f"{len(persons)} persons"),))


def _once_more(case: Case, persons: tuple[PersonId, ...], world: World) -> Iterator[Effect]:
    """The page before loses its button: whoever is called has one button, also when a chat was down for long."""
    out = excluded(case, world.people)
    for person in (person for person in case.paged if person not in out):
        said = world.phrases_of(person)
        text = said.page_again if person in persons else said.alert_gone
        yield alerts.close_alert(person, case.pages, text, alerts.PAGE)


def _may_page(case: Case) -> bool:
    return case.called_by is None and case.status not in (Status.CLOSED, Status.WITHDRAWN)


def take_call(case: Case, person: PersonId, world: World) -> Decision:
    """Somebody on call answers: the others hear by whom, and the reporter too."""
    said = world.phrases_of(case.reporter)
    heard = world.phrases_of(person)
    if case.status in (Status.CLOSED, Status.WITHDRAWN):
        return Decision(case, (alerts.tell(case, person, heard.alert_gone, "late"),))
    if case.called_by is not None:
        text = heard.alert_taken_by.format(person=world.name(case.called_by, heard.somebody))
        return Decision(case, (alerts.tell(case, person, text, "late"),))
    called = replace(case, called_by=person)
    name = world.name(person, said.somebody)
    effects: list[Effect] = [
        CancelTimer(f"page:{case.pages}"),
        alerts.tell(called, case.reporter, said.page_taken.format(person=name, emergency=world.emergency), "page"),
    ]
    out = excluded(case, world.people)
    effects.extend(alerts.take_back((Alerted(p, case.pages) for p in case.paged if p in out), world, alerts.PAGE))
    for other in (p for p in case.paged if p not in out):
        heard = world.phrases_of(other)
        taken_by = heard.alert_taken_by.format(person=world.name(person, heard.somebody))
        text = heard.page_yours.format(who=alerts.employee(case, other, world)) if other == person else taken_by
        effects.append(alerts.settle(case, other, case.pages, text, world, alerts.PAGE))
    return Decision(called, tuple(effects), (Noted("called", person),)).then(_rest(called, world))


def _rest(case: Case, world: World) -> Decision:
    """Somebody is with the employee: the ladder goes on, without haste."""
    if not case.night or case.status not in UNTAKEN or case.ownerless:
        return Decision(case)
    if case.rung == case.night and case.helper is not None and not case.kept:
        return ladder.climb(case, world, told=True)
    until = ladder.due(case, world)
    return Decision(replace(case, acknowledge_by=until), (SetTimer(f"rung:{case.rung}", until),))
