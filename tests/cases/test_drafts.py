"""Drafts that rest: when the reporter is told, what keeps one, and when it goes."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from bot.cases import drafts
from bot.cases.alerts import World
from bot.cases.case import Case, Status
from bot.cases.decide import decide
from bot.cases.inputs import DraftOver, KeepDraft
from bot.cases.ladder import Decision
from bot.core.durations import Duration, Unit
from bot.core.effects import CancelTimer, Delete, Erase, Send, SetTimer, Update
from bot.core.languages.en import ENGLISH
from tests.cases.office import RITA, draft, world
from tests.cases.organisations import NOW

SAID = ENGLISH.knowing
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def at(moment: datetime, days: int = 30) -> World:
    return replace(world(now=moment), drafts=Duration(days, Unit.DAYS))


def resting(word: datetime = NOW) -> Case:
    return replace(draft(), last_word=word)


def over(
    case: Case, moment: datetime, *, holds: bool = True, last: bool = False, late: timedelta = timedelta()
) -> Decision:
    return decide(case, DraftOver(moment - late, holds, last), None, at(moment))


def timers(found: Decision) -> dict[str, datetime]:
    return {e.key: e.at for e in found.effects if isinstance(e, SetTimer)}


def test_the_first_word_sets_one_timer_and_the_next_ones_none() -> None:
    first = drafts.spoken(draft(), draft(), at(NOW))
    assert list(timers(first)) == ["draft:rests"]
    assert timers(first)["draft:rests"] == NOW + 27 * DAY - HOUR  # in summer time by then
    more = drafts.spoken(first.case, first.case, at(NOW + DAY))
    assert (more.case.last_word, more.effects) == (NOW + DAY, ())


def test_the_reporter_is_told_three_days_before() -> None:
    moment = NOW + 27 * DAY
    found = over(resting(), moment)
    (told,) = [e for e in found.effects if isinstance(e, Send)]
    assert (told.to, [c.id for c in told.message.choices]) == (RITA, ["keep"])
    assert timers(found) == {"draft:last": moment + 3 * DAY}


def test_a_word_meanwhile_begins_the_time_anew() -> None:
    spoke = resting(NOW + 20 * DAY)
    assert list(timers(over(spoke, NOW + 27 * DAY))) == ["draft:rests"]
    after_notice = resting(NOW + 28 * DAY)
    assert list(timers(over(after_notice, NOW + 30 * DAY, last=True))) == ["draft:rests"]


def test_it_goes_whole() -> None:
    found = over(resting(), NOW + 30 * DAY, last=True)
    assert found.effects[0] == Delete(RITA)
    assert found.effects[-1] == Erase()
    assert [e.message.text for e in found.effects if isinstance(e, Send)] == [SAID.draft_dropped]


def test_after_a_standstill_the_reporter_is_told_again() -> None:
    moment = NOW + 36 * DAY
    found = over(resting(), moment, last=True, late=6 * DAY)
    assert Erase() not in found.effects
    assert timers(found) == {"draft:last": moment + 3 * DAY}


def test_what_holds_nothing_goes_without_a_word() -> None:
    early = over(resting(), NOW + 27 * DAY, holds=False)
    assert timers(early) == {"draft:rests": NOW + 30 * DAY - HOUR}
    assert over(resting(), NOW + 30 * DAY, holds=False).effects == (Erase(),)


def test_a_press_keeps_it() -> None:
    moment = NOW + 28 * DAY
    found = decide(resting(), KeepDraft(), RITA, at(moment))
    assert found.case.last_word == moment
    assert CancelTimer("draft:last") in found.effects
    assert timers(found)["draft:rests"] == moment + 27 * DAY
    assert [e.message.text for e in found.effects if isinstance(e, Update)] == [SAID.draft_kept]


def test_what_was_sent_is_no_draft() -> None:
    case = replace(resting(), status=Status.ALERTED)
    assert over(case, NOW + 40 * DAY) == Decision(case)
    assert decide(case, KeepDraft(), RITA, at(NOW)) == Decision(case)
    assert {e.key for e in drafts.sent(case).effects if isinstance(e, CancelTimer)} == {"draft:rests", "draft:last"}
    unheard = draft()
    assert over(unheard, NOW) == Decision(unheard)


def test_kept_for_a_day_only_there_is_still_a_word_before() -> None:
    found = decide(resting(), DraftOver(NOW + DAY, holds=True, last=False), None, at(NOW + DAY, days=1))
    assert timers(found) == {"draft:last": NOW + 4 * DAY}
