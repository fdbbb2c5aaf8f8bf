"""Messages as they stand in Slack."""

from __future__ import annotations

from typing import Any

import pytest

from adapters.slack import render
from adapters.slack.wire import pack, pack_file
from adapters.slack.words import WORDS, words
from bot.core.ids import CaseId, SessionId, Token
from bot.core.languages import phrases
from bot.core.messages import Asks, Choice, Fact, Form, Message, TellsFile, Tone
from bot.core.people import PersonId
from bot.core.texts import escape
from tests.adapters.slack.reading import as_sent, elements, modal, screen

TOKEN = Token(CaseId("ab12"), SessionId("ab12.1"), "report.who", 3)
WAYS = (Choice("back", "Back"), Choice("stop", "Stop"), Choice("emergency", "Emergency help"))


def buttons(shown: Message) -> list[tuple[str, str]]:
    found = elements(render.message(shown, "en").blocks)
    return [(one["action_id"], one["value"]) for one in found if one["type"] == "button"]


def test_a_question() -> None:
    shown = Message(
        "Is it about you or a **colleague**?",
        asks=Asks.ONE,
        choices=(Choice("me", "About me"), Choice("other", "About a colleague")),
        commands=WAYS,
        token=TOKEN,
        hint="It helps me ask the right things.",
        progress=(3, 17),
    )
    assert screen(render.message(shown, "en")) == (
        "Question 3 of 17\n"
        "Is it about you or a *colleague*?\n"
        "It helps me ask the right things.\n"
        "[ About me ](choose:0)  [ About a colleague ](choose:1)\n"
        "----------------------------------------\n"
        "[ Back ](command:back)  [ Stop ](command:stop)  [ Emergency help ](command:emergency)"
    )
    assert buttons(shown)[1] == ("choose:1", pack(TOKEN, "other"))
    assert buttons(shown)[2] == ("command:back", pack(TOKEN, "back"))
    assert render.message(shown, "en").text == ("Is it about you or a colleague?\n\nIt helps me ask the right things.")


def test_an_alert_says_in_words_that_it_waits_and_tells_the_lock_screen_no_fact() -> None:
    shown = Message(
        "Ana Holm has told me about an incident and needs you. Please answer here before 14:00.",
        asks=Asks.ONE,
        facts=(Fact("Case", "WFP\\-AEHM"), Fact("How soon", "within one working day")),
        choices=(Choice("take", "I will take this"), Choice("decline", "I cannot take this")),
        token=TOKEN,
        tone=Tone.URGENT,
    )
    assert screen(render.message(shown, "en")) == (
        "*Waiting for your answer*\n"
        "Ana Holm has told me about an incident and needs you. Please answer here before 14:00.\n"
        "*Case*\nWFP-AEHM\n"
        "*How soon*\nwithin one working day\n"
        "[ I will take this ](choose:0)  [ I cannot take this ](choose:1)"
    )
    text = render.message(shown, "da").text
    assert text.endswith("Der står mere i beskeden.")
    assert "AEHM" not in text


def test_several_are_ticked_and_then_sent() -> None:
    options = tuple(Choice(f"o{number}", f"Option {number}") for number in range(12))
    shown = Message("Which?", asks=Asks.MANY, choices=options, token=TOKEN, chosen=("o1", "o11"))
    first, second, send = elements(render.message(shown, "da").blocks)
    assert [first["action_id"], second["action_id"], send["action_id"]] == ["ticks:0", "ticks:1", "send"]
    assert [len(first["options"]), len(second["options"])] == [10, 2]
    assert [one["value"] for one in (*first["initial_options"], *second["initial_options"])] == ["o1", "o11"]
    assert (send["text"]["text"], send["value"]) == ("Videre", pack(TOKEN))


def test_a_person_is_looked_up_by_name() -> None:
    shown = Message("Who?", asks=Asks.PERSON, choices=(Choice("rather_not", "I would rather not say"),), token=TOKEN)
    assert [one["action_id"] for one in elements(render.message(shown, "en").blocks)] == ["people", "send", "choose:0"]
    again = Message("Who?", asks=Asks.PERSON, token=TOKEN, chosen=("p7",))
    picked = elements(render.message(again, "en", {"p7": "Bo *B*"}.__getitem__).blocks)[0]["initial_option"]
    assert (picked["value"], picked["text"]["text"]) == ("p7", "Bo *B*")
    assert "initial_option" not in elements(render.message(again, "en").blocks)[0]


def test_a_person_among_a_few_is_chosen_from_a_list() -> None:
    shown = Message("Who?", asks=Asks.PERSON, token=TOKEN, chosen=("p2",), among=(PersonId("p1"), PersonId("p2")))
    names = {"p1": "Bo", "p2": "Kim", "p3": ""}
    listed = elements(render.message(shown, "en", names.__getitem__).blocks)[0]
    assert (listed["type"], listed["action_id"]) == ("static_select", "people")
    assert [one["value"] for one in listed["options"]] == ["p1", "p2"]
    assert listed["initial_option"]["text"]["text"] == "Kim"
    unknown = Message("Who?", asks=Asks.PERSON, token=TOKEN, among=(PersonId("p3"),))
    assert elements(render.message(unknown, "en", names.__getitem__).blocks)[0]["type"] == "external_select"


