"""What people press on a case's own messages: take it, decline, answer a page, let one more person know.

Rule 1. Whoever was alerted may take a case that nobody has taken, however late.
Rule 2. When it is taken, everybody who was alerted hears by whom, and the reporter too; the fallback only that it has
        nothing more to do, and so whoever is excluded by now.
Rule 3. An owner who asks for help is told who is asked, and keeps the case; whoever is asked opens it from the message.
Rule 4. An owner who answers with something overdue keeps the case, and the others stay asked until that is done.
"""

from __future__ import annotations

from dataclasses import replace

from bot.cases import alerts, ladder
from bot.cases.alerts import FALLBACK, World
from bot.cases.case import AT_REST, TASK, UNTAKEN, Case, Status, Trigger, move
from bot.cases.ladder import Decision, Noted
from bot.cases.people import excluded
from bot.cases.permissions import Action, may
from bot.cases.policy import askable, fallbacks, recipients
from bot.core.effects import BeginPlaybook, CancelTimer, Effect, Send, Update
from bot.core.ids import Slot
from bot.core.messages import Asks, Choice, Message
from bot.core.people import PersonId


def take(case: Case, person: PersonId, world: World) -> Decision:
    said = world.phrases_of(person)
    status = move(case.status, Trigger.TAKEN)
    if status is None:
        taken_by = world.name(case.owner, said.somebody) if case.owner != person else None
        text = (
            said.alert_taken_by.format(person=taken_by) if taken_by and case.status not in AT_REST else said.alert_gone
        )
        return Decision(case, (alerts.tell(case, person, text, "late"),))
    overdue = frozenset(want for want in case.wants if want.startswith(TASK))
    if case.kept and person == case.owner and overdue:
        return _answered(case, person, overdue, world)
    taken = replace(
        ladder.lose(case), status=status, owner=person, taken=world.now, acknowledge_by=None, ownerless=0, night=0
    )
    effects: list[Effect] = [CancelTimer(f"rung:{case.rung}")]
    out = excluded(case, world.people)
    effects.extend(alerts.take_back((alerted for alerted in case.alerted if alerted.person in out), world))
    effects.extend(alerts.take_back(case.told, world, FALLBACK))
    for alerted in case.alerted:
        other = alerted.person
        if other in out:
            continue
        heard = world.phrases_of(other)
        name = world.name(person, heard.somebody)
        text = heard.alert_you_took if other == person else heard.alert_taken_by.format(person=name)
        effects.append(alerts.settle(taken, other, alerted.rung, text, world))
    before = case.owner if case.status is Status.HANDED_OVER and case.kept else None
    if before is not None and before != person:
        effects.append(alerts.tell(taken, before, world.phrases_of(before).handed_over, "handed"))
    told = world.phrases_of(case.reporter)
    text = told.taken.format(person=world.name(person, told.somebody))
    effects.append(alerts.tell(taken, case.reporter, text, "taken"))
    effects.append(BeginPlaybook(person))
    return Decision(taken, tuple(effects), (Noted("taken", person, f"rung {case.rung}"),))


def _answered(case: Case, owner: PersonId, overdue: frozenset[str], world: World) -> Decision:
    """The owner answers, and what is overdue is still to be done."""
    text = world.phrases_of(owner).alert_you_took
    closed = (alerts.settle(case, owner, a.rung, text, world) for a in case.alerted if a.person == owner)
    return Decision(replace(case, wants=overdue), tuple(closed), (Noted("answered", owner),))


def note_fallback(case: Case, person: PersonId, world: World) -> Decision:
    text = world.phrases_of(person).fallback_noted
    shown = [told.rung for told in case.told if told.person == person]
    closed = tuple(alerts.close_alert(person, rung, text, FALLBACK) for rung in shown)
    return Decision(case, closed, (Noted("noted", person),))


def widen(case: Case, person: PersonId | None, asked: int, world: World) -> Decision:
    said = world.phrases_of(case.reporter)
    if case.status not in UNTAKEN:
        return Decision(case, (alerts.tell(case, case.reporter, said.knowing.name_no_more, "waiting"),))
    if person is None or person not in case.asked or person not in askable(case, world.people, world.now):
        waiting = alerts.tell(case, case.reporter, said.ask_more_waiting, "waiting")
        return Decision(case, (waiting,), (Noted("not_widened"),))
    consent = replace(case.consent, persons=case.consent.persons | {person})
    thanks = said.ask_more_thanks.format(person=world.name(person, said.somebody))
    chosen = Message(f"{said.ask_more}\n\n✓ {world.name(person, said.somebody)}")
    widened = Decision(
        replace(case, consent=consent, ownerless=0),
        (
            Update(case.reporter, chosen, alerts.slot(alerts.ASK_MORE, asked)),
            alerts.tell(case, case.reporter, thanks, "widened"),
        ),
        (Noted("widened", person),),
    )
    return widened.then(ladder.climb(widened.case, world, told=False))


def helper(case: Case, actor: PersonId | None, world: World) -> PersonId | None:
    """Who is asked for help: a second person who may know; else the fallback."""
    if case.status in AT_REST:
        return None
    rungs = [p for p in recipients(case, world.people, world.now) if p not in (actor, case.owner)]
    others = rungs or [p for p in fallbacks(case, world.people, world.now, world.rules.fallback) if p != actor]
    return next(iter(others), None)


def help_wanted(case: Case, task: str, actor: PersonId | None, world: World) -> Decision:
    """Whoever may see the case opens it from here; the fallback hears that the owner wants help, and no more."""
    if case.status in AT_REST:
        return Decision(case)
    noted = (Noted("help_wanted", actor, task),)
    person = helper(case, actor, world)
    if person is None:
        return Decision(case, (), noted)
    said = world.phrases_of(person)
    text = said.help_wanted.format(who=world.name(actor, said.somebody), reference=case.reference)
    case = replace(case, helped=tuple(dict.fromkeys((*case.helped, person))))
    if not may(case, person, Action.SEE_CASE, world.people):
        return Decision(case, (alerts.tell(case, person, text, "help"),), noted)
    opens, token = (Choice(alerts.OPEN, said.card_open),), alerts.token(case, alerts.CARD, case.revision)
    told = Message(text, asks=Asks.ONE, choices=opens, token=token)
    return Decision(case, (Send(person, told, Slot(f"help:{case.revision}:{person}")),), noted)
