"""Up the ladder: one rung at a time, each alert awaited; the fallback and the reporter's word at its end.

Rule 1. Each person is alerted once by the ladder; who comes back from leave is a new candidate.
Rule 2. Who took the case keeps it while others are asked beside, until somebody takes it. Only an owner who may not, or
        cannot, have it any longer loses it: then it is the next one's.
Rule 3. When all that was overdue is done, the case goes on with its owner: the new alerts are taken back, and another
        time the ladder is climbed from where it stood.
Rule 4. At the end of those ticked the fallback is told, knowing only that a case has no owner, or stands still; it owns
        a case that nobody has. The reporter is asked who else may know.
Rule 5. The rung's timer starts when the alert was delivered; a fallback's at once, and fallbacks take turns. An alert
        that comes late shows the time that counts then, and the reporter hears it.
        Whoever does not answer is reminded once, halfway.
Rule 6. Where there is no fallback left either, those who may know are alerted again, in turn.
Rule 7. Nobody is passed over because a platform is down: who cannot answer was not silent. Fallbacks take turns all the
        same, since each is mailed.
Rule 8. With nobody at all to tell, a case is not opened: its words stay with the reporter.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.cases import alerts
from bot.cases.alerts import FALLBACK, World
from bot.cases.case import UNTAKEN, Alerted, Call, Case, Trigger, move
from bot.cases.escalate import URGENT, acknowledge_by, by_night, next_rung, remind_fallback
from bot.cases.people import excluded
from bot.cases.policy import askable, fallbacks, recipients
from bot.core.effects import CancelTimer, Effect, SetTimer, Update
from bot.core.people import PersonId
from bot.core.texts import escape
from bot.core.worktime import next_open
from bot.errors import Invariant

#: By so much an alert comes late: what is less nobody notices.
LATE = timedelta(minutes=5)
#: Whoever has at least so long to answer is reminded halfway.
REMINDED_FROM = timedelta(minutes=30)


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
    person = next_rung(_candidates(case, world), case.tried)
    if person is None:
        return _end_of_ladder(case, world)
    return ask(case, person, world, _why(case, world), told=told)


def ask(case: Case, person: PersonId, world: World, call: Call, *, told: bool) -> Decision:
    """Alert this person as the next rung: beside the owner who keeps the case, or else as its owner."""
    rung = case.rung + 1
    stepped = replace(
        case,
        owner=case.owner if case.kept else person,
        helper=person if case.kept else None,
        rung=rung,
        alerted=(*case.alerted, Alerted(person, rung, call)),
        tried=case.tried if person in case.tried else (*case.tried, person),
        ownerless=0,
    )
    stepped = replace(stepped, acknowledge_by=due(stepped, world))
    effects: list[Effect] = [CancelTimer(f"rung:{case.rung}"), alerts.alert(stepped, person, world, call)]
    if told:
        said = world.phrases_of(case.reporter)
        text = said.climbed.format(person=world.name(person, said.somebody))
        effects.append(alerts.tell(stepped, case.reporter, text, "climbed"))
    return Decision(stepped, tuple(effects), (Noted("alerted", person, f"rung {stepped.rung}"),))


def due(case: Case, world: World) -> datetime:
    """When the current rung must have reacted, its alert delivered now; UTC."""
    site, start = world.site_of(case.waited_for), world.now
    rests = case.night and case.called_by is not None and case.level in URGENT
    if rests:
        start = next_open(start, site)
    by_day = acknowledge_by(world.rules, case.level, start, site)
    return by_night(start, case.rung - case.night, by_day) if case.night and not rests else by_day


def _candidates(case: Case, world: World) -> tuple[PersonId, ...]:
    """Who may be asked, nearest first: nobody beside themselves."""
    return tuple(p for p in recipients(case, world.people, world.now) if not (case.kept and p == case.owner))


def _strangers(case: Case, world: World) -> tuple[PersonId, ...]:
    found = fallbacks(case, world.people, world.now, world.rules.fallback)
    return tuple(p for p in found if not (case.kept and p == case.owner))


def _why(case: Case, world: World) -> Call:
    owner = world.people.get(case.owner)
    if case.kept and owner is not None and owner.present(world.now):
        return Call.HELP
    return Call.AGAIN if case.tried or case.told or case.alerted else Call.FIRST


def _end_of_ladder(case: Case, world: World) -> Decision:
    strangers = _strangers(case, world)
    candidates = strangers or _candidates(case, world)
    # they take turns: whoever does not answer is not the only one who knows
    person = candidates[case.ownerless % len(candidates)] if candidates else None
    owner = person if person is not None and not case.kept else case.owner
    if owner is None:
        raise Invariant(f"case {case.id} would have no owner")
    wait = remind_fallback(world.rules, case.level, case.ownerless, world.now, world.site_of(person or owner))
    # whoever chose that nobody may know is not asked for others
    wanted = case.consent.roles or case.consent.persons
    more = askable(case, world.people, world.now) if wanted else ()
    others = tuple(p for p in more if p not in case.asked)[: alerts.MOST_ASKED]
    stepped = replace(
        case,
        owner=owner,
        helper=person if case.kept else None,
        rung=case.rung + 1,
        acknowledge_by=wait,
        asked=(*case.asked, *others),
        ownerless=case.ownerless + 1,
    )
    effects: list[Effect] = [CancelTimer(f"rung:{case.rung}"), SetTimer(f"rung:{stepped.rung}", wait)]
    if person is not None:
        shown = Alerted(person, stepped.rung, Call.AGAIN)
        if strangers:
            stepped = replace(stepped, told=(*(told for told in case.told if told.person != person), shown))
            effects.append(alerts.fallback(stepped, person, world))
        else:
            stepped = replace(stepped, alerted=(*case.alerted, shown))
            effects.append(alerts.alert(stepped, person, world, Call.AGAIN))
    if others:
        lost = case.owner is not None and case.owner in case.recused
        effects.append(alerts.ask_more(stepped, others, world, lost=lost))
    elif person is None and not case.ownerless:
        text = world.phrases_of(case.reporter).nobody_more
        effects.append(alerts.tell(stepped, case.reporter, text, "nobody"))
    noted = Noted("stands_still", person, f"rung {stepped.rung}") if case.kept else None
    return Decision(stepped, tuple(effects), (noted or Noted("no_owner", owner, f"rung {stepped.rung}"),))


def can_open(case: Case, world: World) -> bool:
    """Whether there is anybody at all to tell."""
    people, now = world.people, world.now
    return bool(recipients(case, people, now) or fallbacks(case, people, now, world.rules.fallback))


def put_off(case: Case, world: World) -> Decision | None:
    """A rung's time begins anew while the platform is down on which whoever it waits for would have answered."""
    stands = next((alerted.platform for alerted in case.alerted if alerted.rung == case.rung), "")
    if case.gap or not world.unheard(case.waited_for, stands):
        return None
    again = due(case, world)
    return Decision(replace(case, acknowledge_by=again), (SetTimer(f"rung:{case.rung}", again),))


