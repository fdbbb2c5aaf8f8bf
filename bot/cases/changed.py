"""What it makes of a case that the people have changed: somebody left, has another manager, role or partner.

Rule 1. A case at rest is left alone. Where nothing has changed for it, nothing happens: no message, no line.
Rule 2. Of whoever has left or is excluded by now, all of the case is taken off the screen, without a word.
Rule 3. An owner who has left, is excluded, may know no more or cannot be reached loses the case to the next rung. The
        reporter hears it without a reason, which may be a private one. A fallback loses it in silence.
Rule 4. With nobody else to tell, a case that waits already waits on: its timer tries again.
Rule 5. A reporter's leaving ends no case: what was told still counts, and others may be in danger. The owner hears it,
        once, but only one who knows the name: to anybody else, who left on that day would be the name.
Rule 6. Who was a declared partner of somebody accused stays one, whoever leaves.
"""

from __future__ import annotations

from dataclasses import replace

from bot.cases import alerts, ladder
from bot.cases.alerts import World
from bot.cases.case import AT_REST, UNTAKEN, Case
from bot.cases.ladder import Decision, Noted
from bot.cases.people import excluded, involved, partners, ticked
from bot.cases.policy import knows_name
from bot.core.effects import Delete
from bot.core.people import People, PersonId


def people_changed(case: Case, world: World) -> Decision:
    if case.status in AT_REST:
        return Decision(case)
    cleared = clear(replace(case, partners=partners(case, world.people)), world)
    moved = cleared.then(owner_lost(cleared.case, world))
    return moved.then(of_reporter(moved.case, world))


def clear(case: Case, world: World) -> Decision:
    """Nothing of the case stays with those who were told and have left or are excluded; they are asked no more."""
    told = (*(a.person for a in case.alerted), *(t.person for t in case.told), *case.paged, *case.helped)
    seen = (*told, *sorted(case.consent.readers))
    gone = frozenset(person for person in seen if _is_out(person, case, world.people))
    kept = replace(
        case,
        alerted=tuple(a for a in case.alerted if a.person not in gone),
        told=tuple(t for t in case.told if t.person not in gone),
        paged=tuple(person for person in case.paged if person not in gone),
        helped=tuple(person for person in case.helped if person not in gone),
        consent=replace(case.consent, readers=case.consent.readers - gone),
    )
    return Decision(kept, tuple(Delete(person) for person in dict.fromkeys(seen) if person in gone))


def _is_out(person: PersonId, case: Case, people: People) -> bool:
    return people.get(person) is None or person in involved(case, people)


def owner_lost(case: Case, world: World) -> Decision:
    """Rule 3; and help that is gone is passed by."""
    owner = world.people.get(case.owner)
    there = owner is not None and owner.reachable
    if there and not may_own_no_more(case, world):
        left = case.helper is not None and _is_out(case.helper, case, world.people)
        return ladder.silence(case, world) if left else Decision(case)
    if case.gap:
        return ladder.silence(case, world, lost=True) if ladder.can_open(case, world) else Decision(case)
    text = world.phrases_of(case.reporter).owner_gone
    told = Decision(case, (alerts.tell(case, case.reporter, text, "owner_gone"),))
    return told.then(ladder.silence(case, world, lost=True))


def may_own_no_more(case: Case, world: World) -> bool:
    """The owner is involved, or none of those ticked any more: a line manager while an insider stays unresolved."""
    known = ticked(case, world.people)
    return case.owner in excluded(case, world.people) or (not case.gap and case.owner not in known)


def of_reporter(case: Case, world: World) -> Decision:
    """Rule 5: whether the reporter can be written to, told to the owner who has the case."""
    reporter = world.people.get(case.reporter)
    if reporter is not None and reporter.reachable:
        return Decision(replace(case, unreached=False))
    owner = case.owner
    if case.unreached or owner is None or case.status in (AT_REST | UNTAKEN):
        return Decision(case)
    if not knows_name(owner, case, world.people):
        return Decision(case)
    text = world.phrases_of(owner).reporter_gone.format(reference=case.reference)
    told = alerts.tell(case, owner, text, "reporter_gone")
    return Decision(replace(case, unreached=True), (told,), (Noted("reporter_gone", case.reporter),))
