"""Who may know what of a case, and why: for the simulator, and for the reporter's *who can see this?*

Rule 1. It decides nothing: `reveal`, `knows_name` and `relations` do, and this says in closed words what they decided.
Rule 2. It is shown to nobody at work: who is left out, and why, would itself be a trace.
Rule 3. Reasons to be left out come first; then being chosen; then having been told of a call, an alert or a gap.
Rule 4. Of several reasons to be chosen the nearest on the ladder is told, a holder's own before a deputy's.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from bot.cases.case import AT_REST, Case, Status
from bot.cases.people import holders, involved, readers, roles_of, ticked
from bot.cases.permissions import Relation, relations
from bot.cases.policy import LADDER, knows_name
from bot.core.people import People, PersonId, Role


class Sees(StrEnum):
    OWN = "own"  # what this person told
    WORDS = "words"  # answers that are meant for one of this person's roles in the case
    CASE = "case"  # reference, level and status; no answer before the case is this person's own
    CALL = "call"  # that somebody is to be called at once
    NO_OWNER = "no_owner"  # that some case has nobody
    NOTHING = "nothing"


class Why(StrEnum):
    """`role` and `of` of an Explained say what it hangs on."""

    REPORTER = "reporter"
    ACCUSED = "accused"
    BELOW_ACCUSED = "below_accused"  # reports to `of`, who is accused
    PARTNER = "partner"  # declared partner of `of`, who is accused; of nobody who is left here where `of` is None
    RECUSED = "recused"  # said that they cannot take it
    TICKED = "ticked"  # holds `role`
    DEPUTY = "deputy"  # stands in for `of`, who holds `role`
    NAMED = "named"
    READER = "reader"  # is to read what was told, by the reporter's yes, and nothing else
    PAGED = "paged"
    ALERTED = "alerted"  # was asked once, and is not among those chosen any more
    FALLBACK = "fallback"
    LINE_LEFT_OUT = "line_left_out"  # a line manager, or the deputy of one, while an insider stays unresolved
    DRAFT = "draft"  # nothing is sent yet; `role` and `of` where the person is chosen already
    AT_REST = "at_rest"  # chosen, and never needed before the case was over
    NARROWED = "narrowed"  # had heard of it, and was left out later by the reporter
    NOT_CHOSEN = "not_chosen"


@dataclass(frozen=True, slots=True)
class Explained:
    """`opens` are the roles whose answers this person reads; `knows_name` whether the reporter has a name there;
    `has_read` whether this person has seen what was told."""

    person: PersonId
    sees: Sees
    why: Why
    role: Role | None = None
    of: PersonId | None = None
    knows_name: bool = False
    opens: frozenset[Role] = frozenset()
    has_read: bool = False


@dataclass(frozen=True, slots=True)
class _Because:
    why: Why
    role: Role | None = None
    of: PersonId | None = None


def explain(case: Case, people: People) -> tuple[Explained, ...]:
    """Every person of the chart, in its order."""
    return tuple(_person(case, person.id, people) for person in people)


def once_sent(case: Case, first: PersonId | None) -> Case:
    """A draft as it would stand when it is sent now, `first` being whom the ladder asks."""
    return replace(case, status=Status.OPENED, owner=first)


def _person(case: Case, person: PersonId, people: People) -> Explained:
    if person == case.reporter:
        return Explained(person, Sees.OWN, Why.REPORTER, knows_name=True, opens=frozenset({Role.REPORTER}))
    sees, opens = _sees(case, person, people)
    because = _because(case, person, sees, people)
    told = sees is not Sees.NOTHING and knows_name(person, case, people)
    return Explained(person, sees, because.why, because.role, because.of, told, opens, person in case.read_by)


def _sees(case: Case, person: PersonId, people: People) -> tuple[Sees, frozenset[Role]]:
    opens = roles_of(case, person, people)
    if person not in ticked(case, people):
        opens = frozenset()
    if person in readers(case, people):
        opens |= {Role.OWNER}
    if opens and case.status not in AT_REST:  # nobody opens it at rest
        return Sees.WORDS, opens
    found = relations(case, person, people)
    if found & {Relation.OWNER, Relation.ALERTED, Relation.TICKED}:
        return Sees.CASE, frozenset()
    if Relation.PAGED in found:
        return Sees.CALL, frozenset()
    return (Sees.NO_OWNER if Relation.TOLD in found else Sees.NOTHING), frozenset()


def _because(case: Case, person: PersonId, sees: Sees, people: People) -> _Because:
    if person in case.accused:
        return _Because(Why.ACCUSED)
    if person in involved(case, people):
        return _left_out(case, person, people)
    if person in case.recused:
        return _Because(Why.RECUSED)
    chosen = _chosen(case, person, people)
    if sees in (Sees.WORDS, Sees.CASE) and chosen is not None:
        return chosen
    match sees:
        case Sees.CASE:
            return _Because(Why.ALERTED)
        case Sees.CALL:
            return _Because(Why.PAGED, Role.ON_CALL)
        case Sees.NO_OWNER:
            return _Because(Why.FALLBACK)
        case _:
            return _nothing(case, person, chosen, people)


def _left_out(case: Case, person: PersonId, people: People) -> _Because:
    over = next((a for a in sorted(case.accused) if person in people.below(a)), None)
    if over is not None:
        return _Because(Why.BELOW_ACCUSED, of=over)
    partner = next((a for a in sorted(case.accused) if person in people.partners_of(a)), None)
    return _Because(Why.PARTNER, of=partner)


def _nothing(case: Case, person: PersonId, chosen: _Because | None, people: People) -> _Because:
    line = _line(case, person, people)
    if chosen is None and line is not None:
        return line
    if chosen is None and person in case.narrowed:
        return _Because(Why.NARROWED)
    if case.status is Status.DRAFT:
        return _Because(Why.DRAFT, chosen.role, chosen.of) if chosen is not None else _Because(Why.DRAFT)
    return _Because(Why.AT_REST, chosen.role, chosen.of) if chosen is not None else _Because(Why.NOT_CHOSEN)


def _chosen(case: Case, person: PersonId, people: People) -> _Because | None:
    """Why the reporter's choice holds this person, for one who is not left out."""
    found: list[_Because] = []
    for role in (*LADDER, Role.ON_CALL):
        if role in case.consent.roles and person in holders(case, role, people):
            of = _stands_in_for(case, person, role, people)
            if of is None:
                return _Because(Why.TICKED, role)
            found.append(_Because(Why.DEPUTY, role, of))
    if person in case.consent.persons:
        return _Because(Why.NAMED)
    if person in case.consent.readers:
        found.append(_Because(Why.READER))
    return found[0] if found else None


def _stands_in_for(case: Case, person: PersonId, role: Role, people: People) -> PersonId | None:
    """The holder whose deputy this is; None for a holder."""
    manager = (case.consent.manager,) if case.consent.manager is not None else ()
    own = manager if role is Role.MANAGER else people.holders(role)
    if person in own:
        return None
    # a manager who has left has no deputy any more but the one who was shown
    return next((other for other in own if people.deputy_of(other) == person), case.consent.manager)


def _line(case: Case, person: PersonId, people: People) -> _Because | None:
    """Whether this person stands over the reporter, or stands in for one who does, while an insider is unresolved."""
    if not case.accused_unresolved:
        return None
    shown = case.consent.manager
    line = (*people.chain(case.reporter), *((shown,) if shown is not None else ()))
    if person in line:
        return _Because(Why.LINE_LEFT_OUT, Role.MANAGER)
    of = next((above for above in line if people.deputy_of(above) == person), None)
    return _Because(Why.LINE_LEFT_OUT, Role.MANAGER, of) if of is not None else None