def test_a_form_and_files_are_opened() -> None:
    form = Form(TOKEN, "What happened", (), "Save")
    opens = elements(render.message(Message("What happened", asks=Asks.FORM, token=TOKEN, form=form), "en").blocks)
    assert [(one["action_id"], one["text"]["text"], one["value"]) for one in opens] == [
        ("form", phrases("en").open_form, pack(TOKEN))
    ]
    asked = Message("Any files?", asks=Asks.FILES, token=TOKEN, choices=(Choice("that_is_all", "That is all"),))
    assert [action for action, _ in buttons(asked)] == ["files", "choose:0"]


def test_a_question_in_words_says_where_to_write() -> None:
    shown = screen(render.message(Message("When?", asks=Asks.WORDS, token=TOKEN, hint="The day is enough."), "da"))
    assert shown == "When?\nThe day is enough.\n\nSkriv dit svar i beskedfeltet herunder."


def test_long_choices_stand_whole_above_their_buttons() -> None:
    long = "A customer, a citizen or somebody else from outside"
    shown = Message("Who did it?", asks=Asks.ONE, choices=(Choice("a", long), Choice("b", "No idea")), token=TOKEN)
    assert f"Who did it?\n• {long}\n• No idea\n[ {long} ](choose:0)" in screen(render.message(shown, "en"))


def test_what_was_chosen_before_is_said() -> None:
    shown = Message(
        "Which?", asks=Asks.ONE, choices=(Choice("a", "One"), Choice("b", "Two")), token=TOKEN, chosen=("b",)
    )
    assert "Chosen before: Two\n" in screen(render.message(shown, "en"))


def test_files_of_a_fact_are_opened() -> None:
    file = TellsFile(CaseId("ab12"), "f1", "page_1.png", 9, "image/png")
    facts = (Fact("Files", escape("page_1.png"), (file, file)), Fact("Note", "short"), Fact("More", "m", (file,)))
    found = elements(render.message(Message("Told", facts=facts), "en").blocks)
    assert [(one["action_id"], one["text"]["text"]) for one in found] == [
        (f"open_file:{number}", "Open page_1.png") for number in range(3)
    ]
    assert found[0]["value"] == pack_file(CaseId("ab12"), "f1")


def test_without_a_token_choices_are_read_and_commands_still_work() -> None:
    shown = Message("Hello", choices=(Choice("a", "One"),), commands=(Choice("resume", "Go on"),))
    assert screen(render.message(shown, "en")) == "Hello\n• One\n[ Go on ](command:resume)"
    assert buttons(shown) == [("command:resume", "resume")]


def test_nothing_is_something_to_read() -> None:
    made = render.message(Message(""), "en")
    assert (screen(made), made.text) == ("Bistand", "Bistand")


def test_a_whole_report_is_shortened_and_says_so() -> None:
    facts = tuple(Fact(f"Question {number}", "word " * 120) for number in range(30))
    shown = Message("Is this right?", asks=Asks.ONE, facts=facts, choices=(Choice("yes", "Yes"),), token=TOKEN)
    made = render.message(shown, "en")
    assert "Question 29" in screen(made)
    assert words("en").shortened in screen(made)
    assert words("en").shortened not in modal(render.show_view("What was told", facts, "en"))


@pytest.mark.parametrize(
    "typed",
    ["*b*", "_e_", "~s~", "`c`", ":tada:", "> quote", "<!channel>", "<@U123>", "https://evil.test", "a & b &amp; <"],
)
def test_what_people_typed_stands_there_to_the_letter(typed: str) -> None:
    shown = Message(f"Did you mean **{escape(typed)}**?", facts=(Fact("Told", escape(typed), ()),))
    for block in as_sent(render.message(shown, "en").blocks):
        text = block["text"]
        if text["type"] == "plain_text":
            assert typed in text["text"]
            assert text["emoji"] is False
        else:
            assert text["verbatim"] is True
            assert not set("<>`~") & set(text["text"])
            assert "&" not in text["text"].replace("&amp;", "").replace("&lt;", "").replace("&gt;", "")


def test_a_list_of_cases_is_rows_with_a_button_that_says_aloud_what_it_opens() -> None:
    rows = [
        Message("What you have told me:"),
        *(Message(f"**K{n}** · open", asks=Asks.ONE, choices=(Choice("open", "Open"),), token=TOKEN) for n in range(2)),
    ]
    view: Any = render.told_view("Your cases", rows, "en")
    assert modal(view) == "What you have told me:\n*K0* · open\n[ Open ](choose:0)\n*K1* · open\n[ Open ](choose:0)"
    assert elements(view["blocks"])[1]["accessibility_label"] == "Open: K1 · open"


def test_home_has_help_in_sight_and_what_can_be_begun() -> None:
    home = modal(render.home_view([], [("report", "Fortæl om en hændelse"), ("advice", "Få råd")], "da"))
    assert "[ Fortæl om en hændelse ](start:0)  [ Få råd ](start:1)" in home
    assert "[ Akut hjælp ](command:emergency)" in home
    assert home.endswith("## Dine sager\nDu har ingen åbne sager.")


def test_both_languages_fill_in_the_same() -> None:
    from string import Formatter

    def places(text: str) -> set[str | None]:
        return {place for _, place, _, _ in Formatter().parse(text)} - {None}

    english, danish = WORDS["en"], WORDS["da"]
    for name in english.__slots__:
        assert places(getattr(english, name)) == places(getattr(danish, name)), name
    assert words("xx") is english
