"""Up the ladder, one rung at a time; through `decide`, as the runtime asks."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.cases import alerts, ladder
from bot.cases.alerts import World
from bot.cases.case import Alerted, Call, Case, Status
from bot.cases.decide import decide
from bot.cases.escalate import acknowledge_by
from bot.cases.inputs import Arrived, Failed, Halfway, RungOver, Widen
from bot.cases.ladder import Decision, Noted
from bot.core.case_commands import OpenCase, SetAccused
from bot.core.effects import CancelTimer, Lane, Send, SetTimer, Update
from bot.core.languages.en import ENGLISH
from bot.core.levels import Level
from bot.core.people import People, PersonId, Role
from bot.core.texts import escape
from bot.errors import Invariant
from tests.cases.deciding import HOUR, timers
from tests.cases.office import (
    AWAY,
    BACK,
    BEA,
    DAN,
    FAY,
    HANNE,
    HUGO,
    MONA,
    OFFICE,
    OLLY,
    RITA,
    SARA,
    WIM,
    draft,
    with_,
    without,
    world,
)
from tests.cases.organisations import NOW


def opened(*roles: Role, people: People = OFFICE) -> Case:
    return decide(draft(*roles), OpenCase(), RITA, world(people)).case


def alerted(decision: Decision) -> list[PersonId]:
    return [e.to for e in decision.effects if isinstance(e, Send) and e.slot.startswith("alert:")]


def told(decision: Decision) -> list[PersonId]:
    return [e.to for e in decision.effects if isinstance(e, Send) and e.slot.startswith("fallback:")]


def run_out(case: Case, here: World, times: int = 1) -> Decision:
    """The rung's time is over, several times."""
    found = Decision(case)
    for _ in range(times):
        found = decide(found.case, RungOver(found.case.rung), None, here)
    return found


def test_opening_alerts_the_first_rung() -> None:
    found = decide(draft(Role.MANAGER, Role.HR), OpenCase(), RITA, world())
    case = found.case
    assert (case.status, case.owner, case.rung, case.opened) == (Status.OPENED, MONA, 1, NOW)
    assert case.acknowledge_by == NOW + HOUR
    assert case.alerted == (Alerted(MONA, 1),)
    assert found.effects == (CancelTimer("rung:0"), alerts.alert(case, MONA, world()))
    assert found.noted == (Noted("opened", RITA, "high"), Noted("alerted", MONA, "rung 1"))


def test_with_nobody_to_tell_a_case_is_not_opened() -> None:
    nobody = without(OFFICE, HANNE, HUGO, SARA, WIM, OLLY, FAY)
    found = decide(draft(), OpenCase(), RITA, world(nobody))
    assert found.case == draft()
    assert found.effects == (alerts.tell(draft(), RITA, ENGLISH.open_refused, "refused"),)
    assert found.noted == (Noted("not_opened"),)


def test_a_fallback_alone_is_enough_to_open() -> None:
    found = decide(draft(), OpenCase(), RITA, world(without(OFFICE, HANNE, HUGO, SARA, WIM, OLLY)))
    assert (found.case.owner, found.case.ownerless) == (FAY, 1)


def test_the_wait_begins_when_the_alert_arrived() -> None:
    later = replace(world(), now=NOW + ladder.LATE - timedelta(seconds=1))
    found = decide(opened(Role.MANAGER), Arrived(1, "slack"), None, later)
    assert (found.case.status, found.case.acknowledge_by) == (Status.ALERTED, later.now + HOUR)
    assert found.effects == (SetTimer("rung:1", later.now + HOUR), SetTimer("half:1", later.now + HOUR / 2))
    assert [(a.person, a.rung, a.platform) for a in found.case.alerted] == [(MONA, 1, "slack")]


def test_an_alert_that_comes_late_shows_the_time_that_counts_and_the_reporter_hears_it() -> None:
    later = replace(world(), now=NOW + ladder.LATE)
    for call in Call:
        stood = replace(opened(Role.MANAGER), alerted=(Alerted(MONA, 1, call),))
        found = decide(stood, Arrived(1), None, later)
        anew = alerts.alert(found.case, MONA, later, call)
        assert escape(later.when(later.now + HOUR, MONA)) in anew.message.text
        said = ENGLISH.came_late.format(person="Mona Jensen", when=escape(later.when(later.now + HOUR, RITA)))
        assert found.effects == (
            SetTimer("rung:1", later.now + HOUR),
            SetTimer("half:1", later.now + HOUR / 2),
            Update(MONA, anew.message, anew.slot, lane=Lane.ALERT),
            alerts.tell(found.case, RITA, said, "late"),
        )


def test_an_alert_that_was_written_without_a_time_is_never_late() -> None:
    stood = replace(opened(Role.MANAGER), acknowledge_by=None)
    assert len(decide(stood, Arrived(1), None, replace(world(), now=NOW + HOUR)).effects) == 2


