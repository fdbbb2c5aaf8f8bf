"""`do`: each command is a wish to the case; and the plain steps around it: say, call, wait, end."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.core.case_commands import (
    CaseCommand,
    CloseCase,
    Escalate,
    HandOver,
    OpenCase,
    PageOnCall,
    RaiseLevel,
    Recuse,
    Share,
    StartFlow,
    WithdrawCase,
    WriteNote,
)
from bot.core.durations import Duration, Unit
from bot.core.facts import Takers
from bot.core.levels import Level
from bot.core.people import PersonId, Role
from tests.talking import talk
from tests.workplace import BEA, CEM, MIA, NOW
from tests.written import flow_of, problems_of


@pytest.mark.parametrize(
    ("written", "wish"),
    [
        ("open_case", OpenCase()),
        ("page_on_call", PageOnCall()),
        ("raise\n  to: high", RaiseLevel(Level.HIGH)),
        ("escalate", Escalate("asked")),
        ("start\n  flow: check_in", StartFlow("check_in", Role.REPORTER, None)),
        (
            "start\n  flow: check_in\n  with: owner\n  after: 2 days",
            StartFlow("check_in", Role.OWNER, Duration(2, Unit.DAYS)),
        ),
        ("hand_over", HandOver()),
        ("recuse", Recuse()),
        ("note\n  text: From {organisation.name}", WriteNote("From Nordlys")),
        ("close", CloseCase()),
        ("withdraw", WithdrawCase()),
    ],
)
def test_commands(written: str, wish: CaseCommand) -> None:
    """The command goes to the case, and the talk goes on behind it."""
    a = talk(f"- do: {written}\n- say: On")
    assert a.decided == [wish]
    assert a.shown == ["On"]


WHO = "- ask: Who is to go on?\n  id: who\n  type: person\n- do: hand_over\n  to: who\n- say: On"
INSIDE = "\n  - ask: Who?\n    id: who\n    type: person\n    required: true"


TAKERS = Takers(frozenset({BEA}), (BEA,))


@pytest.mark.parametrize(("picked", "to"), [(BEA, BEA), ("rather_not", None)])
def test_a_case_is_handed_over_to_the_person_who_was_named(picked: str, to: PersonId | None) -> None:
    """Whoever the question names; with nobody named, whoever comes next."""
    a = talk(WHO, audience="owner", person=MIA, takers=lambda: TAKERS).presses(picked)
    assert a.decided == [HandOver(to)]
    assert a.shown == ["On"]


@pytest.mark.parametrize("step", [WHO, f"- form: To whom\n  id: giving\n  fields:{INSIDE}\n- do: hand_over\n  to: who"])
def test_those_alone_are_offered_who_could_take_the_case(step: str) -> None:
    """Of all others one sentence is said, and the question stays open."""
    a = talk(step, audience="owner", person=MIA, takers=lambda: TAKERS)
    refused = "I cannot ask that person just now. Please choose somebody else."
    if a.last.form is None:
        assert a.last.among == (BEA,)
        assert a.presses(CEM).shown[0] == a.says("Dan Krogh").shown[0] == refused
        assert a.asking == "who"
    else:
        assert a.last.form.fields[0].among == (BEA,)
        assert a.submits(who=CEM).errors == a.submits(who="Dan Krogh").errors == {"who": refused}
        assert a.submits(who="be").errors["who"].startswith("I cannot find anybody")
    assert a.decided == []


def test_any_other_question_about_a_person_offers_everybody() -> None:
    assert talk(WHO.replace("to: who", "when: answered(who)"), audience="owner", person=MIA).last.among is None


SHARE = """
- ask: Who needs to read it?
  id: who
  type: person
- ask: What for?
  id: why
  type: paragraph
- do: share
  to: who
  why: why
