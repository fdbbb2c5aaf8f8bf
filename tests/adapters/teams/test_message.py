"""Messages as they stand in Teams."""

from __future__ import annotations

from string import Formatter

import pytest

from adapters.teams.message import Rendered, message, told
from adapters.teams.values import chosen
from adapters.teams.wire import OURS, Act, Pressed, pressed
from adapters.teams.words import WORDS, words
from bot.core.ids import CaseId, SessionId, Token
from bot.core.languages import phrases
from bot.core.messages import Asks, Choice, Fact, Form, Message, TellsFile, Tone
from bot.core.people import PersonId
from bot.core.texts import escape
from bot.errors import Invariant
from tests.adapters.teams.reading import actions, checked, inputs, lines, sent

TOKEN = Token(CaseId("ab12"), SessionId("ab12.1"), "report.who", 3)
WAYS = (Choice("back", "Back"), Choice("stop", "Stop"), Choice("emergency", "Emergency help"))
YES_NO = (Choice("yes", "Yes"), Choice("no", "No"))


def pressing(made: Rendered, number: int) -> Pressed | None:
    return pressed(actions(made)[number]["data"])


def picked(data: object, what: Pressed | None) -> tuple[str, ...]:
    assert what is not None
    return chosen(data, what, lambda account: {"entra-1": "p7"}.get(account, ""))


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
    made = message(shown, "en")
    assert lines(made) == [
        "Question 3 of 17",
        "Is it about you or a **colleague**?",
        "It helps me ask the right things.",
        "[ About me ]  [ About a colleague ]",
        "[ Back ]  [ Stop ]  [ Emergency help ]",
    ]
    first, *_ = actions(made)
    assert first == {
        "type": "Action.Execute",
        "verb": "choose",
        "title": "About me",
        "data": {OURS: {"act": "choose", "token": ["ab12", "ab12.1", "report.who", 3], "ids": ["me"]}},
        "associatedInputs": "none",
    }
    assert pressing(made, 2) == Pressed(Act.COMMAND, TOKEN, ("back",))
    assert made.summary == "Is it about you or a colleague?"
    assert (made.card["lang"], made.card["version"], made.card["fallbackText"]) == ("en", "1.5", made.summary)


def test_an_alert_says_in_words_that_it_waits_and_tells_the_lock_screen_no_fact() -> None:
    shown = Message(
        "Ana Holm has told me about an incident and needs you. Please answer here before 14:00.\n\nMore.",
        asks=Asks.ONE,
        facts=(Fact("Case", escape("WFP-AEHM")), Fact("How soon", "within one working day")),
        choices=(Choice("take", "I will take this"), Choice("decline", "I cannot take this")),
        token=TOKEN,
        tone=Tone.URGENT,
    )
    made = message(shown, "en")
    assert lines(made)[0] == "Waiting for your answer"
    assert lines(made)[3:] == [
        "Case: WFP-AEHM",
        "How soon: within one working day",
        "[ I will take this ]  [ I cannot take this ]",
    ]
    assert made.summary == "Ana Holm has told me about an incident and needs you. Please answer here before 14:00."
    assert checked(made)["body"][0]["style"] == "attention"


def test_many_or_long_choices_are_a_list_with_one_button() -> None:
    seven = tuple(Choice(f"o{number}", f"Option {number}") for number in range(7))
    long = (Choice("a", "A customer, a citizen or somebody else from outside"), Choice("b", "No idea"))
    for offered in (seven, long):
        shown = Message("Which?", asks=Asks.ONE, choices=offered, commands=WAYS, token=TOKEN, chosen=(offered[1].id,))
        made = message(shown, "en")
        assert [action["title"] for action in actions(made)] == ["Continue", "Back", "Stop", "Emergency help"]
        send = pressing(made, 0)
        assert send == Pressed(Act.SEND, TOKEN)
        assert picked(sent(made), send) == (offered[1].id,)
        assert inputs(made)[0]["isRequired"] is True
    assert "Choose one: expanded A customer, a citizen or somebody else from outside | *No idea" in lines(made)


