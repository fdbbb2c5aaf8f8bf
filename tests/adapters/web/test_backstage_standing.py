"""Where everybody stands in their talks, as the panel behind the chats tells it."""

from __future__ import annotations

from dataclasses import replace

from adapters.web import backstage
from adapters.web.backstage import Standing
from bot.cases.case import Alerted, Status
from bot.core.answers import Moment
from bot.core.ids import CaseId
from bot.core.levels import Level
from bot.core.people import PersonId, Role
from bot.core.session import Frame, Given, Task, TaskState, Visit
from bot.core.session import Status as TalkStatus
from bot.flow.model import END, Flows
from tests.adapters.web.behind import FLOWS, LATER, PERSONS, REPORT, SETTING, file, line, opened, talk
from tests.cases.office import BEA, DAN, FAY, HANNE, HUGO, MONA, OFFICE, OLLY, RITA, SARA, WIM, draft, with_
from tests.cases.organisations import NOW


def test_where_somebody_stands() -> None:
    flow = FLOWS.current["report"]
    here = talk(REPORT, RITA, "report", "danger")
    assert backstage.standing([file(draft(), here)], FLOWS) == [
        Standing(
            RITA,
            CaseId("c1"),
            "report",
            flow.structure,
            "report.danger",
            flow.code[flow.number["danger"]].place.line,
            (),
            "live",
        )
    ]


def test_what_lies_behind() -> None:
    given = Given(Moment(NOW), frozenset({Role.OWNER}), NOW)
    kept = replace(given, kept=True)
    frame = Frame("report", FLOWS.current["report"].structure, 1)
    here = talk(
        REPORT,
        RITA,
        "report",
        "signs",
        done=frozenset({"report.0", "gone.3"}),
        trail=(Visit("report.danger", (frame,)),),
        answers={"report.last_time": given, "report.wish": kept, "report.note_9": given, "gone.x": given},
        tasks={"respond.safety": Task(TaskState.DONE, NOW), "respond.stop": Task(TaskState.OPEN, NOW)},
    )
    (found,) = backstage.standing([file(draft(), here)], FLOWS)
    assert found.done == ("report.#0", "report.danger", "report.what", "respond.safety")


def test_behind_the_end_and_in_a_flow_that_is_gone() -> None:
    over = talk(REPORT, RITA, "report", END, status=TalkStatus.ENDED, stack=())
    behind = talk(REPORT, RITA, "report", END)
    for found in backstage.standing([file(draft(), over), file(draft(), behind)], FLOWS):
        assert (found.flow, found.key, found.line) == ("report", None, FLOWS.current["report"].place.line)
    gone = replace(over, flow="gone", structures={"gone": "s"})
    (found,) = backstage.standing([file(draft(), gone)], FLOWS)
    assert (found.flow, found.structure, found.key, found.line) == ("gone", "s", None, 0)
    lost = replace(gone, stack=(Frame("gone", "s", 2),), status=TalkStatus.LIVE)
    assert backstage.standing([file(draft(), lost)], FLOWS)[0].key is None
    assert backstage.standing([file(draft(), replace(lost, asking="gone.x"))], FLOWS)[0].key == "gone.x"


def test_an_older_version_of_a_flow_is_the_one_that_the_talk_knows() -> None:
    old = replace(FLOWS.current["report"], structure="old")
    flows = Flows(FLOWS.current, {("report", "old"): old})
    here = talk(REPORT, RITA, "report", "danger", stack=(Frame("report", "old", 1),), structures={"report": "old"})
    (found,) = backstage.standing([file(draft(), here)], flows)
    assert (found.structure, found.line) == ("old", old.code[old.number["danger"]].place.line)
    assert backstage.timeline(
        [line("task_done", MONA, "safety")],
        PERSONS,
        OFFICE,
        "en",
        Flows({}, {("respond", "x"): FLOWS.current["respond"]}),
    )[0][1] == ("Mona has done: Find out if the employee is safe")


# --- labels --------------------------------------------------------------------------------------------------------


