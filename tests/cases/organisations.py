"""Random organisations and cases in them, for property tests; and who is who in them, told a second time.

The charts have cycles, gaps, absences, double roles, deputies and partners of themselves, people who cannot be reached. The rules
here are written from the design's words, not from the code: they share nothing with `bot.cases` but the data.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from functools import cached_property
from random import Random

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from bot.cases.alerts import World
from bot.cases.case import Case, Consent
from bot.cases.escalate import LadderRules
from bot.core.ids import CaseId
from bot.core.levels import Level
from bot.core.people import Absence, Address, People, Person, PersonId, Role
from bot.core.worktime import Hours, Site

#: A Monday morning.
NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
HOURS = Hours.of({day: [(time(9), time(17))] for day in range(5)})
SITE = Site("main", "Europe/Copenhagen", HOURS)
#: For property tests here: as many examples as a run of all tests has time for, on a busy machine too.
unhurried = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
#: Whom the chart points at and who is not in it.
GONE = PersonId("gone")
MOST = 30
#: What "a whole organisation" means here.
CROWD = 500

HELD = (Role.HR, Role.SAFETY_REP, Role.WHISTLEBLOWER_UNIT, Role.ON_CALL)
TICKABLE = (Role.MANAGER, *HELD)

_AWAY = (
    (),
    (),
    (Absence(NOW - timedelta(days=2), NOW + timedelta(hours=5)),),
    (Absence(NOW - timedelta(days=9), NOW), Absence(NOW + timedelta(days=1), NOW + timedelta(days=4))),
)


def ident(number: int) -> PersonId:
    return PersonId(f"p{number:03}")


def name_of(number: int) -> str:
    """A name that no text of the bot's contains, and none within another."""
    return f"Quillxon{number:03} Vexbrood{number:03}"