- say: On
"""


@pytest.mark.parametrize(
    ("picked", "said", "wish"),
    [
        (BEA, "Bea has the logs", Share(BEA, "Bea has the logs")),
        ("rather_not", "Somebody", Share(None, "Somebody")),
        (BEA, "skip", Share(BEA)),
    ],
)
def test_one_more_reader_is_the_person_who_was_named(picked: str, said: str, wish: Share) -> None:
    """The person and what for, as answered; what was skipped is left open."""
    a = talk(SHARE, audience="owner", person=MIA, may_read_too=lambda person: person == BEA).presses(picked).says(said)
    assert a.decided == [wish]
    assert "Bea" not in repr(wish)


def test_for_whom_nobody_can_wish_the_same_is_said_and_what_was_typed_stays() -> None:
    """Everybody is offered: a gap in the list would tell more than the one sentence."""
    form = f"- form: To whom\n  id: giving\n  fields:{INSIDE}\n- do: share\n  to: who\n  why: who"
    for step in (SHARE, form):
        a = talk(step, audience="owner", person=MIA, may_read_too=lambda person: person == BEA)
        if a.last.form is None:
            assert a.last.among is None
            assert a.presses(CEM).shown[0] == "I cannot ask for this person here."
            assert a.asking == "who"
        else:
            assert a.last.form.fields[0].among is None
            assert a.submits(who=CEM).errors == {"who": "I cannot ask for this person here."}


def test_to_whom_belongs_to_what_a_flow_is_made_of() -> None:
    """Talks stand in the structure they began with: another question is another structure."""
    other = WHO.replace("to: who", "to: whom").replace("id: who", "id: who\n  type: person\n- ask: W?\n  id: whom")
    assert flow_of(WHO).structure != flow_of(other).structure
    assert flow_of(WHO).structure != flow_of(WHO.replace("  to: who\n", "")).structure


def test_a_note_is_kept_with_its_readers() -> None:
    """What a note says can be read by those whom the flow allows."""
    a = talk("- do: note\n  text: A word")
    assert a.session.answers["talk.note_0"].readers == {Role.OWNER, Role.HR}


def test_what_follows_a_command_reads_what_it_changed() -> None:
    """A level that was raised is shown as it is then."""
    a = talk("- do: raise\n  to: critical\n- say: '{case.level}'")
    assert a.shown == ["at once"]


def test_a_called_flow_comes_back() -> None:
    """A called flow runs and comes back, also from its end; its answers are its own."""
    advice = flow_of("- choose: More?\n  id: more\n  options:\n    y: Y\n- end: That is all", name="advice")
    a = talk(flow_of("- call: advice\n- say: 'Back, {advice.more}'"), advice)
    assert a.asking == "advice.more"
    assert a.says("Y").shown == ["That is all", "Back, Y"]
    assert a.ended


def test_wait() -> None:
    """A wait sleeps until its time has passed by the clock or the calendar; words in between are answered kindly."""
    a = talk("- wait: 2 days\n- say: On")
    assert a.timers == {"wait": NOW + timedelta(days=2)}
    assert a.says("hello").shown[0].startswith("You can write these at any time")
    assert a.fires("wait", "#9", NOW, NOW).shown == []  # of another wait
    assert a.waits(timedelta(days=2), "wait", "#0").shown == ["On"]
    assert a.ended
    assert a.waits(timedelta(), "wait", "#0").shown == []  # it has ended


def test_mistakes() -> None:
    """A command takes its own keys, and needs some of them."""
    assert "unknown-word" in problems_of("- do: explode")
    assert "key-of-other" in problems_of("- do: close\n  to: high")
    assert "missing-key" in problems_of("- do: raise")
    assert "missing-key" in problems_of("- do: start")
    assert "missing-key" in problems_of("- do: note")
    assert "missing-key" in problems_of("- do: share")
    assert "unknown-word" in problems_of("- do: start\n  flow: a\n  with: hr")
    for verb in ("say", "end", "task", "choose", "ask", "consent", "form", "review", "call"):
        assert "not-a-text" in problems_of(f"- {verb}:\n  - a")
    assert "not-a-text" in problems_of("- wait:\n  - a")
    assert "duration" in problems_of("- wait: long")
