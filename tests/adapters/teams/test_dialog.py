"""Forms as dialogs: what is filled in comes back as the core reads it, and what stood there before stands there again."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from adapters.teams.dialog import Dialog, form_card, show_card, told_card
from adapters.teams.values import values_of
from adapters.teams.wire import Act, Pressed, pressed
from bot.core.ids import CaseId, Token
from bot.core.messages import Asks, Choice, Fact, Field, FieldError, Form, Input, Message
from bot.core.people import PersonId
from bot.core.texts import escape
from tests.adapters import drawn
from tests.adapters.teams.reading import actions, inputs, lines, sent

TOKEN = Token(CaseId("ab12"), None, "form", 1)
NAMES: dict[str, str] = {"p1": "Bo Winther", "p2": "Kim Dal"}
OPTIONS = tuple(Choice(f"o{number}", f"Option {number}") for number in range(11))


def name_of(person: str) -> str:
    return NAMES.get(person, "")


def opened(*fields: Field, title: str = "What happened", **more: Any) -> Dialog:
    return form_card(Form(TOKEN, title, fields, "Save"), "en", name_of, **more)


def read(data: object) -> dict[str, tuple[str, ...]]:
    return dict(values_of(data, lambda account: {"entra-1": "p1"}.get(account, "")))


def kept(*fields: Field) -> dict[str, tuple[str, ...]]:
    """What comes back from a form that was opened and sent as it was."""
    made = opened(*fields)
    blank = {one["id"]: "" for one in inputs(made)}
    return read({**blank, **sent(made)})


@pytest.mark.parametrize(
    ("kind", "initial"),
    [
        (Input.TEXT, ("some, words",)),
        (Input.PARAGRAPH, ("line\n\nline",)),
        (Input.NUMBER, ("4.5",)),
        (Input.NUMBER, ("4",)),
        (Input.NUMBER, ("4.50",)),
        (Input.DATE, ("2026-11-24",)),
        (Input.TIME, ("14:30",)),
        (Input.DATETIME, ("2026-11-24",)),
        (Input.DATETIME, ("2026-11-24T14:30",)),
        (Input.EMAIL, ("ana@example.org",)),
        (Input.PHONE, ("+45 12 34",)),
        (Input.URL, ("www.example.org",)),
        (Input.PERSON, ("p1",)),
        (Input.PERSON, ("Somebody Else",)),
        (Input.ONE, ("o3",)),
        (Input.MANY, ("o1", "o3")),
    ],
)
@pytest.mark.parametrize("options", [OPTIONS[:5], OPTIONS])
def test_what_stood_there_comes_back(kind: Input, initial: tuple[str, ...], options: tuple[Choice, ...]) -> None:
    assert kept(Field("q", "What?", kind, options=options, initial=initial)) == {"q": initial}
    assert kept(Field("q", "What?", kind, options=options)) == {"q": ()}


def test_a_form_from_above() -> None:
    made = opened(
        Field("what", "What happened?", Input.PARAGRAPH, required=True, hint="A few words are *enough*."),
        Field("when", "When?", Input.DATETIME, initial=("2026-11-24T14:30:00+01:00",)),
        Field("who", "Who?", Input.PERSON),
    )
    assert lines(made) == [
        "What happened?: Input.Text",
        "A few words are _enough_.",
        "When?: Input.Date 2026-11-24",
        "Time of day, if you know it: Input.Time 14:30",
        "Who?: people",
        "Or write the name here, if the list does not have it: Input.Text",
        "[ Save ]",
    ]
    story = inputs(made)[0]
    assert (story["isMultiline"], story["isRequired"], story["errorMessage"]) == (True, True, "Please fill this in.")
    (send,) = actions(made)
    assert (send["type"], "associatedInputs" in send) == ("Action.Submit", False)
    assert pressed(send["data"]) == Pressed(Act.FORM, TOKEN)


@pytest.mark.parametrize(("kind", "style"), [(Input.EMAIL, "email"), (Input.PHONE, "tel"), (Input.URL, "url")])
def test_phones_show_the_right_keys(kind: Input, style: str) -> None:
    assert inputs(opened(Field("q", "Q", kind)))[0]["style"] == style


def test_a_person_among_a_few_is_chosen_from_a_list() -> None:
    asked = Field("q", "Who?", Input.PERSON, required=True, initial=("p2",), among=(PersonId("p1"), PersonId("p2")))
    made = opened(asked)
    assert lines(made)[0] == "Who?: expanded Bo Winther | *Kim Dal"
    assert inputs(made)[0]["isRequired"] is True


def test_what_is_to_be_mended_stands_at_its_field_and_what_was_typed_stays() -> None:
    fields = (Field("a", "A", Input.TEXT, initial=("old",)), Field("b", "B", Input.NUMBER))
    errors = (FieldError("b", "Please write a **number**."), FieldError("gone", "Too late."))
    made = opened(*fields, errors=errors, values={"a": ("new",), "b": ("many",)})
    assert lines(made) == [
        "Please look at what is marked below. What you wrote still stands here.",
        "Too late.",
        "A: Input.Text new",
        "Please write a **number**.",
        "B: Input.Text many",
        "[ Save ]",
    ]


def test_a_long_title_stands_whole_as_a_heading() -> None:
    made = opened(Field("q", "Q", Input.TEXT), title="What has happened since we last talked together")
    assert made.title == "What has happened since we last …"
    assert lines(made)[0] == "What has happened since we last talked together"
    assert made.card["body"][0]["style"] == "heading"  # type: ignore[index,call-overload]


def test_a_story_that_no_dialog_holds_is_cut_and_says_so() -> None:
    made = opened(Field("story", "Tell it", Input.PARAGRAPH, initial=("word " * 8000,), hint="Short is fine."))
    assert any(line.startswith("Only the first") for line in lines(made))


def test_a_time_without_its_day_is_left_for_the_bot_to_ask_about() -> None:
    assert read({"field:q": "", "field:q#time": "14:30"}) == {"q": ("14:30",)}
    assert read({"field:q#time": "14:30", "field:q": "2026-11-24"}) == {"q": ("2026-11-24T14:30",)}


def test_a_name_that_was_written_counts_and_one_from_before_gives_way() -> None:
    assert read({"field:q": "p1", "field:q#typed": "Bo"}) == {"q": ("Bo",)}
    assert read({"field:q": "p1", "field:q#unknown": "Bo"}) == {"q": ("p1",)}
    assert read({"field:q": "", "field:q#unknown": "Bo"}) == {"q": ("Bo",)}


def test_what_clients_send_in_their_own_ways() -> None:
    assert read({"field:n": 4.5, "field:m#many": ["a", "b"], "field:x": True, "other": "x"}) == {
        "n": ("4.5",),
        "m": ("a", "b"),
        "x": (),
    }


def test_a_long_report_is_read_page_by_page_and_nothing_is_left_out() -> None:
    facts = [Fact(f"Question {number}", escape(f"{number}: " + "word* " * 900)) for number in range(30)]
    read, page, count = "", 0, 0
    while True:
        made = show_card("What was told", facts, "en", TOKEN, page)
        read += "\n".join(lines(made))
        count += 1
        if not actions(made):
            break
        turned = pressed(actions(made)[-1]["data"])
        assert turned is not None
        assert (turned.act, turned.token, turned.page) == (Act.PAGE, TOKEN, page + 1)
        assert actions(made)[-1]["title"].startswith(f"Read on ({page + 2} of ")
        page = turned.page
    assert count > 5
    assert read.count("word*") == 30 * 900
    assert lines(show_card("What was told", facts, "en", TOKEN, 999)) == lines(made)


def test_a_list_of_cases_can_be_used() -> None:
    rows = [Message(f"K{n}", asks=Asks.ONE, choices=(Choice("open", "Open"),), token=TOKEN) for n in range(3)]
    made = told_card("Your cases", rows, "en")
    assert lines(made) == ["K0", "[ Open ]", "K1", "[ Open ]", "K2", "[ Open ]"]
    assert {action["type"] for action in actions(made)} == {"Action.Submit"}
    assert lines(told_card("Your cases", [], "en")) == ["Bistand"]


def test_a_person_whom_teams_finds_goes_on_by_our_id() -> None:
    assert read({"field:q#account": "entra-1", "field:q#typed": ""}) == {"q": ("p1",)}
    assert read({"field:q#account": "entra-9", "field:q#typed": ""}) == {"q": ("?",)}
    assert read({"field:q#account": "", "field:q#typed": ""}) == {"q": ()}
    again = opened(Field("q", "Who?", Input.PERSON), errors=(FieldError("q", "Who is it?"),), values={"q": ("?",)})
    assert sent(again) == {}


@settings(deadline=None, max_examples=50, suppress_health_check=list(HealthCheck))
@given(drawn.fields())
def test_a_form_that_is_sent_as_it_was_loses_no_choice(asked: Field) -> None:
    came = kept(asked).get(asked.id, ())
    known = [option.id for option in asked.options if option.id in asked.initial]
    if asked.input is Input.MANY and asked.options:
        assert list(came) == known
    if asked.input is Input.ONE and asked.options:
        assert list(came) == known[:1]


def test_who_was_picked_before_can_stay_or_give_way_to_a_name() -> None:
    made = opened(Field("q", "Who?", Input.PERSON, required=True, initial=("p1",)))
    assert lines(made)[:2] == [
        "Who?: expanded *Bo Winther",
        "Or write the name here, if the list does not have it: Input.Text",
    ]
    searched = inputs(opened(Field("q", "Who?", Input.PERSON, required=True)))[0]
    assert ("choices.data" in searched, "isRequired" in searched, "value" in searched) == (True, False, False)
