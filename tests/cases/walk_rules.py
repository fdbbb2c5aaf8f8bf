"""What must hold after every step of a case, whatever happened before.

Rule 1. A status moves as its table says, a level never falls; an open case has an owner, never the reporter, nor
        somebody excluded while anybody else may be told (`check_case`).
Rule 2. Whoever has taken a case keeps it until somebody takes it, or until they may know no more (`check_owner`).
Rule 3. Silence escalates by itself: an untaken case always waits for something (`check_waiting`).
Rule 4. Readers are let in by the reporter alone, and only read (`check_readers`); an answer counts for its own
        question (`check_questions`).
Rule 5. Nothing goes to the excluded, an alert stays within the consent (`check_send`); a name is told to those chosen
        only (`check_words`).
Rule 6. Whoever was left out or has left reads nothing, and nothing waits for them (`check_left_out`, `check_people`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime

from bot.cases import alerts, sharing
from bot.cases.alerts import World
from bot.cases.case import AT_REST, MOVES, UNTAKEN, Case, Status
from bot.cases.explain import Sees, explain
from bot.cases.inputs import AnswerReader, CaseInput, ChangeConsent, MayHandOver, Take
from bot.cases.ladder import Decision
from bot.cases.permissions import Action, Relation, may, relations
from bot.cases.policy import knows_name, reveal
from bot.core.answers import One
from bot.core.case_commands import CaseCommand, SetAccused
from bot.core.effects import Begin, BeginPlaybook, Send, Update
from bot.core.languages import phrases
from bot.core.people import PersonId, Role
from bot.core.session import Given
from tests.cases.organisations import NOW, Told

SOME = 23
LOW = re.compile(r"\blow\b|\blav\b", re.IGNORECASE)


@dataclass
class Rules:
    """A case in its world, with the timers and the messages that the runtime would hold for it."""

    world: World
    case: Case
    timers: dict[str, datetime] = field(default_factory=dict)
    awaited: list[Send] = field(default_factory=list)
    steps: int = 0
    hands: dict[int, PersonId] = field(default_factory=dict)  # whom each question about a hand-over was about
    _told: Told | None = field(default=None, repr=False)

    def check(self, before: Case, decision: Decision, wish: CaseCommand | CaseInput, actor: PersonId | None) -> None:
        self.check_questions(before, decision, wish)
        self.check_case(before, wish)
        self.check_owner(before, wish)
        self.check_effects(before, decision, actor)

    def check_questions(self, before: Case, decision: Decision, wish: CaseCommand | CaseInput) -> None:
        """An answer lets in whom its own question was about; a question that is not open has no buttons."""
        case = decision.case
        if isinstance(wish, MayHandOver):
            let_in = case.consent.persons - before.consent.persons
            assert let_in <= {self.hands.get(wish.asked)}, "one person's yes is nobody else's"
        if case.handing is not None and case.handing_asked == case.revision:
            self.hands[case.revision] = case.handing
        slots = {effect.slot for effect in decision.effects if isinstance(effect, Update)}
        if before.handing is not None and (case.handing, case.handing_asked) != (before.handing, before.handing_asked):
            assert alerts.slot(alerts.HANDING, before.handing_asked) in slots
        if before.sure_asked and case.sure_asked != before.sure_asked:
            assert sharing.SURE_NOBODY in slots

    @property
    def told(self) -> Told:
        last, world = self._told, self.world
        if last is None or last.case is not self.case or last.people is not world.people or last.now != world.now:
            self._told = last = Told(self.case, world.people, world.now)
        return last

    def check_case(self, before: Case, wish: CaseCommand | CaseInput) -> None:
        case = self.case
        assert case.status is before.status or case.status in _within(before.status), (before.status, case.status)
        assert case.level.rank <= before.level.rank, "a level is never lowered"
        assert (case.id, case.reference, case.reporter) == (before.id, before.reference, before.reporter)
        if case.status is Status.DRAFT:
            assert case.owner is None
        if case.status not in AT_REST:
            assert case.owner is not None, "an open case has an owner"
            assert case.owner != case.reporter
            chose = case.owner != before.owner or isinstance(wish, SetAccused) or case.rung != before.rung
            if chose and self.told.tellables(self.world.rules.fallback):
                assert not self.told.out(case.owner), "the owner is not excluded while anybody else may be told"
        self.check_readers(before, wish)
        self.check_waiting()

    def check_readers(self, before: Case, wish: CaseCommand | CaseInput) -> None:
        """A reader is one by the reporter's word alone, reads no more than an owner may, and does nothing else."""
        case, people, told = self.case, self.world.people, self.told
        if case.consent.readers - before.consent.readers:
            assert isinstance(wish, AnswerReader | ChangeConsent), "only the reporter lets somebody read"
        others = list(people.by_id)[self.steps % SOME :: SOME]  # in a few steps it is everybody's turn
        near = (case.consent.readers | before.consent.readers) & people.by_id.keys()
        for person in {*near, *others} - {case.reporter}:
            if told.chosen(person):
                continue
            reads = {role for role in Role if reveal(person, meant_for(role), case.reporter, case, people)}
            here = told.let_read(person) and case.status not in AT_REST
            assert reads == ({Role.OWNER} if here else set())
            assert not reveal(person, meant_for(Role.OWNER), PersonId("somebody else"), case, people)
            if here and relations(case, person, people) == {Relation.READER}:
                allowed = {action for action in Action if may(case, person, action, people)}
                assert allowed == {Action.SEE_CASE, Action.READ}, "who reads does nothing else"

    def check_owner(self, before: Case, wish: CaseCommand | CaseInput) -> None:
        """Who has taken a case keeps it until somebody takes it, or until they may know no more."""
        case, owner = self.case, before.owner
        had = before.kept > 0 or before.status not in AT_REST | UNTAKEN
        if had and case.owner != owner and not isinstance(wish, Take) and case.status is not Status.WITHDRAWN:
            assert owner is not None
            found = self.world.people.get(owner)
            gone = found is None or not found.reachable
            assert gone or owner in case.recused or not self.told.chosen(owner), "help comes beside the owner"
        assert bool(case.wants) <= bool(case.kept), "only an owner who keeps the case is helped"
        if case.kept:
            assert case.helper != case.owner, "nobody helps themselves"
            assert case.kept <= case.rung
        if case.status not in AT_REST | UNTAKEN:
            assert (case.kept, case.helper, case.night) == (0, None, 0) or case.status is before.status
        if case.status not in AT_REST:
            known = case.owner not in case.recused or case.ownerless
            assert known, "ownerless is impossible"

    def check_waiting(self) -> None:
        """Silence escalates by itself: an untaken case waits for a time, or for the word that its alert arrived."""
        case = self.case
        rungs = {key for key in self.timers if key.startswith("rung:")}
        assert rungs <= {f"rung:{case.rung}"}, "only the current rung is waited for"
        if case.status in UNTAKEN:
            slots = {f"{alerts.ALERT}:{case.rung}", f"{alerts.FALLBACK}:{case.rung}"}
            assert rungs or any(sent.slot in slots for sent in self.awaited), "nothing would ever escalate this case"
        else:
            assert not rungs, "a case that somebody has, or nobody waits for, has no rung's timer"
        if case.status is Status.WITHDRAWN:
            assert not any(key.startswith(("page:", "name:")) for key in self.timers)
        self.check_left_out()

    def check_left_out(self) -> None:
        """Whoever was left out later reads nothing, may do nothing and knows no name, whatever came before or after."""
        people = self.world.people
        for person in self.case.narrowed & people.by_id.keys() - {self.case.reporter}:
            if self.told.chosen(person) or self.told.let_read(person):
                continue  # chosen again
            assert not any(reveal(person, meant_for(role), self.case.reporter, self.case, people) for role in Role), (
                "who was left out reads nothing"
            )
            assert not knows_name(person, self.case, people)
            allowed = {action for action in Action if may(self.case, person, action, people, talks=True)}
            assert allowed <= {Action.NOTE_FALLBACK}, "who was left out may do nothing"
            seen = next(one for one in explain(self.case, people) if one.person == person)
            assert seen.sees in (Sees.NOTHING, Sees.NO_OWNER)

    def check_effects(self, before: Case, decision: Decision, actor: PersonId | None) -> None:
        for effect in decision.effects:
            match effect:
                case Send():
                    self.check_send(effect, before, actor)
                    self.check_words(effect)
                case Update():
                    self.check_words(effect)
                    if self.told.out(effect.to) and effect.to != self.case.reporter:
                        assert not _names(effect), "an alert that is taken back tells nobody's name"
                case Begin(person=person) | BeginPlaybook(person=person):
                    assert person == self.case.reporter or not self.told.out(person), "no talk with the excluded"
                    after = isinstance(effect, Begin) and self.case.status is Status.CLOSED and self.case.checked
                    assert self.case.status not in AT_REST or (after and person == self.case.reporter)
                case _:
                    pass

    def check_send(self, sent: Send, before: Case, actor: PersonId | None) -> None:
        case, told = self.case, self.told
        if sent.to == case.reporter:
            assert not sent.awaited or sent.slot.startswith("name_asked:"), "the reporter gets no alert"
            return
        if sent.to in case.narrowed and not told.chosen(sent.to) and not told.let_read(sent.to):
            words = phrases(self.world.people.by_id[sent.to].language)
            plain = {words.knowing.not_yours_now.format(reference="K7Q\\-4M2X"), words.fallback, words.alert_gone}
            assert sent.message.text in plain, "who was left out hears that it is over, and no more"
        assert not told.out(sent.to), "nothing is sent to the excluded"
        assert sent.to not in before.recused, "nobody who cannot take it hears of it again"
        if sent.awaited:
            assert told.here(sent.to) or sent.to == before.owner, "an alert goes to somebody who is there"
        step = sent.slot.partition(":")[0]
        if case.status is Status.DRAFT:
            assert step == alerts.PAGE or sent.to == actor, "of a draft nobody at work hears, but who is paged"
        if step == alerts.PAGE:
            assert Role.ON_CALL in case.consent.roles
            assert Role.ON_CALL in self.world.people.by_id[sent.to].roles
        elif step == alerts.ALERT:
            assert told.chosen(sent.to) or sent.to == before.owner, "an alert stays within the consent"
        elif step == alerts.READER:
            assert told.let_read(sent.to), "nobody reads whom the reporter did not let"
        elif step == alerts.FALLBACK:
            said = phrases(self.world.people.by_id[sent.to].language)
            assert sent.message.text == (said.fallback_stalled if case.kept else said.fallback)
            assert [fact.value for fact in sent.message.facts] == ["K7Q\\-4M2X", said.levels[case.level]]
            assert [choice.label for choice in sent.message.choices] == [said.yes]

    def check_words(self, effect: Send | Update) -> None:
        words = str(effect.message)
        assert not LOW.search(words)
        reporter = self.world.people.by_id.get(self.case.reporter)
        if reporter is not None and not self.told.may_know_name(effect.to):
            name = reporter.name
            assert name.split()[0] not in words, "who reported is told to those chosen only"
            assert name.split()[1] not in words

    def check_people(self) -> None:
        case, told = self.case, self.told
        if case.status in AT_REST:
            return
        seen = {*(a.person for a in case.alerted), *(t.person for t in case.told), *case.paged}
        assert seen <= set(self.world.people.by_id), "nothing stands with somebody who has left"
        assert not any(told.out(person) for person in seen)
        if told.tellables(self.world.rules.fallback):
            assert case.owner is not None
            assert case.owner in self.world.people.by_id, "the owner works here"
            assert self.world.people.by_id[case.owner].addresses, "the owner can be reached"
            assert not told.out(case.owner)


def meant_for(role: Role) -> Given:
    return Given(One("yes"), frozenset({role}), NOW)


def _within(status: Status) -> set[Status]:
    """What one step can make of a status: one cell, or reopened and up the ladder."""
    return set(MOVES[status].values())


def _names(effect: Update) -> bool:
    return "Quillxon" in str(effect.message)
