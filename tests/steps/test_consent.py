"""`consent`: who may know, without whoever is accused."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.core.answers import Many, Skipped
from bot.core.case_commands import SetConsent
from bot.core.events import Command
from bot.core.people import Absence, People, PersonId, Role
from tests.talking import talk
from tests.workplace import ADA, BEA, CEM, DAN, MIA, NOW, STAFF, person, staff
from tests.written import problems_of

STEPS = """
- consent: Who may know?
  id: may_know
  options:
    manager: My manager, {manager.name}
    hr: HR
  without_name: But not who I am
- say: You said {may_know}.
"""


def test_the_screen_names_everybody() -> None:
    """Each role is shown with the people it stands for, a deputy among them, where its option does not name all."""
    a = talk(STEPS)
    assert [(f.label, f.value) for f in a.last.facts] == [
        ("Your manager", "Mia Lund (deputy: Dan Krogh)"),
        ("HR", "Bea Falk and Cem Aydin"),
    ]
    assert a.choices == {
        "manager": "My manager, Mia Lund",
        "hr": "HR",
        "nobody": "Nobody",
        "without_name": "But not who I am",
    }


def away(*who: PersonId, until: datetime | None = datetime(2026, 12, 3, 23, 0, tzinfo=UTC)) -> People:
    leave = (Absence(NOW - timedelta(days=1), until),)
    return staff(*(replace(one, away=leave) if one.id in who else one for one in STAFF))


def test_who_is_away_is_said_and_who_stands_in() -> None:
    """The last day of an absence is named, at the reader's place; the deputy only where one is there."""
    assert [f.value for f in talk(STEPS, people=away(MIA, CEM)).last.facts] == [
        "Mia Lund (deputy: Dan Krogh). Mia Lund is away until 3 December. Dan Krogh stands in.",
        "Bea Falk and Cem Aydin. Cem Aydin is away until 3 December.",
    ]
    both = talk(STEPS, people=away(MIA, DAN)).last.facts[0].value
    assert both.endswith("Mia Lund is away until 3 December. Dan Krogh is away until 3 December.")
    long = talk(STEPS, people=away(BEA, until=datetime(2027, 1, 31, 23, 0, tzinfo=UTC))).last.facts[1].value
    assert long == "Bea Falk and Cem Aydin. Bea Falk is away until 31 January 2027."
    nobody_knows = talk(STEPS, people=away(MIA, until=None)).last.facts[0].value
    assert nobody_knows == "Mia Lund (deputy: Dan Krogh). Mia Lund is away for now. Dan Krogh stands in."


def test_who_cannot_be_reached_is_said_and_who_stands_in() -> None:
    def gone(*who: PersonId) -> People:
        return staff(*(replace(one, addresses=()) if one.id in who else one for one in STAFF))

    assert talk(STEPS, people=gone(MIA)).last.facts[0].value == (
        "Mia Lund (deputy: Dan Krogh). I cannot reach Mia Lund here just now. Dan Krogh stands in."
    )
    both = talk(STEPS, people=gone(MIA, DAN)).last.facts[0].value
    assert both.endswith("I cannot reach Mia Lund here just now. I cannot reach Dan Krogh here just now.")
    assert (
        "Jeg kan ikke få fat i Mia Lund her lige nu."
        in talk(STEPS, people=gone(MIA), language="da").last.facts[0].value
    )


def test_in_danish_too() -> None:
    """The deputy is named in a sentence of their own."""
    a = talk(STEPS, people=away(MIA), language="da")
    assert "Mia Lund er væk til og med 3. december. Dan Krogh træder til imens." in a.last.facts[0].value


NAMED = "- consent: Who?\n  id: may_know\n  options:\n    manager: '{manager.name}, or {deputy.name}'\n"


def test_an_option_that_names_everybody_gets_a_line_only_for_who_is_away() -> None:
    """Nothing is said twice."""
    assert talk(NAMED).last.facts == ()
    (line,) = talk(NAMED, people=away(MIA)).last.facts
    assert (line.label, line.value) == ("Your manager", "Mia Lund is away until 3 December. Dan Krogh stands in.")


HELPS = NAMED + "  sees:\n    manager: Helps you\n"


