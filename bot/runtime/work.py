"""One case inside one turn: talks are advanced, their case commands decided, new talks begun, in order.

Rule 1. The order of effects is the order in which they are read: of a talk, of the case's answer to its command, …
Rule 2. Nothing of the case goes to whoever is involved in it, nor to one who could not take it, after the turn in which
        that was said: the last look before the outbox.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import assert_never

from bot.cases import alerts, sharing
from bot.cases.case import AT_REST, CaseFile, Status
from bot.cases.decide import decide
from bot.cases.inputs import CaseInput
from bot.cases.ladder import Noted
from bot.cases.people import excluded, involved, roles_of
from bot.cases.permissions import seats
from bot.cases.sharing import Offered
from bot.cases.sights import Reader, who_sees
from bot.core.case_commands import CaseCommand, OpenCase, SetAccused, SetAffected, SetConsent
from bot.core.effects import (
    AskWhoMayKnow,
    Begin,
    BeginPlaybook,
    CloseCards,
    CloseTalks,
    Effect,
    EndTalks,
    Erase,
    NoteRead,
    Send,
    TellWhoSees,
    Update,
)
from bot.core.expressions import holds
from bot.core.facts import Facts, OtherTalk
from bot.core.ids import SessionId
from bot.core.languages import phrases
from bot.core.people import PersonId
from bot.core.replies import Nothing, OpenForm, Reply
from bot.core.session import Frame, Session
from bot.core.session import Status as TalkStatus
from bot.errors import Invariant
from bot.flow.interpret import begin, go_on, present, read
from bot.flow.meaning import offered, together
from bot.flow.model import Flow
from bot.flow.turn import Turn
from bot.runtime import talks
from bot.runtime.case_turn import CaseTurn
from bot.runtime.view import Setting, facts_for

#: More talks begun or decided in one turn than any event asks for: a bound against our own mistakes.
MOST_ROUNDS = 200


class Work:
    """Mutable inside one turn only."""

    def __init__(
        self,
        file: CaseFile,
        setting: Setting,
        now: datetime,
        others: tuple[OtherTalk, ...],
        spoken: tuple[PersonId, str] | None = None,
    ) -> None:
        """`spoken` is who does something in this turn, and on which platform."""
        self.case = replace(file.case, revision=file.case.revision + 1)
        self.recused = file.case.recused  # before this turn
        self.sessions = {name: talks.as_asked(talk, setting) for name, talk in file.sessions.items()}
        self.setting = setting
        self.now = now
        self.others = others
        self.spoken = spoken
        self.effects: list[Effect] = []
        self.noted: list[Noted] = []
        self.reply: Reply = Nothing()
        self.erased = False
        self.rounds = 0

    def turn(self) -> CaseTurn:
        seated = replace(self.case, seated=seats(self.case, self.setting.people))
        file = CaseFile(seated, self.sessions)
        return CaseTurn(file, tuple(self.effects), self.reply, tuple(self.noted), self.erased)

    def facts(self, session: Session) -> Facts:
        return facts_for(CaseFile(self.case, self.sessions), session, self.setting, self.now, self.others)

    def apply(self, turn: Turn) -> None:
        """Keep a talk's turn and do what it asks, until the talk waits."""
        self.reply = turn.reply if not isinstance(turn.reply, Nothing) else self.reply
        while True:
            session, owner, reporter = turn.session, self.case.owner, self.case.reporter
            self.sessions[session.id] = session
            for effect in turn.effects:
                self.do(effect, session)
            if session.person == reporter != self.case.reporter:
                self.sessions[session.id] = talks.ended(self.sessions[session.id])  # the report is somebody else's now
                return
            if turn.more is None or self.erased:
                return
            if owner == session.person and (self.case.owner != owner or self.left_out(owner)):
                return  # the next steps are for whoever takes it now
            current = self.sessions[session.id]
            turn = go_on(self.setting.flows, current, self.facts(current), turn.more)

    def _count(self, effect: Effect) -> None:
        """Bound the rounds of one turn; messages are none: who takes a case that waited for months ends many alerts."""
        if isinstance(effect, CaseCommand | Begin | BeginPlaybook):
            self.rounds += 1
        if self.rounds > MOST_ROUNDS:
            raise Invariant(f"case {self.case.id} did more than {MOST_ROUNDS} things in one turn")

    def do(self, effect: Effect, session: Session | None) -> None:
        self._count(effect)
        match effect:
            case Begin(flow, person):
                self.begin(flow, person, None)
            case BeginPlaybook(person):
                self.playbook(person)
            case NoteRead(person):
                self.seen(person)
                self.noted.append(Noted("read", person))
            case CloseCards() | EndTalks() | CloseTalks():
                self._stop(effect, session)
            case TellWhoSees() if session is not None:
                self.tell_who_sees(session)
            case AskWhoMayKnow():
                self.ask_who_may_know()
            case Erase():
                self.erased = self.case.status is Status.DRAFT
                self.effects.append(effect)
            case SetAccused() | SetAffected() | SetConsent():
                every = tuple(self.sessions.values())
                whole = together(effect, self.setting.flows, every, self.case.reporter, self.setting.people)
                self.decide(whole, session.person if session is not None else None)
            case _ if isinstance(effect, CaseCommand):
                self.decide(effect, session.person if session is not None else None, session)
            case Send(to=to) | Update(to=to) if self.barred(to) or to in self.recused:
                pass
            case _:
                self.effects.append(effect)

    def _stop(self, effect: CloseCards | EndTalks | CloseTalks, session: Session | None) -> None:
        """Somebody's part in the case is over, or waits for whoever takes it."""
        match effect:
            case CloseCards(person, text):
                self.close_cards(person, text)
            case EndTalks(but):
                self.end_talks(but, session.id if session is not None else None)
            case CloseTalks(of):
                self.close_talks(of)
            case _:
                assert_never(effect)

    def end_talks(self, but: PersonId, acting: SessionId | None) -> None:
        """End the talks of everybody but this person, and but the one that asked for it: it says its last word."""
        for talk in self.sessions.values():
            if talk.person != but and talk.id != acting and talk.status is not TalkStatus.ENDED:
                self._over(talk, phrases(talk.language).card_over)
                self.sessions[talk.id] = talks.ended(talk)

    def end_talks_of_gone(self) -> None:
        """Talks with those who have left or are involved end, and with them what their timers would say."""
        if self.case.status in AT_REST:
            return
        for talk in tuple(self.sessions.values()):
            gone = self.left_out(talk.person) or self.setting.people.get(talk.person) is None
            if gone and talk.status is not TalkStatus.ENDED and not talks.is_playbook(self.setting.flows, talk):
                self.sessions[talk.id] = talks.ended(talk)

    def close_talks(self, of: frozenset[PersonId]) -> None:
        """A playbook is nobody's until somebody takes the case; every other talk ends."""
        for talk in self.sessions.values():
            if talk.person in of:
                free = talks.is_playbook(self.setting.flows, talk)
                self.sessions[talk.id] = talks.set_free(talk) if free else talks.ended(talk)

    def tell_who_sees(self, session: Session) -> None:
        said = phrases(session.language)
        reader = Reader(session.person, said, session.platform, bool(self.offered().roles))
        self.do(who_sees(self.case, reader, self.setting.world(self.now)), None)

    def offered(self) -> Offered:
        """What the reporter may choose anew."""
        return Offered(*offered(self.setting.flows, self.sessions.values(), self.case.reporter))

    def ask_who_may_know(self) -> None:
        """The form, in the chat and at once."""
        world = self.setting.world(self.now)
        self.do(sharing.ask(self.case, self.offered(), world), None)
        self.reply = OpenForm(sharing.form(self.case, self.offered(), world))

    def seen(self, person: PersonId) -> None:
        """Somebody at work has seen what was told."""
        if person != self.case.reporter:
            self.case = replace(self.case, read_by=self.case.read_by | {person})

    def left_out(self, person: PersonId) -> bool:
        """Whether this person may learn nothing more of the case."""
        own = (self.case.reporter, self.case.witness)
        return person not in own and person in excluded(self.case, self.setting.people)

    def barred(self, person: PersonId) -> bool:
        """Whether this person must never learn of the case."""
        own = (self.case.reporter, self.case.witness)
        return person not in own and person in involved(self.case, self.setting.people)

    def decide(self, wish: CaseCommand | CaseInput, actor: PersonId | None, session: Session | None = None) -> None:
        if isinstance(wish, OpenCase) and session is not None:
            self.case = replace(self.case, level=talks.level(self.case.level, session, self.setting.flows))
        decision = decide(self.case, wish, actor, self.setting.world(self.now))
        self.case = decision.case
        self.noted.extend(decision.noted)
        for effect in decision.effects:
            self.do(effect, session if isinstance(effect, EndTalks) else None)

    def begin(self, name: str, person: PersonId, platform: str | None, words: str = "") -> None:
        flow = self.setting.flows.get(name)
        session = Session(
            id=SessionId(f"{self.case.id}.{len(self.sessions) + 1}"),
            case=self.case.id,
            person=person,
            flow=name,
            language=self.language_of(person),
            platform=platform or self.platform_of(person),
            stack=(Frame(flow.name, flow.structure, 0),),
            structures={flow.name: flow.structure},
        )
        self.sessions[session.id] = session
        self.noted.append(Noted("talk", person, name))
        self.apply(begin(self.setting.flows, session, self.facts(session), words))

    def playbook(self, person: PersonId) -> None:
        """Hand the running playbook over, or begin the one that fits what this person may read."""
        if self.reading(person).shared:
            self.seen(person)
        running = talks.playbook_of(self.setting.flows, self.sessions.values())
        if running is not None:
            self._hand_on(running, person)
            return
        for flow in self.setting.flows.in_order():
            if flow.start.case == "opened" and self.fits(flow, person):
                self.begin(flow.name, person, None)
                self._tell_when(person)
                return
        self.noted.append(Noted("no_playbook", person))

    def _tell_when(self, person: PersonId) -> None:
        talk = talks.playbook_of(self.setting.flows, self.sessions.values())
        due = next((task.due for task in talk.tasks.values()), None) if talk is not None else None
        if due is not None and self.case.status not in AT_REST:
            self.do(alerts.hear_by(self.case, person, due, self.setting.world(self.now)), None)

    def _hand_on(self, talk: Session, person: PersonId) -> None:
        if talk.person == person:
            return
        said, world = phrases(talk.language), self.setting.world(self.now)
        self.close_cards(talk.person, said.alert_taken_by.format(person=world.name(person, said.somebody)))
        roles = roles_of(self.case, person, self.setting.people)
        handed = talks.handed(talk, person, roles, self.language_of(person), self.platform_of(person))
        self.apply(present(self.setting.flows, handed, self.facts(handed)))

    def close_cards(self, person: PersonId, text: str) -> None:
        """The cards and forms of whoever had the case lose their buttons."""
        for talk in [talk for talk in self.sessions.values() if talk.person == person]:
            self._over(talk, text)

    def _over(self, talk: Session, text: str) -> None:
        for update in talks.over(talk, text):
            self.do(update, None)

    def read(self, person: PersonId) -> None:
        """Show what was told to somebody who may read it, with or without a talk of their own."""
        reader = talks.stands_for(self.case.id, person, self.language_of(person))
        turn = read(self.setting.flows, reader, self.facts(reader))
        self.reply = turn.reply
        for effect in turn.effects:
            self.do(effect, None)

    def fits(self, flow: Flow, person: PersonId) -> bool:
        if flow.start.when is None:
            return True
        shared = self.reading(person, flow.name).shared
        return holds(flow.start.when.condition, lambda name: shared[name].answer if name in shared else None)

    def reading(self, person: PersonId, flow: str = "") -> Facts:
        """What a person may read who has no talk in the case yet."""
        return self.facts(talks.stands_for(self.case.id, person, self.language_of(person), flow))

    def platform_of(self, person: PersonId) -> str:
        if self.spoken is not None and self.spoken[0] == person:
            return self.spoken[1]
        return talks.platform_of(person, self.sessions.values(), self.setting)

    def language_of(self, person: PersonId) -> str:
        return talks.language_of(person, self.sessions.values(), self.setting)
