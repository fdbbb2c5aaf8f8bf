"""`ask`: words, numbers, a time, a person, files."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal

import pytest

from bot.core.answers import Clock, Day, Files, Number, Skipped, Someone, Words
from bot.core.events import Command
from bot.core.messages import Asks, Input
from bot.core.people import PersonId
from bot.steps import values
from tests.talking import talk
from tests.workplace import ADA, BEA, DAN, MIA, STAFF, person, staff
from tests.written import problems_of


def ask(kind: str, more: str = "") -> str:
    return f"- ask: Tell me\n  id: it\n  type: {kind}\n{more}- say: You said {{it}}.\n"


SCALE = ask("scale", "  from: 1\n  to: 5\n  labels:\n    1: Not at all\n    5: Very much\n")


def test_words_are_taken_in_a_form() -> None:
    """What may hold a story is asked with a form; what was typed into the chat is taken too."""
    a = talk(ask("paragraph", "  hint: As much as you like\n"))
    assert a.last.asks is Asks.FORM
    assert a.last.hint == "As much as you like"
    a.opens()
    assert [(f.id, f.input, f.hint) for f in a.form.fields] == [("it", Input.PARAGRAPH, "As much as you like")]
    a.submits(it="They *wrote* to me")
    assert a.form_closed
    assert a.answer("it") == Words("They *wrote* to me")
    assert a.shown == ["You said They \\*wrote\\* to me."]
    assert talk(ask("paragraph")).says("It began in May").answer("it") == Words("It began in May")


def test_a_press_is_no_answer_in_words() -> None:
    """Where words are wanted, a button that is not there is no answer."""
    a = talk(ask("text")).presses("x")
    assert a.shown == ["Please write it in words.", "Tell me"]


def test_an_empty_form_stays_open() -> None:
    """A form without an answer says what is wanted, and changes nothing."""
    a = talk(ask("text"))
    before = a.session
    a.submits(it=" ")
    assert a.errors == {"it": "Please write it in words."}
    a.submits()
    assert a.errors == {"it": "Please write it in words."}
    assert a.session == before


def test_an_answer_that_is_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """More than can be kept is said before anything is stored."""
    monkeypatch.setattr(values, "LONGEST_ANSWER", 10)
    a = talk(ask("paragraph")).submits(it="x" * 11)
    assert a.errors["it"].startswith("That is longer than I can keep")


@pytest.mark.parametrize(
    ("kind", "typed", "kept"),
    [
        ("number", "4,5", Number(Decimal("4.5"))),
        ("date", "i går", Day(date(2026, 11, 24))),
        ("time", "14.30", Clock(time(14, 30))),
        ("email", "ada@example.org", Words("ada@example.org")),
        ("phone", "70 20 12 01", Words("70 20 12 01")),
        ("url", "www.example.org", Words("https://www.example.org")),
    ],
)
def test_typed_values(kind: str, typed: str, kept: object) -> None:
    """Each type reads what people write."""
    assert talk(ask(kind)).says(typed).answer("it") == kept


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("number", "Please write a number"),
        ("date", "Please give a day"),
        ("time", "Please write a time"),
        ("datetime", "Please give a day"),
        ("email", "That does not look like an e-mail"),
        ("phone", "That does not look like a phone"),
        ("url", "That does not look like a link"),
    ],
)
def test_what_does_not_read_is_asked_again(kind: str, said: str) -> None:
    """A kind word says what would be an answer."""
    a = talk(ask(kind)).says("a banana")
    assert a.shown[0].startswith(said)
    assert a.asking == "it"


def test_when_it_happened_cannot_be_to_come() -> None:
    """An incident lies in the past; any other day may come."""
    past = "  means: incident_time\n"
    assert talk(ask("date", past)).says("2026-12-24").shown[0].startswith("That has not come yet")
    assert talk(ask("datetime", past)).says("2026-12-24 10:00").shown[0].startswith("That has not come yet")
    assert talk(ask("date")).says("2026-12-24").answer("it") == Day(date(2026, 12, 24))
    assert talk(ask("datetime", past)).says("today at 9").shown == ["You said 09:00."]


def test_a_scale_is_a_row_of_buttons() -> None:
    """A point is pressed, or typed as a number or by its label."""
    a = talk(SCALE)
    assert a.last.asks is Asks.ONE
    assert list(a.choices.values()) == ["1 – Not at all", "2", "3", "4", "5 – Very much"]
    assert a.presses("4").answer("it") == Number(Decimal(4))
    assert talk(SCALE).says("2").answer("it") == Number(Decimal(2))
    assert talk(SCALE).says("not at all").answer("it") == Number(Decimal(1))


def test_a_scale_asks_back() -> None:
    """Off the scale is refused; a doubtful label is asked back."""
    for typed in ("9", "2.5", "-1", "banana"):
        a = talk(SCALE).says(typed)
        assert a.shown[0] == "Please choose a number from 1 to 5."
        assert a.asking == "it"
    assert talk(SCALE).presses("9").asking == "it"
    assert talk(SCALE).attaches("a.png").asking == "it"
    assert talk(SCALE).presses("1", "2").shown[0] == "Please choose a number from 1 to 5."
    a = talk(SCALE).says("very muxx")
    assert a.shown == ["Did you mean **5 – Very much**?"]
    assert a.says("yes").answer("it") == Number(Decimal(5))


def test_a_person_is_picked_or_named() -> None:
    """A person is chosen from the directory, by button, name or close spelling."""
    a = talk(ask("person"))
    assert a.last.asks is Asks.PERSON
    assert list(a.choices) == ["not_listed", "rather_not"]
    assert a.presses("dan").answer("it") == Someone(DAN)
    assert a.shown == ["You said Dan Krogh."]
    assert talk(ask("person")).says("Dan").answer("it") == Someone(DAN)
    assert talk(ask("person")).says("dan krog").answer("it") == Someone(DAN)


def test_a_person_need_not_be_named() -> None:
    """Not on the list and rather not are answers."""
    assert talk(ask("person")).presses("not_listed").answer("it") == Someone(None)
    assert talk(ask("person")).says("I would rather not say").answer("it") == Someone(None)


def test_a_number_never_names_a_person() -> None:
    """A number counts along what was shown, and the directory was not."""
    assert talk(ask("person")).says("1").answer("it") == Someone(None)
    assert talk(ask("person")).says("3").asking == "it"


def test_nobody_names_themselves_or_a_stranger() -> None:
    """Who asks, and who is not in the directory, cannot be picked."""
    for option in ("ada", "nobody-i-know"):
        a = talk(ask("person")).presses(option)
        assert a.shown[0].startswith("I cannot find anybody by that name")
        assert a.asking == "it"
    assert talk(ask("person")).says("Ada Holm").asking == "it"
    assert talk(ask("person")).says("Zebedee").asking == "it"


def test_two_of_one_name_are_told_apart() -> None:
    """People who are called the same are asked back with their titles."""
    two = staff(*STAFF, person(PersonId("dan2"), "Dan Krogh", title="Nurse"))
    a = talk(ask("person"), people=two).says("Dan Krogh")
    assert a.shown == ["Which one did you mean?"]
    assert a.choices == {"dan": "Dan Krogh", "dan2": "Dan Krogh\\, Nurse", "none_of_these": "No"}
    a.says("2")
    assert a.answer("it") == Someone(PersonId("dan2"))
    b = talk(ask("person"), people=two).says("rather not saying it")
    assert b.shown == ["Did you mean **I would rather not say**?"]


def test_files_come_one_after_the_other() -> None:
    """Files are kept as they come, until the person says that that is all."""
    a = talk(ask("files"))
    assert a.last.asks is Asks.FILES
    assert a.choices == {}
    a.attaches("a.png")
    assert a.shown == ["Files kept so far: 1. You can attach more, or choose *That is all*.", "Tell me"]
    assert a.choices == {"that_is_all": "That is all"}
    a.attaches("b.png", "c.png").presses("that_is_all")
    answer = a.answer("it")
    assert isinstance(answer, Files)
    assert [f.name for f in answer.files] == ["a.png", "b.png", "c.png"]
    assert a.shown == ["You said a\\.png, b\\.png and c\\.png."]


def test_files_are_not_thrown_away() -> None:
    """Skipping behind files keeps them; that is all, typed, does too."""
    a = talk(ask("files")).attaches("a.png").commands(Command.SKIP)
    assert isinstance(a.answer("it"), Files)
    assert isinstance(talk(ask("files")).attaches("a.png").says("that is all").answer("it"), Files)


def test_no_files_are_no_answer() -> None:
    """Without a file there is nothing to be all; skipping is the way on."""
    a = talk(ask("files"))
    assert a.presses("that_is_all").asking == "it"
    assert a.says("here you are").shown[0].startswith("You can attach files here")
    assert a.commands(Command.SKIP).answer("it") == Skipped()
    assert talk(ask("files")).says("no").answer("it") == Skipped()
    assert isinstance(talk(ask("files")).attaches("a.png").says("no").answer("it"), Files)
    assert talk(ask("files", "  required: true\n")).says("no").asking == "it"


def test_in_a_form_people_and_scales_are_fields() -> None:
    """A form takes a person by id or by name, and a scale as a choice."""
    form = """
        - form: About it
          id: about
          fields:
          - ask: Who?
            id: who
            type: person
          - ask: How bad?
            id: bad
            type: scale
            from: 1
            to: 3
        """
    a = talk(form)
    assert a.last.form is not None
    assert [f.input for f in a.last.form.fields] == [Input.PERSON, Input.ONE]
    assert [c.id for c in a.last.form.fields[1].options] == ["1", "2", "3"]
    assert talk(form).submits(who="bea", bad="2").answer("who") == Someone(BEA)
    assert talk(form).submits(who="Mia Lund", bad="2").answer("who") == Someone(MIA)
    a.submits(who="Somebody Else", bad="7")
    assert list(a.errors) == ["who", "bad"]
    assert a.submits(who=ADA, bad="2").errors == {
        "who": "I cannot find anybody by that name. Write the full name, or choose one of the answers."
    }


def test_mistakes() -> None:
    """A scale needs its ends; its keys belong to no other type."""
    assert "scale" in problems_of("- ask: How?\n  id: a\n  type: scale")
    assert "scale" in problems_of("- ask: How?\n  id: a\n  type: scale\n  from: 1\n  to: 90")
    assert "not-a-number" in problems_of("- ask: How?\n  id: a\n  type: scale\n  from: ²\n  to: --5")
    assert "key-of-other" in problems_of("- ask: How?\n  id: a\n  type: text\n  from: 1")
    assert "missing-key" in problems_of("- ask: How?")
    assert "unknown-word" in problems_of("- ask: How?\n  id: a\n  type: txt\n  means: accusd")


def test_a_day_is_enough_where_a_time_is_asked() -> None:
    """Never a day to come where it has been; and what may be a day or a time is asked again."""
    past = "  means: incident_time\n"
    assert talk(ask("datetime", past)).says("yesterday").shown == ["You said 24 November 2026."]
    assert talk(ask("datetime", past)).says("2026-11-20").shown == ["You said 20 November 2026."]
    assert talk(ask("datetime", past)).says("2026-12-24").shown[0].startswith("That has not come yet")
    assert talk(ask("datetime", past)).says("3.11").shown[0].startswith("Please give a day")


def test_a_day_stands_in_the_form_again() -> None:
    a = talk("- form: A\n  id: f\n  fields:\n  - ask: When?\n    id: at\n    type: datetime\n- ask: B\n  id: b")
    a.submits(at="2026-11-24").says("back").opens()
    assert a.form.fields[0].initial == ("2026-11-24",)
    a.submits(at="2026-11-24T14:30").says("back").opens()
    assert a.form.fields[0].initial == ("2026-11-24T14:30:00+01:00",)


def test_a_point_of_a_scale_is_shown_with_its_ends() -> None:
    labels = "  from: 1\n  to: 5\n  labels:\n    1: Not afraid\n    5: Very afraid\n"
    assert talk(ask("scale", labels)).presses("4").shown == ["You said 4 (1 – Not afraid, 5 – Very afraid)."]
    assert talk(ask("scale", labels)).presses("5").shown == ["You said 5 – Very afraid (1 – Not afraid)."]
    assert talk(ask("scale", "  from: 1\n  to: 5\n")).presses("4").shown == ["You said 4 (1–5)."]