def test_what_they_do_stands_before_it() -> None:
    """Beside the names, what a role does and who is away are one line."""
    (line,) = talk(HELPS, people=away(MIA)).last.facts
    assert talk(HELPS).last.facts[0].value == "Helps you"
    dotted = talk(HELPS.replace("Helps you", "Helps you."), people=away(MIA)).last.facts
    assert dotted == (line,)
    assert line.value == "Helps you. Mia Lund is away until 3 December. Dan Krogh stands in."


def test_several_may_know() -> None:
    """Ticks add up, and the case is told."""
    a = talk(STEPS).presses("hr", "manager", "without_name")
    assert a.answer("may_know") == Many(("manager", "hr", "without_name"))
    assert a.decided == [SetConsent(frozenset({Role.MANAGER, Role.HR}), without_name=True)]
    assert a.shown == ["You said My manager, Mia Lund, HR and But not who I am."]


def test_it_is_typed() -> None:
    """Labels and numbers answer; a doubt is asked back; what is nothing is asked again."""
    assert talk(STEPS).says("hr, nobody").asking == "may_know"
    assert talk(STEPS).says("2, 4").answer("may_know") == Many(("hr", "without_name"))
    a = talk(STEPS).says("the manager")
    assert a.shown == ["Did you mean **My manager, Mia Lund**?"]
    assert a.says("yes").answer("may_know") == Many(("manager",))
    assert talk(STEPS).says("banana").asking == "may_know"


def test_nobody_is_an_answer() -> None:
    """Nobody is always there, tells the case nothing new, and goes with no name."""
    a = talk(STEPS).presses("nobody")
    assert a.answer("may_know") == Many(("nobody",))
    assert a.decided == []
    assert a.shown == ["You said Nobody."]


def test_contradictions_are_asked_again() -> None:
    """Nobody and somebody contradict each other; without a name alone names nobody to tell."""
    for options in (("without_name",), ("on_call",), ()):
        a = talk(STEPS).presses(*options)
        assert a.shown[0].startswith("I am not sure where that belongs. Please choose one of the answers.")
        assert a.asking == "may_know"
    a = talk(STEPS).presses("nobody", "hr")
    assert a.shown[0] == "**Nobody** stands alone. Please choose it by itself, or leave it out."
    assert a.asking == "may_know"


def test_who_was_ticked_before_is_ticked_when_it_is_asked_again() -> None:
    a = talk(STEPS + "- ask: Anything else?\n  id: more")
    assert a.last.chosen == ()
    assert a.presses("hr", "without_name").says("back").last.chosen == ("hr", "without_name")


def test_the_accused_are_left_out() -> None:
    """A role that stands for nobody who may be told is not offered; of two holders the other one stays."""
    a = talk(STEPS)
    a.view(excluded=frozenset({MIA, DAN, BEA})).commands(Command.LANGUAGE).presses("en", step="which-language")
    assert list(a.choices) == ["hr", "nobody", "without_name"]
    assert [(f.label, f.value) for f in a.last.facts] == [("HR", "Cem Aydin")]


def test_everybody_is_left_out() -> None:
    """Where nobody is left to tell, that is said, and where help is to be had."""
    a = talk(STEPS.replace("  id: may_know\n", "  id: may_know\n  required: true\n"))
    a.view(excluded=frozenset({MIA, DAN, BEA, CEM})).says("resume")
    assert a.choices == {"nobody": "Nobody"}
    assert a.last.hint.startswith("There is nobody here whom I could tell in confidence.")
    assert a.last.facts == ()
    assert a.presses("hr").asking == "may_know"
    assert a.presses("nobody").answer("may_know") == Many(("nobody",))


def test_what_could_be_answered_with_nobody_alone_is_not_asked_where_it_may_be_left_out() -> None:
    """Whoever is in danger is not offered a call to nobody."""
    a = talk("- choose: First?\n  id: first\n  options:\n    y: Y\n    n: N" + STEPS)
    a.view(excluded=frozenset({MIA, DAN, BEA, CEM})).presses("y")
    assert a.shown == ["You said Not answered."]
    assert a.ended