def silence(case: Case, world: World, *, lost: bool = False) -> Decision:
    """Nobody reacted, or somebody else is needed: escalate and climb.

    With `lost` the owner may not, or cannot, have the case any longer.
    """
    status = move(case.status, Trigger.SILENCE)
    if status is None:
        return Decision(case)
    noted = Decision(case, (), (Noted("escalated", case.waited_for, f"rung {case.rung}"),))
    kept = replace(keep(case), status=status)
    return noted.then(climb(lose(kept) if lost else kept, world, told=True))


def keep(case: Case) -> Case:
    """Who has taken the case keeps it while others are asked."""
    return case if case.kept or case.status in UNTAKEN else replace(case, kept=case.rung)


def lose(case: Case) -> Case:
    """Nobody keeps it: the next one asked is its owner."""
    return replace(case, kept=0, helper=None, wants=frozenset(), handing=None, handing_by=None)


def goes_on(case: Case, world: World) -> Decision:
    """All that was overdue is done: the owner goes on, and the new alerts lose their buttons."""
    status = move(case.status, Trigger.MENDED) or case.status
    people, out = world.people, excluded(case, world.people)
    new = tuple(a for a in case.alerted if a.rung > case.kept)
    told = tuple(t for t in case.told if t.rung > case.kept)
    effects: list[Effect] = [CancelTimer(f"rung:{case.rung}")]
    effects.extend(alerts.take_back((a for a in new if a.person in out), world))
    for alerted in (a for a in new if a.person not in out):
        said = world.phrases_of(alerted.person)
        text = said.alert_goes_on.format(person=world.name(case.owner, said.somebody))
        effects.append(alerts.settle(case, alerted.person, alerted.rung, text, world))
    effects.extend(alerts.take_back(told, world, FALLBACK))
    before = tuple(a for a in case.alerted if a.rung <= case.kept)
    known = {case.owner, *(a.person for a in before)}
    mended = replace(
        lose(case),
        status=status,
        alerted=before,
        told=tuple(t for t in case.told if t.rung <= case.kept),
        tried=tuple(p for p in case.tried if p in known or people.get(p) is None),
        ownerless=0,
        night=0,
        acknowledge_by=None,
    )
    said = world.phrases_of(case.reporter)
    text = said.goes_on.format(person=world.name(case.owner, said.somebody))
    effects.append(alerts.tell(mended, case.reporter, text, "goes-on"))
    return Decision(mended, tuple(effects), (Noted("goes_on", case.owner),))


