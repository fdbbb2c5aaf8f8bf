"""The panels behind the chats, one by one: in an office, and in talks of the sample organisation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from adapters.web import backstage
from adapters.web.backstage import Coming, Sight, Standing
from adapters.web.backstage.labels import title_of
from bot.cases.case import Alerted, Case, CaseFile, Status
from bot.cases.escalate import LadderRules
from bot.core.answers import Moment
from bot.core.ids import CaseId, SessionId
from bot.core.levels import Level
from bot.core.people import PersonId, Role
from bot.core.session import Frame, Given, Session, Task, TaskState, Visit
from bot.core.session import Status as TalkStatus
from bot.flow.model import END, Flows
from bot.runtime.ports import AuditLine, DueTimer
from bot.runtime.view import Setting
from tests.cases.office import BEA, DAN, FAY, HANNE, HUGO, MONA, OFFICE, OLLY, RITA, SARA, WIM, draft, ticks, with_
from tests.cases.organisations import NOW, SITE
from tests.pure.organisations import shipped

FLOWS = Flows(shipped().flows)
SETTING = Setting(FLOWS, OFFICE, shipped().countries["dk"], SITE, LadderRules(fallback=FAY), "Acme")
LATER = NOW + timedelta(hours=1)
REPORT, PLAYBOOK = SessionId("c1.1"), SessionId("c1.2")


def opened(*roles: Role) -> Case:
    case = replace(draft(*roles), status=Status.ALERTED, owner=MONA, rung=1, tried=(MONA,), opened=NOW)
    return replace(case, alerted=(Alerted(MONA, 1),), acknowledge_by=LATER)


def talk(session: SessionId, person: PersonId, flow: str, at: str | int, **change: object) -> Session:
    """A talk at a step, that waits for its person."""
    found = FLOWS.current[flow]
    number = found.number[at] if isinstance(at, str) else at
    made = Session(
        session, CaseId("c1"), person, flow, "en", "chat", (Frame(flow, found.structure, number),), asking=None
    )
    made = replace(made, structures={flow: found.structure}, asking=f"{flow}.{at}" if isinstance(at, str) else None)
    return replace(made, **change)  # type: ignore[arg-type]


def file(case: Case, *talks: Session) -> CaseFile:
    return CaseFile(case, {session.id: session for session in talks})


# --- who may know --------------------------------------------------------------------------------------------------


def seen(case: Case, language: str = "en") -> dict[PersonId, tuple[str, str, str]]:
    return {s.person: (s.sees, s.label, s.why) for s in backstage.sights(case, OFFICE, language)}


def test_who_sees_what() -> None:
    found = seen(opened(Role.MANAGER, Role.HR))
    assert found[RITA] == ("own", "Can read their own answers", "Told about it")
    assert found[MONA] == ("all", "Can read what is meant for whoever has the case", "Chosen as manager")
    assert found[DAN] == (
        "little",
        "May know that there is a case, and who it is",
        "Deputy of Mona, who was chosen as manager",
    )
    assert found[HUGO] == ("all", "Can read what is meant for HR", "Deputy of Hanne, who was chosen as HR")
    assert found[SARA] == ("nothing", "Sees nothing", "Not chosen")
    danish = seen(opened(Role.MANAGER, Role.HR), "da")
    assert danish[MONA] == ("all", "Kan læse det, der er beregnet til den, der har sagen", "Valgt som leder")
    assert danish[SARA] == ("nothing", "Ser ingenting", "Ikke valgt")


def test_those_who_see_most_come_first_and_everybody_is_there() -> None:
    found = backstage.sights(opened(Role.MANAGER, Role.HR), OFFICE, "en")
    assert [sight.sees for sight in found] == ["own", "all", "all", "all", "little", *["nothing"] * 5]
    assert {sight.person for sight in found} == set(OFFICE.by_id)
    assert isinstance(found[0], Sight)


def test_without_a_name_and_with_an_accused() -> None:
    case = replace(opened(), consent=ticks(Role.HR, persons=(DAN,), hidden=True), accused=frozenset({MONA}))
    found = seen(case)
    assert found[HANNE][1] == "Can read what is meant for HR, but not who it is"
    assert found[DAN][1] == "May know that there is a case"
    assert found[MONA] == ("nothing", "Sees nothing", "Named as the one who did it")
    assert seen(replace(case, accused=frozenset({HANNE})))[HUGO][2] == (
        "Reports to Hanne, who was named as the one who did it"
    )


def test_a_call_a_gap_and_a_draft() -> None:
    called = replace(draft(Role.MANAGER, Role.ON_CALL), paged=(OLLY,))
    found = seen(called)
    assert found[OLLY] == (
        "little",
        "Knows that somebody needs a call at once, and who it is",
        "Is on call, and was called",
    )
    assert found[MONA] == ("nothing", "Sees nothing", "Chosen, but nothing is sent yet")
    assert found[SARA] == ("nothing", "Sees nothing", "Nothing is sent yet")
    gap = replace(opened(Role.ON_CALL), told=(Alerted(FAY, 2),), ownerless=1, owner=FAY, alerted=())
    assert seen(gap)[FAY] == (
        "little",
        "Knows only that some case has nobody",
        "Steps in when nobody has taken a case",
    )
    assert seen(gap)[OLLY] == ("little", "Can read what is meant for whoever is on call", "Chosen as person on call")


# --- what has happened ---------------------------------------------------------------------------------------------

PERSONS: Mapping[str, PersonId] = {f"hex of {person}": person for person in OFFICE.by_id}


def line(kind: str, person: PersonId | None = None, detail: str = "") -> AuditLine:
    return AuditLine(1, NOW, kind, f"hex of {person}" if person is not None else "", detail, b"")


@pytest.mark.parametrize(
    ("noted", "english", "danish"),
    [
        (line("taken", MONA, "rung 1"), "Mona took the case", "Mona tog sagen"),
        (
            line("unreachable", MONA, "rung 1"),
            "The alert to Mona could not be delivered",
            "Beskeden til Mona kunne ikke leveres",
        ),
        (
            line("no_owner", FAY, "rung 3"),
            "Nobody had taken the case: Fay was told",
            "Ingen havde taget sagen: Fay fik besked",
        ),
        (
            line("opened", RITA, "high"),
            "Rita sent the report. Somebody is needed within hours",
            "Rita sendte henvendelsen. Der er brug for nogen inden for få timer",
        ),
        (
            line("raised", None, "critical"),
            "It became more urgent: at once",
            "Det kom til at haste mere: med det samme",
        ),
        (line("handed_over", MONA), "Mona handed the case over", "Mona gav sagen videre"),
        (line("handed_over"), "The case was handed over", "Sagen blev givet videre"),
        (line("escalate", None, "asked"), "More help was asked for", "Der blev bedt om mere hjælp"),
        (
            line("escalate", None, "overdue"),
            "A task is overdue, so more help was asked for",
            "En opgave er over tiden, så der blev bedt om mere hjælp",
        ),
        (line("paged", None, "2 persons"), "On call: 2 called", "Vagten: 2 kaldt"),
        (line("paged", None, "0 persons"), "There was nobody on call to reach", "Der var ingen på vagt at få fat i"),
        (
            line("talk", MONA, "respond"),
            "A talk with Mona began: Help an employee",
            "En samtale med Mona begyndte: Hjælp en medarbejder",
        ),
        (
            line("task_done", MONA, "safety"),
            "Mona has done: Find out if the employee is safe",
            "Mona er færdig med: Find ud af, om medarbejderen er i sikkerhed",
        ),
        (line("task_done", MONA, "gone"), "Mona has done: gone", "Mona er færdig med: gone"),
        (line("taken"), "Somebody took the case", "Nogen tog sagen"),
        (line("something_new", MONA), "Something_new", "Something_new"),
    ],
)
def test_what_has_happened(noted: AuditLine, english: str, danish: str) -> None:
    assert backstage.timeline([noted], PERSONS, OFFICE, "en", FLOWS) == [(NOW, english)]
    assert backstage.timeline([noted], PERSONS, OFFICE, "da", FLOWS) == [(NOW, danish)]


def test_without_flows_their_names_stand_there() -> None:
    lines = [line("talk", MONA, "respond"), line("task_done", MONA, "safety")]
    said = [text for _, text in backstage.timeline(lines, PERSONS, OFFICE, "en")]
    assert said == ["A talk with Mona began: respond", "Mona has done: safety"]
    assert title_of("gone", FLOWS, "en") == "gone"


# --- what comes ----------------------------------------------------------------------------------------------------


def timer(key: str, at: datetime = LATER) -> DueTimer:
    return DueTimer(CaseId("c1"), key, at, timedelta(minutes=15))


def coming(key: str, found: CaseFile, language: str = "en", setting: Setting = SETTING) -> list[str]:
    lines = backstage.upcoming([timer(key)], [found], setting, language)
    assert all(one.at == LATER and one.case == "c1" for one in lines)
    return [one.text for one in lines]


def test_the_next_in_line() -> None:
    case = opened(Role.MANAGER, Role.HR)
    assert coming("rung:1", file(case)) == ["Mona has not taken the case: Dan is asked"]
    assert coming("rung:1", file(case), "da") == ["Mona har ikke taget sagen: Dan bliver spurgt"]
    assert coming("rung:2", file(case)) == []
    assert coming("rung:1", file(replace(case, status=Status.ACKNOWLEDGED))) == []


def test_the_end_of_the_line() -> None:
    case = replace(opened(Role.MANAGER), tried=(MONA, DAN))
    assert coming("rung:1", file(case)) == ["Mona has not taken the case: Fay is told that a case has nobody"]
    again = replace(case, ownerless=1, owner=FAY)
    assert coming("rung:1", file(again)) == ["Nobody has taken the case: Hanne is told that a case has nobody"]
    alone = replace(SETTING, rules=LadderRules(), people=OFFICE)
    for person in (HANNE, SARA, WIM, OLLY):
        alone = replace(alone, people=with_(alone.people, person, roles=frozenset()))
    assert coming("rung:1", file(case), setting=alone) == ["Mona has not taken the case: Mona is asked"]
    nobody = replace(case, consent=ticks())
    assert coming("rung:1", file(nobody), setting=alone) == [
        "Mona has not taken the case: nobody can be reached, so it is tried again"
    ]


def test_a_page_goes_out_again_until_somebody_calls() -> None:
    case = replace(opened(Role.ON_CALL), pages=1, paged=(OLLY,))
    assert coming("page:1", file(case)) == ["Nobody on call has answered: they are called again"]
    assert coming("page:2", file(case)) == []
    assert coming("page:1", file(replace(case, called_by=OLLY))) == []
    assert coming("page:1", file(replace(case, status=Status.WITHDRAWN))) == []


def test_what_was_planned() -> None:
    case = opened(Role.MANAGER)
    assert coming("start:check_in:reporter:3.1days", file(case)) == ["Check-in with Rita: How is it going?"]
    assert coming("start:check_in:reporter:3.1days", file(case), "da") == ["Opfølgning med Rita: Hvordan går det?"]
    assert coming("start:respond:owner:3.1days", file(case)) == ["A talk with Mona begins: Help an employee"]
    assert coming("start:check_in:reporter:3.1days", file(replace(case, status=Status.CLOSED))) == []
    involved = file(replace(case, accused=frozenset({MONA})), playbook())
    assert coming("start:respond:owner:3.1days", involved) == []
    assert coming("start:check_in:reporter:3.1days", involved) == ["Check-in with Rita: How is it going?"]
    assert coming(f"due:{PLAYBOOK}:respond.police_help", involved) == []


def playbook(state: TaskState = TaskState.OPEN, **change: object) -> Session:
    shown = {"respond.police_help": Task(state, NOW, LATER), "respond.next_day": Task(TaskState.OPEN, NOW)}
    return talk(PLAYBOOK, MONA, "respond", "police_help", **{"tasks": shown, **change})


@pytest.mark.parametrize(
    ("kind", "english", "danish"),
    [
        (
            "due",
            "“Offer help with a police report” is overdue: more help is asked for",
            "“Tilbyd hjælp til en politianmeldelse” er over tiden: Der bliver bedt om mere hjælp",
        ),
        (
            "remind",
            "A reminder to Mona: Offer help with a police report",
            "En påmindelse til Mona: Tilbyd hjælp til en politianmeldelse",
        ),
        (
            "deadline",
            "The deadline is near. A reminder to Mona: Offer help with a police report",
            "Fristen nærmer sig. En påmindelse til Mona: Tilbyd hjælp til en politianmeldelse",
        ),
    ],
)
def test_what_comes_of_a_task(kind: str, english: str, danish: str) -> None:
    key, case = f"{kind}:{PLAYBOOK}:respond.police_help", opened(Role.MANAGER)
    assert coming(key, file(case, playbook())) == [english]
    assert coming(key, file(case, playbook()), "da") == [danish]
    assert coming(key, file(case, playbook(TaskState.DONE))) == []
    assert coming(key, file(case, playbook(status=TalkStatus.ENDED))) == []
    assert coming(f"{kind}:{PLAYBOOK}:respond.gone", file(case, playbook())) == []
    assert coming(f"{kind}:c1.9:respond.police_help", file(case, playbook())) == []


TALKED = {"respond.first_contact": Task(TaskState.OPEN, NOW, LATER)}


@pytest.mark.parametrize(
    ("hidden", "language", "said"),
    [
        (False, "en", "Talk with Rita and listen"),
        (False, "da", "Tal med Rita, og lyt"),
        (True, "en", "Talk with the employee and listen"),
        (True, "da", "Tal med medarbejderen, og lyt"),
    ],
)
def test_a_task_names_the_employee_as_its_person_may_know(hidden: bool, language: str, said: str) -> None:
    case = replace(opened(), consent=ticks(Role.MANAGER, hidden=hidden), status=Status.ACKNOWLEDGED)
    found = file(case, playbook(tasks=TALKED))
    assert coming(f"due:{PLAYBOOK}:respond.first_contact", found, language)[0].startswith(f"“{said}”")
    assert [text for text, _ in backstage.deadlines(found, SETTING, language)] == [said]
    tasks = backstage.task_texts(found, SETTING, language)
    told = backstage.timeline([line("task_done", MONA, "first_contact")], PERSONS, OFFICE, language, FLOWS, tasks)
    assert told[0][1].endswith(f": {said}")


def test_the_end_of_a_wait() -> None:
    number = next(n for n, step in enumerate(FLOWS.current["respond"].code) if step.VERB == "wait")
    key, case = f"wait:{PLAYBOOK}:respond.#{number}", opened(Role.MANAGER)
    asleep = talk(PLAYBOOK, MONA, "respond", number, asleep=True)
    assert coming(key, file(case, asleep)) == ["Mona goes on with the next step"]
    assert coming(key, file(case, replace(asleep, asleep=False))) == []
    assert coming(f"wait:{PLAYBOOK}:respond.#0", file(case, asleep)) == []


def test_what_is_of_no_case_or_of_no_kind_is_not_shown() -> None:
    assert backstage.upcoming([timer("rung:1")], [], SETTING, "en") == []
    assert coming(f"dream:{PLAYBOOK}:respond.safety", file(opened(), playbook())) == []


def test_the_next_comes_first() -> None:
    timers = [timer("start:check_in:reporter:3", LATER + timedelta(days=1)), timer("rung:1")]
    found = backstage.upcoming(timers, [file(opened(Role.MANAGER))], SETTING, "en")
    assert [one.at for one in found] == [LATER, LATER + timedelta(days=1)]
    assert isinstance(found[0], Coming)


# --- deadlines -----------------------------------------------------------------------------------------------------


def told_when(moment: datetime) -> Session:
    given = Given(Moment(moment), frozenset({Role.OWNER}), NOW)
    return talk(REPORT, RITA, "report", END, answers={"report.last_time": given})


def test_deadlines() -> None:
    case = opened(Role.MANAGER)
    found = backstage.deadlines(file(case, told_when(NOW), playbook()), SETTING, "en")
    assert found == [
        ("Mona takes the case", LATER),
        ("Offer help with a police report", LATER),
        ("Deadline: Offer help with a police report", NOW + timedelta(hours=72)),
    ]
    danish = backstage.deadlines(file(case, told_when(NOW), playbook()), SETTING, "da")
    assert [label for label, _ in danish] == [
        "Mona tager sagen",
        "Tilbyd hjælp til en politianmeldelse",
        "Frist: Tilbyd hjælp til en politianmeldelse",
    ]


def test_a_deadline_counts_from_what_is_known() -> None:
    taken = replace(opened(Role.MANAGER), status=Status.ACKNOWLEDGED)
    assert backstage.deadlines(file(taken, playbook()), SETTING, "en") == [("Offer help with a police report", LATER)]
    assert backstage.deadlines(file(taken, playbook(TaskState.DONE)), SETTING, "en") == []
    assert backstage.deadlines(file(taken, playbook(status=TalkStatus.ENDED)), SETTING, "en") == []
    nobody = replace(opened(Role.MANAGER), ownerless=1)
    assert backstage.deadlines(file(nobody), SETTING, "en") == [("Somebody takes the case", LATER)]


# --- where each one stands -----------------------------------------------------------------------------------------


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
    assert backstage.owner(opened(Role.MANAGER)) == MONA


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
