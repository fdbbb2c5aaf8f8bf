"""What answers mean for the case: who did it, to whom, who may know, and when."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.core.answers import Answer, Many
from bot.core.case_commands import SetAccused, SetAffected, SetConsent
from bot.core.people import Role
from bot.flow.meaning import dated, learned, offered, reticked, together, traced
from bot.steps.base import Means
from tests.talking import Conversation, talk
from tests.workplace import ADA, BEA, DAN, MIA, STAFF, staff
from tests.written import flow_of

WHO = """
- choose: Who did it?
  id: who
  many: true
  means: accused
  options:
    manager: My manager
    reporter: I did
    customer: A customer
- ask: Which colleague?
  id: which
  type: person
  means: accused
- review: Right?
"""


def means(a: Conversation) -> tuple[SetAccused, SetAffected, SetConsent]:
    accused, affected, consent = learned(a.flows, a.session, a.facts.people)
    assert isinstance(accused, SetAccused)
    assert isinstance(affected, SetAffected)
    assert isinstance(consent, SetConsent)
    return accused, affected, consent


def test_options_named_like_roles_are_persons() -> None:
    """Manager and reporter are the people themselves; any other option is nobody inside."""
    assert means(talk(WHO).presses("manager", "reporter"))[0] == SetAccused(frozenset({MIA, ADA}), unresolved=False)
    assert means(talk(WHO).presses("customer"))[0] == SetAccused(frozenset(), unresolved=False)


def test_an_insider_who_is_not_named_stays_unresolved() -> None:
    """Not listed, rather not, skipped, or a manager whom nobody knows: somebody inside, and not who."""
    assert means(talk(WHO).presses("customer").presses("not_listed"))[0].unresolved
    assert means(talk(WHO).presses("customer").says("skip"))[0].unresolved
    boss = staff(*(p for p in STAFF if p.id != MIA))
    assert means(talk(WHO, people=boss).presses("manager"))[0] == SetAccused(frozenset(), unresolved=True)
    assert means(talk(WHO).says("skip").says("Dan Krogh"))[0] == SetAccused(frozenset({DAN}), unresolved=False)


def test_who_was_named_stays_left_out_while_the_talk_is_replayed() -> None:
    """Gone back before the question, whoever was named there is not told in between."""
    a = talk(WHO).presses("customer").says("Dan Krogh").presses("change:talk.who")
    assert means(a)[0].persons == {DAN}
    assert means(a.presses("customer"))[0].persons == {DAN}


def test_a_question_that_is_passed_over_names_nobody() -> None:
    """What was named where the talk comes no more does not count."""
    steps = """
        - choose: Inside?
          id: inside
          options:
            y: Y
            n: N
        - ask: Who?
          id: who
          type: person
          means: accused
          when: inside is y
        - review: Right?
        """
    a = talk(steps).presses("y").says("Dan Krogh").presses("change:talk.inside")
    assert means(a)[0].persons == {DAN}
    assert means(a.presses("n"))[0] == SetAccused(frozenset(), unresolved=False)


def test_names_in_a_called_flow() -> None:
    """Whoever was named in a called flow stays left out as long as the talk may come there again."""
    called = flow_of("- ask: Who?\n  id: who\n  type: person\n  means: accused", name="naming")
    flow = flow_of(
        """
        - choose: Inside?
          id: inside
          options:
            y: Y
            n: N
        - call: naming
          when: inside is y
        - ask: More?
          id: more
        - review: Right?
        """
    )
    a = talk(flow, called).presses("y").says("Dan Krogh").says("word")
    assert means(a)[0].persons == {DAN}
    assert means(a.presses("change:talk.inside"))[0].persons == {DAN}


def test_whom_it_happened_to() -> None:
    """Somebody else may be affected; the last one who was named counts."""
    steps = "- ask: Whom?\n  id: whom\n  type: person\n  means: affected"
    assert means(talk(steps))[1] == SetAffected(None)
    assert means(talk(steps).says("Bea Falk"))[1] == SetAffected(BEA)
    assert means(talk(steps).presses("rather_not"))[1] == SetAffected(None)


def test_consents_add_up() -> None:
    """Who was ticked once may know; without a name holds as soon as it was wished once."""
    steps = """
        - consent: Now?
          id: now
          options:
            on_call: On call
        - consent: Who?
          id: who
          options:
            hr: HR
          without_name: Not my name
        - consent: Others?
          id: others
          options:
            safety_rep: A rep
        """
    a = talk(steps).presses("on_call").presses("hr", "without_name").says("skip")
    assert means(a)[2] == SetConsent(frozenset({Role.ON_CALL, Role.HR}), without_name=True)


def test_talks_of_a_case_add_up() -> None:
    """What several talks of a case tell is taken together; consents are the reporter's alone."""
    steps = f"{WHO.rstrip()}\n- ask: Whom?\n  id: whom\n  type: person\n  means: affected\n- consent: Who?\n  id: c\n  options:\n    hr: HR"
    one = talk(steps).presses("manager").says("Dan Krogh").presses("confirm").says("Bea Falk").presses("hr")
    two = talk(steps).presses("customer").presses("not_listed").presses("confirm").presses("rather_not")
    sessions = (one.session, two.session, replace(one.session, person=MIA))
    flows, people = one.flows, one.facts.people
    accused, affected, consent = means(two)
    assert together(accused, flows, sessions, ADA, people) == SetAccused(frozenset({MIA, DAN, BEA}), unresolved=True)
    assert together(affected, flows, sessions, ADA, people) == SetAffected(BEA)
    assert together(SetAffected(DAN), flows, sessions, ADA, people) == SetAffected(DAN)
    assert together(consent, flows, sessions, ADA, people) == SetConsent(frozenset({Role.HR}), without_name=False)
    assert together(consent, flows, (replace(one.session, person=MIA),), ADA, people) == SetConsent(
        frozenset(), without_name=False
    )