def test_six_short_choices_are_buttons() -> None:
    six = tuple(Choice(f"o{number}", f"Option {number}") for number in range(6))
    assert inputs(message(Message("Which?", asks=Asks.ONE, choices=six, token=TOKEN), "en")) == []


def test_several_are_chosen_and_then_sent() -> None:
    options = tuple(Choice(f"o{number}", f"Option {number}") for number in range(12))
    shown = Message("Which?", asks=Asks.MANY, choices=options, token=TOKEN, chosen=("o1", "o11"))
    made = message(shown, "da")
    (asked,) = inputs(made)
    assert (asked["isMultiSelect"], asked["style"], asked["label"]) == (True, "expanded", "Vælg alt, der passer")
    assert "isRequired" not in asked
    assert picked(sent(made), Pressed(Act.SEND, TOKEN)) == ("o1", "o11")
    assert [action["title"] for action in actions(made)] == ["Videre"]


def test_a_person_is_looked_up_by_name() -> None:
    shown = Message("Who?", asks=Asks.PERSON, choices=(Choice("rather_not", "Rather not say"),), token=TOKEN)
    made = message(shown, "en")
    (asked,) = inputs(made)
    assert asked["choices.data"] == {"type": "Data.Query", "dataset": "graph.microsoft.com/users"}
    assert (asked["id"], asked["choices"], "isRequired" in asked) == ("account", [], False)
    assert [action["title"] for action in actions(made)] == ["Continue", "Rather not say"]
    assert picked({"account": "entra-1"}, Pressed(Act.SEND, TOKEN)) == ("p7",)
    assert picked({"account": "entra-9"}, Pressed(Act.SEND, TOKEN)) == ("?",)
    assert picked({"account": ""}, Pressed(Act.SEND, TOKEN)) == ()
    again = Message("Who?", asks=Asks.PERSON, token=TOKEN, chosen=("p7",))
    named = message(again, "en", {"p7": "Bo *B*"}.__getitem__)
    assert "Chosen before: Bo *B*" in lines(named)
    assert [action["title"] for action in actions(named)] == ["Continue", "Bo *B*"]
    assert pressing(named, 1) == Pressed(Act.CHOOSE, TOKEN, ("p7",))
    assert "value" not in inputs(named)[0]
    assert len(actions(message(again, "en"))) == 1


def test_a_person_among_a_few_is_chosen_from_a_list() -> None:
    shown = Message("Who?", asks=Asks.PERSON, token=TOKEN, chosen=("p2",), among=(PersonId("p1"), PersonId("p2")))
    names = {"p1": "Bo", "p2": "Kim", "p3": ""}
    assert "Choose one: expanded Bo | *Kim" in lines(message(shown, "en", names.__getitem__))
    unknown = Message("Who?", asks=Asks.PERSON, token=TOKEN, among=(PersonId("p3"),))
    assert "choices.data" in inputs(message(unknown, "en", names.__getitem__))[0]


def test_a_form_files_and_what_was_told_are_fetched() -> None:
    form = Form(TOKEN, "What happened", (), "Save")
    read = Choice("read", "Read what was told")
    shown = Message("What happened", asks=Asks.FORM, token=TOKEN, form=form, commands=(read,))
    made = message(shown, "en")
    assert [action["title"] for action in actions(made)] == [phrases("en").open_form, "Read what was told"]
    assert all(action["type"] == "Action.Submit" for action in actions(made))
    assert actions(made)[0]["data"]["msteams"] == {"type": "task/fetch"}
    asked = Message("Any files?", asks=Asks.FILES, token=TOKEN, choices=(Choice("that_is_all", "That is all"),))
    attach, done = actions(message(asked, "en"))
    assert (attach["title"], attach["type"], done["type"]) == ("Add files", "Action.Submit", "Action.Execute")


def test_a_question_in_words_says_where_to_write() -> None:
    shown = Message("When?", asks=Asks.WORDS, token=TOKEN, hint="The day is enough.")
    assert lines(message(shown, "da"))[1:] == ["The day is enough.", "Skriv dit svar i beskedfeltet herunder."]


def test_what_was_chosen_before_is_said() -> None:
    shown = Message("Which?", asks=Asks.ONE, choices=YES_NO, token=TOKEN, chosen=("no",))
    assert "Chosen before: No" in lines(message(shown, "en"))


