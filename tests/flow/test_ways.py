"""Whoever is on call can be called only where something rings; buttons and reading without a talk of one's own."""

from __future__ import annotations

from bot.core.answers import Words
from bot.core.case_commands import AskAffected
from bot.core.effects import NoteRead
from bot.core.files import beginning, told_by
from bot.core.ids import CaseId, SessionId
from bot.core.people import Role
from bot.core.replies import Show
from bot.core.session import Given, Session
from bot.flow.check.ways import check_ways
from bot.flow.interpret import read
from bot.flow.load import load_flow
from bot.flow.model import Flows
from tests.talking import talk
from tests.workplace import MIA, NOW, facts
from tests.written import flow_of

CALLS = """\
- consent: Shall I call?
  id: call
  options:
    on_call: Yes
- do: page_on_call
"""


def test_each_step_that_calls_is_named_where_nothing_can_ring() -> None:
    (problem,) = check_ways([flow_of(CALLS), flow_of("- say: Hello")])
    assert (problem.rule, problem.line > 0) == ("page-without-way", True)


def test_a_button_is_a_text_of_its_flow_and_stands_on_the_card_of_whom_it_is_for() -> None:
    text = (
        "bistand: 1\nflow: note\ntitle: Note\naudience: owner\nlanguage: en\nstart:\n  button: Write a note\n"
        "  for: [owner, hr]\nsteps:\n- say: Hello\n"
    )
    flow, problems = load_flow(text, "note.yaml")
    assert flow is not None
    assert problems == ()
    assert "Write a note" in [found.source for found in flow.texts()]
    assert flow.offered_to == {Role.OWNER, Role.HR}
    assert flow_of("- say: Hello").offered_to == frozenset()


def test_what_was_told_is_read_without_a_talk_of_ones_own() -> None:
    report = flow_of("- ask: What happened?\n  id: story", name="report")
    reader = Session(SessionId(""), CaseId("case"), MIA, "", "en", "", ())
    shared = {"report.story": Given(Words("They wrote"), frozenset({Role.OWNER}), NOW)}
    turn = read(Flows({"report": report}), reader, facts(shared=shared))
    assert isinstance(turn.reply, Show)
    assert [fact.value for fact in turn.reply.facts] == ["Ada Holm", "They wrote"]
    assert turn.effects == (NoteRead(MIA),)


def test_first_bytes_tell_their_type_and_others_tell_nothing() -> None:
    assert told_by(beginning("image/png")) == "image/png"
    assert told_by(beginning("text/plain")) is None


def test_whoever_it_happened_to_is_asked_by_the_flow_that_is_named() -> None:
    assert AskAffected("for_you") in talk("- do: ask_affected\n  flow: for_you\n- end: Bye").effects
