"""A case walked through anything that can happen to it, with what must hold after every step.

The walk stands in for the runtime: it keeps the timers, delivers or fails what is awaited, and asks the permissions
table before somebody presses.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.cases import alerts, sharing
from bot.cases.alerts import World
from bot.cases.case import AT_REST, MOVES, UNTAKEN, Case, Status
from bot.cases.decide import decide
from bot.cases.explain import Sees, explain
from bot.cases.inputs import (
    AgreeToName,
    AnswerName,
    AnswerReader,
    Arrived,
    AskName,
    CaseInput,
    ChangeConsent,
    Decline,
    DraftOver,
    Failed,
    Halfway,
    KeepDraft,
    Look,
    MayHandOver,
    NameOver,
    NameQuestionCame,
    NewPeople,
    NoteFallback,
    PageOver,
    RungOver,
    StartDue,
    Take,
    TakeCall,
    Widen,
)
from bot.cases.ladder import Decision
from bot.cases.permissions import Action, Relation, may, relations
from bot.cases.policy import knows_name, reveal
from bot.core.answers import One
from bot.core.case_commands import (
    AskForHelp,
    CaseCommand,
    CloseCase,
    Escalate,
    HandOver,
    OpenCase,
    PageOnCall,
    RaiseLevel,
    Recuse,
    Reopen,
    SetAccused,
    SetAffected,
    SetConsent,
    Share,
    StartFlow,
    TaskDone,
    TaskDropped,
    WithdrawCase,
    WriteNote,
)
from bot.core.durations import Duration, Unit
from bot.core.effects import Begin, BeginPlaybook, CancelTimer, Send, SetTimer, Update
from bot.core.languages import phrases
from bot.core.levels import Level
from bot.core.people import Absence, People, Person, PersonId, Role
from bot.core.session import Given
from tests.cases.organisations import NOW, TICKABLE, Told

SOME = 23
LOW = re.compile(r"\blow\b|\blav\b", re.IGNORECASE)
PRESSES: dict[str, tuple[type[Take | Decline | NoteFallback | TakeCall], Action]] = {
    "take": (Take, Action.TAKE),
    "decline": (Decline, Action.DECLINE),
    "noted": (NoteFallback, Action.NOTE_FALLBACK),
    "call": (TakeCall, Action.TAKE_CALL),
}
#: One move: what happens, and two numbers to choose by.
Move = tuple[str, int, int]
MOVES_OF_WALK = (
    # the time and the platforms have most of the say
    *("arrive", "arrive", "arrive", "arrive", "fail", "time", "time", "time", "time", "wait"),
    *(*PRESSES, "take", "widen", "widen", "consent", "consent", "accuse", "chart", "leave", "partner", "affect"),
    *(
        "open",
        "page",
        "raise",
        "escalate",
        "start",
        "start_due",
        "hand_over",
        "note",
        "close",
        "close",
        "not_over",
        "not_over",
    ),
    "withdraw",
    *("task_done", "task_dropped", "help", "stale", "overdue", "overdue", "hand_to", "hand_to", "handing", "recuse"),
    *("look", "look", "away", "change", "change", "read"),
    *("share", "share", "share", "answer_reader", "answer_reader", "answer_reader"),
    *("ask_name", "ask_name", "agree", "agree", "tell_name", "draft", "keep"),
)


@dataclass
class Walk:
    world: World
    case: Case
    timers: dict[str, datetime] = field(default_factory=dict)
    awaited: list[Send] = field(default_factory=list)
    pages_wished: int = 0
    steps: int = 0
    hands: dict[int, PersonId] = field(default_factory=dict)  # whom each question about a hand-over was about
    _told: Told | None = field(default=None, repr=False)

    # --- what happens ---

    def move(self, move: Move) -> None:
        what, first, second = move
        match what:
            case "arrive" | "fail":
                if self.awaited:
                    self.deliver(self.awaited[first % len(self.awaited)], arrives=what == "arrive")
            case "time":
                self.fire_next()
            case "wait":
                self.world = replace(self.world, now=self.world.now + timedelta(hours=first % 50))
            case "chart":
                self.set_manager(self.person(first), self.person(second))
            case "leave":
                self.leave(self.case.reporter if second % 6 == 0 else self.person(first))
            case "partner":
                self.change(self.person(first), conflicts=frozenset({self.person(second)}))
            case "read":
                self.read(self.person(first))
            case "ask_name" | "agree":
                self.about_name(what, first, second)
            case "away":
                self.send_away(self.person(first), second)
            case "look":
                self.do(Look(self.is_waited_for()), None)
            case "take" | "decline" | "noted" | "call":
                self.press(what, first, second)
            case _:
                actor = self.actor(what, second)
                if actor in (None, self.case.reporter) or not self.case.gap:  # with a fallback there is no talk
                    self.do(self.wish(what, first, second), actor)

    def set_manager(self, person: PersonId, manager: PersonId) -> None:
        """Somebody comes to stand under somebody else: the directory is synced while the case is open."""
        self.change(person, manager=manager)

    def change(self, person: PersonId, **what: object) -> None:
        by_id = dict(self.world.people.by_id)
        if person in by_id:
            by_id[person] = replace(by_id[person], **what)  # type: ignore[arg-type]
        self.people_are(by_id)

    def leave(self, person: PersonId) -> None:
        """Whoever is the last stays."""
        by_id = {other: one for other, one in self.world.people.by_id.items() if other != person}
        self.people_are(by_id or dict(self.world.people.by_id))

    def people_are(self, by_id: dict[PersonId, Person]) -> None:
        """The case hears of it; hearing of it twice is hearing of it once."""
        self.world = replace(self.world, people=People(by_id))
        self.do(NewPeople(), None)
        self.check_people()
        again = decide(self.case, NewPeople(), None, self.world)
        assert again == Decision(self.case), "nothing has changed, and nothing happens"

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

    def send_away(self, person: PersonId, hours: int) -> None:
        by_id = dict(self.world.people.by_id)
        if person not in by_id:
            return
        absence = Absence(self.world.now, self.world.now + timedelta(hours=1 + hours % 50))
        by_id[person] = replace(by_id[person], away=(*by_id[person].away, absence))
        self.world = replace(self.world, people=People(by_id))

    def is_waited_for(self) -> bool:
        slots = {f"{alerts.ALERT}:{self.case.rung}", f"{alerts.FALLBACK}:{self.case.rung}"}
        return f"rung:{self.case.rung}" in self.timers or any(sent.slot in slots for sent in self.awaited)

    def person(self, number: int) -> PersonId:
        """Somebody; those who have a part in the case more often."""
        case = self.case
        parts = [
            case.owner,
            *(a.person for a in case.alerted),
            *(t.person for t in case.told),
            *case.paged,
            *case.asked,
        ]
        known = [p for p in parts if p is not None]
        everybody = list(self.world.people.by_id)
        return known[number // 2 % len(known)] if known and number % 2 else everybody[number % len(everybody)]

    def actor(self, what: str, number: int) -> PersonId | None:
        owners = {
            "share",
            "hand_over",
            "hand_to",
            "recuse",
            "note",
            "close",
            "task_done",
            "task_dropped",
            "help",
            "overdue",
        }
        if what in owners or (what in {"raise", "escalate", "start"} and number % 2):
            return self.case.owner
        return None if what in {"stale", "start_due", "draft"} else self.case.reporter

    def wish(self, what: str, first: int, second: int) -> CaseCommand | CaseInput:
        match what:
            case "widen":
                asked = self.case.asked
                person = asked[first % len(asked)] if asked and second % 3 else self.person(first)
                return Widen(person if second % 8 else None, first % (self.case.rung + 1))
            case "consent":
                ticked = frozenset(role for bit, role in enumerate(TICKABLE) if first >> bit & 1)
                return SetConsent(ticked, without_name=second % 3 == 0)
            case "accuse":
                named = {self.person(first), self.person(second)} if first % 3 else {self.person(first)}
                return SetAccused(frozenset(named) if first % 5 else frozenset(), unresolved=second % 4 == 0)
            case "affect":
                return SetAffected(self.person(first))
            case "raise":
                return RaiseLevel(list(Level)[first % 4])
            case "start" | "start_due":
                role = (Role.REPORTER, Role.OWNER)[first % 2]
                after = Duration(1, Unit.DAYS) if second % 2 else None
                return StartFlow("check_in", role, after) if what == "start" else StartDue("check_in", role)
            case "stale":
                return RungOver(first % (self.case.rung + 1)) if second % 2 else PageOver(first % (self.case.pages + 1))
            case "page":
                self.pages_wished += 1
                return PageOnCall()
            case "share":
                return Share(self.person(first), "why")
            case "change" | "tell_name" | "draft" | "keep" | "answer_reader":
                return self.reporters_wish(what, first, second)
            case "task_done" | "task_dropped":
                return (TaskDone if what == "task_done" else TaskDropped)(f"t{first % 2}")
            case _:
                return {
                    "overdue": Escalate("overdue", f"t{first % 2}"),
                    "hand_to": HandOver(self.person(first)),
                    "handing": MayHandOver(second % 3 > 0, self.question(first)),
                    "help": AskForHelp("t"),
                    "open": OpenCase(),
                    "escalate": Escalate("overdue"),
                    "hand_over": HandOver(),
                    "recuse": Recuse(),
                    "note": WriteNote("words"),
                    "close": CloseCase(),
                    "not_over": Reopen(),
                    "withdraw": WithdrawCase(),
                }[what]

    def reporters_wish(self, what: str, first: int, second: int) -> CaseInput:
        """What only the reporter can want, and what becomes of drafts."""
        match what:
            case "change":
                ticked = frozenset(role for bit, role in enumerate(TICKABLE) if first >> bit & 1)
                stay = frozenset(p for p in self.case.consent.persons if second % 2)
                asked = (asked.person for asked in self.case.readers_asked)
                reading = frozenset(person for place, person in enumerate(asked) if first >> place & 1)
                return ChangeConsent(ticked, stay, without_name=second % 3 == 0, sure=second % 5 > 1, readers=reading)
            case "answer_reader":
                return AnswerReader(1 + first % (1 + len(self.case.readers_asked)), yes=second % 4 > 0)
            case "tell_name":
                return AnswerName(tells=first % 2 == 0, number=self.case.names_asked - (second % 4 == 0))
            case "draft":
                return DraftOver(self.world.now, holds=first % 2 == 0, last=second % 2 == 0)
            case _:
                return KeepDraft()

    def press(self, what: str, first: int, second: int) -> None:
        """Somebody who has the button presses it, or now and then anybody."""
        case = self.case
        shown = {"noted": [t.person for t in case.told], "call": [*case.paged]}
        persons = shown.get(what, [a.person for a in case.alerted])
        person = persons[first % len(persons)] if persons and second % 4 else self.person(first)
        kind, action = PRESSES[what]
        if may(case, person, action, self.world.people):
            self.do(kind(person), person)

    def read(self, person: PersonId) -> None:
        """Somebody reads what was told, where there is something to read."""
        if any(reveal(person, _meant_for(role), self.case.reporter, self.case, self.world.people) for role in Role):
            self.case = replace(self.case, read_by=self.case.read_by | {person} - {self.case.reporter})

    def about_name(self, what: str, first: int, second: int) -> None:
        """Somebody asks for the name, or agrees to it, if the table lets them."""
        asked = self.case.name_asked
        person = asked.asked[first % len(asked.asked)] if asked is not None and second % 4 else self.person(first)
        if may(self.case, person, Action.ASK_NAME, self.world.people):
            self.do(AskName(person, "why") if what == "ask_name" else self.agree(person, second), person)

    def agree(self, person: PersonId, second: int) -> AgreeToName:
        return AgreeToName(person, second % 3 > 0, self.case.names_asked - (second % 5 == 0))

    def question(self, number: int) -> int:
        """One of those the reporter was asked about a hand-over, the newest most often."""
        asked = list(self.hands)
        return (asked[-1] if number % 3 else asked[number % len(asked)]) if asked else 0

    def deliver(self, sent: Send, *, arrives: bool) -> None:
        """An awaited message arrives, or is given up."""
        self.awaited.remove(sent)
        step, _, number = sent.slot.partition(":")
        if step in (alerts.ALERT, alerts.FALLBACK):
            self.do(Arrived(int(number)) if arrives else Failed(int(number), sent.to), None)
        elif step == alerts.NAME_ASKED:
            self.do(NameQuestionCame(int(number)), None)

    def fire_next(self) -> bool:
        if not self.timers:
            return False
        key = min(self.timers, key=lambda one: (self.timers[one], one))
        due = self.timers.pop(key)
        self.world = replace(self.world, now=max(self.world.now, due))
        match key.split(":"):
            case ["rung", number]:
                self.do(RungOver(int(number)), None)
            case ["half", number]:
                self.do(Halfway(int(number)), None)
            case ["page", number]:
                self.do(PageOver(int(number)), None)
            case ["name", number]:
                self.do(NameOver(int(number)), None)
            case ["draft", which]:
                self.do(DraftOver(self.world.now, holds=True, last=which == "last"), None)
            case ["start", flow, role, *_]:
                self.do(StartDue(flow, Role(role)), None)
            case other:
                raise AssertionError(other)
        return True

    def do(self, wish: CaseCommand | CaseInput, actor: PersonId | None) -> Decision:
        before = replace(self.case, revision=self.case.revision + 1)
        decision = decide(before, wish, actor, self.world)
        self.case = decision.case
        self.steps += 1
        for effect in decision.effects:
            match effect:
                case SetTimer(key, at):
                    self.timers[key] = at
                case CancelTimer(key):
                    self.timers.pop(key, None)
                case Send(awaited=True):
                    self.awaited.append(effect)
                case _:
                    pass
        self.check_questions(before, decision, wish)
        self.check_case(before, wish)
        self.check_owner(before, wish)
        self.check_effects(before, decision, actor)
        return decision

    # --- what must hold ---

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
            reads = {role for role in Role if reveal(person, _meant_for(role), case.reporter, case, people)}
            here = told.let_read(person) and case.status not in AT_REST
            assert reads == ({Role.OWNER} if here else set())
            assert not reveal(person, _meant_for(Role.OWNER), PersonId("somebody else"), case, people)
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
            assert not any(reveal(person, _meant_for(role), self.case.reporter, self.case, people) for role in Role), (
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

    # --- the end ---

    def drain(self) -> None:
        """Nobody can be reached any more: the case comes to rest, and then only the time moves it."""
        bound = 4 * len(self.world.people.by_id) + 8 + len(self.awaited)
        while self.awaited:
            bound -= 1
            assert bound, "a message that failed makes messages without end"
            self.deliver(self.awaited[0], arrives=False)


def _meant_for(role: Role) -> Given:
    return Given(One("yes"), frozenset({role}), NOW)


def _within(status: Status) -> set[Status]:
    """What one step can make of a status: one cell, or reopened and up the ladder."""
    return set(MOVES[status].values())


def _names(effect: Update) -> bool:
    return "Quillxon" in str(effect.message)
