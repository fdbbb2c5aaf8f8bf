"""Who is who in a case, along the chart.

Rule 1. Excluded is whoever is accused, and everybody who reports to somebody accused, however far below.
        Somebody accused who has left the chart still stands over those whom it puts below.
Rule 2. A ticked role includes its deputies. `manager` is the one who was shown by name.
Rule 3. While an insider stays unresolved, no line manager counts: only impartial roles that the reporter picked.
Rule 4. A person acts in the roles that the reporter chose; who was added by name, in each role of that person's.
"""

from __future__ import annotations

from bot.cases.case import Case
from bot.core.people import HELD_ROLES, People, PersonId, Role


def excluded(case: Case, people: People) -> frozenset[PersonId]:
    """Who must never learn of this case."""
    return case.accused.union(*(people.below(accused) for accused in case.accused))


def holders(case: Case, role: Role, people: People) -> tuple[PersonId, ...]:
    """Who a ticked role stands for in this case, before anybody is left out."""
    if role is Role.MANAGER:
        manager = case.consent.manager
        if manager is None or case.accused_unresolved or people.get(manager) is None:
            return ()
        return people.with_deputies((manager,))
    return people.standing_for(role) if role in HELD_ROLES else ()


def ticked(case: Case, people: People) -> frozenset[PersonId]:
    """Everybody whom the reporter chose to tell and who may be told."""
    chosen = (holders(case, role, people) for role in case.consent.roles)
    return case.consent.persons.union(*chosen) - excluded(case, people) - {case.reporter}


def roles_of(case: Case, person: PersonId, people: People) -> frozenset[Role]:
    """The roles that a person has in this case: those that were ticked, or all of one who was added by name."""
    counted = HELD_ROLES if person in case.consent.persons else HELD_ROLES & case.consent.roles
    found = {role for role in counted if person in holders(case, role, people)}
    if person == case.reporter:
        found.add(Role.REPORTER)
    if person == case.owner:
        found.add(Role.OWNER)
    return frozenset(found)