@pytest.mark.parametrize(
    ("level", "start", "half"),
    [
        (Level.HIGH, NOW, NOW + HOUR / 2),
        (Level.CRITICAL, NOW, None),  # a quarter of an hour
        (Level.MEDIUM, NOW, datetime(2026, 3, 3, 8, 0, tzinfo=UTC)),  # half of a working day is in the night
        (Level.HIGH, NOW - timedelta(hours=8), NOW - timedelta(hours=7.5)),  # danger is by the clock
    ],
)
def test_whoever_is_asked_is_reminded_once_halfway(level: Level, start: datetime, half: datetime | None) -> None:
    case = replace(opened(Role.MANAGER), level=level)
    found = decide(case, Arrived(1), None, replace(world(), now=start))
    assert [e.at for e in found.effects if isinstance(e, SetTimer) and e.key == "half:1"] == ([half] if half else [])


def test_the_reminder_says_for_whom_and_until_when() -> None:
    case = decide(opened(Role.MANAGER), Arrived(1), None, world()).case
    found = decide(case, Halfway(1), None, world())
    (sent,) = [e for e in found.effects if isinstance(e, Send)]
    when = escape(world().when(NOW + HOUR, MONA))
    assert (sent.to, sent.message.choices) == (MONA, ())
    assert sent.message.text == ENGLISH.alert_waits.format(who="Rita Jensen", reference="K7Q\\-4M2X", when=when)
    for late in (replace(case, rung=2), replace(case, status=Status.ACKNOWLEDGED), replace(case, ownerless=1)):
        assert decide(late, Halfway(1), None, world()) == Decision(late)


@pytest.mark.parametrize("status", [Status.ACKNOWLEDGED, Status.CLOSED, Status.WITHDRAWN])
def test_an_arrival_means_nothing_to_a_case_that_waits_for_nobody(status: Status) -> None:
    case = replace(opened(Role.MANAGER), status=status)
    assert decide(case, Arrived(1), None, world()) == Decision(case)
    assert decide(case, Failed(1, MONA), None, world()) == Decision(case)
    assert decide(case, RungOver(1), None, world()) == Decision(case)


def test_a_rung_that_has_passed_means_nothing() -> None:
    case = run_out(opened(Role.MANAGER), world()).case
    for late in (Arrived(1), Failed(1, MONA), RungOver(1)):
        assert decide(case, late, None, world()) == Decision(case)


def test_silence_alerts_the_next_rung_and_tells_the_reporter() -> None:
    found = run_out(opened(Role.MANAGER), world())
    case = found.case
    assert (case.status, case.owner, case.rung, case.tried) == (Status.ESCALATED, DAN, 2, (MONA, DAN))
    assert found.effects == (
        CancelTimer("rung:1"),
        alerts.alert(case, DAN, world(), Call.AGAIN),
        alerts.tell(case, RITA, ENGLISH.climbed.format(person="Dan Jensen"), "climbed"),
    )
    assert found.noted == (Noted("escalated", MONA, "rung 1"), Noted("alerted", DAN, "rung 2"))


def test_at_the_end_the_fallback_owns_it_and_the_reporter_is_asked() -> None:
    found = run_out(opened(Role.MANAGER), world(), 2)
    case = found.case
    assert (case.owner, case.rung, case.ownerless, case.told) == (FAY, 3, 1, (Alerted(FAY, 3),))
    assert case.asked == (BEA, HANNE, SARA, WIM)
    assert found.effects == (
        CancelTimer("rung:2"),
        SetTimer("rung:3", NOW + HOUR),
        alerts.fallback(case, FAY, world()),
        alerts.ask_more(case, (BEA, HANNE, SARA, WIM), world()),
    )
    assert found.noted[-1] == Noted("no_owner", FAY, "rung 3")


def test_fallbacks_take_turns_and_the_reporter_is_asked_once() -> None:
    first = run_out(opened(Role.MANAGER), world(), 2)
    second = run_out(first.case, world())
    assert told(second) == [HANNE]
    assert timers(second) == {"rung:4": 2 * HOUR}
    assert not any(e.to == RITA for e in second.effects if isinstance(e, Send))
    around = run_out(second.case, world(), 5)
    assert told(around) == [FAY]
    assert around.case.told == (*(Alerted(p, n) for p, n in ((HANNE, 4), (HUGO, 5), (SARA, 6), (WIM, 7), (OLLY, 8))), Alerted(FAY, 9))  # fmt: skip


def test_the_fallbacks_time_runs_already_when_it_arrives() -> None:
    case = run_out(opened(Role.MANAGER), world(), 2).case
    assert decide(case, Arrived(case.rung), None, world()) == Decision(case)


def test_who_comes_back_from_leave_is_alerted_and_waited_for() -> None:
    away = with_(OFFICE, MONA, away=AWAY, deputy=None)
    alone = opened(Role.MANAGER, people=away)
    assert (alone.owner, alone.ownerless) == (FAY, 1)
    back = replace(world(away), now=BACK)
    found = run_out(alone, back)
    assert (found.case.owner, found.case.ownerless) == (MONA, 0)
    assert alerted(found) == [MONA]
    arrived = decide(found.case, Arrived(found.case.rung), None, back)
    assert arrived.effects[0] == SetTimer("rung:2", BACK + HOUR)


