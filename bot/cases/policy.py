"""Who is told, and who reads what. Two functions, and nothing else decides it.

`recipients`:
Rule 1. The ladder is manager, manager's deputy, persons added by name, safety representatives, HR, whistleblower unit,
        each with deputies: within what the reporter consented to.
Rule 2. Never the accused, never who reports to the accused, never the reporter; nobody absent or not reachable. For the
        fallback and for whoever is called, a mail is enough: the last rung does not hang on a chat.
Rule 3. Beyond those ticked the reporter is asked first: the managers above, HR, safety representatives, in that order.
Rule 4. The fallback learns that a case has no owner: level and reference, no name, no words. It is the person of the
        settings, or the next role holder who is not excluded.

`reveal`:
Rule 5. Who reads an answer is in its `visible_to` AND ticked in a consent AND not excluded. A role that was not chosen
        opens nothing, even to somebody who was chosen in another.
Rule 6. Reporters read their own answers; what others recorded only where it lists `reporter`.
Rule 7. A draft is read by its writer alone, and so is what was taken back.
Rule 8. Who only reads, by the reporter's yes, reads while the case is open what the owner may read of what was told by
        whoever reported it: no notes of those who handle it.
Rule 9. A reporter without a name has one only for those whom the rules of `identity.py` let know it.
"""

from __future__ import annotations

from datetime import datetime

from bot.cases.case import AT_REST, Case, Status
from bot.cases.people import excluded, holders, left_out, readers, roles_of, ticked
from bot.core.people import People, PersonId, Role
from bot.core.session import Given

LADDER = (Role.MANAGER, Role.SAFETY_REP, Role.HR, Role.WHISTLEBLOWER_UNIT)


def recipients(case: Case, people: People, now: datetime) -> tuple[PersonId, ...]:
    """The ladder within the reporter's consent, nearest first."""
    rungs: list[PersonId] = []
    for role in LADDER:
        if role in case.consent.roles:
            rungs.extend(holders(case, role, people))
        if role is Role.MANAGER:
            rungs.extend(sorted(case.consent.persons))
    return _may_be_told(tuple(rungs), case, people, now)


def askable(case: Case, people: People, now: datetime) -> tuple[PersonId, ...]:
    """Whom the reporter may let know when those ticked do not react, nearest first."""
    line = () if case.accused_unresolved else people.chain(case.reporter)
    held = (*people.holders(Role.HR), *people.holders(Role.SAFETY_REP), *people.holders(Role.WHISTLEBLOWER_UNIT))
    more = _may_be_told((*line, *held), case, people, now)
    known = ticked(case, people) | left_out(case, people)
    return tuple(p for p in more if p not in known)


def fallbacks(case: Case, people: People, now: datetime, configured: PersonId | None) -> tuple[PersonId, ...]:
    """Who learns that a case has no owner, the first one first."""
    first = (configured,) if configured is not None else ()
    held = (Role.HR, Role.SAFETY_REP, Role.WHISTLEBLOWER_UNIT, Role.ON_CALL)
    rest = tuple(person for role in held for person in people.holders(role))
    candidates = _may_be_told(people.with_deputies((*first, *rest)), case, people, now, by_mail=True)
    # who was left out knows whose case it is: only where nobody else is there
    out = left_out(case, people)
    return tuple(p for p in candidates if p not in out) or candidates


def on_call(case: Case, people: People, now: datetime) -> tuple[PersonId, ...]:
    """Who is called when danger is now and the reporter agreed."""
    if Role.ON_CALL not in case.consent.roles:
        return ()
    return _may_be_told(people.holders(Role.ON_CALL), case, people, now, by_mail=True)


def _may_be_told(
    candidates: tuple[PersonId, ...], case: Case, people: People, now: datetime, *, by_mail: bool = False
) -> tuple[PersonId, ...]:
    out = excluded(case, people) | {case.reporter}
    found = []
    for candidate in dict.fromkeys(candidates):
        person = people.get(candidate)
        if person is None or candidate in out or not person.present(now):
            continue
        if person.reachable or (by_mail and person.mailable):
            found.append(candidate)
    return tuple(found)


def reveal(reader: PersonId, given: Given, writer: PersonId, case: Case, people: People) -> bool:
    """Whether a person may read an answer: the one place that decides."""
    if reader == writer:
        return True
    if case.status is Status.DRAFT:
        return False
    if reader == case.reporter:
        # the reporter may well report to the accused
        return Role.REPORTER in given.readers
    if case.status is Status.WITHDRAWN:
        return False
    if reader in ticked(case, people) and roles_of(case, reader, people) & given.readers:
        return True
    told = case.status not in AT_REST and writer in (case.reporter, case.witness) and Role.OWNER in given.readers
    return told and reader in readers(case, people)


def knows_name(reader: PersonId, case: Case, people: People) -> bool:
    """Whether a person may know who reported."""
    if reader == case.reporter:
        return True
    if case.consent.without_name and reader not in case.name_told:
        return False
    return reader in ticked(case, people) or reader in readers(case, people)
