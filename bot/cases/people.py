"""Who is who in a case, along the chart.

Rule 1. Involved is whoever is accused, everybody who reports to somebody accused, however far below, and the declared
        partners of somebody accused, whichever of the two declared it. Somebody accused who has left the chart still
        stands over those whom it puts below, and whoever was a partner when the case learned of it stays one.
        Who reports to a partner is not: they owe the accused nothing, and a whole team left out would tell.
        Excluded is who is involved, and who said that they cannot take the case.
Rule 2. A ticked role includes its deputies. `manager` is the one who was shown by name; when that one has left, the
        deputy who was shown beside still counts.
Rule 3. While an insider stays unresolved, no line manager counts: only impartial roles that the reporter picked.
Rule 4. A person acts in the roles that the reporter chose; who was added by name, in each role of that person's.
Rule 5. Whom the reporter left out later is nobody to the case any more, unless chosen again.
Rule 6. Who only reads has no role in the case, and is never asked to take it.
"""

from __future__ import annotations

from bot.cases.case import Case, Consent
from bot.core.people import HELD_ROLES, People, PersonId, Role


def involved(case: Case, people: People) -> frozenset[PersonId]:
    """Who must never learn of this case."""
    out = people.around(case.accused)
    return out if case.partners <= out else out | case.partners


def partners(case: Case, people: People) -> frozenset[PersonId]:
    """Declared partners of those accused: as they are now, and as the case knew them before."""
    return case.partners.union(*(people.partners_of(accused) for accused in case.accused))


def excluded(case: Case, people: People) -> frozenset[PersonId]:
    """Who may learn nothing more of this case."""
    return involved(case, people) | case.recused


def holders(case: Case, role: Role, people: People) -> tuple[PersonId, ...]:
    """Who a ticked role stands for in this case, before anybody is left out."""
    if role is Role.MANAGER:
        manager, deputy = case.consent.manager, people.get(case.consent.deputy)
        if manager is None or case.accused_unresolved:
            return ()
        if people.get(manager) is None:
            return (deputy.id,) if deputy is not None else ()
        return people.with_deputies((manager,))
    return people.standing_for(role) if role in HELD_ROLES else ()


def consent_of(
    case: Case, roles: frozenset[Role], persons: frozenset[PersonId], people: People, *, without_name: bool
) -> Consent:
    """What is consented to: with `manager`, who was shown by name before, else who is the manager now."""
    manager, deputy = case.consent.manager, case.consent.deputy
    if Role.MANAGER not in roles:
        manager = deputy = None
    elif manager is None:
        manager = people.manager_of(case.reporter)
        deputy = people.deputy_of(manager) if manager is not None else None
    return Consent(roles, manager, persons, without_name, deputy, case.consent.readers)


def ticked(case: Case, people: People) -> frozenset[PersonId]:
    """Everybody whom the reporter chose to tell and who may be told."""
    chosen = (holders(case, role, people) for role in case.consent.roles)
    return case.consent.persons.union(*chosen) - excluded(case, people) - {case.reporter}


def readers(case: Case, people: People) -> frozenset[PersonId]:
    """Everybody who may read what was told by a yes of the reporter's to them alone."""
    return case.consent.readers - excluded(case, people) - {case.reporter} if case.consent.readers else frozenset()


def left_out(case: Case, people: People) -> frozenset[PersonId]:
    """Who had heard of the case, and was left out later by the reporter."""
    return case.narrowed - ticked(case, people) - readers(case, people) if case.narrowed else frozenset()


def roles_of(case: Case, person: PersonId, people: People) -> frozenset[Role]:
    """The roles that a person has in this case: those that were ticked, or all of one who was added by name."""
    counted = HELD_ROLES if person in case.consent.persons else HELD_ROLES & case.consent.roles
    found = {role for role in counted if person in holders(case, role, people)}
    if person == case.reporter:
        found.add(Role.REPORTER)
    if person == case.owner:
        found.add(Role.OWNER)
    return frozenset(found)