def test_an_unresolved_insider_leaves_out_the_line() -> None:
    """Somebody inside who was not named may be the manager: the line manager is not offered."""
    a = talk(STEPS)
    a.view(no_line_manager=True).says("resume")
    assert list(a.choices) == ["hr", "nobody", "without_name"]


def test_whoever_holds_a_role_is_not_offered_to_themselves() -> None:
    """A reporter who is HR is no recipient of the own report, and no deputy of anybody."""
    people = staff(*(p for p in STAFF if p.id not in (ADA, MIA)), person(ADA, "Ada Holm", Role.HR))
    a = talk(STEPS, people=people)
    assert [f.value for f in a.last.facts] == ["Bea Falk and Cem Aydin"]
    mia = person(MIA, "Mia Lund", deputy=ADA)
    deputy = staff(*(p for p in STAFF if p.id not in (ADA, MIA)), person(ADA, "Ada Holm", manager=MIA), mia)
    assert [f.value for f in talk(STEPS, people=deputy).last.facts] == ["Bea Falk and Cem Aydin"]


SEES = """
- consent: Who may know?
  id: may_know
  sees:
    manager: Is asked first.
  options:
    manager: My manager
    hr: HR, {hr.name}
"""


def test_a_line_says_what_they_do_and_nobody_is_named_twice() -> None:
    """Beside the names stands what they do and see; a role whose option names everybody has no line."""
    a = talk(SEES)
    assert [(f.label, f.value) for f in a.last.facts] == [
        ("My manager, Mia Lund (deputy: Dan Krogh)", "Is asked first.")
    ]
    assert a.choices == {"manager": "My manager", "hr": "HR, Bea Falk and Cem Aydin", "nobody": "Nobody"}


def test_a_name_is_typed() -> None:
    """Whoever types a name that stands on the screen means its role; half a name is asked back."""
    assert talk(SEES).says("Mia Lund").answer("may_know") == Many(("manager",))
    assert talk(SEES).says("Dan Krogh, cem aydin").answer("may_know") == Many(("manager", "hr"))
    assert talk(SEES).says("krogh").shown == ["Did you mean **My manager**?"]


def test_it_can_be_skipped() -> None:
    """A skipped consent tells nobody."""
    a = talk(STEPS).says("skip")
    assert a.answer("may_know") == Skipped()
    assert a.decided == []


def test_a_form_is_no_answer() -> None:
    """Only ticks and words answer a consent."""
    assert talk(STEPS).submits(may_know="hr").errors["may_know"].startswith("I am not sure where that")


def test_a_hint_of_its_own() -> None:
    """A hint replaces the bot's own one."""
    a = talk("- consent: Who?\n  id: who\n  hint: Take your time\n  options:\n    hr: HR")
    assert a.last.hint == "Take your time"
    assert list(a.choices) == ["hr", "nobody"]


def test_an_answer_before_a_change_is_taken_again_only_for_who_may_still_be_told() -> None:
    """When the manager turns out to be the one who did it, a consent for the manager is asked again."""
    steps = """
        - choose: Who did it?
          id: who
          means: accused
          options:
            customer: A customer
            manager: My manager
        - consent: Who may know?
          id: may_know
          options:
            manager: My manager
            hr: HR
        - review: Is this right?
        """
    a = talk(steps).presses("customer").presses("manager")
    a.presses("change:talk.who").presses("manager")
    assert a.asking == "may_know"
    assert list(a.choices) == ["hr", "nobody"]
    b = talk(steps).presses("customer").presses("hr").presses("change:talk.who").presses("manager")
    assert b.asking == "#2"
    assert b.answer("may_know") == Many(("hr",))


def test_mistakes() -> None:
    """Options are roles that can be told; a consent has no readers and means nothing else."""
    found = problems_of(
        """
        - consent: Who may know?
          id: may_know
          visible_to: [owner]
          means: accused
          options:
            mnager: Manager
            owner: Owner
            hr: HR
          sees:
            safety_rep: Can read it
        """
    )
    assert found["unknown-role"].startswith('"')
    assert found["key-of-other"].startswith("a consent takes no")
    assert problems_of("- consent: Who?\n  id: a")["missing-key"] == '"options:" is missing: which roles may be told?'
    assert problems_of("- consent: Who?\n  options:\n    hr: HR")["missing-key"] == '"id:" is missing here.'
