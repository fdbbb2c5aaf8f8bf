"""A case is given to somebody: its owner lets go of it, or whoever may know gives one that waits to the right person.

Rule 1. A case is handed over to somebody who may know, or else the reporter is asked first. Of a person who cannot be
        asked the one who hands it over hears the same as of one who is away: nobody learns from it who is left out.
        An answer counts for the person who was asked about: the newest question alone can be answered, and a newer
        wish takes it back. A list offers those alone who could take it. To whoever may not know the reporter's name it
        offers everybody: a gap in it could tell that name.
Rule 2. The old owner keeps the case until somebody has taken it; who does not take it in time is passed by.
Rule 3. Where the one who is meant is away, the deputy is asked, if the deputy may know.
Rule 4. Who says that they cannot take, or have, a case gives no reason. From then on it is not theirs to know: no
        alert, no answer, no talk. An owner loses it at once, and the reporter hears only that somebody else is asked.
Rule 5. Who does not have the case hands it over only while it waits for somebody to take it: a case that is in hand is
        taken from nobody.
"""

from __future__ import annotations

from dataclasses import replace

from bot.cases import alerts, ladder
from bot.cases.alerts import ALERT, World
from bot.cases.case import AT_REST, UNTAKEN, Call, Case, Status, Trigger, move
from bot.cases.ladder import Decision, Noted
from bot.cases.people import excluded
from bot.cases.permissions import Action, may
from bot.cases.policy import knows_name, recipients
from bot.core.effects import CloseCards, Effect, Update
from bot.core.facts import Takers
from bot.core.messages import Message
from bot.core.people import PersonId

#: Why a case is handed over: only taking it answers.
HANDED = "handed"


def hand_over(case: Case, to: PersonId | None, actor: PersonId | None, world: World) -> Decision:
    """Somebody would like this person to take over; with None, the next one on the ladder."""
    if move(case.status, Trigger.HANDED) is None:
        return Decision(case)
    by = actor if actor is not None and actor != case.reporter else None
    if by is not None and not may(case, by, Action.HAND_OVER, world.people):
        return Decision(case, _tell(case, by, "handed_refused", None, world), (Noted("not_handed", by),))
    if to is None:
        handed = replace(_handed(case), handing=None)
        told = _tell(case, by, "handed_next" if handed.kept and by == case.owner else "handed_over", None, world)
        return Decision(case, told, (Noted("handed_over", by),)).then(ladder.climb(handed, world, told=True))
    person = _stand_in(to, _out(case, world), world)
    if person is None or person == case.owner:
        return Decision(case, _tell(case, by, "handed_refused", None, world), (Noted("not_handed", by),))
    if person in recipients(case, world.people, world.now):
        return _offer(case, person, by, world)
    by_whom = by if by is not None else case.owner
    asked = replace(case, handing=person, handing_by=by_whom, handing_asked=case.revision)
    question = alerts.ask_handing(asked, person, world)
    effects = (question, *_tell(asked, by, "handed_asked", person, world))
    return Decision(asked, effects, (Noted("handing", by),))


def takers(case: Case, by: PersonId, world: World) -> Takers:
    """Whom this person could hand the case to now."""
    out, others = _out(case, world), [person.id for person in world.people if person.id != by]
    asked = {person: _stand_in(person, out, world) for person in others}
    able = frozenset(person for person, one in asked.items() if one is not None and one != case.owner)
    named = knows_name(by, case, world.people)
    return Takers(able, tuple(person for person in others if person in able or not named))


def _out(case: Case, world: World) -> frozenset[PersonId]:
    return excluded(case, world.people) | {case.reporter}


def _stand_in(to: PersonId, out: frozenset[PersonId], world: World) -> PersonId | None:
    """Whom to ask for this person: themselves, or the deputy while they are away; nobody who is left out."""
    for person in (to, world.people.deputy_of(to)):
        found = world.people.get(person)
        if found is None or found.id in out:
            return None
        if found.present(world.now):
            return found.id if found.reachable else None
    return None


def _handed(case: Case) -> Case:
    kept = ladder.keep(case)
    status = move(case.status, Trigger.HANDED) or case.status
    return replace(kept, status=status, wants=kept.wants | {HANDED} if kept.kept else kept.wants)