def test_without_any_fallback_those_who_may_know_are_alerted_again_in_turn() -> None:
    small = without(OFFICE, HANNE, HUGO, SARA, WIM, OLLY, FAY, BEA)
    found = run_out(opened(Role.MANAGER, people=small), world(small), 2)
    assert (alerted(found), found.case.owner, found.case.alerted[-1]) == ([MONA], MONA, Alerted(MONA, 3))
    assert timers(found) == {"rung:3": HOUR}
    assert alerted(run_out(found.case, world(small))) == [DAN]


def test_with_nobody_left_the_last_owner_stays_and_the_time_runs_on() -> None:
    small = without(OFFICE, HANNE, HUGO, SARA, WIM, OLLY, FAY, BEA)
    accused = decide(
        opened(Role.MANAGER, people=small), SetAccused(frozenset({MONA, DAN}), unresolved=False), RITA, world(small)
    )
    assert accused.case.owner == MONA
    assert [e for e in accused.effects if isinstance(e, Send)] == [
        alerts.tell(accused.case, RITA, ENGLISH.nobody_more, "nobody")
    ]
    again = run_out(accused.case, world(small))
    assert [e for e in again.effects if isinstance(e, Send)] == []
    assert timers(accused) == {"rung:2": HOUR}


def test_a_case_never_loses_its_owner() -> None:
    nobody = without(OFFICE, HANNE, HUGO, SARA, WIM, OLLY, FAY)
    with pytest.raises(Invariant, match="c1 would have no owner"):
        ladder.climb(draft(), world(nobody), told=False)


def test_an_alert_that_cannot_arrive_goes_to_the_next_at_once() -> None:
    found = decide(opened(Role.MANAGER), Failed(1, MONA), None, world())
    assert (found.case.status, found.case.owner, found.case.tried) == (Status.OPENED, DAN, (MONA, DAN))
    assert alerted(found) == [DAN]
    assert found.noted == (Noted("unreachable", MONA, "rung 1"), Noted("alerted", DAN, "rung 2"))


def test_a_failure_of_somebody_not_tried_is_remembered() -> None:
    case = run_out(opened(Role.MANAGER), world(), 2).case
    found = decide(case, Failed(case.rung, FAY), None, world())
    assert found.case.tried == (MONA, DAN, FAY)
    assert told(found) == [HANNE]


def test_when_everybody_was_tried_no_failure_makes_a_message() -> None:
    small = without(OFFICE, HANNE, HUGO, SARA, WIM, OLLY, BEA, DAN)
    here = world(small)
    case = run_out(opened(Role.MANAGER, people=small), here).case
    assert case.owner == FAY
    found = decide(case, Failed(case.rung, FAY), None, here)
    assert found.effects == (SetTimer(f"rung:{case.rung}", NOW + HOUR),)
    assert found.noted == (Noted("unreachable", FAY, "rung 2"),)
    assert found.case == replace(case, tried=(MONA, FAY))


def test_whom_the_reporter_adds_is_alerted_next() -> None:
    case = run_out(opened(Role.MANAGER), world(), 2).case
    found = decide(case, Widen(HANNE, 1), RITA, world())
    assert (found.case.owner, found.case.ownerless) == (HANNE, 0)
    assert found.case.consent.persons == {HANNE}
    assert alerted(found) == [HANNE]
    assert found.noted == (Noted("widened", HANNE), Noted("alerted", HANNE, "rung 4"))
    (answered, told, *_) = found.effects
    assert isinstance(answered, Update)
    assert (answered.slot, answered.message.choices) == ("ask_more:1", ())
    assert told == alerts.tell(case, RITA, ENGLISH.ask_more_thanks.format(person="Hanne Jensen"), "widened")


def test_nobody_is_passed_over_while_their_platform_is_down() -> None:
    stood = opened(Role.MANAGER, Role.HR)
    down = replace(world(), down=frozenset({"terminal"}))
    found = decide(stood, RungOver(stood.rung), None, down)
    due = acknowledge_by(down.rules, stood.level, NOW, down.site)
    assert found == Decision(replace(stood, acknowledge_by=due), (SetTimer(f"rung:{stood.rung}", due),))
    assert (
        decide(stood, RungOver(stood.rung), None, replace(down, down=frozenset({"slack"}))).case.rung == stood.rung + 1
    )
    assert decide(stood, RungOver(stood.rung - 1), None, down) == Decision(stood)
    elsewhere = decide(stood, Arrived(stood.rung, "slack"), None, down).case
    assert decide(elsewhere, RungOver(stood.rung), None, down).case.rung == stood.rung + 1, (
        "slack is up: it was silence"
    )
    ownerless = replace(stood, ownerless=1, tried=tuple(person.id for person in OFFICE))
    assert decide(ownerless, RungOver(stood.rung), None, down).case.rung == stood.rung + 1
