"""What comes next in a case, and its deadlines, as the panel behind the chats tells them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Unpack

import pytest

from adapters.web import backstage
from adapters.web.backstage import Coming
from bot.cases.case import CaseFile, Status
from bot.cases.escalate import LadderRules
from bot.core.answers import Moment
from bot.core.ids import CaseId
from bot.core.people import Role
from bot.core.session import Given, Session, Task, TaskState
from bot.core.session import Status as TalkStatus
from bot.flow.model import END
from bot.runtime.ports import DueTimer
from bot.runtime.view import Setting
from tests.adapters.web.behind import FLOWS, LATER, PERSONS, PLAYBOOK, REPORT, SETTING, file, line, opened, talk
from tests.cases.office import DAN, FAY, HANNE, MONA, OFFICE, OLLY, RITA, SARA, WIM, ticks, with_
from tests.cases.organisations import NOW
from tests.changes import TalkChange


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
    over = replace(case, status=Status.CLOSED)
    assert coming("start:check_in:reporter:3.1days", file(over)) == ["Check-in with Rita: How is it going?"]
    assert coming("start:check_in:reporter:3.1days", file(replace(over, checked=True))) == []
    assert coming("start:respond:owner:3.1days", file(over)) == []
    involved = file(replace(case, accused=frozenset({MONA})), playbook())
    assert coming("start:respond:owner:3.1days", involved) == []
    assert coming("start:check_in:reporter:3.1days", involved) == ["Check-in with Rita: How is it going?"]
    assert coming(f"due:{PLAYBOOK}:respond.police_help", involved) == []


def playbook(state: TaskState = TaskState.OPEN, **change: Unpack[TalkChange]) -> Session:
    shown = {"respond.police_help": Task(state, NOW, LATER), "respond.next_day": Task(TaskState.OPEN, NOW)}
    return replace(talk(PLAYBOOK, MONA, "respond", "police_help", tasks=shown), **change)


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
