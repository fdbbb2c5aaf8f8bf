"""Forms as modals: what is filled in comes back as the core reads it, and what stood there before stands there again."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from adapters.slack import render
from adapters.slack.wire import pack
from bot.core.ids import CaseId, Token
from bot.core.messages import Choice, Field, FieldError, Form, Input
from tests.adapters import drawn
from tests.adapters.slack.reading import as_sent, modal
from tests.fakes.slack.state import initial_state

TOKEN = Token(CaseId("ab12"), None, "form", 1)


def view(*fields: Field, title: str = "What happened") -> Any:
    return as_sent(render.form_view(Form(TOKEN, title, fields, "Save"), "en", {"p1": "Bo Winther"}.get))  # type: ignore[arg-type]


def kept(*fields: Field) -> dict[str, tuple[str, ...]]:
    """What comes back from a form that was opened and sent as it was."""
    return dict(render.values_of(initial_state(view(*fields)["blocks"])))


OPTIONS = tuple(Choice(f"o{number}", f"Option {number}") for number in range(11))


@pytest.mark.parametrize(
    ("kind", "initial"),
    [
        (Input.TEXT, ("some words",)),
        (Input.PARAGRAPH, ("line\n\nline",)),
        (Input.NUMBER, ("4.5",)),
        (Input.DATE, ("2026-11-24",)),
        (Input.TIME, ("14:30",)),
        (Input.DATETIME, ("2026-11-24",)),
        (Input.DATETIME, ("2026-11-24T14:30",)),
        (Input.EMAIL, ("ana@example.org",)),
        (Input.PHONE, ("+45 12 34",)),
        (Input.URL, ("www.example.org",)),
        (Input.PERSON, ("p1",)),
        (Input.ONE, ("o3",)),
        (Input.MANY, ("o1", "o3")),
    ],
)
@pytest.mark.parametrize("options", [OPTIONS[:5], OPTIONS])
def test_what_stood_there_comes_back(kind: Input, initial: tuple[str, ...], options: tuple[Choice, ...]) -> None:
    asked = Field("q", "What?", kind, options=options, initial=initial)
    assert kept(asked) == {"q": initial}
    assert kept(Field("q", "What?", kind, options=options)) == {"q": ()}


def test_what_is_no_person_is_not_picked() -> None:
    asked = (Field(name, "Who?", Input.PERSON, initial=(name * 3,)) for name in ("a", "b" * 60))
    form = Form(TOKEN, "Who", (*asked, Field("c", "Who?", Input.PERSON, initial=("",))), "Save")
    blocks = as_sent(render.form_view(form, "en", lambda _: "Somebody"))["blocks"]
    assert ["initial_option" in block["element"] for block in blocks] == [True, False, False]


def test_a_moment_is_shown_as_the_clock_has_it() -> None:
    asked = Field("q", "When?", Input.DATETIME, required=True, initial=("2026-11-24T14:30:00+01:00",))
    assert kept(asked) == {"q": ("2026-11-24T14:30",)}
    assert modal(view(asked)) == (
        "When? *: <datepicker v: 2026-11-24>\nWhen? (time of day, if you know it): <timepicker v: 14:30>"
    )


def test_a_time_without_its_day_is_left_for_the_bot_to_ask_about() -> None:
    state = {"q": {"v": {"type": "datepicker", "selected_date": None}}}
    assert render.values_of({**state, "q#time": {"v": {"type": "timepicker", "selected_time": "14:30"}}}) == {
        "q": ("14:30",)
    }


@given(st.lists(st.text("ab æ😀", max_size=900), max_size=12).map("\n".join))
def test_a_long_story_comes_back_whole(story: str) -> None:
    asked = Field("story", "Tell it", Input.PARAGRAPH, initial=(story,))
    assert "".join(kept(asked)["story"]).split() == story.split()


def test_a_story_that_no_form_holds_is_cut_and_says_so() -> None:
    asked = Field("story", "Tell it", Input.PARAGRAPH, initial=("word " * 20_000,), hint="Short is fine.")
    assert "Only the first" in modal(view(asked))


def test_a_long_title_stands_whole_as_a_heading() -> None:
    made = view(Field("q", "Q", Input.TEXT), title="What has happened since we last talked")
    assert made["title"]["text"] == "What has happened …"
    assert modal(made).startswith("## What has happened since we last talked\n")
    assert made["private_metadata"] == pack(TOKEN)
    assert made["notify_on_close"] is True


def test_an_option_that_is_too_long_goes_on_below() -> None:
    long = "Private pictures or recordings of me are shared, or may be, or somebody says that they will be"
    (option,) = view(Field("q", "Q", Input.ONE, options=(Choice("a", long),)))["blocks"][0]["element"]["options"]
    assert f"{option['text']['text']} {option['description']['text']}" == long


def test_errors_stand_at_their_fields_or_at_the_first() -> None:
    found = (FieldError("b", "Please *answer*."), FieldError("gone", "Too late."), FieldError("b", "Again."))
    inputs = render.inputs_of(view(Field("a", "A", Input.TEXT), Field("b", "B", Input.TEXT)))
    assert render.errors(found, inputs) == {
        "response_action": "errors",
        "errors": {"b": "Please answer. Again.", "a": "Too late."},
    }


def test_ticks_and_files_are_found_in_a_state() -> None:
    ticked = {"type": "checkboxes", "selected_options": [{"value": "a"}, {"value": "b"}]}
    person = {"type": "external_select", "selected_option": {"value": "p1"}}
    state: Any = {"x": {"ticks:0": ticked, "ticks:1": ticked}, "y": {"people": person}}
    assert render.chosen(state, "ticks") == ("a", "b", "a", "b")
    assert render.chosen(state, "people") == ("p1",)
    assert render.files_of({"files": {"v": {"type": "file_input", "files": [{"id": "F1"}]}}}) == ({"id": "F1"},)


JSON = st.recursive(
    st.none() | st.integers() | st.text(max_size=4),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["type", "value", "a", "files"]), inner)
    ),
    max_leaves=10,
)


@given(JSON)
def test_whatever_comes_is_no_error(state: Any) -> None:
    assert all(isinstance(value, tuple) for value in render.values_of(state).values())
    render.chosen(state, "ticks")
    render.files_of(state)
    render.inputs_of({"blocks": state})


@settings(deadline=None, max_examples=50, suppress_health_check=list(HealthCheck))
@given(drawn.fields())
def test_a_form_that_is_sent_as_it_was_loses_no_choice(asked: Field) -> None:
    came = render.values_of(initial_state(view(asked)["blocks"])).get(asked.id, ())
    known = [option.id for option in asked.options if option.id in asked.initial]
    if asked.input is Input.MANY and asked.options:
        assert list(came) == known
    if asked.input is Input.ONE and asked.options:
        assert list(came) == known[:1]
