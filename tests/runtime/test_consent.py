"""Who may know, changed while the bot runs: what is taken away is taken away where it stands."""

from __future__ import annotations

from dataclasses import replace
from typing import Unpack

from bot.cases.case import Alerted, Case, CaseFile, Status
from bot.cases.permissions import Action, Asked, allows
from bot.core.answers import FileRef, Files, Many, One, Someone, Words
from bot.core.events import Chose, Opened, Submitted
from bot.core.ids import CaseId, SessionId, Slot, Token
from bot.core.messages import Message
from bot.core.people import Address, People, PersonId, Role
from bot.core.session import Given, Session
from bot.core.session import Status as TalkStatus
from bot.runtime.compose import compose
from bot.runtime.talks import NOBODY
from bot.runtime.view import facts_for
from tests.changes import TalkChange
from tests.pure.host import Host, Shown
from tests.runtime.making import START, setting


def person(name: str) -> PersonId:
    return next(p.id for p in setting().people if p.first_name == name)


ANA, LUIS, HANNE = person("Ana"), person("Luis"), person("Hanne")
CASE = CaseId("c1")
FILE = FileRef("f1", "ana holm.png", 10, "image/png", "0" * 64)
OWNER = frozenset({Role.OWNER})


def talk(number: int, who: PersonId, flow: str, platform: str = "simulation", **more: Unpack[TalkChange]) -> Session:
    pinned = {flow: setting().flows.current[flow].structure}
    made = Session(SessionId(f"c1.{number}"), CASE, who, flow, "en", platform, (), structures=pinned)
    return replace(made, **more)


def file(*, hidden: bool = False) -> CaseFile:
    """Ana's report, which Luis has taken; she chose him and HR."""
    ticked = Many(("manager", "hr", *(("without_name",) if hidden else ())))
    answers = {
        "report.may_know": Given(ticked, OWNER, START),
        "report.evidence": Given(Files((FILE,)), OWNER, START),
        "report.affected": Given(Someone(ANA), OWNER, START),
        "report.about": Given(One("reporter"), OWNER, START),
    }
    report = talk(1, ANA, "report", status=TalkStatus.ENDED, answers=answers)
    playbook = talk(2, LUIS, "respond", platform="teams")
    case = Case(CASE, "K7Q-4M2X", ANA, START, status=Status.ACKNOWLEDGED, owner=LUIS, rung=1, opened=START)
    consent = replace(case.consent, roles=frozenset({Role.MANAGER, Role.HR}), manager=LUIS, without_name=hidden)
    case = replace(case, consent=consent, alerted=(Alerted(LUIS, 1),), tried=(LUIS,))
    return CaseFile(case, {report.id: report, playbook.id: playbook})


def token(step: str) -> Token:
    return Token(CASE, None, step, 0)


def changed(**values: tuple[str, ...]) -> CaseFile:
    event = Submitted("e1", START, ANA, "simulation", token("sharing"), values)
    return compose(file(), event, None, setting(), START).file


def test_the_answers_and_the_case_say_the_same() -> None:
    after = changed(who=("hr",), name=("without_name",))
    given = after.sessions[SessionId("c1.1")].answers["report.may_know"].answer
    assert given == Many(("hr", "without_name"))
    assert (after.case.consent.roles, after.case.consent.without_name) == ({Role.HR}, True)


def test_what_nobody_offered_is_not_taken() -> None:
    after = changed(who=("hr", "manager", "whistleblower_unit", HANNE))
    assert after.case.consent.roles == {Role.MANAGER, Role.HR}
    assert after.case.consent.persons == frozenset()


def test_the_playbook_is_nobodys_until_somebody_takes_the_case() -> None:
    after = changed(who=("hr",))
    assert after.sessions[SessionId("c1.2")].person == NOBODY
    people = setting().people
    for action in Action:
        assert not allows(after, Asked(LUIS, action, people)), action


def test_another_talk_of_whoever_is_left_out_ends() -> None:
    other = talk(3, LUIS, "check_in")
    before = file()
    before = replace(before, sessions={**before.sessions, other.id: other})
    event = Submitted("e1", START, ANA, "simulation", token("sharing"), {"who": ("hr",)})
    after = compose(before, event, None, setting(), START).file
    assert after.sessions[other.id].status is TalkStatus.ENDED


def test_messages_go_where_they_stand() -> None:
    """Luis talks on another platform than that of his first address: his messages go there, too."""
    two = replace(setting().people.by_id[LUIS], addresses=(Address("simulation", "l"), Address("teams", "l")))
    people = People({**setting().people.by_id, LUIS: two})
    host = Host(replace(setting(), people=people), START)
    host.memory.cases[CASE], host.memory.opened[CASE] = "", file()
    host.memory.screens[LUIS] = [Shown(CASE, Slot("c1.2:respond.safe"), "teams", Message("A card"))]
    host.take(Submitted("e1", START, ANA, "simulation", token("sharing"), {"who": ("hr",)}))
    assert host.files[CASE].case.narrowed == {LUIS}
    assert [shown.slot for shown in host.screen(LUIS) if shown.slot.startswith("c1.2")] == []


def test_without_a_name_the_bots_own_names_are_no_names() -> None:
    shared = facts_for(file(hidden=True), talk(2, LUIS, "respond"), setting(), START).shared
    assert shared["report.affected"].answer == Words("the employee")
    files = shared["report.evidence"].answer
    assert isinstance(files, Files)
    assert [one.name for one in files.files] == ["1.png"]
    assert shared["report.about"].answer == One("reporter")
    open_ = facts_for(file(), talk(2, LUIS, "respond"), setting(), START).shared
    assert open_["report.affected"].answer == Someone(ANA)


def test_an_old_question_whether_nobody_is_meant_leaves_out_nobody() -> None:
    case = replace(file().case, sure_asked=7)
    before = replace(file(), case=case)
    for number, left in ((3, case.consent.roles), (7, frozenset[Role]())):
        asked = replace(token("sure_nobody"), revision=number)
        found = compose(before, Chose("e1", START, ANA, "simulation", asked, ("keep",)), None, setting(), START)
        assert found.file.case.consent.roles == left


def test_a_button_of_a_form_that_is_no_form_is_told_kindly() -> None:
    for event in (
        Opened("e1", START, ANA, "simulation", token("other")),
        Submitted("e2", START, ANA, "simulation", token("other"), {}),
        Chose("e3", START, ANA, "simulation", token("sure_nobody"), ("x",)),
    ):
        turn = compose(file(), event, None, setting(), START)
        assert replace(turn.file.case, revision=0, seated=frozenset()) == file().case
        assert turn.effects
    opened = compose(file(), Opened("e4", START, HANNE, "simulation", token("name_form")), None, setting(), START)
    assert opened.effects == ()