def arrived(case: Case, rung: int, platform: str, world: World) -> Decision:
    """An alert was delivered: the rung's wait begins."""
    if rung != case.rung or case.status not in UNTAKEN or case.ownerless:
        return Decision(case)
    until = due(case, world)
    status = move(case.status, Trigger.ARRIVED) or case.status
    alerted = tuple(replace(a, platform=platform) if a.rung == rung else a for a in case.alerted)
    came = replace(case, status=status, acknowledge_by=until, alerted=alerted)
    late = case.acknowledge_by is not None and until - case.acknowledge_by >= LATE
    half = _halfway(came, until, world)
    reminded = (SetTimer(f"half:{rung}", half),) if half is not None else ()
    effects = (SetTimer(f"rung:{rung}", until), *reminded, *(_came_late(came, until, world) if late else ()))
    return Decision(came, effects)


def _halfway(case: Case, until: datetime, world: World) -> datetime | None:
    """When whoever is asked is reminded, once: in working hours, where the time reaches into them."""
    if until - world.now < REMINDED_FROM:
        return None
    half, site = world.now + (until - world.now) / 2, world.site_of(case.waited_for)
    opens = next_open(half, site)  # itself, if the site is open then
    if opens < until:
        return opens
    return half if case.level in URGENT else None


def halfway(case: Case, rung: int, world: World) -> Decision:
    """Half of a rung's time is over: whoever is asked is reminded."""
    person = case.waited_for
    waits = rung == case.rung and case.status in UNTAKEN and not case.ownerless
    if not waits or person is None or case.acknowledge_by is None or person in excluded(case, world.people):
        return Decision(case)
    text = world.phrases_of(person).alert_waits.format(
        who=alerts.who(case, person, world),
        reference=escape(case.reference),
        when=escape(world.when(case.acknowledge_by, person)),
    )
    return Decision(case, (alerts.tell(case, person, text, "half"),), (Noted("reminded", person),))


def _came_late(case: Case, until: datetime, world: World) -> Iterator[Effect]:
    """What was said of a time when the alert was written holds no more: both hear the one that counts."""
    for alerted in (a for a in case.alerted if a.rung == case.rung):
        anew = alerts.alert(case, alerted.person, world, alerted.call)
        yield Update(anew.to, anew.message, anew.slot, lane=anew.lane)
        said = world.phrases_of(case.reporter)
        person, when = world.name(alerted.person, said.somebody), escape(world.when(until, case.reporter))
        yield alerts.tell(case, case.reporter, said.came_late.format(person=person, when=when), "late")


def hurry(case: Case, world: World) -> Decision:
    """The level went up while a fallback owns the case: it waits no longer than the new level allows."""
    times, site = case.ownerless - 1, world.site_of(case.owner)
    until = remind_fallback(world.rules, case.level, times, world.now, site)
    if case.acknowledge_by is not None:
        until = min(until, case.acknowledge_by)
    return Decision(replace(case, acknowledge_by=until), (SetTimer(f"rung:{case.rung}", until),))


def failed(case: Case, to: PersonId, rung: int, world: World) -> Decision:
    """An alert cannot reach this person: the next rung, at once."""
    if rung != case.rung or case.status not in UNTAKEN:
        return Decision(case)
    tried = case.tried if to in case.tried else (*case.tried, to)
    noted = Decision(replace(case, tried=tried), (), (Noted("unreachable", to, f"rung {rung}"),))
    left = next_rung((*_candidates(case, world), *_strangers(case, world)), tried)
    if left is None:
        # everybody was tried and cannot be reached: the timer that stands tries again, no message makes a message
        wait = acknowledge_by(world.rules, case.level, world.now, world.site_of(case.waited_for))
        return Decision(noted.case, (SetTimer(f"rung:{rung}", wait),), noted.noted)
    return noted.then(climb(noted.case, world, told=True))
