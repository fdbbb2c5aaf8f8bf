"""Facts for one reader: the case cut to what `reveal` lets this person know. Pure.

Rule 1. Everything that a talk can read of other talks goes through `reveal` here, and nowhere else.
Rule 2. Nobody but the reporter is told who is left out.
Rule 3. Of a reporter without a name no answer carries it that the bot itself has named: a file, a person chosen. What
        people write in their own words stays as they wrote it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.cases.alerts import KEEP_DRAFTS, World
from bot.cases.case import Case, CaseFile, Status
from bot.cases.escalate import LadderRules
from bot.cases.handing import takers
from bot.cases.people import excluded
from bot.cases.permissions import Action, may
from bot.cases.policy import knows_name, reveal
from bot.cases.presses import helper
from bot.cases.reading import may_wish
from bot.core.answers import Answer, Files, Someone, Words
from bot.core.durations import Duration
from bot.core.facts import CaseView, Country, Facts, OtherTalk
from bot.core.files import FileRules
from bot.core.languages import LANGUAGES, phrases
from bot.core.people import People, PersonId, Role
from bot.core.reach import spoken_with
from bot.core.session import Given, Session
from bot.core.session import Status as TalkStatus
from bot.core.worktime import Site
from bot.flow.meaning import dated
from bot.flow.model import Flows
from bot.flow.tell import help_lines
from bot.runtime.detour import Patience
from bot.steps import Task


@dataclass(frozen=True, slots=True)
class Setting:
    """What is the same for every case: the organisation, its flows, people, calendar and rules."""

    flows: Flows
    people: People
    country: Country
    site: Site
    rules: LadderRules
    organisation: str
    sites: Mapping[str, Site] = field(default_factory=dict)
    language: str = "en"
    files: FileRules = field(default_factory=FileRules)
    drafts: Duration = KEEP_DRAFTS
    patience: Patience = field(default_factory=Patience)
    down: frozenset[str] = frozenset()

    def world(self, now: datetime) -> World:
        return World(
            now,
            self.people,
            self.site,
            self.rules,
            self.sites,
            self.organisation,
            self.country.emergency.number,
            self.drafts,
            self.down,
            {code: help_lines(self.country, code) for code in LANGUAGES},
        )

    def speaking(self, spoken: Mapping[PersonId, str]) -> Setting:
        """The same, with these people in these languages."""
        known = ((self.people.get(person), language) for person, language in spoken.items())
        changed = {person.id: spoken_with(person, language) for person, language in known if person is not None}
        return replace(self, people=People({**self.people.by_id, **changed})) if changed else self

    def language_of(self, person: PersonId) -> str:
        found = self.people.get(person)
        return found.language if found is not None and found.language else self.language


def facts_for(
    file: CaseFile, session: Session, setting: Setting, now: datetime, others: tuple[OtherTalk, ...] = ()
) -> Facts:
    """All that a talk may know in this turn."""
    world = setting.world(now)
    reader = session.person
    zone = world.zone_of(reader)
    told = _told(file, session, setting.people)
    return Facts(
        now=now,
        people=setting.people,
        organisation=setting.organisation,
        country=setting.country,
        site=world.site_of(reader),
        zone=zone.key,
        view=replace(_view(file.case, reader, setting.people), open_steps=_open_steps(file, session, setting)),
        shared={question: given for talk in told for question, given in talk.items()},
        told=told,
        dated=_dated(file, reader, setting, zone),
        others=others,
        takers=lambda: takers(file.case, reader, world),
        may_read_too=lambda person: may_wish(file.case, person, reader, world),
        helper=lambda: helper(file.case, reader, world),
        structures={flow: structure for talk in file.sessions.values() for flow, structure in talk.pinned.items()},
    )


def _view(case: Case, reader: PersonId, people: People) -> CaseView:
    own = reader == case.reporter
    return CaseView(
        reference=case.reference,
        level=case.level,
        opened=case.status is not Status.DRAFT,
        reporter=case.reporter if knows_name(reader, case, people) else None,
        owner=_owner(case),
        acknowledge_by=case.acknowledge_by,
        excluded=excluded(case, people) if own else frozenset(),
        no_line_manager=case.accused_unresolved,
    )


def _open_steps(file: CaseFile, session: Session, setting: Setting) -> tuple[str, ...]:
    """The required tasks that wait, for those alone who may know how far the case is."""
    if not may(file.case, session.person, Action.ACT, setting.people) or session.person == file.case.reporter:
        return ()
    found = []
    for talk in (talk for talk in file.sessions.values() if talk.status is not TalkStatus.ENDED):
        for key in (key for key, task in talk.tasks.items() if not task.state.settled):
            name, _, word = key.partition(".")
            flow = setting.flows.get(name, talk.pinned.get(name))
            step = flow.step(word)
            if isinstance(step, Task) and step.required:
                found.append(flow.say(step.text, session.language))
    return tuple(found)


def _owner(case: Case) -> PersonId | None:
    """Who has the case, or is asked first; of a fallback nobody is told, since it only knows that there is a case."""
    if case.gap:
        return None
    return case.owner if case.kept else case.waited_for


def _told(file: CaseFile, session: Session, people: People) -> tuple[dict[str, Given], ...]:
    """What the case's other talks tell this reader, each by itself."""
    talks: list[dict[str, Given]] = []
    for other in file.sessions.values():
        if other.id == session.id:
            continue
        shared: dict[str, Given] = {}
        alike: dict[frozenset[Role], bool] = {}  # answers of one talk with the same readers are told alike
        for question, given in other.answers.items():
            if given.readers not in alike:
                alike[given.readers] = reveal(session.person, given, other.person, file.case, people)
            if alike[given.readers] and not given.kept:
                shared[question] = given
        if shared:
            talks.append(shared)
    if knows_name(session.person, file.case, people):
        return tuple(talks)
    reporter, employee = file.case.reporter, phrases(session.language).the_employee
    return tuple(
        {q: replace(g, answer=_nameless(g.answer, reporter, employee)) for q, g in talk.items()} for talk in talks
    )


def _nameless(answer: Answer, reporter: PersonId, employee: str) -> Answer:
    """An answer of a reporter without a name: a file's own name may tell it, and so does choosing oneself."""
    match answer:
        case Someone(person) if person == reporter:
            return Words(employee)
        case Files(files):
            kinds = (file.media_type.rpartition("/")[2] for file in files)
            names = (f"{number}.{kind}" for number, kind in enumerate(kinds, 1))
            return Files(tuple(replace(file, name=name) for file, name in zip(files, names, strict=True)))
        case _:
            return answer


def _dated(file: CaseFile, reader: PersonId, setting: Setting, zone: ZoneInfo) -> dict[str, datetime]:
    found: dict[str, datetime] = {}
    for other in file.sessions.values():
        for means, (question, moment) in dated(setting.flows, other, zone).items():
            if reveal(reader, other.answers[question], other.person, file.case, setting.people):
                found[means.value] = moment
    return found