def _read(number: int, size: int) -> tuple[int, int, frozenset[Role], int, bool, bool, int]:
    """One person out of one number, since drawing is slow: 0 is somebody with nobody above, without a role."""
    number, manager = divmod(number, size + 2)
    number, deputy = divmod(number, size + 2)
    number, roles = divmod(number, 3 * 2 ** len(HELD))
    number, away = divmod(number, len(_AWAY))
    number, reachable = divmod(number, 4)
    number, danish = divmod(number, 2)
    # one of four has declared a partner
    number, partner = divmod(number, 4 * (size + 2))
    # two of three hold no role at all
    held = frozenset(role for bit, role in enumerate(HELD) if roles % 3 == 2 and roles // 3 >> bit & 1)
    return manager - 1, deputy - 1, held, away, reachable != 3, danish == 1, partner // 4 if partner % 4 == 3 else -1


@st.composite
def organisations(draw: st.DrawFn, least: int = 1) -> People:
    """A chart of up to 30 people."""
    size = draw(st.integers(least, 8) | st.integers(least, MOST))
    return made_of(draw(st.lists(st.integers(0, 2**40), min_size=size, max_size=size)))


@st.composite
def crowds(draw: st.DrawFn) -> People:
    """A chart of up to 500 people, of one number: drawing each of them takes too long."""
    dice = Random(draw(st.integers(0, 2**32)))
    return made_of([dice.randrange(2**40) for _ in range(draw(st.integers(MOST, CROWD)))])


def made_of(numbers: Sequence[int]) -> People:
    """A person of each number."""
    size = len(numbers)
    pointed = [*(ident(number) for number in range(size)), GONE, None]
    found = {}
    for number, drawn in enumerate(numbers):
        manager, deputy, roles, away, reachable, danish, partner = _read(drawn, size)
        declared = pointed[partner]
        found[ident(number)] = Person(
            ident(number),
            name_of(number),
            manager=pointed[manager],
            deputy=pointed[deputy],
            roles=roles,
            conflicts=frozenset() if declared is None else frozenset({declared}),
            away=_AWAY[away],
            addresses=(Address("terminal", f"chat{number}"),) if reachable else (),
            language="da" if danish else "en",
        )
    return People(found)


@st.composite
def worlds(draw: st.DrawFn, least: int = 1) -> World:
    return world_of(draw, draw(organisations(least)))


@st.composite
def crowded_worlds(draw: st.DrawFn) -> World:
    return world_of(draw, draw(crowds()))


def world_of(draw: st.DrawFn, people: People) -> World:
    fallback = draw(st.sampled_from((*people.by_id, GONE, None)))
    return World(NOW, people, SITE, LadderRules(fallback=fallback), organisation="Acme")


@st.composite
def drafts(draw: st.DrawFn, people: People) -> Case:
    """A draft in which nothing is known yet."""
    return Case(CaseId("c1"), "K7Q-4M2X", draw(st.sampled_from(list(people.by_id))), NOW)


def consents(people: People) -> st.SearchStrategy[Consent]:
    anybody = st.sampled_from((*people.by_id, GONE))
    return st.builds(
        Consent,
        st.frozensets(st.sampled_from(TICKABLE)),
        st.none() | anybody,
        st.frozensets(anybody, max_size=2),
        st.booleans(),
        st.none() | anybody,
        st.frozensets(anybody, max_size=2),
    )


@st.composite
def cases(draw: st.DrawFn, people: People) -> Case:
    """A case as far as it is known who did it and who may know."""
    anybody = st.sampled_from((*people.by_id, GONE))
    return Case(
        CaseId("c1"),
        "K7Q-4M2X",
        draw(st.sampled_from(list(people.by_id))),
        NOW,
        level=draw(st.sampled_from(Level)),
        accused=draw(st.frozensets(anybody, max_size=3)),
        accused_unresolved=draw(st.sampled_from((False, False, True))),
        partners=draw(st.frozensets(anybody, max_size=1)),
        consent=draw(consents(people)),
        asked=tuple(draw(st.lists(anybody, max_size=2))),
    )


@dataclass(frozen=True)
class Told:
    """Who is who in a case, from the words of the design."""

    case: Case
    people: People
    now: datetime = NOW

    @cached_property
    def holders(self) -> dict[Role, set[PersonId]]:
        return {role: {other.id for other in self.people if role in other.roles} for role in Role}

    @cached_property
    def deputised(self) -> Mapping[PersonId, set[PersonId]]:
        """For whom each person is the deputy."""
        found = defaultdict[PersonId, set[PersonId]](set)
        for other in self.people:
            if other.deputy is not None:
                found[other.deputy].add(other.id)
        return found

    @cached_property
    def outside(self) -> dict[PersonId, bool]:
        return {}  # looked up often, and the same as long as the case and the chart are

    def is_below(self, person: PersonId, above: frozenset[PersonId]) -> bool:
        """Whether the line of managers, followed step by step, meets one of these."""
        met: set[PersonId] = set()
        step: PersonId | None = person
        while step is not None and step not in met:
            met.add(step)
            found = self.people.by_id.get(step)
            step = found.manager if found is not None else None
            if step in above:
                return True
        return False

    def out(self, person: PersonId) -> bool:
        """Accused, reporting to somebody accused, or a partner of somebody accused, now or when the case knew it."""
        if person not in self.outside:
            accused = self.case.accused
            self.outside[person] = person in accused or self.is_below(person, accused) or self.is_partner(person)
        return self.outside[person]

    def is_partner(self, person: PersonId) -> bool:
        now = any(self._declared(person, accused) or self._declared(accused, person) for accused in self.case.accused)
        return (now and person not in self.case.accused) or person in self.case.partners

    def _declared(self, one: PersonId, other: PersonId) -> bool:
        found = self.people.by_id.get(one)
        return found is not None and other in found.conflicts

    def here(self, person: PersonId) -> bool:
        """Known, present, and can be written to."""
        found = self.people.by_id.get(person)
        if found is None or not found.addresses:
            return False
        return not any(a.start <= self.now and (a.end is None or self.now < a.end) for a in found.away)

    def tellable(self, person: PersonId) -> bool:
        out = self.out(person) or person in self.case.recused
        return self.here(person) and not out and person != self.case.reporter

    def stands_for(self, person: PersonId, holders: set[PersonId]) -> bool:
        """One of these, or the deputy of one."""
        return person in holders or not self.deputised[person].isdisjoint(holders)

    def holds(self, person: PersonId, role: Role) -> bool:
        return self.stands_for(person, self.holders[role])

    def is_manager(self, person: PersonId) -> bool:
        shown = self.case.consent.manager
        if shown is None or self.case.accused_unresolved:
            return False
        if shown not in self.people.by_id:
            return person in self.people.by_id and person == self.case.consent.deputy
        return self.stands_for(person, {shown})

    def chosen(self, person: PersonId) -> bool:
        """Ticked in a consent, or added by name, and not left out."""
        consent = self.case.consent
        ticked = any(
            self.is_manager(person) if role is Role.MANAGER else self.holds(person, role) for role in consent.roles
        )
        known = person in self.people.by_id or person in consent.persons
        return known and (ticked or person in consent.persons) and not self.out(person) and person != self.case.reporter

    def may_know_name(self, person: PersonId) -> bool:
        hidden = self.case.consent.without_name and person not in self.case.name_told
        return person == self.case.reporter or (not hidden and (self.chosen(person) or self.let_read(person)))

    def let_read(self, person: PersonId) -> bool:
        """The reporter said yes to this one person reading it, who is not left out and can have it."""
        agreed = person in self.case.consent.readers and person not in self.case.recused
        return agreed and not self.out(person) and person != self.case.reporter

    def tellables(self, fallback: PersonId | None) -> set[PersonId]:
        """Who may be told of an opened case at all: those chosen, and those who look after cases without an owner."""
        rest = {person.id for person in self.people if person.roles & set(HELD)}
        if fallback is not None:
            rest.add(fallback)
        on_call = {p.id for p in self.people if self.chosen(p.id) and not self.beyond_on_call(p.id)}
        return {
            p.id
            for p in self.people
            if self.tellable(p.id) and ((self.chosen(p.id) and p.id not in on_call) or self.stands_for(p.id, rest))
        }

    def beyond_on_call(self, person: PersonId) -> bool:
        """Chosen for more than the call at once."""
        roles = self.case.consent.roles - {Role.ON_CALL}
        return person in self.case.consent.persons or any(
            self.is_manager(person) if role is Role.MANAGER else self.holds(person, role) for role in roles
        )