def test_statuses_and_levels() -> None:
    case = replace(opened(Role.MANAGER), level=Level.LOW)
    assert backstage.status(case, "en") == "Waiting to be taken"
    assert backstage.status(case, "da") == "Venter på at blive taget"
    assert backstage.level(replace(case, level=Level.CRITICAL), "en") == ("critical", "At once")
    assert backstage.level(case, "da") == ("low", "Inden for to arbejdsdage")


def test_how_soon_is_not_claimed_before_it_is_decided() -> None:
    """A draft has no level, unless somebody is called at once."""
    case = replace(draft(), level=Level.LOW)
    assert backstage.level(case, "en") == ("undecided", "Not decided yet")
    assert backstage.level(case, "da") == ("undecided", "Ikke afgjort endnu")
    assert backstage.level(replace(case, level=Level.CRITICAL), "da") == ("critical", "Med det samme")


def test_a_case_that_is_with_the_fallback_has_nobody() -> None:
    """Whoever steps in knows only that a case has nobody; the panel says who was told that."""
    case = replace(opened(Role.MANAGER), owner=FAY, ownerless=2, told=(Alerted(FAY, 2), Alerted(HANNE, 3)))
    found = replace(case, told=(*case.told, Alerted(FAY, 4)))
    assert backstage.owner(found) is None
    assert backstage.status(found, "en") == "Nobody has taken it"
    assert backstage.status(found, "da") == "Ingen har taget den"
    assert backstage.deadlines(file(found), SETTING, "en") == [
        ("Somebody takes the case. Told that it has nobody: Fay and Hanne", LATER)
    ]
    assert backstage.deadlines(file(found), SETTING, "da") == [
        ("Nogen tager sagen. Har fået at vide, at den står uden nogen: Fay og Hanne", LATER)
    ]
    assert backstage.has_it(found, OFFICE, "en") == "Nobody yet"


def test_whoever_is_asked_does_not_have_it_yet() -> None:
    """And an owner who has taken it keeps it while others are asked."""
    asked = opened(Role.MANAGER)
    assert backstage.owner(asked) is None
    assert backstage.has_it(asked, OFFICE, "en") == "Not taken yet; asked: Mona Jensen"
    assert backstage.has_it(asked, OFFICE, "da") == "Ikke taget endnu; spurgt: Mona Jensen"
    taken = replace(asked, status=Status.ACKNOWLEDGED)
    assert (backstage.owner(taken), backstage.has_it(taken, OFFICE, "da")) == (MONA, "Mona Jensen")
    beside = replace(asked, status=Status.ESCALATED, kept=1, helper=HANNE)
    assert backstage.owner(beside) == MONA
    assert backstage.has_it(beside, OFFICE, "en") == "Mona Jensen; asked as well: Hanne Jensen"
    assert backstage.has_it(beside, OFFICE, "da") == "Mona Jensen; også spurgt: Hanne Jensen"
    assert backstage.has_it(replace(beside, helper=None), OFFICE, "en") == "Mona Jensen"
    assert backstage.has_it(draft(), OFFICE, "en") == "Nobody yet"


def test_what_everybody_is_seen_from_the_employee() -> None:
    found = {person: backstage.stands_for(person, RITA, OFFICE, "en") for person in OFFICE.by_id}
    assert found == {
        RITA: "employee",
        MONA: "manager of Rita",
        DAN: "deputy of Mona",
        BEA: "manager of Mona",
        HANNE: "HR",
        HUGO: None,
        SARA: "Safety representative",
        WIM: "Whistleblower unit",
        OLLY: "Person on call",
        FAY: None,
    }
    assert backstage.stands_for(MONA, RITA, OFFICE, "da") == "leder for Rita"
    assert backstage.stands_for(DAN, FAY, OFFICE, "da") is None
    assert backstage.stands_for(DAN, None, OFFICE, "da") is None
    assert backstage.stands_for(PersonId("gone"), RITA, OFFICE, "da") is None
    both = with_(OFFICE, HUGO, roles=frozenset({Role.ON_CALL, Role.HR})).by_id[HUGO]
    assert backstage.roles(both, "da") == ("HR", "Vagthavende")