def test_files_of_a_fact_are_opened() -> None:
    file = TellsFile(CaseId("ab12"), "f1", "page_1.png", 9, "image/png")
    facts = (Fact("Files", escape("page_1.png"), (file, file)), Fact("Note", "short"))
    made = message(Message("Told", facts=facts), "en")
    assert [action["title"] for action in actions(made)] == ["Open page_1.png"] * 2
    opened = pressing(made, 0)
    assert opened is not None
    assert opened.file == ("ab12", "f1")


def test_without_a_token_choices_are_read_and_commands_still_work() -> None:
    shown = Message("Hello", choices=(Choice("a", "One"),), commands=(Choice("resume", "Go on"),))
    made = message(shown, "en")
    assert lines(made) == ["Hello", "• One", "[ Go on ]"]
    assert pressing(made, 0) == Pressed(Act.COMMAND, None, ("resume",))


def test_nothing_is_something_to_read() -> None:
    made = message(Message(""), "en")
    assert (lines(made), made.summary) == (["Bistand"], "Bistand")


@pytest.mark.parametrize(
    ("commands", "said"), [((Choice("read", "Read it"),), "Press _Read it_"), ((), "shortened here")]
)
def test_a_whole_report_is_shortened_and_says_so(commands: tuple[Choice, ...], said: str) -> None:
    facts = tuple(Fact(f"Question {number}", "word " * 240) for number in range(30))
    shown = Message("Is this right?", asks=Asks.ONE, facts=facts, choices=YES_NO, token=TOKEN, commands=commands)
    read = lines(message(shown, "en"))
    assert "Question 29" in read
    assert any(said in line for line in read)
    assert not any("shortened" in line for line in lines(message(Message("Hi", facts=facts[:3]), "en")))


def test_an_option_that_could_not_be_told_from_others_is_our_fault() -> None:
    with pytest.raises(Invariant):
        message(Message("?", asks=Asks.MANY, choices=(Choice("a,b", "A"),), token=TOKEN), "en")


def test_a_list_of_cases_is_rows_with_a_button_that_says_aloud_what_it_opens() -> None:
    rows = [
        Message("What you have told me:"),
        *(Message(f"**K{n}** · open", asks=Asks.ONE, choices=(Choice("open", "Open"),), token=TOKEN) for n in range(2)),
    ]
    made = told(rows, "en")
    assert lines(made) == ["What you have told me:", "**K0** · open", "[ Open ]", "**K1** · open", "[ Open ]"]
    assert actions(made)[1]["tooltip"] == "Open: K1 · open"
    assert made.summary == "What you have told me:"


def test_lists_on_one_card_are_told_apart() -> None:
    options = tuple(Choice(f"o{number}", f"Option {number}") for number in range(7))
    asked = Message("Which?", asks=Asks.ONE, choices=options, token=TOKEN, chosen=("o1",))
    made = told([asked, Message("Who?", asks=Asks.PERSON, token=TOKEN), asked], "en")
    last = pressing(made, -1)
    assert last == Pressed(Act.SEND, TOKEN, ("2",))
    assert picked({**sent(made), "picked:0": "o5"}, last) == ("o1",)
    assert not any("isRequired" in one for one in inputs(made))


def test_both_languages_fill_in_the_same() -> None:
    def places(text: str) -> set[str | None]:
        return {place for _, place, _, _ in Formatter().parse(text)} - {None}

    english, danish = WORDS["en"], WORDS["da"]
    for name in english.__slots__:
        assert places(getattr(english, name)) == places(getattr(danish, name)), name
    assert words("xx") is english


def test_a_row_of_buttons_is_read_on_a_phone() -> None:
    labels = ("Who can see this?", "Read what was told", "Stop", "A", "B", "C", "D", "E", "F", "G")
    ways = tuple(Choice(f"w{number}", text) for number, text in enumerate(labels))
    assert lines(message(Message("Hi", commands=ways), "en"))[1:] == [
        "[ Who can see this? ]",
        "[ Read what was told ]  [ Stop ]  [ A ]  [ B ]",
        "[ C ]  [ D ]  [ E ]  [ F ]  [ G ]",
    ]