def test_when_it_happened() -> None:
    """A moment counts as it is, a day from its beginning at the person's place; also when the talk is over."""
    zone = ZoneInfo("Europe/Copenhagen")

    def moment(kind: str, said: str) -> object:
        a = talk(f"- ask: When?\n  id: at\n  type: {kind}\n  means: incident_time\n- end: Bye").says(said)
        assert a.ended
        return dated(a.flows, a.session, zone).get(Means.INCIDENT_TIME)

    assert moment("datetime", "yesterday at 14:30") == ("talk.at", datetime(2026, 11, 24, 13, 30, tzinfo=UTC))
    assert moment("date", "yesterday") == ("talk.at", datetime(2026, 11, 24, 0, 0, tzinfo=zone))
    assert moment("date", "skip") is None


# --- who may know, changed later ---

TWO_CONSENTS = """
- consent: Call somebody?
  id: call
  options:
    on_call: Yes
- consent: Who may know?
  id: may_know
  options:
    hr: HR
    safety_rep: The safety representative
  without_name: Without my name
"""


def changed(*roles: Role, hidden: bool = False) -> dict[str, Answer]:
    """The answers of a reporter who ticked HR and the safety representative, after the change."""
    a = talk(TWO_CONSENTS).presses("nobody").presses("hr", "safety_rep")
    session = a.session
    for again in reticked(a.flows, [session], ADA, SetConsent(frozenset(roles), hidden)):
        assert again.revision == session.revision + 1
        session = again
    return {name.partition(".")[2]: given.answer for name, given in session.answers.items()}


def test_what_the_consents_offered() -> None:
    a = talk(TWO_CONSENTS).presses("nobody")
    assert offered(a.flows, [a.session], ADA) == ((Role.ON_CALL,), False)
    a.presses("hr")
    assert offered(a.flows, [a.session], ADA) == ((Role.ON_CALL, Role.HR, Role.SAFETY_REP), True)
    assert offered(a.flows, [a.session], MIA) == ((), False)


def test_who_may_know_changed_later_is_what_the_answers_say() -> None:
    assert changed(Role.HR) == {"call": Many(("nobody",)), "may_know": Many(("hr",))}
    assert changed(Role.ON_CALL, Role.HR) == {"call": Many(("on_call",)), "may_know": Many(("hr",))}
    assert changed() == {"call": Many(("nobody",)), "may_know": Many(("nobody",))}
    hidden = changed(Role.SAFETY_REP, hidden=True)
    assert hidden == {"call": Many(("nobody",)), "may_know": Many(("safety_rep", "without_name"))}


def test_what_is_as_it_was_is_left_alone() -> None:
    a = talk(TWO_CONSENTS).presses("nobody").presses("hr")
    assert not list(reticked(a.flows, [a.session], ADA, SetConsent(frozenset({Role.HR}), without_name=False)))


def test_the_words_in_which_traces_may_stand() -> None:
    """What was written there, and nothing that was skipped or stands elsewhere."""
    steps = "- ask: A link?\n  id: link\n  means: trace\n- ask: What else?\n  id: else\n"
    a = talk(steps).says("https://example.org/p/1").says("more")
    assert traced(a.flows, [a.session]) == ("https://example.org/p/1",)
    b = talk(steps).says("skip").says("more")
    assert traced(b.flows, [b.session]) == ()
