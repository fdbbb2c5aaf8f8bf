"""The life of a case: each cell of its table, everything that is no cell, and what holds for all of them."""

from __future__ import annotations

from itertools import product

import pytest

from bot.cases.case import AT_REST, MOVES, UNTAKEN, Status, Trigger, move

#: The table once more, read aloud: from, what happens, to.
CELLS = """
draft         open        opened
draft         withdraw    withdrawn
opened        arrived     alerted
opened        taken       acknowledged
opened        silence     escalated
opened        handed      handed_over
opened        withdraw    withdrawn
alerted       taken       acknowledged
alerted       silence     escalated
alerted       handed      handed_over
alerted       withdraw    withdrawn
acknowledged  acted       in_progress
acknowledged  checked_in  follow_up
acknowledged  silence     escalated
acknowledged  handed      handed_over
acknowledged  close       closed
acknowledged  withdraw    withdrawn
in_progress   checked_in  follow_up
in_progress   silence     escalated
in_progress   handed      handed_over
in_progress   close       closed
in_progress   withdraw    withdrawn
follow_up     silence     escalated
follow_up     handed      handed_over
follow_up     close       closed
follow_up     withdraw    withdrawn
escalated     taken       acknowledged
escalated     silence     escalated
escalated     mended      in_progress
escalated     handed      handed_over
escalated     withdraw    withdrawn
handed_over   taken       acknowledged
handed_over   silence     escalated
handed_over   handed      handed_over
handed_over   withdraw    withdrawn
reopened      arrived     alerted
reopened      taken       acknowledged
reopened      silence     escalated
reopened      handed      handed_over
reopened      withdraw    withdrawn
closed        reopen      reopened
"""
EXPECTED = {
    (Status(start), Trigger(trigger)): Status(end)
    for start, trigger, end in (line.split() for line in CELLS.strip().splitlines())
}


@pytest.mark.parametrize(("status", "trigger"), list(product(Status, Trigger)))
def test_every_cell_and_every_gap(status: Status, trigger: Trigger) -> None:
    assert move(status, trigger) is EXPECTED.get((status, trigger))


def test_every_status_has_a_row() -> None:
    assert set(MOVES) == set(Status)


def test_the_reporter_may_withdraw_from_anywhere_but_a_closed_case() -> None:
    ends = {Status.CLOSED, Status.WITHDRAWN}
    assert {s for s in Status if move(s, Trigger.WITHDRAW) is Status.WITHDRAWN} == set(Status) - ends


def test_nothing_leads_out_of_withdrawn() -> None:
    assert MOVES[Status.WITHDRAWN] == {}


def test_silence_escalates_from_everywhere_but_draft_and_the_ends() -> None:
    assert {s for s in Status if move(s, Trigger.SILENCE) is Status.ESCALATED} == set(Status) - AT_REST


def test_a_case_is_handed_over_from_everywhere_but_draft_and_the_ends() -> None:
    assert {s for s in Status if move(s, Trigger.HANDED) is Status.HANDED_OVER} == set(Status) - AT_REST


def test_whoever_takes_an_untaken_case_acknowledges_it() -> None:
    assert {s for s in Status if move(s, Trigger.TAKEN) is Status.ACKNOWLEDGED} == UNTAKEN


def test_a_case_is_closed_only_after_somebody_took_it() -> None:
    closable = {s for s in Status if move(s, Trigger.CLOSE) is not None}
    assert closable == set(Status) - AT_REST - UNTAKEN


def test_only_a_draft_is_opened_and_only_a_closed_case_reopened() -> None:
    assert [s for s in Status if move(s, Trigger.OPEN)] == [Status.DRAFT]
    assert [s for s in Status if move(s, Trigger.REOPEN)] == [Status.CLOSED]


def test_no_status_is_out_of_reach() -> None:
    reached, more = {Status.DRAFT}, [Status.DRAFT]
    while more:
        found = set(MOVES[more.pop()].values()) - reached
        reached |= found
        more.extend(found)
    assert reached == set(Status)
