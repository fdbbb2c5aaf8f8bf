"""Who may be told and who may read what, worked out a second time: from the answers as they stand, not from the case.

Rule 1. Accused is whom any answer that `means: accused` names; excluded too is whoever stands below them in the chart,
        and whoever is declared a partner of one of them, by either.
Rule 2. Ticked is what the reporter ticked in any consent, all together, and whom they added by name. Nobody excluded,
        never the reporter.
Rule 3. An answer is read by its writer, by the reporter where it lists `reporter`, and by a ticked person: as owner, or
        in a role that was ticked (a person added by name: in every role they hold), if it lists that role.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from bot.cases.case import CaseFile, Status
from bot.core.answers import Answer, Many, One, Someone
from bot.core.people import HELD_ROLES, People, PersonId, Role
from bot.core.session import Given, Session
from bot.flow.model import Flow
from bot.runtime.view import Setting
from bot.steps import Ask, Choose, Consent
from bot.steps.base import Means


@dataclass(frozen=True)
class Truth:
    """One case at one moment."""

    file: CaseFile
    setting: Setting

    @property
    def people(self) -> People:
        return self.setting.people

    @property
    def reporter(self) -> PersonId:
        return self.file.case.reporter

    @property
    def draft(self) -> bool:
        return self.file.case.opened is None

    def accused(self) -> set[PersonId]:
        found: set[PersonId] = set()
        for talk in self.file.sessions.values():
            for question, given in asked(talk, self.setting):
                if question.means is Means.ACCUSED and not given.kept:
                    found |= self._named(given.answer, talk.person)
        return found

    def unresolved(self) -> bool:
        """Somebody inside did it, and nobody is named."""
        for talk in self.file.sessions.values():
            for question, given in asked(talk, self.setting):
                if question.means is Means.ACCUSED and not given.kept and not self._named(given.answer, talk.person):
                    if isinstance(question, Ask) or "manager" in options(given.answer):
                        return True
        return False

    def excluded(self) -> set[PersonId]:
        out = set(self.accused())
        while more := {p.id for p in self.people if p.manager in out and p.id not in out and p.manager != p.id}:
            out |= more
        accused = self.accused()
        declared = {(p.id, other) for p in self.people for other in p.conflicts}
        return out | {b for a, b in declared if a in accused} | {a for a, b in declared if b in accused}

    def _named(self, answer: Answer, speaker: PersonId) -> set[PersonId]:
        if isinstance(answer, Someone):
            return {answer.person} if answer.person is not None else set()
        above = self.people.by_id[speaker].manager
        known = above in self.people.by_id and above != speaker
        return {above} if "manager" in options(answer) and known and above is not None else set()

    def roles(self) -> set[Role]:
        ticked: set[Role] = set()
        for talk in self.file.sessions.values():
            if talk.person == self.reporter:
                for question, given in asked(talk, self.setting):
                    if isinstance(question, Consent) and not given.kept:
                        ticked |= {Role(o) for o in options(given.answer) if o not in ("nobody", "without_name")}
        return ticked

    def nameless(self) -> bool:
        return any(
            "without_name" in options(given.answer) and isinstance(question, Consent) and not given.kept
            for talk in self.file.sessions.values()
            for question, given in asked(talk, self.setting)
        )

    def holders(self, role: Role) -> set[PersonId]:
        if role is Role.MANAGER:
            above = self.people.by_id[self.reporter].manager
            held = {above} if above is not None and above != self.reporter and not self.unresolved() else set()
        else:
            held = {p.id for p in self.people if role in p.roles}
        held &= set(self.people.by_id)
        deputies = {self.people.by_id[p].deputy for p in held}
        return held | {d for d in deputies if d is not None and d in self.people.by_id}

    def ticked(self) -> set[PersonId]:
        chosen = {person for role in self.roles() for person in self.holders(role)}
        return (chosen | self.file.case.consent.persons) - self.excluded() - {self.reporter}

    def may_read(self, reader: PersonId, given: Given, writer: PersonId) -> bool:
        if reader == writer:
            return True
        if self.draft:
            return False
        if reader == self.reporter:
            return Role.REPORTER in given.readers
        if self.file.case.status is Status.WITHDRAWN:
            return False
        if Role.OWNER in given.readers and writer in (self.reporter, self.file.case.witness) and self.lets_read(reader):
            return True
        if reader not in self.ticked():
            return False
        named = reader in self.file.case.consent.persons
        mine = {r for r in HELD_ROLES if (r in self.roles() or named) and reader in self.holders(r)}
        if reader == self.file.case.owner:
            mine.add(Role.OWNER)
        return bool(mine & given.readers)

    def knows_name(self, reader: PersonId) -> bool:
        told = reader in self.file.case.name_told
        chosen = reader in self.ticked() or self.lets_read(reader)
        return reader == self.reporter or (chosen and (told or not self.nameless()))

    def lets_read(self, reader: PersonId) -> bool:
        """The reporter said yes to this person, and the case is open."""
        gone = over(self.file) or self.draft or reader in self.excluded() | self.file.case.recused
        return reader in self.file.case.consent.readers and reader != self.reporter and not gone

    def readable(self, reader: PersonId) -> dict[tuple[str, str], Answer]:
        """All answers that a person may read."""
        return {
            (talk.id, name): given.answer
            for talk in self.file.sessions.values()
            for name, given in talk.answers.items()
            if not given.kept and self.may_read(reader, given, talk.person)
        }

    def may_be_alerted(self, now: datetime) -> set[PersonId]:
        """Whoever could take the case or at least look after it: there, to be reached, not involved."""
        held = {person for role in HELD_ROLES for person in self.holders(role)}
        fallback = self.setting.rules.fallback
        more = {fallback} if fallback is not None else set()
        deputies = {self.people.by_id[p].deputy for p in more if p in self.people.by_id}
        everybody = self.ticked() | held | more | {d for d in deputies if d is not None}
        free = everybody & set(self.people.by_id) - self.excluded() - {self.reporter}
        return {p for p in free if self.people.by_id[p].addresses and there(self.people, p, now)}


def there(people: People, person: PersonId, now: datetime) -> bool:
    return not any(away.start <= now and (away.end is None or now < away.end) for away in people.by_id[person].away)


def options(answer: Answer) -> tuple[str, ...]:
    return (answer.option,) if isinstance(answer, One) else answer.options if isinstance(answer, Many) else ()


def asked(talk: Session, setting: Setting) -> Iterator[tuple[Ask | Choose | Consent, Given]]:
    """Each question of a talk that was answered, with its answer."""
    for key, given in talk.answers.items():
        name, _, question = key.partition(".")
        for flow in flows_called(name, setting):
            if question in flow.questions:
                yield flow.questions[question], given
                break


def flows_called(name: str, setting: Setting) -> Iterator[Flow]:
    if name in setting.flows.current:
        yield setting.flows.current[name]
    yield from (flow for (pinned, _), flow in setting.flows.pinned.items() if pinned == name)


def over(file: CaseFile) -> bool:
    return file.case.status in (Status.CLOSED, Status.WITHDRAWN)