def _offer(case: Case, person: PersonId, by: PersonId | None, world: World) -> Decision:
    told = _tell(case, by, "handed_waits", person, world)
    gone = alerts.take_back((a for a in case.alerted if a.person == case.helper and a.rung == case.rung), world)
    noted = Decision(case, (*told, *gone), (Noted("handed_over", by),))
    handed = replace(_handed(case), handing=None, handing_by=by)
    return noted.then(ladder.ask(handed, person, world, Call.HANDED, told=True))


def may_hand_over(case: Case, world: World, *, yes: bool, asked: int) -> Decision:
    """The reporter's word on the person whom the case would be handed to."""
    said = world.phrases_of(case.reporter)
    person, by = case.handing, case.handing_by
    if person is None or asked != case.handing_asked or move(case.status, Trigger.HANDED) is None:
        answered = person is None and asked == case.handing_asked
        text = said.repeated if answered else said.knowing.name_no_more
        return Decision(case, (alerts.tell(case, case.reporter, text, "waiting"),))
    settled = replace(case, handing=None, handing_by=None)
    shown = alerts.ask_handing(case, person, world)
    chosen = Message(f"{shown.message.text}\n\n✓ {said.yes if yes else said.no}")
    closed = Update(case.reporter, chosen, shown.slot)
    if not yes:
        told = (closed, _stays(case, world), *_tell(case, by, "handed_no", person, world))
        return Decision(settled, told, (Noted("not_handed"),))
    consent = replace(case.consent, persons=case.consent.persons | {person})
    widened = Decision(replace(settled, consent=consent), (closed,), (Noted("widened", person),))
    handed = widened.then(hand_over(widened.case, person, by, world))
    if handed.case.rung == case.rung:  # gone away meanwhile
        return handed.then(Decision(handed.case, (_stays(case, world),)))
    return handed


def _stays(case: Case, world: World) -> Effect:
    said = world.phrases_of(case.reporter)
    own = said.ask_handing_no.format(owner=world.name(case.owner, said.somebody))
    return alerts.tell(case, case.reporter, own if _has_it(case, case.owner) else said.ask_assigning_no, "waiting")


def _has_it(case: Case, person: PersonId | None) -> bool:
    """Whether somebody has taken the case, and has it, also while others are asked."""
    return person == case.owner and bool(case.kept or case.status not in UNTAKEN)


def not_taken(case: Case, world: World) -> Decision:
    """Whoever was to take over has not: the next one is asked, and the old owner knows."""
    told = _tell(case, case.owner if case.kept else None, "handed_not_taken", case.helper, world)
    return Decision(case, told).then(ladder.silence(case, world))


def _tell(case: Case, to: PersonId | None, which: str, person: PersonId | None, world: World) -> tuple[Effect, ...]:
    if to is None or to in excluded(case, world.people):
        return ()
    said = world.phrases_of(to)
    own = _has_it(case, to)
    texts = {
        "handed_over": said.handed_over,
        "handed_next": said.handed_next,
        "handed_refused": said.handed_refused if own else said.assigned_refused,
        "handed_asked": said.handed_asked if own else said.assigned_asked,
        "handed_waits": said.handed_waits if own else said.assigned_waits,
        "handed_no": said.handed_no if own else said.assigned_no,
        "handed_not_taken": said.handed_not_taken,
    }
    return (alerts.tell(case, to, texts[which].format(person=world.name(person, said.somebody)), which),)


def recuse(case: Case, person: PersonId, world: World) -> Decision:
    """Somebody cannot take the case, or cannot have it any longer."""
    if person == case.reporter or case.status is Status.DRAFT:
        return Decision(case)
    thanks = world.phrases_of(person).recused
    left = replace(case, recused=case.recused | {person}, handing=None if case.handing == person else case.handing)
    effects: list[Effect] = [
        alerts.close_alert(person, alerted.rung, thanks, ALERT) for alerted in case.alerted if alerted.person == person
    ]
    effects.append(CloseCards(person, thanks))
    noted = Decision(left, tuple(effects), (Noted("recused", person),))
    if case.status in AT_REST:
        return noted
    if person == case.owner and not case.gap:
        return noted.then(ladder.silence(left, world, lost=True))
    if person == case.helper and case.status in UNTAKEN:
        handed = case.status is Status.HANDED_OVER
        return noted.then(not_taken(left, world) if handed else ladder.silence(left, world))
    return noted
